import Simulation
import Telephony
import Testing

/// The clock begins on Monday 2026-11-23 at 10:00.
@Suite("Lamps of busy people (RFC 4235), departments, the night key and missed calls")
struct BusyLamps {
    private let lines =
        twoDesks + """
            set office hours mon-fri 09:00-18:00
            set trunk mtt peer 203.0.113.10
            set number +74951234570 trunk mtt direct 102
            set number +74951234567 trunk mtt scheme office
            set route out mask 8* trunk mtt
            set route world mask 7* trunk mtt
            set department sales name "Отдел продаж" number 200 member 101 member 102
            set department sales no-answer after 20s to busy
            set scheme office rule 10 when closed to busy
            set scheme office otherwise to department sales
            set scheme office night-key 1

            """

    @Test("A key blinks while it rings there, with the caller, is lit in the talk, and dark after it; nobody else is told")
    func extensionLamp() throws {
        timeline(
            try office(lines),
            """
             0.0  103 watches 102          → 103 sees 102 terminated
             1.0  101 watches 103          → 101 sees 103 terminated
             5.0  vera calls +74951234570  → 102 rings, 103 sees 102 early from +79161234567, vera hears ringback
            10.0  102 answers              → vera answered, 103 sees 102 confirmed, vera ↔ 102
            20.0  vera hangs up            → record vera→+74951234570 by 102 wait 5.0 talk 10.0
                                           → 102 released (normalClearing), 103 sees 102 terminated
            30.0  102 dials 101            → 101 rings, 103 sees 102 confirmed, 102 hears ringback
            32.0  102 hangs up             → record 102→101 missed (cancelled) wait 2.0, 101 released (cancelled)
                                           → 103 sees 102 terminated
            40.0  103 unwatches 102        →
            50.0  101 dials 102            → 102 rings, 101 hears ringback
            51.0  101 hangs up             → record 101→102 missed (cancelled) wait 1.0, 102 released (cancelled)
            """)
    }

    @Test("Two changes within a second: the last one is told, after a second")
    func pace() throws {
        timeline(
            try office(lines),
            """
             0.0  103 watches 102  → 103 sees 102 terminated
             5.0  101 dials 102    → 102 rings, 103 sees 102 early from Анна Петрова, 101 hears ringback
             5.3  102 answers      → 101 answered, 101 ↔ 102
             5.6  101 hangs up     → record 101→102 by 102 wait 0.3 talk 0.3, 102 released (normalClearing)
             6.0  ·                → 103 sees 102 terminated
            """)
    }

    @Test("R-160: who rests, or is not to be disturbed, is engaged to colleagues; two stars on a key turn it round")
    func states() throws {
        timeline(
            try office(lines + "set department sales wrap-up 15s\n"),
            """
             0.0  103 watches 102          → 103 sees 102 terminated
             1.0  102 watches **26         → 102 sees **26 terminated
             5.0  102 dials **26           → 102 answered, 103 sees 102 confirmed, 102 sees **26 confirmed
                                           → 102 hears “ru/dnd-on”
             7.0  ·                        → record 102→**26 served (normalClearing) wait 2.0, 102 released (normalClearing)
            10.0  102 dials **26           → 102 answered, 102 sees **26 terminated, 102 hears “ru/dnd-off”
            12.0  ·                        → record 102→**26 served (normalClearing) wait 2.0, 102 released (normalClearing)
                                           → 103 sees 102 terminated
            20.0  vera calls +74951234567  → 101 rings, 102 rings, 103 sees 102 early from +79161234567, vera hears ringback
            22.0  102 answers              → 101 released (answeredElsewhere), vera answered, 103 sees 102 confirmed
                                           → vera ↔ 102
            30.0  vera hangs up            → record vera→+74951234567 by 102 wait 2.0 talk 8.0
                                           → 102 released (normalClearing)
            45.0  ·                        → 103 sees 102 terminated
            """)
    }

    @Test("A department: it blinks while somebody waits for it, and is lit while nobody of it is free")
    func department() throws {
        timeline(
            try office(lines),
            """
             0.0  103 watches 200          → 103 sees 200 terminated
             1.0  vera calls +74951234567  → 101 rings, 102 rings, 103 sees 200 early from +79161234567, vera hears ringback
             3.0  101 answers              → 102 released (answeredElsewhere), vera answered, 103 sees 200 terminated
                                           → vera ↔ 101
             5.0  102 dials 103            → 103 rings, 103 sees 200 confirmed, 102 hears ringback
             7.0  102 hangs up             → record 102→103 missed (cancelled) wait 2.0, 103 released (cancelled)
                                           → 103 sees 200 terminated
             9.0  vera hangs up            → record vera→+74951234567 by 101 wait 2.0 talk 6.0
                                           → 101 released (normalClearing)
            """)
    }

