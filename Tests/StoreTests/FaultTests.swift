import Exchange
import FollowUp
import Glibc
import Host
import Signalling
import Telephony
import Testing

@testable import Store

private let always: Range<Int64> = 0..<Int64.max

@Suite(.serialized) struct Faults {
    /// Another process holds the write lock longer than we wait.
    @Test func whatCannotBeWrittenWaitsAndIsWrittenLater() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        let intruder = try Database(DatabaseFile.path(in: folder.path))
        try intruder.run("BEGIN IMMEDIATE")
        #expect(store.closeAndWait(record(1), told) == .storeFailed(StoreTicket(1)))
        #expect(store.health.fault != nil && store.counters.retries >= 1)
        #expect(store.closeAndWait(record(2), told, ticket: 2) == .storeFailed(StoreTicket(2)))
        #expect(try store.calls(always).isEmpty)
        try intruder.run("COMMIT")
        store.close()
        #expect(try store.calls(always).map(\.id.number) == [1, 2])
        #expect(store.health.fault == nil && store.counters.waiting == 0 && store.counters.lost == 0)
        #expect(told.isQuiet, "a ticket is answered once")
    }

    @Test func rowsThatWaitAreBounded() {
        var backlog = Backlog()
        for id in 1...Backlog.rowCapacity { #expect(backlog.take(.open(record(id)), at: .zero) == nil) }
        #expect(backlog.take(.close(record(1), StoreTicket(1)), at: .zero) == nil, "a call that waits already needs no room")
        #expect(backlog.take(.close(record(9999), StoreTicket(2)), at: .zero) == StoreTicket(2))
        #expect(backlog.lost == 1 && backlog.rows.count == Backlog.rowCapacity)
        #expect(backlog.takeTickets() == [StoreTicket(1)] && backlog.takeTickets().isEmpty)
    }

    /// Root may mount a disk of half a megabyte.
    @Test(.enabled(if: geteuid() == 0)) func fullDisk() throws {
        let folder = Folder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=512k") == 0 else { return }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        let (store, told) = try Store.on(folder)
        var big = record(0)
        big.label = String(repeating: "x", count: 20_000)
        var id = 0
        var last: Event?
        repeat {
            id += 1
            big.id = CallID(id)
            last = store.closeAndWait(big, told)
        } while last == .stored(StoreTicket(1)) && id < 1000
        #expect(last == .storeFailed(StoreTicket(1)) && id < 100)
        #expect(store.health.fault?.text == StoreError.diskFull(folder: folder.path).wording)
        let tooBig = String(repeating: "x", count: 400_000)
        #expect(try store.calls(always).count == id - 1, "what is stored can still be read")
        #expect(throws: StoreError.diskFull(folder: folder.path)) { try store.saveRevision(tooBig, author: "x", at: 1) }
        #expect(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=4m") == 0)
        store.close()
        #expect(try store.calls(always).count == id, "the last one waited for room")
        #expect(store.health.fault == nil)
    }

    @Test(.enabled(if: geteuid() == 0)) func diskThatIsFullAtTheStart() throws {
        let folder = Folder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=8k") == 0 else { return }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        #expect(throws: StoreError.diskFull(folder: folder.path)) { try Store.on(folder) }
    }

    @Test(.enabled(if: geteuid() == 0)) func readOnlyDisk() throws {
        let folder = Folder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=4m") == 0 else { return }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        try Store.on(folder).0.close()
        #expect(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), nil) == 0)
        #expect(throws: StoreError.notWritable(folder: folder.path)) { try Store.on(folder) }
    }

    @Test func folderThatNobodyMayWrite() {
        #expect(throws: StoreError.notWritable(folder: "/sys/kernel")) {
            try Store(folder: "/sys/kernel", utc: 0) { _ in }
        }
        #expect(throws: StoreError.notWritable(folder: "/sys/kernel/apus")) {
            try Store(folder: "/sys/kernel/apus", utc: 0) { _ in }
        }
    }

    @Test func newerDatabaseIsRefusedAndLeftAlone() throws {
        let folder = Folder()
        try Store.on(folder).0.close()
        try Database(DatabaseFile.path(in: folder.path)).run("PRAGMA user_version = 1000")
        #expect(throws: StoreError.newer(file: DatabaseFile.path(in: folder.path))) { try Store.on(folder) }
        #expect(try Database(DatabaseFile.path(in: folder.path)).number("PRAGMA user_version") == 1000)
    }

    @Test func everySentenceExistsInBothLanguages() {
        let errors: [StoreError] = [
            .notWritable(folder: "/f"), .diskFull(folder: "/f"), .newer(file: "/f"), .damaged(file: "/f"),
            .failed(file: "/f", reason: "why"),
        ]
        for error in errors {
            #expect(error.wording.text(in: .ru) != error.wording.text(in: .en) && error.description.contains("/f"))
        }
    }
}

