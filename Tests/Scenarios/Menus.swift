import Simulation
import Telephony
import Testing

@Suite("Voice menus")
struct Menus {
    private func office(_ more: String = "") throws -> SimulatedOffice {
        try Scenarios.office(lines + more, people: ["+79161234567": "vera", "+79999999999": "duty", "+78121234567": "petr"]) {
            office in
            office.media.clipLengths["own/hello"] = .seconds(4)
        }
    }

    @Test("R-046, R-175: the prompt is heard, and a key reaches its department, also while it is said")
    func key() throws {
        timeline(
            try office(),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 1           → 101 rings, vera hears ringback
             3.0  101 answers              → vera ↔ 101
             9.0  vera hangs up            → record vera→+74951234567 by 101 wait 3.0 talk 6.0, 101 released (normalClearing)
            """)
    }

    @Test("R-047, R-174: from menu to menu by keys, back, and said again; three levels deep")
    func levels() throws {
        timeline(
            try office(),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 2           → vera hears “own/more”
             2.0  vera presses 3           → vera hears “own/deep”
             3.0  vera presses 0           → vera hears “own/more”
             5.0  ·                        → vera hears nothing
             6.0  vera presses 9           → vera hears “own/more”
             7.0  vera presses 0           → vera hears “own/hello”
             8.0  vera presses 0           →
             9.0  vera presses 1           → 101 rings, vera hears ringback
            10.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 10.0, 101 released (cancelled)
            """)
    }

    @Test(
        "R-048: a key tells what people ask for, and then the menu again; whoever has heard it and hangs up is served: nobody calls him back"
    )
    func information() throws {
        var office = try office("set prompt hours file hours.wav\nset menu main key 3 say hours\n")
        play(
            &office,
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 3           → vera hears “own/hours own/hello”
             7.0  ·                        → vera hears nothing
             8.0  vera presses 3           → vera hears “own/hours own/hello”
             9.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 9.0
            """)
        #expect(office.store.tasks.isEmpty)
        // One who asked for nothing was not served, nor was one who wanted somebody after all.
        play(
            &office,
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             2.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 2.0
            10.0  petr calls +74951234567  → petr answered, petr hears “own/hello”
            11.0  petr presses 3           → petr hears “own/hours own/hello”
            12.0  petr presses 1           → 101 rings, petr hears ringback
            14.0  petr hangs up            → record petr→+74951234567 missed (cancelled) wait 4.0, 101 released (cancelled)
            """)
        #expect(office.store.tasks.count == 2)
    }

    @Test("R-176: nothing is pressed: the external number is dialled")
    func silence() throws {
        timeline(
            try office("set menu main silence 5s to external +79999999999\nset office external-accept answer\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             4.0  ·                        → vera hears nothing
             9.0  ·                        → duty rings, vera hears ringback
            12.0  duty answers             → vera ↔ duty
            20.0  vera hangs up            → record vera→+74951234567 by duty wait 12.0 talk 8.0, duty released (normalClearing)
            """)
    }

    @Test("Nothing is pressed and nothing is set for it: said three times, then goodbye; missed")
    func silent() throws {
        timeline(
            try office(),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             4.0  ·                        → vera hears nothing
             9.0  ·                        → vera hears “own/hello”
            13.0  ·                        → vera hears nothing
            18.0  ·                        → vera hears “own/hello”
            22.0  ·                        → vera hears nothing
            27.0  ·                        → vera hears “ru/goodbye”
            29.0  ·                        → record vera→+74951234567 missed (noAnswer) wait 29.0, vera released (noAnswer)
            """)
    }

    @Test("R-174: twenty wrong keys end politely, after three")
    func wrong() throws {
        timeline(
            try office(),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 7           → vera hears “ru/invalid-choice own/hello”
             2.0  vera presses 8           →
             3.0  vera presses 7           → vera hears “ru/goodbye”
             5.0  ·                        → record vera→+74951234567 missed (noAnswer) wait 5.0, vera released (noAnswer)
            """)
        timeline(
            try office("set menu main invalid 2 to extension 102\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 7           → vera hears “ru/invalid-choice own/hello”
             2.0  vera presses 7           → 102 rings, vera hears ringback
             3.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 3.0, 102 released (cancelled)
            """)
    }

    @Test("R-002: an extension dialled in the menu is a direct call; a key that begins a number waits for the rest of it")
    func extensions() throws {
        timeline(
            try office("set menu main extensions on\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 1           → vera hears nothing
             1.5  vera presses 0           →
             2.0  vera presses 2           → 102 rings, vera hears ringback
             3.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 3.0, 102 released (cancelled)
            10.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
            11.0  vera presses 1           → vera hears nothing
            13.0  ·                        → 101 rings, vera hears ringback
            14.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 4.0, 101 released (cancelled)
            """)
    }

    @Test(
        "R-047: keys pressed faster than a menu speaks are taken one by one where no number begins so, also where extensions are dialled"
    )
    func fastKeys() throws {
        timeline(
            try office("set menu main extensions on\nset menu more extensions on\nset menu deep key 1 to extension 102\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 231         → 102 rings, vera hears ringback
             4.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 4.0, 102 released (cancelled)
            10.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
            11.0  vera presses 20          → vera hears nothing
            13.0  ·                        → vera hears “own/hello”
            14.0  vera presses 29          → vera hears “own/more”
            15.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 5.0
            """)
    }

    @Test("R-045: a prompt's number is dialled in the menu like any other")
    func promptNumber() throws {
        timeline(
            try office("set menu main extensions on\nset prompt hours file hours.wav\nset prompt hours number 701\n"),
            """
             0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
             1.0  vera presses 7           → vera hears nothing
             1.5  vera presses 0           →
             2.0  vera presses 1           → vera hears “own/hours”
             3.0  vera hangs up            → record vera→+74951234567 served (cancelled) wait 3.0
            """)
    }

    @Test("An employee dials nobody's menu, but may transfer a client there, and is free at once")
    func transferred() throws {
        timeline(
            try office("set extension 101 no-answer after 20s to menu main announce none\n"),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            20.0  ·                        → 101 released (noAnswer), vera answered, vera hears “own/hello”
            21.0  vera presses 1           → 101 rings, vera hears ringback
            22.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 22.0, 101 released (cancelled)
            """)
    }

    @Test("A new configuration takes the menu away while somebody is in it: goodbye, and no crash")
    func taken() throws {
        var office = try office()
        play(
            &office,
            """
            0.0  vera calls +74951234567  → vera answered, vera hears “own/hello”
            1.0  end                      →
            """)
        var settings = office.settings
        settings.office.menus = [:]
        office.reconfigure(settings)
        play(
            &office,
            """
            0.0  vera presses 1  → vera hears “ru/goodbye”
            2.0  ·               → record vera→+74951234567 missed (noAnswer) wait 3.0, vera released (noAnswer)
            """)
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set department sales number 200
        set department sales member 101
        set trunk mtt peer 203.0.113.10
        set number +74951234567 trunk mtt scheme office
        set number +74951234570 trunk mtt direct 101
        set scheme office otherwise to menu main
        set menu main prompt hello
        set menu main key 1 to department sales
        set menu main key 2 to menu more
        set menu main key 0 back
        set menu more prompt more
        set menu more key 3 to menu deep
        set menu more key 0 back
        set menu more key 9 repeat
        set menu deep prompt deep
        set menu deep key 0 back
        set route out mask +* trunk mtt

        """
}
