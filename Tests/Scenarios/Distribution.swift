import Simulation
import Telephony
import Testing

@Suite("Who gets a call by where it comes from")
struct Distribution {
    private let people = ["+79161234567": "vera", "+78121234567": "petr", "+74991234567": "marina", "+49301234567": "hans"]

    private let regions = """
        set extension 101 name "Анна"
        set extension 102 name "Борис"
        set extension 103 name "Вера"
        set trunk mtt peer 203.0.113.10
        set number * scheme office
        set scheme office rule 10 when caller region spb to extension 102
        set scheme office rule 20 when caller region msk to extension 103
        set scheme office otherwise to extension 101

        """

    @Test("R-054: a St Petersburg number, a Moscow number, and a mobile one that has no region")
    func cities() throws {
        timeline(
            try office(regions, people: people),
            """
             0.0  petr calls +74951234567    → 102 rings, petr hears ringback
             1.0  petr hangs up              → record petr→+74951234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            10.0  marina calls +74951234567  → 103 rings, marina hears ringback
            11.0  marina hangs up            → record marina→+74951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
            20.0  vera calls +74951234567    → 101 rings, vera hears ringback
            21.0  vera hangs up              → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-151: one 8-800 number, two regions, two people; another number of the company goes its own way")
    func nearestOffice() throws {
        timeline(
            try office(
                """
                set extension 101
                set extension 102
                set extension 103
                set trunk mtt peer 203.0.113.10
                set number 88001234567 scheme office
                set number +78127654321 scheme office region spb
                set scheme office rule 10 when number region spb to extension 103
                set scheme office rule 20 when caller region spb to extension 102
                set scheme office otherwise to extension 101
                """, people: people),
            """
             0.0  petr calls 88001234567     → 102 rings, petr hears ringback
             1.0  petr hangs up              → record petr→88001234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            10.0  marina calls 88001234567   → 101 rings, marina hears ringback
            11.0  marina hangs up            → record marina→88001234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            20.0  petr calls +78127654321    → 103 rings, petr hears ringback
            21.0  petr hangs up              → record petr→+78127654321 missed (cancelled) wait 1.0, 103 released (cancelled)
            """)
    }

    private let tongues = """
        set extension 101
        set extension 102 speaks de
        set extension 103 speaks en
        set department sales number 200 member 101 member 102 member 103
        set department sales no-answer after 60s to busy
        set trunk mtt peer 203.0.113.10
        set number * scheme office
        set scheme office rule 10 when caller language to department sales
        set scheme office otherwise to department sales

        """

    @Test("R-056: a German number rings only who speaks German; everybody's callers ring everybody")
    func language() throws {
        timeline(
            try office(tongues, people: people),
            """
             0.0  hans calls +74951234567  → 102 rings, hans hears ringback
             2.0  102 answers              → hans answered, hans ↔ 102
             3.0  hans hangs up            → record hans→+74951234567 by 102 wait 2.0 talk 1.0, 102 released (normalClearing)
            10.0  vera calls +74951234567  → 101 rings, 102 rings, 103 rings, vera hears ringback
            11.0  101 answers              → 102 released (answeredElsewhere), 103 released (answeredElsewhere), vera answered
                                           → vera ↔ 101
            12.0  vera hangs up            → record vera→+74951234567 by 101 wait 1.0 talk 1.0, 101 released (normalClearing)
            """)
    }

    @Test("R-056: nobody who speaks German is free: who speaks English; he says no: everybody else")
    func fallback() throws {
        timeline(
            try office(tongues, people: people),
            """
             0.0  102 dials 101            → 101 rings, 102 hears ringback
             1.0  101 answers              → 102 answered, 102 ↔ 101
             2.0  hans calls +74951234567  → 103 rings, hans hears ringback
             5.0  101 hangs up             → record 102→101 by 101 wait 1.0 talk 4.0, 102 released (normalClearing)
             6.0  103 declines             → 101 rings, 102 rings
             8.0  102 answers              → 101 released (answeredElsewhere), hans answered, hans ↔ 102
             9.0  hans hangs up            → record hans→+74951234567 by 102 wait 6.0 talk 1.0, 102 released (normalClearing)
            """)
    }
}
