import Configuration
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// A whole office in a box: the exchange, its network, phones, trunks, voice and disk, all on one virtual clock and one seed.
/// Everything that happens is written down.
public struct SimulatedOffice: Sendable {
    /// Turns of the loop at one instant, beyond which the exchange is held not to come to rest.
    public static let turnsPerInstant = 20_000
    /// How the exchange is named in messages.
    public static let ownName = "apus"
    /// Where the exchange is.
    public static let ownEndpoint = Endpoint(.v4(0x0A00_0001), 5060)
    /// The wall clock at the virtual clock's zero, where nobody sets it: Monday 2026-11-23, 10:00 in Moscow.
    public static let epoch: Int64 = 1_795_417_200_000

    /// The wall clock at the virtual clock's zero, milliseconds since 1970 UTC, and where the office is.
    public var startedAt = SimulatedOffice.epoch, zone = Zone(offset: 3 * 3600)
    /// Whether anybody vouches for that clock.
    public var clockTrust = ClockTrust.trusted
    /// The virtual clock.
    public internal(set) var now = Instant.zero
    /// The exchange; nil while it is not running.
    public internal(set) var exchange: Exchange?
    /// What the next start of the exchange is told.
    public internal(set) var settings: Settings
    /// What the settings were compiled from; without it nobody can change them by a code.
    public var document: ConfigurationDocument?
    /// The wires.
    public var network: SimulatedNetwork
    /// The voice.
    public var media = SimulatedMedia()
    /// The disk.
    public var store = SimulatedStore()
    /// Phones first, then trunks.
    public var agents: [SimulatedAgent] = []
    /// Everything so far.
    public internal(set) var happenings: [Happening] = []
    /// What passed the exchange's socket.
    public internal(set) var wiretap = Wiretap()
    /// What came of orders about tasks, in the order given.
    public internal(set) var replies: [Result<CallbackTask, TaskRefusal>] = []
    /// Whether the lamp on the board is lit.
    public internal(set) var isBoardLit = false
    /// Who heard what from when, each change of it.
    public internal(set) var hearings: [Heard] = []
    /// Handsets that keep the other side waiting.
    var held: Set<Ear> = []
    /// Keys that people pressed.
    var keys: [Keystroke] = []
    /// Calls that departments offered to members, and the ends of talks that they had given them.
    var duties: [Duty] = []
    /// When the exchange was killed.
    public internal(set) var kills: [Instant] = []
    /// What must not happen and did: the exchange that finds no rest, orders without sense.
    public internal(set) var faults: [String] = []
    /// People's names by number: `+79161234567` is vera.
    public var aliases: [String: String] = [:]

    var agenda = Agenda<Doing>()
    var wakes = TimerTable<Int>()
    var silences = TimerTable<MediaLegID>()
    var places: [Endpoint: Int] = [:]
    var connections: [Int] = []
    var offline: Set<Int> = []
    var heard: [Ear: Hearing] = [:]
    var isUnsettled = false
    var isByHand = false
    var dice: Dice
    var habits: Habits?
    var day: DayInProgress?
    private var turns = 0

    /// What is still to come.
    enum Doing: Equatable, Sendable {
        case arrive(Packet)
        case tell(Event)
        case finish(MediaLegID, Speech)
        case endTape(Clip)
        case deed(Deed)
        case habit(Habit, Ear)
        case nextCall, redial(Redial)
        case register(Int), comeBack(Int), restart

        /// Whether it goes on inside the exchange's process, and so no longer when that is killed.
        var diesWithProcess: Bool {
            switch self {
            case .tell, .finish, .endTape: true
            case .arrive, .deed, .habit, .nextCall, .redial, .register, .comeBack, .restart: false
            }
        }
    }

    /// An office with a phone for every account and a provider for every trunk, all off, before the exchange is started.
    public init(_ settings: Settings, seed: UInt64 = 1, aliases: [String: String] = [:], natted: Set<String> = []) {
        (self.settings, self.aliases, dice) = (settings, aliases, Dice(seed: seed))
        network = SimulatedNetwork(seed: dice.next())
        let accounts = settings.office.extensions.values.sorted { $0.number < $1.number }.flatMap(\.phones)
        for (index, account) in accounts.enumerated() {
            let number = UInt32(index + 101)
            let isNatted = natted.contains(account.name)
            let home = Endpoint(.v4((isNatted ? 0xC0A8_0100 : 0x0A00_0000) + number), 5060)
            let seen = Endpoint(
                .v4(isNatted ? 0xC633_6400 + number : 0x0A00_0000 + number), isNatted ? 40_000 + UInt16(index) : 5060)
            add(
                SimulatedAgent(
                    name: aliases[account.name] ?? account.name, role: .phone(account: account.name, secret: account.secret),
                    address: home, seenAs: seen, server: Self.ownEndpoint, domain: settings.sip.domain))
        }
        for trunk in settings.office.trunks.values.sorted(by: { $0.id < $1.id }) {
            add(
                SimulatedAgent(
                    name: trunk.id, role: .trunk, address: trunk.endpoint, server: Self.ownEndpoint,
                    domain: trunk.peer.host, transport: trunk.transport))
            agents[agents.count - 1].manners.lines = 1000
        }
    }

