import CallControl
import Exchange
import FollowUp
import Host
import Routing
import Signalling
import Synchronization
import Telephony

/// What the last run left.
public struct Restored: Equatable, Sendable {
    /// Phones whose registration has not ended, by account.
    public var bindings: [Binding]
    /// The first call number that was never used.
    public var nextCall: Int
    /// Calls that were up when the last run was killed; they are `interrupted` records now.
    public var interrupted: [CallRecord]
    /// Open tasks and those closed within a day, and the first task number that was never used.
    public var tasks: [CallbackTask], nextTask: Int
    /// What the ring strategies remember.
    public var loads: [Ledger.Row], familiars: [Ledger.Familiar]
    /// Night keys that are pressed, and until which second of the office's wall clock.
    public var nights: [String: Int]
    /// What people say of themselves.
    public var states: PersonalStates
    /// What is in the voicemail boxes.
    public var voicemail = RestoredMessages()
    /// When the newest call came or revision was made, milliseconds since 1970 UTC; 0: never.
    public var newest: Int64 = 0
}

/// What the store keeps counting since the start.
public struct StoreCounters: Equatable, Sendable {
    /// Transactions that reached the disk, and the call rows in them (a call is written when it comes and when it ends).
    public var commits = 0, rows = 0
    /// Bytes of those transactions in the write-ahead log; folding it into the file writes each changed page once more.
    public var bytesLogged = 0
    /// Transactions that failed and were tried again.
    public var retries = 0
    /// Call rows that wait for a disk that takes none now.
    public var waiting = 0
    /// Call rows and other orders given up because nothing more fitted into memory.
    public var lost = 0
}

/// The office's memory: call records, registrations and configurations in one SQLite file, written by a thread of its own.
///
/// Call records and revisions are durable when they are reported stored; registrations lag at most two seconds. While the disk
/// takes nothing, rows wait in memory and calls go on.
public final class Store: Sendable {
    /// What this start found.
    public let restored: Restored
    /// Queries read on a connection of their own and never wait for a write.
    private let reader: Mutex<Database>
    /// Look-ups have one of their own, so that they wait for no report either.
    let bookReader: Mutex<Database>
    /// One hand at a time writes in the contact book.
    let bookPen = Mutex(())
    /// Whether there may be anybody in the book.
    let hasContacts: Atomic<Bool>
    let disk: DiskThread

    /// Orders that wait for the disk thread; a full box is a disk that has hung for minutes.
    private static let mailboxCapacity = 4096
    /// The longest list of calls that a query gives.
    public static let callLimit = 100_000

    /// Opens the database in `folder`, making both where they are missing; a damaged one is moved aside and rebuilt from what can
    /// be read, which `health` tells. `utc` is the wall clock: registrations that ended before it are forgotten. `working` is called
    /// now and then while a rebuild takes its time. `tell` gets
    /// `.stored` once the row is durable or `.storeFailed` once it is known not to be; it is called on the disk thread, and on the
    /// one that calls `perform` where an order is refused, so it should only post; so should `posted`, which is called when new
    /// notices are in the outbox. Throws where the folder cannot be used.
    public init(
        folder: String, utc: Int64, working: @escaping @Sendable () -> Void = {}, posted: @escaping @Sendable () -> Void = {},
        tell: @escaping @Sendable (Event) -> Void
    ) throws(StoreError) {
        let (database, damaged) = try DatabaseFile.open(in: folder, working: working)
        let files: SoundFiles, recordings: SoundFiles
        do throws(SystemError) {
            files = try SoundFiles(VoiceMessage.folder, in: folder)
            recordings = try SoundFiles(CallRecording.folder, in: folder)
        } catch { throw StoreError(error, folder: folder) }
        let sounds: Result<[Int: Duration], SystemError>, recorded: [Int: Duration]?
        do throws(SystemError) { sounds = .success(try files.lengths()) } catch { sounds = .failure(error) }
        recorded = try? recordings.lengths()
        let lengths = try? sounds.get()
        do throws(DatabaseError) {
            restored = try database.transaction { () throws(DatabaseError) -> Restored in
                if let recorded { try RecordingRows.restore(from: database, lengths: recorded, utc: utc) }
                return Restored(
                    bindings: try BindingRows.restore(at: utc, from: database), nextCall: try CallRows.nextCall(in: database),
                    interrupted: try CallRows.interruptOpen(in: database),
                    tasks: try TaskRows.restore(closedSince: utc - 86_400_000, from: database),
                    nextTask: try TaskRows.nextTask(in: database),
                    loads: try LedgerRows.loads(from: database), familiars: try LedgerRows.familiars(from: database),
                    nights: try LedgerRows.nights(from: database), states: try LedgerRows.states(from: database),
                    voicemail: try MessageRows.restore(from: database, files: files, lengths: lengths, utc: utc),
                    newest: try CallRows.newest(in: database))
            }
        } catch { throw StoreError(error, folder: folder) }
        reader = Mutex(try DatabaseFile.openForReading(in: folder))
        bookReader = Mutex(try DatabaseFile.openForReading(in: folder))
        do throws(DatabaseError) {
            hasContacts = Atomic(try ContactRows.count(in: database) > 0)
        } catch { throw StoreError(error, folder: folder) }
        var told = damaged.map { Catalogue.databaseRebuilt(movedTo: $0) }
        if case .failure(let error) = sounds { told = told ?? Catalogue.soundsUnreadable(files.folder, error.reason) }
        let fault = told.map { PartHealth.Fault(at: utc, text: $0) }
        do throws(SystemError) {
            disk = try DiskThread(
                database, folder: folder, files: files, recordings: recordings, capacity: Self.mailboxCapacity, fault: fault,
                tell: tell, posted: posted)
        } catch { throw StoreError(error, folder: folder) }
    }

