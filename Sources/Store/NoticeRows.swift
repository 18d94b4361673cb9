import FollowUp
import Routing
import Telephony

/// The outbox as rows: what waits, and for some months what has become of the rest.
enum NoticeRows {
    /// How many days notices are kept in the list, how many of them at most, and after how many days one that waits is given up.
    static let keptDays: Int64 = 90, keptCount = 20_000, waitingDays: Int64 = 14
    private static let day: Int64 = 86_400_000

    private static let columns = """
        id, key, kind, at, utc_offset, address, people, call, task, client, client_name, subject, text, message, state, tries, \
        tried_at, reason_ru, reason_en
        """

    /// Puts a notice in, unless one of its key is there already, or one went to its address not long ago.
    static func post(_ notice: OutgoingNotice, to database: Database) throws(DatabaseError) {
        if let quiet = notice.quiet {
            let since = Value(notice.at - quiet.milliseconds)
            let recent = try database.number(
                "SELECT count(*) FROM notices WHERE address = ? AND at > ? AND state <> 'failed'",
                [Value(notice.address.description), since])
            if let recent, recent > 0 { return }
        }
        let state = notice.address == .list ? PostedNotice.State.listed : .waiting
        let marks = Array(repeating: "?", count: 15).joined(separator: ",")
        try database.run(
            """
            INSERT OR IGNORE INTO notices (key, kind, at, utc_offset, address, people, call, task, client, client_name, subject, \
            text, message, state, tries) VALUES (\(marks))
            """,
            [
                Value(notice.key), Value(notice.kind.rawValue), Value(notice.at), Value(notice.utcOffset),
                Value(notice.address.description), Value(notice.people.joined(separator: " ")),
                Value(number: notice.call?.number),
                Value(number: notice.task?.number), Value(notice.client), Value(notice.name), Value(notice.subject),
                Value(notice.text), Value(number: notice.message), Value(state.rawValue), 0,
            ])
    }

    /// The oldest notice that waits for each address: what may be sent next.
    static func heads(limit: Int, from database: Database) throws(DatabaseError) -> [PostedNotice] {
        let oldest = "SELECT min(id) FROM notices WHERE state = 'waiting' GROUP BY address"
        return try list("WHERE id IN (\(oldest)) ORDER BY id LIMIT ?", [Value(limit)], from: database)
    }

    /// What waits, oldest first, then the newest of the rest; only of one person where he is named.
    static func list(
        of person: ExtensionNumber?, limit: Int, from database: Database
    ) throws(DatabaseError) -> [PostedNotice] {
        let condition = person == nil ? "" : " AND ' ' || people || ' ' LIKE ?"
        let values = person.map { [Value("% \($0) %")] } ?? []
        let waiting = try list(
            "WHERE state = 'waiting'\(condition) ORDER BY id LIMIT ?", values + [Value(limit)], from: database)
        let rest = try list(
            "WHERE state <> 'waiting'\(condition) ORDER BY id DESC LIMIT ?", values + [Value(max(0, limit - waiting.count))],
            from: database)
        return waiting + rest
    }

    private static func list(_ condition: String, _ values: [Value], from database: Database) throws(DatabaseError)
        -> [PostedNotice]
    {
        var notices: [PostedNotice] = []
        try database.query("SELECT \(columns) FROM notices \(condition)", values) { row in
            if let notice = read(row) { notices.append(notice) }
        }
        return notices
    }

    private static func read(_ row: borrowing Row) -> PostedNotice? {
        guard let kind = NoticeKind(rawValue: row.text(2)), let address = NoticeAddress(row.text(5)),
            let state = PostedNotice.State(rawValue: row.text(14))
        else { return nil }
        var notice = OutgoingNotice(
            key: row.text(1), kind: kind, at: row.integer(3), utcOffset: Int(row.integer(4)), address: address,
            people: row.text(6).split(separator: " ").map(String.init), subject: row.text(11), text: row.text(12))
        (notice.call, notice.task) = (row.optionalInteger(7).map { CallID($0) }, row.optionalInteger(8).map { TaskID($0) })
        (notice.client, notice.name, notice.message) = (row.text(9), row.text(10), row.optionalInteger(13))
        let reason = row.optionalText(17).map { Wording(ru: $0, en: row.text(18)) }
        return PostedNotice(
            id: Int(row.integer(0)), notice: notice, state: state, tries: Int(row.integer(15)),
            triedAt: row.optionalInteger(16).map { Int64($0) }, reason: reason)
    }

    /// How a try came out.
    static func settle(
        _ id: Int, _ state: PostedNotice.State, tries: Int, at utc: Int64, _ reason: Wording?, in database: Database
    ) throws(DatabaseError) {
        try database.run(
            "UPDATE notices SET state = ?, tries = ?, tried_at = ?, reason_ru = ?, reason_en = ? WHERE id = ?",
            [
                Value(state.rawValue), Value(tries), Value(utc), Value(reason?.text(in: .ru)), Value(reason?.text(in: .en)),
                Value(id),
            ])
    }

    /// How many are in each state.
    static func counts(from database: Database) throws(DatabaseError) -> [PostedNotice.State: Int] {
        var counts: [PostedNotice.State: Int] = [:]
        try database.query("SELECT state, count(*) FROM notices GROUP BY state") { row in
            if let state = PostedNotice.State(rawValue: row.text(0)) { counts[state] = Int(row.integer(1)) }
        }
        return counts
    }

    /// Notices about calls dated by a clock that was wrong by so many milliseconds.
    static func redate(_ calls: ClosedRange<CallID>, by shift: Int64, in database: Database) throws(DatabaseError) {
        try database.run(
            "UPDATE notices SET at = at + ? WHERE call BETWEEN ? AND ?",
            [Value(shift), Value(calls.lowerBound.number), Value(calls.upperBound.number)])
    }

    /// Gives up what has waited too long, and forgets what is old, or more than is kept.
    static func forget(at utc: Int64, in database: Database) throws(DatabaseError) {
        let reason = Catalogue.noticeTooOld
        try database.run(
            "UPDATE notices SET state = 'failed', reason_ru = ?, reason_en = ? WHERE state = 'waiting' AND at < ?",
            [Value(reason.text(in: .ru)), Value(reason.text(in: .en)), Value(utc - waitingDays * day)])
        try database.run("DELETE FROM notices WHERE state <> 'waiting' AND at < ?", [Value(utc - keptDays * day)])
        try database.run(
            "DELETE FROM notices WHERE state <> 'waiting' AND id <= (SELECT max(id) FROM notices) - ?", [Value(keptCount)])
    }
}
