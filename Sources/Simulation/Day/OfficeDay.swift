import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// A day in a generated office: so many calls with everything that goes wrong, then fine weather, and at the end there must be quiet.
public struct OfficeDay: Sendable {
    /// What decides everything.
    public var seed: UInt64
    /// How many calls are made by drawn callers; transfers and consultations come on top.
    public var calls: Int
    /// How many extensions there are.
    public var phones: Int
    /// Datagrams lost, in percent.
    public var loss: Int

    /// A day from its parts.
    public init(seed: UInt64, calls: Int, phones: Int = 20, loss: Int = 2) {
        (self.seed, self.calls, self.phones, self.loss) = (seed, max(1, calls), max(3, phones), max(0, min(90, loss)))
    }

    /// How the day went.
    public struct Outcome: Equatable, Sendable {
        /// Call records, by how they came out.
        public var records = 0, answered = 0, missed = 0, refused = 0, interrupted = 0
        /// The departments' strategies.
        public var strategies: [RingStrategy] = []
        /// Messages carried and lost, kills of the exchange.
        public var carried = 0, lost = 0, kills = 0
        /// How long the day took in the office.
        public var virtualTime = Duration.zero
        /// The last random number: the same for every run of this seed.
        public var unseed: UInt64 = 0
        /// What the checkers found; empty is what we want.
        public var complaints: [Complaint] = []
    }

    /// Lives through the day. Throws where the office that the seed draws has no valid configuration.
    public func run() throws -> Outcome {
        let drawn = try GeneratedOffice(seed: seed, phones: phones)
        var office = live(in: drawn)
        var outcome = outcome(of: &office)
        outcome.strategies = drawn.strategies
        return outcome
    }

    /// The office at the end of the day.
    func live(in drawn: GeneratedOffice) -> SimulatedOffice {
        var office = prepared(drawn)
        office.open()
        office.day = DayInProgress(remaining: calls, office: drawn, dice: Dice(seed: seed &+ 7), isFoul: loss > 0)
        office.agenda.add(.nextCall, at: office.now)
        while office.day?.remaining ?? 0 > 0, office.faults.isEmpty { office.run(for: .seconds(60)) }
        office.heal()
        return office
    }

    private func prepared(_ drawn: GeneratedOffice) -> SimulatedOffice {
        var office = SimulatedOffice(drawn.settings, seed: seed)
        var dice = Dice(seed: seed &+ 3)
        let percent = Ratio(loss, of: 100)
        office.network.weather = Weather(
            latency: .milliseconds(1), jitter: .milliseconds(20), loss: percent, duplication: Ratio(loss, of: 200),
            reordering: Ratio(loss, of: 200))
        office.store.delay = .milliseconds(15)
        (office.store.book, office.store.lookUpDelay) = (drawn.book, drawn.lookUpDelay)
        office.habits = Habits(dice: Dice(seed: seed &+ 5), numbers: drawn.inside + GeneratedOffice.services)
        for index in office.agents.indices { office.agents[index].manners = Self.manners(office.agents[index], &dice) }
        return office
    }

    /// Every phone is a little different.
    private static func manners(_ agent: SimulatedAgent, _ dice: inout Dice) -> Manners {
        var manners = agent.manners
        manners.codecs = [[.alaw, .ulaw, .g722], [.alaw, .ulaw], [.ulaw], [.g722, .alaw]][dice.roll(4)]
        manners.digest = dice.chance(1, in: 3) ? .md5 : .sha256
        manners.lateOffer = dice.chance(1, in: 8)
        manners.stutters = dice.chance(1, in: 12)
        manners.lines = 4
        manners.leavesAfterTransfer = dice.chance(1, in: 2)
        manners.sessionTimer =
            [.unknown, .supported, .asks(.seconds(90)), .refreshes(.seconds(90), byUpdate: dice.chance(1, in: 2))][
                dice.roll(4)]
        if agent.role == .trunk {
            manners.codecs = [.alaw, .ulaw]
            manners.welcome = dice.chance(1, in: 2) ? .ring : .earlyMedia
            manners.lines = agent.manners.lines
        }
        return manners
    }

    private func outcome(of office: inout SimulatedOffice) -> Outcome {
        var outcome = Outcome()
        outcome.records = office.store.records.count
        for record in office.store.records {
            switch record.result {
            case .answered: outcome.answered += 1
            case .missed, .served: outcome.missed += 1
            case .refused: outcome.refused += 1
            case .interrupted: outcome.interrupted += 1
            }
        }
        (outcome.carried, outcome.lost, outcome.kills) = (office.network.carried, office.network.lost, office.kills.count)
        outcome.virtualTime = office.now - .zero
        outcome.complaints = office.complaints()
        outcome.unseed = office.unseed()
        return outcome
    }
}

