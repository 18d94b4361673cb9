import Simulation
import Telephony
import Testing

@Suite("Recording of calls")
struct Recordings {
    private func lines(_ more: String) -> String {
        twoDesks + """
            set trunk mtt peer 203.0.113.10
            set number +74951234570 trunk mtt direct 102
            set number +74951234567 trunk mtt scheme office
            set scheme office otherwise to department sales
            set department sales number 200 member 101
            set department sales no-answer after 20s to extension 103
            set route out mask 8* trunk mtt

            """ + more + "\n"
    }

    @Test("D-30: both hear once that the call is recorded, and then each other; the file is the record's, with both sides")
    func announced() throws {
        var office = try office(lines("set extension 102 record in"))
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
             5.0  102 answers              → vera answered, 102 hears “ru/call-recorded”, vera hears “ru/call-recorded”
             7.0  ·                        → vera ↔ 102
            10.0  102 holds                → 102 hears nothing, vera hears music
            12.0  102 resumes              → vera ↔ 102
            27.0  vera hangs up            → record vera→+74951234570 by 102 wait 5.0 talk 22.0, 102 released (normalClearing)
            30.0  102 dials 101            → 101 rings, 102 hears ringback
            31.0  101 answers              → 102 answered, 102 ↔ 101
            35.0  101 hangs up             → record 102→101 by 101 wait 1.0 talk 4.0, 102 released (normalClearing)
            """)
        let record = try #require(office.store.records.first)
        #expect(office.store.recordings == [record.id: .seconds(20)], "calls among colleagues are not recorded by “in”")
        #expect(record.reasons.contains { $0.line == "set extension 102 record in" })
    }

    @Test(
        "D-24: after a transfer the recording goes on in the same file; a department's rule; without a word where the office says so"
    )
    func transferred() throws {
        var office = try office(lines("set department sales record on\nset office record announce off"))
        play(
            &office,
            """
             0.0  vera calls +74951234567  → 101 rings, vera hears ringback
             5.0  101 answers              → vera answered, vera ↔ 101
            10.0  101 transfers to 103     → 103 rings, 101 hears nothing, vera hears ringback
            12.0  103 answers              → 101 transfer 200, vera ↔ 103
            25.0  vera hangs up            → record vera→+74951234567 by 101 wait 5.0 talk 20.0, 103 released (normalClearing)
            """)
        #expect(office.store.recordings.values.map { $0 } == [.seconds(20)])
    }

    @Test("Whoever is sent on while he is told of the recording is not kept waiting for it; help is called without a word")
    func interrupted() throws {
        var office = try office(lines("set extension * record on"))
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
             5.0  102 answers              → vera answered, 102 hears “ru/call-recorded”, vera hears “ru/call-recorded”
             6.0  102 transfers to 101     → 101 rings, 102 hears nothing, vera hears ringback
             9.0  101 answers              → 102 transfer 200, vera ↔ 101
            19.0  vera hangs up            → record vera→+74951234570 by 102 wait 5.0 talk 14.0, 101 released (normalClearing)
            30.0  101 dials 112            → 112 rings, 101 hears ringback
            32.0  112 answers              → 101 answered, 101 ↔ 112
            40.0  101 hangs up             → record 101→112 by 101 wait 2.0 talk 8.0, 112 released (normalClearing)
            """)
        #expect(office.store.recordings.values.map { $0 } == [.seconds(10)])
    }

    @Test("Whom nobody records talks as ever; a call that nobody answers has no recording")
    func plain() throws {
        var office = try office(lines("set extension 102 record out"))
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
             5.0  102 answers              → vera answered, vera ↔ 102
            10.0  vera hangs up            → record vera→+74951234570 by 102 wait 5.0 talk 5.0, 102 released (normalClearing)
            20.0  102 dials 89161234567    → vera rings, 102 hears ringback
            25.0  102 hangs up             → record 102→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
        #expect(office.store.recordings.isEmpty && office.exchange?.isQuiet == true)
    }
}