    /// Puts one more agent into the office.
    public mutating func add(_ agent: SimulatedAgent) {
        places[agent.seenAs] = agents.count
        connections.append(agents.count + 1)
        agents.append(agent)
    }

    /// The agent of this name.
    public subscript(_ name: String) -> SimulatedAgent {
        get { agents[index(of: name)] }
        set { agents[index(of: name)] = newValue }
    }

    private func index(of name: String) -> Int {
        guard let index = agents.firstIndex(where: { $0.name == name }) else { preconditionFailure("there is no \(name)") }
        return index
    }

    /// Time and wall clock now.
    public var moment: Moment {
        Moment(uptime: now, utc: utc(now), utcOffset: zone.offset(at: utc(now)), clockTrust: clockTrust)
    }

    /// The next random number: two runs of one seed agree in it or were not the same.
    public mutating func unseed() -> UInt64 { network.unseed() ^ dice.next() }

    /// The name of whoever has this number, however it is written; else the number.
    func alias(_ number: String) -> String { aliases[number] ?? aliases[normal(number)] ?? number }

    func normal(_ number: String) -> String { PhoneNumber(number, country: settings.office.country).description }

    mutating func note(_ what: Happening.What) { happenings.append(Happening(at: now, what: what)) }
}

// MARK: - The loop

extension SimulatedOffice {
    /// Lets time pass until `end`, and everything that is due happen.
    public mutating func run(until end: Instant) {
        while let due = nextDue() {
            if isUnsettled, due > now {
                settle()
                continue
            }
            guard due <= end else { break }
            turns = due > now ? 0 : turns + 1
            guard turns < Self.turnsPerInstant else {
                faults.append("no rest at \((now - .zero).ladder)")
                return
            }
            now = max(now, due)
            step()
        }
        settle()
        now = max(now, end)
    }

    /// Lets time pass for so long.
    public mutating func run(for duration: Duration) { run(until: now + duration) }

    private mutating func nextDue() -> Instant? {
        var due = agenda.deadline
        for other in [wakes.deadline, silences.deadline, exchange?.deadline] {
            if let other { due = min(due ?? other, other) }
        }
        return due
    }

    private mutating func step() {
        if let item = agenda.pop(at: now) {
            switch item {
            case .arrive(let packet): arrive(packet)
            case .tell(let event): tell(event)
            case .finish(let leg, let speech):
                guard media.finish(leg, speech) else { return }
                isUnsettled = true
                tell(.media(.played(leg, speech: speech.id)))
            case .endTape(let clip):
                for fact in media.end(clip, at: now) { tell(.media(fact)) }
            case .deed(let deed): try? perform(deed)
            case .habit(let habit, let ear): perform(habit, at: ear)
            case .nextCall: makeNextCall()
            case .redial(let call): redial(call)
            case .register(let agent): act(agent) { $0.register() }
            case .comeBack(let agent): offline.remove(agent)
            case .restart: start()
            }
        } else if let agent = wakes.popDue(at: now) {
            carryOut(agents[agent].wake(at: now), of: agent)
        } else if let leg = silences.popDue(at: now) {
            media.toldLost(leg)
            tell(.media(.lost(leg)))
        } else {
            let moment = moment
            if let effects = exchange?.wake(at: moment) { carryOut(effects) }
        }
    }

    /// Tells the exchange, if it runs, and does what it orders.
    public mutating func tell(_ event: Event) {
        let moment = moment
        guard let effects = exchange?.handle(event, at: moment) else { return }
        carryOut(effects)
    }

    private mutating func carryOut(_ effects: [Effect]) {
        for effect in effects {
            switch effect {
            case .send(let message, let flow): transmit(Packet(message: message, flow: flow), byHand: false)
            case .media(let order):
                isUnsettled = true
                if case .press(let leg, let digit) = order { handOver(digit, to: leg) }
                for fact in media.perform(order, at: now) { agenda.add(.tell(.media(fact)), at: now) }
                if case .play(let leg, .speech(let speech)) = order {
                    agenda.add(.finish(leg, speech), at: now + media.length(of: speech))
                }
                if case .announce(let room, let clips) = order {
                    note(.note("room \(room) hears “\(clips.map(\.name).joined(separator: " "))”"))
                }
                if case .record(_, let recording) = order {
                    agenda.remove { if case .endTape(recording.clip) = $0 { true } else { false } }
                    agenda.add(.endTape(recording.clip), at: (media.recordings[recording.clip]?.since ?? now) + recording.limit)
                }
            case .persist(let order): persist(order)
            case .lookUp(let call, let client):
                guard let delay = store.lookUpDelay else { continue }
                agenda.add(.tell(.lookedUp(call, store.book[client] ?? .blank)), at: now + delay)
            case .measured(let number, let statistics):
                store.changes.append("\(number): voice \(statistics == nil ? "not " : "")measured")
            case .adopt(let prompt, let number): store.changes.append("\(number): prompt \(prompt)")
            case .configure(let call, let lines, let number): configure(call, lines, by: number)
            case .replied(_, let outcome): replies.append(outcome)
            case .light(let isLit): isBoardLit = isLit
            case .replenishEntropy: agenda.add(.tell(.entropy(entropy())), at: now)
            }
        }
    }

