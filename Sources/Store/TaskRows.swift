import FollowUp
import Routing
import Telephony

/// Call-back tasks as rows.
enum TaskRows {
    /// In the order in which `read` takes them.
    static let columns = """
        id, kind, client, contact, client_name, known, numbers, number, department, attempts, first_at, first_offset, first_dated, \
        last_at, last_offset, last_dated, deadline, deadline_local, assignee, tried_at, tried_offset, tried_dated, tried_by, \
        tried_in_time, closed_at, closed_offset, closed_dated, closed_way, closed_by, closed_call, note, \
        callback_number, callback_department, callback_since, callback_tries, callback_last
        """

    static func write(_ task: CallbackTask, to database: Database) throws(DatabaseError) {
        let marks = Array(repeating: "?", count: 37).joined(separator: ",")
        var values: [Value] = [
            Value(task.id.number), Value(task.kind.rawValue), Value(task.client.number), Value(number: task.client.contact),
            Value(task.client.name), task.client.isKnown ? 1 : 0, Value(task.numbers.joined(separator: " ")), Value(task.number),
            Value(task.department), Value(task.attempts),
        ]
        values += stamp(task.first) + stamp(task.last) + deadline(task.deadline)
        values.append(Value(task.assignee?.description))
        values += stamp(task.tried?.at) + [Value(task.tried?.by), task.wasTriedInTime ? 1 : 0]
        values += stamp(task.closing?.at)
        values += [
            Value(task.closing?.way.rawValue), Value(task.closing?.by), Value(number: task.closing?.call?.number),
            Value(task.note),
        ]
        values += callback(task.callback) + [Value(task.verdict?.rawValue)]
        try database.run("INSERT OR REPLACE INTO tasks (\(columns), verdict) VALUES (\(marks))", values)
    }

    /// The first task is no more, its calls are the second's.
    static func merge(_ younger: TaskID, into elder: TaskID, in database: Database) throws(DatabaseError) {
        try database.run("UPDATE calls SET task = ? WHERE task = ?", [Value(elder.number), Value(younger.number)])
        try database.run("DELETE FROM tasks WHERE id = ?", [Value(younger.number)])
    }

    /// Open tasks that are restored, the newest; the book would forget more.
    private static let openLimit = 20_000

    /// The newest open tasks, and those closed since `utc`.
    static func restore(closedSince utc: Int64, from database: Database) throws(DatabaseError) -> [CallbackTask] {
        var tasks: [CallbackTask] = []
        try database.query("SELECT \(columns) FROM tasks WHERE closed_way IS NULL ORDER BY id DESC LIMIT ?", [Value(openLimit)]) {
            tasks.append(read($0, from: 0))
        }
        try database.query(
            "SELECT \(columns) FROM tasks WHERE closed_way IS NOT NULL AND (closed_at >= ? OR closed_dated = 0)", [Value(utc)]
        ) { tasks.append(read($0, from: 0)) }
        return tasks.sorted { $0.id < $1.id }
    }

    /// Forgets at most `limit` tasks that were closed before `utc`; how many.
    static func forget(closedBefore utc: Int64, limit: Int, in database: Database) throws(DatabaseError) -> Int {
        try database.run(
            """
            DELETE FROM tasks WHERE id IN (
                SELECT id FROM tasks WHERE closed_way IS NOT NULL AND closed_dated = 1 AND closed_at < ? LIMIT ?)
            """, [Value(utc), Value(limit)])
        return database.changes
    }

    /// The next number after every task there is.
    static func nextTask(in database: Database) throws(DatabaseError) -> Int {
        Int(try database.number("SELECT max(id) FROM tasks") ?? 0) + 1
    }

    /// The task whose columns begin at `first`.
    static func read(_ row: borrowing Row, from first: Int32) -> CallbackTask {
        var client = CallRecord.Client(
            number: row.text(first + 2), name: row.text(first + 4), isKnown: row.integer(first + 5) != 0)
        client.contact = row.optionalInteger(first + 3)
        var task = CallbackTask(
            id: TaskID(Int(row.integer(first))), kind: TaskKind(rawValue: row.text(first + 1)) ?? .missed, client: client,
            first: stamp(row, first + 10) ?? Stamp(utc: 0, utcOffset: 0), deadline: deadline(row, first + 16),
            assignee: row.optionalText(first + 18).flatMap(Responsible.init))
        task.numbers = row.text(first + 6).split(separator: " ").map(String.init)
        (task.number, task.department) = (row.optionalText(first + 7), row.optionalText(first + 8))
        task.attempts = Int(row.integer(first + 9))
        task.last = stamp(row, first + 13) ?? task.first
        task.tried = stamp(row, first + 19).map { CallbackTask.Attempt(at: $0, by: row.text(first + 22)) }
        task.wasTriedInTime = row.integer(first + 23) != 0
        if let at = stamp(row, first + 24), let way = CallbackTask.Way(rawValue: row.text(first + 27)) {
            task.closing = CallbackTask.Closing(
                way: way, at: at, by: row.optionalText(first + 28), call: row.optionalInteger(first + 29).map { CallID($0) })
        }
        task.note = row.text(first + 30)
        task.callback = callback(row, first + 31)
        return task
    }

    private static func callback(_ order: CallRecord.CallbackOrder?) -> [Value] {
        guard let order else { return [.null, .null, .null, .null, .null] }
        return [
            Value(order.number), Value(order.department), Value(order.since), Value(order.tries),
            order.lastTry.map { Value($0) } ?? .null,
        ]
    }

    private static func callback(_ row: borrowing Row, _ column: Int32) -> CallRecord.CallbackOrder? {
        guard let number = row.optionalText(column), let department = row.optionalText(column + 1) else { return nil }
        return CallRecord.CallbackOrder(
            number: number, department: department, since: row.integer(column + 2), tries: Int(row.integer(column + 3)),
            lastTry: row.optionalInteger(column + 4).map { Int64($0) })
    }

    private static func stamp(_ stamp: Stamp?) -> [Value] {
        guard let stamp else { return [.null, .null, .null] }
        return [Value(stamp.utc), Value(stamp.utcOffset), stamp.dating == .trusted ? 1 : 0]
    }

    private static func stamp(_ row: borrowing Row, _ column: Int32) -> Stamp? {
        guard row.optionalInteger(column) != nil else { return nil }
        return Stamp(
            utc: row.integer(column), utcOffset: Int(row.integer(column + 1)),
            dating: row.integer(column + 2) == 0 ? .earlierRun : .trusted)
    }

    private static func deadline(_ deadline: Deadline?) -> [Value] {
        switch deadline {
        case .moment(let utc)?: [Value(utc), 0]
        case .wallClock(let day, let second)?: [Value(day * 86_400 + second), 1]
        case nil: [.null, 0]
        }
    }

    private static func deadline(_ row: borrowing Row, _ column: Int32) -> Deadline? {
        guard let value = row.optionalInteger(column) else { return nil }
        return row.integer(column + 1) == 0
            ? .moment(Int64(value)) : .wallClock(day: value / 86_400, second: value % 86_400)
    }
}
