import Exchange
import FollowUp
import Signalling
import Simulation
import Telephony
import Testing

@Suite("Calls out: failover, budgets, reserves, help")
struct Outgoing {
    private let people = ["+79161234567": "vera", "+78121234567": "petr", "+74991234567": "marina"]

    private let lines = """
        set extension 101
        set extension 102
        set extension 103
        set trunk mtt peer 203.0.113.10
        set trunk beeline peer 203.0.113.20
        set number * scheme office
        set scheme office otherwise to extension 103
        set route city mask 8########## trunk mtt then beeline

        """

    @Test("A trunk that gives no sign of life for 5 s gives way to the next", arguments: [5, 30])
    func silence(seconds: Int) throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .nothing },
            """
             0.0  101 dials 89161234567  →
             5.0  ·                      → vera rings, 101 hears ringback
            10.0  vera answers           → 101 answered, 101 ↔ vera
            15.0  vera hangs up          → record 101→vera by 101 wait 10.0 talk 5.0, 101 released (normalClearing)
            """)
    }

    @Test(
        "A trunk that has nothing more to say than 100 gives way to the next after 20 s, the last one has all the time it wants")
    func stalling() throws {
        timeline(
            try office(lines + "set route world mask 810* class international trunk mtt\nset extension 101 class international\n")
            {
                $0["mtt"].manners.welcome = .trying
            },
            """
             0.0  101 dials 89161234567   →
            20.0  ·                       → vera released (timeout), vera rings, 101 hears ringback
            25.0  vera answers            → 101 answered, 101 ↔ vera
            30.0  vera hangs up           → record 101→vera by 101 wait 25.0 talk 5.0, 101 released (normalClearing)
            40.0  101 dials 810441234567  →
            95.0  101 hangs up            → record 101→810441234567 missed (cancelled) wait 55.0
                                          → 810441234567 released (cancelled)
            """)
    }

    @Test("A trunk that fails gives way to the next; one that is merely busy does not", arguments: [408, 500, 502, 503, 504])
    func failing(status: Int) throws {
        timeline(
            try office(lines) { $0["mtt"].manners.welcome = .refuse(status) },
            """
            0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            1.0  vera answers           → 101 answered, 101 ↔ vera
            2.0  vera hangs up          → record 101→vera by 101 wait 1.0 talk 1.0, 101 released (normalClearing)
            """)
    }

    private let budget = "set route world mask 8########## class national trunk mtt budget 10s per-day\ndelete route city\n"

    @Test(
        "D-19: the day's budget of a route: used up, it lets no new call out; the call that uses it up is not cut; tomorrow is another day"
    )
    func dailyBudget() throws {
        timeline(
            try office(lines + budget),
            """
                0.0  101 dials 89161234567  → vera rings, 101 hears ringback
                1.0  vera answers           → 101 answered, 101 ↔ vera
               20.0  vera hangs up          → record 101→vera by 101 wait 1.0 talk 19.0, 101 released (normalClearing)
               30.0  102 dials 89161234567  → record 102→vera refused (forbidden) wait 0.0, 102 released (declined)
               40.0  apus is killed         →
               41.0  apus starts            →
               60.0  102 dials 89161234567  → record 102→vera refused (forbidden) wait 0.0, 102 released (declined)
            """)
    }

    @Test("Whoever dialled outside himself waits for that number and hears how it is; the office's rule is for others")
    func dialledOutside() throws {
        timeline(
            try office(lines + "set office no-answer after 30s to extension 103\n", people: people),
            """
             0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            120.0 ·                      → vera released (noAnswer), 101 hears busy
            125.0 ·                      → record 101→vera missed (noAnswer) wait 125.0, 101 released (busy)
            200.0 101 dials 89161234567  → vera rings, 101 hears ringback
            201.0 vera is busy           → record 101→vera missed (busy) wait 1.0, 101 released (busy)
            """)
    }

    @Test("A network that rang and says then that nobody answers is not asked again by the next trunk")
    func rangAlready() throws {
        timeline(
            try office(lines, people: people),
            """
             0.0  101 dials 89161234567  → vera rings, 101 hears ringback
            40.0  vera refuses 480       → record 101→vera missed (noAnswer) wait 40.0, 101 released (noAnswer)
            """)
    }

    @Test("D-19: calls that are up count too, so that many at once do not get round the budget")
    func runningCalls() throws {
        timeline(
            try office(lines + budget),
            """
             0.0  101 dials 89161234567  → vera rings, 101 hears ringback
             1.0  vera answers           → 101 answered, 101 ↔ vera
            12.0  102 dials 88121234567  → record 102→88121234567 refused (forbidden) wait 0.0, 102 released (declined)
            15.0  vera hangs up          → record 101→vera by 101 wait 1.0 talk 14.0, 101 released (normalClearing)
            """)
    }

    @Test(
        "112 passes whatever class, route, budget or reserve; 101 is a colleague where the office has one, and help where it has none"
    )
    func help() throws {
        timeline(
            try office(
                """
                set extension 103 class internal
                set extension 205 class internal
                set trunk mtt peer 203.0.113.10
                set trunk mtt channels 2 reserve-in 1
                set route all mask * class international trunk mtt budget 1s per-day
                """, people: ["112": "help", "101": "fire"]),
            """
             0.0  205 dials 112          → help rings, 205 hears ringback
             1.0  help answers           → 205 answered, 205 ↔ help
             9.0  help hangs up          → record 205→help by 205 wait 1.0 talk 8.0, 205 released (normalClearing)
            10.0  205 dials 112          → help rings, 205 hears ringback
            11.0  205 hangs up           → record 205→help missed (cancelled) wait 1.0, help released (cancelled)
            20.0  205 dials 101          → fire rings, 205 hears ringback
            21.0  205 hangs up           → record 205→fire missed (cancelled) wait 1.0, fire released (cancelled)
            30.0  205 dials 103          → 103 rings, 205 hears ringback
            31.0  205 hangs up           → record 205→103 missed (cancelled) wait 1.0, 103 released (cancelled)
            """)
    }

    @Test("An extension of the number 112 does not stand before help: neither its phone nor its mobile rings")
    func helpBeforeAnExtension() throws {
        timeline(
            try office(
                """
                set extension 101
                set extension 112 mobile 89161234567
                set trunk mtt peer 203.0.113.10
                set route city mask 8########## trunk mtt
                """, people: ["+79161234567": "vera", "112": "help"]),
            """
             0.0  101 dials 112          → help rings, 101 hears ringback
             1.0  101 hangs up           → record 101→help missed (cancelled) wait 1.0, help released (cancelled)
            """)
    }

    @Test("Help is called on any trunk where no route takes the number; a route `emergency` makes its numbers such")
    func helpWithoutRoute() throws {
        timeline(
            try office(
                """
                set extension 205 class internal
                set trunk mtt peer 203.0.113.10
                set route emergency mask 0911 class international trunk mtt
                """, people: ["112": "help", "0911": "guard"]),
            """
             0.0  205 dials 112          → help rings, 205 hears ringback
             1.0  205 hangs up           → record 205→help missed (cancelled) wait 1.0, help released (cancelled)
            10.0  205 dials 0911         → guard rings, 205 hears ringback
            11.0  205 hangs up           → record 205→guard missed (cancelled) wait 1.0, guard released (cancelled)
            """)
    }

    @Test("R-093: outgoing calls leave the reserve free; a client is taken on it, and also above the limit of channels")
    func reserve() throws {
        timeline(
            try office(
                lines
                    + "set trunk mtt channels 2 reserve-in 1\nset route city mask 8########## trunk mtt\nset extension 103 calls 2",
                people: people),
            """
             0.0  101 dials 89161234567    → vera rings, 101 hears ringback
             1.0  102 dials 84991234567    → record 102→marina refused (noCircuit) wait 0.0, 102 released (noCircuit)
             2.0  petr calls +74951234567  → 103 rings, petr hears ringback
             3.0  marina calls 84951234567 → 103 rings, marina hears ringback
             5.0  101 hangs up             → record 101→vera missed (cancelled) wait 5.0, vera released (cancelled)
            """)
    }

    @Test(
        "R-094: a call of a trunk that was not even a message leaves one record, however often it comes; of strangers there is none"
    )
    func brokenHasRecord() throws {
        var office = try office(lines)
        office.run(for: .seconds(1))
        var exchange = try #require(office.exchange)
        let here = Endpoint(.v4(0xC000_0201), 5060)
        let moment = Moment(uptime: .zero + .seconds(100), utc: 1_800_000_000_000)
        var records: [CallRecord] = []
        for (address, callID) in [(0xCB00_710A, "a"), (0xCB00_710A, "a"), (0xCB00_7163, "b")] as [(UInt32, String)] {
            let flow = Flow(.udp, local: here, remote: Endpoint(.v4(address), 5060))
            for effect in exchange.handle(.turnedAway(from: "79161234567", to: "74951234567", callID: callID, flow), at: moment) {
                if case .persist(.close(let record, _)) = effect { records.append(record) }
            }
        }
        #expect(records.map(\.result) == [.refused] && records.map(\.from) == ["+79161234567"])
        #expect(records.map(\.to) == ["74951234567"])
    }

    @Test(
        "R-094: a call that SIP itself refuses leaves a record when it comes from a trunk; of strangers there is none",
        arguments: [(415, 0xCB00_710A), (483, 0xCB00_710A), (420, 0xCB00_710A), (415, 0xCB00_7163)] as [(Int, UInt32)])
    func refusedHasRecord(status: Int, address: UInt32) throws {
        var office = try office(lines)
        office.run(for: .seconds(1))
        var exchange = try #require(office.exchange)
        let (here, there) = (Endpoint(.v4(0xC000_0201), 5060), Endpoint(.v4(address), 5060))
        var from = NameAddress(uri: SIPURI(user: "79161234567", at: there))
        from.parameters = [Parameter("tag", "a")]
        let target = SIPURI(user: "74951234567", at: here)
        var invite = Message(
            .request(.invite, target),
            vias: [Via(transport: "UDP", host: "\(there.address)", port: 5060, parameters: [Parameter("branch", "z9hG4bKa")])],
            from: from,
            to: NameAddress(uri: target), callID: "a", sequence: 1, sequenceMethod: .invite)
        (invite.maxForwards, invite.contentType, invite.body) = (status == 483 ? 0 : 70, "text/plain", Array("hello".utf8))
        if status == 420 { invite.setHeader("Require", "telepathy") }
        let moment = Moment(uptime: .zero + .seconds(100), utc: 1_800_000_000_000)
        let records = exchange.handle(.received(invite, Flow(.udp, local: here, remote: there)), at: moment).compactMap {
            effect in
            if case .persist(.close(let record, _)) = effect { record } else { nil }
        }
        #expect(records.map(\.result) == (address == 0xCB00_710A ? [.refused] : []))
        #expect(records.allSatisfy { $0.cause == Cause(sipStatus: status) && $0.from == "+79161234567" })
    }
}
