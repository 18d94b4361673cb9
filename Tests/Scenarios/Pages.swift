import Simulation
import Telephony
import Testing

@Suite("Paging and intercom: telephones that switch themselves on")
struct Pages {
    private let lines =
        twoDesks + """
            set extension 104 name "Глеб"
            set extension 105 name "Дарья"
            set paging hall name "Зал" number 870
            set paging hall member 102
            set paging hall member 103
            set paging hall member 105
            set paging hall limit 20s
            set paging store number 871
            set paging store member 102
            set paging store speaker 103

            """

    @Test(
        "Everybody who is free hears a tone and then the speaker, and is not heard; the busy and the undisturbed are left alone")
    func paging() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  104 dials 103     → 103 rings, 104 hears ringback
             1.0  103 answers       → 104 answered, 104 ↔ 103
             5.0  101 dials 870     → 102 rings, 105 rings, 101 answered, 101 hears room 1
             5.5  102 answers       → 102 hears room 1
             6.0  105 answers       → room 1 hears “ru/beep”, 105 hears room 1
            15.0  101 hangs up      → record 101→870 by 102 wait 0.5 talk 9.5, 102 released (normalClearing)
                                    → 105 released (normalClearing)
            20.0  104 hangs up      → record 104→103 by 103 wait 1.0 talk 19.0, 103 released (normalClearing)
            """)
        #expect(office.exchange?.isQuiet == true)
    }

    @Test("A telephone that does not switch itself on is left alone; nobody speaks for longer than he may; # ends it")
    func limits() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  101 dials 870     → 102 rings, 103 rings, 105 rings, 101 answered, 101 hears room 1
             1.0  102 answers       → 102 hears room 1
             2.5  ·                 → room 1 hears “ru/beep”, 103 released (noAnswer), 105 released (noAnswer)
            22.5  ·                 → record 101→870 by 102 wait 1.0 talk 21.5, 102 released (normalClearing)
                                    → 101 released (normalClearing)
            30.0  101 dials 870     → 102 rings, 103 rings, 105 rings, 101 answered, 101 hears room 2
            34.0  ·                 → record 101→870 missed (noAnswer) wait 4.0, 102 released (noAnswer), 103 released (noAnswer)
                                    → 105 released (noAnswer), 101 released (noAnswer)
            40.0  101 dials 871     → record 101→871 refused (forbidden) wait 0.0, 101 released (declined)
            50.0  103 dials 871     → 102 rings, 103 answered, 103 hears room 3
            50.2  102 answers       → room 3 hears “ru/beep”, 102 hears room 3
            55.0  103 presses #     → record 103→871 by 102 wait 0.2 talk 4.8, 102 released (normalClearing)
                                    → 103 released (normalClearing)
            """)
        #expect(office.exchange?.isQuiet == true)
    }

    @Test("Intercom: two talk at once; whoever is busy, away or does not want it is not switched on, whatever his rules")
    func intercom() throws {
        var office = try office(
            lines + "set extension 102 forward to extension 105\nset extension 104 auto-answer off\nset extension 103 calls 2\n")
        play(
            &office,
            """
             0.0  101 dials *55*102  → 102 rings, 101 hears ringback
             0.3  102 answers        → 101 answered, 101 ↔ 102
             5.0  101 hangs up       → record 101→*55*102 by 102 wait 0.3 talk 4.7, 102 released (normalClearing)
            10.0  101 dials *55*104  → record 101→*55*104 refused (busy) wait 0.0, 101 released (busy)
            20.0  105 dials 103      → 103 rings, 105 hears ringback
            21.0  103 answers        → 105 answered, 105 ↔ 103
            22.0  101 dials *55103   → record 101→*55103 refused (busy) wait 0.0, 101 released (busy)
            25.0  105 hangs up       → record 105→103 by 103 wait 1.0 talk 4.0, 103 released (normalClearing)
            30.0  101 dials *55*103  → 103 rings, 101 hears ringback
            34.0  ·                  → record 101→*55*103 missed (noAnswer) wait 4.0, 103 released (noAnswer), 101 released (noAnswer)
            """)
    }

    @Test("What tells a telephone to switch itself on: all the words that makers know, and no other call has them")
    func headers() throws {
        var office = try office(lines)
        for number in ["*55*102", "102"] {
            try office.perform(Deed("101 dials \(number)"))
            office.run(for: .seconds(1))
            try office.perform(Deed("101 hangs up"))
            office.run(for: .seconds(1))
        }
        let invites = office.happenings.compactMap { happening -> [String]? in
            guard case .message(let message, _, to: "102", _) = happening.what, message.method == .invite else { return nil }
            return ["Call-Info", "Alert-Info", "Answer-Mode"].compactMap { message.header($0) }
        }
        #expect(
            invites == [
                ["<sip:127.0.0.1>;answer-after=0", "<http://127.0.0.1/intercom>;info=alert-autoanswer;delay=0", "Auto"], [],
            ])
    }
}
