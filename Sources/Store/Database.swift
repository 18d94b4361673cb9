import CSQLite
import Host
import Telephony

/// What SQLite refused, and why.
struct DatabaseError: Error, CustomStringConvertible {
    /// SQLite's extended result code, and what it says about it.
    let code: Int32, description: String
    /// The kernel's errno behind it, where SQLite met one.
    var systemError: Int32 = 0

    /// What a file's own check finds is told under this code.
    static let corrupt = SQLITE_CORRUPT
    /// A log that cannot be folded into its file is told under this one.
    static let full = SQLITE_FULL

    /// Whether the disk is to blame and not the row.
    var isOfTheDisk: Bool { kind == .full || kind == .readOnly || code & 0xFF == SQLITE_IOERR }

    /// The kind of trouble, as far as somebody can do something about it.
    enum Kind { case full, readOnly, damaged, busy, other }

    var kind: Kind {
        switch code & 0xFF {
        case SQLITE_FULL: .full
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH: .readOnly
        case SQLITE_CORRUPT, SQLITE_NOTADB: .damaged
        case SQLITE_BUSY, SQLITE_LOCKED: .busy
        case SQLITE_IOERR: SystemError("", code: systemError).isDiskFull ? .full : .other
        default: .other
        }
    }
}

/// A value that goes into or comes out of a column.
enum Value: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    case integer(Int64), text(String), null

    init(integerLiteral value: Int64) { self = .integer(value) }
    init(stringLiteral value: String) { self = .text(value) }
    init(_ value: some BinaryInteger) { self = .integer(Int64(value)) }
    init(_ value: String?) { self = value.map(Value.text) ?? .null }
    init(number value: Int?) { self = value.map { Value($0) } ?? .null }
}

/// One connection. Not `Sendable`: whoever shares it does so behind a lock.
final class Database {
    private let handle: OpaquePointer
    private var statements: [String: Statement] = [:]
    /// SQL texts are constants of the code, so this is never reached; it bounds the cache all the same.
    private static let cachedStatements = 64
    /// How long a connection waits for another process's (a backup's) lock.
    private static let busyTimeout: Int32 = 2000

    /// Bytes of a page; SQLite's own choice for new files.
    static let pageSize = 4096

    /// Opens the file, making it where it is missing and `writable`.
    init(_ path: String, writable: Bool = true) throws(DatabaseError) {
        var opened: OpaquePointer?
        let mode = writable ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY
        let result = sqlite3_open_v2(path, &opened, mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened, result == SQLITE_OK else {
            let error = DatabaseError(
                code: result, description: String(cString: sqlite3_errstr(result)), systemError: sqlite3_system_errno(opened))
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, Self.busyTimeout)
    }

    deinit {
        statements = [:]
        sqlite3_close_v2(handle)
    }

    /// Runs a statement that has no rows to give, or whose rows nobody wants.
    func run(_ sql: String, _ values: [Value] = []) throws(DatabaseError) {
        try query(sql, values) { _ in }
    }

    /// Runs a statement and shows every row to `body`.
    func query(_ sql: String, _ values: [Value] = [], _ body: (borrowing Row) -> Void) throws(DatabaseError) {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        while try statement.step() { body(Row(statement: statement.handle)) }
    }

    /// The first column of the first row as a number; nil without rows.
    func number(_ sql: String, _ values: [Value] = []) throws(DatabaseError) -> Int64? {
        var result: Int64?
        try query(sql, values) { if result == nil { result = $0.integer(0) } }
        return result
    }

    /// Runs `body` as one transaction: everything it wrote is there afterwards, or nothing.
    func transaction<Result>(_ body: () throws(DatabaseError) -> Result) throws(DatabaseError) -> Result {
        try run("BEGIN IMMEDIATE")
        do throws(DatabaseError) {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            // SQLite may have rolled back by itself (a full disk); then this fails, and that is fine.
            if sqlite3_get_autocommit(handle) == 0 { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Rows that the last statement changed.
    var changes: Int { Int(sqlite3_changes(handle)) }

    /// Pages that this connection wrote to the log so far.
    var pagesWritten: Int {
        var current: Int32 = 0
        var highest: Int32 = 0
        sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_WRITE, &current, &highest, 0)
        return Int(current)
    }

    private func prepared(_ sql: String) throws(DatabaseError) -> Statement {
        if let statement = statements[sql] { return statement }
        if statements.count >= Self.cachedStatements { statements = [:] }
        let statement = try Statement(sql, in: handle)
        statements[sql] = statement
        return statement
    }
}

/// A prepared statement, kept for the next time.
private final class Statement {
    let handle: OpaquePointer
    private let database: OpaquePointer

    init(_ sql: String, in database: OpaquePointer) throws(DatabaseError) {
        var prepared: OpaquePointer?
        let result = sqlite3_prepare_v3(database, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard let prepared, result == SQLITE_OK else { throw DatabaseError(result, in: database) }
        (handle, self.database) = (prepared, database)
    }

    deinit { sqlite3_finalize(handle) }

    func bind(_ values: [Value]) throws(DatabaseError) {
        for (index, value) in values.enumerated() {
            let position = Int32(index + 1)
            let result =
                switch value {
                case .integer(let number): sqlite3_bind_int64(handle, position, number)
                // The last argument is SQLITE_TRANSIENT: SQLite copies the text.
                case .text(let text):
                    sqlite3_bind_text(
                        handle, position, text, Int32(text.utf8.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
                case .null: sqlite3_bind_null(handle, position)
                }
            guard result == SQLITE_OK else { throw DatabaseError(result, in: database) }
        }
    }

    /// True while there is a row.
    func step() throws(DatabaseError) -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let result: throw DatabaseError(result, in: database)
        }
    }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}

/// The row that a query stands on, valid only while it is shown.
struct Row: ~Copyable {
    fileprivate let statement: OpaquePointer

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func optionalInteger(_ column: Int32) -> Int? {
        sqlite3_column_type(statement, column) == SQLITE_NULL ? nil : Int(integer(column))
    }

    func text(_ column: Int32) -> String { optionalText(column) ?? "" }

    func optionalText(_ column: Int32) -> String? {
        guard let bytes = sqlite3_column_text(statement, column) else { return nil }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    /// Every column as it is; floating point and blobs, which we do not write, as text.
    var values: [Value] {
        (0..<sqlite3_column_count(statement)).map { column in
            switch sqlite3_column_type(statement, column) {
            case SQLITE_INTEGER: .integer(integer(column))
            case SQLITE_NULL: .null
            default: .text(text(column))
            }
        }
    }
}

extension DatabaseError {
    fileprivate init(_ code: Int32, in database: OpaquePointer) {
        self.init(
            code: code, description: String(cString: sqlite3_errmsg(database)), systemError: sqlite3_system_errno(database))
    }
}
