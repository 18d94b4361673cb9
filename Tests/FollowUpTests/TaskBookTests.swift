import FollowUp
import Routing
import Telephony
import Testing

/// A book that is told of calls in minutes after noon of a working Monday in Moscow.
private struct Desk {
    static let noon = CivilTime(year: 2026, month: 11, day: 23, hour: 12, offset: 3 * 3600).utc
    var book: TaskBook
    var facts: [TaskBook.Fact] = []
    var trust = ClockTrust.trusted
    /// By how many milliseconds the wall clock is wrong.
    var error: Int64 = 0
    private var nextCall = 1

    init(_ prepare: (inout Office) -> Void = { _ in }) {
        var office = Office()
        for number in ["101", "102", "103"] { office.extensions[number] = Extension(number, name: "") }
        var sales = Department("sales", number: "200", members: ["101", "102"])
        sales.name = "Отдел продаж"
        office.departments["sales"] = sales
        prepare(&office)
        book = TaskBook(office: office)
    }

    func moment(_ minute: Double) -> Moment {
        let milliseconds = Int64(minute * 60_000)
        return Moment(
            uptime: .zero + .milliseconds(milliseconds), utc: Self.noon + milliseconds + error, utcOffset: 3 * 3600,
            clockTrust: trust)
    }

    private mutating func make(_ minute: Double, _ direction: CallDirection, _ from: String, _ to: String) -> CallRecord {
        defer { nextCall += 1 }
        return CallRecord(
            id: CallID(nextCall), at: moment(minute).utc, utcOffset: 3 * 3600, direction: direction, from: from, to: to)
    }

    /// A client calls and nobody answers; he gives up at `minute`.
    @discardableResult
    mutating func misses(
        _ client: String, at minute: Double, addressee: String? = nil, department: String? = nil, card: ClientCard? = .blank,
        _ change: (inout CallRecord) -> Void = { _ in }
    ) -> CallRecord {
        var record = make(minute - 0.5, .incoming, client, "+74951234567")
        if !client.isEmpty { record.client = CallRecord.Client(number: client) }
        (record.addressee, record.employee, record.department) = (addressee, addressee, department)
        (record.result, record.cause, record.wait) = (.missed, .cancelled, .seconds(30))
        change(&record)
        book.follow(record, at: moment(minute - 0.5))
        if let card { book.identify(record.id, as: card, at: moment(minute - 0.5)) }
        book.finish(&record, at: moment(minute))
        facts += book.takeFacts()
        return record
    }

    /// A call that is answered at `minute` and talks for so many seconds.
    @discardableResult
    mutating func talks(
        _ direction: CallDirection, _ client: String, with person: String, at minute: Double, seconds: Double = 60,
        card: ClientCard = .blank
    ) -> CallRecord {
        var record = make(minute, direction, direction == .outgoing ? person : client, direction == .outgoing ? client : "200")
        record.client = CallRecord.Client(number: client)
        record.employee = person
        book.follow(record, at: moment(minute))
        book.identify(record.id, as: card, at: moment(minute))
        record.legs = [.init(target: person, at: record.at, rang: .seconds(1), outcome: .answered)]
        book.follow(record, at: moment(minute))
        if seconds >= 1 { book.wake(at: moment(minute + 1.0 / 60)) }
        (record.result, record.talk) = (.answered, .milliseconds(Int64(seconds * 1000)))
        book.finish(&record, at: moment(minute + seconds / 60))
        facts += book.takeFacts()
        return record
    }

    /// We call him and he does not answer.
    mutating func tries(_ client: String, by person: String, at minute: Double, rang: Duration = .seconds(20)) {
        var record = make(minute, .outgoing, person, client)
        (record.client, record.employee) = (CallRecord.Client(number: client), person)
        book.follow(record, at: moment(minute))
        record.legs = [.init(target: client, at: record.at, rang: rang, outcome: .noAnswer)]
        (record.result, record.cause) = (.missed, .noAnswer)
        book.finish(&record, at: moment(minute + 0.5))
        facts += book.takeFacts()
    }

    var only: CallbackTask? { book.all.count == 1 ? book.all[0] : nil }
    var verdict: Verdict? { only?.verdict }
    var isOpen: Bool { only.map { $0.closing == nil } ?? false }
}

private let vera = "+79161234567", second = "+74950001122"

