import Simulation
import Telephony
import Testing

@Suite("G-4 A transfer by the telephone's own key, and whom nobody takes comes back")
struct Recalls {
    /// Vera talks to 101 from 1.0 on.
    private func talking(_ more: String = "") throws -> SimulatedOffice {
        let company = """
            set trunk mtt peer 203.0.113.10
            set number +74951234570 trunk mtt direct 101

            """
        var office = try office(twoDesks + company + more)
        play(
            &office,
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            1.0  101 answers              → vera answered, vera ↔ 101
            1.0  end                      →
            """)
        return office
    }

    @Test("R-181, G-4: transferred by REFER and hung up; 25 s without an answer, and he is back, marked, with his number")
    func back() throws {
        var office = try talking("set extension 102 no-answer after 10s to voicemail 102\n")
        play(
            &office,
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
            29.0  ·                     → 102 released (noAnswer), 101 rings
            31.0  101 answers           → vera ↔ 101
            40.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 40.0, 101 released (normalClearing)
            """)
        let shown = shown(to: "101", in: office)
        #expect(shown.count == 2 && shown[0].number == shown[1].number && shown[1].name == "Возврат")
    }

    /// What the telephone showed of each who called there.
    private func shown(to phone: String, in office: SimulatedOffice) -> [(name: String?, number: String)] {
        office.happenings.compactMap { happening in
            guard case .message(let message, _, phone, _) = happening.what, message.method == .invite else { return nil }
            return (message.from.name, message.from.uri.user)
        }
    }

    @Test("Whoever called out himself sees whom he has back: the number that he dialled, or the colleague")
    func outgoing() throws {
        var office = try talking()
        play(
            &office,
            """
             5.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 5.0, 101 released (normalClearing)
            10.0  101 dials 103         → 103 rings, 101 hears ringback
            11.0  103 answers           → 101 answered, 101 ↔ 103
            12.0  101 transfers to 102  → 102 rings, 101 hears nothing, 103 hears ringback
            13.0  101 hangs up          →
            14.0  102 declines          → 101 rings
            15.0  101 answers           → 101 ↔ 103
            20.0  103 hangs up          → record 101→103 by 103 wait 1.0 talk 9.0, 101 released (normalClearing)
            """)
        #expect(shown(to: "101", in: office).last?.name == "Возврат: Вера" && shown(to: "101", in: office).last?.number == "103")
    }

    @Test("Busy, or he declines, or his telephone is gone: back at once")
    func refused() throws {
        timeline(
            try talking(),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
             9.0  102 declines          → 101 rings
            10.0  101 answers           → vera ↔ 101
            12.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 12.0, 101 released (normalClearing)
            """)
    }

    @Test("A telephone that waits for news is told, and the talk goes on")
    func supervised() throws {
        timeline(
            try talking(),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
            29.0  ·                     → 102 released (noAnswer), 101 transfer 480, vera ↔ 101
            40.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 40.0, 101 released (normalClearing)
            """)
    }

    @Test("Whoever transferred him talks to somebody else, or his telephone is gone: his usual rules hold")
    func transferorBusyOrGone() throws {
        timeline(
            try talking("set extension 101 on-busy to extension 104\nset extension 104 name Гоша\n"),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
             8.0  101 dials 103         → 103 rings, 101 hears ringback
             9.0  103 answers           → 101 answered, 101 ↔ 103
            29.0  ·                     → 102 released (noAnswer), 104 rings
            30.0  104 answers           → vera ↔ 104
            40.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 40.0, 104 released (normalClearing)
            45.0  101 hangs up          → record 101→103 by 103 wait 1.0 talk 36.0, 103 released (normalClearing)
            """)
        timeline(
            try talking("set extension 101 on-unreachable to extension 103\n"),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
             8.0  101 unregisters       → 101 unregistered
            29.0  ·                     → 102 released (noAnswer), 103 rings
            30.0  103 answers           → vera ↔ 103
            40.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 40.0, 103 released (normalClearing)
            """)
    }

    @Test("The client hangs up while the third one rings, and while he comes back")
    func clientGone() throws {
        timeline(
            try talking(),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
             7.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 7.0, 102 released (cancelled)
            """)
        timeline(
            try talking(),
            """
             4.0  101 transfers to 102  → 102 rings, 101 hears nothing, vera hears ringback
             5.0  101 hangs up          →
            29.0  ·                     → 102 released (noAnswer), 101 rings
            30.0  vera hangs up         → record vera→+74951234570 by 101 wait 1.0 talk 30.0, 101 released (cancelled)
            """)
    }

    @Test("RFC 3891 §3, RFC 3515: a consultation that is over is no reason to ring anybody: 481, and the talk is kept")
    func vanishedConsultation() throws {
        timeline(
            try office(twoDesks),
            """
             0.0  101 dials 102                → 102 rings, 101 hears ringback
             1.0  102 answers                  → 101 answered, 101 ↔ 102
             5.0  102 consults 103             → 103 rings, 101 hears music, 102 hears nothing, 102 hears ringback
             7.0  103 answers                  → 102 answered, 102 ↔ 103
             9.0  our next BYE to 102 is lost  →
            10.0  103 hangs up                 → record 102→103 by 103 wait 2.0 talk 3.0, 102 hears nothing
            10.1  102 joins them               → 102 transfer 481
            10.5  ·                            → 102 released (normalClearing)
            15.0  102 resumes                  → 101 ↔ 102
            20.0  101 hangs up                 → record 101→102 by 102 wait 1.0 talk 19.0, 102 released (normalClearing)
            """)
    }
}
