import Glibc
import Host
import Telephony

/// A hundred callers in the queue of a department of which the only member talks: music, places told, nothing decided.
enum Queue {
    static let callers = 100
    static let length = Duration.seconds(10)

    static func run() throws -> [Row] {
        let first = ExchangeProcess.firstNumber
        let office = """
            set extension \(first + 1) calls 1
            set department sales number 200
            set department sales member \(first + 1)
            set department sales on-busy to queue
            set department sales queue limit \(callers)

            """
        let exchange = try ExchangeProcess(extensions: callers + 2, more: office)
        let fleet = try Fleet(callers + 2, at: exchange)
        var up = 0
        for phone in fleet.phones { phone.next = { _ in up += 1 } }
        fleet.phones[0].call(fleet.phones[1].number)
        try fleet.run { up == 1 }
        let before = try exchange.memory()
        // Ten at a time: these phones never say anything twice, and a kernel may keep no more than ninety datagrams.
        var called = 1
        for phone in fleet.phones.dropFirst(2) {
            phone.call("200")
            called += 1
            if called % 10 == 0 { try fleet.run { up == called } }
        }
        try fleet.run { up == called }
        usleep(500_000)
        let growth = try exchange.memory() - before
        let (cpu, start) = (try exchange.cpuTime(), Instant.now)
        usleep(UInt32(length.milliseconds) * 1000)
        let share = (try exchange.cpuTime() - cpu).inSeconds / (Instant.now - start).inSeconds * 100
        return [
            Row("queue: \(callers) callers who wait", share, atMost: 12, unit: "% of a core", digits: 1),
            Row("queue: memory of one of them", growth / Double(callers) / 1024, atMost: 60, unit: "KB", digits: 1),
        ]
    }
}
