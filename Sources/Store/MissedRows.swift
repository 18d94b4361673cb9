import FollowUp
import Telephony

/// Missed calls and what became of them, read for their report.
enum MissedRows {
    /// What `CallRecord.isMissedByClients` says.
    private static let isMissed = "(result = 'missed' OR result = 'refused' AND \(isLineless))"
    /// Of those, what `CallRecord.isLineless` says.
    private static let isLineless = "cause = '\(Cause.noCircuit.rawValue)'"

    /// The counts of a time, however many calls there are.
    static func totals(
        _ time: Range<Int64>, scope: ReportScope, from database: Database
    ) throws(DatabaseError) -> MissedTotals {
        var totals = MissedTotals()
        totals.answered = try CallRows.totals(time, scope: scope, direction: .incoming, from: database).answered
        let (condition, values) = CallRows.condition(time, scope, of: "calls")
        let missed = "\(isMissed) AND calls.client IS NOT NULL"
        let verdict = { (word: Verdict) in "count(*) FILTER (WHERE \(missed) AND tasks.verdict = '\(word.rawValue)')" }
        let sql = """
            SELECT count(*) FILTER (WHERE \(missed)), \(verdict(.inTime)), \(verdict(.late)), \(verdict(.tried)), \
            count(*) FILTER (WHERE \(isMissed) AND calls.client IS NULL), count(*) FILTER (WHERE \(isMissed) AND \(isLineless)), \
            count(*) FILTER (WHERE result = 'interrupted' AND NOT EXISTS \
            (SELECT 1 FROM legs WHERE legs.call = calls.id AND legs.outcome = 'answered')), \
            count(DISTINCT CASE WHEN \(missed) THEN coalesce('contact ' || calls.contact, calls.client) END) \
            FROM calls INDEXED BY calls_lost LEFT JOIN tasks ON tasks.id = calls.task \
            WHERE \(condition) AND calls.direction = 'in' AND calls.result <> 'answered'
            """
        try database.query(sql, values) { row in
            (totals.missed, totals.inTime, totals.late) = (Int(row.integer(0)), Int(row.integer(1)), Int(row.integer(2)))
            (totals.tried, totals.anonymous) = (Int(row.integer(3)), Int(row.integer(4)))
            (totals.noLine, totals.interrupted, totals.clients) = (
                Int(row.integer(5)), Int(row.integer(6)), Int(row.integer(7))
            )
        }
        // Whatever has no verdict yet, or no task, has not been returned.
        totals.notReturned = totals.missed - totals.inTime - totals.late - totals.tried
        return totals
    }

    /// The tasks of the calls of a time; for the office or one person also those that were closed in it by a call back.
    static func tasks(
        _ time: Range<Int64>, scope: ReportScope, from database: Database
    ) throws(DatabaseError) -> [TaskID: CallbackTask] {
        let (condition, bound) = CallRows.condition(time, scope, of: "calls")
        var values = bound
        var ids = "SELECT task FROM calls WHERE \(condition) AND calls.direction = 'in' AND calls.result <> 'answered'"
        let returned = " UNION SELECT id FROM tasks WHERE closed_way = 'outgoing' AND closed_at >= ? AND closed_at < ?"
        let bounds = [Value(time.lowerBound), Value(time.upperBound)]
        switch scope {
        case .all: (ids, values) = (ids + returned, values + bounds)
        case .operator(let number): (ids, values) = (ids + returned + " AND closed_by = ?", values + bounds + [Value(number)])
        case .department, .number: break
        }
        var tasks: [TaskID: CallbackTask] = [:]
        try database.query("SELECT \(TaskRows.columns) FROM tasks WHERE id IN (\(ids))", values) { row in
            let task = TaskRows.read(row, from: 0)
            tasks[task.id] = task
        }
        return tasks
    }
}
