import Glibc
import Host
import Telephony

/// The database's file: opened, looked over, brought up to date; a damaged one is moved aside and what can be read is rescued.
enum DatabaseFile {
    /// Pages of a file that a start looks over for damage, 32 MB. A bigger one would keep the phones waiting: there damage shows
    /// itself when it is met, and is marked for the next start.
    private static let checkedPages: Int64 = 8192

    static func path(in folder: String) -> String { folder + "/apus.db" }

    /// The writing connection, ready for use, and where the damaged file went if there was one.
    static func open(in folder: String, working: @escaping @Sendable () -> Void = {}) throws(StoreError)
        -> (database: Database, damaged: String?)
    {
        do throws(SystemError) { try Files.makeFolder(folder) } catch { throw StoreError(error, folder: folder) }
        let rescue = DatabaseRescue(folder: folder, working: working)
        if let aside = try rescue.finish() { return (try rescued(in: folder), aside) }
        do throws(DatabaseError) {
            if let database = try ready(path(in: folder), checked: true) { return (database, nil) }
        } catch {
            guard error.kind == .damaged else { throw StoreError(error, folder: folder) }
            let aside = try rescue.begin()
            return (try rescued(in: folder), aside)
        }
        throw .newer(file: path(in: folder))
    }

    private static func rescued(in folder: String) throws(StoreError) -> Database {
        do throws(DatabaseError) {
            if let database = try ready(path(in: folder), checked: false) { return database }
        } catch { throw StoreError(error, folder: folder) }
        throw .newer(file: path(in: folder))
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
    static func ready(_ path: String, checked: Bool) throws(DatabaseError) -> Database? {
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
}
