import FollowUp
import Telephony

/// Call records as rows.
enum CallRows {
    private static let columns = """
        id, at, utc_offset, direction, from_number, to_number, number, department, employee, label, result, cause, wait, talk, \
        received, client, contact, client_name, addressee, away, message, ringing, task, dated, known
        """

    /// How long its recording is, where it has one.
    private static let recording = "(SELECT length FROM recordings WHERE call = calls.id)"

    /// Writes a record over what was there of the same call; `up` while the call is.
    static func write(_ call: CallRecord, up: Bool, to database: Database) throws(DatabaseError) {
        let marks = Array(repeating: "?", count: 24).joined(separator: ",")
        // Whoever called or was called before is known.
        let known = "? OR EXISTS (SELECT 1 FROM calls WHERE client = ?16 AND id < ?1)"
        try database.run(
            "INSERT OR REPLACE INTO calls (\(columns), up) VALUES (\(marks), \(known), ?)",
            [
                Value(call.id.number), Value(call.at), Value(call.utcOffset), Value(call.direction.rawValue), Value(call.from),
                Value(call.to), Value(call.number), Value(call.department), Value(call.employee), Value(call.label),
                Value(call.result.rawValue), Value(call.cause.rawValue), Value(call.wait.milliseconds),
                Value(call.talk.milliseconds), Value(call.received), Value(call.client?.number),
                Value(number: call.client?.contact), Value(call.client?.name), Value(call.addressee), call.isAway ? 1 : 0,
                Value(number: call.message), Value(call.ringing.milliseconds), Value(number: call.task?.number),
                call.isDated ? 1 : 0, call.client?.isKnown == true ? 1 : 0, up ? 1 : 0,
            ])
        try database.run("DELETE FROM legs WHERE call = ?", [Value(call.id.number)])
        for (position, leg) in call.legs.enumerated() {
            try database.run(
                "INSERT INTO legs (call, position, target, at, rang, outcome) VALUES (?,?,?,?,?,?)",
                [
                    Value(call.id.number), Value(position), Value(leg.target), Value(leg.at), Value(leg.rang.milliseconds),
                    Value(leg.outcome.rawValue),
                ])
        }
    }

    /// Ended calls with the outside of the time, at most the newest `limit`, oldest first.
    static func readOutside(
        _ time: Range<Int64>, scope: ReportScope, limit: Int, from database: Database
    ) throws(DatabaseError) -> [CallRecord] {
        try read(time, scope: scope, limit: limit, also: " AND direction <> 'internal'", from: database)
    }

    /// Ended calls from outside of the time by which this person's telephones were tried, whoever they were for; at most the newest `limit`,
    /// oldest first.
    static func readOffered(
        to person: String, _ time: Range<Int64>, limit: Int, from database: Database
    ) throws(DatabaseError) -> [CallRecord] {
        let isOffered = " AND direction = 'in' AND EXISTS (SELECT 1 FROM legs WHERE legs.call = calls.id AND legs.target = ?)"
        return try read(time, scope: .all, limit: limit, also: isOffered, [Value(person)], from: database)
    }

    /// Ended calls of the time, at most the newest `limit`, oldest first.
    static func read(
        _ time: Range<Int64>, scope: ReportScope, limit: Int, also: String = "", _ more: [Value] = [], from database: Database
    ) throws(DatabaseError) -> [CallRecord] {
        let (condition, values) = condition(time, scope)
        var calls: [CallRecord] = []
        try database.query(
            "SELECT \(columns), \(recording) FROM calls WHERE \(condition)\(also) ORDER BY at DESC, id DESC LIMIT ?",
            values + more + [Value(limit)]
        ) { row in calls.append(record(row)) }
        calls.reverse()
        for index in calls.indices { calls[index].legs = try legs(of: calls[index].id, from: database) }
        return calls
    }

    /// One ended call with its reasons, the newest where no number is given; nil where there is none.
    static func read(_ id: CallID?, from database: Database) throws(DatabaseError) -> CallRecord? {
        let condition = id == nil ? "up = 0 ORDER BY at DESC, id DESC LIMIT 1" : "up = 0 AND id = ?"
        var found: CallRecord?
        let sql = "SELECT \(columns), \(recording) FROM calls WHERE \(condition)"
        try database.query(sql, id.map { [Value($0.number)] } ?? []) { row in found = record(row) }
        guard let id = found?.id else { return nil }
        found?.legs = try legs(of: id, from: database)
        found?.reasons = try DecisionRows.read(id, from: database)
        return found
    }

    private static func legs(of call: CallID, from database: Database) throws(DatabaseError) -> [CallRecord.Leg] {
        var legs: [CallRecord.Leg] = []
        try database.query(
            "SELECT target, at, rang, outcome FROM legs WHERE call = ? ORDER BY position", [Value(call.number)]
        ) { row in
            legs.append(
                CallRecord.Leg(
                    target: row.text(0), at: row.integer(1), rang: .milliseconds(row.integer(2)),
                    outcome: LegOutcome(rawValue: row.text(3)) ?? .unreachable))
        }
        return legs
    }

