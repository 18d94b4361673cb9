import CallControl
import Routing
import Telephony
import Testing

@Suite("Calls thought through")
struct RehearsalTests {
    private func offer(from number: String, to dialled: String) -> Offer {
        Offer(caller: .trunk("mtt"), callerID: CallerID(number: number), dialled: dialled)
    }

    @Test("Who rings when, who is passed over and why, and how it ends; nothing of it happens")
    func chain() {
        var office = Office.small
        office.departments["sales"]?.noAnswer = [
            NoAnswerStep(after: .seconds(30), target: .extension("104")),
            NoAnswerStep(after: .seconds(20), target: .external("89161234567")),
            NoAnswerStep(after: .seconds(25), target: .busy),
        ]
        var desk = Desk(office, present: ["101", "102", "104"])
        _ = desk.calls("102", "104")
        _ = desk.fact(.ended(LegID(2), .declined))
        let talk = desk.calls("102", "89990000000")
        let before = desk.board.status
        let rehearsal = desk.board.rehearse(offer(from: "+79160000000", to: "74951234567"), at: desk.now)
        #expect(
            rehearsal.rings == [
                .init(target: "101", trunk: nil, from: .zero, until: .seconds(30)),
                .init(target: "104", trunk: nil, from: .seconds(30), until: .seconds(50)),
                .init(target: "89161234567", trunk: "mtt", from: .seconds(50), until: .seconds(75)),
            ])
        #expect(rehearsal.ending == .busyTone(after: .seconds(75)))
        let texts = rehearsal.layers.map { $0.because.text(in: .en) }
        #expect(
            texts == [
                "the number 74951234567 fits *", "the department sales, strategy all", "102 is busy now",
                "103 has no phone registered",
                "the call comes to 104", "the route all: trunks mtt, spare",
            ])
        #expect(rehearsal.layers.first?.line == "set number *")
        #expect(desk.board.status == before && desk.fact(.ended(talk.0, .normalClearing)).first == "release 4 cancelled")
    }

    @Test("A call that would wait in a queue says so, and at which place")
    func queue() {
        var office = Office.small
        office.departments["sales"]?.members = [.init("101")]
        office.departments["sales"]?.queue = QueueRules()
        var desk = Desk(office)
        _ = desk.calls("104", "101")
        _ = desk.fact(.answered(LegID(2)))
        _ = desk.comes(on: "mtt", from: "+79160000001", to: "1")
        _ = desk.after(.seconds(1))
        let rehearsal = desk.board.rehearse(offer(from: "+79160000000", to: "1"), at: desk.now)
        #expect(rehearsal.layers.map { $0.because.text(in: .en) }.contains("every member of sales is busy: the queue, place 2"))
        #expect(rehearsal.layers.contains { $0.line == "set department sales on-busy to queue" })
        #expect(rehearsal.ending == .open)
    }

    @Test("A call that is refused says why; one that rings for ever ends open")
    func ends() {
        var office = Office.small
        office.extensions["104"]?.tollClass = .internal
        let desk = Desk(office, present: ["101"])
        let refused = desk.board.rehearse(
            Offer(caller: .extension("104"), callerID: CallerID(number: "104"), dialled: "89161234567"), at: desk.now)
        #expect(refused.ending == .released(.forbidden, after: .zero) && refused.rings.isEmpty)
        #expect(refused.layers.map(\.verdict) == [.refused])
        let nobody = desk.board.rehearse(offer(from: "", to: "1"), at: Moment(uptime: desk.now.uptime, utc: 5))
        #expect(nobody.rings.map(\.until) == [.seconds(120)] && nobody.ending == .busyTone(after: .seconds(120)))
    }
}
