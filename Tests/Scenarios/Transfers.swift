import Simulation
import Telephony
import Testing

/// Three desks, a client's number that rings 101, and the city outside.
private let company =
    twoDesks + """
        set extension 103 class internal
        set trunk mtt peer 203.0.113.10
        set number +74951234570 trunk mtt direct 101
        set route city mask 8########## class local trunk mtt

        """

@Suite("Transfer by keys")
struct Transfers {
    /// Vera talks to 101 from 1.0 on.
    private func talking(_ more: String = "") throws -> SimulatedOffice {
        var office = try office(company + more)
        play(
            &office,
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            1.0  101 answers              → vera answered, vera ↔ 101
            1.0  end                      →
            """)
        return office
    }

    @Test("R-181: ##102 and hang up; the client hears music and not the keys")
    func blind() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##   → 101 hears “ru/transfer-enter-number”, vera hears music
             5.0  101 presses 102  → 101 hears nothing
             6.0  101 hangs up     → 102 rings, vera hears ringback
             9.0  102 answers      → vera ↔ 102
            19.0  vera hangs up    → record vera→+74951234570 by 101 wait 1.0 talk 19.0, 102 released (normalClearing)
            """)
    }

    @Test("R-182: without hanging up the number ends by time; he hears ringing until somebody answers")
    func byTime() throws {
        timeline(
            try talking("set department sales number 200\nset department sales member 102"),
            """
             4.0  101 presses ##200  → 101 hears nothing, vera hears music
             8.0  ·                  → 102 rings, 101 hears ringback, vera hears ringback
             9.0  102 answers        → 101 released (normalClearing), vera ↔ 102
            19.0  102 hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 19.0, vera released (normalClearing)
            """)
    }

    @Test("R-182: a wrong number and one above his class are refused by voice, and the call is kept")
    func refused() throws {
        timeline(
            try talking("set extension 101 class internal"),
            """
             4.0  101 presses ##999          → 101 hears nothing, vera hears music
             8.0  ·                          → 101 hears “ru/invalid”
            10.0  ·                          → vera ↔ 101
            14.0  101 presses ##89161112233  → 101 hears nothing, vera hears music
            18.0  ·                          → 101 hears “ru/transfer-forbidden”
            20.0  ·                          → vera ↔ 101
            24.0  101 presses ##98#          → 101 hears “ru/invalid”, vera hears music
            26.0  ·                          → vera ↔ 101
            29.0  101 hangs up               → record vera→+74951234570 by 101 wait 1.0 talk 29.0
                                             → vera released (normalClearing)
            """)
    }

    @Test("R-181: a wrong number and he hung up: the client comes back to him")
    func wrongAndGone() throws {
        timeline(
            try talking(),
            """
            4.0  101 presses ##999  → 101 hears nothing, vera hears music
            5.0  101 hangs up       → 101 rings, vera hears ringback
            7.0  101 answers        → vera ↔ 101
            9.0  101 hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 9.0, vera released (normalClearing)
            """)
    }

    @Test("G-4: nobody takes the one who was sent on; after 25 s he is back, marked, and then the common rules hold")
    func recall() throws {
        var office = try talking("set extension 101 no-answer after 20s to extension 103 announce none")
        play(
            &office,
            """
             4.0  101 presses ##102  → 101 hears nothing, vera hears music
             5.0  101 hangs up       → 102 rings, vera hears ringback
            30.0  ·                  → 102 released (noAnswer), 101 rings
            50.0  ·                  → 101 released (noAnswer), 103 rings
            51.0  vera hangs up      → record vera→+74951234570 by 101 wait 1.0 talk 51.0, 103 released (cancelled)
            """)
        let shown = office.happenings.compactMap { happening -> String? in
            guard case .message(let message, _, "101", _) = happening.what, message.method == .invite else { return nil }
            return message.from.name
        }
        #expect(shown.last == "Возврат")
        let reasons = office.store.records.flatMap(\.reasons).map { $0.because.text(in: .en) }
        #expect(reasons.contains("nobody took it: the call comes back to 101"))
    }

