import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("RTP is taken only from whom it may come")
struct SourceTests {
    static let stranger = IPAddress.v4(0x7F00_0002)

    @Test("A third address is never heard, not even as the first")
    func thirdAddress() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone(), mallory = try Phone(Self.stranger)
        let any = try freePair(.any)
        rig.perform(
            .open(MediaLegID(1), local: any),
            .describe(MediaLegID(1), MediaStream(remote: anna.local, sources: [anna.local.address], codec: .alaw)))
        let first = Endpoint(.loopback, any.port)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        let foreign = [UInt8](repeating: 0x66, count: 160)
        for _ in 0..<3 { try mallory.speak(foreign, to: first) }
        #expect(boris.hear(.milliseconds(150)) == nil)
        try anna.speak(to: first)
        try mallory.speak(foreign, to: first)
        try anna.speak(to: first)
        #expect(boris.hear(count: 2).allSatisfy { $0.payload[0] == 0xD5 })
        #expect(boris.hear(.milliseconds(150)) == nil)
        let statistics = try rig.close(1)
        #expect(statistics.received == 2 && statistics.refused == 4 && statistics.lost == 0)
    }

    @Test("A phone that sends from another port of its address is answered there")
    func symmetric() throws {
        let rig = try Rig(), announced = try Phone(), real = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: announced), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try boris.speak(to: second)
        #expect(announced.hear() != nil)
        try real.speak(to: first)
        #expect(boris.hear() != nil)
        try boris.speak(to: second)
        #expect(real.hear() != nil)
        try announced.speak(to: first)
        #expect(boris.hear() != nil)
        try boris.speak(to: second)
        #expect(announced.hear() != nil)
    }

    @Test("What a leg learnt of its far end survives a new description of the same one, not one of another")
    func relearns() throws {
        let rig = try Rig(), announced = try Phone(), real = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: announced), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try real.speak(to: first)
        #expect(boris.hear() != nil)
        var stream = MediaStream(remote: announced.local, sources: [.loopback], codec: .alaw)
        rig.perform(.describe(MediaLegID(1), stream))
        try boris.speak(to: second)
        #expect(real.hear() != nil)
        let moved = try Phone()
        stream.remote = moved.local
        rig.perform(.describe(MediaLegID(1), stream))
        try boris.speak(to: second)
        #expect(moved.hear() != nil)
    }

    private let phone = PackedEndpoint(Endpoint(.loopback, 4000)), other = PackedEndpoint(Endpoint(.loopback, 4002))
    private let third = PackedEndpoint(Endpoint(.loopback, 4004)), foreign = PackedEndpoint(Endpoint(SourceTests.stranger, 4000))
    private let second: Int64 = 1_000_000_000

    @Test("Latching: the announced endpoint always wins, another port only over silence, a third address never")
    func latches() {
        var filter = SourceFilter(remote: Endpoint(.loopback, 4000), sources: [.loopback])
        #expect(filter.admit(foreign, at: 0) == .refused)
        #expect(filter.admit(other, at: 0) == .latched)
        #expect(filter.admit(other, at: 1 * second) == .heard)
        #expect(filter.admit(third, at: 2 * second) == .refused)
        #expect(filter.admit(phone, at: 2 * second) == .latched)
        #expect(filter.admit(other, at: 4 * second) == .refused)
        #expect(filter.admit(other, at: 4 * second + 1) == .latched)
        #expect(filter.admit(foreign, at: 90 * second) == .refused)
        #expect(filter.admit(third, at: 90 * second) == .latched)
    }

    @Test("Each of the allowed addresses may speak, of both families, and no fifth")
    func addresses() throws {
        let addresses = try ["10.0.0.1", "10.0.0.2", "2001:db8::1", "10.0.0.4", "10.0.0.5"].map { try #require(IPAddress($0)) }
        let filter = SourceFilter(remote: nil, sources: addresses)
        #expect(addresses.map { filter.allows(PackedAddress($0)) } == [true, true, true, true, false])
        #expect(!SourceFilter(remote: nil, sources: []).allows(PackedAddress(addresses[0])))
        for address in addresses { #expect(SocketAddress(Endpoint(address, 77)).packed == PackedEndpoint(Endpoint(address, 77))) }
    }

    @Test("What is no RTP, or of a foreign type, is refused and hurts nobody")
    func hostile() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        let good = Packet(sequence: 1, timestamp: 1, source: 1, payload: [UInt8](repeating: 1, count: 160)).bytes
        func changed(_ offset: Int, _ value: UInt8) -> [UInt8] {
            var bytes = good
            bytes[offset] = value
            return bytes
        }
        let bad: [[UInt8]] = [
            [], [0x80], Array(good[..<11]), changed(0, 0x00), changed(0, 0x40), changed(0, 0xC0),
            good + [UInt8](repeating: 1, count: 1400), [UInt8](repeating: 0x80, count: 60_000),
            Array(changed(0, 0x8F)[..<40]), Array(changed(0, 0x90)[..<14]),
            [0x90, 8] + good[2..<12] + [0, 0, 0xFF, 0xFF] + good[16...],
            changed(0, 0xA0).dropLast() + [0], Array(changed(0, 0xA0)[..<20]) + [200],
            changed(1, 14), changed(1, 200), changed(1, 72), [0x80, 101] + good[2..<12] + [5, 0x0A, 0],
        ]
        for bytes in bad { try anna.send(bytes, to: first) }
        try anna.speak(to: first)
        #expect(boris.hear()?.payload == [UInt8](repeating: 0xD5, count: 160))
        #expect(boris.hear(.milliseconds(100)) == nil)
        let statistics = try rig.close(1)
        #expect(statistics.refused == bad.count)
        #expect(rig.plane.counters().refused == bad.count)
    }

    @Test("Headers of random octets are read within their bounds or refused")
    func fuzz() {
        var dice = Dice(seed: 20)
        var accepted = 0
        for _ in 0..<5000 {
            let count = dice.roll(64)
            var bytes = (0..<count).map { _ in UInt8(dice.roll(256)) }
            if count > 0 { bytes[0] = bytes[0] & 0x3F | 0x80 }
            bytes.withUnsafeBytes { raw in
                guard let base = raw.baseAddress, let header = RTPHeader(base, count: count) else { return }
                accepted += 1
                #expect(header.payload >= 12 && header.payload <= header.end && header.end <= count)
            }
        }
        #expect(accepted > 100)
    }
}
