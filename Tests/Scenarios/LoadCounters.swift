import Simulation
import Telephony
import Testing

/// The clock begins on Monday 2026-11-23 at 10:00.
@Suite("What the strategies count, over a day, a night and a power cut")
struct LoadCounters {
    /// 101 has talked ten minutes, 102 five, 103 fifteen.
    private func talked(_ strategy: String) throws -> SimulatedOffice {
        var office = try salesOffice("strategy \(strategy)", "step 15s")
        for (member, seconds) in [("101", 600), ("102", 300), ("103", 900)] {
            try office.serves(by: member, talk: .seconds(seconds))
        }
        return office
    }

    @Test(
        "R-041: the least talk time of today gets the next call: 600, 300, 900 s; the same after a power cut; explain tells the figures"
    )
    func balanceTalk() throws {
        var office = try talked("balance talk")
        #expect(try office.offers(for: .seconds(40)) == ["102", "101", "103"])
        #expect(office.reasons().contains("by today's talk time: 102 5:00, 101 10:00, 103 15:00"))
        office.losesPower()
        #expect(try office.offers(for: .seconds(40)) == ["102", "101", "103"])
    }

    @Test(
        "R-041, C-3: a talk of his own with a client outside is load, too, where nothing else is said; counted in the group it is not"
    )
    func balanceTalkScope() throws {
        var office = try talked("balance talk")
        try office.talks("102", for: .seconds(400))
        #expect(try office.offers() == ["101"], "600 s against 300 and 400")
        try office.commit("set department sales count in-group\n")
        #expect(try office.offers() == ["102"])
    }

    @Test(
        "R-042, C-3: two calls in and five out against six in: more where those out count, as they do by default; fewer where they do not"
    )
    func balanceCalls() throws {
        var office = try salesOffice("strategy balance calls", "step 15s")
        // In the group, in, in and out: 101 has 2 2 7, 102 1 6 6, 103 0 8 8.
        for _ in 0..<2 { try office.serves(by: "101") }
        try office.serves(by: "102")
        for _ in 0..<5 { try office.serves(at: "+74951234102") }
        for _ in 0..<8 { try office.serves(at: "+74951234103") }
        for _ in 0..<5 { try office.talks("101", for: .seconds(5)) }
        for (scope, first) in [("", "102"), ("in", "101"), ("in-group", "103"), ("in+out", "102")] {
            if !scope.isEmpty { try office.commit("set department sales count \(scope)\n") }
            #expect(try office.offers() == [first], "count \(scope)")
        }
    }

    @Test("R-043: weights 8 and 5 get 8 to 5 of the calls, 8, 5 and 5 get 8 to 5 to 5: nobody takes everything")
    func weights() throws {
        var two = try salesOffice("strategy balance calls", members: ["101 priority 8", "102 priority 5"])
        var taken: [String: Int] = [:]
        for _ in 0..<130 { taken[try two.serves(talk: .seconds(2)), default: 0] += 1 }
        #expect(taken == ["101": 80, "102": 50])
        var three = try salesOffice("strategy balance calls", members: ["101 priority 8", "102 priority 5", "103 priority 5"])
        taken = [:]
        for _ in 0..<90 { taken[try three.serves(talk: .seconds(2)), default: 0] += 1 }
        #expect(taken == ["101": 40, "102": 25, "103": 25])
    }

    /// 101 has taken three calls, 102 one, 103 two.
    private func fewest() throws -> SimulatedOffice {
        var office = try salesOffice("strategy fewest", "step 15s")
        for (member, calls) in [("101", 3), ("102", 1), ("103", 2)] {
            for _ in 0..<calls { try office.serves(by: member) }
        }
        return office
    }

    @Test(
        "R-165: three, one and two calls taken today: the second; the same after a restart; at local midnight everybody begins anew"
    )
    func fewestCalls() throws {
        var office = try fewest()
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        office.losesPower()
        #expect(try office.offers() == ["102"])
        office.wait(until: "2026-11-23 23:59:59")
        #expect(office.reasons().contains("by today's calls: 102 1, 103 2, 101 3"))
        office.wait(until: "2026-11-24 00:00:00")
        #expect(office.reasons().contains("by today's calls: 101 0, 102 0, 103 0"))
        #expect(try office.offers(for: .seconds(40)) == ["101", "102", "103"])
        office.losesPower()
        #expect(try office.offers() == ["101"], "yesterday's counts do not come back")
    }

    @Test("R-165, C-3: fewest counts every call taken from outside, those on his own number too, and none that he makes")
    func fewestScope() throws {
        var office = try fewest()
        for _ in 0..<2 { try office.serves(at: "+74951234102") }
        for _ in 0..<4 { try office.talks("103", for: .seconds(5)) }
        try office.talks("103", to: "104", answeredBy: "104", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["103", "101", "102"], "three each of the first two, but two of 103")
    }

    @Test("R-166: who was away for six calls gets the next ones until he is level with his colleagues")
    func catchesUp() throws {
        var office = try salesOffice("strategy fewest", "step 15s")
        try office.perform(Deed("103 unregisters"))
        office.run(for: .seconds(1))
        #expect(try (0..<6).map { _ in try office.serves() } == ["101", "102", "101", "102", "101", "102"])
        try office.perform(Deed("103 registers"))
        office.run(for: .seconds(1))
        #expect(try (0..<3).map { _ in try office.serves() } == ["103", "103", "103"])
        #expect(try (0..<3).map { _ in try office.serves() } == ["101", "102", "103"])
    }

    @Test(
        "R-169, R-170: the least time in this department's calls; two hours of talk of his own, on his number and inside change nothing"
    )
    func leastTalk() throws {
        var office = try talked("least-talk")
        #expect(try office.offers(for: .seconds(40)) == ["102", "101", "103"])
        try office.talks("102", for: .seconds(7200))
        try office.serves(talk: .seconds(1800), at: "+74951234102")
        try office.talks("102", to: "104", answeredBy: "104", for: .seconds(1800))
        #expect(try office.offers(for: .seconds(40)) == ["102", "101", "103"])
        office.losesPower()
        #expect(try office.offers() == ["102"])
        try office.serves(by: "102", talk: .seconds(301))
        #expect(try office.offers() == ["101"], "601 s against 600")
    }
}
