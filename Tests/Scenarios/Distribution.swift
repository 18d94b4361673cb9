import Simulation
import Telephony
import Testing

@Suite("Departments as owners and employees see them")
struct Distribution {
    private func office(_ more: String) throws -> SimulatedOffice { try Scenarios.office(lines + more) }

    @Test(
        "R-037, R-038, R-058, R-063: department 30 s, secretary 20 s, the duty mobile 25 s, then the busy tone; each to the second"
    )
    func chain() throws {
        timeline(
            try office(
                """
                set department sales no-answer after 30s to extension 104
                set department sales no-answer after 20s to external +79161234567
                set department sales no-answer after 25s to busy

                """),
            """
             0.0  +79990000000 calls +74951234567  → 101 rings, 102 rings, +79990000000 hears ringback
            30.0  ·                                → 101 released (noAnswer), 102 released (noAnswer), 104 rings
            50.0  ·                                → 104 released (noAnswer), vera rings
            75.0  ·                                → vera released (noAnswer), +79990000000 hears busy
            80.0  ·                                → record +79990000000→+74951234567 missed (noAnswer) wait 80.0
                                                   → +79990000000 released (busy)
            """)
    }

    @Test("R-040, R-161: only free members ring; one who hangs up while it rings joins")
    func joins() throws {
        timeline(
            try office(""),
            """
             0.0  101 dials 103            → 103 rings, 101 hears ringback
             1.0  103 answers              → 101 answered, 101 ↔ 103
             5.0  vera calls +74951234567  → 102 rings, vera hears ringback
            13.0  101 hangs up             → record 101→103 by 103 wait 1.0 talk 12.0, 103 released (normalClearing), 101 rings
            15.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 10.0, 102 released (cancelled)
                                           → 101 released (cancelled)
            """)
    }

    @Test("R-065, R-068, R-069, R-088: a department has a number, colleagues dial it, a company number leads to it")
    func number() throws {
        timeline(
            try office(""),
            """
             0.0  103 dials 200  → 101 rings, 102 rings, 103 hears ringback
             2.0  101 answers    → 102 released (answeredElsewhere), 103 answered, 103 ↔ 101
             9.0  103 hangs up   → record 103→200 by 101 wait 2.0 talk 7.0, 101 released (normalClearing)
            """)
    }

    @Test("R-070: a client transferred to a department keeps his number on the display")
    func transferred() throws {
        timeline(
            try office("set department support number 201 member 104\n"),
            """
             0.0  vera calls +74951234570  → 103 rings, vera hears ringback
             1.0  103 answers              → vera answered, vera ↔ 103
             5.0  103 transfers to 201     → 104 rings, 103 hears nothing, vera hears ringback
             7.0  104 answers              → 103 transfer 200, vera ↔ 104
             9.0  vera hangs up            → record vera→+74951234570 by 103 wait 1.0 talk 8.0, 104 released (normalClearing)
            """)
    }

    @Test("R-072: a new step and order hold for the next call; the one that rings goes on by the old")
    func live() throws {
        var office = try office("set department sales strategy sequential step 10s\n")
        play(
            &office,
            """
            0.0  vera calls +74951234567  → 101 rings, vera hears ringback
            1.0  end                      →
            """)
        var settings = office.settings
        settings.office.departments["sales"]?.step = .seconds(3)
        settings.office.departments["sales"]?.members.reverse()
        office.reconfigure(settings)
        play(
            &office,
            """
             9.0  ·                        → 101 released (noAnswer), 102 rings
            10.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 11.0, 102 released (cancelled)
            11.0  vera calls +74951234567  → 102 rings, vera hears ringback
            14.0  ·                        → 102 released (noAnswer), 101 rings
            15.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 4.0, 101 released (cancelled)
            """)
    }

