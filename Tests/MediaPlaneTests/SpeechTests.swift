import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

/// A folder of clips that goes when the test does.
final class ClipFolder {
    let path = "/tmp/apus-clips-\(getpid())-\(UInt32.random(in: 0...UInt32.max))"

    init() throws { try Files.makeFolder(path) }

    deinit {
        for name in (try? Files.names(in: path)) ?? [] { unlink(path + "/" + name) }
        rmdir(path)
    }

    /// Writes an 8 kHz clip.
    func write(_ name: String, _ samples: [Int16]) throws {
        func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
        var file = Array("RIFF".utf8) + little(samples.count * 2 + 36, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        file += little(1, 2) + little(1, 2) + little(8000, 4) + little(16_000, 4) + little(2, 2) + little(16, 2)
        file += Array("data".utf8) + little(samples.count * 2, 4)
        for sample in samples { file += little(Int(UInt16(bitPattern: sample)), 2) }
        try Files.writeAtomically(file, to: "\(path)/\(name).wav")
    }

    /// Writes a clip of one tone that lasts `frames` times 20 ms.
    func write(_ name: String, tone: Int, frames: Int) throws { try write(name, sine(tone, count: frames * Voice.frame)) }
}

@Suite("Speech is heard once, clip after clip, and its end is told")
struct SpeechTests {
    private static let first = MediaLegID(1)

    private func speech(_ id: Int, _ names: String...) -> Sound { .speech(Speech(id, names.map { Clip("own/" + $0) })) }

    private func rig(_ folder: ClipFolder) throws -> Rig { try Rig(clips: ["own": folder.path]) }

    /// Packets until nothing came for a while, the silence before the clips left out.
    private func hearAll(_ phone: Phone) -> [Packet] {
        var packets: [Packet] = []
        while let packet = phone.hear(.milliseconds(300)) { packets.append(packet) }
        return Array(packets.drop { $0.payload == [UInt8](repeating: 0xD5, count: 160) })
    }

