import Configuration
import Simulation
import Telephony
import Testing

/// How a day's calls fall to the members of a department that shares them out: one call at a time, whoever rings answers.
@Suite("Soak: shares")
struct Shares {
    private func office(_ more: String) throws -> SimulatedOffice {
        let text = """
            set sip listen udp 10.0.0.1:5060
            set trunk mtt peer 203.0.113.10
            set number * scheme main
            set office owner learn off
            set department sales number 200

            """
        let people = (101...104).map { "set extension \($0) secret r4nd0m-w0rds\n" }.joined()
        let candidate = try ConfigurationCandidate(loading: text + people + more) { size in
            Array(repeating: 7, count: size)
        }
        var office = SimulatedOffice(candidate.settings, seed: 5)
        office.open()
        return office
    }

    /// So many calls; who answered how many.
    private func answered(_ count: Int, in office: inout SimulatedOffice) throws -> [String: Int] {
        var shares: [String: Int] = [:]
        for index in 0..<count {
            let (before, client) = (office.happenings.count, "+7916100\(1000 + index)")
            try office.perform(Deed("\(client) calls +74951234567"))
            office.run(for: .seconds(1))
            let rung = office.happenings[before...].lazy.compactMap { happening in
                if case .noticed(.rings, let person, _) = happening.what { person } else { nil }
            }.first
            let person = try #require(rung)
            try office.perform(Deed("\(person) answers"))
            office.run(for: .seconds(2))
            try office.perform(Deed("\(person) hangs up"))
            office.run(for: .seconds(1))
            shares[person, default: 0] += 1
        }
        return shares
    }

    private let common = "set scheme main otherwise to department sales\n"

    @Test("R-043: balance calls gives 8 to 5 to 1, as the weights say")
    func balance() throws {
        var office = try office(
            common + """
                set department sales strategy balance calls
                set department sales member 101 priority 8
                set department sales member 102 priority 5
                set department sales member 103 priority 1
                """)
        let shares = try answered(140, in: &office)
        for (person, share) in [("101", 80), ("102", 50), ("103", 10)] {
            #expect(abs((shares[person] ?? 0) - share) <= 1, "\(person) got \(shares[person] ?? 0)")
        }
    }

    @Test("R-166: fewest: who was away catches up, then all have the same")
    func fewest() throws {
        var office = try office(
            common + """
                set department sales strategy fewest
                set department sales member 101
                set department sales member 102
                set department sales member 103
                """)
        try office.perform(Deed("103 unregisters"))
        office.run(for: .seconds(1))
        #expect(try answered(20, in: &office) == ["101": 10, "102": 10])
        try office.perform(Deed("103 registers"))
        office.run(for: .seconds(1))
        #expect(try answered(10, in: &office) == ["103": 10])
        #expect(try answered(30, in: &office) == ["101": 10, "102": 10, "103": 10])
    }

    @Test("random draws nobody more often than chance does: chi-square at 1 % with three degrees of freedom")
    func random() throws {
        let members = (101...104).map { "set department sales member \($0)\n" }.joined()
        var office = try office(common + "set department sales strategy random\n" + members)
        let shares = try answered(200, in: &office)
        let chiSquare = (101...104).reduce(0.0) { sum, person in
            let difference = Double(shares[String(person)] ?? 0) - 50
            return sum + difference * difference / 50
        }
        #expect(chiSquare < 11.34, "\(shares)")
        #expect(shares.count == 4)
    }
}
