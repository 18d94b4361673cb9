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

    @Test("R-059 A scheme that sends callers to a prompt: served, nobody rings")
    func closedOffice() throws {
        timeline(
            try office(twoDesks + setup + "set scheme office otherwise to prompt closed\n"),
            """
             0.0  vera calls +74951234567  → vera hears “own/closed”
             2.0  ·                        → record vera→+74951234567 served (normalClearing) wait 2.0, vera released (normalClearing)
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
