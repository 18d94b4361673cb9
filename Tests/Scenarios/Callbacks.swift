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
             0.0  103 dials 102            →
             1.0  102 answers              →
             5.0  vera calls +74951234567  →
            27.0  vera presses 1           →
            28.0  vera presses 1           →
            29.0  vera hangs up            →
            50.0  103 hangs up             →
            53.0  102 answers              →
            55.0  102 presses 5            →
            60.0  vera answers             →
            90.0  vera hangs up            →
            200.0  ·                       →
            """)
        #expect(office.store.records.allSatisfy { !$0.isLost })
        #expect(office.store.tasks.values.map(\.kind) == [.callback])
        #expect(office.store.tasks.values.first?.closing?.way == .outgoing)
    }

    @Test("D-29: the client keeps his place: he is served before those who came after him, and after those who came before")
    func order() throws {
        timeline(
            try office(busy, people: callers),
            """
             0.0  103 dials 102            →
             1.0  102 answers              →
             2.0  oleg calls +74951234567  →
             5.0  vera calls +74951234567  →
             8.0  anna calls +74951234567  →
            27.0  vera presses 1           →
            28.0  vera presses 1           →
            29.0  vera hangs up            →
            40.0  103 hangs up             →
            41.0  102 answers              →
            43.0  oleg hangs up            →
            44.0  102 answers              →
            45.0  102 presses 1            →
            46.0  vera answers             →
            48.0  102 hangs up             →
            49.0  102 answers              →
            50.0  anna hangs up            →
            """)
    }

    @Test("An employee declines: another one is asked at once, and he himself is spared for a minute")
    func declined() throws {
        timeline(
            try office(busy + "set department sales member 101\nset department sales strategy linear\n", people: callers),
            """
             0.0  103 dials 102            →
             0.5  102 answers              →
             5.0  vera calls +74951234567  →
             6.0  101 answers              →
             8.0  anna calls +74951234567  →
            28.5  anna presses 1           →
            29.0  anna presses 1           →
            29.5  anna hangs up            →
            40.0  103 hangs up             →
            42.0  102 declines             →
            50.0  vera hangs up            →
            52.0  101 answers              →
            53.0  101 presses 1            →
            54.0  anna answers             →
            60.0  anna hangs up            →
            """)
    }

    @Test("The client is busy, then does not answer, then is reached: three tries with growing pauses")
    func retries() throws {
        timeline(
            try office(free, people: callers),
            """
              0.0  vera calls +74951234567  →
             21.0  vera presses 1           →
             22.0  vera presses 1           →
             23.0  vera hangs up            →
             25.0  102 answers              →
             26.0  102 presses 1            →
             27.0  vera is busy             →
            155.0  102 answers              →
            156.0  102 presses 1            →
            210.0  ·                        →
            820.0  102 answers              →
            821.0  102 presses 1            →
            825.0  vera answers             →
            830.0  vera hangs up            →
            2000.0  ·                       →
            """)
    }

    @Test("The client calls again and is answered: he is not called back")
    func callsAgain() throws {
        timeline(
            try office(busy, people: callers),
            """
              0.0  103 dials 102            →
              1.0  102 answers              →
              5.0  vera calls +74951234567  →
             27.0  vera presses 1           →
             28.0  vera presses 1           →
             29.0  vera hangs up            →
             40.0  vera calls +74951234567  →
             50.0  103 hangs up             →
             52.0  102 answers              →
             60.0  vera hangs up            →
            300.0  ·                        →
            """)
    }

    @Test("The client picks up the handset himself and gives up again: his call back is on, in its old place")
    func givesUpAgain() throws {
        timeline(
            try office(busy, people: callers),
            """
              0.0  103 dials 102            →
              1.0  102 answers              →
              5.0  vera calls +74951234567  →
             27.0  vera presses 1           →
             28.0  vera presses 1           →
             29.0  vera hangs up            →
             40.0  vera calls +74951234567  →
             45.0  vera hangs up            →
             50.0  103 hangs up             →
             52.0  102 hangs up             →
            """)
    }

    @Test("The power fails in between: the order survives")
    func restart() throws {
        timeline(
            try office(busy, people: callers),
            """
              0.0  103 dials 102            →
              1.0  102 answers              →
              5.0  vera calls +74951234567  →
             27.0  vera presses 1           →
             28.0  vera presses 1           →
             28.5  apus is killed           →
             29.0  vera hangs up            →
             29.1  103 hangs up             →
             29.2  102 hangs up             →
             70.0  apus starts              →
             75.0  102 answers              →
             76.0  102 presses 1            →
             77.0  vera answers             →
             80.0  vera hangs up            →
            """)
    }

    @Test("Quiet hours: nobody is called back when the office is closed, but on the next morning")
    func quiet() throws {
        timeline(
            try office(free + "set office hours mon-fri 09:00-10:01\n", people: callers),
            """
                0.0  vera calls +74951234567  →
               40.0  vera presses 1           →
               60.0  vera presses 1           →
               61.0  vera hangs up            →
               70.0  102 answers              →
            82850.0  102 answers              →
            82851.0  102 presses 1            →
            82852.0  vera answers             →
            82860.0  vera hangs up            →
            """)
    }

    @Test("The employee gives up while the client is called: no try; he is asked again after a minute")
    func employeeGivesUp() throws {
        timeline(
            try office(free, people: callers),
            """
              0.0  vera calls +74951234567  →
             21.0  vera presses 1           →
             22.0  vera presses 1           →
             23.0  vera hangs up            →
             25.0  102 answers              →
             26.0  102 presses 1            →
             28.0  102 hangs up             →
            100.0  102 declines             →
            """)
    }

    @Test("A member outside presses 1 before the client is called")
    func outside() throws {
        timeline(
            try office(
                free + "delete department sales member 102\nset department sales member external:+79045556677\n", people: callers),
            """
              0.0  vera calls +74951234567  →
             21.0  vera presses 1           →
             22.0  vera presses 1           →
             23.0  vera hangs up            →
             25.0  anna answers             →
             36.0  anna presses 1           →
             40.0  vera answers             →
             50.0  anna hangs up            →
            """)
    }

    private let free = queueOffice + "set department sales impatient after 20s offer callback stay repeat 60s\n"
    private let busy =
        queueOffice + "set department sales impatient after 20s offer callback stay repeat 60s\n"
        + "set department sales on-busy to queue\nset department sales queue position off\n"
}
