import Simulation
import Telephony
import Testing

@Suite("The employee whom a client knows from today")
struct FamiliarEmployees {
    /// An office that works from nine to six and takes calls at any time; 103 has talked to Vera at ten to six.
    private func known(_ strategy: String = "linear") throws -> SimulatedOffice {
        var office = try salesOffice(
            "strategy \(strategy)", "step 15s", "familiar on", more: "set office hours mon-fri 09:00-18:00\n")
        office.wait(until: "2026-11-23 17:50:00")
        try office.serves("vera", by: "103", talk: .seconds(60))
        return office
    }

    @Test("R-171: again within the working day: the same one; after its end, to the second, and the next day: by the strategy")
    func workingDay() throws {
        var office = try known()
        #expect(try office.offers("vera") == ["103"])
        #expect(try office.offers() == ["101"], "another client knows nobody")
        office.losesPower()
        office.wait(until: "2026-11-23 17:59:59")
        #expect(try office.offers("vera") == ["103"])
        #expect(try office.offers("vera") == ["101"])
        office.wait(until: "2026-11-23 18:05:00")
        #expect(try office.offers("vera") == ["101"])
        office.wait(until: "2026-11-24 09:30:00")
        #expect(try office.offers("vera") == ["101"])
    }

    @Test("R-171: the working day ends with its last second: at 18:00:00 it is over")
    func lastSecond() throws {
        var office = try known()
        office.wait(until: "2026-11-23 18:00:00")
        #expect(try office.offers("vera") == ["101"])
    }

    @Test(
        "R-171: it goes before any strategy", arguments: ["all", "ascending", "even", "fewest", "least-talk", "random", "tiers"])
    func anyStrategy(strategy: String) throws {
        var office = try known(strategy)
        #expect(try office.offers("vera", for: .seconds(14)) == ["103"])
    }

    @Test("R-173: he does not take it: after the step by the group's own strategy, which does not offer it to him again")
    func silent() throws {
        var office = try known()
        let rung = try office.offers("vera", for: .seconds(100))
        #expect(rung == ["103", "101", "102", "101", "102", "101", "102"])
    }

    @Test("R-173: he is engaged, or says that he is: the strategy at once, and he is not offered the call when he gets free")
    func busy() throws {
        var office = try known()
        play(
            &office,
            """
             0.0  103 dials 104            → 104 rings, 103 hears ringback
             1.0  104 answers              → 103 answered, 103 ↔ 104
             2.0  vera calls +74951234567  → 101 rings, vera hears ringback
             5.0  103 hangs up             → record 103→104 by 104 wait 1.0 talk 4.0, 104 released (normalClearing)
            17.0  ·                        → 101 released (noAnswer), 102 rings
            32.0  ·                        → 102 released (noAnswer), 101 rings
            33.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 31.0, 101 released (cancelled)
            """)
        play(
            &office,
            """
             0.0  vera calls +74951234567  → 103 rings, vera hears ringback
             2.0  103 is busy              → 101 rings
             4.0  101 is busy              → 102 rings
             6.0  102 is busy              → 101 rings
             7.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 7.0, 101 released (cancelled)
            """)
    }
}
