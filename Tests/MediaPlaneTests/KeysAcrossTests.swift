import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

/// A key as a telephone sends it in its voice, and the rest after it.
func keyTone(_ digit: Digit, in codec: Codec, milliseconds: Int = 100, rest: Int = 100) -> [[UInt8]] {
    let tone = KeyTone(codec)
    return (0..<(milliseconds + rest) / 20).map { index in
        var octets = [UInt8](repeating: 0, count: Voice.frame)
        tone.frame(index < milliseconds / 20 ? digit : nil, index, into: &octets)
        return octets
    }
}

@Suite("Keys reach a far end that knows only tones, and tones one that knows only events")
struct KeysAcrossTests {
    /// What somebody's ear takes for keys.
    private func keys(in packets: [Packet], _ codec: Codec) -> [Digit] {
        let ear = KeyEar()
        defer { ear.deallocate() }
        let samples = decoded(packets.flatMap(\.payload), codec)
        return stride(from: 0, to: samples.count, by: Voice.frame).flatMap { start in
            ear.hear(Array(samples[start..<start + Voice.frame]), Voice.frame).digits
        }
    }

    @Test("RFC 4733 becomes tones in the voice, each key once, and the voice goes on", arguments: Codec.allCases)
    func eventsToTones(codec: Codec) throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (codec, codec.payloadType, codec.payloadType)
            (stream.sendEventType, stream.receiveEventType) = (nil, nil)
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        var heard: [Packet] = []
        func speak(_ count: Int) throws {
            for _ in 0..<count {
                try anna.speak(to: first)
                usleep(20_000)
                while let packet = boris.hear(.zero) { heard.append(packet) }
            }
        }
        try speak(10)
        for digit in [Digit.d5, .pound] {
            for step in 1...4 {
                try anna.press(digit, end: step == 4, duration: UInt16(160 * step), marker: step == 1, to: first)
            }
            anna.next.timestamp &+= 640
        }
        try speak(40)
        #expect(keys(in: heard, codec) == [.d5, .pound])
        #expect(heard.allSatisfy { $0.type == codec.payloadType })
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        #expect(zip(heard, heard.dropFirst()).allSatisfy { Int32(bitPattern: $1.timestamp &- $0.timestamp) >= 160 })
        #expect(heard.suffix(5).allSatisfy { keys(in: [$0], codec).isEmpty && $0.payload.count == 160 })
        #expect(rig.facts == [.digit(MediaLegID(1), .d5), .digit(MediaLegID(1), .pound)])
    }

    @Test("A key of ours is a tone where there are no events, whatever is heard besides", arguments: [nil, Sound.music])
    func pressedAsTone(sound: Sound?) throws {
        let rig = try Rig(), boris = try Phone()
        _ = try rig.open(2, for: boris) { $0.sendEventType = nil }
        if let sound { rig.perform(.play(MediaLegID(2), sound)) }
        rig.perform(.press(MediaLegID(2), .star), .press(MediaLegID(2), .d0))
        let heard = boris.hear(count: 20)
        #expect(keys(in: heard, .alaw) == [.star, .d0])
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        // Level and twist of ITU-T Q.23 and Q.24.
        let tone = decoded(heard[1].payload + heard[2].payload, .alaw)[...]
        #expect(abs(level(of: 941, in: tone) + 11) < 1.5 && abs(level(of: 1209, in: tone) + 9) < 1.5)
    }

    @Test("A withheld key is no tone on the other side")
    func withheld() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris) { $0.sendEventType = nil }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), .withhold(MediaLegID(1)))
        for end in [false, true] { try anna.press(.d5, end: end, duration: 320, marker: !end, to: first) }
        #expect(rig.wait { $0 == [.digit(MediaLegID(1), .d5)] })
        #expect(boris.hear(.milliseconds(200)) == nil)
    }

    @Test("Who is listened to in a talk: the tone is told and kept from the other side, but for its first beginning")
    func tonesAreTakenOut() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna) { $0.receiveEventType = nil }
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), .listen(MediaLegID(1), true))
        var heard: [Packet] = []
        for payload in keyTone(.d7, in: .alaw, milliseconds: 200) {
            try anna.speak(payload, to: first)
            heard.append(try #require(boris.hear()))
        }
        #expect(rig.wait { $0 == [.toneDigit(MediaLegID(1), .d7)] })
        #expect(heard.count { level(of: 852, in: decoded($0.payload, .alaw)[...]) > -30 } <= 2)
        #expect(keys(in: heard, .alaw) == [])
    }

    @Test("Events that were agreed and never used: tones are keys after a while without events, and from then on at once")
    func neverUsedEvents() throws {
        let rig = try Rig(), anna = try Phone()
        let first = try rig.open(1, for: anna)
        rig.perform(.listen(MediaLegID(1), true), .play(MediaLegID(1), .tone(.dial, .ru)))
        func press(_ digit: Digit) throws {
            for payload in keyTone(digit, in: .alaw) {
                try anna.speak(payload, to: first)
                usleep(2000)
            }
        }
        let begun = Instant.now
        try press(.d2)
        try press(.d1)
        #expect(rig.facts == [])
        #expect(rig.wait { $0.count >= 2 })
        #expect(Instant.now - begun >= .milliseconds(1500))
        #expect(rig.facts == [.toneDigit(MediaLegID(1), .d2), .toneDigit(MediaLegID(1), .d1)])
        try press(.d3)
        let again = Instant.now
        #expect(rig.wait { $0.count >= 3 } && Instant.now - again < .milliseconds(1000))
        #expect(rig.facts.last == .toneDigit(MediaLegID(1), .d3))
    }

    @Test("Who sends a tone and an event for one key has pressed it once, and his tones are never looked at again")
    func bothWays() throws {
        let rig = try Rig(), anna = try Phone()
        let first = try rig.open(1, for: anna)
        rig.perform(.listen(MediaLegID(1), true), .play(MediaLegID(1), .tone(.dial, .ru)))
        for payload in keyTone(.d6, in: .alaw) { try anna.speak(payload, to: first) }
        for end in [false, true] { try anna.press(.d6, end: end, duration: 320, marker: !end, to: first) }
        anna.next.timestamp &+= 800
        for payload in keyTone(.d6, in: .alaw) { try anna.speak(payload, to: first) }
        usleep(1_900_000)
        #expect(rig.facts == [.digit(MediaLegID(1), .d6)])
    }
}

