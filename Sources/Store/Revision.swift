import Telephony

/// One committed configuration; the newest is the active one.
public struct Revision: Equatable, Sendable {
    /// Counts from 1.
    public var number: Int
    /// When it was committed: milliseconds since 1970 UTC.
    public var at: Int64
    /// Who did it, and what he said about it.
    public var author: String, comment: String
    /// The whole configuration as `set` lines; empty in a list of revisions.
    public var text: String

    /// A revision from its parts.
    public init(number: Int, at: Int64, author: String, comment: String, text: String) {
        (self.number, self.at, self.author, self.comment, self.text) = (number, at, author, comment, text)
    }
}

/// Configurations as rows.
enum RevisionRows {
    /// Newest revisions that are kept: each holds the whole text, and every change of a person's own rules makes one.
    static let kept: Int64 = 1000

    static func save(_ text: String, author: String, comment: String, at: Int64, to database: Database) throws(DatabaseError)
        -> Int
    {
        try database.transaction { () throws(DatabaseError) -> Int in
            let number = try database.number("SELECT max(number) FROM revisions") ?? 0
            try database.run(
                "INSERT INTO revisions (number, at, author, comment, text) VALUES (?,?,?,?,?)",
                [Value(number + 1), Value(at), Value(author), Value(comment), Value(text)])
            try database.run("DELETE FROM revisions WHERE number <= ?", [Value(number + 1 - kept)])
            return Int(number) + 1
        }
    }

    static func list(limit: Int, from database: Database) throws(DatabaseError) -> [Revision] {
        try read("SELECT number, at, author, comment, '' FROM revisions ORDER BY number DESC LIMIT ?", [Value(limit)], database)
    }

    static func read(_ number: Int, from database: Database) throws(DatabaseError) -> Revision? {
        try read("SELECT number, at, author, comment, text FROM revisions WHERE number = ?", [Value(number)], database).first
    }

    static func newest(from database: Database) throws(DatabaseError) -> Revision? {
        try read("SELECT number, at, author, comment, text FROM revisions ORDER BY number DESC LIMIT 1", [], database).first
    }

    private static func read(_ sql: String, _ values: [Value], _ database: Database) throws(DatabaseError) -> [Revision] {
        var revisions: [Revision] = []
        try database.query(sql, values) { row in
            revisions.append(
                Revision(
                    number: Int(row.integer(0)), at: row.integer(1), author: row.text(2), comment: row.text(3), text: row.text(4))
            )
        }
        return revisions
    }
}
