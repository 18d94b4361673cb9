import CallControl
import DequeModule
import FollowUp
import Routing
import Signalling
import Telephony

/// The exchange as one value without wires. Facts come in through `handle`, orders go out as effects, `deadline` says when it
/// wants to be woken; nothing else goes in or out. The caller hands in monotonic moments and carries out effects in sequence.
public struct Exchange: Sendable {
    /// One thing that is left to do inside.
    enum Work: Sendable {
        case output(SignallingOutput)
        case fact(Fact)
    }

    var settings: Settings
    var core: UserAgentCore
    var switchboard: Switchboard
    var networks = LocalNetworks()
    /// Media legs whose voice is to be told of when they close, and whose they are.
    var measured: [MediaLegID: ExtensionNumber] = [:]
    var ports: PortPool
    var legs: [LegID: SIPLeg] = [:]
    var legOfSession: [SessionID: LegID] = [:]
    var legOfMedia: [MediaLegID: LegID] = [:]
    /// Ports whose media leg is closing; free again when it is closed.
    var closingPorts: [MediaLegID: UInt16] = [:]
    /// Extension by account name.
    var owners: [String: ExtensionNumber] = [:]
    /// BYEs that wait until the call's record is on the disk.
    var waitingByes: [StoreTicket: [SessionID]] = [:]
    /// BYEs of calls that ended, and whose record waits for what was recorded.
    var postponedByes: [CallID: [SessionID]] = [:]
    /// Legs of which it is to be looked at in this turn whether keys are looked for in their voice.
    var toListen: [LegID] = []
    /// BYEs that came in this turn, by leg.
    var pendingByes: [SessionID] = []
    /// Calls that SIP refused a moment ago.
    var refusals = Refusals()
    /// Who was told of how many messages.
    var lamps = Lamps()
    /// Who watches whom.
    var busyLamps = LampWatches()
    /// What somebody has to do about clients.
    var taskBook: TaskBook
    /// Outside parties that came in this turn, and calls whose party was asked about in it already.
    var asks: [(CallID, String)] = []
    var asked: Set<CallID> = []
    /// Calls from outside that failed for lack of a line since the start, and when the last one was: milliseconds since 1970 UTC.
    public internal(set) var lineless: (calls: Int, last: Int64) = (0, 0)
    /// Legs that no RTP port was free for since the start, and when the last one was: milliseconds since 1970 UTC.
    public internal(set) var portless: (legs: Int, last: Int64) = (0, 0)
    /// Calls on record that are dated by a clock which nobody vouched for.
    var undatedCalls: [UndatedCalls] = []
    /// When old calls are forgotten next.
    var nextForgetting = Instant.zero
    /// When the morning's digest is due next, and the day of the last one.
    var nextDigest: Instant?, digestDay: Int?
    /// Whether the board's lamp was lit for missed calls; nil: nobody has told it yet.
    var isBoardLit: Bool?
    var nextMedia = 1
    var nextTicket = 1
    var work: Deque<Work> = []
    var effects: [Effect] = []
    var now = Moment(uptime: .zero, utc: 0)
    var askedForEntropy = false
    /// Whether chance has its seed, from the first unguessable bytes.
    private var hasDice = false

    /// An exchange that knows its settings and nothing of the world yet: give it `networks`, `entropy` and `restored` first.
    public init(settings: Settings, hashing: Hashing) {
        self.settings = settings
        core = UserAgentCore(settings: settings.sip, hashing: hashing)
        switchboard = Switchboard(office: settings.office)
        ports = PortPool(settings.media.ports, at: Self.stockAddress(settings))
        taskBook = TaskBook(office: settings.office)
        learnOwners()
    }

    /// When `wake` wants to be called; nil: only events matter.
    public var deadline: Instant? {
        mutating get {
            [core.deadline, switchboard.deadline, taskBook.deadline, nextDigest].lazy.compactMap(\.self).min()
        }
    }