@Suite("Ports are bound before anybody is told of them")
struct PortStockTests {
    @Test("What is reserved is the leg's; what another program holds is told at once, whichever of the two it is")
    func reserved() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let local = try freePair(), held = try freePair()
        let other = try UDPSocket(bind: Endpoint(.loopback, held.port + 1))
        #expect(rig.plane.perform([.reserve(local), .reserve(held)]) == [.reserved(local), .unreserved(held, .taken)])
        #expect(
            rig.plane.perform([.reserve(Endpoint(.v4(0xC000_0201), 20_000))]) == [
                .unreserved(Endpoint(.v4(0xC000_0201), 20_000), .noSocket)
            ])
        // What comes to a port in stock is not the leg's.
        try boris.speak(to: local)
        rig.perform(
            .open(MediaLegID(1), local: local),
            .describe(MediaLegID(1), MediaStream(remote: anna.local, sources: [.loopback], codec: .alaw)))
        try anna.speak(to: local)
        #expect(waitUntil { rig.spoken == [MediaLegID(1)] })
        #expect(try rig.close(1) == MediaStatistics(received: 1, sent: 0, lost: 0, refused: 0, jitter: 0))
        _ = other
    }

    @Test("A pair that is given back is free for others; a stock that would leave no descriptors for the rest binds nothing")
    func givenBack() throws {
        let stock = PortStock(), local = try freePair()
        #expect(stock.reserve(local) == .reserved(local))
        #expect(throws: SystemError.self) { try UDPSocket(bind: local) }
        stock.unreserve(local)
        _ = try UDPSocket(bind: local)
        let poor = PortStock(descriptorLimit: 3)
        #expect(poor.reserve(local) == .unreserved(local, .noSocket))
        #expect(poor.take(local) == nil)
        _ = try UDPSocket(bind: local)
    }
}