    @Test("R-186: the night key is lit while it is pressed, by whomever; its own key turns it round, morning puts it out")
    func night() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  101 watches **90         → 101 sees **90 terminated
             1.0  102 watches *90*1        → 102 sees *90*1 terminated
             2.0  101 dials **90           → 101 answered, 101 sees **90 confirmed, 102 sees *90*1 confirmed
                                           → 101 hears “ru/night-on”
             4.0  ·                        → record 101→**90 served (normalClearing) wait 2.0, 101 released (normalClearing)
             8.0  night key 1 is released  → 101 sees **90 terminated, 102 sees *90*1 terminated
            10.0  night key 1 is pressed   → 101 sees **90 confirmed, 102 sees *90*1 confirmed
            """)
        // On Tuesday at nine; phones refresh their keys meanwhile.
        for _ in 0..<160 {
            office.run(for: .seconds(520))
            for phone in ["101", "102"] { try office.perform(Deed("\(phone) watches \(phone == "101" ? "**90" : "*90*1")")) }
        }
        let lit = office.happenings.compactMap { happening -> String? in
            guard case .noticed(.shows("**90", let what), let who, _) = happening.what else { return nil }
            return "\(who) \(what)"
        }
        #expect(lit.last == "101 terminated")
        #expect(office.exchange?.nights(at: office.moment) == [:])
    }

    @Test("R-107, R-111: the key of missed calls is lit until a real talk; pressed it calls back whoever waits longest")
    func missed() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  102 watches *69          → 102 sees *69 terminated
             1.0  101 watches *69*200      → 101 sees *69*200 terminated
             2.0  103 watches *69*200      → 103 sees no *69*200 (403)
             5.0  vera calls +74951234570  → 102 rings, vera hears ringback
             8.0  vera hangs up            → record vera→+74951234570 missed (cancelled) wait 3.0, 102 released (cancelled)
                                           → 102 sees *69 confirmed
            10.0  102 dials *69            → 102 answered
                                           → 102 hears “ru/n1 ru/missed-call-one ru/n8 ru/pause ru/n9 ru/n1 ru/n6 ru/pause ru/n1 ru/n2 ru/n3 ru/pause ru/n4 ru/n5 ru/pause ru/n6 ru/n7 ru/waiting-time ru/n2-feminine ru/second-few ru/to-call-back ru/n1 ru/to-next ru/n2”
            14.0  102 presses 1            → record 102→*69 served (normalClearing) wait 4.0, vera rings, 102 hears ringback
            20.0  vera answers             → 102 ↔ vera
            21.0  ·                        → 102 sees *69 terminated
            30.0  vera hangs up            → record 102→vera by 102 wait 6.0 talk 10.0
                                           → 102 released (normalClearing)
            40.0  102 dials *69            → 102 answered, 102 hears “ru/n0 ru/missed-call-many”
            44.0  ·                        → record 102→*69 served (normalClearing) wait 4.0, 102 released (normalClearing)
            50.0  103 dials *69*200        → 103 answered, 103 hears “ru/not-permitted”
            52.0  ·                        → record 103→*69*200 served (normalClearing) wait 2.0
                                           → 103 released (normalClearing)
            """)
    }

    @Test("Presence: open, busy in a call, closed without a telephone")
    func presence() throws {
        timeline(
            try office(lines),
            """
             0.0  103 watches presence of 102  → 103 sees 102 open
             5.0  102 dials 101                → 101 rings, 103 sees 102 open busy, 102 hears ringback
            12.0  102 hangs up                 → record 102→101 missed (cancelled) wait 7.0, 101 released (cancelled)
                                               → 103 sees 102 open
            20.0  102 unregisters              → 102 unregistered, 103 sees 102 closed
            """)
    }

    @Test("What is not there has no lamp; a phone that starts anew watches anew, and what it has forgotten is dropped")
    func subscriptions() throws {
        var office = try office(lines)
        play(
            &office,
            """
             0.0  103 watches 999   → 103 sees no 999 (404)
             1.0  103 watches *21   → 103 sees no *21 (404)
             2.0  103 watches 102   → 103 sees 102 terminated
             3.0  103 reboots       →
             4.0  103 registers     → 103 registered
             5.0  103 watches 102   → 103 sees 102 terminated
             6.0  102 dials 101     → 101 rings, 103 sees 102 confirmed, 102 hears ringback
             8.0  102 hangs up      → record 102→101 missed (cancelled) wait 2.0, 101 released (cancelled)
                                    → 103 sees 102 terminated
            10.0  end               →
            """)
        let lamps = try #require(office.exchange).lamps(at: office.moment)
        #expect(lamps.map(\.account) == ["103"] && lamps.map(\.resource) == ["102"] && lamps.map(\.light) == [.dark])
    }
}
