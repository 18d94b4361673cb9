import Simulation
import Telephony
import Testing

@Suite("Where a caller's number sends him")
struct Callers {
    private func office(_ more: String, contact: Bool = false) throws -> SimulatedOffice {
        try Scenarios.office(lines + more, people: ["+79161234567": "vera", "+78121112233": "petr", "+4930123456": "hans"]) {
            if contact { $0.store.book["79161234567"] = .init(contact: 1, name: "Вера") }
        }
    }

    @Test("R-145, R-146, R-148: a number of the caller table goes past scheme and greeting")
    func exact() throws {
        timeline(
            try office("set caller boss mask +79161234567 to extension 103"),
            """
             0.0  vera calls 84951234567  → 103 rings, vera hears ringback
             1.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
             2.0  petr calls 84951234567  → petr answered, petr hears “own/hello”
             3.0  petr hangs up           → record petr→84951234567 missed (cancelled) wait 1.0
            """)
    }

    @Test("R-150: a mask takes a number that nobody knows, and leaves a contact to the scheme; a hidden number fits none")
    func masks() throws {
        let rule = "set caller mobiles mask 7916* to extension 103\nset caller hidden anonymous to extension 104"
        timeline(
            try office(rule),
            """
             0.0  vera calls 84951234567       → 103 rings, vera hears ringback
             1.0  vera hangs up                → record vera→84951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
            """)
        timeline(
            try office(rule, contact: true),
            """
             0.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             1.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0
            """)
    }

    @Test("R-149: an entry with an end does not match after it")
    func expired() throws {
        timeline(
            try office("set caller courier mask 79160000000-79169999999 to extension 103 until 2026-11-22"),
            """
             0.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             1.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0
            """)
    }

    @Test("A blocked caller is kept out, also one who has an owner")
    func blocked() throws {
        timeline(
            try office("set caller spam mask +79161234567 to drop"),
            """
             0.0  vera calls 84951234567  → record vera→84951234567 refused (noAnswer) wait 0.0, vera released (noAnswer)
            """)
    }

    @Test("R-031: unknown callers go to the newcomers' department, contacts by the rest of the scheme")
    func unknown() throws {
        let rule = "set scheme office rule 10 when caller unknown to extension 104"
        timeline(
            try office(rule),
            """
             0.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             2.0  ·                       → 104 rings, vera hears ringback
             3.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 3.0, 104 released (cancelled)
            """)
        timeline(
            try office(rule, contact: true),
            """
             0.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             2.0  ·                       → 101 rings, vera hears ringback
             3.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 3.0, 101 released (cancelled)
            """)
    }

    @Test("R-054, R-151: callers of St Petersburg to one department, those of the number's own city to another")
    func regions() throws {
        timeline(
            try office(
                """
                set scheme office rule 10 when caller region spb to extension 103
                set scheme office rule 20 when number region msk and caller mask 7916* to extension 104
                delete scheme office greeting
                """),
            """
             0.0  petr calls 84951234567  → 103 rings, petr hears ringback
             1.0  petr hangs up           → record petr→84951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
             2.0  vera calls 84951234567  → 104 rings, vera hears ringback
             3.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, 104 released (cancelled)
            """)
    }

    @Test("R-152, R-056: from abroad to whoever speaks that country's language; with none of them free to English")
    func language() throws {
        timeline(
            try office(
                """
                set scheme office rule 10 when caller language to department sales
                delete scheme office greeting
                set department sales member 102
                set department sales member 103
                set extension 102 speaks en
                set extension 103 speaks de en
                """),
            """
             0.0  hans calls 84951234567  → 103 rings, hans hears ringback
             1.0  103 is busy             → 102 rings
             2.0  hans hangs up           → record hans→84951234567 missed (cancelled) wait 2.0, 102 released (cancelled)
             5.0  vera calls 84951234567  → 101 rings, 102 rings, 103 rings, vera hears ringback
             6.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
                                          → 102 released (cancelled), 103 released (cancelled)
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
        set scheme office otherwise to department sales
        set scheme office greeting hello

        """
}
