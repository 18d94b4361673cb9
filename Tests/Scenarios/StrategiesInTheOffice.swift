import Simulation
import Telephony
import Testing

@Suite("Ring strategies, as a whole office sees them")
struct StrategiesInTheOffice {
    @Test("R-073: one more at each step, nobody stops; all stop when one of them answers")
    func ascending() throws {
        timeline(
            try salesOffice("strategy ascending", "step 15s"),
            """
             0.0  vera calls +74951234567  → 101 rings, vera hears ringback
            15.0  ·                        → 102 rings
            30.0  ·                        → 103 rings
            60.0  102 answers              → 101 released (answeredElsewhere), 103 released (answeredElsewhere), vera answered
                                           → vera ↔ 102
            70.0  vera hangs up            → record vera→+74951234567 by 102 wait 60.0 talk 10.0, 102 released (normalClearing)
            """)
    }

    @Test(
        "R-076: who lets a call ring was offered it, and goes behind the others: never the same one twice in a row; also after a restart"
    )
    func evenReceived() throws {
        var office = try salesOffice("strategy even received", "step 15s")
        #expect(try (0..<4).map { _ in try office.offers() } == [["101"], ["102"], ["103"], ["101"]])
        office.losesPower()
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"], "102 was offered a call before the others")
    }

