import Exchange
import Glibc
import Host
import Synchronization
import Telephony

/// The thread that writes. Whatever waits in its mailbox becomes one transaction.
final class DiskThread: Sendable {
    private enum Order: Sendable {
        case persist(Persistence)
        case stop
    }

    /// What other threads read about this one.
    private struct Status {
        var counters = StoreCounters()
        /// Over as soon as a write goes through.
        var fault: PartHealth.Fault?
        /// Told until the next start.
        var lastingFault: PartHealth.Fault?
    }

    /// How long after a failed write the next one is tried.
    private static let retryInterval = Duration.seconds(3)
    /// Calls that are forgotten at a time, and the pause between two times.
    private static let forgettingStep = 100
    private static let forgettingPause = Duration.milliseconds(50)
    /// Pages in the log after which an idle moment is used to fold it into the file.
    private static let checkpointPages = 1000

    let folder: String
    /// The sounds of messages.
    private let files: SoundFiles
    /// The sounds of calls.
    let recordings: SoundFiles
    private let writer: Mutex<Database>
    private let mailbox: Mailbox<Order>
    private let status: Mutex<Status>
    private let isStopping = Atomic(false)
    /// What clients' talks taught and the disk does not know yet.
    let meetings = Meetings()
    /// While a new edition of the book is written, meetings wait for it. Changed and read under the writer's lock.
    private let isBookInWork = Atomic(false)
    private let thread = Mutex<Thread?>(nil)
    private let tell: @Sendable (Event) -> Void
    /// Rings where new notices are in the outbox.
    private let posted: @Sendable () -> Void

    /// Starts the thread on a database that is ready. Throws where the process has no descriptor or thread left.
    init(
        _ database: sending Database, folder: String, files: SoundFiles, recordings: SoundFiles, capacity: Int,
        fault: PartHealth.Fault?, tell: @escaping @Sendable (Event) -> Void, posted: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        (self.folder, self.files, self.recordings, self.tell, self.posted) = (folder, files, recordings, tell, posted)
        mailbox = try Mailbox(capacity: capacity)
        writer = Mutex(database)
        status = Mutex(Status(lastingFault: fault))
        let started = try Thread(name: "disk") { [self] in run() }
        thread.withLock { $0 = started }
    }

    func perform(_ order: Persistence) {
        if case .met(let client, let name, let employee, let learning) = order {
            meetings.note(Meeting(client: client, name: name, employee: employee, learning: learning))
        }
        guard !mailbox.offer(.persist(order)) else { return }
        switch order {
        case .close(_, let ticket): tell(.storeFailed(ticket))
        case .open, .task, .merge, .amend, .redate, .forget, .post, .forgetNotices, .bind, .unbind, .tally, .acquaint, .met,
            .night, .mark, .message, .erase, .greeting, .recording, .expireRecordings:
            break
        }
    }

