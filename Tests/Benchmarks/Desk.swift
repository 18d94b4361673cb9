import Glibc
import Host
import MediaPlane
import Synchronization
import Telephony

/// A media plane with a leg for each phone of a load.
final class Desk: Sendable {
    private final class Log: Sendable {
        let failed = Mutex(Set<MediaLegID>())
    }

    let plane: MediaPlane
    /// Where each phone's leg listens.
    let legs: [Endpoint]
    private let log: Log

    convenience init(_ load: Load, codec: Codec = .alaw, clips: [String: String] = [:]) throws {
        try self.init(load, codec: { _ in codec }, clips: clips)
    }

    /// Each leg with a codec of its own; what it gets is marked as the load marks it, whatever that is.
    init(_ load: Load, codec: (Int) -> Codec, clips: [String: String]) throws {
        let log = Log()
        self.log = log
        let plane = try MediaPlane(configuration: .init(clips: clips, realTimePriority: nil)) { facts in
            for case .failed(let id) in facts { log.failed.withLock { _ = $0.insert(id) } }
        }
        self.plane = plane
        var port = UInt16.random(in: 5000...10_000) * 2
        legs = try load.phones.indices.map { index in
            let local = try Self.freePair(from: &port)
            let stream = MediaStream(
                remote: load.phones[index].local, sources: [.loopback], codec: codec(index),
                receivePayloadType: Codec.alaw.payloadType)
            plane.perform([.open(MediaLegID(index), local: local), .describe(MediaLegID(index), stream)])
            return local
        }
        var patience = 100
        while plane.counters().legs < legs.count, patience > 0 {
            usleep(100_000)
            patience -= 1
        }
        guard log.failed.withLock(\.isEmpty), patience > 0 else { throw SystemError("open \(legs.count) legs", code: EADDRINUSE) }
    }

    deinit { plane.stop() }

    /// CPU time of the media thread and packets that it sent, while `body` runs.
    func measure(_ body: () throws -> Void) rethrows -> (cpu: Int64, sent: Int) {
        // The counters are a tenth of a second behind at most.
        usleep(200_000)
        let before = plane.counters()
        try body()
        usleep(200_000)
        let after = plane.counters()
        return (after.cpuTime - before.cpuTime, after.sent - before.sent)
    }

    /// The next pair that nobody uses.
    private static func freePair(from port: inout UInt16) throws -> Endpoint {
        for _ in 0..<1000 {
            let first = try? UDPSocket(bind: Endpoint(.loopback, port)),
                second = try? UDPSocket(bind: Endpoint(.loopback, port + 1))
            port += 2
            if first != nil, second != nil { return Endpoint(.loopback, port - 2) }
        }
        throw SystemError("no free pair of ports", code: EADDRINUSE)
    }
}
