import BareRelay
import Glibc
import Host
import Synchronization
import Telephony

/// A hundred relayed G.711 calls against the least that a relay in C can do: read and send on. Both carry the same load in
/// turn, several times over, since other work on the machine disturbs both.
enum Relay {
    static let calls = 100, rounds = 5
    static let roundLength = Duration.seconds(3)

    static func run() throws -> [Row] {
        let load = try Load(2 * calls), desk = try Desk(load), bare = try Bare(load)
        for call in 0..<calls { desk.plane.perform([.connect(MediaLegID(2 * call), MediaLegID(2 * call + 1))]) }
        var ratios: [Double] = [], ours: [Double] = [], theirs: [Double] = []
        let before = load.counts
        for _ in 0..<rounds {
            let bare = try bare.measure { try load.run(roundLength, to: bare.inlets) }
            let relay = try desk.measure { try load.run(roundLength, to: desk.legs) }
            theirs.append(Double(bare.cpu) / Double(max(1, bare.passed)))
            ours.append(Double(relay.cpu) / Double(max(1, relay.sent)))
            ratios.append(ours[ours.count - 1] / theirs[theirs.count - 1])
        }
        let after = load.counts
        let passed = Double(after.heard - before.heard) / Double(after.sent - before.sent)
        // 10 000 packets a second.
        func share(_ perPacket: Double) -> Double { perPacket * Double(2 * calls * 50) / 1e9 * 100 }
        return [
            Row("relay: CPU against a bare C loop, \(calls) calls", median(ratios), atMost: 1.15, unit: "×"),
            Row("relay: media thread, \(calls) calls", share(median(ours)), unit: "% of a core", digits: 1),
            Row("relay: bare C loop, \(calls) calls", share(median(theirs)), unit: "% of a core", digits: 1),
            Row("relay: packets that came through", passed * 100, atLeast: 99, unit: "%"),
        ]
    }

    static func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// The loop in C on sockets of its own.
private final class Bare: Sendable {
    /// Where each phone sends to.
    let inlets: [Endpoint]
    private let sockets: [Int32], via: [Int32], ports: [UInt16]

    init(_ load: Load) throws {
        var sockets: [Int32] = [], inlets: [Endpoint] = []
        for _ in load.phones {
            var port: UInt16 = 0
            sockets.append(bare_socket(&port))
            guard sockets[sockets.count - 1] >= 0 else { throw SystemError("open a socket", code: errno) }
            inlets.append(Endpoint(.loopback, port))
        }
        (self.sockets, self.inlets) = (sockets, inlets)
        via = sockets.indices.map { Int32($0 ^ 1) }
        ports = sockets.indices.map { load.phones[$0 ^ 1].local.port }
    }

    deinit { for socket in sockets { close(socket) } }

    /// CPU time of the loop's thread and datagrams that it passed on, while `body` runs.
    func measure(_ body: () throws -> Void) throws -> (cpu: Int64, passed: Int64) {
        let bell = try Wakeup(), result = Result()
        let thread = try Thread(name: "bare") { [self] in
            var cpu: Int64 = 0, passed: Int64 = 0
            bare_relay(sockets, via, ports, Int32(sockets.count), bell.fileDescriptor, &cpu, &passed)
            result.values.withLock { [cpu, passed] in $0 = (cpu, passed) }
        }
        defer {
            bell.ring()
            thread.join()
        }
        try body()
        bell.ring()
        while result.values.withLock({ $0.cpu == 0 }) { usleep(1000) }
        return result.values.withLock { $0 }
    }

    private final class Result: Sendable {
        let values = Mutex<(cpu: Int64, passed: Int64)>((0, 0))
    }
}
