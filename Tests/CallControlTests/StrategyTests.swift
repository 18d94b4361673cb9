import CallControl
import Routing
import Telephony
import Testing

@Suite("Strategies at work")
struct StrategyTests {
    private func desk(_ strategy: RingStrategy, change: (inout Department) -> Void = { _ in }) -> Desk {
        var office = Office.small
        var sales = Department("sales", number: "200")
        sales.members = [.init("101", priority: 5), .init("102", priority: 8), .init("103", priority: 8)]
        (sales.strategy, sales.step) = (strategy, .seconds(15))
        change(&sales)
        office.departments["sales"] = sales
        return Desk(office)
    }

    /// A call from outside that this member takes and that lasts so long.
    private func served(_ desk: inout Desk, from number: String, by member: ExtensionNumber, talk: Duration) {
        var (leg, orders) = desk.comes(on: "mtt", from: number, to: "1")
        while true {
            if let dial = orders.first(where: { $0.hasPrefix("dial") && $0.contains(" \(member) ") }) {
                _ = desk.fact(.answered(LegID(Int(dial.split(separator: " ")[1])!)))
                break
            }
            orders = desk.after(.seconds(1))
            guard desk.board.deadline != nil else {
                Issue.record("\(member) never rang")
                return
            }
        }
        _ = desk.after(talk)
        _ = desk.fact(.ended(leg, .normalClearing))
        leg = LegID(0)
    }

    private func firstRung(_ desk: inout Desk, from number: String = "+7999") -> [String] {
        let (leg, orders) = desk.comes(on: "mtt", from: number, to: "1")
        defer { _ = desk.fact(.ended(leg, .normalClearing)) }
        return orders.filter { $0.hasPrefix("dial") }.map { String($0.split(separator: " ")[2]) }
    }