    private mutating func persist(_ order: Persistence) {
        if case .close(let record, _) = order { note(.record(record)) }
        if case .tally(let row) = order { note(row) }
        let failed = store.isFailing
        guard let ticket = store.perform(order) else { return }
        agenda.add(.tell(failed ? .storeFailed(ticket) : .stored(ticket)), at: now + store.delay)
    }

    mutating func entropy() -> [UInt8] {
        (0..<512).flatMap { _ in
            let word = dice.next()
            return (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }

    /// Does what an agent wants, and notes when it wants to be woken.
    mutating func carryOut(_ outputs: [AgentOutput], of index: Int) {
        isUnsettled = true
        for output in outputs {
            switch output {
            case .send(let message, let to):
                guard !offline.contains(index) else { continue }
                let agent = agents[index]
                let connection = agent.transport == .tcp ? connections[index] : nil
                let flow = Flow(agent.transport, local: agent.seenAs, remote: to, connection: connection)
                transmit(Packet(message: message, flow: flow), byHand: isByHand)
            case .noticed(let fact): notice(fact, by: index)
            }
        }
        reschedule(index)
    }

    mutating func reschedule(_ index: Int) {
        if let due = agents[index].deadline { wakes.set(index, at: due) } else { wakes.cancel(index) }
    }

    private mutating func notice(_ fact: AgentFact, by index: Int) {
        var (person, call) = (agents[index].name, 0)
        switch fact {
        case .rings(let id), .answered(let id), .released(let id, _), .changed(let id, _), .transfer(let id, _): call = id
        case .registered, .unregistered, .registrationRefused, .lamp, .lampRefused, .shows, .watchRefused: break
        }
        let isOutside = agents[index].role == .trunk
        if isOutside, let known = agents[index].call(call) { person = known.person }
        let ear = Ear(agent: index, call: call)
        note(.noticed(fact, by: person, ear))
        for (habit, delay) in habits?.react(to: fact, isOutside: isOutside) ?? [] {
            agenda.add(.habit(habit, ear), at: now + delay)
        }
    }

    private mutating func transmit(_ packet: Packet, byHand: Bool) {
        note(.message(packet.message, from: name(packet.flow.local), to: name(packet.flow.remote), byHand: byHand))
        if packet.flow.local == Self.ownEndpoint {
            let agent = places[packet.flow.remote]
            wiretap.sent(packet.message, to: agent, at: now, isRegistered: isRegistered(agent, packet.message))
        }
        for arrival in network.arrivals(of: packet, at: now) { agenda.add(.arrive(packet), at: arrival) }
    }

    /// Whether a phone that we call is registered, as the disk has it.
    private func isRegistered(_ agent: Int?, _ message: Message) -> Bool {
        guard message.method == .invite, let agent, case .phone(let account, _) = agents[agent].role else { return true }
        let now = moment.utc
        return store.bindings.values.contains { $0.account == account && $0.expires > now }
    }

    private func name(_ endpoint: Endpoint) -> String {
        endpoint == Self.ownEndpoint ? Self.ownName : places[endpoint].map { agents[$0].name } ?? endpoint.description
    }

    private mutating func arrive(_ packet: Packet) {
        let flow = packet.flow
        if flow.remote == Self.ownEndpoint {
            if exchange != nil { wiretap.received(packet.message, from: places[flow.local], at: now) }
            tell(
                .received(
                    packet.message,
                    Flow(flow.transport, local: flow.remote, remote: flow.local, connection: flow.connection)))
        } else if let index = places[flow.remote], !offline.contains(index) {
            if let connection = flow.connection, connection != connections[index] {
                return tell(.sendFailed(packet.message, flow))
            }
            carryOut(agents[index].receive(packet.message, from: flow.local, at: now), of: index)
        }
    }

    /// Puts a message on the wire as if `source` had sent it to the exchange.
    public mutating func inject(_ message: Message, from source: Endpoint) {
        transmit(Packet(message: message, flow: Flow(.udp, local: source, remote: Self.ownEndpoint)), byHand: true)
    }
}
