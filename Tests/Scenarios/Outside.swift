import Simulation
import Telephony
import Testing

@Suite("The outside world")
struct Outside {
    @Test("A personal number rings its person")
    func direct() throws {
        timeline(
            try office(lines),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
            13.0  vera hangs up            → record vera→+74951234570 by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
    }

    @Test("A company number goes by its scheme")
    func scheme() throws {
        timeline(
            try office(lines),
            """
             0.0  vera calls 84951234567  → 102 rings, vera hears ringback
             3.0  102 answers             → vera answered, vera ↔ 102
            13.0  102 hangs up            → record vera→84951234567 by 102 wait 3.0 talk 10.0, vera released (normalClearing)
            """)
    }

    @Test("A number that is not ours")
    func unknownNumber() throws {
        timeline(
            try office(lines),
            """
            0.0  vera calls +74950000000  → record vera→+74950000000 refused (unallocated) wait 0.0
                                          → vera released (unallocated)
            """)
    }

    @Test("Out by the route: the number normalised, the company's number shown")
    func out() throws {
        timeline(
            try office(lines),
            """
             0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 180, vera rings
                                         → 101 ⇐ 180, 101 hears ringback
             5.0  vera answers           → mtt ⇒ 200, mtt ⇐ ACK, 101 ⇐ 200, 101 ⇒ ACK, 101 answered, 101 ↔ vera
            25.0  vera hangs up          → mtt ⇒ BYE, record 101→vera by 101 wait 5.0 talk 20.0, 101 ⇐ BYE (normalClearing)
                                         → mtt ⇐ 200 BYE, 101 ⇒ 200 BYE, 101 released (normalClearing)
            """, level: .sip)
    }

    @Test("Nobody outside answers, and the caller gives up")
    func outCancelled() throws {
        timeline(
            try office(lines),
            """
            0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            5.0  101 hangs up           → record 101→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
    }

    @Test("The provider refuses")
    func refused() throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .refuse(503) },
            """
            0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 503, mtt ⇐ ACK
                                        → record 101→vera missed (noCircuit) wait 0.0, 101 ⇐ 503, 101 ⇒ ACK
                                        → 101 released (noCircuit)
            """, level: .sip)
    }

    @Test("The first provider refuses, the second takes the call")
    func secondTrunk() throws {
        timeline(
            try office(lines + "set trunk beeline peer 203.0.113.20\nset route city mask 8########## trunk mtt then beeline") {
                $0["mtt"].manners.welcome = .refuse(503)
            },
            """
            0.0  101 dials 89161234567  → 101 ⇒ INVITE 89161234567, 101 ⇐ 100, mtt ⇐ INVITE 89161234567, mtt ⇒ 503, mtt ⇐ ACK
                                        → beeline ⇐ INVITE 89161234567, beeline ⇒ 180, vera rings, 101 ⇐ 180
                                        → 101 hears ringback
            3.0  101 hangs up           → 101 ⇒ CANCEL, 101 ⇐ 200 CANCEL, 101 ⇐ 487
                                        → record 101→vera missed (cancelled) wait 3.0, beeline ⇐ CANCEL (normalClearing)
                                        → 101 ⇒ ACK, beeline ⇒ 200 CANCEL, beeline ⇒ 487, vera released (cancelled)
                                        → beeline ⇐ ACK
            """, level: .sip)
    }

    @Test("Early media: the far network's own ringback is heard")
    func earlyMedia() throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .earlyMedia },
            """
            0.0  101 dials 89161234567  → vera rings, 101 ↔ vera
            5.0  vera answers           → 101 answered
            9.0  101 hangs up           → record 101→vera by 101 wait 5.0 talk 4.0, vera released (normalClearing)
            """)
    }

    @Test(
        "A network that describes its voice and is silent: once it has said that it rings, a ringback of ours, until it is heard")
    func silentProgress() throws {
        var office = try office(lines) { office in
            office["mtt"].manners.welcome = .earlyMedia
            office["mtt"].isMuted = true
        }
        play(
            &office,
            """
             0.0  101 dials 89161234567  → vera rings, vera hears 101
             2.0  mtt ⇒ 180              → 101 hears ringback, vera hears nothing
             2.5  mtt ⇒ 180              →
             6.0  mtt speaks again       → 101 ↔ vera
             8.0  vera answers           → 101 answered
             9.0  101 hangs up           → record 101→vera by 101 wait 8.0 talk 1.0, vera released (normalClearing)
            10.0  mtt falls silent       →
            11.0  101 dials 89161234567  → vera rings, vera hears 101
            11.1  mtt ⇒ 180              →
            11.3  ·                      → 101 hears ringback, vera hears nothing
            12.0  vera answers           → 101 answered, 101 hears nothing, vera hears 101
            13.0  101 hangs up           → record 101→vera by 101 wait 1.0 talk 1.0, vera released (normalClearing)
            """)
        // It rings first, and describes its voice afterwards: the phone's own ringback ends with that.
        office["mtt"].manners.welcome = .ring
        play(
            &office,
            """
            20.0  101 dials 89161234567  → vera rings, 101 hears ringback
            22.0  mtt ⇒ 183              → 101 hears nothing, vera hears 101
            22.3  ·                      → 101 hears ringback, vera hears nothing
            25.0  101 hangs up           → record 101→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
    }

    @Test("R-047: keys of a client that come by INFO or as tones reach the employee, once each, as those by RFC 4733 do")
    func keysByEachWay() throws {
        timeline(
            try office(lines),
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
             4.0  vera presses 1           → 101 gets 1
             5.0  vera signals 2           → 101 gets 2
             6.0  vera presses 3           → 101 gets 3
             7.0  vera signals 4           → 101 gets 4
             7.1  vera presses 4           →
             8.0  vera sounds 5            → 101 gets 5
            13.0  vera hangs up            → record vera→+74951234570 by 101 wait 3.0 talk 10.0, 101 released (normalClearing)
            """)
    }

    @Test("Ports that another program holds are passed over, and told; no call is lost by it")
    func portsHeld() throws {
        var office = try office(lines + "set media ports 10000-10015\n") { office in
            office.media.takenPorts = [10_000, 10_004, 10_006, 10_010]
        }
        for _ in 0..<6 {
            try office.perform(Deed("vera calls +74951234570"))
            office.run(for: .seconds(2))
            try office.perform(Deed("101 answers"))
            office.run(for: .seconds(2))
            try office.perform(Deed("vera hangs up"))
            office.run(for: .seconds(2))
        }
        #expect(office.store.records.count == 6 && office.store.records.allSatisfy { $0.result == .answered })
        #expect(office.exchange?.missingPorts.heldByOthers == [10_000, 10_004, 10_006, 10_010])
        #expect(office.exchange?.mediaPorts.free == 4 && office.faults.isEmpty && office.media.faults.isEmpty)
        // The other program ends: its ports are ours again.
        office.media.takenPorts = []
        office.run(for: .seconds(60))
        try office.perform(Deed("vera calls +74951234570"))
        office.run(for: .seconds(2))
        try office.perform(Deed("vera hangs up"))
        office.run(for: .seconds(2))
        #expect(office.exchange?.missingPorts.heldByOthers == [] && office.exchange?.mediaPorts.free == 8)
    }

    @Test("Where no two ports are left a call is refused before anybody rings, and told when to try again")
    func portsExhausted() throws {
        let office = try office(lines + "set media ports 10000-10007\n") { $0.media.takenPorts = [10_002, 10_006] }
        var played = office
        play(
            &played,
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
             4.0  102 dials 101            → record 102→101 refused (noCircuit) wait 0.0, 102 released (noCircuit)
             9.0  vera hangs up            → record vera→+74951234570 by 101 wait 3.0 talk 6.0, 101 released (normalClearing)
            10.0  102 dials 101            → 101 rings, 102 hears ringback
            11.0  102 hangs up             → record 102→101 missed (cancelled) wait 1.0, 101 released (cancelled)
            """)
        let refusals = played.happenings.compactMap { happening in
            if case .message(let message, _, "102", _) = happening.what, message.status == 503 { message } else { nil }
        }
        #expect(refusals.first?.header("Retry-After") == "10")
        #expect(played.exchange?.portless.legs == 1)
    }

    @Test("A caller who takes the last two ports leaves none for whoever would ring: it is refused, and health knows")
    func lastPorts() throws {
        var office = try office(lines + "set media ports 10000-10005\n")
        play(
            &office,
            """
             0.0  vera calls +74951234570  → 101 rings, vera hears ringback
             3.0  101 answers              → vera answered, vera ↔ 101
             4.0  102 dials 101            → record 102→101 refused (noCircuit) wait 0.0, 102 released (noCircuit)
             9.0  vera hangs up            → record vera→+74951234570 by 101 wait 3.0 talk 6.0, 101 released (normalClearing)
            """)
        #expect(office.exchange?.portless.legs == 1)
        #expect(office.exchange?.mediaPorts.free == 3)
    }

    @Test("No right to call there")
    func forbidden() throws {
        timeline(
            try office(lines + "set extension 101 class internal"),
            """
            0.0  101 dials 89161234567  → record 101→vera refused (forbidden) wait 0.0, 101 released (declined)
            """)
    }

    @Test("From outside through a forward and out again")
    func throughAndOut() throws {
        timeline(
            try office(lines + "set extension 101 forward to external +79167654321"),
            """
            0.0  vera calls +74951234570  → 79167654321 rings, vera hears ringback
            4.0  +79167654321 answers     → 79167654321 hears “ru/press-1-to-accept”
            5.0  +79167654321 presses 1   → vera answered, vera ↔ 79167654321
            9.0  vera hangs up            → record vera→+74951234570 by +79167654321 wait 5.0 talk 4.0
                                          → 79167654321 released (normalClearing)
            """)
    }

    private let lines = """
        set extension 101 name A
        set extension 102 name B
        set department sales name Sales
        set department sales number 200
        set department sales member 102
        set trunk mtt peer 203.0.113.10
        set trunk mtt caller-id +74951234567
        set number +74951234567 trunk mtt scheme office label "Москва"
        set number +74951234570 trunk mtt direct 101
        set scheme office otherwise to department sales
        set route city mask 8########## trunk mtt
        set route world mask +* trunk mtt

        """

    @Test("A network that shows a code for a number shows none: it is never dialled back")
    func codeForANumber() throws {
        timeline(
            try office(twoDesks + "set trunk mtt peer 203.0.113.10\nset number * direct 102\n"),
            """
             0.0  +7*21*101# calls +74951234567  → 102 rings, +7*21*101# hears ringback
             1.0  +7*21*101# hangs up            → record →+74951234567 missed (cancelled) wait 1.0, 102 released (cancelled)
            """)
    }
}