    /// Ends the thread after a last write; the second time nothing is left to do.
    func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let running else { return }
        isStopping.store(true, ordering: .releasing)
        // A full box refuses this, but then the thread is awake and sees the flag.
        mailbox.offer(.stop)
        running.join()
    }

    /// Writes something at once, on the caller's thread.
    func write<Result: Sendable>(_ body: (Database) throws(DatabaseError) -> Result) throws(StoreError) -> Result {
        do throws(DatabaseError) {
            return try writer.withLock { database throws(DatabaseError) in
                let pages = database.pagesWritten
                let result = try body(database)
                noteCommit(rows: 0, pages: database.pagesWritten - pages)
                return result
            }
        } catch {
            noteFault(error)
            throw StoreError(error, folder: folder)
        }
    }

    var counters: StoreCounters {
        var counters = status.withLock { $0.counters }
        counters.lost += mailbox.refused + meetings.lost
        return counters
    }

    var fault: PartHealth.Fault? { status.withLock { $0.fault ?? $0.lastingFault } }

    private func run() {
        var backlog = Backlog()
        var retryAt: Instant?
        var pagesInLog = 0
        while true {
            // A full box has refused the order to stop: then only the flag tells, and there is nothing to wait for.
            if !isStopping.load(ordering: .acquiring) {
                let forgettingDue = backlog.forgetsBefore.map { _ in Instant.now + Self.forgettingPause }
                _ = mailbox.wait(until: retryAt ?? [backlog.laggardsDue, forgettingDue].compactMap(\.self).min())
            }
            // Looked at before the box is emptied: what was ordered before the stop is then in it.
            var stopping = isStopping.load(ordering: .acquiring)
            for order in mailbox.takeAll() { stopping = take(order, into: &backlog) || stopping }
            let now = Instant.now
            if let retry = retryAt, now < retry, !stopping {
                answer(backlog.takeTickets(), stored: false)
            } else if backlog.isUrgent || retryAt != nil || stopping && !backlog.isEmpty
                || backlog.laggardsDue.map({ $0 <= now }) ?? false
            {
                let pages = write(&backlog)
                retryAt = pages == nil ? now + Self.retryInterval : nil
                pagesInLog += pages ?? 0
            }
            if backlog.isEmpty, !stopping { pagesInLog += forget(&backlog) }
            note(backlog)
            if stopping { return checkpoint(.truncate) }
            if pagesInLog > Self.checkpointPages {
                checkpoint(.passive)
                pagesInLog = 0
            }
        }
    }

    /// Forgets a few old calls, so few that a call which ends meanwhile hardly waits; the pages written.
    private func forget(_ backlog: inout Backlog) -> Int {
        guard let utc = backlog.forgetsBefore else { return 0 }
        do throws(DatabaseError) {
            let (count, pages) = try writer.withLock { database throws(DatabaseError) in
                let before = database.pagesWritten
                let count = try database.transaction { () throws(DatabaseError) in
                    try TaskRows.forget(closedBefore: utc, limit: Self.forgettingStep, in: database)
                        + CallRows.forget(before: utc, limit: Self.forgettingStep, in: database)
                }
                return (count, database.pagesWritten - before)
            }
            if count == 0 { backlog.forgetsBefore = nil }
            return pages
        } catch {
            // Tomorrow it is ordered again.
            noteFault(error)
            backlog.forgetsBefore = nil
            return 0
        }
    }

    /// True for the order to stop, which may be taken before the flag was seen.
    private func take(_ order: Order, into backlog: inout Backlog) -> Bool {
        switch order {
        case .persist(let order):
            if let refused = backlog.take(order, at: .now) { tell(.storeFailed(refused)) }
            return false
        case .stop:
            return true
        }
    }

    /// Writes all that waits and answers the tickets; the pages written, nil where it failed and goes on waiting.
    private func write(_ backlog: inout Backlog) -> Int? {
        files.remove(backlog.erasures)
        do throws(DatabaseError) {
            let (pages, isBookInWork) = try writer.withLock { database throws(DatabaseError) in
                let before = database.pagesWritten
                let isBookInWork = self.isBookInWork.load(ordering: .relaxed)
                let met = isBookInWork || !backlog.hasMeetings ? [] : meetings.waiting
                try backlog.write(met, to: database)
                meetings.forget(met.count)
                return (database.pagesWritten - before, isBookInWork)
            }
            noteCommit(rows: backlog.rows.count, pages: pages)
            answer(backlog.takeTickets(), stored: true)
            if !backlog.notices.isEmpty { posted() }
            makeRoom(backlog)
            backlog.clear(meetingsWaitAt: backlog.hasMeetings && isBookInWork ? .now : nil)
            return pages
        } catch {
            noteFault(error)
            answer(backlog.takeTickets(), stored: false)
            // A log that has been folded into the file is written from its beginning again: that may be the room we need.
            if error.kind == .full { checkpoint(.truncate) }
            return nil
        }
    }

    /// Recordings that are too old or find no room any more go, their files first.
    private func makeRoom(_ backlog: Backlog) {
        guard let quota = backlog.recordingQuota else { return }
        var count = Self.forgettingStep
        while count == Self.forgettingStep {
            count = 0
            try? writer.withLock { database throws(DatabaseError) in
                let gone = try RecordingRows.excess(
                    over: quota, before: backlog.recordingsExpire, limit: Self.forgettingStep, in: database)
                recordings.remove(gone)
                try database.transaction { () throws(DatabaseError) in try RecordingRows.erase(gone, from: database) }
                count = gone.count
            }
        }
    }

    private func answer(_ tickets: [StoreTicket], stored: Bool) {
        for ticket in tickets { tell(stored ? .stored(ticket) : .storeFailed(ticket)) }
    }

    /// How the log is folded into the file: without waiting for who reads, or waiting and giving the log's room back.
    private enum Checkpoint: String { case passive, truncate }

    /// While `true` meetings wait for the new edition of the book.
    func setBookInWork(_ isInWork: Bool) { writer.withLock { _ in isBookInWork.store(isInWork, ordering: .relaxed) } }

    /// Folds the log into the file as far as nobody reads it, so that a long import does not make it long.
    func foldLog() { checkpoint(.passive) }

    private func checkpoint(_ kind: Checkpoint) {
        // Where it fails the log stays as it is, complete, and the next one takes it along.
        writer.withLock { database in try? database.run("PRAGMA wal_checkpoint(\(kind.rawValue))") }
    }

    private func noteCommit(rows: Int, pages: Int) {
        status.withLock { status in
            status.counters.commits += 1
            status.counters.rows += rows
            status.counters.bytesLogged += pages * Database.pageSize
            status.fault = nil
        }
    }

    private func note(_ backlog: Backlog) {
        status.withLock { status in
            status.counters.waiting = backlog.rows.count
            status.counters.lost = backlog.lost
        }
    }

    /// Remembers what went wrong, and where the file is damaged also for the next start.
    func noteFault(_ error: DatabaseError) {
        let fault = PartHealth.Fault(at: utcNow(), text: StoreError(error, folder: folder).wording)
        status.withLock { status in
            status.counters.retries += 1
            status.fault = fault
        }
        if error.kind == .damaged { DatabaseRescue.markDamage(in: folder) }
    }
}

/// The wall clock: milliseconds since 1970 UTC.
func utcNow() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
}
