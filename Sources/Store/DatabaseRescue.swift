import Glibc
import Host
import Telephony

/// Puts a new database, filled with what can be read, in a damaged one's place. Each step is durable before the next, and a mark says
/// how far it came: wherever the power fails, the next start goes on from there, and only a whole file ever gets the database's name.
struct DatabaseRescue {
    let folder: String
    /// Called now and then, as it may take minutes.
    let working: @Sendable () -> Void

    private var path: String { DatabaseFile.path(in: folder) }
    private var new: String { path + ".new" }
    /// Empty: damage was met and nothing done about it yet. Else it names the file that the damaged one becomes.
    private var mark: String { Self.mark(in: folder) }

    private static func mark(in folder: String) -> String { DatabaseFile.path(in: folder) + ".damaged" }

    /// Says that damage was met while running, so that the next start need not find it again.
    static func markDamage(in folder: String) { try? Files.writeAtomically([], to: mark(in: folder)) }

    /// The file that the damaged one has become, once a marked database is whole again; nil: none is marked, or it was whole before.
    func finish() throws(StoreError) -> String? {
        guard Files.exists(mark) else { return nil }
        guard let text = try? Files.read(mark, limit: 4096), !text.isEmpty else { return try begin() }
        let aside = String(decoding: text, as: UTF8.self)
        // The damaged file moves last, so its new name tells that all of it has moved; then a file in its place is the whole one.
        if Files.exists(aside), Files.exists(path) {
            try disk { () throws(SystemError) in try Files.remove(mark) }
            return nil
        }
        return try rebuild(aside)
    }

    /// Rescues a database that nobody has marked yet; the file that the damaged one has become.
    func begin() throws(StoreError) -> String {
        let aside = freeName()
        try disk { () throws(SystemError) in
            for suffix in ["", "-wal", "-shm"] { try Files.remove(aside + suffix) }
            try Files.writeAtomically(Array(aside.utf8), to: mark)
        }
        return try rebuild(aside)
    }

    private func rebuild(_ aside: String) throws(StoreError) -> String {
        for suffix in ["-wal", "-shm", ""] where Files.exists(path + suffix) {
            guard rename(path + suffix, aside + suffix) == 0 else { throw .damaged(file: path) }
        }
        try disk { () throws(SystemError) in
            try Files.synchronizeFolder(of: path)
            for suffix in ["", "-wal", "-shm"] { try Files.remove(new + suffix) }
        }
        do throws(DatabaseError) { try fill(from: aside) } catch { throw StoreError(error, folder: folder) }
        guard rename(new, path) == 0 else { throw .damaged(file: path) }
        try disk { () throws(SystemError) in
            try Files.synchronizeFolder(of: path)
            try Files.remove(mark)
        }
        return aside
    }

    /// A new file with all that can be read; its log is folded into it, so that one name is all of it.
    private func fill(from aside: String) throws(DatabaseError) {
        guard let database = try DatabaseFile.ready(new, checked: false) else {
            throw DatabaseError(code: DatabaseError.corrupt, description: new)
        }
        try copy(from: aside, into: database)
        try ContactRows.repair(database)
        try database.run("PRAGMA wal_checkpoint(TRUNCATE)")
        var mode = ""
        try database.query("PRAGMA journal_mode = DELETE") { mode = $0.text(0) }
        guard mode == "delete" else { throw DatabaseError(code: DatabaseError.full, description: new) }
    }

    /// Copies rows from both ends of every table until the damage is met; what cannot be read is lost. Throws where what was read
    /// cannot be written.
    private func copy(from aside: String, into database: Database) throws(DatabaseError) {
        guard let damaged = try? Database(aside) else { return }
        for table in Migrations.tables {
            working()
            var columns: [String] = []
            try? damaged.query("SELECT name FROM pragma_table_info('\(table)')") { columns.append($0.text(0)) }
            guard !columns.isEmpty else { continue }
            let names = columns.joined(separator: ", ")
            let marks = Array(repeating: "?", count: columns.count).joined(separator: ", ")
            let copy = "INSERT OR REPLACE INTO \(table) (\(names)) VALUES (\(marks))"
            try database.transaction { () throws(DatabaseError) in
                var fault: DatabaseError?
                var count = 0
                for order in ["ASC", "DESC"] {
                    try? damaged.query("SELECT \(names) FROM \(table) ORDER BY 1 \(order)") { row in
                        guard fault == nil else { return }
                        count += 1
                        if count.isMultiple(of: 10_000) { working() }
                        do throws(DatabaseError) { try database.run(copy, row.values) } catch {
                            if error.isOfTheDisk { fault = error }
                        }
                    }
                }
                if let fault { throw fault }
            }
        }
    }

    private func disk(_ body: () throws(SystemError) -> Void) throws(StoreError) {
        do throws(SystemError) { try body() } catch { throw StoreError(error, folder: folder) }
    }

    /// Damaged files that are kept; one more takes the last one's place.
    private static let keptAside = 5

    private func freeName() -> String {
        let names = (1...Self.keptAside).map { "\(path).damaged-\($0)" }
        return names.first { !Files.exists($0) } ?? "\(path).damaged-\(Self.keptAside)"
    }
}
