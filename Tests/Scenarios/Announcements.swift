import Simulation
import Telephony
import Testing

@Suite("What callers and employees are told before they are connected")
struct Announcements {
    @Test("R-003, R-015: before somebody else rings the caller hears that another specialist will answer")
    func another() throws {
        timeline(
            try office(twoDesks + trunk + "set extension 102 no-answer after 20s to extension 103\n"),
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
            20.0  ·                        → 102 released (noAnswer), vera hears “ru/another-specialist”
            22.0  ·                        → 103 rings, vera hears ringback
            25.0  103 answers              → vera answered, vera ↔ 103
            35.0  vera hangs up            → record vera→+74951234570 by 103 wait 25.0 talk 10.0, 103 released (normalClearing)
            """)
    }

    @Test("R-003: the words come after an answer where the operator lets no early media through; the call is missed all the same")
    func anotherAnswered() throws {
        timeline(
            try office(
                twoDesks + trunk + "set extension 102 no-answer after 20s to extension 103\nset office announce answered\n"),
            """
             0.0  vera calls +74951234570  → 102 rings, vera hears ringback
            20.0  ·                        → 102 released (noAnswer), vera answered, vera hears “ru/another-specialist”
            22.0  ·                        → 103 rings, vera hears ringback
            25.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 25.0, 103 released (cancelled)
            40.0  101 dials 102            → 102 rings, 101 hears ringback
            60.0  ·                        → 102 released (noAnswer), 101 hears “ru/another-specialist”
            62.0  ·                        → 103 rings, 101 hears ringback
            63.0  101 hangs up             → record 101→102 missed (cancelled) wait 23.0, 103 released (cancelled)
            """)
    }

    @Test("R-016, R-017: a prompt of the office instead, or nothing but ringing")
    func own() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to extension 103 announce none\n"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 103 rings
            21.0  101 hangs up   → record 101→102 missed (cancelled) wait 21.0, 103 released (cancelled)
            """)
    }

    @Test("R-008, R-009: dropped with words: they are heard once, then the release; nobody else rings")
    func dropped() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to drop announce not-available\n"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 hears “ru/not-available”
            22.0  ·              → record 101→102 missed (noAnswer) wait 22.0, 101 released (noAnswer)
            """)
    }

    @Test("The caller gives up during the words")
    func givenUp() throws {
        timeline(
            try office(twoDesks + "set extension 102 no-answer after 20s to extension 103\n"),
            """
             0.0  101 dials 102  → 102 rings, 101 hears ringback
            20.0  ·              → 102 released (noAnswer), 101 hears “ru/another-specialist”
            21.0  101 hangs up   → record 101→102 missed (cancelled) wait 21.0
            """)
    }

    @Test("R-002: an extension dialled during the greeting rings, and nobody else")
    func greeting() throws {
        timeline(
            try office(twoDesks + trunk + "set scheme office greeting hello\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             0.5  vera presses 1           → vera hears nothing
             1.0  vera presses 0           →
             1.2  vera presses 3           → 103 rings, vera hears ringback
             5.0  103 answers              → vera ↔ 103
            10.0  vera hangs up            → record vera→+74951234567 by 103 wait 5.0 talk 5.0, 103 released (normalClearing)
            """)
    }

    @Test("Digits that are no number: after a pause the call goes where the scheme sends it")
    func wrongDigits() throws {
        timeline(
            try office(twoDesks + trunk + "set scheme office greeting hello\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             0.5  vera presses 9           → vera hears nothing
             3.5  ·                        → 102 rings, vera hears ringback
             4.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 4.0, 102 released (cancelled)
            """)
    }

    @Test("R-089: hung up during the greeting: missed, although it was answered")
    func missedInGreeting() throws {
        timeline(
            try office(twoDesks + trunk + "set scheme office greeting hello\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0
            """)
    }

    @Test("R-180: a whisper is heard by the employee alone, and a key skips it")
    func whisper() throws {
        timeline(
            try office(twoDesks + trunk + "set department sales whisper prompt site\nset department sales member 103\n"),
            """
             0.0  vera calls +74951234567  → 102 rings, 103 rings, vera hears ringback
             3.0  102 answers              → 103 released (answeredElsewhere), 102 hears “own/site”
             5.0  ·                        → vera answered, vera ↔ 102
            10.0  vera hangs up            → record vera→+74951234567 by 102 wait 5.0 talk 5.0, 102 released (normalClearing)
            20.0  +79160000001 calls 1     → 102 rings, 103 rings, +79160000001 hears ringback
            21.0  103 answers              → 102 released (answeredElsewhere), 103 hears “own/site”
            21.5  103 presses 5            → +79160000001 answered, +79160000001 ↔ 103
            25.0  +79160000001 hangs up    → record +79160000001→1 by 103 wait 1.5 talk 3.5, 103 released (normalClearing)
            """)
    }

    @Test("R-180: the caller hangs up during the whisper: missed; the employee does: the others are asked")
    func whisperEnds() throws {
        timeline(
            try office(twoDesks + trunk + "set department sales whisper number\nset department sales member 103\n"),
            """
             0.0  vera calls +74951234567  → 102 rings, 103 rings, vera hears ringback
             3.0  102 answers              → 103 released (answeredElsewhere)
                                           → 102 hears “ru/number-label ru/n8 ru/pause ru/n4 ru/n9 ru/n5 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
             4.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 4.0, 102 released (normalClearing)
            20.0  vera calls +74951234567  → 102 rings, 103 rings, vera hears ringback
            21.0  103 answers              → 102 released (answeredElsewhere)
                                           → 103 hears “ru/number-label ru/n8 ru/pause ru/n4 ru/n9 ru/n5 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7”
            22.0  103 hangs up             → 102 rings
            23.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 3.0, 102 released (cancelled)
            """)
    }

    private let trunk = """
        set trunk mtt peer 203.0.113.10
        set department sales number 200
        set department sales member 102
        set number * trunk mtt scheme office
        set number +74951234567 trunk mtt scheme office label "С сайта"
        set number +74951234570 trunk mtt direct 102
        set scheme office otherwise to department sales
        set route out mask 8* trunk mtt

        """
}