    /// Counts of the ended calls of the time; only of one direction where it is named.
    static func totals(
        _ time: Range<Int64>, scope: ReportScope, direction only: CallDirection? = nil, from database: Database
    ) throws(DatabaseError) -> CallTotals {
        let (condition, values) = condition(time, scope)
        var totals = CallTotals()
        // One pass without sorting; each pair of a direction and a result has its own column.
        let directions = only.map { [$0] } ?? CallDirection.all
        let pairs = directions.flatMap { direction in CallResult.allCases.map { (direction, $0) } }
        let counts = pairs.map { "count(*) FILTER (WHERE direction = '\($0.rawValue)' AND result = '\($1.rawValue)')" }
        try database.query("SELECT \(counts.joined(separator: ", ")) FROM calls WHERE \(condition)", values) { row in
            for (column, (direction, result)) in pairs.enumerated() {
                totals.add(Int(row.integer(Int32(column))), direction: direction, result: result)
            }
        }
        return totals
    }

    /// The next number after every call that was ever written.
    static func nextCall(in database: Database) throws(DatabaseError) -> Int {
        Int(try database.number("SELECT max(id) FROM calls") ?? 0) + 1
    }

    /// Turns calls that were up when the last run was killed into their records, and gives these.
    static func interruptOpen(in database: Database) throws(DatabaseError) -> [CallRecord] {
        var calls: [CallRecord] = []
        try database.query("SELECT \(columns), \(recording) FROM calls WHERE up = 1 ORDER BY id") { calls.append(record($0)) }
        guard !calls.isEmpty else { return [] }
        try database.run(
            "UPDATE calls SET up = 0, result = ?, cause = ? WHERE up = 1",
            [
                Value(CallResult.interrupted.rawValue), Value(Cause.interrupted.rawValue),
            ])
        for index in calls.indices {
            (calls[index].result, calls[index].cause) = (.interrupted, .interrupted)
            calls[index].legs = try legs(of: calls[index].id, from: database)
        }
        return calls
    }

    /// Calls dated by a clock that was wrong by so many milliseconds.
    /// When the newest ended call came or the newest revision was made; 0: never.
    static func newest(in database: Database) throws(DatabaseError) -> Int64 {
        let call = try database.number("SELECT max(at) FROM calls WHERE up = 0")
        let revision = try database.number("SELECT at FROM revisions ORDER BY number DESC LIMIT 1")
        return max(call ?? 0, revision ?? 0)
    }

    static func redate(_ calls: ClosedRange<CallID>, by shift: Int64, in database: Database) throws(DatabaseError) {
        let values = [Value(shift), Value(calls.lowerBound.number), Value(calls.upperBound.number)]
        try database.run("UPDATE calls SET at = at + ?, dated = 1 WHERE id BETWEEN ? AND ? AND up = 0", values)
        try database.run(
            "UPDATE legs SET at = at + ? WHERE call BETWEEN ? AND ? AND call IN (SELECT id FROM calls WHERE up = 0)", values)
    }

    /// Forgets at most `limit` calls that came before `utc`, the oldest first; how many.
    static func forget(before utc: Int64, limit: Int, in database: Database) throws(DatabaseError) -> Int {
        let old = "SELECT id FROM calls WHERE up = 0 AND at < ? ORDER BY at LIMIT ?"
        try database.run("DELETE FROM legs WHERE call IN (\(old))", [Value(utc), Value(limit)])
        try database.run("DELETE FROM calls WHERE id IN (\(old))", [Value(utc), Value(limit)])
        return database.changes
    }

    /// What a call of the time and scope fulfils; `table` stands before the columns where there are several tables.
    static func condition(_ time: Range<Int64>, _ scope: ReportScope, of table: String? = nil) -> (String, [Value]) {
        let dot = table.map { $0 + "." } ?? ""
        let base = "\(dot)up = 0 AND \(dot)at >= ? AND \(dot)at < ?"
        let bounds = [Value(time.lowerBound), Value(time.upperBound)]
        switch scope {
        case .all: return (base, bounds)
        case .department(let id): return (base + " AND \(dot)department = ?", bounds + [Value(id)])
        case .operator(let number):
            return (base + " AND (\(dot)employee = ? OR \(dot)from_number = ?)", bounds + [Value(number), Value(number)])
        case .number(let number): return (base + " AND \(dot)number = ?", bounds + [Value(number)])
        }
    }

    private static func record(_ row: borrowing Row) -> CallRecord {
        var call = CallRecord(
            id: CallID(Int(row.integer(0))), at: row.integer(1), utcOffset: Int(row.integer(2)),
            direction: CallDirection(rawValue: row.text(3)) ?? .internal, from: row.text(4), to: row.text(5))
        (call.number, call.department) = (row.optionalText(6), row.optionalText(7))
        (call.employee, call.label) = (row.optionalText(8), row.optionalText(9))
        (call.result, call.cause) = (
            CallResult(rawValue: row.text(10)) ?? .interrupted, Cause(rawValue: row.text(11)) ?? .interrupted
        )
        (call.wait, call.talk) = (.milliseconds(row.integer(12)), .milliseconds(row.integer(13)))
        call.received = row.optionalText(14)
        call.client = row.optionalText(15).map { number in
            CallRecord.Client(
                number: number, contact: row.optionalInteger(16), name: row.text(17), isKnown: row.integer(24) != 0)
        }
        (call.addressee, call.isAway, call.message) = (row.optionalText(18), row.integer(19) != 0, row.optionalInteger(20))
        (call.ringing, call.task) = (.milliseconds(row.integer(21)), row.optionalInteger(22).map { TaskID($0) })
        call.isDated = row.integer(23) != 0
        call.recording = row.optionalInteger(25).map { .milliseconds($0) }
        return call
    }
}

extension CallDirection {
    fileprivate static let all: [CallDirection] = [.incoming, .outgoing, .internal]
}