/// The day as far as it got.
struct DayInProgress: Sendable {
    var remaining: Int
    var office: GeneratedOffice
    var dice: Dice
    var isFoul: Bool
}

extension SimulatedOffice {
    /// Somebody makes a call, and now and then something breaks.
    mutating func makeNextCall() {
        guard var today = day, today.remaining > 0 else { return }
        today.remaining -= 1
        if exchange != nil { drawCall(&today.dice, in: today.office) }
        drawChange(&today.dice)
        if today.isFoul { drawFault(&today.dice) }
        if today.remaining > 0 { agenda.add(.nextCall, at: now + .milliseconds(Int64(500 + today.dice.roll(16_000)))) }
        day = today
    }

    private mutating func drawCall(_ dice: inout Dice, in office: GeneratedOffice) {
        let trunks = agents.indices.filter { agents[$0].role == .trunk }
        if dice.chance(1, in: 2), let trunk = trunks.randomElement(using: &dice) {
            let number = office.companyNumbers[dice.roll(office.companyNumbers.count)]
            return dialByHabit(trunk, number, as: office.clients[dice.roll(office.clients.count)])
        }
        let idle = agents.indices.filter { agents[$0].role != .trunk && agents[$0].isRegistered && !offline.contains($0) }
            .filter { !agents[$0].calls.contains { $0.isLive } }
        guard let caller = idle.randomElement(using: &dice) else { return }
        let number =
            switch dice.roll(20) {
            case 0..<14: office.inside[dice.roll(office.inside.count)]
            case 14: GeneratedOffice.services[dice.roll(GeneratedOffice.services.count)]
            case 15..<18: "8916\(1_000_000 + dice.roll(1_000_000))"
            case 18: "81049301234567"
            default: "999"
            }
        dialByHabit(caller, number, as: nil)
    }

    /// Now and then somebody presses the night key, or a phone is put away and comes back.
    private mutating func drawChange(_ dice: inout Dice) {
        let agent = dice.roll(agents.count)
        switch dice.roll(60) {
        case 0..<2:
            let isOn = dice.chance(1, in: 2)
            note(.deed("night key 1 is \(isOn ? "pressed" : "released")"))
            tell(.nightKey("1", isOn))
        case 2 where agents[agent].role != .trunk && !agents[agent].calls.contains(where: \.isLive):
            note(.deed("\(agents[agent].name) unregisters"))
            act(agent) { $0.unregister() }
            agenda.add(.register(agent), at: now + .seconds(Int64(20 + dice.roll(60))))
        default: break
        }
    }

    private mutating func drawFault(_ dice: inout Dice) {
        let agent = dice.roll(agents.count)
        let isPhone = agents[agent].role != .trunk
        switch dice.roll(200) {
        case 0..<4 where isPhone:
            note(.deed("\(agents[agent].name) reboots"))
            reboot(agent)
            agenda.add(.register(agent), at: now + .seconds(5))
        case 4..<7:
            note(.deed("\(agents[agent].name) loses its network"))
            offline.insert(agent)
            isUnsettled = true
            agenda.add(.comeBack(agent), at: now + .seconds(40))
        case 7..<15: network.set(SimulatedNetwork.Snare(from: agents[agent].seenAs, to: nil, word: "ACK"))
        case 15..<20: network.set(SimulatedNetwork.Snare(from: nil, to: agents[agent].seenAs, word: "200"))
        case 20 where exchange != nil:
            note(.deed("apus is killed"))
            kill()
            agenda.add(.restart, at: now + .seconds(Int64(2 + dice.roll(15))))
        default: break
        }
    }

    /// Fine weather, everybody is back, and time enough for every call to come to its end.
    mutating func heal() {
        network.weather = Weather(latency: .milliseconds(1))
        network.forgetSnares()
        run(for: .seconds(60))
        offline = []
        start()
        leaveDeadLines()
        run(for: .minutes(30))
    }

    /// Whoever still dialled or rang when the exchange was killed gives up: nobody can tell him any more.
    private mutating func leaveDeadLines() {
        guard let kill = kills.last else { return }
        for (index, agent) in agents.enumerated() {
            for call in agent.calls where call.isLive && call.began < kill && call.state != .talking {
                act(index) { $0.abandon(call.id) }
            }
        }
    }
}
