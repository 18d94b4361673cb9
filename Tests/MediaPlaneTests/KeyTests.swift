import Telephony
import Testing

@testable import MediaPlane

@Suite("A key is told once")
struct KeyTests {
    private static let ms: Int64 = 1_000_000

    /// Feeds one packet and returns the keys as characters.
    private func note(
        _ keys: inout KeyPresses, _ code: UInt8, _ timestamp: UInt32, end: Bool = false, duration: UInt16 = 160,
        marker: Bool = false,
        at now: Int64 = 0
    ) -> String {
        let payload: [UInt8] = [code, end ? 0x80 : 0] + duration.octets
        let pressed = payload.withUnsafeBytes { raw in
            raw.baseAddress.map { keys.note($0, timestamp: timestamp, marker: marker, at: now) } ?? .none
        }
        return String([pressed.first, pressed.second].compactMap { $0.flatMap(Digit.init)?.rawValue })
    }

    @Test("Three end packets are one key")
    func repeatedEnd() {
        var keys = KeyPresses()
        #expect(note(&keys, 5, 1000, marker: true) == "")
        #expect(note(&keys, 5, 1000) == "")
        #expect((0..<3).map { _ in note(&keys, 5, 1000, end: true) } == ["5", "", ""])
    }

    @Test("A lost end is told when the next key begins, or after a silence")
    func lostEnd() {
        var keys = KeyPresses()
        #expect(note(&keys, 5, 1000) == "")
        #expect(note(&keys, 6, 3000) == "5")
        #expect(note(&keys, 11, 5000, end: true) == "6#")
        #expect(note(&keys, 10, 7000, at: 0) == "")
        #expect(keys.expired(at: 199 * Self.ms) == nil)
        #expect(keys.expired(at: 200 * Self.ms) == 10)
        #expect(keys.expired(at: 900 * Self.ms) == nil)
        #expect(note(&keys, 10, 7000, end: true) == "")
    }

    @Test("The same key twice is two keys, a late packet of the one before is none")
    func repeatedKey() {
        var keys = KeyPresses()
        #expect(note(&keys, 1, 1000, end: true) == "1")
        #expect(note(&keys, 1, 2600, end: true) == "1")
        #expect(note(&keys, 1, 1000, end: true) == "")
        #expect(note(&keys, 1, 2600, end: true) == "")
    }

    @Test("A press over 8 s goes on in a second segment and is one key; timestamps wrap")
    func longPress() {
        var keys = KeyPresses()
        let begin = UInt32.max - 100
        #expect(note(&keys, 9, begin, duration: 0xFFFF, marker: true) == "")
        #expect(note(&keys, 9, begin &+ 0xFFFF, duration: 800) == "")
        #expect(note(&keys, 9, begin &+ 0xFFFF, end: true, duration: 1600) == "9")
    }

    @Test("Events that are no keys are left alone")
    func foreign() {
        var keys = KeyPresses()
        #expect(note(&keys, 16, 1000, end: true) == "")
        #expect(keys.expired(at: 1_000 * Self.ms) == nil)
    }

    @Test("Keys on the wire: connected, on music and alone, ends lost or not")
    func onTheWire() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        func press(_ digit: Digit, ends: Bool) throws {
            for step in 1...3 { try anna.press(digit, end: false, duration: UInt16(160 * step), marker: step == 1, to: first) }
            if ends { for _ in 0..<3 { try anna.press(digit, end: true, duration: 640, to: first) } }
            anna.next.timestamp &+= 800
        }
        func expect(_ digits: [Digit]) {
            #expect(rig.wait { $0.count >= digits.count })
            #expect(rig.facts == digits.map { .digit(MediaLegID(1), $0) })
        }
        try press(.d1, ends: true)
        expect([.d1])
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try press(.d2, ends: true)
        try press(.d3, ends: false)
        expect([.d1, .d2, .d3])
        rig.perform(.play(MediaLegID(1), .music))
        try press(.d4, ends: false)
        try press(.pound, ends: true)
        expect([.d1, .d2, .d3, .d4, .pound])
    }

    @Test("Between two codecs a key keeps one timestamp and falls between our own packets")
    func acrossTranscoding() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (.g722, 9, 9)
            stream.sendEventType = 97
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        for end in [false, false, true] { try anna.press(.d8, end: end, duration: 320, marker: !end, to: first) }
        let heard = boris.hear(count: 3)
        #expect(heard.map(\.type) == [97, 97, 97])
        #expect(Set(heard.map(\.timestamp)).count == 1)
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        #expect(rig.wait { $0 == [.digit(MediaLegID(1), .d8)] })
    }
}

@Suite("Keys that go no further than to us, and keys of ours")
struct WithheldKeyTests {
    @Test("R-184: a withheld key is told and not heard by the other side, whose stream has no gap")
    func withheld() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), .withhold(MediaLegID(1)))
        try anna.speak(to: first)
        for step in 1...3 { try anna.press(.pound, end: step == 3, duration: UInt16(160 * step), marker: step == 1, to: first) }
        anna.next.timestamp &+= 480
        try anna.speak(to: first)
        let heard = boris.hear(count: 2)
        #expect(heard.map(\.type) == [8, 8])
        #expect(heard[1].sequence == heard[0].sequence &+ 1)
        #expect(heard[1].timestamp == heard[0].timestamp &+ 640)
        #expect(rig.wait { $0 == [.digit(MediaLegID(1), .pound)] })
    }

    @Test(
        "Two keys of ours in the middle of a relayed talk: each once, with one timestamp; sequence numbers go on by one throughout"
    )
    func pressed() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: first)
        rig.perform(.press(MediaLegID(2), .pound), .press(MediaLegID(2), .d7))
        var heard: [Packet] = []
        while heard.count(where: { $0.type == 101 }) < 16 {
            try anna.speak(to: first)
            guard let packet = boris.hear() else { break }
            heard.append(packet)
        }
        let events = heard.filter { $0.type == 101 }
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        #expect(Set(events.map(\.timestamp)).count == 2)
        var keys = KeyPresses()
        let told = events.flatMap { packet in
            let pressed = packet.payload.withUnsafeBytes { raw in
                raw.baseAddress.map { keys.note($0, timestamp: packet.timestamp, marker: packet.marker, at: 0) } ?? .none
            }
            return [pressed.first, pressed.second].compactMap { $0.flatMap(Digit.init) }
        }
        #expect(told == [.pound, .d7])
        #expect(events.count(where: \.marker) == 2)
    }

    @Test("More keys than a hand can press are not kept")
    func bounded() {
        var typing = KeyTyping()
        for _ in 0..<200 { typing.add(.d1) }
        var packets = 0, ticks = 0
        while !typing.isOver, ticks < 10_000 {
            if typing.tick(at: UInt32(ticks * 160)) != nil { packets += 1 }
            ticks += 1
        }
        #expect(typing.isOver)
        #expect(packets == KeyTyping.limit * 8)
    }
}
