import Glibc
import Telephony
import Testing

@testable import MediaPlane

@Suite("Whatever the far end's answer took may come at any time")
struct CodecChangeTests {
    /// Anna's answer took A-law, µ-law and G.722, and has numbers of its own besides.
    private func open(_ rig: Rig, _ anna: Phone, _ boris: Phone, to codec: Codec) throws -> (Endpoint, Endpoint) {
        let first = try rig.open(1, for: anna) { stream in
            stream.alsoReceives = [VoiceType(0, .ulaw), VoiceType(9, .g722), VoiceType(97, .ulaw)]
            stream.otherEventType = 96
        }
        let second = try rig.open(2, for: boris) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (codec, codec.payloadType, codec.payloadType)
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        return (first, second)
    }

    private func octets(_ codec: Codec, frames: Int) -> [[UInt8]] {
        var octets = [UInt8](repeating: 0, count: frames * 160)
        VoiceEncoder(codec).encode(sine(1000, count: octets.count), octets.count, into: &octets)
        return stride(from: 0, to: octets.count, by: 160).map { Array(octets[$0..<$0 + 160]) }
    }

    @Test("A-law and µ-law in turn, by either number: each packet is heard at once, in one numbering")
    func withinTheRelay() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let (first, _) = try open(rig, anna, boris, to: .alaw)
        let (alaw, ulaw) = (octets(.alaw, frames: 1)[0], octets(.ulaw, frames: 1)[0])
        var heard: [Packet] = []
        for (type, payload) in [(UInt8(0), ulaw), (8, alaw), (97, ulaw), (97, ulaw), (8, alaw)] {
            try anna.speak(payload, type: type, to: first)
            heard.append(try #require(boris.hear()))
        }
        #expect(heard.allSatisfy { $0.type == 8 && $0.payload.count == 160 })
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        #expect(heard[2].payload == ulaw.map { G711.alawOfUlaw[Int($0)] } && heard[4].payload == alaw)
        try anna.speak(alaw, type: 98, to: first)
        #expect(boris.hear(.milliseconds(100)) == nil, "what was never agreed is not heard")
        #expect(rig.spoken == [MediaLegID(1)])
    }

    @Test("A change to G.722 in the middle of a talk goes through the jitter buffer, and so does the way back")
    func intoTranscoding() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let (first, second) = try open(rig, anna, boris, to: .alaw)
        for (codec, type) in [(Codec.alaw, UInt8(8)), (.g722, 9), (.ulaw, 0)] {
            var voice: [Int16] = []
            for payload in octets(codec, frames: 50) {
                try anna.speak(payload, type: type, to: first)
                usleep(20_000)
            }
            while let packet = boris.hear(.milliseconds(60)) {
                #expect(packet.type == 8)
                voice += decoded(packet.payload, .alaw)
            }
            #expect(voice.count > 160 * 30, "\(codec) is heard")
            let best =
                stride(from: 800, to: max(801, voice.count - 800), by: 400)
                .map { abs(level(of: 1000, in: voice[$0..<min(voice.count, $0 + 800)]) + 10) }.min() ?? 100
            #expect(best < 1.5, "\(codec) is off by \(best) dB")
        }
        try boris.speak(to: second)
        #expect(anna.hear()?.type == 8)
    }

    @Test("Keys by the offer's number and by the answer's are keys")
    func eventsByEitherNumber() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let (first, _) = try open(rig, anna, boris, to: .alaw)
        for (digit, type) in [(Digit.d1, UInt8(101)), (.d2, 96)] {
            for end in [false, true] { try anna.press(digit, end: end, duration: 320, type: type, marker: !end, to: first) }
            anna.next.timestamp &+= 800
        }
        #expect(rig.wait { $0.count >= 2 })
        #expect(rig.facts == [.digit(MediaLegID(1), .d1), .digit(MediaLegID(1), .d2)])
        #expect(boris.hear(count: 4).allSatisfy { $0.type == 101 })
    }

    @Test("Comfort noise is a sign of life, is not heard, and leaves no gap")
    func comfortNoise() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna) { $0.watch = .milliseconds(300) }
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        try anna.speak(to: first)
        let before = try #require(boris.hear())
        for _ in 0..<5 {
            usleep(100_000)
            anna.next.timestamp &+= 640
            try anna.speak([40, 12, 7], type: 13, to: first)
        }
        #expect(boris.hear(.milliseconds(50)) == nil)
        try anna.speak(to: first)
        let after = try #require(boris.hear())
        #expect(after.sequence == before.sequence &+ 1 && after.payload.count == 160)
        #expect(rig.facts == [])
        #expect(try rig.close(1).refused == 0)
    }
}

