import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("In a room everybody hears all the others and not himself")
struct RoomTests {
    private static let tones = [500, 740, 1000, 1300, 1700, 2200]

    @Test("Six people, three codecs: a tone each")
    func conference() throws {
        let rig = try Rig(), phones = try Self.tones.map { _ in try Phone() }
        let codecs = phones.indices.map { Codec.allCases[$0 % 3] }
        let ports = try phones.indices.map { index in
            let codec = codecs[index]
            return try rig.open(index, for: phones[index]) {
                ($0.codec, $0.sendPayloadType, $0.receivePayloadType) = (codec, codec.payloadType, codec.payloadType)
            }
        }
        for index in phones.indices { rig.perform(.mix(MediaLegID(index), room: 7)) }
        let count = 60
        let voices = phones.indices.map { index -> [UInt8] in
            let samples = sine(Self.tones[index], count: count * 160).map { $0 / 4 }
            var octets = [UInt8](repeating: 0, count: samples.count)
            VoiceEncoder(codecs[index]).encode(samples, samples.count, into: &octets)
            return octets
        }
        let begun = Instant.now
        for frame in 0..<count {
            for index in phones.indices {
                let piece = Array(voices[index][frame * 160..<(frame + 1) * 160])
                try phones[index].speak(piece, type: codecs[index].payloadType, to: ports[index])
            }
            while Instant.now < begun + .milliseconds(20 * (frame + 1)) { usleep(1000) }
        }
        for index in phones.indices {
            rig.perform(.quiet(MediaLegID(index)))
            var heard: [UInt8] = []
            while let packet = phones[index].hear(.milliseconds(50)) { heard += packet.payload }
            let voice = decoded(heard, codecs[index])
            let levels = bestLevels(in: voice)
            for other in phones.indices where other != index {
                #expect(abs(levels[other] + 22) < 2.5, "\(index) hears \(other) at \(levels[other]) dBm0")
            }
            #expect(levels[index] < -40, "\(index) hears himself at \(levels[index]) dBm0")
        }
    }

    /// The level of each tone in the 200 ms in which most of them are heard: a machine under load may tear a longer piece.
    private func bestLevels(in voice: [Int16]) -> [Double] {
        var best = Self.tones.map { _ in -100.0 }, count = -1
        for start in stride(from: 0, to: max(1, voice.count - 1600), by: 400) {
            let piece = voice[start..<min(voice.count, start + 1600)]
            let levels: [Double] = Self.tones.map { level(of: $0, in: piece) }
            let heard = levels.count { $0 > -24.5 }
            if heard > count { (best, count) = (levels, heard) }
        }
        return best
    }

    /// Gives a seat one packet of A-law.
    private func say(_ queue: UnsafeMutablePointer<PacketQueue>, _ number: Int, source: UInt32, _ voice: [Int16]) {
        let packet = Packet(
            sequence: UInt16(number), timestamp: UInt32(number * 160), source: source, payload: voice.map(G711.encodeAlaw))
        packet.bytes.withUnsafeBytes { raw in
            guard let base = raw.baseAddress, let header = RTPHeader(base, count: raw.count) else { return }
            queue.pointee.push(header, base, .alaw)
        }
    }

