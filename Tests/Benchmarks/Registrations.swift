import Glibc
import Host
import Telephony

/// What a registration costs: two REGISTERs, the challenge and the answer to it, and the binding on the disk.
enum Registrations {
    static let phones = 20, registrations = 4000

    static func run() throws -> [Row] {
        let exchange = try ExchangeProcess(extensions: phones), fleet = try Fleet(phones, at: exchange)
        var (begun, done) = (phones, 0)
        let (cpu, start) = (try exchange.cpuTime(), Instant.now)
        for phone in fleet.phones {
            phone.next = { phone in
                done += 1
                if begun < registrations { phone.register() }
                begun += 1
            }
            phone.register()
        }
        try fleet.run { done == registrations }
        let time = Instant.now - start
        let spent = try exchange.cpuTimeWhenQuiet() - cpu
        return [
            Row(
                "registrations: CPU of one with digest", spent.inSeconds * 1000 / Double(registrations), atMost: 0.25, unit: "ms",
                digits: 3),
            Row("registrations: reached", Double(registrations) / time.inSeconds, unit: "a second", digits: 0),
        ]
    }
}

extension ExchangeProcess {
    /// CPU time when every transaction is over and forgotten (RFC 3261 §17: 64*T1), which costs something as well.
    func cpuTimeWhenQuiet() throws -> Duration {
        sleep(35)
        return try cpuTime()
    }
}
