import Glibc
import Host
import Synchronization
import Telephony

/// Far ends that send 50 packets of G.711 a second each, spread evenly over the 20 ms, and read what they get.
final class Load: Sendable {
    static let packetTime: Int64 = 20_000_000
    private static let slices = 20

    let phones: [UDPSocket]
    private let heard = Atomic(0), sent = Atomic(0)

    init(_ count: Int) throws { phones = try (0..<count).map { _ in try UDPSocket(bind: Endpoint(.loopback, 0)) } }

    /// Packets that came back, and that were sent.
    var counts: (heard: Int, sent: Int) { (heard.load(ordering: .relaxed), sent.load(ordering: .relaxed)) }

    /// Sends for so long, each phone to its target (nil: it only listens), on a thread of its own; returns when done.
    func run(_ duration: Duration, to targets: [Endpoint?]) throws {
        try Thread(name: "load") { self.send(Int(duration.nanoseconds / Self.packetTime), targets) }.join()
    }

    private func send(_ frames: Int, _ targets: [Endpoint?]) {
        var packet = [UInt8](repeating: 0xD5, count: 172)
        (packet[0], packet[1]) = (0x80, 8)
        let share = (phones.count + Self.slices - 1) / Self.slices
        let begun = Instant.now.nanoseconds
        for frame in 0..<frames {
            for slice in 0..<Self.slices {
                Self.sleep(until: begun + Int64(frame) * Self.packetTime + Int64(slice) * Self.packetTime / Int64(Self.slices))
                for index in min(phones.count, slice * share)..<min(phones.count, (slice + 1) * share) {
                    drain(index)
                    guard let target = targets[index] else { continue }
                    for (offset, value) in [(2, UInt32(frame & 0xFFFF) << 16), (4, UInt32(frame * 160)), (8, UInt32(index + 1))] {
                        for byte in 0..<(offset == 2 ? 2 : 4) { packet[offset + byte] = UInt8(value >> (24 - 8 * byte) & 255) }
                    }
                    if (try? packet.withUnsafeBytes { try phones[index].send($0, to: target) }) != nil {
                        sent.add(1, ordering: .relaxed)
                    }
                }
            }
        }
        usleep(100_000)
        for index in phones.indices { drain(index) }
    }

    private func drain(_ index: Int) {
        withUnsafeTemporaryAllocation(byteCount: 2048, alignment: 8) { buffer in
            while let arrival = try? phones[index].receive(into: buffer), arrival.count > 0 { heard.add(1, ordering: .relaxed) }
        }
    }

    private static func sleep(until nanoseconds: Int64) {
        var time = timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
        while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, nil) == EINTR {}
    }
}
