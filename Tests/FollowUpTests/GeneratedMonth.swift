import FollowUp
import Routing
import Telephony

/// November 2026 of a small office, drawn from a seed and lived through by a real task book: every way in which a call can come out,
/// clients with two numbers, callers who hide theirs, colleagues, nights, weekends, a holiday, returns in time, late and never.
struct GeneratedMonth {
    static let offset = 3 * 3600
    let calls: [CallRecord]
    let tasks: [TaskID: CallbackTask]
    let office: Office
    /// Contacts of two numbers each.
    static let contacts = ["+79161234567": 1, "+74950001122": 1]

    static let names = ReportNames(
        office: "ООО «Ромашка»", extensions: ["101": "Анна Петрова", "102": "Борис Ким", "103": "Вера Соколова"],
        departments: ["sales": "Отдел продаж", "service": "Сервис"])

    static let span = ReportPeriod.month(year: 2026, month: 11).span(
        now: CivilTime(year: 2026, month: 12, day: 1, offset: offset)
    ) { _ in offset }
    /// The last hour of the month: one client is still to be called.
    static let now = CivilTime(year: 2026, month: 11, day: 30, hour: 17, minute: 50, offset: offset).utc

    init(seed: UInt64 = 11, calls count: Int = 70) {
        var life = Life(seed: seed)
        for _ in 0..<count where life.hasRoom { life.oneMore() }
        life.finish()
        (calls, office) = (life.records.sorted { ($0.at, $0.id) < ($1.at, $1.id) }, life.office)
        tasks = Dictionary(uniqueKeysWithValues: life.book.all.map { ($0.id, $0) }).merging(life.kept) { now, _ in now }
    }
}

/// The month while it is drawn.
private struct Life {
    var dice: Dice
    var book: TaskBook
    let office: Office
    var records: [CallRecord] = []
    /// Every task as it stood last; the book forgets those that were closed long ago.
    var kept: [TaskID: CallbackTask] = [:]
    /// The moment up to which everything has happened, in seconds of the month.
    private var now = 9 * 3600 + 120
    private var nextCall = 1
    private let clients = ["+79161234567", "+74950001122", "+79031112233", "+78125550101", "+4930123456", "+74957776655"]

    init(seed: UInt64) {
        var office = Office()
        office.calendar = WorkCalendar(
            hours: WeeklyHours([.init(days: .weekdays, from: 9 * 3600, until: 18 * 3600)]),
            holidays: [
                .init(
                    first: CivilTime.dayNumber(year: 2026, month: 11, day: 4),
                    last: CivilTime.dayNumber(year: 2026, month: 11, day: 4))
            ])
        for number in ["101", "102", "103"] { office.extensions[number] = Extension(number, name: "") }
        office.departments["sales"] = Department("sales", number: "200", members: ["101", "102"])
        office.departments["service"] = Department("service", number: "300", members: ["103"])
        (self.office, book, dice) = (office, TaskBook(office: office), Dice(seed: seed))
    }

    private static let begin = CivilTime(year: 2026, month: 11, day: 1, offset: GeneratedMonth.offset).utc

    private func moment(_ second: Int) -> Moment {
        Moment(
            uptime: .zero + .seconds(Int64(second)), utc: Self.begin + Int64(second) * 1000, utcOffset: GeneratedMonth.offset)
    }

    /// Whether the month has a day left before its last.
    var hasRoom: Bool { now < 27 * 86_400 }

    /// One more call some hours later; mostly by day.
    mutating func oneMore() {
        now += 60 + dice.roll(12 * 3600)
        let hour = now % 86_400 / 3600
        if hour < 8 || hour > 19, !dice.chance(1, in: 4) { now += (33 - hour) % 24 * 3600 }
        switch dice.roll(20) {
        case 0..<7: answered()
        case 7..<8: colleagues()
        case 8..<9: missed(client: nil)
        default: missed(client: clients[dice.roll(clients.count)])
        }
    }

    mutating func finish() {
        now = 29 * 86_400 + 17 * 3600 + 40 * 60
        miss(clients[2])
        drain()
    }

    private mutating func make(_ direction: CallDirection, _ from: String, _ to: String) -> CallRecord {
        defer { nextCall += 1 }
        let at = moment(now)
        var record = CallRecord(
            id: CallID(nextCall), at: at.utc, utcOffset: at.utcOffset, direction: direction, from: from, to: to)
        if direction == .incoming {
            let isMoscow = dice.chance(2, in: 3)
            (record.number, record.label) = isMoscow ? ("+74951234567", "Москва") : ("+78121234567", "Санкт-Петербург")
            record.department = dice.chance(2, in: 3) ? "sales" : "service"
        }
        return record
    }

    private mutating func answered() {
        let client = clients[dice.roll(clients.count)]
        var record = make(.incoming, client, "84951234567")
        record.client = CallRecord.Client(number: client, isKnown: true)
        record.employee = record.department == "sales" ? ["101", "102"][dice.roll(2)] : "103"
        talk(&record, wait: 3 + dice.roll(30))
    }

