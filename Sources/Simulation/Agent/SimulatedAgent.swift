import Signalling
import Telephony

/// A SIP user agent as a desk phone or a provider's exchange has one. It is written from RFC 3261 for the far end's side and
/// shares no machine with `Signalling`, so that an error there does not cancel out here.
public struct SimulatedAgent: Sendable {
    /// What it is.
    public enum Role: Equatable, Sendable {
        /// A phone that registers as this account.
        case phone(account: String, secret: String)
        /// A provider that is known by its address.
        case trunk
    }

    /// How a ladder names it.
    public let name: String
    /// What it is.
    public let role: Role
    /// Where it believes to be: in Via, Contact and SDP.
    public let address: Endpoint
    /// Where the world sees it: another address if it is behind NAT.
    public let seenAs: Endpoint
    /// Where its requests go.
    public let server: Endpoint
    /// The domain in its URIs.
    public let domain: String
    /// What carries its SIP.
    public let transport: TransportKind
    /// How it behaves of itself.
    public var manners: Manners
    /// Whether what is said into it reaches the wire.
    public var isMuted = false
    /// Its calls, oldest first; those that are over stay for a while to answer what is repeated.
    public internal(set) var calls: [AgentCall] = []
    /// Whether it holds itself registered.
    public internal(set) var isRegistered = false

    let hashing: Hashing
    var clients: [TransactionKey: ClientTransaction] = [:]
    var servers: [TransactionKey: ServerTransaction] = [:]
    var timers = TimerTable<AgentTimer>()
    var registration = RegistrationState()
    var lamp = LampState()
    /// Keys that watch somebody, by Call-ID.
    var watches: [String: WatchState] = [:]
    /// How often a Call-ID was answered to a challenge, and which second call a transfer of the first takes along.
    var attempts: [String: Int] = [:], transferring: [Int: Int] = [:]
    var count = 0
    var now = Instant.zero
    var outputs: [AgentOutput] = []

    /// An agent at rest.
    public init(
        name: String, role: Role, address: Endpoint, seenAs: Endpoint? = nil, server: Endpoint, domain: String,
        transport: TransportKind = .udp, hashing: Hashing = .simulated, manners: Manners = Manners()
    ) {
        (self.name, self.role, self.address, self.seenAs) = (name, role, address, seenAs ?? address)
        (self.server, self.domain, self.transport) = (server, domain, transport)
        (self.hashing, self.manners) = (hashing, manners)
    }

    /// When it wants to be woken.
    public var deadline: Instant? { mutating get { timers.deadline } }

    /// Its user name.
    public var user: String {
        switch role {
        case .phone(let account, _): account
        case .trunk: name
        }
    }

    /// The secret of a phone's account; empty for a trunk.
    public var secret: String {
        switch role {
        case .phone(_, let secret): secret
        case .trunk: ""
        }
    }

    /// A message arrived from `source`.
    public mutating func receive(_ message: Message, from source: Endpoint, at now: Instant) -> [AgentOutput] {
        self.now = now
        switch message.start {
        case .request(let method, _): takeRequest(method, message, from: source)
        case .response(let status, _): takeResponse(status, message, from: source)
        }
        return flush()
    }

    /// Its deadline came.
    public mutating func wake(at now: Instant) -> [AgentOutput] {
        self.now = now
        while let timer = timers.popDue(at: now) { fire(timer) }
        return flush()
    }

    /// It lost power: everything is forgotten, nothing is said.
    public mutating func reboot(at now: Instant) {
        (calls, clients, servers, timers) = ([], [:], [:], TimerTable())
        (registration, isRegistered, self.now) = (RegistrationState(), false, now)
        (lamp, watches) = (LampState(), [:])
    }

    mutating func flush() -> [AgentOutput] {
        defer { outputs = [] }
        guard manners.stutters else { return outputs }
        return outputs.flatMap { output in
            if case .send = output { [output, output] } else { [output] }
        }
    }

    mutating func send(_ message: Message, to: Endpoint) { outputs.append(.send(message, to: to)) }
    mutating func notice(_ fact: AgentFact) { outputs.append(.noticed(fact)) }

    /// A word that no other message of this agent has.
    mutating func unique(_ prefix: String) -> String {
        count += 1
        return "\(prefix)-\(name)-\(count)"
    }

    var via: Via { Via(transport: transport.viaName, host: address.address.host, port: address.port) }

    var contact: NameAddress { NameAddress(uri: SIPURI(user: user, at: address, transport: transport)) }

    /// Runs `body` on the call with this id, if there still is one.
    @discardableResult
    mutating func withCall<Result>(_ id: Int, _ body: (inout AgentCall) -> Result) -> Result? {
        guard let index = calls.firstIndex(where: { $0.id == id }) else { return nil }
        return body(&calls[index])
    }

    func call(_ id: Int) -> AgentCall? { calls.first { $0.id == id } }

    /// A person leaves a line on which nobody says anything any more: caller and called alike put the handset down.
    mutating func abandon(_ id: Int) {
        guard let call = call(id) else { return }
        switch call.state {
        case .ringing: decline(id, status: 480)
        case .calling, .early, .cancelling: end(id, noticing: nil)
        case .answered, .talking, .leaving, .over: break
        }
    }

    /// The call goes over, noticed or not; the dialog's leftovers are kept for 64·T1.
    mutating func end(_ id: Int, noticing cause: Cause?) {
        guard let call = call(id), call.state != .over else { return }
        withCall(id) {
            $0.state = .over
            $0.unacknowledged = nil
        }
        attempts[call.callID] = nil
        for timer in [AgentTimer.repeat2xx(id), .giveUp2xx(id), .refreshSession(id), .expireSession(id), .retryChange(id)] {
            timers.cancel(timer)
        }
        timers.set(.forgetCall(id), at: now + Timing.giveUp + .seconds(8))
        if let cause { notice(.released(id, cause)) }
    }
}

/// RFC 3261 Table 4.
enum Timing {
    static let t1 = Duration.milliseconds(500), t2 = Duration.seconds(4), t4 = Duration.seconds(5)
    static let giveUp = Duration.seconds(32)
}

/// What an agent waits for.
enum AgentTimer: Hashable, Sendable {
    case resend(TransactionKey), timeOut(TransactionKey), forget(TransactionKey)
    case repeatResponse(TransactionKey), forgetServer(TransactionKey)
    case repeat2xx(Int), giveUp2xx(Int), forgetCall(Int)
    case refreshSession(Int), expireSession(Int), retryChange(Int)
    case register
}

extension SimulatedAgent {
    mutating func fire(_ timer: AgentTimer) {
        switch timer {
        case .resend(let key): resend(key)
        case .timeOut(let key): timeOut(key)
        case .forget(let key): clients[key] = nil
        case .repeatResponse(let key): repeatResponse(key)
        case .forgetServer(let key): servers[key] = nil
        case .repeat2xx(let id): repeat2xx(id)
        case .giveUp2xx(let id): giveUp2xx(id)
        case .forgetCall(let id): calls.removeAll { $0.id == id }
        case .refreshSession(let id): refreshSession(id)
        case .expireSession(let id):
            hangUp(id)
            notice(.released(id, .timeout))
        case .retryChange(let id): if let change = call(id)?.change { sendChange(id, change) }
        case .register: register()
        }
    }
}
