import Simulation
import Telephony
import Testing

@Suite("Employees away from their desks")
struct Mobiles {
    /// `isThere`: his desk telephone is not.
    private func office(_ more: String, isThere away: String? = nil) throws -> SimulatedOffice {
        var office = try Scenarios.office(
            twoDesks + """
                set trunk mtt peer 203.0.113.10
                set trunk mtt channels 4
                set department sales number 200
                set department sales member 102
                set number * trunk mtt scheme office
                set scheme office otherwise to department sales
                set route out mask 8* trunk mtt
                set route e164 mask +* trunk mtt

                """ + more,
            people: ["+79161234567": "vera", "+79031112233": "oleg", "+79045556677": "ira"])
        if let away {
            try office.perform(Deed("\(away) unregisters"))
            office.run(for: .seconds(1))
        }
        return office
    }

    @Test("R-035: a member outside rings with the others, and takes the call by pressing 1")
    func outsideMember() throws {
        timeline(
            try office("set department sales member external:+79031112233"),
            """
             0.0  vera calls +74951234567  → 102 rings, oleg rings, vera hears ringback
             5.0  oleg answers             → oleg hears “ru/press-1-to-accept”
             6.0  oleg presses 5           →
             6.5  oleg presses 1           → 102 released (answeredElsewhere), vera answered, vera ↔ oleg
            16.5  vera hangs up            → record vera→+74951234567 by oleg wait 6.5 talk 10.0, oleg released (normalClearing)
            """)
    }

    @Test("R-039: a machine that picks up does not swallow the call: it has its time, the others ring on, the chain goes on")
    func machine() throws {
        timeline(
            try office(
                """
                set department sales member external:+79031112233
                set department sales no-answer after 30s to extension 103
                """),
            """
             0.0  vera calls +74951234567  → 102 rings, oleg rings, vera hears ringback
             5.0  oleg answers             → oleg hears “ru/press-1-to-accept”
             9.0  ·                        → oleg hears nothing
            22.0  ·                        → oleg released (noAnswer)
            30.0  ·                        → 102 released (noAnswer), 103 rings
            31.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 31.0, 103 released (cancelled)
            """)
    }

    @Test("R-039: picked up by a machine is not unreachable: the rule for that does not hold, the next link does")
    func machineIsThere() throws {
        timeline(
            try office(
                """
                set extension 103 mobile +79031112233
                set extension 103 on-unreachable to extension 101
                set extension 103 no-answer after 60s to extension 102 announce none
                """, isThere: "103"),
            """
             0.0  101 dials 103   → oleg rings, 101 hears ringback
             5.0  oleg answers    → oleg hears “ru/press-1-to-accept”
             9.0  ·               → oleg hears nothing
            22.0  ·               → oleg released (noAnswer), 102 rings
            23.0  101 hangs up    → record 101→103 missed (cancelled) wait 23.0, 102 released (cancelled)
            """)
    }

    @Test("R-087: one telephone outside is offered one call at a time, in however many departments and spellings it stands")
    func oneTelephone() throws {
        timeline(
            try office(
                """
                set department sales member external:+79031112233
                set department support number 201
                set department support member external:89031112233
                set department support member 103
                set extension 101 mobile +79031112233
                set number +74951234571 trunk mtt scheme support
                set scheme support otherwise to department support
                """),
            """
             0.0  vera calls +74951234567         → 102 rings, oleg rings, vera hears ringback
             1.0  +79160000001 calls +74951234571 → 103 rings, +79160000001 hears ringback
             2.0  103 hangs up                    →
             3.0  103 dials 101                   → 101 rings, 103 hears ringback
             4.0  103 hangs up                    → record 103→101 missed (cancelled) wait 1.0, 101 released (cancelled)
             5.0  vera hangs up                   → record vera→+74951234567 missed (cancelled) wait 5.0, 102 released (cancelled), oleg released (cancelled)
            """)
    }

    @Test("Two pick up at once: who presses 1 has it; the desk phone that answers meanwhile is faster still")
    func race() throws {
        timeline(
            try office("set department sales member external:+79031112233\nset department sales member external:+79045556677"),
            """
             0.0  vera calls +74951234567  → 102 rings, oleg rings, ira rings, vera hears ringback
             5.0  oleg answers             → oleg hears “ru/press-1-to-accept”
             5.5  ira answers              → ira hears “ru/press-1-to-accept”
             6.0  102 answers              → oleg released (answeredElsewhere), ira released (answeredElsewhere), vera answered
                                           → vera ↔ 102
             9.0  vera hangs up            → record vera→+74951234567 by 102 wait 6.0 talk 3.0, 102 released (normalClearing)
            """)
    }

    @Test("The caller gives up while somebody outside hears that he shall press 1")
    func givenUp() throws {
        timeline(
            try office("set department sales member external:+79031112233"),
            """
             0.0  vera calls +74951234567  → 102 rings, oleg rings, vera hears ringback
             5.0  oleg answers             → oleg hears “ru/press-1-to-accept”
             6.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 6.0, 102 released (cancelled)
                                           → oleg released (normalClearing)
            """)
    }

    @Test("An employee's mobile rings with his phone; a no on one of them stops both; he is engaged on either")
    func mobile() throws {
        timeline(
            try office("set extension 102 mobile +79031112233\nset extension 102 calls 1"),
            """
             0.0  103 dials 102   → 102 rings, oleg rings, 103 hears ringback
             4.0  102 declines    → record 103→102 missed (declined) wait 4.0, oleg released (answeredElsewhere)
                                  → 103 released (declined)
            10.0  103 dials 102   → 102 rings, oleg rings, 103 hears ringback
            14.0  oleg answers    → oleg hears “ru/press-1-to-accept”
            15.0  oleg presses 1  → 102 released (answeredElsewhere), 103 answered, 103 ↔ oleg
            20.0  101 dials 102   → record 101→102 missed (busy) wait 0.0, 101 released (busy)
            30.0  103 hangs up    → record 103→102 by 102 wait 5.0 talk 15.0, oleg released (normalClearing)
            """)
    }

    @Test("R-059 without a phone at the desk the mobile alone is rung")
    func onlyMobile() throws {
        timeline(
            try office("set extension 102 mobile +79031112233"),
            """
             0.0  102 unregisters          → 102 unregistered
             1.0  vera calls +74951234567  → oleg rings, vera hears ringback
             2.0  vera hangs up            → record vera→+74951234567 missed (cancelled) wait 1.0, oleg released (cancelled)
            """)
    }
}
