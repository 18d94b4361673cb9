import Exchange
import Glibc
import Host
import Routing
import Store
import Synchronization
import Telephony

/// A contact book of a hundred thousand clients: how long a caller's look-up takes, and what an import does to everybody else.
enum Contacts {
    static let count = 100_000, lookUps = 20_000

    static func run() throws -> [Row] {
        let folder = "/tmp/apus-contacts-\(getpid())"
        defer {
            for name in (try? Files.names(in: folder)) ?? [] { unlink(folder + "/" + name) }
            rmdir(folder)
        }
        let told = try Mailbox<Event>(capacity: 16)
        let store = try Store(folder: folder, utc: 0) { told.offer($0) }
        defer { store.close() }
        let entries = (0..<count).map(entry)
        let begin = Instant.now
        // Calls end all the while; how long the longest of their records waits is what an import costs a caller.
        let worst = Mutex(0.0)
        let isOver = Atomic(false)
        let callers = try Thread(name: "callers") {
            var id = 0
            while !isOver.load(ordering: .acquiring) {
                id += 1
                let start = Instant.now
                store.perform([.close(Report.call(id), StoreTicket(id))])
                _ = told.wait(until: nil)
                _ = told.takeAll()
                let waited = (Instant.now - start).inSeconds
                worst.withLock { $0 = max($0, waited) }
                usleep(20_000)
            }
        }
        _ = try store.importContacts(entries, replacing: true)
        let replaced = (Instant.now - begin).inSeconds
        let again = Instant.now
        _ = try store.importContacts(Array(entries.prefix(1000)))
        let merged = (Instant.now - again).inSeconds
        isOver.store(true, ordering: .releasing)
        callers.join()
        let times = try lookUpTimes(in: store, entries)
        let searching = Instant.now
        guard try store.contacts(matching: "клиент 777", limit: 100).total > 0 else { throw Failure("nobody is found") }
        return [
            Row("contacts: import of \(count) instead of the whole book", replaced, atMost: 30, unit: "s"),
            Row("contacts: import of 1000 into \(count)", merged, atMost: 30, unit: "s"),
            Row("contacts: longest wait of a call's record meanwhile", worst.withLock { $0 } * 1000, atMost: 500, unit: "ms"),
            Row("contacts: look-up among \(count), median", times[times.count / 2], atMost: 1000, unit: "µs"),
            Row("contacts: look-up among \(count), 99 of 100", times[times.count * 99 / 100], atMost: 1000, unit: "µs"),
            Row("contacts: search by name among \(count)", (Instant.now - searching).inSeconds * 1000, unit: "ms"),
        ]
    }

    /// Microseconds, the shortest first.
    private static func lookUpTimes(in store: Store, _ entries: [ContactEntry]) throws -> [Double] {
        var times = try (0..<lookUps).map { index -> Double in
            let number = entries[index * 7919 % count].numbers[0].digits
            let start = Instant.now
            guard store.card(of: number).isKnown else { throw Failure("contact \(number) is not found") }
            return (Instant.now - start).inSeconds * 1e6
        }
        times.sort()
        return times
    }

    private static func entry(_ index: Int) -> ContactEntry {
        // Numbers as they come: not in order.
        let digits = 9_000_000_000 + (index * 48_271) % 999_999_937
        var entry = ContactEntry([
            PhoneNumber("8\(digits)", country: .ru), PhoneNumber("+7495\(1_000_000 + index)", country: .ru),
        ])
        (entry.name, entry.company, entry.owner) = ("Клиент \(index)", "ООО «Компания \(index % 5000)»", String(101 + index % 90))
        return entry
    }
}
