import Glibc
import Host
import Telephony

/// The database's file: opened, looked over, brought up to date; a damaged one is moved aside and what can be read is rescued.
enum DatabaseFile {
    /// Pages of a file that a start looks over for damage, 32 MB. A bigger one would keep the phones waiting: there damage shows
    /// itself when it is met, and is marked for the next start.
    private static let checkedPages: Int64 = 8192

    static func path(in folder: String) -> String { folder + "/apus.db" }

    /// Left behind where damage is met while running, so that the next start need not find it again.
    private static func damageMark(in folder: String) -> String { path(in: folder) + ".damaged" }

    static func markDamage(in folder: String) { try? Files.writeAtomically([], to: damageMark(in: folder)) }

    /// The writing connection, ready for use, and where the damaged file went if there was one.
    static func open(in folder: String) throws(StoreError) -> (database: Database, damaged: String?) {
        do throws(SystemError) { try Files.makeFolder(folder) } catch { throw StoreError(error, folder: folder) }
        let path = path(in: folder)
        if Files.exists(damageMark(in: folder)) { return try rebuild(path, folder: folder) }
        let database: Database?
        do throws(DatabaseError) {
            database = try ready(path, checked: true)
        } catch {
            if error.kind == .damaged { return try rebuild(path, folder: folder) }
            throw StoreError(error, folder: folder)
        }
        guard let database else { throw .newer(file: path) }
        return (database, nil)
    }

    /// A connection that waits for nobody and sees what is committed. Made after `open`.
    static func openForReading(in folder: String) throws(StoreError) -> Database {
        do throws(DatabaseError) {
            let database = try Database(path(in: folder), writable: true)
            try database.run("PRAGMA query_only = ON")
            return database
        } catch { throw StoreError(error, folder: folder) }
    }

    /// Nil where the database is newer than the program.
    private static func ready(_ path: String, checked: Bool) throws(DatabaseError) -> Database? {
        let database = try Database(path)
        // It holds passwords.
        chmod(path, 0o600)
        try database.run("PRAGMA journal_mode = WAL")
        try database.run("PRAGMA synchronous = FULL")
        // The disk thread folds the log into the file when it is idle, not while a caller waits for his record.
        try database.run("PRAGMA wal_autocheckpoint = 0")
        if checked { try check(database) }
        guard try Migrations.run(on: database) else { return nil }
        // A folder that cannot be written shows itself here and not at the first call.
        try database.transaction { () throws(DatabaseError) in
            try database.run("PRAGMA user_version = \(Migrations.steps.count)")
        }
        return database
    }

    private static func check(_ database: Database) throws(DatabaseError) {
        guard try database.number("PRAGMA page_count") ?? 0 <= checkedPages else { return }
        var findings: [String] = []
        try database.query("PRAGMA quick_check(1)") { findings.append($0.text(0)) }
        if let finding = findings.first, finding != "ok" {
            throw DatabaseError(code: DatabaseError.corrupt, description: finding)
        }
    }

    /// Moves the damaged file aside and fills a new one with what can be read.
    private static func rebuild(_ path: String, folder: String) throws(StoreError) -> (Database, String?) {
        let aside = freeName("\(path).damaged-")
        for suffix in ["-wal", "-shm", ""] where Files.exists(path + suffix) {
            guard rename(path + suffix, aside + suffix) == 0 else { throw .damaged(file: path) }
        }
        do throws(DatabaseError) {
            guard let database = try ready(path, checked: false) else {
                throw DatabaseError(code: DatabaseError.corrupt, description: path)
            }
            rescue(from: aside, into: database)
            try ContactRows.repair(database)
            unlink(damageMark(in: folder))
            return (database, aside)
        } catch { throw StoreError(error, folder: folder) }
    }

    /// Damaged files that are kept; one more takes the last one's place.
    private static let keptAside = 5

    private static func freeName(_ stem: String) -> String {
        let names = (1...keptAside).map { "\(stem)\($0)" }
        return names.first { !Files.exists($0) } ?? stem + "\(keptAside)"
    }

    /// Copies rows from both ends of every table until the damage is met; what cannot be read is lost.
    private static func rescue(from aside: String, into database: Database) {
        guard let damaged = try? Database(aside) else { return }
        for table in Migrations.tables {
            var columns: [String] = []
            try? damaged.query("SELECT name FROM pragma_table_info('\(table)')") { columns.append($0.text(0)) }
            guard !columns.isEmpty else { continue }
            let names = columns.joined(separator: ", ")
            let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            let copy = "INSERT OR REPLACE INTO \(table) (\(names)) VALUES (\(marks))"
            try? database.transaction { () throws(DatabaseError) in
                for order in ["ASC", "DESC"] {
                    try? damaged.query("SELECT \(names) FROM \(table) ORDER BY 1 \(order)") { row in
                        try? database.run(copy, row.values)
                    }
                }
            }
        }
    }
}
