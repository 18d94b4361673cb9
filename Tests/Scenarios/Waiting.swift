import Simulation
import Telephony
import Testing

@Suite("What a caller hears who waits")
struct Waiting {
    private let lines =
        twoDesks + """
            set extension 101 calls 2
            set trunk mtt peer 203.0.113.10
            set department sales number 200
            set department sales member 102
            set number * trunk mtt scheme office
            set scheme office otherwise to department sales
            set route out mask 8* trunk mtt

            """

    @Test("Who waits for a member who rests hears ringing, after a greeting as without one")
    func afterGreeting() throws {
        timeline(
            try office(
                lines + "set scheme office greeting hello\nset department sales wrap-up 60s\n",
                people: ["+79161234567": "vera", "+79031112233": "oleg"]),
            """
             0.0  oleg calls +74951234567  → oleg answered, oleg hears “own/hello”
             2.0  ·                        → 102 rings, oleg hears ringback
             5.0  102 answers              → oleg ↔ 102
            10.0  102 hangs up             → record oleg→+74951234567 by 102 wait 5.0 talk 5.0, oleg released (normalClearing)
            20.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
            22.0  ·                        → vera hears ringback
            30.0  end                      →
            """)
    }

    @Test("An employee who calls his own department, or himself, does not ring for it, however many calls he takes")
    func ownCall() throws {
        timeline(
            try office(lines + "set department sales member 101\n"),
            """
             0.0  101 dials 200  → 102 rings, 101 hears ringback
             5.0  101 hangs up   → record 101→200 missed (cancelled) wait 5.0, 102 released (cancelled)
            10.0  101 dials 101  → record 101→101 missed (busy) wait 0.0, 101 released (busy)
            20.0  end            →
            """)
    }

    @Test("A phone that offers no voice is told by signals: that it rings, and that it is busy")
    func withoutOffer() throws {
        timeline(
            try office(
                lines + """
                    set extension 102 no-answer after 10s to extension 103 announce default
                    set extension 103 no-answer after 10s to busy
                    """),
            """
             0.0  101 dials 102 late  → 102 rings, 101 hears ringback
            10.0  ·                   → 102 released (noAnswer), 103 rings
            20.0  ·                   → record 101→102 missed (noAnswer) wait 20.0, 103 released (noAnswer), 101 released (busy)
            20.0  end                 →
            """)
    }

    @Test("Nor does it wait in silence for a network that speaks before the answer")
    func earlyMediaWithoutOffer() throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .earlyMedia },
            """
             0.0  101 dials 89161234567 late  → vera rings, 101 hears ringback
             5.0  101 hangs up                → record 101→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
    }
}
