import Exchange
import FollowUp
import Glibc
import Host
import Telephony
import Testing

@testable import Store

@Suite("A rescue that the power cuts short") struct Rescues {
    private static let always: Range<Int64> = 0..<Int64.max

    /// A store with ten calls and two revisions, closed, and marked as damaged with this file as the damaged one's new name.
    private func marked(_ aside: String?) throws -> (folder: Folder, path: String) {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        try store.saveRevision("set office name one", author: "a", at: 1)
        try store.saveRevision("set office name two", author: "a", at: 2)
        store.perform((1...10).map { .close(record($0), StoreTicket($0)) })
        store.close()
        let path = DatabaseFile.path(in: folder.path)
        try Files.writeAtomically(Array((aside.map { path + $0 } ?? "").utf8), to: path + ".damaged")
        return (folder, path)
    }

    private func expectWhole(_ folder: Folder, _ path: String, told: Bool) throws {
        let (store, _) = try Store.on(folder)
        #expect(try store.newestRevision()?.text == "set office name two")
        #expect(try store.calls(Self.always).count == 10)
        #expect((store.health.fault != nil) == told)
        store.close()
        #expect(!Files.exists(path + ".damaged") && !Files.exists(path + ".new"))
        let next = try Store.on(folder).0
        #expect(next.health.fault == nil, "told until the next start")
        next.close()
    }

    @Test("before the damaged file has moved") func beforeTheMove() throws {
        let (folder, path) = try marked(".damaged-1")
        try expectWhole(folder, path, told: true)
        #expect(Files.exists(path + ".damaged-1"))
    }

    @Test("after it has moved, with the new one half filled") func halfFilled() throws {
        let (folder, path) = try marked(".damaged-1")
        #expect(rename(path, path + ".damaged-1") == 0)
        let half = try Database(path + ".new")
        try half.run("CREATE TABLE calls (id INTEGER PRIMARY KEY)")
        try Files.writeAtomically([1, 2, 3], to: path + ".new-wal")
        try expectWhole(folder, path, told: true)
    }

    @Test("after the new one has its name, before the mark is gone") func beforeTheMarkIsGone() throws {
        let (folder, path) = try marked(".damaged-1")
        try Files.writeAtomically([1, 2, 3], to: path + ".damaged-1")
        try expectWhole(folder, path, told: false)
        #expect(try Files.read(path + ".damaged-1") == [1, 2, 3])
    }

    @Test("where five damaged files are kept already, the last one's place is taken") func fullShelf() throws {
        let (folder, path) = try marked(nil)
        for number in 1...5 { try Files.writeAtomically([UInt8(number)], to: path + ".damaged-\(number)") }
        try expectWhole(folder, path, told: true)
        #expect(try Files.read(path + ".damaged-4") == [4] && Files.read(path + ".damaged-5").count > 1000)
    }

    /// Root may mount a disk on which the old file has room and a second one has none.
    @Test("a full disk leaves the damaged file, and the next start tries again", .enabled(if: geteuid() == 0))
    func fullDisk() throws {
        let folder = Folder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, "size=1700k") == 0 else { return }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        let (store, _) = try Store.on(folder)
        try store.saveRevision(String(repeating: "x", count: 500_000), author: "a", at: 1)
        store.close()
        let path = DatabaseFile.path(in: folder.path)
        try Files.writeAtomically([], to: path + ".damaged")
        #expect(throws: StoreError.diskFull(folder: folder.path)) { try Store.on(folder) }
        #expect(!Files.exists(path), "a half-filled file never has the name")
        #expect(mount("tmpfs", folder.path, "tmpfs", UInt(MS_REMOUNT), "size=4m") == 0)
        let again = try Store.on(folder).0
        #expect(try again.newestRevision()?.text.utf8.count == 500_000)
        again.close()
    }
}

@Suite("Revisions on the disk") struct RevisionRoom {
    @Test("the newest thousand are kept, and their numbers go on") func kept() throws {
        let folder = Folder()
        let database = try Database(folder.path + "/x.db")
        #expect(try Migrations.run(on: database))
        try database.run("PRAGMA synchronous = OFF")
        for number in 1...1003 {
            #expect(try RevisionRows.save("text \(number)", author: "a", comment: "", at: 1, to: database) == number)
        }
        #expect(try RevisionRows.list(limit: 2000, from: database).map(\.number) == (4...1003).reversed())
        #expect(try RevisionRows.read(3, from: database) == nil)
        #expect(try RevisionRows.newest(from: database)?.text == "text 1003")
    }
}