    @Test("G-4: busy, or he declines: back at once; who waits for news goes on talking, and hears that it failed")
    func refusedByThird() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##102  → 101 hears nothing, vera hears music
             8.0  ·                  → 102 rings, 101 hears ringback, vera hears ringback
            10.0  102 declines       → 101 hears “ru/transfer-failed”, vera hears music
            12.0  ·                  → vera ↔ 101
            14.0  101 presses ##102  → 101 hears nothing, vera hears music
            15.0  101 hangs up       → 102 rings, vera hears ringback
            17.0  102 declines       → 101 rings
            18.0  101 answers        → vera ↔ 101
            20.0  vera hangs up      → record vera→+74951234570 by 101 wait 1.0 talk 20.0, 101 released (normalClearing)
            """)
    }

    @Test("The client hangs up while he is being sent on, in every stage of it")
    func clientGone() throws {
        timeline(
            try talking(),
            """
            4.0  101 presses ##1  → 101 hears nothing, vera hears music
            5.0  vera hangs up    → record vera→+74951234570 by 101 wait 1.0 talk 5.0, 101 released (normalClearing)
            """)
        timeline(
            try talking(),
            """
            4.0  101 presses ##102  → 101 hears nothing, vera hears music
            5.0  101 hangs up       → 102 rings, vera hears ringback
            6.0  vera hangs up      → record vera→+74951234570 by 101 wait 1.0 talk 6.0, 102 released (cancelled)
            """)
        timeline(
            try talking(),
            """
             4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
             6.0  vera hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 6.0, 102 released (cancelled)
                                      → 101 hears busy
            11.0  ·                   → record 101→102 missed (cancelled) wait 7.0, 101 released (busy)
            """)
        timeline(
            try talking(),
            """
            4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
            6.0  102 answers         → 101 ↔ 102
            7.0  vera hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 7.0
            9.0  101 hangs up        → record 101→102 by 102 wait 2.0 talk 3.0, 102 released (normalClearing)
            """)
    }

    @Test("A single # is the client's, late by a second; other keys go at once; the client's own keys are never looked at")
    func otherKeys() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses 5       → vera gets 5
             5.0  101 presses #       →
             6.0  ·                   → vera gets #
             7.0  101 presses #7      → vera gets #, vera gets 7
             8.0  vera presses ##102  → 101 gets #, 101 gets #, 101 gets 1, 101 gets 0, 101 gets 2
            20.0  vera hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 20.0, 101 released (normalClearing)
            """)
    }

    @Test("R-183: ##102#, they talk, he hangs up: the client is with 102; R-184: he heard nothing but music")
    func attended() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
             7.0  102 answers         → 101 ↔ 102
             9.0  101 hangs up        → record 101→102 by 102 wait 3.0 talk 2.0, vera ↔ 102
            19.0  102 hangs up        → record vera→+74951234570 by 101 wait 1.0 talk 19.0, vera released (normalClearing)
            """)
    }

    @Test("R-183: the third one hangs up, declines or is busy: back to the client; and by * at any time")
    func consultationEnds() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
             7.0  102 answers         → 101 ↔ 102
             9.0  102 hangs up        → record 101→102 by 102 wait 3.0 talk 2.0, vera ↔ 101
            10.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
            12.0  102 declines        → 101 hears busy
            14.0  ·                   → record 101→102 missed (declined) wait 4.0, vera ↔ 101
            15.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
            16.0  101 presses *       → record 101→102 missed (cancelled) wait 1.0, 102 released (cancelled), vera ↔ 101
            17.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
            18.0  102 answers         → 101 ↔ 102
            19.0  101 presses *       → record 101→102 by 102 wait 1.0 talk 1.0, 102 released (normalClearing), vera ↔ 101
            20.0  101 presses ##1*    →
            21.0  vera hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 21.0, 101 released (normalClearing)
            """)
    }

    @Test("G-4: he hangs up while the third one's telephone rings: blind from then on, and back to him after 25 s")
    func semiAttended() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
             6.0  101 hangs up        → record 101→102 missed (normalClearing) wait 2.0, vera hears ringback
            31.0  ·                   → 102 released (noAnswer), 101 rings
            33.0  101 answers         → vera ↔ 101
            34.0  vera hangs up       → record vera→+74951234570 by 101 wait 1.0 talk 34.0, 101 released (normalClearing)
            """)
    }

    @Test("The third one answers in the very moment in which he hangs up: the client is with the third one")
    func answerCrossesHangUp() throws {
        timeline(
            try talking(),
            """
            4.0  101 presses ##102#  → 102 rings, 101 hears ringback, vera hears music
            6.0  101 hangs up        → record 101→102 missed (normalClearing) wait 2.0, vera hears ringback
            6.0  102 answers         → vera ↔ 102
            9.0  102 hangs up        → record vera→+74951234570 by 101 wait 1.0 talk 9.0, vera released (normalClearing)
            """)
    }

    @Test("R-181: on an outgoing call, and from the mobile of an employee, to a number outside")
    func elsewhere() throws {
        timeline(
            try office(company),
            """
            0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            2.0  vera answers           → 101 answered, 101 ↔ vera
            4.0  101 presses ##102      → 101 hears nothing, vera hears music
            5.0  101 hangs up           → 102 rings, vera hears ringback
            7.0  102 answers            → 102 ↔ vera
            9.0  102 hangs up           → record 101→vera by 101 wait 2.0 talk 7.0, vera released (normalClearing)
            """)
        timeline(
            try office(
                company + "set extension 101 mobile 89161110101",
                people: ["+79161234567": "vera", "+79161110101": "cell", "+79162220202": "lena"]),
            """
             0.0  vera calls +74951234570     → 101 rings, cell rings, vera hears ringback
             2.0  cell answers                → cell hears “ru/press-1-to-accept”
             3.0  cell presses 1              → 101 released (answeredElsewhere), vera answered, vera ↔ cell
             5.0  cell presses ##89162220202  → vera hears music, cell hears nothing
             6.0  cell hangs up               → lena rings, vera hears ringback
             8.0  lena answers                → vera ↔ lena
             9.0  lena hangs up               → record vera→+74951234570 by 101 wait 3.0 talk 6.0, vera released (normalClearing)
            """)
    }
}
