import Telephony

/// A client transaction's key (RFC 3261 §17.1.3): the branch is ours and unique, the method tells CANCEL from what it cancels.
struct ClientKey: Hashable, Sendable {
    let branch: String, method: Method

    /// The key of a request of ours, or of a response to one.
    init?(_ message: Message) {
        guard let branch = message.vias.first?.branch else { return nil }
        (self.branch, method) = (branch, message.sequenceMethod)
    }
}

/// A server transaction's key (RFC 3261 §17.2.3). An ACK has the key of its INVITE.
struct ServerKey: Hashable, Sendable {
    private let branch: String, sentBy: String, method: Method

    init(_ request: Message) {
        let via = request.vias.first
        method = request.sequenceMethod == .ack ? .invite : request.sequenceMethod
        sentBy = via.map { "\($0.host.lowercased()):\($0.port ?? 5060)" } ?? ""
        if let branch = via?.branch, branch.hasPrefix("z9hG4bK") {
            self.branch = branch
        } else {
            // RFC 2543 clients: the branch promises nothing, the whole request has to.
            let tag = request.from.tag ?? ""
            branch = "\(request.requestURI?.description ?? "") \(request.callID) \(request.sequence) \(tag) \(via?.branch ?? "")"
        }
    }

    private init(_ other: ServerKey, method: Method) {
        (branch, sentBy, self.method) = (other.branch, other.sentBy, method)
    }

    /// The key of the INVITE that a CANCEL with this key means (RFC 3261 §9.2).
    var cancelled: ServerKey { ServerKey(self, method: .invite) }
}

/// What two copies of one request have in common that came by different ways (RFC 3261 §8.2.2.2).
struct MergeKey: Hashable, Sendable {
    private let callID: String, tag: String, sequence: UInt32, method: Method

    /// Nil for a request inside a dialog.
    init?(_ request: Message) {
        guard request.to.tag == nil else { return nil }
        (callID, tag, sequence, method) = (request.callID, request.from.tag ?? "", request.sequence, request.sequenceMethod)
    }
}

/// What a request of ours is for, so that its answer finds its way.
enum Purpose: Hashable, Sendable {
    /// The INVITE that opens a session.
    case invite(SessionID)
    /// A re-INVITE or UPDATE in it.
    case modify(SessionID)
    /// NOTIFY of its referral.
    case notify(SessionID)
    /// NOTIFY of a subscription.
    case event(SubscriptionID)
    /// BYE, CANCEL and others whose answer changes nothing.
    case farewell
}

/// All transactions, each found by its key in one step however many there are.
struct TransactionLayer: Sendable {
    struct Client: Sendable {
        var machine: ClientTransaction
        let flow: Flow, purpose: Purpose
    }

    private(set) var clients: [ClientKey: Client] = [:]
    private(set) var servers: [ServerKey: ServerTransaction] = [:]
    private var merges: [MergeKey: ServerKey] = [:]

    var count: Int { clients.count + servers.count }

    mutating func insert(_ client: Client, _ key: ClientKey) { clients[key] = client }

    mutating func insert(_ server: ServerTransaction, _ key: ServerKey) {
        servers[key] = server
        if let merge = server.mergeKey { merges[merge] = key }
    }

    mutating func handle(_ event: ClientTransaction.Event, _ key: ClientKey) -> [ClientTransaction.Action] {
        clients[key]?.machine.handle(event) ?? []
    }

    mutating func handle(_ event: ServerTransaction.Event, _ key: ServerKey) -> [ServerTransaction.Action] {
        servers[key]?.handle(event) ?? []
    }

    mutating func remove(_ key: ClientKey) { clients[key] = nil }

    mutating func remove(_ key: ServerKey) {
        if let merge = servers.removeValue(forKey: key)?.mergeKey, merges[merge] == key { merges[merge] = nil }
    }

    /// Whether a copy of this request is at work already.
    func isMerged(_ request: Message) -> Bool {
        guard let merge = MergeKey(request), let other = merges[merge] else { return false }
        return other != ServerKey(request)
    }

    /// Requests under way over one connection, in a fixed order.
    func clients(over flow: Flow) -> [ClientKey] {
        clients.filter { $0.value.flow.runs(over: flow) }.keys.sorted {
            ($0.branch, $0.method.rawValue) < ($1.branch, $1.method.rawValue)
        }
    }
}
