import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("Two people hear each other")
struct RelayTests {
    @Test("The leg table holds no references, so the packet path counts none")
    func tableIsPlain() {
        #expect(_isPOD(Leg.self))
        #expect(_isPOD(PacketPath.self))
        #expect(_isPOD(RTPHeader.self))
        #expect(_isPOD(SocketAddress.self))
    }

    @Test("Voice passes both ways with numbers of our own")
    func relays() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        var heard: [Packet] = []
        let begun = anna.next.timestamp
        for number in 0..<5 {
            try anna.speak([UInt8](repeating: UInt8(number), count: 160), to: first)
            heard.append(try #require(boris.hear()))
        }
        #expect(heard.map(\.payload[0]) == [0, 1, 2, 3, 4])
        #expect(Set(heard.map(\.source)).count == 1)
        #expect(heard[0].source != anna.next.source)
        #expect(heard.map { $0.sequence &- heard[0].sequence } == [0, 1, 2, 3, 4])
        #expect(heard.map { $0.timestamp &- heard[0].timestamp } == [0, 160, 320, 480, 640])
        #expect(heard.map(\.marker) == [true, false, false, false, false])
        #expect(heard[0].timestamp != begun)
        try boris.speak(to: second)
        #expect(anna.hear()?.payload.count == 160)
    }