@Suite("A gateway that numbers anew under its old SSRC")
struct LeapTests {
    /// Relays packets of one source, each 20 ms after the one before; where they stand in our stream.
    private func relay(_ packets: [(sequence: Int, timestamp: Int)], every: Int64 = 20) -> [OutgoingStream.Place?] {
        var stream = OutgoingStream(source: 1, sequence: 100, timestamp: 1000), now: Int64 = 5_000_000_000
        return packets.map { packet in
            now += every * 1_000_000
            let bytes = Packet(
                sequence: UInt16(truncatingIfNeeded: packet.sequence), timestamp: UInt32(truncatingIfNeeded: packet.timestamp),
                source: 7, payload: [1])
            let place = bytes.bytes.withUnsafeBytes { raw in
                RTPHeader(raw.baseAddress!, count: raw.count).flatMap {
                    stream.relay($0, restarted: false, voice: true, at: now)
                }
            }
            if place != nil { stream.sent(octets: 1) }
            return place
        }
    }

    private func run(_ first: (Int, Int), count: Int = 3) -> [(sequence: Int, timestamp: Int)] {
        (0..<count).map { (first.0 + $0, first.1 + 160 * $0) }
    }

    @Test(
        "A leap of timestamps, of sequence numbers or of both is carried on without a break",
        arguments: [(3, 5_000_000), (3, -5_000_000), (3, 20_000), (400, 480), (-60, 480), (2000, 90_000_000), (-30, -70_000)])
    func smoothed(sequence: Int, timestamp: Int) throws {
        let places = relay(run((0, 0)) + run((sequence, timestamp))).compactMap(\.self)
        #expect(places.count == 6)
        #expect(places.map { $0.sequence &- places[0].sequence } == [0, 1, 2, 3, 4, 5])
        #expect(places.map { $0.timestamp &- places[0].timestamp } == [0, 160, 320, 480, 640, 800])
        #expect(places.map(\.marker) == [true, false, false, true, false, false])
    }

    @Test("What is no leap stays as the source numbers it: a loss, a late packet, a silence that was not sent, wrapping numbers")
    func leftAlone() throws {
        let loss = relay(run((65_534, 0xFFFF_FF60)) + run((65_534 + 60, 0xFFFF_FF60 + 60 * 160))).compactMap(\.self)
        #expect(loss[3].sequence == loss[0].sequence &+ 60 && loss[3].timestamp == loss[0].timestamp &+ 9600)
        let late = relay([(0, 0), (1, 160), (3, 480), (2, 320), (4, 640)]).compactMap(\.self)
        #expect(late.map { $0.sequence &- late[0].sequence } == [0, 1, 3, 2, 4])
        #expect(late.map { $0.timestamp &- late[0].timestamp } == [0, 160, 480, 320, 640])
        let silence = relay([(0, 0), (1, 24_000)], every: 3000).compactMap(\.self)
        #expect(silence[1].sequence == silence[0].sequence &+ 1 && silence[1].timestamp == silence[0].timestamp &+ 24_000)
        // A network that held everything up for 3 s gives it back in order.
        let stall = relay([(0, 0), (1, 160)], every: 3000).compactMap(\.self)
        #expect(stall[1].timestamp == stall[0].timestamp &+ 160)
    }

    @Test("On the wire, in the middle of a talk")
    func onTheWire() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        var heard: [Packet] = []
        for step in 0..<9 {
            if step == 3 { anna.next.timestamp &+= 3_000_000 }
            if step == 6 { anna.next.sequence &+= 700 }
            try anna.speak(to: first)
            heard.append(try #require(boris.hear()))
        }
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        #expect(zip(heard, heard.dropFirst()).allSatisfy { Int32(bitPattern: $1.timestamp &- $0.timestamp) < 8000 })
    }
}
