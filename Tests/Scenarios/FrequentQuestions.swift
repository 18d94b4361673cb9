import FollowUp
import Simulation
import Telephony
import Testing

@Suite("Frequent questions are answered by a menu")
struct FrequentQuestions {
    private func office() throws -> SimulatedOffice {
        try Scenarios.office(
            """
            set extension 101
            set department sales number 200 member 101
            set department sales no-answer after 20s to busy
            set office missed assignee department sales
            set trunk mtt peer 203.0.113.10
            set number +74951234567 trunk mtt scheme office
            set scheme office otherwise to menu main
            set menu main prompt hello
            set menu main key 1 to prompt address
            set menu main key 2 to department sales
            set prompt hello file hello.wav
            set prompt address file address.wav

            """
        ) {
            $0.media.clipLengths["own/hello"] = .seconds(3)
            $0.media.clipLengths["own/address"] = .seconds(5)
        }
    }

    @Test(
        "R-048: a key says what was asked, then the menu goes on; who hangs up then has been served, and nobody owes him a call")
    func served() throws {
        var office = try office()
        play(
            &office,
            """
              0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
              1.0  vera presses 1           → vera hears “own/address own/hello”
              9.0  ·                        → vera hears nothing
             14.0  ·                        → vera hears “own/hello”
             17.0  ·                        → vera hears nothing
             22.0  ·                        → vera hears “own/hello”
             22.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 22.0
            """)
        #expect(office.store.tasks.isEmpty)
    }

    @Test("R-048: his keys interrupt the words; who wants a person after all, and reaches nobody, is missed")
    func notEnough() throws {
        var office = try office()
        play(
            &office,
            """
              0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
              1.0  vera presses 1           → vera hears “own/address own/hello”
              2.0  vera presses 2           → 101 rings, vera hears ringback
             22.0  ·                        → 101 released (noAnswer), vera hears busy
             27.0  ·                        → record vera→+74951234567 missed (noAnswer) wait 27.0, vera released (busy)
            """)
        #expect(office.store.tasks.count == 1)
    }
}