    @Test("R-073: one more each step, nobody stops")
    func ascending() {
        var desk = desk(.ascending)
        #expect(firstRung(&desk) == ["101"])
        let (leg, _) = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.after(.seconds(15)).allSatisfy { $0.hasPrefix("dial") })
        #expect(desk.after(.seconds(15)).allSatisfy { $0.hasPrefix("dial") })
        #expect(desk.after(.seconds(15)).isEmpty)
        #expect(desk.fact(.ended(leg, .normalClearing)).filter { $0.contains("cancelled") }.count == 4)
    }

    @Test("R-162: the highest priority first; who was busy then is considered at the next step")
    func priority() {
        var desk = desk(.priority)
        let (talk, _) = desk.calls("102", "104")
        let (_, orders) = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(orders.last == "dial 4 103 as +7916")
        _ = desk.fact(.ended(talk, .normalClearing))
        #expect(desk.after(.seconds(15)) == ["release 4 noAnswer", "dial 5 102 as +7916"])
        #expect(desk.after(.seconds(15)) == ["release 5 noAnswer", "dial 6 101 as +7916"])
    }

    @Test("R-164: all of the highest priority, then the next tier too; with `switch` instead")
    func tiers() {
        var keeps = desk(.tiers(switching: false))
        _ = keeps.comes(on: "mtt", from: "+7916", to: "1")
        #expect(keeps.after(.seconds(15)) == ["dial 4 101 as +7916"])
        var switches = desk(.tiers(switching: true))
        _ = switches.comes(on: "mtt", from: "+7916", to: "1")
        #expect(switches.after(.seconds(15)) == ["release 2 noAnswer", "release 3 noAnswer", "dial 4 101 as +7916"])
    }

    @Test("R-076, R-077, R-158, D-08: whose talk ended longest ago; an offer that is not taken goes to the next, not back to him")
    func even() {
        var desk = desk(.even(received: false))
        served(&desk, from: "+7901", by: "101", talk: .seconds(60))
        served(&desk, from: "+7902", by: "102", talk: .seconds(60))
        #expect(firstRung(&desk) == ["103"])
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.after(.seconds(15)).last?.contains(" 101 ") == true)
        #expect(desk.after(.seconds(15)).last?.contains(" 102 ") == true)
    }

    @Test("R-076, C-4: `even received` counts the offer, not the talk")
    func evenReceived() {
        var desk = desk(.even(received: true))
        _ = desk.after(.seconds(1))
        for expected in ["101", "102", "103", "101"] {
            #expect(firstRung(&desk) == [expected])
            _ = desk.after(.seconds(1))
        }
    }

    @Test("R-165: the fewest calls today; at local midnight everybody begins anew")
    func fewest() {
        var desk = desk(.fewest)
        for (client, member) in [("+7901", "101"), ("+7902", "101"), ("+7903", "103")] {
            served(&desk, from: client, by: member, talk: .seconds(5))
        }
        #expect(firstRung(&desk) == ["102"])
        served(&desk, from: "+7904", by: "102", talk: .seconds(5))
        served(&desk, from: "+7905", by: "102", talk: .seconds(5))
        #expect(firstRung(&desk) == ["103"])
        _ = desk.after(.seconds(86_400))
        #expect(firstRung(&desk) == ["101"])
    }

    @Test("R-169, R-170: the least talk time in the department's own calls")
    func leastTalk() {
        var desk = desk(.leastTalk)
        for (member, talk) in [("101", 600), ("102", 300), ("103", 900)] {
            served(&desk, from: "+790" + member, by: member, talk: .seconds(talk))
        }
        let (direct, _) = desk.calls("102", "89161234567")
        _ = desk.fact(.answered(LegID(direct.number + 1)))
        _ = desk.after(.seconds(7200))
        _ = desk.fact(.ended(direct, .normalClearing))
        #expect(firstRung(&desk) == ["102"])
    }

    /// He calls outside and talks for so long.
    private func callsOut(_ desk: inout Desk, _ member: ExtensionNumber, talk: Duration) {
        let (leg, _) = desk.calls(member, "89161234567")
        _ = desk.fact(.answered(LegID(leg.number + 1)))
        _ = desk.after(talk)
        _ = desk.fact(.ended(leg, .normalClearing))
    }

    @Test("R-041: the least talk time per weight")
    func balanceTalk() {
        var desk = desk(.balance(.talk)) { $0.members = ["101", "102", "103"].map { .init($0) } }
        for (member, talk) in [("101", 600), ("102", 300), ("103", 900)] {
            served(&desk, from: "+790" + member, by: member, talk: .seconds(talk))
        }
        #expect(firstRung(&desk) == ["102"])
    }

    @Test("R-042: two calls taken and five made are more than six taken where those made count, and fewer where they do not")
    func countScope() {
        for (scope, first) in [(Department.CountScope.both, "102"), (.incoming, "101")] {
            var desk = desk(.balance(.calls)) {
                $0.members = [.init("101"), .init("102")]
                $0.count = scope
            }
            for client in 0..<2 { served(&desk, from: "+7901\(client)", by: "101", talk: .seconds(5)) }
            for client in 0..<6 { served(&desk, from: "+7902\(client)", by: "102", talk: .seconds(5)) }
            for _ in 0..<5 { callsOut(&desk, "101", talk: .seconds(5)) }
            #expect(firstRung(&desk) == [first], "\(scope)")
        }
    }

    @Test("R-043: 8 against 5 gets calls 8 : 5")
    func balance() {
        var desk = desk(.balance(.calls)) { $0.members = [.init("101", priority: 8), .init("102", priority: 5)] }
        var taken: [String: Int] = [:]
        for call in 0..<130 {
            let first = firstRung(&desk)[0]
            taken[first, default: 0] += 1
            served(&desk, from: "+79\(call)", by: first, talk: .seconds(1))
        }
        #expect(taken == ["101": 80, "102": 50])
    }

    @Test("R-167, R-168: drawn by lot without repetition; everybody comes first about equally often")
    func random() {
        var desk = desk(.random)
        var first: [String: Int] = [:]
        for _ in 0..<3000 { first[firstRung(&desk)[0], default: 0] += 1 }
        #expect(first.values.allSatisfy { (900...1100).contains($0) } && first.count == 3)
        var (_, orders) = desk.comes(on: "mtt", from: "+7916", to: "1")
        var rung: Set<String> = []
        for _ in 0..<3 {
            rung.insert(String(orders.last!.split(separator: " ")[2]))
            orders = desk.after(.seconds(15))
        }
        #expect(rung.count == 3)
    }

    @Test("R-171: a familiar who is the only member rings as long as the department does")
    func familiarAlone() {
        var desk = desk(.linear) {
            ($0.familiar, $0.members) = (true, [.init("103")])
            $0.noAnswer = [NoAnswerStep(after: .seconds(30), target: .extension("104"), announce: .none)]
        }
        served(&desk, from: "+7916", by: "103", talk: .seconds(30))
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.after(.seconds(29)).isEmpty)
        #expect(desk.after(.seconds(1)).last?.contains(" 104 ") == true)
    }

    @Test("R-032: whoever joined rings on while the others take turns, and is not rung a second time in his own turn")
    func escalationInTurns() {
        var desk = desk(.sequential) {
            $0.members = [.init("101"), .init("102"), .init("103")]
            $0.additions = [.init(after: .seconds(10), number: "103")]
        }
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.after(.seconds(10)) == ["dial 3 103 as +7916"])
        #expect(desk.after(.seconds(5)) == ["release 2 noAnswer", "dial 4 102 as +7916"])
        #expect(desk.after(.seconds(15)) == ["release 4 noAnswer", "dial 5 101 as +7916"])
    }

    @Test("D-08, R-071: one who got free rings for his step like everybody, and then the next")
    func latecomerInTurn() {
        var desk = desk(.sequential) { $0.members = [.init("101"), .init("102")] }
        let (talk, _) = desk.calls("102", "104")
        let (first, _) = desk.comes(on: "mtt", from: "+7901", to: "1")
        let (_, orders) = desk.comes(on: "mtt", from: "+7902", to: "1")
        #expect(!orders.contains { $0.hasPrefix("dial") })
        #expect(desk.fact(.ended(first, .normalClearing)).last?.contains(" 101 as +7902") == true)
        _ = desk.fact(.ended(talk, .normalClearing))
        #expect(desk.after(.seconds(15)).last?.contains(" 102 as +7902") == true)
    }

    @Test("R-031 to R-033: all managers; after 10 s the head of sales joins, after 20 s more the administrator; nobody stops")
    func escalation() {
        var desk = desk(.all) {
            $0.members = [.init("101"), .init("102")]
            $0.additions = [.init(after: .seconds(10), number: "103"), .init(after: .seconds(30), number: "104")]
        }
        #expect(desk.comes(on: "mtt", from: "+7916", to: "1").1.count == 3)
        #expect(desk.after(.seconds(10)) == ["dial 4 103 as +7916"])
        #expect(desk.after(.seconds(20)) == ["dial 5 104 as +7916"])
        #expect(desk.fact(.answered(LegID(5))).filter { $0.contains("answeredElsewhere") }.count == 3)
    }

    @Test(
        "R-171 to R-173: who talked to the client today comes first, alone for a step; busy or silent, the strategy decides without him"
    )
    func familiar() {
        var desk = desk(.linear) { $0.familiar = true }
        served(&desk, from: "+7916", by: "103", talk: .seconds(30))
        #expect(firstRung(&desk, from: "+7917") == ["101"])
        _ = desk.comes(on: "mtt", from: "+7916", to: "1")
        #expect(desk.board.status[0].legs.map(\.name) == ["+7916", "103"])
        #expect(desk.after(.seconds(15)).last?.contains(" 101 ") == true)
        #expect(desk.after(.seconds(15)).last?.contains(" 102 ") == true)
        #expect(desk.after(.seconds(15)).last?.contains(" 101 ") == true)
        _ = desk.fact(.ended(LegID(desk.board.status.count), .normalClearing))
        #expect(desk.kept.contains("acquaint +7916 103"))
    }

    @Test("R-159, D-09: after a talk he rests, in every department; a caller who waits for him gets him when the rest is over")
    func wrapUp() {
        var desk = desk(.all) {
            $0.members = [.init("101")]
            $0.wrapUp = .seconds(20)
        }
        served(&desk, from: "+7916", by: "101", talk: .seconds(30))
        let (_, orders) = desk.comes(on: "mtt", from: "+7917", to: "1")
        #expect(orders == ["open", "alert 3"])
        #expect(desk.after(.seconds(19)).isEmpty)
        #expect(desk.after(.seconds(1)) == ["dial 4 101 as +7917"])
        #expect(desk.calls("102", "101").1.last?.contains("busy") == true)
    }
}