    private mutating func colleagues() {
        var record = make(.internal, "101", "102")
        (record.result, record.employee, record.addressee, record.wait) = (.missed, "102", "102", .seconds(20))
        file(&record)
    }

    private mutating func missed(client: String?) {
        miss(client)
        guard let client else { return }
        // What somebody does about it, and how soon.
        let delay = [2, 5, 9, 10, 11, 40, 200][dice.roll(7)] * 60
        switch dice.roll(6) {
        case 0: break
        case 1:
            now += delay
            miss(client)
        case 2:
            now += delay
            attempt(client)
            if dice.chance(1, in: 2) {
                now += 1800
                callBack(client)
            }
        case 3:
            now += delay
            var record = make(.incoming, client, "84951234567")
            (record.client, record.employee) = (CallRecord.Client(number: client, isKnown: true), "102")
            talk(&record, wait: 5)
        default:
            now += delay
            callBack(client)
        }
    }

    private mutating func miss(_ client: String?) {
        var record = make(.incoming, client ?? "", "84951234567")
        record.client = client.map { number in
            CallRecord.Client(number: number, isKnown: records.contains { $0.client?.number == number })
        }
        let wait = 4 + dice.roll(90)
        (record.result, record.cause) = (.missed, .cancelled)
        switch dice.roll(12) {
        case 0: (record.result, record.cause) = (.refused, .noCircuit)
        case 1:
            (record.department, record.employee, record.addressee, record.isAway) = (nil, "103", "103", true)
        case 2...4:
            (record.department, record.employee, record.addressee) = (nil, "101", "101")
            record.legs = [.init(target: "101", at: record.at, rang: .seconds(Int64(wait)), outcome: .cancelled)]
        case 5:
            record.message = nextCall
            record.legs = [.init(target: "101", at: record.at, rang: .seconds(20), outcome: .noAnswer)]
            (record.employee, record.addressee, record.department) = ("101", "101", nil)
        case 6: (record.result, record.cause) = (.interrupted, .interrupted)
        default:
            let members = record.department == "sales" ? ["101", "102"] : ["103"]
            record.legs = members.map { .init(target: $0, at: record.at, rang: .seconds(Int64(wait)), outcome: .cancelled) }
        }
        record.wait = record.cause == .noCircuit ? .zero : .seconds(Int64(wait))
        file(&record)
    }

    private mutating func attempt(_ client: String) {
        var record = make(.outgoing, "102", client)
        (record.client, record.employee, record.result, record.cause) = (.init(number: client), "102", .missed, .noAnswer)
        record.legs = [.init(target: client, at: record.at, rang: .seconds(20), outcome: .noAnswer)]
        record.wait = .seconds(20)
        file(&record)
    }

    private mutating func callBack(_ client: String) {
        let person = ["101", "102", "103"][dice.roll(3)]
        // A contact is called on the number that comes to hand.
        let number = GeneratedMonth.contacts[client] == nil ? client : "+79161234567"
        var record = make(.outgoing, person, number)
        (record.client, record.employee) = (.init(number: number, isKnown: true), person)
        talk(&record, wait: 8)
    }

    /// Answered after so many seconds, and talked about for a while.
    private mutating func talk(_ record: inout CallRecord, wait: Int) {
        let length = dice.chance(1, in: 12) ? 0 : 20 + dice.roll(300)
        follow(record)
        now += wait
        record.wait = .seconds(Int64(wait))
        (record.result, record.cause) = (.answered, .normalClearing)
        record.legs = [.init(target: record.employee ?? "", at: record.at, rang: record.wait, outcome: .answered)]
        book.follow(record, at: moment(now))
        if length > 0 { book.wake(at: moment(now + 1)) }
        now += length
        record.talk = length == 0 ? .milliseconds(400) : .seconds(Int64(length))
        book.finish(&record, at: moment(now))
        records.append(record)
        drain()
    }

    private mutating func file(_ record: inout CallRecord) {
        follow(record)
        now += Int(record.wait.milliseconds / 1000)
        record.ringing = record.wait
        book.finish(&record, at: moment(now))
        records.append(record)
        drain()
    }

    private mutating func follow(_ record: CallRecord) {
        book.follow(record, at: moment(now))
        let contact = record.client.flatMap { GeneratedMonth.contacts[$0.number] }
        book.identify(
            record.id,
            as: contact.map { ClientCard(contact: $0, name: "Вера Климова") }
                ?? ClientCard(isFamiliar: record.client?.isKnown ?? false),
            at: moment(now))
    }

    private mutating func drain() {
        for fact in book.takeFacts() {
            switch fact {
            case .changed(let task): kept[task.id] = task
            case .merged(let younger, let elder): (kept[younger], kept[elder.id]) = (nil, elder)
            case .forgotten: break
            case .identified, .notice: break
            }
        }
    }
}
