import Simulation
import Telephony
import Testing

@Suite("Departments")
struct Departments {
    @Test("R-074: all ring; the first to lift the handset silences the rest, who are told why")
    func ringAll() throws {
        timeline(
            try office(sales),
            """
            0.0  104 dials 200  → 101 rings, 102 rings, 103 rings, 104 hears ringback
            4.2  102 answers    → 101 released (answeredElsewhere), 103 released (answeredElsewhere), 104 answered, 104 ↔ 102
            9.2  102 hangs up   → record 104→200 by 102 wait 4.2 talk 5.0, 104 released (normalClearing)
            """)
    }

    @Test("All ring, message by message: CANCEL carries the reason")
    func reason() throws {
        timeline(
            try office(sales),
            """
            0.0  104 dials 200  → 104 ⇒ INVITE 200, 104 ⇐ 100, 101 ⇐ INVITE 101, 102 ⇐ INVITE 102, 103 ⇐ INVITE 103, 101 ⇒ 180
                                → 101 rings, 102 ⇒ 180, 102 rings, 103 ⇒ 180, 103 rings, 104 ⇐ 180, 104 hears ringback
            4.2  102 answers    → 102 ⇒ 200, 102 ⇐ ACK, 101 ⇐ CANCEL (answeredElsewhere), 103 ⇐ CANCEL (answeredElsewhere)
                                → 104 ⇐ 200, 101 ⇒ 200 CANCEL, 101 ⇒ 487, 101 released (answeredElsewhere), 103 ⇒ 200 CANCEL
                                → 103 ⇒ 487, 103 released (answeredElsewhere), 104 ⇒ ACK, 104 answered, 101 ⇐ ACK, 103 ⇐ ACK
                                → 104 ↔ 102
            9.2  102 hangs up   → 102 ⇒ BYE, record 104→200 by 102 wait 4.2 talk 5.0, 104 ⇐ BYE (normalClearing), 102 ⇐ 200 BYE
                                → 104 ⇒ 200 BYE, 104 released (normalClearing)
            """, level: .sip)
    }

    @Test("R-071: one after the other; who lets it ring out is released, a late pickup is let go")
    func sequential() throws {
        timeline(
            try office(sales + "set department sales strategy sequential"),
            """
             0.0  104 dials 200  → 101 rings, 104 hears ringback
            15.0  ·              → 101 released (noAnswer), 102 rings
            30.0  ·              → 102 released (noAnswer), 103 rings
            45.0  ·              → 103 released (noAnswer), 101 rings
            50.0  101 answers    → 104 answered, 104 ↔ 101
            51.0  101 hangs up   → record 104→200 by 101 wait 50.0 talk 1.0, 104 released (normalClearing)
            """)
    }

    @Test("R-036: two lift the handset within 5 ms: exactly one talks")
    func race() throws {
        timeline(
            try office(sales) { $0.network.weather.latency = .milliseconds(20) },
            """
              0.0  104 dials 200  → 104 ⇒ INVITE 200
             0.02  ·              → 104 ⇐ 100, 101 ⇐ INVITE 101, 102 ⇐ INVITE 102, 103 ⇐ INVITE 103
             0.04  ·              → 101 ⇒ 180, 101 rings, 102 ⇒ 180, 102 rings, 103 ⇒ 180, 103 rings
             0.06  ·              → 104 ⇐ 180
             0.08  ·              → 104 hears ringback
              4.0  101 answers    → 101 ⇒ 200
            4.005  102 answers    → 102 ⇒ 200
             4.02  ·              → 101 ⇐ ACK, 102 ⇐ CANCEL (answeredElsewhere), 103 ⇐ CANCEL (answeredElsewhere), 104 ⇐ 200
            4.025  ·              → 102 ⇐ ACK, 102 ⇐ BYE (answeredElsewhere)
             4.04  ·              → 102 ⇒ 200 CANCEL, 103 ⇒ 200 CANCEL, 103 ⇒ 487, 103 released (answeredElsewhere), 104 ⇒ ACK
                                  → 104 answered, 104 ↔ 101
            4.045  ·              → 102 ⇒ 200 BYE, 102 released (answeredElsewhere)
             4.06  ·              → 103 ⇐ ACK
              9.0  104 hangs up   → 104 ⇒ BYE, 101 hears nothing
             9.02  ·              → record 104→200 by 101 wait 4.0 talk 5.0, 101 ⇐ BYE (normalClearing), 104 ⇐ 200 BYE
             9.04  ·              → 101 ⇒ 200 BYE, 101 released (normalClearing)
            """, level: .sip)
    }