    @Test("Sixteen who shout at once are turned down, never torn; the seventeenth finds no seat")
    func shouting() throws {
        let room = Room()
        let queues = try (0..<Room.limit).map { try #require(room.seat($0, .alaw)) }
        #expect(room.seat(16, .alaw) == nil)
        let shout = sine(400, count: 160 * 30).map { Int16(clamping: Int($0) * 4) }
        var heard: [Int16] = []
        var octets = [UInt8](repeating: 0, count: 160)
        for frame in 0..<30 {
            for (seat, queue) in queues.enumerated() {
                say(queue, frame, source: UInt32(seat + 1), Array(shout[frame * 160..<(frame + 1) * 160]))
            }
            room.frame(3, at: frame, into: &octets)
            heard += decoded(octets, .alaw)
        }
        let loud = heard[160 * 10..<160 * 28]
        #expect(level(of: 400, in: loud) > 0)
        #expect(level(of: 1200, in: loud) < level(of: 400, in: loud) - 20, "the sum is clipped")
    }

    @Test("What is announced is heard by all of them over the talk, once; one clip that is not there is no announcement")
    func announcement() throws {
        let folder = try ClipFolder()
        try folder.write("tone", tone: 900, frames: 12)
        let rig = try Rig(clips: ["own": folder.path]), anna = try Phone(), boris = try Phone()
        let ports = try [anna, boris].enumerated().map { try rig.open($0.offset, for: $0.element) }
        rig.perform(.mix(MediaLegID(0), room: 1), .mix(MediaLegID(1), room: 1))
        rig.perform(.announce(room: 1, [Clip("own/missing")]), .announce(room: 9, [Clip("own/tone")]))
        usleep(100_000)
        rig.perform(.announce(room: 1, [Clip("own/tone")]))
        let voice = sine(500, count: 40 * 160).map { G711.encodeAlaw($0 / 4) }
        for frame in 0..<40 {
            try anna.speak(Array(voice[frame * 160..<(frame + 1) * 160]), to: ports[0])
            usleep(20_000)
        }
        for (phone, hearsAnna) in [(anna, false), (boris, true)] {
            var octets: [UInt8] = []
            while let packet = phone.hear(.milliseconds(60)), octets.count < 60 * 160 { octets += packet.payload }
            let heard = decoded(octets, .alaw)
            let pieces = stride(from: 0, to: max(0, heard.count - 320), by: 160).map { heard[$0..<$0 + 320] }
            #expect(pieces.contains { level(of: 900, in: $0) > -20 })
            #expect(pieces.contains { level(of: 500, in: $0) > -28 } == hearsAnna)
            #expect(level(of: 900, in: heard.suffix(320)) < -40, "it is heard once")
        }
        _ = try rig.close(1)
        _ = try rig.close(0)
    }

    @Test("Whoever only listens hears the others and is not heard, however many they are")
    func audience() throws {
        let rig = try Rig(), speaker = try Phone(), listeners = try (0..<20).map { _ in try Phone() }
        let ports = try ([speaker] + listeners).enumerated().map { index, phone in
            try rig.open(index, for: phone) {
                if index % 2 == 1 { ($0.codec, $0.sendPayloadType, $0.receivePayloadType) = (.ulaw, 0, 0) }
            }
        }
        rig.perform(.mix(MediaLegID(0), room: 1))
        for index in 1...20 { rig.perform(.attend(MediaLegID(index), room: 1)) }
        let said = sine(500, count: 30 * 160).map(G711.encodeAlaw), back = sine(900, count: 30 * 160).map(G711.encodeUlaw)
        for frame in 0..<30 {
            try speaker.speak(Array(said[frame * 160..<(frame + 1) * 160]), to: ports[0])
            try listeners[0].speak(Array(back[frame * 160..<(frame + 1) * 160]), type: 0, to: ports[1])
            usleep(20_000)
        }
        func best(_ tone: Int, _ phone: Phone, _ codec: Codec) -> Double {
            var octets: [UInt8] = []
            while octets.count < 60 * 160, let packet = phone.hear(.milliseconds(60)) { octets += packet.payload }
            let voice = decoded(octets, codec)
            return stride(from: 0, to: max(1, voice.count - 320), by: 160).map { level(of: tone, in: voice[$0..<$0 + 320]) }.max()
                ?? -100
        }
        rig.perform(.quiet(MediaLegID(0)), .quiet(MediaLegID(1)), .quiet(MediaLegID(20)))
        #expect(best(500, listeners[0], .ulaw) > -16 && best(500, listeners[19], .alaw) > -16)
        #expect(best(900, speaker, .alaw) < -40)
    }

    @Test("Who leaves is heard no more; an empty room is gone; a second room is another one")
    func leaving() throws {
        let rig = try Rig(), anna = try Phone(), boris = try Phone(), clara = try Phone()
        let ports = try [anna, boris, clara].enumerated().map { try rig.open($0.offset, for: $0.element) }
        rig.perform(.mix(MediaLegID(0), room: 1), .mix(MediaLegID(1), room: 1), .mix(MediaLegID(2), room: 2))
        func hears(_ phone: Phone) throws -> [Bool] {
            while phone.hear(.milliseconds(1)) != nil {}
            let voices = [500, 900, 1500].map { sine($0, count: 30 * 160).map(G711.encodeAlaw) }
            for frame in 0..<30 {
                for (index, speaker) in [anna, boris, clara].enumerated() {
                    try speaker.speak(Array(voices[index][frame * 160..<(frame + 1) * 160]), to: ports[index])
                }
                usleep(20_000)
            }
            var octets: [UInt8] = []
            while octets.count < 25 * 160, let packet = phone.hear(.milliseconds(60)) { octets += packet.payload }
            let voice = decoded(octets, .alaw)
            return [500, 900, 1500].map { tone in
                stride(from: 0, to: voice.count, by: 160).contains { level(of: tone, in: voice[$0..<$0 + 160]) > -16 }
            }
        }
        #expect(try hears(boris) == [true, false, false])
        #expect(try hears(clara) == [false, false, false])
        rig.perform(.play(MediaLegID(0), .music), .mix(MediaLegID(2), room: 1))
        #expect(try hears(boris) == [false, false, true])
        _ = try rig.close(2)
        _ = try rig.close(1)
    }
}
