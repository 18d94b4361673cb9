import Simulation
import Telephony
import Testing

@Suite("Conference rooms")
struct Conferences {
    private let lines =
        twoDesks + """
            set extension 104 name "Глеб"
            set trunk mtt peer 203.0.113.10
            set conference daily name "Планёрка" number 890
            set conference board number 891 pin 4821 limit 2
            set menu main prompt hello
            set menu main key 1 to conference daily
            set prompt hello file hello.wav
            set number +74951234567 trunk mtt scheme office
            set scheme office otherwise to menu main

            """

    @Test("Who is first hears music; with the second everybody hears everybody, with a tone when somebody comes or goes")
    func room() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  101 dials 890   → 101 answered, 101 hears “ru/conference-first”
             2.0  ·               → 101 hears music
             5.0  102 dials 890   → 102 answered, 102 hears “ru/conference-has ru/n1 ru/participant-one”
            11.0  ·               → room 1 hears “ru/conference-joined”, 101 hears room 1, 102 hears room 1
            20.0  103 dials 890   → 103 answered, 103 hears “ru/conference-has ru/n2 ru/participant-few”
            21.0  103 presses #   → room 1 hears “ru/conference-joined”, 103 hears room 1
            30.0  102 hangs up    → room 1 hears “ru/conference-left”, record 102→890 by ? wait 6.0 talk 19.0
            40.0  103 hangs up    → record 103→890 by ? wait 1.0 talk 19.0, 101 hears music
            50.0  101 hangs up    → record 101→890 by ? wait 2.0 talk 48.0
            60.0  101 dials 890   → 101 answered, 101 hears “ru/conference-first”
            61.0  101 hangs up    → record 101→890 served (cancelled) wait 1.0
            """)
        #expect(office.exchange?.isQuiet == true && office.exchange?.conferences.isEmpty == true)
        let record = try #require(office.store.records.first { $0.from == "102" })
        #expect(record.legs.map(\.target) == ["conference daily"] && record.legs[0].outcome == .answered)
        #expect(record.employee == nil && office.store.tasks.isEmpty)
    }

    @Test("A code: with or without #, three tries; and no more people than there are seats")
    func pin() throws {
        var office = try office(lines)
        play(
            &office,
            """
              0.0  101 dials 891   → 101 answered, 101 hears “ru/conference-enter-pin”
              1.0  101 presses 4   → 101 hears nothing
              1.2  101 presses 8   →
              1.4  101 presses 2   →
              1.6  101 presses 1   → 101 hears “ru/conference-first”
              3.6  ·               → 101 hears music
             10.0  102 dials 891   → 102 answered, 102 hears “ru/conference-enter-pin”
             11.0  102 presses 1   → 102 hears nothing
             11.5  102 presses #   → 102 hears “ru/conference-wrong-pin ru/conference-enter-pin”
             12.0  102 presses 7   → 102 hears nothing
             17.0  ·               → 102 hears “ru/conference-wrong-pin ru/conference-enter-pin”
             21.0  ·               → 102 hears nothing
             26.0  ·               → 102 hears “ru/conference-wrong-pin ru/goodbye”
             30.0  ·               → record 102→891 served (forbidden) wait 20.0, 102 released (normalClearing)
             40.0  102 dials 891   → 102 answered, 102 hears “ru/conference-enter-pin”
             41.0  103 dials 891   → 103 answered, 103 hears “ru/conference-enter-pin”
             42.0  ·               → 102 hears nothing
             42.0  102 presses 4   →
             42.2  102 presses 8   →
             42.4  102 presses 2   →
             42.6  102 presses 1   → 102 hears “ru/conference-has ru/n1 ru/participant-one”
             43.0  ·               → 103 hears nothing
             43.0  103 presses 4   →
             43.2  103 presses 8   →
             43.4  103 presses 2   →
             43.6  103 presses 1   → 103 hears “ru/conference-has ru/n1 ru/participant-one”
             44.0  102 presses #   → room 1 hears “ru/conference-joined”, 101 hears room 1, 102 hears room 1
             45.0  103 presses #   → 103 hears “ru/conference-full ru/goodbye”
             49.0  ·               → record 103→891 served (busy) wait 8.0, 103 released (normalClearing)
             50.0  104 dials 891   → 104 answered, 104 hears “ru/conference-full ru/goodbye”
             54.0  ·               → record 104→891 refused (busy) wait 4.0, 104 released (normalClearing)
             60.0  101 hangs up    → record 101→891 by ? wait 3.6 talk 56.4, 102 hears music
             61.0  102 hangs up    → record 102→891 by ? wait 4.0 talk 17.0
            """)
        #expect(office.exchange?.isQuiet == true)
    }

    @Test("From outside by a menu; who puts the room on hold is neither heard nor hears; somebody is brought in by a transfer")
    func outside() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  101 dials 890             → 101 answered, 101 hears “ru/conference-first”
             2.0  ·                         → 101 hears music
             5.0  vera calls +74951234567   → vera answered, vera hears “own/hello”
             6.0  vera presses 1            → vera hears “ru/conference-has ru/n1 ru/participant-one”
            12.0  ·                         → room 1 hears “ru/conference-joined”, 101 hears room 1, vera hears room 1
            15.0  101 holds                 → 101 hears nothing
            17.0  101 resumes               → 101 hears room 1
            20.0  102 dials 103             → 103 rings, 102 hears ringback
            21.0  103 answers               → 102 answered, 102 ↔ 103
            22.0  102 transfers to 890      → 102 transfer 200, 103 hears “ru/conference-has ru/n2 ru/participant-few”
            28.0  ·                         → room 1 hears “ru/conference-joined”, 103 hears room 1
            30.0  vera hangs up             → room 1 hears “ru/conference-left”, record vera→+74951234567 by ? wait 7.0 talk 18.0
            31.0  101 hangs up              → record 101→890 by ? wait 2.0 talk 29.0, 103 hears music
            32.0  103 hangs up              → record 102→103 by 103 wait 1.0 talk 11.0
            """)
        #expect(office.exchange?.isQuiet == true && office.store.tasks.isEmpty)
    }

    @Test("An employee calls the room first, and gives his seat to whom he talks with")
    func attended() throws {
        var office = try office(lines + "set extension 102 calls 2\n")
        play(
            &office,
            """
             0.0  103 dials 890     → 103 answered, 103 hears “ru/conference-first”
             1.0  103 presses #     → 103 hears music
             5.0  102 dials 101     → 101 rings, 102 hears ringback
             6.0  101 answers       → 102 answered, 102 ↔ 101
             8.0  102 consults 890  → 102 answered, 101 hears music, 102 hears nothing
                                    → 102 hears “ru/conference-has ru/n1 ru/participant-one”
            14.0  ·                 → room 1 hears “ru/conference-joined”, 102 hears room 1, 103 hears room 1
            16.0  102 joins         → room 1 hears “ru/conference-joined”, record 102→890 by ? wait 6.0 talk 2.0
                                    → 102 transfer 200, 101 hears room 1
            20.0  101 hangs up      → record 102→101 by 101 wait 1.0 talk 14.0, 103 hears music
            21.0  103 hangs up      → record 103→890 by ? wait 1.0 talk 20.0
            """)
        #expect(office.exchange?.isQuiet == true)
    }
}