    @Test("Clips follow one another without a gap, to the octet, and the end is told once")
    func order() throws {
        let folder = try ClipFolder(), rig = try rig(folder), anna = try Phone()
        for (name, tone) in [("one", 500), ("two", 900), ("three", 1400)] { try folder.write(name, tone: tone, frames: 10) }
        _ = try rig.open(1, for: anna)
        rig.perform(.play(Self.first, speech(7, "one", "two", "missing", "three")))
        let heard = hearAll(anna)
        let expected = [500, 900, 1400].flatMap { sine($0, count: 1600).map(G711.encodeAlaw) }
        #expect(heard.flatMap(\.payload) == expected)
        #expect(
            zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 && $1.timestamp == $0.timestamp &+ 160 })
        #expect(rig.facts == [.played(Self.first, speech: 7)])
        #expect(rig.plane.counters().clipsUnplayable == 1)
    }

    @Test("Nothing playable is over at once")
    func nothing() throws {
        let folder = try ClipFolder(), rig = try rig(folder), anna = try Phone()
        try folder.write("empty", [])
        _ = try rig.open(1, for: anna)
        for (id, names) in [[], ["missing"], ["empty"], ["../x"], ["a/b"], [""]].enumerated() {
            rig.perform(.play(Self.first, .speech(Speech(id, names.map { Clip("own/" + $0) }))))
            #expect(rig.wait { $0.contains(.played(Self.first, speech: id)) })
        }
        rig.perform(.play(Self.first, .speech(Speech(99, [Clip("foreign/one"), Clip("own")]))))
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 99)) })
    }

    @Test("Speech that something else replaces tells nothing of its end")
    func replaced() throws {
        let folder = try ClipFolder(), rig = try rig(folder), anna = try Phone(), boris = try Phone()
        try folder.write("long", tone: 500, frames: 200)
        try folder.write("short", tone: 900, frames: 5)
        _ = try rig.open(1, for: anna)
        _ = try rig.open(2, for: boris)
        rig.perform(.play(Self.first, speech(1, "long")))
        _ = anna.hear(count: 5)
        rig.perform(.play(Self.first, speech(2, "long")))
        rig.perform(.play(Self.first, .music))
        rig.perform(.play(Self.first, speech(3, "long")))
        rig.perform(.connect(Self.first, MediaLegID(2)))
        rig.perform(.play(Self.first, speech(4, "long")), .quiet(Self.first))
        rig.perform(.play(Self.first, speech(5, "short")))
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 5)) })
        #expect(rig.facts == [.played(Self.first, speech: 5)])
    }

    @Test("A leg that may not be sent to comes to the end all the same; a closed one does not")
    func held() throws {
        let folder = try ClipFolder(), rig = try rig(folder), anna = try Phone()
        try folder.write("short", tone: 900, frames: 5)
        _ = try rig.open(1, for: anna) { $0.sends = false }
        rig.perform(.play(Self.first, speech(1, "short")))
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 1)) })
        rig.perform(.play(Self.first, speech(2, "short")), .close(Self.first))
        usleep(200_000)
        #expect(!rig.facts.contains(.played(Self.first, speech: 2)))
    }

    @Test("Each codec hears the clip, and a change of codec goes on where it was", arguments: Codec.allCases)
    func codecs(codec: Codec) throws {
        let folder = try ClipFolder(), rig = try rig(folder), anna = try Phone()
        try folder.write("first", tone: 600, frames: 25)
        try folder.write("second", tone: 1200, frames: 25)
        _ = try rig.open(1, for: anna)
        rig.perform(.play(Self.first, speech(1, "first", "second")))
        _ = anna.hear(count: 10)
        rig.perform(.describe(Self.first, MediaStream(remote: anna.local, sources: [.loopback], codec: codec)))
        var heard: [Packet] = []
        while let packet = anna.hear(.milliseconds(300)) { heard.append(packet) }
        heard = heard.filter { $0.type == codec.payloadType }
        #expect(heard.count >= 35 && heard.count <= 48)
        let voice = decoded(heard.flatMap(\.payload), codec).suffix(20 * 160)
        #expect(abs(level(of: 1200, in: voice) + 10) < 1 && level(of: 600, in: voice) < -35)
        #expect(rig.facts == [.played(Self.first, speech: 1)])
    }

    @Test("A clip that is replaced on the disk is heard anew")
    func replacedFile() throws {
        let folder = try ClipFolder()
        try folder.write("clip", tone: 500, frames: 5)
        var shelf = ClipShelf(folders: ["own": folder.path])
        let read = shelf.clip(Clip("own/clip"), .alaw)
        let before = try #require(read)
        #expect(shelf.clip(Clip("own/clip"), .alaw) === before)
        try folder.write("clip", tone: 900, frames: 7)
        let readAgain = shelf.clip(Clip("own/clip"), .alaw)
        let after = try #require(readAgain)
        #expect(after.frames == 7 && shelf.size == 7 * 160)
        unlink(folder.path + "/clip.wav")
        #expect(shelf.clip(Clip("own/clip"), .alaw) == nil)
    }

    @Test("The shelf holds so much; what was not asked for the longest time goes first")
    func shelf() throws {
        let folder = try ClipFolder()
        for name in ["a", "b", "c"] { try folder.write(name, tone: 500, frames: 10) }
        var shelf = ClipShelf(folders: ["own": folder.path], capacity: 3500)
        let a = shelf.clip(Clip("own/a"), .alaw), b = shelf.clip(Clip("own/b"), .alaw)
        let first = try #require(a), second = try #require(b)
        #expect(shelf.clip(Clip("own/a"), .alaw) === first)
        _ = shelf.clip(Clip("own/c"), .ulaw)
        #expect(shelf.size == 3200)
        #expect(shelf.clip(Clip("own/a"), .alaw) === first)
        #expect(shelf.clip(Clip("own/b"), .alaw) !== second)
    }

    @Test("Between prompt, music, prompt and talk nobody hears a gap over 40 ms, whatever the codec", arguments: Codec.allCases)
    func noGaps(codec: Codec) throws {
        let folder = try ClipFolder(), anna = try Phone(), boris = try Phone()
        try folder.write("low", tone: 400, frames: 20)
        try folder.write("high", tone: 1600, frames: 20)
        try folder.write("music", tone: 1000, frames: 500)
        let rig = try Rig(music: [folder.path + "/music.wav"], clips: ["own": folder.path])
        let type = codec.payloadType
        _ = try rig.open(1, for: anna) { ($0.codec, $0.sendPayloadType, $0.receivePayloadType) = (codec, type, type) }
        let second = try rig.open(2, for: boris)
        // Loaded once, as in an exchange that has said it before.
        rig.perform(.play(Self.first, speech(1, "low", "high")))
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 1)) })
        while anna.hear(.milliseconds(50)) != nil {}
        rig.plane.perform([.play(Self.first, speech(2, "low"))])
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 2)) })
        rig.plane.perform([.play(Self.first, .music)])
        usleep(200_000)
        rig.plane.perform([.play(Self.first, speech(3, "high"))])
        #expect(rig.wait { $0.contains(.played(Self.first, speech: 3)) })
        rig.plane.perform([.connect(Self.first, MediaLegID(2))])
        let talk = sine(2400, count: 20 * 160).map(G711.encodeAlaw)
        for frame in 0..<20 {
            try boris.speak(Array(talk[frame * 160..<(frame + 1) * 160]), to: second)
            usleep(20_000)
        }
        var packets: [Packet] = []
        while let packet = anna.hear(.milliseconds(100)) { packets.append(packet) }
        #expect(zip(packets, packets.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        // Put on the listener's clock: what no packet covers is a gap, and so is a packet of silence.
        let origin = try #require(packets.first?.timestamp)
        let voice = decoded(packets.flatMap(\.payload), codec)
        let audible = packets.indices.filter { index in
            [400, 1000, 1600, 2400].contains { level(of: $0, in: voice[index * 160..<(index + 1) * 160]) > -16 }
        }.map { packets[$0].timestamp &- origin }
        let gaps = zip(audible, audible.dropFirst()).map { Int($1) - Int($0) - 160 }
        // Voice into another family of codecs first fills a jitter buffer.
        let allowed = codec == .g722 ? 960 : 320
        #expect(gaps.max() ?? .max <= allowed, "gaps in samples: \(gaps.filter { $0 > 0 })")
        for tone in [400, 1000, 1600, 2400] {
            #expect(
                packets.indices.contains { level(of: tone, in: voice[$0 * 160..<($0 + 1) * 160]) > -12 }, "\(tone) Hz is missing")
        }
    }
}