    @Test("A pickup that crosses our CANCEL is hung up at once")
    func crossing() throws {
        timeline(
            try office(sales) { $0.network.weather.latency = .milliseconds(20) },
            """
             0.0  104 dials 200  → 104 ⇒ INVITE 200
            0.02  ·              → 104 ⇐ 100, 101 ⇐ INVITE 101, 102 ⇐ INVITE 102, 103 ⇐ INVITE 103
            0.04  ·              → 101 ⇒ 180, 101 rings, 102 ⇒ 180, 102 rings, 103 ⇒ 180, 103 rings
            0.06  ·              → 104 ⇐ 180
            0.08  ·              → 104 hears ringback
             4.0  104 hangs up   → 104 ⇒ CANCEL
            4.02  ·              → 104 ⇐ 200 CANCEL, 104 ⇐ 487, record 104→200 missed (cancelled) wait 4.0
                                 → 101 ⇐ CANCEL (normalClearing), 102 ⇐ CANCEL (normalClearing), 103 ⇐ CANCEL (normalClearing)
            4.03  102 answers    → 102 ⇒ 200
            4.04  ·              → 104 ⇒ ACK, 101 ⇒ 200 CANCEL, 101 ⇒ 487, 101 released (cancelled), 102 ⇒ 200 CANCEL
                                 → 103 ⇒ 200 CANCEL, 103 ⇒ 487, 103 released (cancelled)
            4.05  ·              → 102 ⇐ ACK, 102 ⇐ BYE (normalClearing)
            4.06  ·              → 101 ⇐ ACK, 103 ⇐ ACK
            4.07  ·              → 102 ⇒ 200 BYE, 102 released (normalClearing)
            """, level: .sip)
    }

    @Test("R-079: nobody answers: the chain goes on, timed from the department's first ring")
    func chain() throws {
        timeline(
            try office(
                sales
                    + "set department sales no-answer after 20s to extension 104\nset department sales no-answer after 10s to busy\nset extension 105 name E"
            ),
            """
             0.0  105 dials 200  → 101 rings, 102 rings, 103 rings, 105 hears ringback
            20.0  ·              → 101 released (noAnswer), 102 released (noAnswer), 103 released (noAnswer), 104 rings
            30.0  ·              → 104 released (noAnswer), 105 hears busy
            35.0  ·              → record 105→200 missed (noAnswer) wait 35.0, 105 released (busy)
            """)
    }

    @Test("R-061: every member talks: the call goes where on-busy says")
    func onBusy() throws {
        timeline(
            try office(
                sales + "set department sales on-busy to extension 106\nset extension 105 name E\nset extension 106 name F"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
             1.0  102 answers    → 101 answered, 101 ↔ 102
             2.0  103 dials 105  → 105 rings, 103 hears ringback
             3.0  105 answers    → 103 answered, 103 ↔ 105
             5.0  104 dials 200  → 106 rings, 104 hears ringback
             9.0  104 hangs up   → record 104→200 missed (cancelled) wait 4.0, 106 released (cancelled)
            12.0  101 hangs up   → record 101→102 by 102 wait 1.0 talk 11.0, 102 released (normalClearing)
            13.0  103 hangs up   → record 103→105 by 105 wait 1.0 talk 10.0, 105 released (normalClearing)
            """)
    }

    @Test("Everybody declines")
    func allDecline() throws {
        timeline(
            try office(sales),
            """
            0.0  104 dials 200  → 101 rings, 102 rings, 103 rings, 104 hears ringback
            1.0  101 declines   →
            2.0  102 declines   →
            3.0  103 declines   → record 104→200 missed (declined) wait 3.0, 104 released (declined)
            """)
    }

    private let sales = """
        set extension 101 name A
        set extension 102 name B
        set extension 103 name C
        set extension 104 name D
        set department sales name Sales
        set department sales number 200
        set department sales member 101
        set department sales member 102
        set department sales member 103

        """
}
