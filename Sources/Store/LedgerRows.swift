import CallControl
import Routing
import Telephony

/// What the ring strategies remember, as rows.
enum LedgerRows {
    static func write(_ row: Ledger.Row, to database: Database) throws(DatabaseError) {
        try database.run(
            "INSERT OR REPLACE INTO loads (account, member, day, calls, talk, last_ended, last_offered) VALUES (?,?,?,?,?,?,?)",
            [
                Value(row.account.text), Value(row.member), Value(row.day), Value(row.load.calls),
                Value(row.load.talk.milliseconds),
                row.load.lastEnded.map { Value($0) } ?? .null, row.load.lastOffered.map { Value($0) } ?? .null,
            ])
    }

    static func write(_ line: Ledger.Familiar, to database: Database) throws(DatabaseError) {
        try database.run(
            "INSERT OR REPLACE INTO familiars (department, client, member, day) VALUES (?,?,?,?)",
            [Value(line.department), Value(line.client), Value(line.member), Value(line.day)])
    }

    /// Everybody's loads.
    static func loads(from database: Database) throws(DatabaseError) -> [Ledger.Row] {
        var rows: [Ledger.Row] = []
        try database.query(
            "SELECT account, member, day, calls, talk, last_ended, last_offered FROM loads ORDER BY account, member"
        ) { row in
            guard let account = Ledger.Account(row.text(0)) else { return }
            let load = MemberLoad(
                calls: Int(row.integer(3)), talk: .milliseconds(row.integer(4)),
                lastEnded: row.optionalText(5).flatMap { Int64($0) },
                lastOffered: row.optionalText(6).flatMap { Int64($0) })
            rows.append(Ledger.Row(member: row.text(1), account: account, day: Int(row.integer(2)), load: load))
        }
        return rows
    }

    /// Acquaintances of the last day that has any; older ones are forgotten.
    static func familiars(from database: Database) throws(DatabaseError) -> [Ledger.Familiar] {
        try database.run("DELETE FROM familiars WHERE day < (SELECT max(day) FROM familiars)")
        var lines: [Ledger.Familiar] = []
        try database.query("SELECT department, client, member, day FROM familiars ORDER BY department, client") { row in
            lines.append(
                Ledger.Familiar(department: row.text(0), client: row.text(1), member: row.text(2), day: Int(row.integer(3))))
        }
        return lines
    }

    /// Night keys that are pressed.
    static func nights(from database: Database) throws(DatabaseError) -> [String: Int] {
        var nights: [String: Int] = [:]
        try database.query("SELECT key, until FROM nights", []) { row in nights[row.text(0)] = Int(row.integer(1)) }
        return nights
    }

    static func write(night key: String, until: Int?, to database: Database) throws(DatabaseError) {
        if let until {
            try database.run("INSERT OR REPLACE INTO nights (key, until) VALUES (?,?)", [Value(key), Value(until)])
        } else {
            try database.run("DELETE FROM nights WHERE key = ?", [Value(key)])
        }
    }

    /// What people say of themselves.
    static func states(from database: Database) throws(DatabaseError) -> PersonalStates {
        var states: PersonalStates = [:]
        try database.query("SELECT member, state FROM states", []) { row in
            if let state = PersonalState(row.text(1)) { states[row.text(0), default: []].insert(state) }
        }
        return states
    }

    static func write(_ mark: PersonalMark, _ isOn: Bool, to database: Database) throws(DatabaseError) {
        let values = [Value(mark.member), Value(mark.state.text)]
        if isOn {
            try database.run("INSERT OR REPLACE INTO states (member, state) VALUES (?,?)", values)
        } else {
            try database.run("DELETE FROM states WHERE member = ? AND state = ?", values)
        }
    }
}

/// What one person says of himself.
struct PersonalMark: Hashable, Sendable {
    var member: ExtensionNumber, state: PersonalState
}
