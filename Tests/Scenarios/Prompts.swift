import Testing

@Suite("R-045 A prompt of the office has a number and is a target")
struct Prompts {
    private let setup = """
        set trunk mtt peer 203.0.113.10
        set department sales number 200
        set department sales member 102
        set prompt closed file closed.wav
        set prompt closed number 801
        set scheme office otherwise to department sales
        set number * scheme office

        """

    @Test("R-045 Dialled inside it is heard to its end, then the line is released; the call is served")
    func dialled() throws {
        timeline(
            try office(twoDesks + setup),
            """
             0.0  101 dials 801            → 101 hears “own/closed”
             2.0  ·                        → record 101→801 served (normalClearing) wait 2.0, 101 released (normalClearing)
            10.0  101 dials 801            → 101 hears “own/closed”
            11.0  101 hangs up             → record 101→801 served (cancelled) wait 1.0
            """)
    }

    @Test("A scheme that answers by a prompt at any hour: served, nobody rings")
    func informationLine() throws {
        timeline(
            try office(twoDesks + setup + "set scheme office otherwise to prompt closed\n"),
            """
             0.0  vera calls +74951234567  → vera hears “own/closed”
             2.0  ·                        → record vera→+74951234567 served (normalClearing) wait 2.0, vera released (normalClearing)
            """)
    }

    @Test("R-059 After hours words alone serve nobody: the caller is to be called back; one who chose them in the menu is served")
    func afterHours() throws {
        let rules = """
            set office hours mon-fri 12:00-18:00
            set menu night prompt hello
            set menu night key 1 to prompt closed
            set scheme office rule 10 when closed and caller mask 7916* to menu night
            set scheme office rule 20 when closed to prompt closed

            """
        timeline(
            try office(twoDesks + setup + rules),
            """
             0.0  +74950001122 calls 1  → +74950001122 hears “own/closed”
             2.0  ·                     → record +74950001122→1 missed (normalClearing) wait 2.0, +74950001122 released (normalClearing)
            10.0  vera calls 1          → vera answered, vera hears “own/hello”
            11.0  vera presses 1        → vera hears “own/closed”
            13.0  ·                     → record vera→1 served (normalClearing) wait 3.0, vera released (normalClearing)
            """)
    }

    @Test("R-045 A link of a chain: nobody answered, so the call is missed, whatever was heard then")
    func chain() throws {
        timeline(
            try office(twoDesks + setup + "set department sales no-answer after 10s to prompt closed\n"),
            """
             0.0  vera calls +74951234567  → 102 rings, vera hears ringback
            10.0  ·                        → 102 released (noAnswer), vera hears “own/closed”
            12.0  ·                        → record vera→+74951234567 missed (normalClearing) wait 12.0, vera released (normalClearing)
            """)
    }
}
