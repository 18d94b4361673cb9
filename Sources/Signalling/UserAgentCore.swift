import Telephony

/// All of SIP as one value: transactions, dialogs, sessions, bindings, credentials. Messages and orders go in, with the moment;
/// messages to send and facts come out. It knows no socket, clock or random source.
public struct UserAgentCore: Sendable {
    var settings: SIPSettings, networks: LocalNetworks
    let hashing: Hashing
    var entropy: EntropyPool
    var layer = TransactionLayer()
    var admission = Admission()
    var digest = DigestGuard()
    var puzzledPhones = PuzzledPhones()
    var registrar = Registrar()
    var sightingBook = Sightings()
    var sessions: [SessionID: InviteSession] = [:]
    var dialogs: [DialogID: SessionID] = [:]
    var subscriptions: [SubscriptionID: Subscription] = [:]
    var subscriptionOf: [DialogID: SubscriptionID] = [:]
    var nextSubscription = 1
    /// When the last NOTIFY about a lamp that had to keep pace has its turn.
    var lastTurn: Instant?
    var timers = TimerTable<TimerKey>()
    var nextSession = 1
    /// Sessions that are over and only linger.
    var lingering = 0
    /// The moment of the event that is being handled.
    var now = Moment(uptime: .zero, utc: 0)
    var outputs: [SignallingOutput] = []
    /// What was refused, dropped and repeated since the start.
    public internal(set) var counters = SignallingCounters()

    enum TimerKey: Hashable, Sendable {
        case client(ClientKey, TransactionTimer), server(ServerKey, TransactionTimer)
        case session(SessionID, InviteSession.Clock)
        case binding(account: String, key: String)
        case subscription(SubscriptionID), turn(SubscriptionID)
    }

    /// A core that has heard nothing yet.
    public init(settings: SIPSettings, hashing: Hashing, networks: LocalNetworks = .init()) {
        (self.settings, self.hashing, self.networks) = (settings, hashing, networks)
        entropy = EntropyPool(sha256: hashing.sha256)
    }

    // MARK: Doors

    /// A message came.
    public mutating func received(_ message: Message, _ flow: Flow, at moment: Moment) -> [SignallingOutput] {
        now = moment
        switch message.start {
        case .request(let method, _):
            counters.requests += 1
            received(request: message, method, over: flow)
        case .response:
            counters.responses += 1
            received(response: message, over: flow)
        }
        return drain()
    }

    /// A message could not be sent: the client transaction of that request ends as with a 503 (RFC 3261 §17.1.4).
    public mutating func sendFailed(_ message: Message, _ flow: Flow, at moment: Moment) -> [SignallingOutput] {
        now = moment
        counters.sendFailures += 1
        if message.method != nil, message.method != .ack, let key = ClientKey(message) { advance(key, .sendFailed) }
        return drain()
    }

    /// A stream closed: whoever registered over it is gone, and requests under way over it have failed.
    public mutating func disconnected(_ flow: Flow, at moment: Moment) -> [SignallingOutput] {
        now = moment
        for binding in registrar.disconnect(flow) { unregister(binding) }
        forgetSubscriptions(over: flow)
        for key in layer.clients(over: flow) { advance(key, .sendFailed) }
        return drain()
    }

    /// An order about a session. One that comes too late for the session's state is ignored.
    public mutating func perform(_ order: SessionOrder, at moment: Moment) -> [SignallingOutput] {
        now = moment
        carryOut(order)
        return drain()
    }

    /// The time that `deadline` named has come.
    public mutating func wake(at moment: Moment) -> [SignallingOutput] {
        now = moment
        while let key = timers.popDue(at: moment.uptime) {
            switch key {
            case .client(let key, let timer):
                if timer == .retransmit { counters.retransmissions += 1 }
                advance(key, .fired(timer))
            case .server(let key, let timer):
                if timer == .retransmit { counters.retransmissions += 1 }
                advance(key, .fired(timer))
            case .session(let id, let clock): fired(id, clock)
            case .subscription(let id): subscriptionRanOut(id)
            case .turn(let id): turnCame(id)
            case .binding(let account, let key):
                if let binding = registrar.expire(account: account, key: key, at: moment.uptime) { unregister(binding) }
            }
        }
        return drain()
    }

    /// When to wake the core next; nil: nothing is waiting.
    public var deadline: Instant? { mutating get { timers.deadline } }

    /// Brings unguessable bytes.
    public mutating func addEntropy(_ bytes: [UInt8]) { entropy.add(bytes) }

