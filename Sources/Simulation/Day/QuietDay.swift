import Routing
import Telephony

/// A drawn office in which nobody ever takes a call, one call at a time: what `explain` says of each must be what happens.
public struct QuietDay: Sendable {
    /// What decides everything.
    public var seed: UInt64
    /// How many calls are compared, and how many extensions there are.
    public var calls: Int, phones: Int

    /// A day from its parts.
    public init(seed: UInt64, calls: Int, phones: Int = 10) { (self.seed, self.calls, self.phones) = (seed, calls, phones) }

    /// How it went.
    public struct Outcome: Equatable, Sendable {
        /// Calls that rang somebody, and that had words of ours in them.
        public var rang = 0, spoken = 0
        /// Where an explanation was wrong.
        public var complaints: [Complaint] = []
    }

    /// Lives through it. Throws where the office that the seed draws has no valid configuration.
    public func run() throws -> Outcome {
        let drawn = try GeneratedOffice(seed: seed, phones: phones)
        var office = opened(drawn)
        var (outcome, dice) = (Outcome(), Dice(seed: seed &+ 11))
        for _ in 0..<calls {
            if dice.chance(1, in: 6) { office.tell(.nightKey("1", dice.chance(1, in: 2))) }
            let before = (office.wiretap.outgoing.count, office.hearings.count)
            let complaint: Complaint?
            if dice.chance(2, in: 3) {
                let number = drawn.companyNumbers[dice.roll(drawn.companyNumbers.count)]
                let client = drawn.clients[dice.roll(drawn.clients.count)]
                let trunk = office.settings.office.trunk(of: number)
                guard let agent = office.agents.firstIndex(where: { $0.name == trunk }) else { continue }
                complaint = office.checkExplanation(of: number, by: agent, as: client)
            } else {
                let callers = office.agents.indices.filter { office.agents[$0].isRegistered }
                guard let agent = callers.randomElement(using: &dice) else { continue }
                let number = (drawn.inside + ["89161112233", "81049301234567", "999"]).randomElement(using: &dice) ?? "999"
                complaint = office.checkExplanation(of: number, by: agent, as: nil)
            }
            if office.wiretap.outgoing.count > before.0 { outcome.rang += 1 }
            let heard = office.hearings[before.1...].compactMap(\.hearing)
            if heard.contains(where: { if case .speech = $0 { true } else { false } }) { outcome.spoken += 1 }
            if let complaint { outcome.complaints.append(complaint) }
        }
        return outcome
    }

    /// Everybody at his desk but for a few, whose phones are off.
    private func opened(_ drawn: GeneratedOffice) -> SimulatedOffice {
        var office = SimulatedOffice(drawn.settings, seed: seed)
        office.store.book = drawn.book
        office.media.clipLengths = ["own/hello": .milliseconds(3700), "ru/not-available": .milliseconds(1250)]
        office.open()
        var dice = Dice(seed: seed &+ 13)
        for index in office.agents.indices where office.agents[index].role != .trunk && dice.chance(1, in: 6) {
            office.act(index) { $0.unregister() }
        }
        office.run(for: .seconds(1))
        return office
    }
}
