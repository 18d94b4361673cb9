import Simulation
import Telephony
import Testing

@Suite("The outside world")
struct Outside {
    @Test("A personal number rings its person")
    func direct() throws {
        timeline(
            try office(lines),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
            13.0  vera hangs up            → record vera→+74951234570 by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
    }

    @Test("A company number goes by its scheme")
    func scheme() throws {
        timeline(
            try office(lines),
            """
             0.0  vera calls 84951234567  → 102 rings, vera hears ringback
             3.0  102 answers             → vera answered, vera ↔ 102
            13.0  102 hangs up            → record vera→84951234567 by 102 wait 3.0 talk 10.0, vera released (normalClearing)
            """)
    }

    @Test("A number that is not ours")
    func unknownNumber() throws {
        timeline(
            try office(lines),
            """
            0.0  vera calls +74950000000  → record vera→+74950000000 refused (unallocated) wait 0.0
                                          → vera released (unallocated)
            """)
    }

    @Test("Out by the route: the number normalised, the company's number shown")
    func out() throws {
        timeline(
            try office(lines),
            """
             0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 180, vera rings
                                         → 101 ⇐ 180, 101 hears ringback
             5.0  vera answers           → mtt ⇒ 200, mtt ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ vera
            25.0  vera hangs up          → mtt ⇒ BYE, record 101→vera by 101 wait 5.0 talk 20.0, 101 ⇐ BYE (normalClearing)
                                         → mtt ⇐ 200 BYE, 101 ⇒ 200 BYE, 101 released (normalClearing)
            """, level: .sip)
    }

    @Test("Nobody outside answers, and the caller gives up")
    func outCancelled() throws {
        timeline(
            try office(lines),
            """
            0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            5.0  101 hangs up           → record 101→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
    }

    @Test("The provider refuses")
    func refused() throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .refuse(503) },
            """
            0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 503, mtt ⇐ ACK
                                        → record 101→vera missed (noCircuit) wait 0.0, 101 ⇐ 503, 101 ⇒ ACK
                                        → 101 released (noCircuit)
            """, level: .sip)
    }

    @Test("The first provider refuses, the second takes the call")
    func secondTrunk() throws {
        timeline(
            try office(lines + "set trunk beeline peer 203.0.113.20\nset route city mask 8########## trunk mtt then beeline") {
                $0["mtt"].manners.welcome = .refuse(503)
            },
            """
            0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 503, mtt ⇐ ACK
                                        → beeline ⇐ INVITE 89161234567, beeline ⇒ 180, vera rings, 101 ⇐ 180
                                        → 101 hears ringback
            3.0  101 hangs up           → 101 ⇒ CANCEL, 101 ⇐ 200 CANCEL, 101 ⇐ 487
                                        → record 101→vera missed (cancelled) wait 3.0, beeline ⇐ CANCEL (normalClearing)
                                        → 101 ⇒ ACK, beeline ⇒ 200 CANCEL, beeline ⇒ 487, vera released (cancelled)
                                        → beeline ⇐ ACK
            """, level: .sip)
    }

    @Test("Early media: the far network's own ringback is heard")
    func earlyMedia() throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .earlyMedia },
            """
            0.0  101 dials 89161234567  → vera rings, 101 ↔ vera
            5.0  vera answers           → 101 answered
            9.0  101 hangs up           → record 101→vera by 101 wait 5.0 talk 4.0, vera released (normalClearing)
            """)
    }

    @Test("No right to call there")
    func forbidden() throws {
        timeline(
            try office(lines + "set extension 101 class internal"),
            """
            0.0  101 dials 89161234567  → record 101→vera refused (forbidden) wait 0.0, 101 released (declined)
            """)
    }

    @Test("From outside through a forward and out again")
    func throughAndOut() throws {
        timeline(
            try office(lines + "set extension 101 forward to external +79167654321"),
            """
            0.0  vera calls +74951234570  → 79167654321 rings, vera hears ringback
            4.0  +79167654321 answers     → 79167654321 hears “ru/press-1-to-accept”
            5.0  +79167654321 presses 1   → vera answered, vera ↔ 79167654321
            9.0  vera hangs up            → record vera→+74951234570 by +79167654321 wait 5.0 talk 4.0
                                          → 79167654321 released (normalClearing)
            """)
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set department sales name Sales
        set department sales number 200
        set department sales member 102
        set trunk mtt peer 203.0.113.10
        set trunk mtt caller-id +74951234567
        set number +74951234567 trunk mtt scheme office label "Москва"
        set number +74951234570 trunk mtt direct 101
        set scheme office otherwise to department sales
        set route city mask 8########## trunk mtt
        set route world mask +* trunk mtt

        """

    @Test("A network that shows a code for a number shows none: it is never dialled back")
    func codeForANumber() throws {
        timeline(
            try office(twoDesks + "set trunk mtt peer 203.0.113.10\nset number * direct 102\n"),
            """
             0.0  +7*21*101# calls +74951234567  → 102 rings, +7*21*101# hears ringback
             1.0  +7*21*101# hangs up            → record →+74951234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            """)
    }
}
