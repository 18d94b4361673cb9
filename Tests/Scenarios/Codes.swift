import FollowUp
import Simulation
import Telephony
import Testing

/// The clock begins on Monday 2026-11-23 at 10:00.
@Suite("Feature codes")
struct Codes {
    @Test("R-004, R-019: an employee forwards his calls by a code, hears it said, asks, and takes it back; it outlives a restart")
    func forwarding() throws {
        var office = try office(lines)
        play(
            &office,
            """
              0.0  101 dials *21*102#        → 101 answered, 101 hears “ru/forwarding-always ru/is-on-to-number ru/n1 ru/n0 ru/n2”
             10.0  ·                         → record 101→*21*102# served (normalClearing) wait 10.0, 101 released (normalClearing)
             11.0  vera calls +74951234570   → 102 rings, vera hears ringback
             12.0  vera hangs up             → record vera→+74951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
             13.0  apus is killed            →
             14.0  apus starts               →
             15.0  vera calls +74951234570   → 102 rings, vera hears ringback
             16.0  vera hangs up             → record vera→+74951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
             17.0  101 dials *#21            → 101 answered, 101 hears “ru/forwarding-always ru/is-on-to-number ru/n1 ru/n0 ru/n2”
             27.0  ·                         → record 101→*#21 served (normalClearing) wait 10.0, 101 released (normalClearing)
             28.0  101 dials ##21#           → 101 answered, 101 hears “ru/forwarding-always ru/is-off”
             32.0  ·                         → record 101→##21# served (normalClearing) wait 4.0, 101 released (normalClearing)
             33.0  vera calls +74951234570   → 101 rings, vera hears ringback
             34.0  vera hangs up             → record vera→+74951234570 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
        #expect(office.store.changes == ["101: set extension 101 forward to extension 102", "101: delete extension 101 forward"])
        #expect(office.store.tasks.count == 1, "vera is called back, the codes of 101 are not")
    }

    @Test("R-003: on no answer with a time, on busy, on unreachable: each by its code, to a department or outside")
    func otherForwardings() throws {
        var office = try office(lines)
        for code in ["*61*200**20#", "*67*103#", "*62*89161234567#", "*61*102#", "##67#", "##67#"] {
            try office.perform(Deed("101 dials \(code)"))
            office.run(for: .seconds(60))
        }
        #expect(
            office.store.changes == [
                "101: set extension 101 no-answer after 20s to department sales",
                "101: set extension 101 on-busy to extension 103",
                "101: set extension 101 on-unreachable to external 89161234567",
                "101: set extension 101 no-answer after 20s to extension 102",
                "101: delete extension 101 on-busy",
            ])
        #expect(office.exchange?.isQuiet == true)
    }

    @Test("R-019: a target above his toll class is refused by voice and told; so are a loop, a number that is none, and himself")
    func refusals() throws {
        var office = try office(lines + "set extension 101 class local\nset extension 102 forward to extension 101\n")
        play(
            &office,
            """
             0.0  101 dials *21*810442071234567#  → 101 answered, 101 hears “ru/not-allowed”
             2.0  ·                               → record 101→*21*810442071234567# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
             3.0  101 dials *21*102#              → 101 answered, 101 hears “ru/refused”
             5.0  ·                               → record 101→*21*102# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
             6.0  101 dials *21*999#              → 101 answered, 101 hears “ru/invalid”
             8.0  ·                               → record 101→*21*999# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
             9.0  101 dials *21*101#              → 101 answered, 101 hears “ru/refused”
            11.0  ·                               → record 101→*21*101# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
            12.0  101 dials *21#                  → 101 answered, 101 hears “ru/unknown-code”
            14.0  ·                               → record 101→*21# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
            15.0  101 dials *77#                  → 101 answered, 101 hears “ru/unknown-code”
            17.0  ·                               → record 101→*77# served (normalClearing) wait 2.0
                                                  → 101 released (normalClearing)
            """)
        #expect(office.store.changes == [])
        let reasons = office.store.records.map { $0.reasons.map { $0.because.text(in: .en) }.joined() }
        #expect(reasons[0].contains("101") && reasons[0].contains("international"))
        #expect(reasons[1] == "forwarding loop: 101→102→101")
        #expect(office.store.records.allSatisfy { $0.direction == .internal && $0.result == .served })
    }

    @Test("A rule of everybody's cannot be switched off by one; a code that the office does not want is refused")
    func notHis() throws {
        timeline(
            try office(lines + "set extension * forward to department sales\nset code do-not-disturb allowed off\n"),
            """
            0.0  101 dials ##21#  → 101 answered, 101 hears “ru/not-permitted”
            2.0  ·                → record 101→##21# served (normalClearing) wait 2.0, 101 released (normalClearing)
            3.0  101 dials *26#   → 101 answered, 101 hears “ru/not-permitted”
            5.0  ·                → record 101→*26# served (normalClearing) wait 2.0, 101 released (normalClearing)
            """)
    }

    @Test("D-19: nobody outside dials a code, and a transfer to one is refused")
    func outside() throws {
        timeline(
            try office(lines),
            """
            0.0  vera calls *21*102#  → record vera→*21*102# refused (unallocated) wait 0.0, vera released (unallocated)
            """)
    }

    @Test("Do not disturb: callers find him busy, departments pass him over, and he calls out as ever; over a restart")
    func doNotDisturb() throws {
        timeline(
            try office(lines + "set extension 101 on-busy to extension 104\nset department sales member 103\n"),
            """
             0.0  101 dials *26#            → 101 answered, 101 hears “ru/dnd-on”
             2.0  ·                         → record 101→*26# served (normalClearing) wait 2.0, 101 released (normalClearing)
             3.0  102 dials 101             → 104 rings, 102 hears ringback
             4.0  102 hangs up              → record 102→101 missed (cancelled) wait 1.0, 104 released (cancelled)
             5.0  apus is killed            →
             6.0  apus starts               →
             7.0  vera calls +74951234567   → 103 rings, vera hears ringback
             8.0  101 dials ##26#           → 101 answered, 101 hears “ru/dnd-off”
            10.0  ·                         → record 101→##26# served (normalClearing) wait 2.0, 101 released (normalClearing)
                                            → 101 rings
            11.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 4.0, 103 released (cancelled)
                                            → 101 released (cancelled)
            """)
    }

    @Test("R-078: logged out of a department he is not rung for it, logged in he is, also for a call that waits; over a restart")
    func login() throws {
        timeline(
            try office(lines + "set department sales member 103\nset department help number 300 member 101\n"),
            """
             0.0  101 dials ##45*200#       → 101 answered, 101 hears “ru/logged-out”
             2.0  ·                         → record 101→##45*200# served (normalClearing) wait 2.0
                                            → 101 released (normalClearing)
             3.0  apus is killed            →
             4.0  apus starts               →
             5.0  vera calls +74951234567   → 103 rings, vera hears ringback
             6.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
             7.0  102 dials 300             → 101 rings, 102 hears ringback
             8.0  102 hangs up              → record 102→300 missed (cancelled) wait 1.0, 101 released (cancelled)
             9.0  101 dials *45*200#        → 101 answered, 101 hears “ru/logged-in”
            11.0  ·                         → record 101→*45*200# served (normalClearing) wait 2.0, 101 released (normalClearing)
            12.0  vera calls +74951234567   → 101 rings, 103 rings, vera hears ringback
            13.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
                                            → 103 released (cancelled)
            14.0  102 dials *45*200#        → 102 answered, 102 hears “ru/not-permitted”
            16.0  ·                         → record 102→*45*200# served (normalClearing) wait 2.0, 102 released (normalClearing)
            """)
    }

    @Test("R-160: a pause by code: his department passes him over until he ends it; a direct call still reaches him")
    func pause() throws {
        timeline(
            try office(lines + "set department sales on-busy to extension 104\n"),
            """
             0.0  101 dials *46#            → 101 answered, 101 hears “ru/pause-on”
             2.0  ·                         → record 101→*46# served (normalClearing) wait 2.0, 101 released (normalClearing)
             3.0  vera calls +74951234567   → 104 rings, vera hears ringback
             4.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
             5.0  102 dials 101             → 101 rings, 102 hears ringback
             6.0  102 hangs up              → record 102→101 missed (cancelled) wait 1.0, 101 released (cancelled)
             7.0  101 dials ##46#           → 101 answered, 101 hears “ru/pause-off”
             9.0  ·                         → record 101→##46# served (normalClearing) wait 2.0, 101 released (normalClearing)
            10.0  vera calls +74951234567   → 101 rings, vera hears ringback
            11.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-159: the pause after a call ends early by the code")
    func wrapUp() throws {
        timeline(
            try office(lines + "set department sales wrap-up 60s\n"),
            """
             0.0  vera calls +74951234567   → 101 rings, vera hears ringback
             1.0  101 answers               → vera answered, vera ↔ 101
             5.0  vera hangs up             → record vera→+74951234567 by 101 wait 1.0 talk 4.0, 101 released (normalClearing)
             6.0  vera calls +74951234567   → vera hears ringback
             7.0  101 dials ##46#           → 101 answered, 101 hears “ru/pause-off”
             9.0  ·                         → record 101→##46# served (normalClearing) wait 2.0, 101 released (normalClearing)
                                            → 101 rings
            10.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 4.0, 101 released (cancelled)
            """)
    }

    @Test("R-030: away until a date, by code; the substitute rings; back by code before it")
    func absence() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  101 dials *30*0112*102#   → 101 answered, 101 hears “ru/absence-until ru/day-1 ru/month-december”
             6.0  ·                         → record 101→*30*0112*102# served (normalClearing) wait 6.0
                                            → 101 released (normalClearing)
             7.0  vera calls +74951234570   → 102 rings, vera hears ringback
             8.0  vera hangs up             → record vera→+74951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
             9.0  101 dials ##30#           → 101 answered, 101 hears “ru/absence-off”
            11.0  ·                         → record 101→##30# served (normalClearing) wait 2.0, 101 released (normalClearing)
            12.0  vera calls +74951234570   → 101 rings, vera hears ringback
            13.0  vera hangs up             → record vera→+74951234570 missed (cancelled) wait 1.0, 101 released (cancelled)
            14.0  101 dials *30*3113#       → 101 answered, 101 hears “ru/unknown-code”
            16.0  ·                         → record 101→*30*3113# served (normalClearing) wait 2.0, 101 released (normalClearing)
            """)
        #expect(
            office.store.changes == [
                "101: set extension 101 absence 2026-11-23..2026-12-01 other to extension 102",
                "101: delete extension 101 absence 2026-11-23..2026-12-01",
            ])
    }

    @Test("R-144: after a call the client is made mine, or a colleague's, whoever owned him; a hidden number is nobody's")
    func ownClient() throws {
        var office = try office(lines) { $0.store.book["79161234567"] = .init(contact: 1, name: "Вера", owner: "103") }
        play(
            &office,
            """
             0.0  102 dials *44#            → 102 answered, 102 hears “ru/refused”
             2.0  ·                         → record 102→*44# served (normalClearing) wait 2.0, 102 released (normalClearing)
             3.0  vera calls +74951234567   → 103 rings, vera hears ringback
             4.0  103 answers               → vera answered, vera ↔ 103
             5.0  vera hangs up             → record vera→+74951234567 by 103 wait 1.0 talk 1.0, 103 released (normalClearing)
             6.0  103 dials *44*102#        → 103 answered, 103 hears “ru/done”
             8.0  ·                         → record 103→*44*102# served (normalClearing) wait 2.0, 103 released (normalClearing)
             9.0  vera calls +74951234567   → 102 rings, vera hears ringback
            10.0  102 answers               → vera answered, vera ↔ 102
            11.0  vera hangs up             → record vera→+74951234567 by 102 wait 1.0 talk 1.0, 102 released (normalClearing)
            """)
        #expect(office.store.book["79161234567"]?.owner == "102")
    }

    @Test("R-186: the night key by code, with its name and, where there is one only, without")
    func night() throws {
        timeline(
            try office(lines + "set scheme office night-key 1\nset scheme office rule 10 when closed to extension 104\n"),
            """
             0.0  101 dials *901            → 101 answered, 101 hears “ru/night-on”
             2.0  ·                         → record 101→*901 served (normalClearing) wait 2.0, 101 released (normalClearing)
             3.0  vera calls +74951234567   → 104 rings, vera hears ringback
             4.0  vera hangs up             → record vera→+74951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
             5.0  101 dials ##90#           → 101 answered, 101 hears “ru/night-off”
             7.0  ·                         → record 101→##90# served (normalClearing) wait 2.0, 101 released (normalClearing)
            """)
    }

    @Test("Who am I, in the employee's language; the echo test, ended by a key; the test tone")
    func tests() throws {
        timeline(
            try office(lines + "set extension 102 language en\n"),
            """
             0.0  101 dials *65#   → 101 answered, 101 hears “ru/your-number ru/n1 ru/n0 ru/n1”
             8.0  ·                → record 101→*65# served (normalClearing) wait 8.0, 101 released (normalClearing)
             9.0  102 dials *65#   → 102 answered, 102 hears “en/your-number en/n1 en/n0 en/n2”
            17.0  ·                → record 102→*65# served (normalClearing) wait 8.0, 102 released (normalClearing)
            18.0  102 dials *43#   → 102 answered, 102 hears “en/echo-test en/beep”
            22.0  ·                → 102 ↔ 102
            30.0  102 presses 1    → 102 gets 1, 102 hears “en/echo-end”
            32.0  ·                → record 102→*43# served (normalClearing) wait 14.0, 102 released (normalClearing)
            33.0  101 dials *66#   → 101 answered, 101 hears milliwatt
            40.0  101 hangs up     → record 101→*66# served (cancelled) wait 7.0
            """)
    }

    @Test("An office that does not answer a change in time says so, and hangs up")
    func silent() throws {
        timeline(
            try office(lines) { $0.document = nil },
            """
             0.0  101 dials *21*102#  → 101 answered
            10.0  ·                   → 101 hears “ru/try-again”
            12.0  ·                   → record 101→*21*102# served (normalClearing) wait 12.0, 101 released (normalClearing)
            """)
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set extension 103 name C
        set extension 104 name D
        set department sales number 200
        set department sales member 101
        set trunk mtt peer 203.0.113.10
        set number +74951234567 trunk mtt scheme office
        set number +74951234570 trunk mtt direct 101
        set scheme office otherwise to department sales
        set office owner learn off
        set route city mask 89######### trunk mtt
        set route world mask 810* class international trunk mtt

        """
}
