import Simulation
import Telephony
import Testing

@Suite("When things go wrong")
struct Faults {
    @Test("Killed with a call up: at the next start it is recorded as interrupted, and the phones are still registered")
    func killed() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102   → 102 rings, 101 hears ringback
             1.0  102 answers     → 101 answered, 101 ↔ 102
             5.0  apus is killed  → 101 hears nothing, 102 hears nothing
             8.0  apus starts     → record 101→102 interrupted
             9.0  101 hangs up    →
            50.0  101 dials 102   → 102 rings, 101 hears ringback
            51.0  102 answers     → 101 answered, 101 ↔ 102
            52.0  101 hangs up    → record 101→102 by 102 wait 1.0 talk 1.0, 102 released (normalClearing)
            """)
    }

    @Test("The disk fails: calls go on, BYE is answered all the same")
    func storeFails() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  store fails    →
            1.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                → 101 hears ringback
            2.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            5.0  102 hangs up   → 102 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 3.0, 101 ⇐ BYE (normalClearing), 102 ⇐ 200 BYE
                                → 101 ⇒ 200 BYE, 101 released (normalClearing)
            6.0  store works    →
            7.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                → 101 hears ringback
            8.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            9.0  101 hangs up   → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 1.0, 102 ⇐ BYE (normalClearing), 101 ⇐ 200 BYE
                                → 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("The ACK to our 200 is lost: we say it again")
    func lostACK() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102                  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings
                                                → 101 ⇐ 180, 101 hears ringback
            1.0  the next ACK from 101 is lost  →
            2.0  102 answers                    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            2.5  ·                              → 101 ⇐ 200, 101 ⇒ ACK
            5.0  101 hangs up                   → 101 ⇒ BYE, record 101→102 by 102 wait 2.0 talk 3.0
                                                → 102 ⇐ BYE (normalClearing), 101 ⇐ 200 BYE, 102 ⇒ 200 BYE
                                                → 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("Our 200 to the caller is lost: after T1 it comes again")
    func lost200() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102                → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                              → 101 hears ringback
            1.0  our next 200 to 101 is lost  →
            2.0  102 answers                  → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200
            2.5  ·                            → 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            5.0  101 hangs up                 → 101 ⇒ BYE, record 101→102 by 102 wait 2.0 talk 3.0, 102 ⇐ BYE (normalClearing)
                                              → 101 ⇐ 200 BYE, 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("The called one's 200 is lost")
    func lostAnswer() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102                  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings
                                                → 101 ⇐ 180, 101 hears ringback
            1.0  the next 200 from 102 is lost  →
            2.0  102 answers                    → 102 ⇒ 200
            2.5  ·                              → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            5.0  101 hangs up                   → 101 ⇒ BYE, record 101→102 by 102 wait 2.5 talk 2.5
                                                → 102 ⇐ BYE (normalClearing), 101 ⇐ 200 BYE, 102 ⇒ 200 BYE
                                                → 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("The BYE is lost, and its 200")
    func lostBYE() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102                  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings
                                                → 101 ⇐ 180, 101 hears ringback
            1.0  102 answers                    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            2.0  the next BYE from 101 is lost  →
            2.0  our next 200 to 101 is lost    →
            5.0  101 hangs up                   → 101 ⇒ BYE, 102 hears nothing
            5.5  ·                              → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 4.5
                                                → 102 ⇐ BYE (normalClearing), 101 ⇐ 200 BYE, 102 ⇒ 200 BYE
                                                → 102 released (normalClearing)
            6.5  ·                              → 101 ⇒ BYE, 101 ⇐ 200 BYE
            """, level: .sip)
    }

    @Test("Never an ACK: the call is ended after 64 T1")
    func neverACK() throws {
        timeline(
            try office(twoDesks) { $0["101"].manners.acknowledges = false },
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             2.0  102 answers    → 101 answered, 101 ↔ 102
            34.0  ·              → record 101→102 by 102 wait 2.0 talk 32.0, 101 released (timeout), 102 released (timeout)
            """)
    }

    @Test("The same INVITE on another path is 482")
    func merged() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                → 101 hears ringback
            0.1  101 ⇒ again    → 101 ⇐ 482
            1.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            5.0  101 hangs up   → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 4.0, 102 ⇐ BYE (normalClearing), 101 ⇐ 200 BYE
                                → 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("A third party that knows the dialog cannot end it")
    func forgedBYE() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102         → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                       → 101 hears ringback
            1.0  102 answers           → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            3.0  mallory ⇒ BYE as 101  → 198.51.100.66:5060 ⇐ 403 BYE
            5.0  101 hangs up          → 101 ⇒ BYE, record 101→102 by 102 wait 1.0 talk 4.0, 102 ⇐ BYE (normalClearing)
                                       → 101 ⇐ 200 BYE, 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("A phone that says everything twice")
    func stutter() throws {
        timeline(
            try office(twoDesks) {
                $0["101"].manners.stutters = true
                $0["102"].manners.stutters = true
            },
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            5.0  102 hangs up   → record 101→102 by 102 wait 1.0 talk 4.0, 101 released (normalClearing)
            """)
    }

    @Test("The called phone's power fails while it rings")
    func reboot() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 reboots    →
            10.0  101 hangs up   → record 101→102 missed (cancelled) wait 10.0
            """)
    }

    @Test("A phone that never says a word is unreachable after 32 s")
    func silentPhone() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  102 loses network  →
             1.0  101 dials 102      →
            33.0  ·                  → record 101→102 missed (unreachable) wait 32.0, 101 released (unreachable)
            """)
    }
}
