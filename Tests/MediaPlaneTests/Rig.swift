import Glibc
import Host
import Synchronization
import Telephony
import Testing

@testable import MediaPlane

/// A media plane under test, with the facts that it told.
final class Rig: Sendable {
    static let patience = Duration.seconds(10)

    private final class Log: Sendable {
        let facts = Mutex<[MediaFact]>([])
    }

    private let log = Log()
    let plane: MediaPlane
    /// A port in use: opening it must fail, which tells that every order before was carried out.
    private let occupied: UDPSocket
    private let barriers = Mutex(1_000_000)

    init(music: [String] = [], clips: [String: String] = [:]) throws {
        let log = log
        plane = try MediaPlane(configuration: .init(music: music, clips: clips, realTimePriority: nil)) { facts in
            log.facts.withLock { $0 += facts }
        }
        occupied = try UDPSocket(bind: Endpoint(.loopback, 0))
    }

    deinit { plane.stop() }

    /// Legs whose far end was heard, as often as that was told.
    var spoken: [MediaLegID] {
        log.facts.withLock { facts in
            facts.compactMap { fact in if case .spoke(let id) = fact { id } else { nil } }
        }
    }

    /// What was told so far, barriers and first words left out.
    var facts: [MediaFact] {
        log.facts.withLock { facts in
            facts.filter { fact in
                switch fact {
                case .failed(let id): id.number < 1_000_000
                case .spoke: false
                case .reserved, .unreserved, .digit, .toneDigit, .played, .recorded, .lost, .closed: true
                }
            }
        }
    }

    /// Gives orders and waits until they were carried out.
    func perform(_ orders: MediaOrder...) {
        let id = barriers.withLock { number in
            number += 1
            return MediaLegID(number)
        }
        plane.perform(orders + [.open(id, local: occupied.local)])
        #expect(waitUntil { log.facts.withLock { $0.contains(.failed(id)) } }, "orders were not carried out")
    }

    /// Waits for facts that satisfy a condition; whether they came.
    func wait(for condition: ([MediaFact]) -> Bool) -> Bool { waitUntil { condition(facts) } }

    /// Opens a leg on free ports and describes it.
    func open(_ number: Int, for phone: Phone, _ adjust: (inout MediaStream) -> Void = { _ in }) throws -> Endpoint {
        let local = try freePair()
        var stream = MediaStream(remote: phone.local, sources: [phone.local.address], codec: .alaw)
        (stream.sendEventType, stream.receiveEventType) = (101, 101)
        adjust(&stream)
        perform(.open(MediaLegID(number), local: local), .describe(MediaLegID(number), stream))
        return local
    }

    /// Closes a leg and returns its statistics.
    func close(_ number: Int) throws -> MediaStatistics {
        perform(.close(MediaLegID(number)))
        return try #require(
            facts.lazy.compactMap { fact in
                if case .closed(MediaLegID(number), let statistics) = fact { statistics } else { nil }
            }.first)
    }
}

/// Polls a condition until it holds or patience ends.
func waitUntil(_ condition: () -> Bool) -> Bool {
    let end = Instant.now + Rig.patience
    while !condition() {
        if Instant.now > end { return false }
        usleep(2000)
    }
    return true
}

/// An even port that is free together with the next one.
func freePair(_ address: IPAddress = .loopback) throws -> Endpoint {
    for _ in 0..<200 {
        let port = UInt16.random(in: 10_000...32_000) & ~1
        let first = try? UDPSocket(bind: Endpoint(address, port))
        let second = try? UDPSocket(bind: Endpoint(address, port + 1))
        if first != nil, second != nil { return Endpoint(address, port) }
    }
    throw SystemError("no free pair of ports", code: EADDRINUSE)
}

/// A received RTP packet, taken apart by the test's own hand.
struct Packet: Equatable {
    var type: UInt8, marker: Bool, sequence: UInt16, timestamp: UInt32, source: UInt32, payload: [UInt8]

    init(type: UInt8 = 8, marker: Bool = false, sequence: UInt16, timestamp: UInt32, source: UInt32, payload: [UInt8]) {
        (self.type, self.marker, self.sequence, self.timestamp) = (type, marker, sequence, timestamp)
        (self.source, self.payload) = (source, payload)
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 12, bytes[0] == 0x80 else { return nil }
        self.init(
            type: bytes[1] & 127, marker: bytes[1] > 127, sequence: UInt16(bytes.number(2, 2)),
            timestamp: UInt32(bytes.number(4, 4)),
            source: UInt32(bytes.number(8, 4)), payload: Array(bytes[12...]))
    }

    var bytes: [UInt8] {
        [0x80, type | (marker ? 0x80 : 0)] + sequence.octets + timestamp.octets + source.octets + payload
    }
}

extension FixedWidthInteger {
    var octets: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

extension [UInt8] {
    func number(_ offset: Int, _ size: Int) -> Int { self[offset..<offset + size].reduce(0) { $0 << 8 | Int($1) } }
}

/// A far end: a socket, and a stream that it sends.
final class Phone {
    let socket: UDPSocket
    var next = Packet(
        sequence: .random(in: 0...UInt16.max), timestamp: .random(in: 0...UInt32.max), source: .random(in: 1...UInt32.max),
        payload: [])

    init(_ address: IPAddress = .loopback, port: UInt16 = 0) throws { socket = try UDPSocket(bind: Endpoint(address, port)) }

    var local: Endpoint { socket.local }

    func send(_ bytes: [UInt8], to endpoint: Endpoint) throws { try bytes.withUnsafeBytes { try socket.send($0, to: endpoint) } }

    /// Sends 20 ms of voice and moves on.
    func speak(
        _ payload: [UInt8] = [UInt8](repeating: 0xD5, count: 160), type: UInt8 = 8, marker: Bool = false, to endpoint: Endpoint
    )
        throws
    {
        (next.payload, next.type, next.marker) = (payload, type, marker)
        try send(next.bytes, to: endpoint)
        next.sequence &+= 1
        next.timestamp &+= 160
    }

    /// Sends one packet of a key; the timestamp stays that of its beginning.
    func press(_ digit: Digit, end: Bool, duration: UInt16, type: UInt8 = 101, marker: Bool = false, to endpoint: Endpoint) throws
    {
        (next.payload, next.type, next.marker) = ([digit.event, end ? 0x8A : 0x0A] + duration.octets, type, marker)
        try send(next.bytes, to: endpoint)
        next.sequence &+= 1
    }

    /// The next datagram; nil where none comes for `patience`.
    func datagram(_ patience: Duration = Rig.patience) -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 2048)
        let end = Instant.now + patience
        while true {
            if let arrival = try? buffer.withUnsafeMutableBytes({ try socket.receive(into: $0) }) {
                return Array(buffer[..<min(arrival.count, buffer.count)])
            }
            if Instant.now > end { return nil }
            var poller = pollfd(fd: socket.fileDescriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&poller, 1, 20)
        }
    }

    /// The next RTP packet.
    func hear(_ patience: Duration = Rig.patience) -> Packet? { datagram(patience).flatMap(Packet.init) }

    /// The next `count` packets; fewer where they do not come.
    func hear(count: Int) -> [Packet] {
        var packets: [Packet] = []
        while packets.count < count, let packet = hear() { packets.append(packet) }
        return packets
    }
}