@Suite("Call-back tasks") struct TaskBookTests {
    @Test("R-105, R-112, G-9: one task per client, raised by each further missed call, its deadline from the first")
    func onePerClient() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        desk.misses(second, at: 1)
        let record = desk.misses(vera, at: 3)
        #expect(desk.book.all.map(\.client.number) == [vera, second], "the raised one is on top")
        #expect(desk.book.all[0].attempts == 2 && record.task == desk.book.all[0].id)
        #expect(desk.book.all[0].deadline == .moment(Desk.noon + 600_000))
        #expect(desk.book.all[0].client.isKnown && !desk.book.all[1].client.isKnown, "R-095: the second call is a known client's")
    }

    @Test("R-110: several numbers of a contact are one client; a call to the second number closes the task")
    func contact() {
        var desk = Desk()
        let card = ClientCard(contact: 7, name: "Вера")
        desk.misses(vera, at: 0, card: card)
        desk.misses(second, at: 1, card: card)
        #expect(desk.only?.attempts == 2 && desk.only?.numbers == [vera, second] && desk.only?.client.name == "Вера")
        desk.talks(.outgoing, vera, with: "101", at: 5, card: card)
        #expect(desk.only?.closing?.way == .outgoing && desk.verdict == .inTime)
    }

    @Test("A client whose card comes after his call: his tasks become one")
    func lateCard() {
        var desk = Desk()
        desk.misses(vera, at: 0, card: ClientCard(contact: 7))
        let late = desk.misses(second, at: 1, card: nil)
        #expect(desk.book.all.count == 2)
        desk.book.identify(late.id, as: ClientCard(contact: 7, name: "Вера"), at: desk.moment(1))
        #expect(desk.only?.attempts == 2 && desk.only?.numbers == [vera, second] && desk.only?.client.name == "Вера")
        let facts = desk.book.takeFacts()
        #expect(facts.contains { if case .merged(TaskID(2), into: let task) = $0 { task.id == TaskID(1) } else { false } })
        #expect(facts.contains { if case .identified(let record) = $0 { record.client?.contact == 7 } else { false } })
    }

    @Test("R-143, R-112: whose task it is: the owner's, the addressee's, the chosen one's, the department's")
    func assignee() {
        func assignee(_ office: (inout Office) -> Void = { _ in }, _ card: ClientCard = .blank, addressee: String? = nil)
            -> String?
        {
            var desk = Desk(office)
            desk.misses(vera, at: 0, addressee: addressee, department: addressee == nil ? "sales" : nil, card: card)
            return desk.only?.assignee?.description
        }
        let chosen = { (office: inout Office) in office.followUp.assignee = .department("sales") }
        #expect(assignee() == "department sales")
        #expect(assignee({ $0.followUp.assignee = .extension("103") }) == "extension 103")
        #expect(assignee(chosen, addressee: "102") == "extension 102")
        #expect(assignee(chosen, ClientCard(owner: "103"), addressee: "102") == "extension 103")
        #expect(assignee(chosen, ClientCard(owner: "999")) == "department sales", "an owner who has left the office")
        let hook = { (office: inout Office) in office.owners.source = .hook("crm") }
        let told = ClientCard(owner: "101", hook: .known(name: "Вера", owner: "103"))
        #expect(assignee(hook, told) == "extension 103", "the source that is believed")
        #expect(assignee({ _ in }, told) == "extension 101")
    }

    @Test("R-113, R-114, R-126, C-10: a talk closes; late stays late for ever")
    func closing() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        let call = desk.talks(.incoming, vera, with: "102", at: 10)
        #expect(desk.only?.closing?.call == call.id && desk.only?.closing?.by == "102" && desk.verdict == .inTime)
        var slow = Desk()
        slow.misses(vera, at: 0)
        slow.talks(.outgoing, vera, with: "102", at: 10 + 1.0 / 60)
        #expect(slow.verdict == .late && !slow.isOpen)
        slow.misses(vera, at: 30)
        #expect(slow.book.all.map(\.verdict) == [.notReturned, .late], "the next one is a new task")
    }

    @Test("R-114: another missed call never closes, and less than a second is no talk")
    func noTalk() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        desk.talks(.incoming, vera, with: "102", at: 2, seconds: 0.9)
        #expect(desk.isOpen)
        desk.talks(.incoming, vera, with: "102", at: 3, seconds: 1)
        #expect(!desk.isOpen)
    }

    @Test("R-111: the task is closed one second into the talk, not at its end")
    func soon() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        var record = CallRecord(id: CallID(50), at: desk.moment(1).utc, direction: .outgoing, from: "101", to: vera)
        (record.client, record.employee) = (CallRecord.Client(number: vera), "101")
        desk.book.follow(record, at: desk.moment(1))
        record.legs = [.init(target: vera, at: record.at, rang: .zero, outcome: .answered)]
        desk.book.follow(record, at: desk.moment(2))
        #expect(desk.book.deadline == desk.moment(2).uptime + .seconds(1))
        desk.book.wake(at: desk.moment(2 + 1.0 / 60))
        #expect(!desk.isOpen && desk.only?.closing?.at.utc == desk.moment(2).utc)
    }

    @Test("G-7, D-35: an attempt in time is `tried`, and stays so when he is reached later")
    func attempts() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        desk.tries(vera, by: "101", at: 5, rang: .zero)
        #expect(desk.verdict == .notReturned, "a call that found no line is no attempt")
        desk.tries(vera, by: "101", at: 6)
        #expect(desk.verdict == .tried && desk.isOpen && desk.only?.tried?.by == "101")
        desk.talks(.outgoing, vera, with: "101", at: 20)
        #expect(desk.verdict == .tried && !desk.isOpen)
        var late = Desk()
        late.misses(vera, at: 0)
        late.tries(vera, by: "101", at: 11)
        #expect(late.verdict == .notReturned && late.only?.tried != nil)
    }

    @Test(
        "R-116…R-120: what closes is set for each type of task",
        arguments: [
            (AutoClose.any, [true, true, true]), (.incoming, [true, false, false]), (.outgoing, [false, true, true]),
            (.outgoingAssignee, [false, false, true]),
        ])
    func autoClose(_ rule: AutoClose, _ closes: [Bool]) {
        let talks: [(CallDirection, String)] = [(.incoming, "102"), (.outgoing, "102"), (.outgoing, "101")]
        let closed = talks.map { direction, person in
            var desk = Desk { $0.followUp.autoClose[.missed] = rule }
            desk.misses(vera, at: 0, addressee: "101")
            desk.talks(direction, vera, with: person, at: 1)
            return !desk.isOpen
        }
        #expect(closed == closes)
        var other = Desk { $0.followUp.autoClose[.missed] = rule }
        other.misses(vera, at: 0, addressee: "101") { $0.message = 5 }
        other.talks(.incoming, vera, with: "103", at: 1)
        #expect(!other.isOpen, "another type has its own rule")
    }

    @Test("R-121: the assignee is a member of the department; nobody's task is closed by anybody's call")
    func assigneeIdentity() {
        for (person, closes) in [("101", true), ("103", false)] {
            var desk = Desk { $0.followUp.autoClose[.missed] = .outgoingAssignee }
            desk.misses(vera, at: 0, department: "sales")
            desk.talks(.outgoing, vera, with: person, at: 1)
            #expect(desk.isOpen != closes)
        }
        var nobody = Desk { $0.followUp.autoClose[.missed] = .outgoingAssignee }
        nobody.misses(vera, at: 0)
        nobody.talks(.outgoing, vera, with: "103", at: 1)
        #expect(!nobody.isOpen)
    }

    @Test("G-8, G-11: who hides his number has no task, and neither has a colleague")
    func nobodyToCall() {
        var desk = Desk()
        #expect(desk.misses("", at: 0).task == nil)
        desk.misses("103", at: 1) { ($0.direction, $0.client) = (.internal, nil) }
        #expect(desk.book.all.isEmpty)
    }

    @Test("R-094: a client who found no line, or was cut off by a power cut, is called back too; one who talked is not")
    func lost() {
        var desk = Desk()
        desk.misses(vera, at: 0) { ($0.result, $0.cause) = (.refused, .noCircuit) }
        desk.misses(second, at: 0) { ($0.result, $0.cause) = (.refused, .unallocated) }
        #expect(desk.book.all.map(\.client.number) == [vera])
        var cut = CallRecord(id: CallID(9), at: Desk.noon, utcOffset: 10_800, direction: .incoming, from: second, to: "1")
        (cut.client, cut.result, cut.wait) = (CallRecord.Client(number: second), .interrupted, .seconds(7))
        var talked = cut
        talked.legs = [.init(target: "101", at: 0, rang: .zero, outcome: .answered)]
        desk.book.restore([], next: 40, interrupted: [cut, talked])
        #expect(desk.book.all.map(\.id) == [TaskID(40), TaskID(1)] && desk.book.all[0].last.utc == Desk.noon + 7000)
    }

    @Test("R-115: two people never call the same client")
    func claims() throws {
        var desk = Desk()
        desk.misses(vera, at: 0)
        desk.misses(second, at: 1)
        let (one, other) = (TaskID(1), TaskID(2))
        #expect(desk.book.oldest(for: "103", at: desk.moment(2).uptime)?.id == one)
        var call = CallRecord(id: CallID(50), at: 0, direction: .outgoing, from: "101", to: vera)
        (call.client, call.employee) = (CallRecord.Client(number: vera), "101")
        desk.book.follow(call, at: desk.moment(2))
        #expect(desk.book.claim(of: one, at: desk.moment(2).uptime)?.by == "101")
        #expect(desk.book.oldest(for: "103", at: desk.moment(2).uptime)?.id == other, "the code skips whom a colleague calls")
        #expect(throws: TaskRefusal.claimed(by: "101")) {
            try desk.book.carryOut(.claim(by: "103"), on: one, at: desk.moment(2))
        }
        (call.result, call.cause) = (.missed, .noAnswer)
        desk.book.finish(&call, at: desk.moment(3))
        #expect(desk.book.claim(of: one, at: desk.moment(3).uptime) == nil, "without a talk he lets go")
        try desk.book.carryOut(.claim(by: "103"), on: one, at: desk.moment(3))
        #expect(desk.book.state(of: desk.book.all[1], at: desk.moment(4).uptime) == .claimed)
        #expect(desk.book.claim(of: one, at: desk.moment(34).uptime) == nil, "a word that no call follows holds half an hour")
    }

    @Test("Orders by hand: done, assigned, noted, and what is refused")
    func orders() throws {
        var desk = Desk()
        desk.misses(vera, at: 0)
        try desk.book.carryOut(.note("просил после обеда"), on: TaskID(1), at: desk.moment(1))
        try desk.book.carryOut(.assign(.department("sales")), on: TaskID(1), at: desk.moment(1))
        #expect(desk.only?.note == "просил после обеда" && desk.only?.assignee == .department("sales"))
        #expect(throws: TaskRefusal.nobody("extension 999")) {
            try desk.book.carryOut(.assign(.extension("999")), on: TaskID(1), at: desk.moment(1))
        }
        #expect(throws: TaskRefusal.nobody("extension 999")) {
            try desk.book.carryOut(.claim(by: "999"), on: TaskID(1), at: desk.moment(1))
        }
        #expect(throws: TaskRefusal.unknown) { try desk.book.carryOut(.release, on: TaskID(8), at: desk.moment(1)) }
        try desk.book.carryOut(.claim(by: "102"), on: TaskID(1), at: desk.moment(1))
        try desk.book.carryOut(.done(by: nil), on: TaskID(1), at: desk.moment(2))
        #expect(desk.only?.closing?.way == .manual && desk.only?.closing?.by == "102" && desk.verdict == .inTime)
        #expect(desk.only?.reaction == nil, "nobody was reached, as far as anybody knows")
        #expect(throws: TaskRefusal.done) { try desk.book.carryOut(.claim(by: "101"), on: TaskID(1), at: desk.moment(3)) }
    }

    @Test("G-14, D-17: no verdict by a clock that nobody vouches for; afterwards everything is dated by how long ago it was")
    func untrustedClock() {
        var desk = Desk()
        (desk.trust, desk.error) = (.untrusted, -Desk.noon)
        desk.misses(vera, at: 0)
        desk.misses(second, at: 1)
        desk.talks(.outgoing, vera, with: "101", at: 5)
        #expect(desk.book.all.map(\.verdict) == [nil, .tried], "called back; when, nobody knows")
        (desk.trust, desk.error) = (.trusted, 0)
        desk.book.look(at: desk.moment(20))
        #expect(desk.book.all.map(\.verdict) == [.notReturned, .inTime])
        #expect(desk.book.all.map(\.first.utc) == [Desk.noon + 60_000, Desk.noon])
    }

    @Test("G-14: called back by a clock that nobody vouches for any more: tried, at a time not known; never \"not returned\"")
    func untrustedAfterwards() throws {
        var desk = Desk()
        let calls = [desk.misses(vera, at: 0), desk.misses(second, at: 1)]
        (desk.trust, desk.error) = (.untrusted, -Desk.noon)
        desk.tries(vera, by: "101", at: 2)
        desk.talks(.outgoing, second, with: "102", at: 3)
        #expect(desk.book.all.map(\.verdict) == [.tried, .tried])
        let tasks = Dictionary(uniqueKeysWithValues: desk.book.all.map { ($0.id, $0) })
        let day = CivilDate(dayNumber: desk.moment(0).civil.dayNumber)
        let report = MissedReport(
            calls: calls, tasks: tasks, span: ReportPeriod.day(day).span(now: desk.moment(0).civil) { _ in 10_800 }, now: nil,
            scope: .all, language: .en, names: ReportNames()
        ) { _ in 10_800 }
        #expect(report.totals.tried == 2 && report.totals.notReturned == 0)
        #expect(calls.map(report.outcome) == [.triedSometime, .triedSometime])
        #expect(!"\(report.json)".contains("notReturned\"}") && report.text.contains("101             tried, time ?"))
        (desk.trust, desk.error) = (.trusted, 0)
        desk.book.look(at: desk.moment(20))
        #expect(desk.book.all.map(\.verdict) == [.tried, .inTime])
    }

    @Test("G-14: whoever waits while the clock is not known waits; nobody says that he was not called back")
    func untrustedUntouched() throws {
        var desk = Desk()
        let call = desk.misses(vera, at: 0)
        let tasks = Dictionary(uniqueKeysWithValues: desk.book.all.map { ($0.id, $0) })
        let span = ReportPeriod.today.span(now: desk.moment(0).civil) { _ in 10_800 }
        let outcome = { (now: Int64?) in
            MissedReport(calls: [call], tasks: tasks, span: span, now: now, scope: .all, language: .en, names: ReportNames()) {
                _ in
                10_800
            }.outcome(of: call)
        }
        #expect(outcome(desk.moment(60).utc) == .never && outcome(nil) == .unknown)
    }

    @Test("D-17: the clock is set first and vouched for later: what happened before and between is dated by how long ago it was")
    func setBeforeVouched() {
        var desk = Desk()
        (desk.trust, desk.error) = (.untrusted, -Desk.noon)
        desk.misses(vera, at: 0)
        desk.error = 0
        desk.misses(second, at: 1)
        desk.trust = .trusted
        desk.book.look(at: desk.moment(2))
        #expect(desk.book.all.map(\.first.utc) == [Desk.noon + 60_000, Desk.noon])
        #expect(desk.book.all.map(\.deadline) == [.moment(Desk.noon + 660_000), .moment(Desk.noon + 600_000)])
    }

    @Test("a call that a power cut left, by a clock that nobody vouched for, has no deadline until somebody does")
    func undatedInterrupted() {
        var desk = Desk()
        var cut = CallRecord(id: CallID(9), at: 5_000, direction: .incoming, from: vera, to: "200")
        (cut.client, cut.result, cut.isDated) = (CallRecord.Client(number: vera), .interrupted, false)
        desk.book.restore([], next: 1, interrupted: [cut])
        #expect(desk.only?.deadline == nil)
        desk.book.look(at: desk.moment(3))
        #expect(desk.only?.deadline == .moment(Desk.noon + 13 * 60_000))
    }

    @Test("R-124: working time is the department's own where it has hours of its own")
    func departmentHours() {
        var desk = Desk {
            $0.departments["sales"]?.hours = WeeklyHours([.init(days: DaysOfWeek(isoWeekday: 1), from: 0, until: 11 * 3600)])
        }
        desk.misses(vera, at: 0, department: "sales")
        desk.misses(second, at: 1)
        let office = desk.book.all.first { $0.client.number == second }
        let closed = desk.book.all.first { $0.client.number == vera }
        #expect(office?.deadline == .moment(Desk.noon + 660_000))
        if case .wallClock? = closed?.deadline {} else { Issue.record("\(String(describing: closed?.deadline))") }
    }

    @Test("two strangers who turn out to be one client: one task, and nothing that was done or asked for is lost")
    func strangersJoined() throws {
        var desk = Desk()
        desk.misses(vera, at: 0)
        desk.misses(second, at: 1) { $0.callback = .init(number: second, department: "sales", since: 500) }
        try desk.book.carryOut(.note("после обеда"), on: TaskID(2), at: desk.moment(1))
        desk.tries(second, by: "101", at: 2)
        let card = ClientCard(contact: 7, name: "Вера")
        desk.misses(vera, at: 3, card: card)
        #expect(desk.book.all.count == 2)
        desk.misses(second, at: 4, card: card)
        let task = try #require(desk.only)
        #expect(task.id == TaskID(1) && task.attempts == 4 && task.kind == .callback)
        #expect(task.callback?.number == second && task.callback?.tries == 1 && task.note == "после обеда")
        #expect(task.tried?.by == "101" && task.wasTriedInTime && task.deadline == .moment(Desk.noon + 600_000))
        #expect(task.numbers == [vera, second] && task.client.number == second && task.client.contact == 7)
        desk.talks(.outgoing, vera, with: "102", at: 6, card: card)
        #expect(!desk.isOpen)
    }

    @Test("A box that woke in 1970 does not judge the tasks of yesterday by it")
    func batteryless() {
        var desk = Desk()
        desk.misses(vera, at: 0)
        (desk.trust, desk.error) = (.untrusted, -Desk.noon)
        desk.talks(.outgoing, vera, with: "101", at: 15)
        #expect(desk.verdict == .tried && !desk.isOpen)
        (desk.trust, desk.error) = (.trusted, 0)
        desk.book.look(at: desk.moment(30))
        #expect(desk.verdict == .late && desk.only?.closing?.at.utc == Desk.noon + 15 * 60_000)
    }

    @Test("R-096: told are the one it was meant for, or everybody whose phone was tried, and who is to call back")
    func recipients() {
        func recipients(_ card: ClientCard = .blank, addressee: String? = nil) -> [String] {
            var desk = Desk()
            desk.misses(vera, at: 0, addressee: addressee, department: addressee == nil ? "sales" : nil, card: card) { record in
                record.legs = ["101", "102", "+79160000000"].map {
                    .init(target: $0, at: 0, rang: .seconds(9), outcome: .noAnswer)
                }
            }
            return desk.facts.compactMap { if case .notice(let notice) = $0 { notice.recipients } else { nil } }.flatMap(\.self)
        }
        #expect(recipients() == ["101", "102"])
        #expect(recipients(addressee: "103") == ["103"])
        #expect(recipients(ClientCard(owner: "103")) == ["101", "102", "103"])
    }

    @Test("G-8: who hides his number has no task, and whom he called is told all the same")
    func hidden() {
        var desk = Desk()
        desk.misses("", at: 0, addressee: "103")
        guard case .notice(let notice)? = desk.facts.last else { Issue.record("nobody is told"); return }
        #expect(notice.recipients == ["103"] && notice.task == nil && desk.book.all.isEmpty)
    }

    @Test("G-10: an ordered call back is a task of its own type; a talk with the client ends it, whatever closes the task")
    func ordered() {
        var desk = Desk { $0.followUp.autoClose[.callback] = .outgoing }
        let order = { (number: String, since: Int64) in
            { (record: inout CallRecord) in
                (record.callback, record.result) = (.init(number: number, department: "sales", since: since), .served)
            }
        }
        desk.misses(vera, at: 0)
        desk.misses(vera, at: 1, order(vera, 500))
        #expect(desk.only?.kind == .callback && desk.only?.attempts == 2)
        desk.misses(vera, at: 2, order(second, 700))
        #expect(desk.only?.callback?.number == second && desk.only?.callback?.since == 500, "who orders twice keeps his place")
        #expect(desk.only?.numbers == [vera, second])
        desk.tries(second, by: "101", at: 3)
        #expect(desk.only?.callback?.tries == 1 && desk.only?.callback?.lastTry != nil)
        desk.talks(.incoming, vera, with: "101", at: 5)
        #expect(desk.only?.callback == nil && desk.isOpen)
        desk.talks(.outgoing, vera, with: "101", at: 6)
        #expect(!desk.isOpen)
    }

    @Test("Somebody who makes numbers up does not fill the memory")
    func capacity() {
        var desk = Desk()
        for number in 0..<20_010 { desk.misses("+7999\(1_000_000 + number)", at: 0) }
        #expect(desk.book.all.count == 20_000 && desk.book.forgotten == 10)
        #expect(desk.book.all.contains { $0.client.number == "+79991020009" }, "the newest client is not the one to be forgotten")
        desk.misses("+79991000000", at: 1)
        #expect(desk.book.all.first?.client.number == "+79991000000")
    }
}
