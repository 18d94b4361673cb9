import CallControl
import Exchange
import FollowUp
import Glibc
import Host
import Routing
import Signalling
import Telephony
import Testing

@testable import Store

private let always: Range<Int64> = 0..<Int64.max

@Suite struct CallStorage {
    @Test func storedMeansItSurvivesAPowerCut() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        let after = folder.snapshot()
        let (next, _) = try Store.on(after)
        #expect(try next.calls(always) == [record(1)])
        #expect(
            next.restored
                == Restored(
                    bindings: [], nextCall: 2, interrupted: [], tasks: [], nextTask: 1, loads: [], familiars: [], nights: [:],
                    states: [:], newest: record(1).at))
    }

    @Test func callThatWasUpIsInterrupted() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        store.perform([.open(record(1, result: .missed)), .open(record(2))])
        #expect(store.closeAndWait(record(2), told) == .stored(StoreTicket(1)))
        #expect(try store.calls(always).map(\.id.number) == [2], "a call that is up is no record yet")
        let after = folder.snapshot()
        let (next, _) = try Store.on(after)
        #expect(next.restored.interrupted.count == 1 && next.restored.nextCall == 3)
        let calls = try next.calls(always)
        #expect(calls.map(\.result) == [.interrupted, .answered] && calls[0].cause == .interrupted)
        #expect(calls[0].legs == record(1).legs)
        next.close()
        #expect(try Store.on(after).0.restored.interrupted.isEmpty, "once only")
    }

    @Test func killedProcess() async throws {
        await #expect(processExitsWith: .signal(SIGKILL)) {
            let told = try Told()
            let store = try Store(folder: "/tmp/apus-store-killed-\(getppid())", utc: 0) { told.note($0) }
            store.perform([.open(record(1)), .open(record(2))])
            guard store.closeAndWait(record(2), told) == .stored(StoreTicket(1)) else { return }
            store.perform([.open(record(3))])
            guard store.closeAndWait(record(4), told) == .stored(StoreTicket(1)) else { return }
            kill(getpid(), SIGKILL)
        }
        let path = "/tmp/apus-store-killed-\(getpid())"
        defer { Folder.remove(path) }
        let store = try Store(folder: path, utc: 0) { _ in }
        #expect(try store.calls(always).map(\.result) == [.interrupted, .answered, .interrupted, .answered])
        #expect(store.restored.interrupted.count == 2 && store.restored.nextCall == 5)
        store.close()
    }

    @Test func queriesByTimeAndScope() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        var other = record(3, at: 2000, result: .missed)
        (other.department, other.employee, other.number, other.from) = (nil, "101", nil, "103")
        store.perform([
            .close(record(1, at: 3000), StoreTicket(1)), .close(record(2, at: 1000, result: .missed), StoreTicket(2)),
            .close(other, StoreTicket(3)), .close(record(4, at: 4000, result: .missed, direction: .outgoing), StoreTicket(4)),
        ])
        store.settle()
        func ids(_ time: Range<Int64>, _ scope: ReportScope = .all, limit: Int = 10) throws -> [Int] {
            try store.calls(time, scope: scope, limit: limit).map(\.id.number)
        }
        #expect(try ids(always) == [2, 3, 1, 4])
        #expect(try ids(1000..<3000) == [2, 3])
        #expect(try ids(always, limit: 2) == [1, 4])
        #expect(try ids(always, .department("sales")) == [2, 1, 4])
        #expect(try ids(always, .operator("101")) == [3])
        #expect(try ids(always, .operator("103")) == [3])
        #expect(try ids(always, .number("+74951234567")) == [2, 1, 4])
        for scope: ReportScope in [.all, .department("sales"), .operator("102"), .number("+74951234567"), .number("no")] {
            #expect(try store.totals(0..<4000, scope: scope) == CallTotals(try store.calls(0..<4000, scope: scope)))
        }
        #expect(try store.totals(always).notReached == 1)
    }

    @Test func newerRowOfACallReplacesTheOlder() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        var shorter = record(1)
        shorter.legs.removeLast()
        store.perform([.open(record(1)), .open(record(1)), .close(shorter, StoreTicket(1))])
        store.settle()
        #expect(try store.calls(always) == [shorter])
    }

    @Test func countsWhatItWrites() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        for id in 1...3 { #expect(store.closeAndWait(record(id), told) == .stored(StoreTicket(1))) }
        store.close()
        let counters = store.counters
        #expect(counters.commits == 3 && counters.rows == 3 && counters.lost == 0 && counters.waiting == 0)
        #expect(counters.bytesLogged >= 3 * 4096 && counters.bytesLogged <= 3 * 8 * 4096)
        #expect(store.health.counters.first { $0.name == "commits" }?.count == 3)
        #expect(store.health.fault == nil)
    }

    @Test func logIsFoldedIntoTheFileOnTheWay() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        var big = record(0)
        big.label = String(repeating: "x", count: 40_000)
        for id in 1...400 {
            big.id = CallID(id)
            #expect(store.closeAndWait(big, told) == .stored(StoreTicket(1)))
        }
        let log = try Files.read(DatabaseFile.path(in: folder.path) + "-wal", limit: 1 << 30).count
        #expect(store.counters.bytesLogged > 16_000_000 && log < 8_000_000)
    }

    @Test func manyOrdersBecomeFewCommits() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        store.perform((1...1000).map { .close(record($0), StoreTicket($0)) })
        let facts = Set((1...1000).compactMap { _ in told.next().map { "\($0)" } })
        #expect(facts == Set((1...1000).map { "\(Event.stored(StoreTicket($0)))" }))
        #expect(try store.totals(always).answered == 1000)
        #expect(store.counters.commits < 1000)
    }
}