    @Test("R-078: a member who was taken out does not ring the next time")
    func takenOut() throws {
        var office = try office("")
        var settings = office.settings
        settings.office.departments["sales"]?.members.removeAll { $0.number == "102" }
        office.reconfigure(settings)
        play(
            &office,
            """
            0.0  vera calls +74951234567  → 101 rings, vera hears ringback
            1.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
    }

    @Test("R-087: a member of two departments never gets two offers at once")
    func twoDepartments() throws {
        timeline(
            try office(
                "set department support number 201 member 101\nset number +74951234572 trunk mtt scheme help\nset scheme help otherwise to department support\n"
            ),
            """
             0.0  vera calls +74951234567          → 101 rings, 102 rings, vera hears ringback
             1.0  +79990000000 calls +74951234572  → +79990000000 hears ringback
             5.0  102 answers                      → 101 released (answeredElsewhere), vera answered, 101 rings, vera ↔ 102
             6.0  +79990000000 hangs up            → record +79990000000→+74951234572 missed (cancelled) wait 5.0
                                                   → 101 released (cancelled)
             9.0  vera hangs up                    → record vera→+74951234567 by 102 wait 5.0 talk 4.0
                                                   → 102 released (normalClearing)
            """)
    }

    @Test("R-157: strictly in order: always the first, the second only when the first is busy")
    func linear() throws {
        timeline(
            try office("set department sales strategy linear\n"),
            """
             0.0  vera calls +74951234567          → 101 rings, vera hears ringback
             1.0  101 answers                      → vera answered, vera ↔ 101
             2.0  +79990000000 calls +74951234567  → 102 rings, +79990000000 hears ringback
             3.0  +79990000000 hangs up            → record +79990000000→+74951234567 missed (cancelled) wait 1.0
                                                   → 102 released (cancelled)
             4.0  vera hangs up                    → record vera→+74951234567 by 101 wait 1.0 talk 3.0
                                                   → 101 released (normalClearing)
             5.0  +79990000000 calls +74951234567  → 101 rings, +79990000000 hears ringback
             6.0  +79990000000 hangs up            → record +79990000000→+74951234567 missed (cancelled) wait 1.0
                                                   → 101 released (cancelled)
            """)
    }

    @Test("R-172: whom the client knows in one department is nobody to him in another")
    func familiarByDepartment() throws {
        timeline(
            try office(
                """
                set department sales strategy linear familiar on
                set department support number 201 strategy linear familiar on member 104 member 102
                set number +74951234572 trunk mtt scheme help
                set scheme help otherwise to department support
                set office owner learn off

                """),
            """
             0.0  vera calls +74951234567  → 101 rings, vera hears ringback
             1.0  101 is busy              → 102 rings
             2.0  102 answers              → vera answered, vera ↔ 102
             9.0  vera hangs up            → record vera→+74951234567 by 102 wait 2.0 talk 7.0, 102 released (normalClearing)
            20.0  vera calls +74951234572  → 104 rings, vera hears ringback
            21.0  vera hangs up            → record vera→+74951234572 missed (cancelled) wait 1.0, 104 released (cancelled)
            30.0  vera calls +74951234567  → 102 rings, vera hears ringback
            31.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            """)
    }

    @Test(
        "R-177, R-178, R-179, R-185: each number its scheme at the same moment; two numbers may share a department, and keep their labels"
    )
    func pools() throws {
        var office = try office(
            "set number +78121234567 trunk mtt scheme spb label Питер region spb\nset scheme spb otherwise to extension 104\n")
        play(
            &office,
            """
             0.0  vera calls +78121234567  → 104 rings, vera hears ringback
             1.0  vera hangs up            → record vera→+78121234567 missed (cancelled) wait 1.0, 104 released (cancelled)
             2.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
             3.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
                                           → 102 released (cancelled)
            """)
        #expect(office.store.records.map(\.label) == ["Питер", "Москва"])
    }

    @Test("R-050: a call that ended is on the disk before the other side hears that it ended, whatever happens then")
    func kept() throws {
        var office = try office("")
        for (deed, wait) in [("vera calls +74951234567", 2), ("101 answers", 3), ("vera hangs up", 0), ("apus is killed", 1)] {
            try office.perform(Deed(deed))
            office.run(for: .seconds(wait))
        }
        office.start()
        #expect(office.store.records.map(\.result) == [.answered])
    }

    @Test("R-067: a department of any name: it is on the display and in the record as it was written")
    func name() throws {
        let office = try office("set department workshop name \"Мастерская №2\" number 222 member 104\n")
        #expect(office.settings.office.departments["workshop"]?.name == "Мастерская №2")
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set extension 103 name C
        set extension 104 name D
        set department sales number 200 member 101 member 102
        set trunk mtt peer 203.0.113.10
        set number +74951234567 trunk mtt scheme office label "Москва"
        set number +74951234570 trunk mtt direct 103
        set scheme office otherwise to department sales
        set route out mask +* trunk mtt
        set office external-accept answer

        """
}
