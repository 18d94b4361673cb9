import FollowUp
import Telephony

/// Why calls went where they went, for `explain CALL-ID`; the newest calls' only.
enum DecisionRows {
    /// Writes the reasons of an ended call, and forgets those of one long gone.
    static func write(_ call: CallRecord, to database: Database) throws(DatabaseError) {
        let id = Value(call.id.number)
        for (position, reason) in call.reasons.enumerated() {
            try database.run(
                "INSERT OR REPLACE INTO decisions (call, position, layer, verdict, ru, en, line) VALUES (?,?,?,?,?,?,?)",
                [
                    id, Value(position), Value(reason.layer.rawValue), Value(reason.verdict.rawValue),
                    Value(reason.because.text(in: .ru)), Value(reason.because.text(in: .en)), Value(reason.line),
                ])
        }
        try database.run("DELETE FROM decisions WHERE call <= ?", [Value(call.id.number - Catalogue.reasonsKept)])
    }

    /// The reasons of a call; none of an unknown or a forgotten one.
    static func read(_ call: CallID, from database: Database) throws(DatabaseError) -> [Explanation] {
        var reasons: [Explanation] = []
        try database.query(
            "SELECT layer, verdict, ru, en, line FROM decisions WHERE call = ? ORDER BY position", [Value(call.number)]
        ) { row in
            guard let layer = Explanation.Layer(rawValue: row.text(0)), let verdict = Explanation.Verdict(rawValue: row.text(1))
            else { return }
            reasons.append(
                Explanation(layer, verdict, Wording(ru: row.text(2), en: row.text(3)), line: row.optionalText(4)))
        }
        return reasons
    }
}