    /// Whether more should be brought.
    public var needsEntropy: Bool { entropy.isLow }

    /// New settings; bindings of accounts that are gone end, running sessions are not touched.
    public mutating func reconfigure(
        _ settings: SIPSettings, networks: LocalNetworks, at moment: Moment
    ) -> [SignallingOutput] {
        now = moment
        (self.settings, self.networks) = (settings, networks)
        for binding in registrar.keep(accounts: settings.accounts.keys) { unregister(binding) }
        forgetSubscriptionsOfStrangers()
        sightingBook.keep { sighting in
            switch sighting.party {
            case .account(let account): settings.accounts[account] != nil
            case .trunk(let id): settings.peers.contains { $0.id == id }
            }
        }
        return drain()
    }

    // MARK: Bindings

    /// Takes over what an earlier run knew.
    public mutating func restore(_ bindings: [Binding], at moment: Moment) {
        now = moment
        registrar.restore(bindings.filter { settings.accounts[$0.account] != nil }, at: moment)
        for binding in bindings { watch(binding) }
    }

    /// Where an account's phones are, the first registered first.
    public func bindings(of account: String) -> [Binding] { registrar.bindings(of: account) }

    /// Everybody who is registered, by account.
    public var bindings: [Binding] { registrar.bindings }

    func watchKey(_ binding: Binding) -> TimerKey { .binding(account: binding.account, key: binding.key) }

    mutating func watch(_ binding: Binding) {
        if let due = registrar.due(binding) { timers.set(watchKey(binding), at: due) }
    }

    mutating func unregister(_ binding: Binding) {
        if registrar.due(binding) == nil { timers.cancel(watchKey(binding)) }
        outputs.append(.unregistered(binding))
    }

    // MARK: Questions

    /// A new session's id, for an outgoing INVITE.
    public mutating func newSession() -> SessionID {
        defer { nextSession += 1 }
        return SessionID(nextSession)
    }

    /// The way to an endpoint that has no registration: from the first listener of that transport.
    public func flow(to remote: Endpoint, transport: TransportKind = .udp) -> Flow {
        let listener = settings.listen.first { $0.transport == transport }?.endpoint
        return concrete(Flow(transport, local: listener ?? Endpoint(.any, 5060), remote: remote))
    }

    /// What is known of a session that is not over.
    public func info(_ id: SessionID) -> SessionInfo? {
        guard let session = sessions[id] else { return nil }
        func info(_ dialog: Dialog, isEarly: Bool) -> SessionInfo {
            SessionInfo(
                callID: dialog.callID, remoteTarget: dialog.remoteTarget, flow: dialog.flow, sender: session.sender,
                isEarly: isEarly)
        }
        switch session.stage {
        case .calling(let calling):
            guard calling.givenUp == nil else { return nil }
            return SessionInfo(
                callID: calling.request.callID, remoteTarget: calling.request.requestURI ?? calling.request.to.uri,
                flow: calling.flow, sender: nil, isEarly: true)
        case .called(let called): return info(called.dialog, isEarly: true)
        case .up(let up): return up.leaving == nil ? info(up.dialog, isEarly: false) : nil
        case .leaving, .over: return nil
        }
    }

    /// The session that a Replaces means (RFC 3891): by Call-ID and tags alone, in either order, early dialogs too.
    public func session(replacing dialog: ReplacedDialog) -> SessionID? {
        let found =
            dialogs[DialogID(callID: dialog.callID, localTag: dialog.toTag, remoteTag: dialog.fromTag)]
            ?? dialogs[DialogID(callID: dialog.callID, localTag: dialog.fromTag, remoteTag: dialog.toTag)]
        return found.flatMap { info($0) == nil ? nil : $0 }
    }

    // MARK: Inside

    /// Our end by its true address, where we listen on all of them.
    func concrete(_ flow: Flow) -> Flow {
        var flow = flow
        if flow.local.address.isUnspecified { flow.local.address = networks.source(for: flow.remote.address) }
        return flow
    }

    /// Whether one more session may begin.
    var hasRoom: Bool { sessions.count - lingering < SignallingLimit.sessions }

    mutating func newBranch() -> String { "z9hG4bK" + entropy.token() }

    mutating func tell(_ id: SessionID, _ fact: SessionFact) { outputs.append(.session(id, fact)) }

    mutating func drain() -> [SignallingOutput] {
        defer { outputs = [] }
        return outputs
    }
}
