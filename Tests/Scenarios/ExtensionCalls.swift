import Simulation
import Telephony
import Testing

@Suite("Calls between extensions")
struct ExtensionCalls {
    @Test("A call is answered, talked and hung up by the caller")
    func call() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             4.0  102 answers    → 101 answered, 101 ↔ 102
            64.0  101 hangs up   → record 101→102 by 102 wait 4.0 talk 60.0, 102 released (normalClearing)
            """)
    }

    @Test("Message by message: BYE is answered when the record is on the disk, and not before")
    func messages() throws {
        timeline(
            try office(twoDesks) { $0.store.delay = .milliseconds(100) },
            """
            0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                → 101 hears ringback
            4.0  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ 102
            9.0  102 hangs up   → 102 ⇒ BYE, record 101→102 by 102 wait 4.0 talk 5.0, 101 ⇐ BYE (normalClearing), 101 ⇒ 200 BYE
                                → 101 released (normalClearing)
            9.1  ·              → 102 ⇐ 200 BYE
            """, level: .sip)
    }

    @Test("The caller gives up before anybody answers")
    func cancel() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102 ⇒ 180, 102 rings, 101 ⇐ 180
                                → 101 hears ringback
            5.0  101 hangs up   → 101 ⇒ CANCEL, 101 ⇐ 200 CANCEL, 101 ⇐ 487, record 101→102 missed (cancelled) wait 5.0
                                → 102 ⇐ CANCEL (normalClearing), 101 ⇒ ACK, 102 ⇒ 200 CANCEL, 102 ⇒ 487
                                → 102 released (cancelled), 102 ⇐ ACK
            """, level: .sip)
    }

    @Test("The called one declines")
    func decline() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            5.0  102 declines   → record 101→102 missed (declined) wait 5.0, 101 released (declined)
            """)
    }

    @Test("The called phone says busy")
    func phoneBusy() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 is busy    → record 101→102 missed (busy) wait 1.0, 101 released (busy)
            """)
    }

    @Test("One call at a time: a second caller finds the extension busy")
    func busy() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             5.0  103 dials 102  → record 103→102 missed (busy) wait 0.0, 103 released (busy)
            20.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 19.0, 102 released (normalClearing)
            """)
    }

    @Test("Two calls at a time, if the extension takes two")
    func twoCalls() throws {
        timeline(
            try office(twoDesks + "set extension 102 calls 2"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             5.0  103 dials 102  → 102 rings, 103 hears ringback
             6.0  103 hangs up   → record 103→102 missed (cancelled) wait 1.0, 102 released (cancelled)
            20.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 19.0, 102 released (normalClearing)
            """)
    }

    @Test("Nobody is registered there")
    func unreachable() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  102 unregisters  → 102 unregistered
             1.0  101 dials 102    → record 101→102 missed (unreachable) wait 0.0, 101 released (unreachable)
            """)
    }

    @Test("A number that leads nowhere")
    func unallocated() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 999  → record 101→999 refused (unallocated) wait 0.0, 101 released (unallocated)
            """)
    }

    @Test("R-006: nobody answers: after two minutes the national busy tone, then release")
    func noAnswer() throws {
        timeline(
            try office(twoDesks),
            """
              0.0  101 dials 102  → 102 rings, 101 hears ringback
            120.0  ·              → 102 released (noAnswer), 101 hears busy
            125.0  ·              → record 101→102 missed (noAnswer) wait 125.0, 101 released (busy)
            170.0  end            →
            """)
    }

    @Test("All phones of an extension ring; one answers, the others are told that it was taken")
    func severalPhones() throws {
        timeline(
            try office(twoDesks + "set extension 102 phone kitchen secret kitchen-secret"),
            """
            0.0  101 dials 102         → 101 ⇒ INVITE 102, 101 ⇐ 100, 102 ⇐ INVITE 102, 102-kitchen ⇐ INVITE 102-kitchen
                                       → 102 ⇒ 180, 102 rings, 102-kitchen ⇒ 180, 102-kitchen rings, 101 ⇐ 180
                                       → 101 hears ringback
            3.0  102-kitchen answers   → 102-kitchen ⇒ 200, 102-kitchen ⇐ ACK, 102 ⇐ CANCEL (answeredElsewhere), 101 ⇐ 200
                                       → 102 ⇒ 200 CANCEL, 102 ⇒ 487, 102 released (answeredElsewhere), 101 ⇒ ACK, 101 answered
                                       → 102 ⇐ ACK, 101 ↔ 102-kitchen
            9.0  102-kitchen hangs up  → 102-kitchen ⇒ BYE, record 101→102 by 102 wait 3.0 talk 6.0, 101 ⇐ BYE (normalClearing)
                                       → 102-kitchen ⇐ 200 BYE, 101 ⇒ 200 BYE, 101 released (normalClearing)
            """, level: .sip)
    }

    @Test("A decline at one phone of an extension is the person's")
    func declineSpeaksForAll() throws {
        timeline(
            try office(twoDesks + "set extension 102 phone kitchen secret kitchen-secret"),
            """
            0.0  101 dials 102         → 102 rings, 102-kitchen rings, 101 hears ringback
            3.0  102-kitchen declines  → record 101→102 missed (declined) wait 3.0, 102 released (answeredElsewhere)
                                       → 101 released (declined)
            """)
    }

    @Test("A busy phone of an extension does not stop the other from ringing")
    func busyPhone() throws {
        timeline(
            try office(twoDesks + "set extension 102 phone kitchen secret kitchen-secret"),
            """
            0.0  101 dials 102        → 102 rings, 102-kitchen rings, 101 hears ringback
            3.0  102-kitchen is busy  →
            5.0  102 answers          → 101 answered, 101 ↔ 102
            9.0  101 hangs up         → record 101→102 by 102 wait 5.0 talk 4.0, 102 released (normalClearing)
            """)
    }

    @Test("A phone that redirects counts as away: only the configuration decides where a call goes")
    func redirect() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102         → 102 rings, 101 hears ringback
             2.0  102 redirects to 103  → record 101→102 missed (unreachable) wait 2.0, 101 released (unreachable)
            """)
    }

    @Test("A keypress goes from one to the other")
    func digits() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 102  → 102 rings, 101 hears ringback
            1.0  102 answers    → 101 answered, 101 ↔ 102
            2.0  101 presses 5  → 102 gets 5
            3.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 2.0, 102 released (normalClearing)
            """)
    }

    @Test("The phone calls itself")
    func oneself() throws {
        timeline(
            try office(twoDesks),
            """
            0.0  101 dials 101  → record 101→101 missed (busy) wait 0.0, 101 released (busy)
            """)
    }
}
