import Simulation
import Telephony
import Testing

@Suite("What happens when nobody answers, is busy, or forwards")
struct Rules {
    @Test("R-001: no answer: to another extension")
    func toExtension() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to extension 103 announce none"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 103 rings
            25.0  103 answers    → 101 answered, 101 ↔ 103
            35.0  101 hangs up   → record 101→102 by 103 wait 25.0 talk 10.0, 103 released (normalClearing)
            """)
    }

    @Test("No answer: busy tone")
    func toBusy() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to busy"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 hears busy
            25.0  ·              → record 101→102 missed (noAnswer) wait 25.0, 101 released (busy)
            """)
    }

    @Test("R-008: no answer: dropped")
    func toDrop() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to drop"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → record 101→102 missed (noAnswer) wait 20.0, 102 released (noAnswer), 101 released (noAnswer)
            """)
    }

    @Test("R-039: no answer: to a number outside")
    func toExternal() throws {
        timeline(
            try office(twoDesks + trunk + "set extension 102 no-answer after 20s to external +79161234567 announce none"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), vera rings
            30.0  vera answers   → vera hears “ru/press-1-to-accept”
            32.0  vera presses 1 → 101 answered, 101 ↔ vera
            42.0  vera hangs up  → record 101→102 by vera wait 32.0 talk 10.0, 101 released (normalClearing)
            """)
    }

    @Test(
        "R-010: a client's direct call is not taken: after the time set it rings a colleague, a department or a number outside, or plays a prompt"
    )
    func target() throws {
        let direct =
            twoDesks + trunk
            + "set number +74951234570 trunk mtt direct 101\nset department sales number 200 member 102 member 103\n"
        let targets = [
            ("extension 102", "102 rings"), ("department sales", "102 rings, 103 rings"), ("external +79031112233", "oleg rings"),
            ("prompt hello", "vera hears “own/hello”"),
        ]
        for (target, happens) in targets {
            let lines = "set prompt hello file hello.wav\nset extension 101 no-answer after 15s to \(target) announce none"
            var office = try office(direct + lines, people: ["+79161234567": "vera", "+79031112233": "oleg"])
            play(
                &office,
                """
                 0.0  vera calls +74951234570  → 101 rings, vera hears ringback
                15.0  ·                        → 101 released (noAnswer), \(happens)
                16.0  end                      →
                """)
        }
    }

    @Test("R-037: a chain: 102, then 103, then the busy tone; each line begins where the one before ended")
    func chain() throws {
        timeline(
            try office(
                twoDesks
                    + "set extension 102 no-answer after 10s to extension 103 announce none\n"
                    + "set extension 102 no-answer after 15s to busy"
            ),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            10.0  ·              → 102 released (noAnswer), 103 rings
            25.0  ·              → 103 released (noAnswer), 101 hears busy
            30.0  ·              → record 101→102 missed (noAnswer) wait 30.0, 101 released (busy)
            """)
    }

    @Test("Everything is forwarded")
    func forward() throws {
        timeline(
            try office(twoDesks + "set extension 102 forward to extension 103"),
            """
            0.0  101 dials 102  → 103 rings, 101 hears ringback
            2.0  103 answers    → 101 answered, 101 ↔ 103
            3.0  101 hangs up   → record 101→102 by 103 wait 2.0 talk 1.0, 103 released (normalClearing)
            """)
    }

    @Test("Forwarded when busy")
    func onBusy() throws {
        timeline(
            try office(twoDesks + "set extension 102 on-busy to extension 103\nset extension 104 name D"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             5.0  104 dials 102  → 103 rings, 104 hears ringback
             7.0  103 answers    → 104 answered, 104 ↔ 103
             9.0  104 hangs up   → record 104→102 by 103 wait 2.0 talk 2.0, 103 released (normalClearing)
            10.0  102 hangs up   → record 101→102 by 102 wait 1.0 talk 9.0, 101 released (normalClearing)
            """)
    }

    @Test("Forwarded when no phone is registered")
    func onUnreachable() throws {
        timeline(
            try office(twoDesks + "set extension 102 on-unreachable to extension 103"),
            """
            0.0  102 unregisters  → 102 unregistered
            1.0  101 dials 102    → 103 rings, 101 hears ringback
            2.0  103 answers      → 101 answered, 101 ↔ 103
            3.0  101 hangs up     → record 101→102 by 103 wait 1.0 talk 1.0, 103 released (normalClearing)
            """)
    }

    private let trunk = """

        set trunk mtt peer 203.0.113.10
        set route city mask 8########## trunk mtt
        set route world mask +* trunk mtt

        """
}
