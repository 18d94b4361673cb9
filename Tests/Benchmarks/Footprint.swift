import Glibc
import Host
import Telephony

/// Memory of calls that are up.
enum CallMemory {
    static let pairs = 20, calls = 200

    static func run() throws -> [Row] {
        let exchange = try ExchangeProcess(extensions: 2 * pairs), fleet = try Fleet(2 * pairs, at: exchange)
        let before = try exchange.memory()
        var (begun, up) = (pairs, 0)
        for (caller, callee) in zip(fleet.phones.prefix(pairs), fleet.phones.suffix(pairs).map(\.number)) {
            caller.next = { phone in
                up += 1
                if begun < calls { phone.call(callee) }
                begun += 1
            }
            caller.call(callee)
        }
        try fleet.run { up == calls }
        usleep(500_000)
        let growth = try exchange.memory() - before
        return [Row("memory: of a bridged call, \(calls) up", growth / Double(calls) / 1024, atMost: 60, unit: "KB", digits: 1)]
    }
}

/// The exchange with nothing to do, and how soon it is there.
enum Idle {
    static let phones = 20, starts = 3

    static func run() throws -> [Row] {
        let exchange = try ExchangeProcess(extensions: phones)
        // Other work on the machine disturbs: the best start is what the program costs.
        var times: [Double] = []
        for _ in 0..<starts {
            exchange.stop()
            times.append(try exchange.start().inSeconds)
        }
        let fleet = try Fleet(phones, at: exchange)
        usleep(500_000)
        let memory = try exchange.memory()
        return [
            Row("idle: memory, \(fleet.phones.count) phones registered", memory / 1_048_576, atMost: 24, unit: "MB", digits: 1),
            Row("idle: start to the first answered REGISTER", times.min() ?? 0, atMost: 0.3, unit: "s", digits: 3),
        ]
    }
}