    @Test("A leg connected to itself hears its own voice back, then something else, and nothing is left over")
    func echo() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(1)))
        for number in 0..<5 {
            try anna.speak([UInt8](repeating: UInt8(number), count: 160), to: first)
            #expect(try #require(anna.hear()).payload.allSatisfy { $0 == UInt8(number) })
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try boris.speak([UInt8](repeating: 77, count: 160), to: second)
        #expect(anna.hear()?.payload.first == 77)
        try anna.speak([UInt8](repeating: 78, count: 160), to: first)
        #expect(boris.hear()?.payload.first == 78)
        #expect(anna.hear(.milliseconds(100)) == nil)
    }

    @Test("Relay, music, another partner: one SSRC, sequence by one, timestamp by the clock, marker at each change")
    func continuity() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone(), clara = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris), third = try rig.open(3, for: clara)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        var heard: [Packet] = []
        for _ in 0..<3 {
            try boris.speak(to: second)
            heard.append(try #require(anna.hear()))
        }
        rig.perform(.play(MediaLegID(1), .music))
        heard += anna.hear(count: 4)
        rig.perform(.connect(MediaLegID(1), MediaLegID(3)))
        while let rest = anna.hear(.milliseconds(100)) { heard.append(rest) }
        for _ in 0..<3 {
            try clara.speak(to: third)
            heard.append(try #require(anna.hear()))
        }
        #expect(Set(heard.map(\.source)).count == 1)
        for (before, after) in zip(heard, heard.dropFirst()) {
            #expect(after.sequence == before.sequence &+ 1)
            let step = Int32(bitPattern: after.timestamp &- before.timestamp)
            #expect(step >= 160 && step < 10 * 8000)
        }
        #expect(heard[0].marker && heard[3].marker && heard[heard.count - 3].marker)
        #expect(!heard[1].marker && !heard[4].marker && !heard[heard.count - 1].marker)
        _ = first
    }

    @Test("Whoever is put on music is heard by nobody, and his partner hears nothing")
    func holdIsMutual() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), .play(MediaLegID(1), .music))
        try anna.speak(to: first)
        try boris.speak([UInt8](repeating: 0x11, count: 160), to: second)
        #expect(anna.hear(count: 5).allSatisfy { $0.payload.contains { $0 != 0x11 } })
        #expect(boris.hear(.milliseconds(150)) == nil)
    }

    @Test("A-law and µ-law meet octet by octet, without delay")
    func translates() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        let second = try rig.open(2, for: boris) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (.ulaw, 0, 0)
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        let octets = (0...255).map { UInt8($0) }
        try anna.speak(octets, to: first)
        let there = try #require(boris.hear())
        #expect(there.type == 0)
        for (alaw, ulaw) in zip(octets, there.payload) {
            let (before, after) = (Double(G711.decodeAlaw(alaw)), Double(G711.decodeUlaw(ulaw)))
            #expect(abs(before - after) <= 16 + abs(before) / 16)
        }
        try boris.speak(octets, type: 0, to: second)
        let back = try #require(anna.hear())
        #expect(back.type == 8)
        for (ulaw, alaw) in zip(octets, back.payload) {
            let (before, after) = (Double(G711.decodeUlaw(ulaw)), Double(G711.decodeAlaw(alaw)))
            #expect(abs(before - after) <= 16 + abs(before) / 16)
        }
    }

    @Test("Payload types are each side's own; contributing sources, extension and padding stay behind")
    func mapsTypes() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna) { $0.receivePayloadType = 100 }
        _ = try rig.open(2, for: boris) { stream in
            (stream.sendPayloadType, stream.sendEventType) = (110, 96)
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(type: 100, to: first)
        #expect(boris.hear()?.type == 110)
        try anna.press(.d5, end: false, duration: 160, marker: true, to: first)
        let key = try #require(boris.hear())
        #expect(key.type == 96 && key.marker && key.payload == [5, 0x0A, 0, 160])
        let dressed =
            [0xB1, 100] + anna.next.sequence.octets + anna.next.timestamp.octets + anna.next.source.octets + [1, 2, 3, 4]
            + [0xBE, 0xDE, 0, 1, 9, 9, 9, 9] + [7, 7, 7] + [0, 0, 0, 4]
        try anna.send(dressed, to: first)
        #expect(boris.hear()?.payload == [7, 7, 7])
    }

    @Test("A far end that restarts its numbers is carried on without a break")
    func newSource() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: first)
        let before = try #require(boris.hear())
        anna.next = Packet(sequence: anna.next.sequence &+ 20_000, timestamp: 77, source: anna.next.source &+ 1, payload: [])
        try anna.speak(to: first)
        let after = try #require(boris.hear())
        #expect(after.sequence == before.sequence &+ 1 && after.source == before.source && after.marker)
        #expect(Int32(bitPattern: after.timestamp &- before.timestamp) >= 160)
    }

    @Test("A leg that may not speak is not relayed, one that may not hear is sent nothing; then it goes on by one")
    func directions() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: first)
        let before = try #require(boris.hear())
        var held = MediaStream(remote: boris.local, sources: [boris.local.address], codec: .alaw, sends: false)
        rig.perform(.describe(MediaLegID(2), held))
        for _ in 0..<5 { try anna.speak(to: first) }
        #expect(boris.hear(.milliseconds(150)) == nil)
        held.sends = true
        rig.perform(.describe(MediaLegID(2), held))
        try anna.speak(to: first)
        #expect(boris.hear()?.sequence == before.sequence &+ 1)
    }

    @Test("Who is not to be heard for a while leaves no gap behind")
    func muted() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: first)
        let before = try #require(boris.hear())
        var stream = MediaStream(remote: anna.local, sources: [.loopback], codec: .alaw, receives: false)
        rig.perform(.describe(MediaLegID(1), stream))
        for _ in 0..<5 { try anna.speak(to: first) }
        #expect(boris.hear(.milliseconds(150)) == nil)
        stream.receives = true
        rig.perform(.describe(MediaLegID(1), stream))
        try anna.speak(to: first)
        #expect(boris.hear()?.sequence == before.sequence &+ 1)
    }

    @Test("The same over IPv6, and a far end held at 0.0.0.0 is sent nothing")
    func families() throws {
        let loopback = try #require(IPAddress("::1"))
        let rig = try Rig(), anna = try Phone(loopback), boris = try Phone()
        let local = try freePair(loopback)
        rig.perform(
            .open(MediaLegID(1), local: local),
            .describe(MediaLegID(1), MediaStream(remote: anna.local, sources: [loopback], codec: .alaw)))
        let second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: local)
        #expect(boris.hear()?.payload.count == 160)
        try boris.speak(to: second)
        #expect(anna.hear()?.payload.count == 160)
        rig.perform(
            .describe(MediaLegID(1), MediaStream(remote: Endpoint(.any, 4000), sources: [loopback], codec: .alaw)),
            .play(MediaLegID(1), .music))
        while anna.hear(.milliseconds(150)) != nil {}
        #expect(rig.plane.counters().unsent == 0)
    }
}
