import Routing
import Simulation
import Telephony
import Testing

@Suite("A client's own employee")
struct Owners {
    private let vera = "79161234567"

    private func owned(
        _ more: String = "", by owner: ExtensionNumber? = "101", _ change: (inout SimulatedOffice) -> Void = { _ in }
    ) throws -> SimulatedOffice {
        try office(lines + more) { office in
            office.store.book[vera] = ClientCard(contact: 1, name: "Вера Климова", company: "ООО «Лютик»", owner: owner)
            office.media.clipLengths["own/hello"] = .seconds(4)
            change(&office)
        }
    }

    @Test(
        "R-027: the owner does not answer, and may not call outside himself: the office's rule that calls outside goes on all the same"
    )
    func ownersRights() throws {
        timeline(
            try owned(
                """
                set extension 101 class internal
                set route out mask 8* trunk mtt
                set office owner timer 10s
                set scheme office otherwise to external 89031112233
                set office external-accept answer

                """),
            """
             0.0  vera calls 84951234567  → 101 rings, vera hears ringback
            10.0  ·                       → 101 released (noAnswer), vera answered, vera hears “own/hello”
            14.0  ·                       → 89031112233 rings, vera hears ringback
            15.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 15.0, 89031112233 released (cancelled)
            """)
    }

    @Test("R-140: the owner rings, past greeting and department; R-049: the phone shows the name from the book")
    func bypass() throws {
        timeline(
            try owned(),
            """
             0.0  vera calls 84951234567  → mtt ⇒ INVITE 84951234567, mtt ⇐ 100, 101 ⇐ INVITE 101, 101 ⇒ 180, 101 rings
                                          → mtt ⇐ 180, vera hears ringback
             3.0  101 answers             → 101 ⇒ 200, 101 ⇐ ACK, mtt ⇐ 200, mtt ⇒ ACK, vera answered, vera ↔ 101
             9.0  vera hangs up           → mtt ⇒ BYE, record vera→84951234567 by 101 wait 3.0 talk 6.0
                                          → 101 ⇐ BYE (normalClearing), mtt ⇐ 200 BYE, 101 ⇒ 200 BYE
                                          → 101 released (normalClearing)
            """, level: .sip)
        var office = try owned()
        play(
            &office,
            """
            0.0  vera calls 84951234567  → 101 rings, vera hears ringback
            0.5  end                     →
            """)
        let names = office.happenings.compactMap { happening -> String? in
            guard case .message(let message, _, to: "101", _) = happening.what, message.method == .invite else { return nil }
            return message.from.name
        }
        #expect(names == ["Вера Климова, ООО «Лютик»"])
    }

    @Test("R-141, R-026: the owner is silent: after the owner's timer the common scheme with its greeting, not his own rule")
    func silent() throws {
        timeline(
            try owned("set extension 101 no-answer after 5s to extension 104"),
            """
             0.0  vera calls 84951234567  → 101 rings, vera hears ringback
            20.0  ·                       → 101 released (noAnswer), vera answered, vera hears “own/hello”
            24.0  ·                       → 102 rings, vera hears ringback
            30.0  102 answers             → vera ↔ 102
            40.0  vera hangs up           → record vera→84951234567 by 102 wait 30.0 talk 10.0, 102 released (normalClearing)
            """)
    }

    @Test("R-141: the owner is busy or has no phone: the common scheme at once")
    func busy() throws {
        timeline(
            try owned { $0["101"].manners.welcome = .refuse(486) },
            """
             0.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             4.0  ·                       → 102 rings, vera hears ringback
             9.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 9.0, 102 released (cancelled)
            """)
        timeline(
            try owned(),
            """
             0.0  101 unregisters         → 101 unregistered
             1.0  vera calls 84951234567  → vera answered, vera hears “own/hello”
             2.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0
            """)
    }

    @Test("R-027, C-8: the source's own second person comes before the common scheme, whatever the owner's profile says")
    func fallback() throws {
        timeline(
            try owned(
                """
                set office owner timer 10s
                set office owner fallback extension 103
                set extension 101 forward to extension 104
                set extension 103 on-busy to extension 104

                """),
            """
             0.0  vera calls 84951234567  → 101 rings, vera hears ringback
            10.0  ·                       → 101 released (noAnswer), 103 rings
            12.0  103 is busy             → vera answered, vera hears “own/hello”
            16.0  ·                       → 102 rings, vera hears ringback
            17.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 17.0, 102 released (cancelled)
            """)
    }

