import FollowUp
import Routing
import Simulation
import Telephony
import Testing

@Suite("The call back from the queue")
struct Callbacks {
    @Test("R-082, G-10: ordered and hung up; the employee who gets free is called first, then the client; no call was missed")
    func connects() throws {
        var office = try office(busy, people: callers)
        play(
            &office,
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  vera presses 1           → vera hears “ru/callback-confirmed”
            29.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 24.0
            50.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 49.0, 102 released (normalClearing), 102 rings
            53.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            55.0  102 presses 5            → vera rings, 102 hears ringback
            60.0  vera answers             → 102 ↔ vera
            90.0  vera hangs up            → record 102→vera by 102 wait 10.0 talk 30.0, 102 released (normalClearing)
            """)
        #expect(office.store.records.allSatisfy { !$0.isLost })
        #expect(office.store.tasks.values.map(\.kind) == [.callback])
        #expect(office.store.tasks.values.first?.closing?.way == .outgoing)
    }

    @Test("R-160: who is on a pause calls nobody back, free as he is")
    func loggedOut() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 23.0
            30.0  102 dials *46#           → 102 answered, 102 hears “ru/pause-on”
            32.0  ·                        → record 102→*46# served (normalClearing) wait 2.0, 102 released (normalClearing)
            50.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 49.0, 102 released (normalClearing)
            90.0  end                      →
            """)
    }