    @Test(
        "R-158, R-077: whose talk ended longest ago, then the second in that order; an offer in vain changes no talk; explain tells when"
    )
    func even() throws {
        var office = try salesOffice("strategy even", "step 15s")
        office.wait(until: "2026-11-23 10:10:00")
        try office.serves(by: "102", talk: .seconds(60))
        try office.serves(by: "103", talk: .seconds(60))
        #expect(office.reasons().contains("by the end of the last talk: 101 —, 102 10:11:15, 103 10:12:31"))
        try office.serves(by: "101", talk: .seconds(60))
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        office.wait(until: "2026-11-24 10:00:00")
        #expect(
            office.reasons().contains(
                "by the end of the last talk: 102 2026-11-23 10:11:15, 103 2026-11-23 10:12:31, 101 2026-11-23 10:13:32"))
    }

    @Test(
        "R-158, C-4: every talk counts, whoever with: of the department, of his own number, out, with a colleague; `count` is of the load"
    )
    func evenCountsEveryTalk() throws {
        var office = try salesOffice("strategy even", "step 15s", "count in-group")
        for member in ["101", "102", "103"] { try office.serves(by: member) }
        #expect(try office.offers(for: .seconds(40)) == ["101", "102", "103"])
        try office.talks("101", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        try office.talks("102", to: "104", answeredBy: "104", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["103", "101", "102"])
        try office.talks("104", to: "103", answeredBy: "103", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["101", "102", "103"])
        try office.serves(at: "+74951234101")
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        office.losesPower()
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
        // To listen to one's messages is no talk.
        try office.perform(Deed("102 dials *98"))
        office.run(for: .seconds(5))
        try office.perform(Deed("102 hangs up"))
        office.run(for: .seconds(1))
        #expect(try office.offers(for: .seconds(40)) == ["102", "103", "101"])
    }

    @Test("R-076: of the calls offered every one counts, too: one at his own number, one of a colleague")
    func evenReceivedCountsEveryOffer() throws {
        var office = try salesOffice("strategy even received", "step 15s")
        #expect(try office.offers(to: "+74951234101") == ["101"])
        #expect(try office.offers() == ["102"])
        try office.talks("104", to: "103", answeredBy: "103", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["101", "102", "103"])
        // A call out is none that he was offered.
        try office.talks("101", for: .seconds(5))
        #expect(try office.offers(for: .seconds(40)) == ["101", "102", "103"])
    }

    @Test("R-077: both readings of the strategy can be chosen, and explain says which one holds and ranks by it")
    func evenReceivedExplained() throws {
        var office = try salesOffice("strategy even received")
        office.wait(until: "2026-11-23 10:10:00")
        try office.offers()
        #expect(office.reasons().contains("the department sales, strategy even received"))
        #expect(office.reasons().contains("by the last call offered: 102 —, 103 —, 101 10:10:00"))
        try office.commit("set department sales strategy even\n")
        #expect(office.reasons().contains("by the end of the last talk: 101 —, 102 —, 103 —"))
    }

    @Test("R-162: the highest priority that is free; busy then and free at the next step, he is considered; then the one below")
    func priority() throws {
        timeline(
            try salesOffice(
                "strategy priority", "step 15s", members: ["103 priority 5", "102 priority 8", "101 priority 10"]),
            """
             0.0  101 dials 104            → 104 rings, 101 hears ringback
             1.0  104 answers              → 101 answered, 101 ↔ 104
             2.0  vera calls +74951234567  → 102 rings, vera hears ringback
            10.0  101 hangs up             → record 101→104 by 104 wait 1.0 talk 9.0, 104 released (normalClearing)
            17.0  ·                        → 102 released (noAnswer), 101 rings
            32.0  ·                        → 101 released (noAnswer), 103 rings
            33.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 31.0, 103 released (cancelled)
            """)
    }

    @Test(
        "R-164: all of the highest priority at once, at the step all of the next, who join them or, with switch, take their place"
    )
    func tiers() throws {
        let members = ["101 priority 8", "102 priority 8", "103 priority 5", "104 priority 5"]
        timeline(
            try salesOffice("strategy tiers", "step 15s", members: members),
            """
             0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
            15.0  ·                        → 103 rings, 104 rings
            40.0  101 answers              → 102 released (answeredElsewhere), 103 released (answeredElsewhere)
                                           → 104 released (answeredElsewhere), vera answered, vera ↔ 101
            50.0  vera hangs up            → record vera→+74951234567 by 101 wait 40.0 talk 10.0, 101 released (normalClearing)
            """)
        timeline(
            try salesOffice("strategy tiers switch", "step 15s", members: members),
            """
             0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
            15.0  ·                        → 101 released (noAnswer), 102 released (noAnswer), 103 rings, 104 rings
            30.0  ·                        → 103 released (noAnswer), 104 released (noAnswer), 101 rings, 102 rings
            31.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 31.0, 101 released (cancelled)
                                           → 102 released (cancelled)
            """)
    }

    private let four = ["101", "102", "103", "104"]

    @Test("R-168: by lot, and nobody again before everybody free was offered the call; who is engaged is not among them")
    func randomWithoutRepetition() throws {
        var office = try salesOffice("strategy random", "step 15s", members: four)
        for _ in 0..<6 {
            let rung = try office.offers(for: .seconds(119))
            #expect(rung.count == 8 && rung[..<4].sorted() == four && rung[4...].sorted() == four)
        }
        try office.perform(Deed("103 dials 89161234567"))
        office.run(for: .seconds(1))
        try office.perform(Deed("vera answers"))
        for _ in 0..<6 { #expect(try office.offers(for: .seconds(44)).sorted() == ["101", "102", "104"]) }
    }

    @Test(
        "R-167: everybody comes first as often as chance has it: chi-square at 1 %; the same seed draws the same lots, another others"
    )
    func random() throws {
        func first(_ count: Int, seed: UInt64) throws -> [String] {
            var office = SimulatedOffice(try salesOffice("strategy random", members: four).settings, seed: seed)
            office.open()
            return try (0..<count).flatMap { _ in try office.offers() }
        }
        let drawn = try first(200, seed: 7)
        let chiSquare = four.reduce(0.0) { sum, person in
            let difference = Double(drawn.count { $0 == person }) - 50
            return sum + difference * difference / 50
        }
        #expect(drawn.count == 200 && chiSquare < 11.34)
        #expect(try first(20, seed: 7) == Array(drawn.prefix(20)))
        #expect(try first(20, seed: 8) != Array(drawn.prefix(20)))
    }

    @Test("C-11: busy, refused or without a phone: the next at once; one who rings in vain: after the step, and he stops")
    func sequential() throws {
        timeline(
            try salesOffice("strategy sequential", "step 20s", members: ["101", "102", "103", "104"]),
            """
             0.0  102 unregisters          → 102 unregistered
             1.0  vera calls +74951234567  → 101 rings, vera hears ringback
             3.0  101 is busy              → 103 rings
             5.0  103 declines             → 104 rings
            25.0  ·                        → 104 released (noAnswer), 101 rings
            26.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 25.0, 101 released (cancelled)
            """)
        timeline(
            try salesOffice("strategy sequential", "step 20s"),
            """
             0.0  101 dials 104            → 104 rings, 101 hears ringback
             1.0  104 answers              → 101 answered, 101 ↔ 104
             2.0  vera calls +74951234567  → 102 rings, vera hears ringback
            22.0  ·                        → 102 released (noAnswer), 103 rings
            23.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 21.0, 103 released (cancelled)
            24.0  101 hangs up             → record 101→104 by 104 wait 1.0 talk 23.0, 104 released (normalClearing)
            """)
    }

    @Test(
        "D-10: the order is what is written: a member taken out and put in again is the last, for the next call and after a restart"
    )
    func order() throws {
        var office = try salesOffice("strategy linear", "step 10s")
        let before = office.happenings.count
        try office.perform(Deed("vera calls +74951234567"))
        office.run(for: .seconds(1))
        try office.commit("delete department sales member 101\nset department sales member 101\n")
        office.run(for: .seconds(28))
        #expect(office.rung(since: before) == ["101", "102", "103"], "the call that rings goes on by the old order")
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(1))
        #expect(try office.offers(for: .seconds(29)) == ["102", "103", "101"])
        office.losesPower()
        #expect(try office.offers(for: .seconds(29)) == ["102", "103", "101"])
    }
}
