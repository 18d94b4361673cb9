import Simulation
import Telephony
import Testing

@Suite("The office of the article: unknown clients to all managers, then the head, then the administrator")
struct SourceOffice {
    /// the whole logic, without programming, in at most 15 lines.
    static let logic = """
        set extension 101 name "Менеджер 1"
        set extension 102 name "Менеджер 2"
        set extension 103 name "Менеджер 3"
        set extension 110 name "Руководитель отдела продаж"
        set extension 120 name "Администратор"
        set department newcomers number 210 member 101 member 102 member 103
        set department newcomers add 10s 110
        set department newcomers add 30s 120
        set trunk mtt peer 203.0.113.10
        set number +74951234567 trunk mtt scheme office
        set scheme office rule 10 when caller unknown to department newcomers
        set scheme office otherwise to extension 110

        """

    @Test("R-034: it is written in at most 15 lines")
    func size() { #expect(Self.logic.split(separator: "\n").count <= 15) }

    @Test("R-031, R-032, R-033: all managers at once; after 10 s the head joins; 20 s later the administrator; nobody stops")
    func unknown() throws {
        timeline(
            try office(Self.logic),
            """
             0.0  vera calls +74951234567  → 101 rings, 102 rings, 103 rings, vera hears ringback
            10.0  ·                        → 110 rings
            30.0  ·                        → 120 rings
            35.0  102 answers              → 101 released (answeredElsewhere), 103 released (answeredElsewhere)
                                           → 110 released (answeredElsewhere), 120 released (answeredElsewhere), vera answered
                                           → vera ↔ 102
            45.0  vera hangs up            → record vera→+74951234567 by 102 wait 35.0 talk 10.0, 102 released (normalClearing)
            """)
    }

    @Test("R-031: a client who is in the book goes the other way")
    func known() throws {
        timeline(
            try office(Self.logic) { $0.store.book["79161234567"] = .init(contact: 1, name: "Вера") },
            """
             0.0  vera calls +74951234567  → 110 rings, vera hears ringback
             1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 110 released (cancelled)
            """)
    }
}
