import Simulation
import Telephony
import Testing

/// Three at a desk each, and a department whose strategy each scenario sets. The clock begins on Monday 2026-11-23 at 10:00.
private let team = """
    set extension 101
    set extension 102
    set extension 103
    set trunk mtt peer 203.0.113.10
    set number +74951234567 trunk mtt scheme office
    set number +74951234570 trunk mtt direct 102
    set scheme office otherwise to department sales
    set route out mask 8########## trunk mtt
    set office owner learn off
    set office hours mon-fri 09:00-18:00
    set department sales number 200
    set department sales member 101
    set department sales member 102
    set department sales member 103

    """

private func team(_ more: String) throws -> SimulatedOffice { try office(team + more + "\n") }

@Suite("Strategies: who rings, and in which order")
struct Strategies {
    @Test("R-073: ascending: with each step one more rings, and nobody stops before somebody answers")
    func ascending() throws {
        timeline(
            try team("set department sales strategy ascending step 5s"),
            """
              0.0  vera calls +74951234567  → 101 rings, vera hears ringback
              5.0  ·                        → 102 rings
             10.0  ·                        → 103 rings
             12.0  102 answers              → 101 released (answeredElsewhere), 103 released (answeredElsewhere), vera answered
                                            → vera ↔ 102
             14.0  vera hangs up            → record vera→+74951234567 by 102 wait 12.0 talk 2.0, 102 released (normalClearing)
            """)
    }

    @Test("R-077, R-158, C-4: even: whose last talk ended earliest, then the second in that order, not from the start again")
    func even() throws {
        timeline(
            try team("set department sales strategy even step 5s"),
            """
              0.0  vera calls +74951234567  → 101 rings, vera hears ringback
              1.0  101 answers              → vera answered, vera ↔ 101
              9.0  vera hangs up            → record vera→+74951234567 by 101 wait 1.0 talk 8.0, 101 released (normalClearing)
             10.0  vera calls +74951234567  → 102 rings, vera hears ringback
             15.0  ·                        → 102 released (noAnswer), 103 rings
             16.0  103 answers              → vera answered, vera ↔ 103
             20.0  vera hangs up            → record vera→+74951234567 by 103 wait 6.0 talk 4.0, 103 released (normalClearing)
             30.0  vera calls +74951234567  → 102 rings, vera hears ringback
             35.0  ·                        → 102 released (noAnswer), 101 rings
             40.0  ·                        → 101 released (noAnswer), 103 rings
             42.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 12.0, 103 released (cancelled)
            """)
    }