    /// Takes a fact; gives the orders that follow from it, in sequence.
    public mutating func handle(_ event: Event, at moment: Moment) -> [Effect] {
        now = moment
        lookAtClock()
        switch event {
        case .received(let message, let flow): take(core.received(message, flow, at: moment))
        case .sendFailed(let message, let flow): take(core.sendFailed(message, flow, at: moment))
        case .disconnected(let flow): take(core.disconnected(flow, at: moment))
        case .turnedAway(let from, let to, let callID, let flow): turnAway(from, to, callID, flow)
        case .media(let fact): handle(fact)
        case .reconfigured(let settings): reconfigure(settings)
        case .networks(let networks):
            self.networks = networks
            take(core.reconfigure(settings.sip, networks: networks, at: moment))
        case .entropy(let bytes): takeEntropy(bytes)
        case .restored(let bindings, let nextCall):
            core.restore(bindings, at: moment)
            switchboard.countCalls(from: nextCall)
            for account in Set(core.bindings.map(\.account)) { reachabilityChanged(account) }
        case .remembered(let loads, let familiars, let nights):
            switchboard.restore(loads, familiars, nights: nights)
        case .statesRemembered(let states): switchboard.restore(states)
        case .configured(let call, let outcome): tell(.configured(call, outcome))
        case .messages(let messages, let greetings, let next): restore(messages, greetings: greetings, next: next)
        case .message(let id, let order): carryOut(switchboard.carryOut(order, on: id, at: now))
        case .ring(let number, let purpose): carryOut(switchboard.ring(number, for: purpose, at: now))
        case .nightKey(let key, let isOn):
            tell(.nightKey(key, isOn))
        case .lookedUp(let call, let card):
            taskBook.identify(call, as: card, at: moment)
            keepTasks()
            tell(.lookedUp(call, card))
        case .reopened(let tasks, let nextTask, let interrupted):
            taskBook.restore(tasks, next: nextTask, interrupted: interrupted)
            rememberLamps()
            for task in taskBook.all { callBack(task) }
            keepTasks()
        case .task(let id, let order, let ticket):
            carryOut(order, on: id, for: ticket)
        case .stopping:
            for leg in legs.keys.sorted() {
                endSessions(of: leg, .normalClearing)
                tell(.ended(leg, .interrupted))
            }
        case .stored(let ticket), .storeFailed(let ticket):
            for session in waitingByes.removeValue(forKey: ticket) ?? [] { perform(.answerBye(session)) }
        }
        return finish()
    }

