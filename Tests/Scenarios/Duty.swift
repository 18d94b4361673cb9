import Simulation
import Telephony
import Testing

/// The clock begins on Monday 2026-11-23 at 10:00.
@Suite("Who is there, and when")
struct Duty {
    @Test("R-030: on leave his calls go to the substitute without ringing him, and he is not blamed; back after it")
    func leave() throws {
        timeline(
            try office(lines + "set extension 101 absence 2026-11-20..2026-11-23 vacation to extension 102\n"),
            """
                0.0  vera calls +74951234570  → 102 rings, vera hears ringback
                1.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
            60000.0  vera calls +74951234570  → 101 rings, vera hears ringback
            60001.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-188, R-189: out of his hours no call is sent to him: not a direct one, nor his department's")
    func hours() throws {
        timeline(
            try office(
                lines + """
                    set extension 101 hours mon-fri 11:00-19:00
                    set extension 101 no-answer after 20s to extension 102 announce none
                    set department sales member 103

                    """),
            """
               0.0  vera calls +74951234570  → 102 rings, vera hears ringback
               1.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
               9.0  vera calls +74951234567  → 103 rings, vera hears ringback
              10.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
            3600.0  vera calls +74951234567  → 101 rings, 103 rings, vera hears ringback
            3601.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
                                             → 103 released (cancelled)
            """)
    }

    @Test("R-189, C-7: an owner out of his hours is skipped at once: the common scheme")
    func owner() throws {
        timeline(
            try office(lines + "set extension 103 hours mon-fri 11:00-19:00\n") { office in
                office.store.book["79161234567"] = .init(contact: 1, name: "Вера", owner: "103")
            },
            """
               0.0  vera calls +74951234567  → 101 rings, vera hears ringback
               1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            3600.0  vera calls +74951234567  → 103 rings, vera hears ringback
            3601.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
            """)
    }

    @Test("R-061: a department that is closed by its own hours sends its calls on at once")
    func closedDepartment() throws {
        timeline(
            try office(
                lines + "set department sales hours mon-fri 11:00-19:00\nset department sales on-closed to extension 104\n"),
            """
               0.0  vera calls +74951234567  → 104 rings, vera hears ringback
               1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
            3600.0  vera calls +74951234567  → 101 rings, vera hears ringback
            3601.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-186: the night key closes the office by hand, and goes off by itself on the next working morning, to the second")
    func nightKey() throws {
        timeline(
            try office(
                lines + """
                    set office hours mon-fri 09:00-18:00
                    set scheme office night-key 1
                    set scheme office rule 10 when closed to extension 104

                    """),
            """
                0.0  vera calls +74951234567  → 101 rings, vera hears ringback
                1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
                2.0  night key 1 is pressed   →
                3.0  vera calls +74951234567  → 104 rings, vera hears ringback
                4.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
                5.0  apus is killed           →
                6.0  apus starts              →
            82788.0  vera calls +74951234567  → 104 rings, vera hears ringback
            82789.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
            82790.0  vera calls +74951234567  → 101 rings, vera hears ringback
            82791.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            82792.0  night key 1 is pressed   →
            82793.0  night key 1 is released  →
            82794.0  vera calls +74951234567  → 101 rings, vera hears ringback
            82795.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-186: pressed in the small hours, the night key goes off on the morning of the same day")
    func nightKeyInTheNight() throws {
        timeline(
            try office(
                lines + """
                    set office hours mon-fri 09:00-18:00
                    set scheme office night-key 1
                    set scheme office rule 10 when closed to extension 104

                    """),
            """
            52200.0  night key 1 is pressed   →
            82790.0  vera calls +74951234567  → 101 rings, vera hears ringback
            82791.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
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

        """
}
