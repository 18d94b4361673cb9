import Glibc
import Host
import Telephony
import Testing

/// The operating system's side, on the real thing.
@Suite struct HostParts {
    @Test("A mailbox is bounded, counts what it refuses, and is readable exactly while it holds something")
    func mailbox() throws {
        let box = try Mailbox<Int>(capacity: 2)
        #expect(!box.wait(until: .now))
        #expect(box.offer(1) && box.offer(2) && !box.offer(3))
        #expect(box.refused == 1)
        #expect(box.wait(until: .now))
        #expect(box.take() == 1)
        #expect(box.wait(until: .now))
        #expect(box.takeAll() == [2])
        #expect(!box.wait(until: .now))
        #expect(box.take() == nil)
    }

    @Test("Elements cross from one thread to the loop of another, in order")
    func threads() throws {
        let box = try Mailbox<Int>(capacity: 100_000)
        let thread = try Thread(name: "sender") { for number in 0..<10_000 { box.offer(number) } }
        let loop = try EventLoop()
        var got: [Int] = []
        try loop.add(box.fileDescriptor, for: .readable) { _ in
            got += box.takeAll()
            if got.count == 10_000 { loop.stop() }
        }
        loop.run()
        thread.join()
        #expect(got == Array(0..<10_000))
    }

    @Test("The loop wakes at the deadline, not before, and a removed descriptor is silent")
    func deadline() throws {
        let loop = try EventLoop()
        let bell = try Wakeup()
        var rings = 0
        let token = try loop.add(bell.fileDescriptor, for: .readable) { _ in rings += 1 }
        bell.ring()
        loop.turn(deadline: .now + .seconds(60))
        #expect(rings == 1)
        loop.remove(token)
        let due = Instant.now + .milliseconds(5)
        var woken: Instant?
        while woken == nil { loop.turn(deadline: due) { woken = .now } }
        #expect(try #require(woken) >= due)
        #expect(rings == 1)
    }

    @Test("A file is replaced as a whole or not at all")
    func atomicWrite() throws {
        let folder = "/tmp/apus-wire-\(getpid())-\(Instant.now.nanoseconds)"
        try Files.makeFolder(folder + "/deep")
        defer {
            for name in (try? Files.names(in: folder + "/deep")) ?? [] { unlink(folder + "/deep/" + name) }
            rmdir(folder + "/deep")
            rmdir(folder)
        }
        let path = folder + "/deep/file"
        try Files.writeAtomically([1, 2, 3], to: path)
        try Files.writeAtomically([4], to: path)
        #expect(try Files.read(path) == [4])
        #expect(try Files.names(in: folder + "/deep") == ["file"])
        #expect(throws: SystemError.self) { try Files.writeAtomically([1], to: folder + "/missing/file") }
        #expect(throws: SystemError.self) { try Files.read(path, limit: 0) }
    }

    @Test("A lock is held once")
    func lock() throws {
        let path = "/tmp/apus-wire-\(getpid())-\(Instant.now.nanoseconds).lock"
        defer { unlink(path) }
        // Open file descriptions exclude each other in one process as they do in two.
        let first = try FileLock.take(path)
        let isHeld = first != nil
        #expect(isHeld)
        let second = try FileLock.take(path)
        let isFree = second != nil
        #expect(!isFree)
        withExtendedLifetime(path) {}
        _ = consume first
        let third = try FileLock.take(path)
        let isFreeAgain = third != nil
        #expect(isFreeAgain)
    }

    @Test("Our own addresses have loopback among them, and random bytes differ")
    func surroundings() {
        #expect(localNetworks().interfaces.contains { $0.address == .loopback && $0.prefixLength == 8 })
        #expect(randomBytes(32) != randomBytes(32))
        #expect(randomBytes(300).count == 300)
    }

    @Test("The office's clock knows its zone")
    func clock() throws {
        var clock = OfficeClock(in: try #require(Zone(named: "Asia/Kolkata")))
        #expect(clock.now().utcOffset == 19_800)
        clock.zone = .utc
        #expect(clock.now().utcOffset == 0)
    }
}