@Suite struct Damage {
    /// A store with calls and two revisions, closed.
    private func filled(_ calls: Int) throws -> Folder {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        try store.saveRevision("set office name one", author: "a", at: 1)
        try store.saveRevision("set office name two", author: "a", at: 2)
        store.perform((1...calls).map { .close(record($0), StoreTicket($0)) })
        store.close()
        return folder
    }

    private func overwrite(_ folder: Folder, _ change: (inout [UInt8]) -> Void) throws {
        var bytes = try Files.read(DatabaseFile.path(in: folder.path), limit: 1 << 30)
        change(&bytes)
        try Files.writeAtomically(bytes, to: DatabaseFile.path(in: folder.path))
    }

    @Test func notADatabaseIsMovedAsideAndSaid() throws {
        let folder = try filled(10)
        try overwrite(folder) { for index in 0..<100 { $0[index] = UInt8(ascii: "?") } }
        let (store, told) = try Store.on(folder, utc: 77)
        let aside = DatabaseFile.path(in: folder.path) + ".damaged-1"
        #expect(store.health.fault == .init(at: 77, text: Catalogue.databaseRebuilt(movedTo: aside)))
        #expect(Files.exists(aside))
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        #expect(store.health.fault != nil, "said until the next start")
        store.close()
        #expect(try Store.on(folder).0.health.fault == nil)
    }

    @Test func whatCanBeReadIsRescued() throws {
        let folder = try filled(2000)
        // The middle of the file is leaves of calls and legs; the configuration lies at its beginning.
        try overwrite(folder) { bytes in
            let middle = bytes.count / 2 / 4096 * 4096
            for index in middle..<middle + 8 * 4096 { bytes[index] = 0xA5 }
        }
        let (store, _) = try Store.on(folder)
        #expect(store.health.fault != nil)
        #expect(try store.newestRevision()?.text == "set office name two")
        let calls = try store.calls(always)
        #expect(calls.count > 1000 && calls.count <= 2000)
        #expect(store.restored.nextCall == 2001)
        #expect(calls.first { $0.id == CallID(1) } == record(1) && calls.first { $0.id == CallID(2000) } == record(2000))
    }

    @Test func damageMetWhileRunningIsRepairedAtTheNextStart() throws {
        let folder = try filled(10)
        DatabaseRescue.markDamage(in: folder.path)
        let (store, _) = try Store.on(folder)
        #expect(store.health.fault != nil && store.restored.nextCall == 11)
        #expect(try store.calls(always).count == 10)
        store.close()
        #expect(try Store.on(folder).0.health.fault == nil)
    }

    @Test func cutShortFileIsNoTrap() throws {
        for size in [1, 100, 4096, 4097, 20_000] {
            let folder = try filled(300)
            try overwrite(folder) { $0.removeLast($0.count - size) }
            let (store, told) = try Store.on(folder)
            #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        }
    }
}

@Suite struct MigrationSteps {
    @Test func fromEmptyAndAgain() throws {
        let folder = Folder()
        let database = try Database(folder.path + "/x.db")
        #expect(try Migrations.run(on: database))
        #expect(try database.number("PRAGMA user_version") == Int64(Migrations.steps.count))
        #expect(try Migrations.run(on: database))
        for table in Migrations.tables {
            // The contact book begins with its first edition.
            #expect(try database.number("SELECT count(*) FROM \(table)") == (table == "book" ? 1 : 0))
        }
        var plan = ""
        try database.query(
            "EXPLAIN QUERY PLAN SELECT direction, result, count(*) FROM calls WHERE up = 0 AND at >= 1 AND at < 2 GROUP BY direction, result"
        ) { plan += $0.text(3) }
        #expect(plan.contains("COVERING INDEX calls_by_time"), "totals are counted in the index: \(plan)")
    }

    @Test func failedTransactionLeavesNothing() throws {
        let folder = Folder()
        let database = try Database(folder.path + "/x.db")
        try database.run("CREATE TABLE t (x INTEGER PRIMARY KEY)")
        #expect(throws: DatabaseError.self) {
            try database.transaction { () throws(DatabaseError) in
                try database.run("INSERT INTO t VALUES (1)")
                try database.run("INSERT INTO t VALUES (1)")
            }
        }
        #expect(try database.number("SELECT count(*) FROM t") == 0)
        try database.run("INSERT INTO t VALUES (2)")
        #expect(try database.number("SELECT x FROM t") == 2)
    }
}