    deinit { disk.stop() }

    /// Hands orders to the disk thread; never waits. An order that finds no room is answered `.storeFailed` at once.
    public func perform(_ orders: [Persistence]) {
        for order in orders {
            disk.perform(order)
            if case .met = order { hasContacts.store(true, ordering: .relaxed) }
        }
    }

    /// Writes what waits and ends the disk thread; the last thing done to a store, once. Waits for the disk.
    public func close() { disk.stop() }

    /// Ended calls that came within `time` (milliseconds since 1970 UTC), oldest first; where there are more than `limit`, the
    /// newest. Throws where the file cannot be read.
    public func calls(
        _ time: Range<Int64>, scope: ReportScope = .all, limit: Int = callLimit
    ) throws(StoreError) -> [CallRecord] {
        try read { database throws(DatabaseError) in
            try CallRows.read(time, scope: scope, limit: max(0, limit), from: database)
        }
    }

    /// One ended call with the reasons of its way, the newest where no number is given; nil where there is none. Throws where the file
    /// cannot be read.
    public func call(_ id: CallID?) throws(StoreError) -> CallRecord? {
        try read { database throws(DatabaseError) in try CallRows.read(id, from: database) }
    }

    /// How the ended calls that came within `time` came out, however many they are. Throws where the file cannot be read.
    public func totals(_ time: Range<Int64>, scope: ReportScope = .all) throws(StoreError) -> CallTotals {
        try read { database throws(DatabaseError) in try CallRows.totals(time, scope: scope, from: database) }
    }

    /// Ended calls with the outside that came within `time`, oldest first, at most the newest `limit`; what became of the missed ones,
    /// and how all calls of the time came out; with a `limit` of 0 that alone. `offered`: for one person the calls that let his telephones ring, whoever they
    /// were for; for others nil. Throws where the file cannot be read.
    public func missed(
        _ time: Range<Int64>, scope: ReportScope = .all, limit: Int = callLimit
    ) throws(StoreError) -> (
        calls: [CallRecord], tasks: [TaskID: CallbackTask], totals: MissedTotals, offered: [CallRecord]?
    ) {
        try read { database throws(DatabaseError) in
            var offered: [CallRecord]?
            if case .operator(let person) = scope {
                offered = try CallRows.readOffered(to: person, time, limit: max(0, limit), from: database)
            }
            return (
                try CallRows.readOutside(time, scope: scope, limit: max(0, limit), from: database),
                limit > 0 ? try MissedRows.tasks(time, scope: scope, from: database) : [:],
                try MissedRows.totals(time, scope: scope, from: database), offered
            )
        }
    }

    /// Makes `text` the newest configuration, at once and for good: it waits for the disk, so not on the exchange thread. The
    /// revision's number; throws where it could not be written, and then nothing is.
    @discardableResult
    public func saveRevision(_ text: String, author: String, comment: String = "", at utc: Int64) throws(StoreError) -> Int {
        try disk.write { database throws(DatabaseError) in
            try RevisionRows.save(text, author: author, comment: comment, at: utc, to: database)
        }
    }

    /// The newest `limit` revisions without their texts, newest first. Throws where the file cannot be read.
    public func revisions(limit: Int = 1000) throws(StoreError) -> [Revision] {
        try read { database throws(DatabaseError) in try RevisionRows.list(limit: max(0, limit), from: database) }
    }

    /// One revision; nil where there is none of this number. Throws where the file cannot be read.
    public func revision(_ number: Int) throws(StoreError) -> Revision? {
        try read { database throws(DatabaseError) in try RevisionRows.read(number, from: database) }
    }

    /// The active configuration; nil on a fresh box. Throws where the file cannot be read.
    public func newestRevision() throws(StoreError) -> Revision? {
        try read { database throws(DatabaseError) in try RevisionRows.newest(from: database) }
    }

    /// Counted since the start.
    public var counters: StoreCounters { disk.counters }

    /// For `show health`: the counters, and the fault while it lasts (a rebuilt database until the next start).
    public var health: PartHealth {
        let counters = counters
        return PartHealth(
            "store",
            counters: [
                .init("commits", counters.commits), .init("rows", counters.rows), .init("bytesLogged", counters.bytesLogged),
                .init("retries", counters.retries), .init("waiting", counters.waiting), .init("lost", counters.lost),
            ], fault: disk.fault)
    }

    func read<Result: Sendable>(
        _ body: (Database) throws(DatabaseError) -> Result
    ) throws(StoreError) -> Result {
        do throws(DatabaseError) {
            return try reader.withLock { database throws(DatabaseError) in
                // One state for calls and their legs, and one lock instead of thousands.
                try database.run("BEGIN")
                defer { try? database.run("COMMIT") }
                return try body(database)
            }
        } catch {
            if error.kind == .damaged { disk.noteFault(error) }
            throw StoreError(error, folder: disk.folder)
        }
    }
}
