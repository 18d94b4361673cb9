import Simulation
import Telephony
import Testing

/// Sales (101, 102) and the stock (103); a number for sales and one for 101.
private let company = """
    set extension 101 name "Анна Петрова"
    set extension 102 name "Борис"
    set extension 103 name "Вера"
    set extension 104 name "Глеб"
    set department sales number 200
    set department sales member 101
    set department sales member 102
    set trunk mtt peer 203.0.113.10
    set number +74951234567 trunk mtt scheme main
    set number +74951234570 trunk mtt direct 101
    set scheme main otherwise to department sales

    """

@Suite("Call pickup")
struct Pickups {
    @Test("A colleague's direct call is taken by *8; the record says who took it, and why")
    func group() throws {
        var office = try office(company)
        play(
            &office,
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            4.0  102 dials *8             → record 102→*8 served (normalClearing) wait 0.0, 102 answered
                                          → 101 released (answeredElsewhere), vera answered, 102 ↔ vera
            9.0  vera hangs up            → record vera→+74951234570 by 102 wait 4.0 talk 5.0, 102 released (normalClearing)
            """)
        let record = office.store.records.last { $0.direction == .incoming }
        #expect(record?.legs.map(\.target) == ["101", "102"])
        #expect(record?.legs.map(\.outcome) == [.elsewhere, .answered])
        #expect(record?.reasons.last?.because.text(in: .en) == "102 picked up the call at 101")
        #expect(office.store.tasks.isEmpty)
    }

    @Test("D-23: telephones that rang are told that somebody took the call")
    func reason() throws {
        timeline(
            try office(company),
            """
            0.0  vera calls +74951234567  → mtt ⇒ INVITE +74951234567, mtt ⇐ 100, 101 ⇐ INVITE 101, 102 ⇐ INVITE 102, 101 ⇒ 180
                                          → 101 rings, 102 ⇒ 180, 102 rings, mtt ⇐ 180, vera hears ringback
            4.0  103 dials *8*200#        → 103 ⇒ INVITE *8*200#, 103 ⇐ 100
                                          → record 103→*8*200# served (normalClearing) wait 0.0, 103 ⇐ 200
                                          → 101 ⇐ CANCEL (answeredElsewhere), 102 ⇐ CANCEL (answeredElsewhere), mtt ⇐ 200
                                          → 103 ⇒ ACK, 103 answered, 101 ⇒ 200 CANCEL, 101 ⇒ 487
                                          → 101 released (answeredElsewhere), 102 ⇒ 200 CANCEL, 102 ⇒ 487
                                          → 102 released (answeredElsewhere), mtt ⇒ ACK, vera answered, 101 ⇐ ACK, 102 ⇐ ACK
                                          → 103 ↔ vera
            9.0  vera hangs up            → mtt ⇒ BYE, record vera→+74951234567 by 103 wait 4.0 talk 5.0
                                          → 103 ⇐ BYE (normalClearing), mtt ⇐ 200 BYE, 103 ⇒ 200 BYE
                                          → 103 released (normalClearing)
            """, level: .sip)
    }

    @Test("The call of a given telephone, of a department; who waits longest comes first")
    func given() throws {
        timeline(
            try office(company, people: ["+79161234567": "vera", "+79161112233": "oleg"]),
            """
            0.0  vera calls +74951234567  → 101 rings, 102 rings, vera hears ringback
            1.0  104 dials 103            → 103 rings, 104 hears ringback
            4.0  101 dials *8*103#        → record 101→*8*103# served (normalClearing) wait 0.0, 101 answered
                                          → 103 released (answeredElsewhere), 104 answered, 101 ↔ 104
            9.0  104 hangs up             → record 104→103 by 101 wait 3.0 talk 5.0, 101 released (normalClearing)
            """)
    }

    @Test("R-004: whose calls may be taken is said for each extension; nothing to take, a wrong number: told by voice")
    func rights() throws {
        timeline(
            try office(company + "set extension 101 pickup off\nset extension 103 pickup department"),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             1.0  102 dials *8             → 102 answered, 102 hears “ru/not-permitted”
             3.0  ·                        → record 102→*8 served (normalClearing) wait 2.0, 102 released (normalClearing)
             4.0  102 dials *8*101#        → 102 answered, 102 hears “ru/not-permitted”
             6.0  ·                        → record 102→*8*101# served (normalClearing) wait 2.0, 102 released (normalClearing)
             7.0  101 dials *8*101#        → record 101→*8*101# served (normalClearing) wait 0.0, 101 answered
                                           → 101 released (answeredElsewhere), vera answered, 101 ↔ vera
             9.0  vera hangs up            → record vera→+74951234570 by 101 wait 7.0 talk 2.0, 101 released (normalClearing)
            12.0  102 dials *8             → 102 answered, 102 hears “ru/pickup-nothing”
            14.0  ·                        → record 102→*8 served (normalClearing) wait 2.0, 102 released (normalClearing)
            16.0  102 dials *8*999#        → 102 answered, 102 hears “ru/invalid”
            18.0  ·                        → record 102→*8*999# served (normalClearing) wait 2.0, 102 released (normalClearing)
            20.0  104 dials 103            → 103 rings, 104 hears ringback
            21.0  101 dials *8*103#        → 101 answered, 101 hears “ru/not-permitted”
            23.0  ·                        → record 101→*8*103# served (normalClearing) wait 2.0, 101 released (normalClearing)
            24.0  104 hangs up             → record 104→103 missed (cancelled) wait 4.0, 103 released (cancelled)
            """)
    }

    @Test("The one who is called answers in the very moment: one of the two has the call, and the other one is let go")
    func race() throws {
        timeline(
            try office(company),
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            4.0  101 answers              → vera answered, vera ↔ 101
            4.0  102 dials *8             → 102 answered, 102 hears “ru/pickup-nothing”
            6.0  ·                        → record 102→*8 served (normalClearing) wait 2.0, 102 released (normalClearing)
            9.0  vera hangs up            → record vera→+74951234570 by 101 wait 4.0 talk 5.0, 101 released (normalClearing)
            """)
        timeline(
            try office(company),
            """
            0.0  vera calls +74951234570         → 101 rings, vera hears ringback
            3.0  our next CANCEL to 101 is lost  →
            4.0  102 dials *8                    → record 102→*8 served (normalClearing) wait 0.0, 102 answered, vera answered
                                                 → 102 ↔ vera
            4.2  101 answers                     → 101 released (answeredElsewhere)
            9.0  vera hangs up                   → record vera→+74951234570 by 102 wait 4.0 talk 5.0
                                                 → 102 released (normalClearing)
            """)
    }

    @Test("A transferred call is taken, and a consultation: each goes on as if the one who was called had answered")
    func transferred() throws {
        timeline(
            try office(company),
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            1.0  101 answers              → vera answered, vera ↔ 101
            3.0  101 presses ##103        → 101 hears nothing, vera hears music
            4.0  101 hangs up             → 103 rings, vera hears ringback
            6.0  102 dials *8*103#        → record 102→*8*103# served (normalClearing) wait 0.0, 102 answered
                                          → 103 released (answeredElsewhere), 102 ↔ vera
            9.0  vera hangs up            → record vera→+74951234570 by 101 wait 1.0 talk 8.0, 102 released (normalClearing)
            """)
    }
}