    private mutating func takeEntropy(_ bytes: [UInt8]) {
        core.addEntropy(bytes)
        askedForEntropy = false
        guard !hasDice, bytes.count >= 8 else { return }
        hasDice = true
        switchboard.seed(bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    /// Time passed; gives the orders that are due.
    public mutating func wake(at moment: Moment) -> [Effect] {
        now = moment
        lookAtClock()
        take(core.wake(at: moment))
        carryOut(switchboard.wake(at: moment))
        taskBook.wake(at: moment)
        keepTasks()
        return finish()
    }

    // MARK: Inside

    /// Works until nothing is left to do, then hands over what came of it.
    private mutating func finish() -> [Effect] {
        repeat {
            while let next = work.popFirst() {
                switch next {
                case .output(let output): handle(output)
                case .fact(let fact): carryOut(switchboard.handle(fact, at: now))
                }
            }
            lightLamps()
            lightBusyLamps()
        } while !work.isEmpty
        askAboutClients()
        reviewListening()
        for local in ports.topUp(at: now.uptime) { effects.append(.media(.reserve(local))) }
        for session in pendingByes { effects += core.perform(.answerBye(session), at: now).compactMap(\.effect) }
        pendingByes = []
        if core.needsEntropy, !askedForEntropy {
            askedForEntropy = true
            effects.append(.replenishEntropy)
        }
        defer { effects = [] }
        return effects
    }

    mutating func take(_ outputs: [SignallingOutput]) {
        for output in outputs { work.append(.output(output)) }
    }

    mutating func perform(_ order: SessionOrder) { take(core.perform(order, at: now)) }

    mutating func tell(_ fact: Fact) { work.append(.fact(fact)) }

    private mutating func reconfigure(_ settings: Settings) {
        self.settings = settings
        learnOwners()
        switchboard.reconfigure(settings.office)
        taskBook.reconfigure(settings.office)
        (nextForgetting, nextDigest) = (.zero, nil)
        (lamps.isTaskBookRead, isBoardLit) = (false, nil)
        let inUse = Set(legs.values.compactMap { $0.media?.port } + closingPorts.values)
        for local in ports.replace(by: settings.media.ports, at: Self.stockAddress(settings), inUse: inUse) {
            effects.append(.media(.unreserve(local)))
        }
        take(core.reconfigure(settings.sip, networks: networks, at: now))
        reviewBusyLamps()
        for number in settings.office.extensions.keys.sorted() { tell(.reachable(number, isReachable(number))) }
    }

    /// Where most legs are bound.
    private static func stockAddress(_ settings: Settings) -> IPAddress {
        settings.sip.mediaAddress(for: settings.sip.listen.first?.endpoint.address ?? .v4(0))
    }

    private mutating func learnOwners() {
        owners = [:]
        for person in settings.office.extensions.values {
            for account in person.phones { owners[account.name] = person.number }
        }
    }

    private func isReachable(_ number: ExtensionNumber) -> Bool {
        settings.office.extensions[number]?.phones.contains { !core.bindings(of: $0.name).isEmpty } ?? false
    }

    mutating func reachabilityChanged(_ account: String) {
        guard let number = owners[account] else { return }
        tell(.reachable(number, isReachable(number)))
    }

    private mutating func handle(_ output: SignallingOutput) {
        switch output {
        case .send(let message, let flow):
            effects.append(.send(message, flow))
        case .session(let session, let fact):
            handle(fact, of: session)
        case .registered(let binding):
            effects.append(.persist(.bind(binding)))
            reachabilityChanged(binding.account)
            lightLamp(of: binding)
        case .unregistered(let binding):
            effects.append(.persist(.unbind(binding)))
            lamps.told[binding.key] = nil
            reachabilityChanged(binding.account)
        case .turnedAway(let incoming, let cause):
            turnAway(incoming, cause)
        case .subscription(let id, let fact):
            handle(fact, of: id)
        case .refused:
            break  // counted by Signalling
        }
    }

    private mutating func handle(_ fact: MediaFact) {
        switch fact {
        case .failed(let media), .lost(let media):
            guard let leg = legOfMedia[media] else { return }
            let cause = fact == .lost(media) ? Cause.timeout : .networkFailure
            endSessions(of: leg, cause)
            tell(.ended(leg, cause))
        case .closed(let media, let statistics):
            if let number = measured.removeValue(forKey: media) { effects.append(.measured(number, statistics)) }
            if let port = closingPorts.removeValue(forKey: media) { ports.giveBack(port) }
        case .digit(let media, let digit):
            if let leg = legOfMedia[media] { press(leg, digit, by: .media) }
        case .toneDigit(let media, let digit):
            if let leg = legOfMedia[media] { press(leg, digit, by: .media, isTone: true) }
        case .spoke(let media):
            if let leg = legOfMedia[media] { tell(.spoke(leg)) }
        case .reserved(let local): ports.reserved(local).map { effects.append(.media(.unreserve($0))) }
        case .unreserved(let local, let reason): ports.unreserved(local, reason, at: now.uptime)
        case .played(let media, let speech):
            if let leg = legOfMedia[media] { tell(.played(leg, speech: speech)) }
        case .recorded(let clip, let length):
            tell(.recorded(clip, length: length))
        }
    }
}

extension SignallingOutput {
    /// The effect of an answer to a BYE: nothing but a message.
    fileprivate var effect: Effect? {
        switch self {
        case .send(let message, let flow): .send(message, flow)
        case .session, .registered, .unregistered, .turnedAway, .subscription, .refused: nil
        }
    }
}
