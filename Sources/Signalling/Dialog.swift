import Telephony

/// What tells a dialog from all others (RFC 3261 §12), as we see it.
struct DialogID: Hashable, Sendable {
    var callID: String, localTag: String, remoteTag: String
}

/// A dialog (RFC 3261 §12): two peers, symmetric; caller and callee are roles of a transaction.
struct Dialog: Equatable, Sendable {
    /// Whether a request of theirs comes in its turn.
    enum Order: Equatable {
        case inTurn
        /// A lower CSeq than before: 500 (§12.2.2).
        case tooLate
    }

    let callID: String
    /// From and To of our requests, with their tags.
    private(set) var local: NameAddress, remote: NameAddress
    /// CSeq of our last request and of theirs.
    private(set) var localSequence: UInt32, remoteSequence: UInt32?
    /// Their Contact.
    private(set) var remoteTarget: SIPURI
    private(set) var routes: [NameAddress]
    /// Where the dialog runs.
    var flow: Flow
    /// The user part of our Contact.
    let contactUser: String

    var id: DialogID { DialogID(callID: callID, localTag: local.tag ?? "", remoteTag: remote.tag ?? "") }

    /// The dialog that a response to our INVITE makes (§12.1.2).
    init(caller request: Message, _ response: Message, _ flow: Flow) {
        (callID, local, remote) = (request.callID, request.from, response.to)
        (localSequence, remoteSequence) = (request.sequence, nil)
        remoteTarget = response.contacts.first?.uri ?? request.requestURI ?? request.to.uri
        routes = response.recordRoutes.reversed()
        self.flow = flow
        contactUser = request.contacts.first?.uri.user ?? ""
    }

    /// The dialog that our response with `tag` to their INVITE makes (§12.1.1).
    init(callee request: Message, tag: String, _ flow: Flow) {
        (callID, local, remote) = (request.callID, request.to, request.from)
        local.tag = tag
        (localSequence, remoteSequence) = (0, request.sequence)
        remoteTarget = request.contacts.first?.uri ?? request.from.uri
        routes = request.recordRoutes
        self.flow = flow
        contactUser = request.requestURI?.user ?? ""
    }

    /// Takes note of a request of theirs; only one that comes in turn may move the flow to another port of the same address.
    mutating func receive(_ request: Message, _ flow: Flow) -> Order {
        if let last = remoteSequence, request.sequence < last { return .tooLate }
        remoteSequence = request.sequence
        self.flow = flow
        return .inTurn
    }

    /// INVITE and UPDATE and their 2xx may move the far end (§12.2: target refresh).
    mutating func refreshTarget(_ message: Message) {
        if let contact = message.contacts.first { remoteTarget = contact.uri }
    }

    /// Our Contact in this dialog.
    var contact: NameAddress { NameAddress(uri: SIPURI(user: contactUser, at: flow.local, transport: flow.transport)) }

    /// Our next request.
    mutating func request(_ method: Method, branch: String) -> Message {
        localSequence += 1
        return request(method, sequence: localSequence, branch: branch)
    }

    /// ACK of a 2xx to our INVITE with this CSeq (§13.2.2.4): a transaction of its own.
    func acknowledgement(sequence: UInt32, branch: String) -> Message { request(.ack, sequence: sequence, branch: branch) }

    private func request(_ method: Method, sequence: UInt32, branch: String) -> Message {
        var (uri, routes) = (remoteTarget, routes)
        if let first = routes.first, first.uri.parameter("lr") == nil {
            // A strict router (§12.2.1.1): it finds itself in the Request-URI, the target goes last.
            uri = first.uri
            routes = routes.dropFirst() + [NameAddress(uri: remoteTarget)]
        }
        uri.headers = []
        var message = Message(
            .request(method, uri), vias: [Via(flow: flow, branch: branch)], from: local, to: remote, callID: callID,
            sequence: sequence, sequenceMethod: method)
        message.routes = routes
        message.maxForwards = 70
        if method == .invite || method == .update || method == .refer || method == .notify { message.contacts = [contact] }
        message.headers = [Header("User-Agent", Product.name)]
        return message
    }
}

extension Via {
    /// Ours, on a request that goes this way; `rport` always (RFC 3581).
    init(flow: Flow, branch: String) {
        self.init(
            transport: flow.transport.viaName, host: flow.local.address.host, port: flow.local.port,
            parameters: [Parameter("branch", branch), Parameter("rport")])
    }
}
