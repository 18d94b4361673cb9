import Exchange
import FollowUp
import Glibc
import Host
import Store
import Telephony

/// A month's report out of five years of a busy office: a million calls on the disk.
enum Report {
    static let calls = 1_000_000
    /// Orders on their way at a time; the store's mailbox holds a few thousand.
    private static let window = 1000
    /// Milliseconds between calls: five years over all of them.
    private static let interval: Int64 = 157_680
    private static let begin = CivilTime(year: 2021, month: 1, day: 1).utc

    static func run() throws -> [Row] {
        let folder = "/tmp/apus-benchmark-\(getpid())"
        defer {
            for name in (try? Files.names(in: folder)) ?? [] { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        let filling = try fill(folder)
        let start = Instant.now
        let store = try Store(folder: folder, utc: begin) { _ in }
        let opening = (Instant.now - start).inSeconds
        defer { store.close() }
        let span = ReportPeriod.month(year: 2023, month: 11).span(now: CivilTime(utc: begin, offset: 0)) { _ in 0 }
        // Other work on the machine disturbs: the best of five is what the program costs.
        var times: [Double] = []
        var lines = 0
        for _ in 0..<5 {
            let start = Instant.now
            lines = try report(store, span).text.utf8.count { $0 == UInt8(ascii: "\n") }
            times.append((Instant.now - start).inSeconds)
        }
        let missed = try best { try missedReport(store, span).text.utf8.count }
        let totals = try best { try store.missed(0..<Int64.max, limit: 0).totals.missed }
        return [
            Row("report missed: a month out of \(calls) calls", missed, atMost: 0.5, unit: "s"),
            Row("report missed: totals of all \(calls) calls", totals, atMost: 0.5, unit: "s"),
            Row("report: a month (\(lines) lines) out of \(calls) calls", times.min() ?? 0, atMost: 0.5, unit: "s"),
            Row("store: start over \(calls) calls", opening, unit: "s"),
            Row("store: durable call records", filling, unit: "a second", digits: 0),
        ]
    }

    private static func report(_ store: Store, _ span: ReportSpan) throws -> CallReport {
        CallReport(
            calls: try store.calls(span.utc), totals: try store.totals(span.utc), span: span, scope: .all, language: .ru,
            names: ReportNames(extensions: ["102": "Анна Петрова"], departments: ["sales": "Отдел продаж"]))
    }

    private static func best(_ body: () throws -> Int) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<5 {
            let start = Instant.now
            _ = try body()
            best = min(best, (Instant.now - start).inSeconds)
        }
        return best
    }

    private static func missedReport(_ store: Store, _ span: ReportSpan) throws -> MissedReport {
        let found = try store.missed(span.utc)
        return MissedReport(
            calls: found.calls, tasks: found.tasks, totals: found.totals, span: span, now: span.utc.upperBound, scope: .all,
            language: .ru, names: ReportNames(departments: ["sales": "Отдел продаж"])
        ) { _ in 0 }
    }

    /// Files all calls, so many in flight at a time; how many a second.
    private static func fill(_ folder: String) throws -> Double {
        let told = try Mailbox<Event>(capacity: 2 * window)
        let store = try Store(folder: folder, utc: begin) { told.offer($0) }
        defer { store.close() }
        let start = Instant.now
        var (ordered, stored) = (0, 0)
        while stored < calls {
            while ordered < calls, ordered - stored < window {
                ordered += 1
                if let task = task(ordered) { store.perform([.task(task)]) }
                store.perform([.close(call(ordered), StoreTicket(ordered))])
            }
            _ = told.wait(until: nil)
            for fact in told.takeAll() {
                guard case .stored = fact else { throw SystemError("store a call", code: ENOSPC) }
                stored += 1
            }
        }
        return Double(calls) / (Instant.now - start).inSeconds
    }

    /// A missed call's, which is any fifth that came in: some of them returned, and half of these too late.
    private static func task(_ number: Int) -> CallbackTask? {
        let call = call(number)
        guard let client = call.client, call.task != nil else { return nil }
        var task = CallbackTask(
            id: TaskID(number), client: client, first: Stamp(utc: call.at, utcOffset: 0), deadline: .moment(call.at + 600_000))
        if number % 3 > 0 {
            let delay: Int64 = number % 3 == 1 ? 1_200_000 : 300_000
            task.closing = .init(way: .outgoing, at: Stamp(utc: call.at + delay, utcOffset: 0), by: "102", call: CallID(number))
        }
        return task
    }

    static func call(_ number: Int) -> CallRecord {
        let at = begin + Int64(number) * interval
        var call = CallRecord(
            id: CallID(number), at: at, utcOffset: 0, direction: number % 4 == 0 ? .outgoing : .incoming, from: "+79161234567",
            to: "74951234567")
        (call.number, call.department, call.employee, call.label) = ("+74951234567", "sales", "102", "Москва")
        (call.result, call.wait, call.talk) = (number % 5 == 0 ? .missed : .answered, .milliseconds(26_500), .seconds(60))
        call.client = CallRecord.Client(number: "+79\(100_000_000 + number % 50_000)")
        if call.result == .missed, call.direction == .incoming { call.task = TaskID(number) }
        call.legs = [
            CallRecord.Leg(target: "101", at: at, rang: .seconds(20), outcome: .elsewhere),
            CallRecord.Leg(target: "102", at: at, rang: .seconds(26), outcome: .answered),
        ]
        return call
    }
}