@Suite struct BindingStorage {
    @Test func survivesARestart() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        let udp = binding("101", expires: 2000, transport: .udp)
        store.perform([.bind(udp), .bind(binding("102", expires: 1000)), .bind(binding("103", expires: 3000))])
        store.perform([.bind(binding("103-kitchen", expires: 3000)), .unbind(binding("103", expires: 0))])
        store.close()
        let (next, _) = try Store.on(folder, utc: 1000)
        #expect(next.restored.bindings == [udp, binding("103-kitchen", expires: 3000)])
    }

    @Test func goesWithTheNextCallOrByItself() throws {
        let folder = Folder()
        let (store, told) = try Store.on(folder)
        store.perform([.bind(binding("101", expires: 2000))])
        #expect(store.closeAndWait(record(1), told) == .stored(StoreTicket(1)))
        #expect(try Store.on(folder.snapshot()).0.restored.bindings.count == 1)
    }

    @Test func isBounded() {
        var backlog = Backlog()
        for number in 0...Backlog.bindingCapacity {
            #expect(backlog.take(.bind(binding("\(number)", expires: 1)), at: .zero) == nil)
        }
        #expect(backlog.bindings.count == Backlog.bindingCapacity)
        #expect(backlog.laggardsDue == Instant.zero + Backlog.lag)
    }

    @Test func parametersPackAndUnpack() {
        let awkward = [Parameter("a;=%", "b;=%25"), Parameter("lr"), Parameter("empty", ""), Parameter("я", "ё")]
        #expect(BindingRows.unpacked(BindingRows.packed(awkward)) == awkward)
        #expect(BindingRows.unpacked("").isEmpty)
    }
}

@Suite struct Revisions {
    @Test func newestIsActive() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        #expect(try store.newestRevision() == nil)
        #expect(try store.saveRevision("set a", author: "installer", comment: "первая", at: 5) == 1)
        #expect(try store.saveRevision("set b\nset c", author: "owner", at: 6) == 2)
        let after = folder.snapshot()
        let (next, _) = try Store.on(after)
        #expect(
            try next.newestRevision() == Revision(number: 2, at: 6, author: "owner", comment: "", text: "set b\nset c"))
        #expect(try next.revision(1)?.text == "set a" && next.revision(3) == nil)
        #expect(
            try next.revisions() == [
                Revision(number: 2, at: 6, author: "owner", comment: "", text: ""),
                Revision(number: 1, at: 5, author: "installer", comment: "первая", text: ""),
            ])
    }
}

/// Closing while the disk thread is just taking orders: neither hangs nor loses one.
@Suite struct ClosingTests {
    @Test func closesWhateverTheDiskThreadDoes() throws {
        let folder = Folder()
        for round in 1...150 {
            let (store, _) = try Store.on(folder)
            store.perform([.bind(binding("\(round)", expires: .max)), .close(record(round), StoreTicket(round))])
            if round % 3 == 0 { sched_yield() }
            store.close()
        }
        let (store, _) = try Store.on(folder)
        #expect(try store.calls(always).count == 150 && store.restored.bindings.count == 150)
    }
}

/// What the ring strategies remember.
@Suite struct LedgerTests {
    @Test("loads and acquaintances outlive the process, the newest of each")
    func remembers() throws {
        let folder = Folder()
        let (store, _) = try Store.on(folder)
        let load = { (calls: Int) in MemberLoad(calls: calls, talk: .seconds(60 * calls), lastEnded: 5, lastOffered: nil) }
        let row = { (member: String, calls: Int) in
            Ledger.Row(member: member, account: .department("sales"), day: 20_000, load: load(calls))
        }
        let met = { (client: String, day: Int) in Ledger.Familiar(department: "sales", client: client, member: "101", day: day) }
        store.perform([.tally(row("101", 1)), .tally(row("101", 2)), .tally(row("102", 1))])
        store.perform([.acquaint(met("+7916", 19_999)), .acquaint(met("+7917", 20_000)), .acquaint(met("+7918", 20_000))])
        store.close()
        let (next, _) = try Store.on(folder)
        #expect(next.restored.loads == [row("101", 2), row("102", 1)])
        #expect(next.restored.familiars == [met("+7917", 20_000), met("+7918", 20_000)])
    }
}