    @Test("D-29: the client keeps his place: he is served before those who came after him, and after those who came before")
    func order() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             2.0  oleg calls +74951234567  → oleg answered, oleg hears music
             5.0  vera calls +74951234567  → vera answered, vera hears music
             8.0  anna calls +74951234567  → anna answered, anna hears music
            22.0  ·                        → oleg hears “ru/apology ru/callback-offer ru/stay-offer”
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  ·                        → oleg hears music, anna hears “ru/apology ru/callback-offer ru/stay-offer”
            28.0  vera presses 1           → vera hears “ru/callback-confirmed”
            29.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 24.0
            34.0  ·                        → anna hears music
            40.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 39.0, 102 released (normalClearing), 102 rings
            41.0  102 answers              → oleg ↔ 102
            43.0  oleg hangs up            → record oleg→+74951234567 by 102 wait 39.0 talk 2.0, 102 released (normalClearing)
                                           → 102 rings
            44.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            45.0  102 presses 1            → vera rings, 102 hears ringback
            46.0  vera answers             → 102 ↔ vera
            48.0  102 hangs up             → record 102→vera by 102 wait 3.0 talk 2.0, vera released (normalClearing), 102 rings
            49.0  102 answers              → anna ↔ 102
            50.0  anna hangs up            → record anna→+74951234567 by 102 wait 41.0 talk 1.0, 102 released (normalClearing)
            """)
    }

    @Test("An employee declines: another one is asked at once, and he himself is spared for a minute")
    func declined() throws {
        timeline(
            try office(busy + "set department sales member 101\nset department sales strategy linear\n", people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             0.5  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → 101 rings, vera hears ringback
             6.0  101 answers              → vera answered, vera ↔ 101
             8.0  anna calls +74951234567  → anna answered, anna hears music
            28.0  ·                        → anna hears “ru/apology ru/callback-offer ru/stay-offer”
            28.5  anna presses 1           → anna hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n0 ru/n4 ru/pause ru/n5 ru/n5 ru/n5 ru/pause ru/n6 ru/n6 ru/pause ru/n7 ru/n7 ru/callback-confirm”
            29.0  anna presses 1           → anna hears “ru/callback-confirmed”
            29.5  anna hangs up            → record anna→+74951234567 served (cancelled) wait 21.5
            40.0  103 hangs up             → record 103→102 by 102 wait 0.5 talk 39.5, 102 released (normalClearing), 102 rings
            42.0  102 declines             →
            50.0  vera hangs up            → record vera→+74951234567 by 101 wait 1.0 talk 44.0, 101 released (normalClearing)
                                           → 101 rings
            52.0  101 answers              → 101 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n0 ru/n4 ru/pause ru/n5 ru/n5 ru/n5 ru/pause ru/n6 ru/n6 ru/pause ru/n7 ru/n7”
            53.0  101 presses 1            → anna rings, 101 hears ringback
            54.0  anna answers             → 101 ↔ anna
            60.0  anna hangs up            → record 101→anna by 101 wait 4.0 talk 6.0, 101 released (normalClearing)
            """)
    }

    @Test("The client is busy, then does not answer, then is reached: three tries with growing pauses")
    func retries() throws {
        timeline(
            try office(free, people: callers),
            """
              0.0  vera calls +74951234567  → 102 rings, vera hears ringback
             20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
             21.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
             22.0  vera presses 1           → 102 released (cancelled), vera hears “ru/callback-confirmed”
             23.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 23.0, 102 rings
             25.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
             26.0  102 presses 1            → vera rings, 102 hears ringback
             27.0  vera is busy             → 102 hears “ru/busy”
             29.0  ·                        → record 102→vera missed (noAnswer) wait 6.0, 102 released (normalClearing)
            149.0  ·                        → 102 rings
            155.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            156.0  102 presses 1            → vera rings, 102 hears ringback
            201.0  ·                        → vera released (noAnswer), 102 hears “ru/number-not-answering”
            203.0  ·                        → record 102→vera missed (noAnswer) wait 54.0, 102 released (normalClearing)
            803.0  ·                        → 102 rings
            820.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            821.0  102 presses 1            → vera rings, 102 hears ringback
            825.0  vera answers             → 102 ↔ vera
            830.0  vera hangs up            → record 102→vera by 102 wait 22.0 talk 5.0, 102 released (normalClearing)
            """)
    }

    @Test("The client calls again and is answered: he is not called back")
    func callsAgain() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  vera presses 1           → vera hears “ru/callback-confirmed”
            29.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 24.0
            40.0  vera calls +74951234567  → vera answered, vera hears music
            50.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 49.0, 102 released (normalClearing), 102 rings
            52.0  102 answers              → vera ↔ 102
            60.0  vera hangs up            → record vera→+74951234567 by 102 wait 12.0 talk 8.0, 102 released (normalClearing)
            """)
    }

    @Test("The client picks up the handset himself and gives up again: his call back is on, in its old place")
    func givesUpAgain() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  vera presses 1           → vera hears “ru/callback-confirmed”
            29.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 24.0
            40.0  vera calls +74951234567  → vera answered, vera hears music
            45.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 5.0
            50.0  103 hangs up             → record 103→102 by 102 wait 1.0 talk 49.0, 102 released (normalClearing), 102 rings
            52.0  102 hangs up             →
            """)
    }

    @Test("The power fails in between: the order survives")
    func restart() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            → 102 rings, 103 hears ringback
             1.0  102 answers              → 103 answered, 103 ↔ 102
             5.0  vera calls +74951234567  → vera answered, vera hears music
            25.0  ·                        → vera hears “ru/apology ru/callback-offer ru/stay-offer”
            27.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
            28.0  vera presses 1           → vera hears “ru/callback-confirmed”
            28.5  apus is killed           → 102 hears nothing, 103 hears nothing, vera hears nothing
            29.0  vera hangs up            →
            29.1  103 hangs up             →
            29.2  102 hangs up             →
            70.0  apus starts              → record 103→102 interrupted, record vera→+74951234567 interrupted, 102 rings
            75.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            76.0  102 presses 1            → vera rings, 102 hears ringback
            77.0  vera answers             → 102 ↔ vera
            80.0  vera hangs up            → record 102→vera by 102 wait 7.0 talk 3.0, 102 released (normalClearing)
            """)
    }

    @Test("Quiet hours: nobody is called back when the office is closed, but on the next morning")
    func quiet() throws {
        timeline(
            try office(free + "set office hours mon-fri 09:00-10:01\n", people: callers),
            """
                0.0  vera calls +74951234567  → 102 rings, vera hears ringback
               20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
               26.0  ·                        → vera hears ringback
               40.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
               60.0  vera presses 1           → 102 released (cancelled), vera hears “ru/callback-confirmed”
               61.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 61.0
            82790.0  ·                        → 102 rings
            82795.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            82796.0  102 presses 1            → vera rings, 102 hears ringback
            82797.0  vera answers             → 102 ↔ vera
            82800.0  vera hangs up            → record 102→vera by 102 wait 7.0 talk 3.0, 102 released (normalClearing)
            """)
    }

    @Test("The employee gives up while the client is called: no try; he is asked again after a minute")
    func employeeGivesUp() throws {
        timeline(
            try office(free, people: callers),
            """
              0.0  vera calls +74951234567  → 102 rings, vera hears ringback
             20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
             21.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
             22.0  vera presses 1           → 102 released (cancelled), vera hears “ru/callback-confirmed”
             23.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 23.0, 102 rings
             25.0  102 answers              → 102 hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
             26.0  102 presses 1            → vera rings, 102 hears ringback
             28.0  102 hangs up             → record 102→vera missed (cancelled) wait 5.0, vera released (cancelled)
             90.0  ·                        → 102 rings
            100.0  102 declines             →
            """)
    }

    @Test("A member outside presses 1 before the client is called")
    func outside() throws {
        timeline(
            try office(
                """
                set trunk mtt peer 203.0.113.10
                set department sales number 200
                set department sales member external:+79045556677
                set department sales impatient after 20s offer callback stay repeat 60s
                set number * trunk mtt scheme office
                set scheme office otherwise to department sales
                set route e164 mask +* trunk mtt

                """, people: callers),
            """
              0.0  vera calls +74951234567  → anna rings, vera hears ringback
             20.0  ·                        → vera answered, vera hears “ru/apology ru/callback-offer ru/stay-offer”
             21.0  vera presses 1           → vera hears “ru/callback-number ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/callback-confirm”
             22.0  vera presses 1           → anna released (cancelled), vera hears “ru/callback-confirmed”
             23.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 23.0, anna rings
             25.0  anna answers             → anna hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/press-1-to-accept”
             55.0  ·                        → anna released (noAnswer)
            117.0  ·                        → anna rings
            120.0  anna answers             → anna hears “ru/callback-for-employee ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/press-1-to-accept”
            121.0  anna presses 1           → vera rings, anna hears ringback
            123.0  vera answers             → anna ↔ vera
            130.0  anna hangs up            → record anna→vera by anna wait 6.0 talk 7.0, vera released (normalClearing)
            """)
    }

    private let free = queueOffice + "set department sales impatient after 20s offer callback stay repeat 60s\n"
    private let busy =
        queueOffice + "set department sales impatient after 20s offer callback stay repeat 60s\n"
        + "set department sales on-busy to queue\nset department sales queue position off\n"
}
