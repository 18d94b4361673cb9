import Configuration
import Simulation
import Telephony
import Testing

/// The department `sales` behind the company number +74951234567, with these members and rules (`strategy even`), and 104 beside it.
/// Each of the three has a personal number that ends with his own; calls out go by the one trunk, and nobody becomes a client's owner.
func salesOffice(
    _ rules: String..., members: [String] = ["101", "102", "103"], more: String = "",
    prepare: (inout SimulatedOffice) -> Void = { _ in }
) throws -> SimulatedOffice {
    let sales = (members.map { "member \($0)" } + rules).map { "set department sales \($0)\n" }.joined()
    return try office(salesDesks + sales + more, prepare: prepare)
}

private let salesDesks = """
    set extension 101 name A
    set extension 102 name B
    set extension 103 name C
    set extension 104 name D
    set trunk mtt peer 203.0.113.10
    set route out mask 8########## trunk mtt
    set number +74951234567 trunk mtt scheme office label "Москва"
    set number +74951234101 trunk mtt direct 101
    set number +74951234102 trunk mtt direct 102
    set number +74951234103 trunk mtt direct 103
    set scheme office otherwise to department sales
    set office owner learn off
    set department sales number 200

    """

/// Calls of a whole day, a word for each; a ladder is for those whose every moment counts.
extension SimulatedOffice {
    /// Who was rung since there were so many happenings, in the order of ringing.
    func rung(since count: Int) -> [String] {
        happenings[count...].compactMap { happening in
            if case .noticed(.rings, let person, _) = happening.what { person } else { nil }
        }
    }

    /// A client calls, has patience for so long, and gives up; who was rung meanwhile.
    @discardableResult mutating func offers(
        _ client: String = "+79990000000", to number: String = "+74951234567", for patience: Duration = .seconds(1)
    ) throws -> [String] {
        let before = happenings.count
        try perform(Deed("\(client) calls \(number)"))
        run(for: patience)
        let rung = rung(since: before)
        try perform(Deed("\(client) hangs up"))
        run(for: .seconds(1))
        return rung
    }

    /// A client calls and talks for so long to `member`, when his turn comes; nil: to whoever is rung first. Who it was.
    @discardableResult mutating func serves(
        _ client: String = "+79990000000", by member: String? = nil, talk: Duration = .seconds(5),
        at number: String = "+74951234567"
    ) throws -> String {
        let before = happenings.count
        try perform(Deed("\(client) calls \(number)"))
        var found: String?
        for _ in 0..<240 where found == nil {
            run(for: .milliseconds(500))
            found = rung(since: before).first { member == nil || $0 == member }
        }
        let person = try #require(found, "\(member ?? "nobody") never rang")
        try perform(Deed("\(person) answers"))
        run(for: talk)
        try perform(Deed("\(person) hangs up"))
        run(for: .seconds(1))
        return person
    }

    /// An employee calls outside or a colleague, and they talk for so long.
    mutating func talks(
        _ member: String, to number: String = "89161234567", answeredBy other: String = "vera", for talk: Duration
    ) throws {
        try perform(Deed("\(member) dials \(number)"))
        run(for: .seconds(1))
        try perform(Deed("\(other) answers"))
        run(for: talk)
        try perform(Deed("\(member) hangs up"))
        run(for: .seconds(1))
    }

    /// The power fails for some seconds.
    mutating func losesPower() {
        kill()
        run(for: .seconds(5))
        start()
        run(for: .seconds(1))
    }

    /// Lets time pass until the wall clock of Moscow shows `2026-11-23 20:59:59`.
    mutating func wait(until date: String) {
        let parts = date.split { !$0.isNumber }.compactMap { Int($0) }
        precondition(parts.count == 6, "“\(date)” is no time")
        let time = CivilTime(
            year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts[5], offset: 10_800)
        run(until: .zero + .milliseconds(time.utc - Self.epoch))
    }

    /// An installer commits these lines onto what is in force.
    mutating func commit(_ lines: String) throws {
        let candidate = try ConfigurationCandidate(loading: lines, onto: #require(document)) { Array(repeating: 7, count: $0) }
        document = candidate.document
        reconfigure(candidate.settings)
    }

    /// What `explain` says of a call from outside now.
    func reasons(for client: String = "+79990000000", to number: String = "+74951234567") -> [String] {
        exchange?.explain(from: client, to: number, at: moment).layers.map { $0.because.text(in: .en) } ?? []
    }
}
