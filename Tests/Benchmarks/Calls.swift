import Host
import Telephony

/// What a call from phone to phone costs: INVITE with digest, 180, 200, ACK and BYE on both legs, media ports, the record.
enum Calls {
    static let pairs = 20, calls = 2000

    static func run() throws -> [Row] {
        let exchange = try ExchangeProcess(extensions: 2 * pairs), fleet = try Fleet(2 * pairs, at: exchange)
        var (begun, done) = (pairs, 0)
        let (cpu, start) = (try exchange.cpuTime(), Instant.now)
        for (caller, callee) in zip(fleet.phones.prefix(pairs), fleet.phones.suffix(pairs).map(\.number)) {
            var isTalking = false
            caller.next = { phone in
                isTalking.toggle()
                if isTalking { return phone.hangUp() }
                done += 1
                if begun < calls { phone.call(callee) }
                begun += 1
            }
            caller.call(callee)
        }
        try fleet.run { done == calls }
        let time = Instant.now - start
        let spent = try exchange.cpuTimeWhenQuiet() - cpu
        return [
            Row("calls: CPU of one, two SIP legs, no voice", spent.inSeconds * 1000 / Double(calls), atMost: 1.2, unit: "ms"),
            Row("calls: reached", Double(calls) / time.inSeconds, unit: "a second", digits: 0),
        ]
    }
}
