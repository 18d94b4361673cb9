import Simulation
import Telephony
import Testing

/// Three desks, a number of 101's, and three places to park.
private let company =
    twoDesks + """
        set trunk mtt peer 203.0.113.10
        set number +74951234570 trunk mtt direct 101
        set parking number 70
        set parking slots 71 72
        set parking recall 30s

        """

@Suite("Parking")
struct Parkings {
    private func talking(_ more: String = "") throws -> SimulatedOffice {
        var office = try office(
            company + more, people: ["+79161234567": "vera", "+79161112233": "oleg", "+79163334455": "ira"])
        play(
            &office,
            """
            0.0  vera calls +74951234570  → 101 rings, vera hears ringback
            1.0  101 answers              → vera answered, vera ↔ 101
            1.0  end                      →
            """)
        return office
    }

    @Test("##70: parked in the first free slot, which is said; dialled from another telephone the client is there")
    func parkAndTake() throws {
        var office = try talking()
        play(
            &office,
            """
             4.0  101 presses ##70#  → 101 hears “ru/parked-at ru/n7 ru/n1”, vera hears music
             5.0  end                →
            """)
        let view = office.exchange?.calls.first
        #expect(view?.state == .parked && view?.slot == "71")
        play(
            &office,
            """
             5.0  ·             → 101 released (normalClearing)
             9.0  102 dials 71  → record 102→71 served (normalClearing) wait 0.0, 102 answered, 102 ↔ vera
            19.0  102 hangs up  → record vera→+74951234570 by 101 wait 1.0 talk 24.0, vera released (normalClearing)
            """)
    }

    @Test("Nobody takes him: he comes back to whoever parked him, marked, and then the common rules hold")
    func recall() throws {
        timeline(
            try talking("set extension 101 no-answer after 20s to extension 103 announce none"),
            """
             4.0  101 presses ##72#  → 101 hears “ru/parked-at ru/n7 ru/n2”, vera hears music
             5.0  101 hangs up       →
            34.0  ·                  → 101 rings, vera hears ringback
            54.0  ·                  → 101 released (noAnswer), 103 rings
            55.0  vera hangs up      → record vera→+74951234570 by 101 wait 1.0 talk 55.0, 103 released (cancelled)
            """)
    }

    @Test("The place is taken, or all are: told by voice, and the call is kept; who hung up has the client back")
    func full() throws {
        timeline(
            try talking("set extension 101 calls 4"),
            """
             4.0  101 presses ##71#        → 101 hears “ru/parked-at ru/n7 ru/n1”, vera hears music
             7.0  oleg calls +74951234570  → 101 rings, oleg hears ringback
             8.0  101 answers              → oleg answered, oleg ↔ 101
             9.0  101 presses ##71#        → 101 hears “ru/park-failed”, oleg hears music
            10.0  ·                        → 101 released (normalClearing)
            11.0  ·                        → oleg ↔ 101
            12.0  101 presses ##70#        → 101 hears “ru/parked-at ru/n7 ru/n2”, oleg hears music
            16.0  ira calls +74951234570   → 101 rings, ira hears ringback
            17.0  101 answers              → ira answered, ira ↔ 101
            18.0  ·                        → 101 released (normalClearing)
            18.0  101 presses ##70         → 101 hears nothing, ira hears music
            19.0  101 hangs up             → 101 rings, ira hears ringback
            20.0  101 answers              → ira ↔ 101
            21.0  ira hangs up             → record ira→+74951234570 by 101 wait 1.0 talk 4.0, 101 released (normalClearing)
            22.0  vera hangs up            → record vera→+74951234570 by 101 wait 1.0 talk 22.0
            23.0  oleg hangs up            → record oleg→+74951234570 by 101 wait 1.0 talk 15.0
            """)
    }

    @Test("By the telephone's own transfer; two dial the place at once: one has the client, the other hears that nobody is there")
    func race() throws {
        timeline(
            try talking(),
            """
             4.0  101 transfers to 70  → 101 transfer 200, vera hears music
             9.0  102 dials 71         → record 102→71 served (normalClearing) wait 0.0, 102 answered, 102 ↔ vera
             9.0  103 dials 71         → 103 answered, 103 hears “ru/park-empty”
            11.0  ·                    → record 103→71 served (normalClearing) wait 2.0, 103 released (normalClearing)
            19.0  vera hangs up        → record vera→+74951234570 by 101 wait 1.0 talk 19.0, 102 released (normalClearing)
            """)
    }

    @Test("The client hangs up in the slot; the slot is free again")
    func clientGone() throws {
        timeline(
            try talking(),
            """
             4.0  101 presses ##71#  → 101 hears “ru/parked-at ru/n7 ru/n1”, vera hears music
             5.0  vera hangs up      → record vera→+74951234570 by 101 wait 1.0 talk 5.0, 101 released (normalClearing)
             9.0  102 dials 71       → 102 answered, 102 hears “ru/park-empty”
            11.0  ·                  → record 102→71 served (normalClearing) wait 2.0, 102 released (normalClearing)
            """)
    }
}