    @Test("R-076, R-077, D-08: even received: who was offered a call longest ago; an offer that he let ring moves him back too")
    func evenReceived() throws {
        timeline(
            try team("set department sales strategy even received step 5s"),
            """
              0.0  vera calls +74951234567  → 101 rings, vera hears ringback
              5.0  ·                        → 101 released (noAnswer), 102 rings
              6.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 6.0, 102 released (cancelled)
             10.0  vera calls +74951234567  → 103 rings, vera hears ringback
             11.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
             20.0  vera calls +74951234567  → 101 rings, vera hears ringback
             21.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-162: priority: the highest who is free first; who gets free later is considered at the next step")
    func priority() throws {
        timeline(
            try team(
                """
                set department sales strategy priority step 5s
                set department sales member 101 priority 10
                set department sales member 102 priority 8
                set department sales member 103 priority 5
                """),
            """
              0.0  101 dials 89161234567            → vera rings, 101 hears ringback
              1.0  vera answers                     → 101 answered, 101 ↔ vera
              2.0  +79990000000 calls +74951234567  → 102 rings, +79990000000 hears ringback
              4.0  101 hangs up                     → record 101→vera by 101 wait 1.0 talk 3.0, vera released (normalClearing)
              7.0  ·                                → 102 released (noAnswer), 101 rings
             12.0  ·                                → 101 released (noAnswer), 103 rings
             13.0  +79990000000 hangs up            → record +79990000000→+74951234567 missed (cancelled) wait 11.0
                                                    → 103 released (cancelled)
            """)
    }

    private let levels = """
        set department sales member 101 priority 10
        set department sales member 102 priority 10
        set department sales member 103 priority 5

        """

    @Test("R-164, G-3: tiers: all of the highest level, then all of the next besides them")
    func tiers() throws {
        timeline(
            try team(levels + "set department sales strategy tiers step 5s"),
            """
              0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
              5.0  ·                        → 103 rings
              7.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 7.0, 101 released (cancelled)
                                            → 102 released (cancelled), 103 released (cancelled)
            """)
    }

    @Test("R-164, G-3: tiers switch: the next level instead of the one before")
    func tiersSwitch() throws {
        timeline(
            try team(levels + "set department sales strategy tiers switch step 5s"),
            """
              0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
              5.0  ·                        → 101 released (noAnswer), 102 released (noAnswer), 103 rings
              7.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 7.0, 103 released (cancelled)
            """)
    }

    @Test(
        "R-168: random: who let it ring is not drawn again before everybody free was offered; R-167: the same seed, the same order"
    )
    func random() throws {
        let rings = try (0..<2).map { _ in
            var office = try team("set department sales strategy random step 5s")
            try office.perform(Deed("vera calls +74951234567"))
            office.run(for: .seconds(29))
            return office.rung
        }
        #expect(rings[0].count == 6 && Set(rings[0][..<3]).count == 3 && Set(rings[0][3...]).count == 3, "\(rings[0])")
        #expect(rings[0] == rings[1])
    }
}

@Suite("Strategies that share the calls out: what is counted")
struct LoadCounters {
    @Test("R-165: fewest: who has answered fewest of today's calls, also after the power was cut; at midnight all begin anew")
    func fewest() throws {
        var office = try team("set department sales strategy fewest")
        let order = try ["101", "102", "103", "101"].map { try (office.talk(for: 5), $0) }
        #expect(order.allSatisfy { $0.0 == $0.1 }, "\(order)")
        office.kill()
        office.run(for: .seconds(1))
        office.start()
        office.run(for: .seconds(20))
        #expect(try office.talk(for: 5) == "102" && office.talk(for: 5) == "103")
        // 101, 102 and 103 have two each; one more for 101, and then a new day.
        #expect(try office.talk(for: 5) == "101")
        office.run(for: .seconds(15 * 3600))
        #expect(try office.talk(for: 5) == "101")
    }

    @Test("R-166: who was away catches up, as long as he has fewer than the others")
    func catchingUp() throws {
        var office = try team("set department sales strategy fewest")
        try office.perform(Deed("103 unregisters"))
        office.run(for: .seconds(1))
        for _ in 0..<3 { for person in ["101", "102"] { #expect(try office.talk(for: 2) == person) } }
        try office.perform(Deed("103 registers"))
        office.run(for: .seconds(1))
        for _ in 0..<3 { #expect(try office.talk(for: 2) == "103") }
        #expect(try office.talk(for: 2) == "101", "level again")
    }

    @Test(
        "R-169, R-170: least talk time counts calls of the department alone: a long direct one and a long one out weigh nothing")
    func leastTalk() throws {
        var office = try team("set department sales strategy least-talk")
        #expect(try office.talk(for: 30) == "101")
        #expect(try office.talk(for: 10) == "102")
        #expect(try office.talk(for: 20) == "103")
        play(
            &office,
            """
               0.0  vera calls +74951234570  → 102 rings, vera hears ringback
               1.0  102 answers              → vera answered, vera ↔ 102
            7201.0  vera hangs up            → record vera→+74951234570 by 102 wait 1.0 talk 7200.0, 102 released (normalClearing)
            7210.0  102 dials 89161234567    → vera rings, 102 hears ringback
            7211.0  vera answers             → 102 answered, 102 ↔ vera
            9011.0  vera hangs up            → record 102→vera by 102 wait 1.0 talk 1800.0, 102 released (normalClearing)
            """)
        #expect(try office.talk(for: 15) == "102")
        #expect(try office.talk(for: 1) == "103")
    }

    @Test(
        "R-041: balance talk: the least talk, 900, 300 and 600 s: the second; the same after a power cut",
        arguments: [false, true])
    func balanceTalk(isCut: Bool) throws {
        var office = try team("set department sales strategy balance talk")
        for (person, length) in [("101", 900), ("102", 300), ("103", 600)] { #expect(try office.talk(for: length) == person) }
        if isCut {
            office.kill()
            office.run(for: .seconds(1))
            office.start()
            office.run(for: .seconds(20))
        }
        #expect(try office.talk(for: 1) == "102")
    }

    @Test(
        "R-042, C-3: balance calls: what counts is said: calls out too, or those of the department alone",
        arguments: [("in+out", "103"), ("in-group", "102")])
    func counted(what: String, next: String) throws {
        var office = try team("set department sales strategy balance calls\nset department sales count \(what)")
        #expect(try office.talk(for: 5) == "101")
        play(
            &office,
            """
             0.0  102 dials 89161234567  → vera rings, 102 hears ringback
             1.0  vera answers           → 102 answered, 102 ↔ vera
             5.0  vera hangs up          → record 102→vera by 102 wait 1.0 talk 4.0, 102 released (normalClearing)
            """)
        #expect(try office.talk(for: 5) == next)
    }

    @Test("R-043: weights 8, 5 and 5: of 36 calls 16, 10 and 10")
    func weights() throws {
        var office = try team(
            """
            set department sales strategy balance calls
            set department sales member 101 priority 8
            set department sales member 102 priority 5
            set department sales member 103 priority 5
            """)
        var shares: [String: Int] = [:]
        for _ in 0..<36 { shares[try office.talk(for: 1), default: 0] += 1 }
        #expect(shares == ["101": 16, "102": 10, "103": 10])
    }

    @Test("R-171: the same client the same working day: the one whom he talked to; not after the day has ended, nor the next day")
    func familiarity() throws {
        var office = try team("set department sales strategy linear step 5s\nset department sales familiar on")
        // 17:50: 101 does not take it, 102 does.
        office.run(for: .seconds(7 * 3600 + 50 * 60))
        play(
            &office,
            """
              0.0  vera calls +74951234567  → 101 rings, vera hears ringback
              5.0  ·                        → 101 released (noAnswer), 102 rings
              6.0  102 answers              → vera answered, vera ↔ 102
             10.0  vera hangs up            → record vera→+74951234567 by 102 wait 6.0 talk 4.0, 102 released (normalClearing)
            100.0  vera calls +74951234567  → 102 rings, vera hears ringback
            101.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            900.0  vera calls +74951234567  → 101 rings, vera hears ringback
            901.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
        office.run(for: .seconds(15 * 3600 + 20 * 60))
        #expect(try office.talk(for: 1) == "101", "the next morning")
    }

    @Test("R-173: the familiar one is busy: the strategy at once; he lets it ring: the strategy, and he is not offered it twice")
    func familiarNotThere() throws {
        var office = try team("set department sales strategy linear step 5s\nset department sales familiar on")
        try office.perform(Deed("101 unregisters"))
        office.run(for: .seconds(1))
        #expect(try office.talk(for: 1) == "102")
        try office.perform(Deed("101 registers"))
        office.run(for: .seconds(1))
        play(
            &office,
            """
              0.0  vera calls +74951234567  → 102 rings, vera hears ringback
              5.0  ·                        → 102 released (noAnswer), 101 rings
             10.0  ·                        → 101 released (noAnswer), 103 rings
             11.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 11.0, 103 released (cancelled)
             20.0  102 dials 103            → 103 rings, 102 hears ringback
             21.0  103 answers              → 102 answered, 102 ↔ 103
             22.0  vera calls +74951234567  → 101 rings, vera hears ringback
             23.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }
}

extension SimulatedOffice {
    /// Whose telephones have begun to ring, in order.
    var rung: [String] {
        happenings.compactMap { if case .noticed(.rings, let person, _) = $0.what { person } else { nil } }
    }

    /// Vera calls the department, whoever is rung first answers, and they talk for so many seconds; gives who it was.
    mutating func talk(for seconds: Int) throws -> String {
        let before = rung.count
        try perform(Deed("vera calls +74951234567"))
        run(for: .seconds(1))
        let person = try #require(rung.dropFirst(before).first)
        try perform(Deed("\(person) answers"))
        run(for: .seconds(seconds))
        try perform(Deed("vera hangs up"))
        run(for: .seconds(2))
        return person
    }
}
