import Simulation
import Telephony
import Testing

@Suite("The waiting queue")
struct Queues {
    @Test("R-061: all are busy: the caller hears his place and music, and gets who is free next")
    func waits() throws {
        timeline(
            try office(one, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears “ru/queue-next”
             6.0  anna calls +74951234567  → anna answered, anna hears “ru/queue-position ru/n2”
             7.0  ·                        → vera hears music
            10.0  ·                        → anna hears music
            40.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 39.0, 102 released (normalClearing), 102 rings
            42.0  102 answers              → vera ↔ 102
            51.0  ·                        → anna hears “ru/queue-next”
            53.0  ·                        → anna hears music
            60.0  vera hangs up            → record vera→+74951234567 by 102 wait 37.0 talk 18.0, 102 released (normalClearing)
                                           → 102 rings
            62.0  102 answers              → anna ↔ 102
            70.0  102 hangs up             → record anna→+74951234567 by 102 wait 56.0 talk 8.0, anna released (normalClearing)
            """)
    }

    @Test(
        "R-083: whoever queues waits as long as he likes, where the department has no rule for that; the office's is not for him")
    func patience() throws {
        timeline(
            try office(
                queueOffice + "set department sales on-busy to queue\nset department sales queue position off\n", people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            300.0 103 hangs up             → record 103→102 by 102 wait 1.0 talk 299.0, 102 released (normalClearing), 102 rings
            301.0 102 answers              → vera ↔ 102
            302.0 vera hangs up            → record vera→+74951234567 by 102 wait 296.0 talk 1.0, 102 released (normalClearing)
            """)
    }

    @Test("R-087: longest waiting first, also across departments")
    func order() throws {
        timeline(
            try office(
                one + """
                    set department support number 201
                    set department support member 102
                    set department support on-busy to queue
                    set department support queue position off
                    set number +74951234571 trunk mtt scheme support
                    set scheme support otherwise to department support

                    """, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             2.0  anna calls +74951234571  → anna answered, anna hears music
             3.0  vera calls +74951234567  → vera answered, vera hears “ru/queue-next”
             4.0  oleg calls +74951234571  → oleg answered, oleg hears music
             5.0  ·                        → vera hears music
            10.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 9.0, 102 released (normalClearing), 102 rings
            12.0  102 answers              → anna ↔ 102
            20.0  anna hangs up            → record anna→+74951234571 by 102 wait 10.0 talk 8.0, 102 released (normalClearing)
                                           → 102 rings
            21.0  102 answers              → vera ↔ 102
            22.0  102 hangs up             → record vera→+74951234567 by 102 wait 18.0 talk 1.0, vera released (normalClearing)
                                           → 102 rings
            23.0  oleg hangs up            → record oleg→+74951234571 missed (cancelled) wait 19.0, 102 released (cancelled)
            """)
    }

    private let one = queueOffice + "set department sales on-busy to queue\n"
}

/// One member of sales, three callers, a way out.
let queueOffice =
    twoDesks + """
        set trunk mtt peer 203.0.113.10
        set department sales number 200
        set department sales member 102
        set number * trunk mtt scheme office
        set scheme office otherwise to department sales
        set route out mask 8* trunk mtt

        """

let callers = ["+79161234567": "vera", "+79031112233": "oleg", "+79045556677": "anna"]
