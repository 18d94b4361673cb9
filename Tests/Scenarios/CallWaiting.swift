import Simulation
import Telephony
import Testing

/// 101 takes two calls at once, 102 one; sales are both.
private let company = """
    set extension 101 name "Анна Петрова"
    set extension 101 calls 2
    set extension 102 name "Борис"
    set extension 103 name "Вера"
    set department sales number 200
    set department sales member 101
    set department sales member 102
    set trunk mtt peer 203.0.113.10
    set number +74951234567 trunk mtt scheme main
    set number +74951234570 trunk mtt direct 101
    set number +74951234571 trunk mtt direct 102
    set scheme main otherwise to department sales

    """

@Suite("Call waiting")
struct CallWaiting {
    private let people = ["+79161234567": "vera", "+79161112233": "oleg", "+79163334455": "ira"]

    @Test("Two calls: the second direct call is offered, the third finds him busy; with one call the second does")
    func second() throws {
        timeline(
            try office(company, people: people),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             1.0  101 answers              → vera answered, vera ↔ 101
             3.0  oleg calls +74951234570  → 101 rings, oleg hears ringback
             5.0  ira calls +74951234570   → record ira→+74951234570 missed (busy) wait 0.0, ira released (busy)
             7.0  103 dials 102            → 102 rings, 103 hears ringback
             8.0  102 answers              → 103 answered, 103 ↔ 102
             9.0  ira calls +74951234571   → record ira→+74951234571 missed (busy) wait 0.0, ira released (busy)
            10.0  101 holds                → 101 hears nothing, vera hears music
            11.0  101 answers              → oleg answered, oleg ↔ 101
            20.0  oleg hangs up            → record oleg→+74951234570 by 101 wait 8.0 talk 9.0, 101 released (normalClearing)
            21.0  vera hangs up            → record vera→+74951234570 by 101 wait 1.0 talk 20.0, 101 released (normalClearing)
            22.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 14.0, 102 released (normalClearing)
            """)
    }

    @Test("R-040: who talks is offered no call of a department, whatever his second line; when he is free he joins")
    func departments() throws {
        timeline(
            try office(company, people: people),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             1.0  101 answers              → vera answered, vera ↔ 101
             3.0  oleg calls +74951234567  → 102 rings, oleg hears ringback
             9.0  vera hangs up            → record vera→+74951234570 by 101 wait 1.0 talk 8.0, 101 released (normalClearing)
                                           → 101 rings
            12.0  101 answers              → 102 released (answeredElsewhere), oleg answered, oleg ↔ 101
            14.0  oleg hangs up            → record oleg→+74951234567 by 101 wait 9.0 talk 2.0, 101 released (normalClearing)
            """)
    }
}
