import CallControl
import Routing
import Telephony
import Testing

@Suite("The queue's order")
struct QueueTests {
    /// Two departments of one member, each with a queue; numbers 1 and 2 lead to them.
    private func office(_ change: (inout Office) -> Void = { _ in }) -> Office {
        var office = Office.small
        for id in ["sales", "service"] {
            var department = Department(id, number: id == "sales" ? "200" : "201", members: ["101"])
            department.queue = QueueRules(tellsPosition: false)
            office.departments[id] = department
        }
        office.numbers = [
            NumberRule("1", target: .department("sales")), NumberRule("2", target: .department("service")),
        ]
        change(&office)
        return office
    }

    /// 101 talks with 104; the legs of that call.
    private func busy(_ desk: inout Desk) -> LegID {
        let (leg, _) = desk.calls("104", "101")
        _ = desk.fact(.answered(LegID(2)))
        return leg
    }

    @Test("R-087: whoever has waited longest, in whichever department, rings first; the next one when he is through")
    func longestFirst() {
        var desk = Desk(office())
        let talk = busy(&desk)
        var waiting: [LegID] = []
        for number in ["2", "1", "2", "1"] {
            let (leg, orders) = desk.comes(on: "mtt", from: "+7900000000\(waiting.count)", to: number)
            #expect(orders.contains("answer \(leg)") && orders.contains("play \(leg) music"))
            waiting.append(leg)
            _ = desk.after(.seconds(1))
        }
        var orders = desk.fact(.ended(talk, .normalClearing))
        for (turn, leg) in waiting.enumerated() {
            let dials = orders.filter { $0.hasPrefix("dial") }
            #expect(dials.count == 1 && dials[0].hasSuffix("101 as +7900000000\(turn)"), "\(orders)")
            let rung = LegID(Int(dials[0].split(separator: " ")[1]) ?? 0)
            #expect(desk.fact(.answered(rung)).contains("bridge \(leg) \(rung)"))
            _ = desk.after(.seconds(1))
            orders = desk.fact(.ended(rung, .normalClearing))
        }
        #expect(desk.board.status.isEmpty)
    }

    @Test("Arrived in the same moment: in the order of the calls")
    func sameMoment() {
        var desk = Desk(office())
        let talk = busy(&desk)
        _ = desk.comes(on: "mtt", from: "+79000000001", to: "1")
        _ = desk.comes(on: "mtt", from: "+79000000002", to: "2")
        #expect(desk.fact(.ended(talk, .normalClearing)).contains { $0.hasSuffix("101 as +79000000001") })
    }

    @Test("A full queue: as when nobody answers, at once")
    func full() {
        var desk = Desk(
            office {
                $0.departments["sales"]?.queue?.limit = 1
                $0.departments["sales"]?.noAnswer = [NoAnswerStep(after: .seconds(60), target: .extension("102"))]
            })
        _ = busy(&desk)
        _ = desk.comes(on: "mtt", from: "+79000000001", to: "1")
        #expect(desk.comes(on: "mtt", from: "+79000000002", to: "1").1.contains { $0.contains(" 102 as +79000000002") })
        #expect(desk.comes(on: "mtt", from: "+79000000003", to: "2").1.contains { $0.hasSuffix("music") })
    }

    @Test("R-079: the no-answer chain counts from the arrival at the department, also in the queue")
    func chain() {
        var desk = Desk(
            office { $0.departments["sales"]?.noAnswer = [NoAnswerStep(after: .seconds(40), target: .extension("102"))] })
        _ = busy(&desk)
        _ = desk.comes(on: "mtt", from: "+79000000001", to: "1")
        #expect(!desk.after(.seconds(39)).contains { $0.hasPrefix("dial") })
        #expect(desk.after(.seconds(1)).contains { $0.contains(" 102 as +79000000001") })
    }

    @Test("Who is absent is not busy: with nobody there the caller does not wait")
    func absent() {
        var desk = Desk(office(), present: ["102", "104"])
        #expect(desk.comes(on: "mtt", from: "+79000000001", to: "1").1.contains { $0.hasPrefix("release") })
    }

    @Test("The pause after a talk counts for every department; then the caller who waits is served")
    func wrapUp() {
        var desk = Desk(office { $0.departments["service"]?.wrapUp = .seconds(15) })
        let (first, _) = desk.comes(on: "mtt", from: "+79000000001", to: "2")
        _ = desk.fact(.answered(LegID(2)))
        _ = desk.after(.seconds(5))
        _ = desk.comes(on: "mtt", from: "+79000000002", to: "1")
        #expect(!desk.fact(.ended(first, .normalClearing)).contains { $0.hasPrefix("dial") })
        #expect(!desk.after(.seconds(14)).contains { $0.hasPrefix("dial") })
        #expect(desk.after(.seconds(1)).contains { $0.hasSuffix("101 as +79000000002") })
    }

    @Test("D-08: who declines is not asked again for this caller, and nobody waits for him")
    func declined() {
        var desk = Desk(office())
        let talk = busy(&desk)
        _ = desk.comes(on: "mtt", from: "+79000000001", to: "1")
        let dial = desk.fact(.ended(talk, .normalClearing)).first { $0.hasPrefix("dial") }
        let rung = LegID(Int(dial?.split(separator: " ")[1] ?? "") ?? 0)
        let orders = desk.fact(.ended(rung, .declined))
        #expect(
            !orders.contains { $0.hasPrefix("dial") } && orders.contains { $0.hasPrefix("play") && $0.hasSuffix("busy") },
            "\(orders)")
    }

    @Test("The expected wait: the day's talks and pauses, shared by who is there")
    func expectedWait() {
        var office = office {
            $0.departments["sales"]?.members = [.init("101"), .init("102")]
            $0.departments["sales"]?.queue?.tellsPosition = true
            $0.departments["sales"]?.wrapUp = .seconds(20)
        }
        office.extensions["103"]?.calls = 1
        var desk = Desk(office)
        desk.board.restore(
            [Ledger.Row(member: "101", account: .department("sales"), day: 0, load: MemberLoad(calls: 2, talk: .seconds(200)))],
            [])
        _ = desk.calls("103", "101")
        _ = desk.calls("104", "102")
        // Two talks of 100 s and a pause of 20 s, two who take calls: a minute for the first in the queue.
        let orders = desk.comes(on: "mtt", from: "+79000000001", to: "1").1
        #expect(orders.contains { $0.contains("ru/queue-next ru/pause ru/queue-wait ru/n1-feminine ru/minute-one") }, "\(orders)")
    }

    @Test("A client who is transferred to a busy department waits there, and the transferor is through")
    func transferred() {
        var desk = Desk(office { $0.numbers = [NumberRule("3", target: .extension("102"))] })
        _ = busy(&desk)
        let (client, _) = desk.comes(on: "mtt", from: "+79000000001", to: "3")
        let colleague = LegID(client.number + 1)
        _ = desk.fact(.answered(colleague))
        let orders = desk.fact(.transferRequested(colleague, to: "200", replacing: nil))
        #expect(orders.contains("report \(colleague) succeeded") && orders.contains("release \(colleague) normalClearing"))
        #expect(orders.last == "play \(client) music", "\(orders)")
    }
}