    @Test("R-139: the look-up hangs: the call goes the common way at its deadline, and a late answer changes nothing")
    func slow() throws {
        timeline(
            try owned { $0.store.lookUpDelay = .seconds(3) },
            """
             0.0  vera calls 84951234567  →
             0.7  ·                       → vera answered, vera hears “own/hello”
             4.7  ·                       → 102 rings, vera hears ringback
             6.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 6.0, 102 released (cancelled)
            """)
    }

    @Test("R-053: two sources disagree: only the one that is active names the owner")
    func sources() throws {
        timeline(
            try owned { office in
                office.store.book[vera]?.hook = .known(name: "Klimova", owner: "103")
            },
            """
             0.0  vera calls 84951234567  → 101 rings, vera hears ringback
             1.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
        timeline(
            try owned("set hook crm url http://127.0.0.1:8900/owner\nset office owner source hook crm") { office in
                office.store.book[vera]?.hook = .known(name: "Klimova", owner: "103")
            },
            """
             0.0  vera calls 84951234567  → 103 rings, vera hears ringback
             1.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, 103 released (cancelled)
            """)
    }

    @Test("R-142: whoever answers an unknown client is his owner from then on; a hidden number has none")
    func learning() throws {
        timeline(
            try office(lines.replacing("set scheme office greeting hello\n", with: "")),
            """
             0.0  vera calls 84951234567  → 102 rings, vera hears ringback
             3.0  102 answers             → vera answered, vera ↔ 102
             9.0  vera hangs up           → record vera→84951234567 by 102 wait 3.0 talk 6.0, 102 released (normalClearing)
            20.0  vera calls 84951234570  → 102 rings, vera hears ringback
            21.0  vera hangs up           → record vera→84951234570 missed (cancelled) wait 1.0, 102 released (cancelled)
            """)
    }

    @Test("R-051, R-052: the first or the last whom the client talked to")
    func firstAndLast() throws {
        for (rule, expected) in [("first", "103"), ("last", "102")] {
            timeline(
                try office(
                    lines.replacing("set scheme office greeting hello\n", with: "") + "set office owner learn \(rule)"),
                """
                 0.0  vera calls 84951234570  → 103 rings, vera hears ringback
                 1.0  103 answers             → vera answered, vera ↔ 103
                 5.0  103 transfers to 102    → 102 rings, 103 hears nothing, vera hears ringback
                 7.0  102 answers             → 103 transfer 200, vera ↔ 102
                20.0  vera hangs up           → record vera→84951234570 by 103 wait 1.0 talk 19.0, 102 released (normalClearing)
                30.0  vera calls 84951234567  → \(expected) rings, vera hears ringback
                31.0  vera hangs up           → record vera→84951234567 missed (cancelled) wait 1.0, \(expected) released (cancelled)
                """)
        }
    }

    @Test("R-147: a client of the class vip rings differently")
    func vip() throws {
        timeline(
            try owned { $0.store.book[vera]?.preset = "vip" },
            """
             0.0  vera calls 84951234567  → mtt ⇒ INVITE 84951234567, mtt ⇐ 100
                                          → 101 ⇐ INVITE 101 ring vip
                                          → 101 ⇒ 180, 101 rings, mtt ⇐ 180, vera hears ringback
             1.0  vera hangs up           → mtt ⇒ CANCEL, mtt ⇐ 200 CANCEL, mtt ⇐ 487
                                          → record vera→84951234567 missed (cancelled) wait 1.0, 101 ⇐ CANCEL (normalClearing)
                                          → mtt ⇒ ACK, 101 ⇒ 200 CANCEL, 101 ⇒ 487, 101 released (cancelled), 101 ⇐ ACK
            """, level: .sip)
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set extension 103 name C
        set extension 104 name D
        set department sales number 200
        set department sales member 102
        set trunk mtt peer 203.0.113.10
        set number +74951234567 trunk mtt scheme office
        set number +74951234570 trunk mtt direct 103
        set scheme office otherwise to department sales
        set scheme office greeting hello
        set route out mask 8* trunk mtt

        """
}
