import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

@Suite("What is said is recorded")
struct RecordingTests {
    private static let clip = Clip("own/tape")

    private func order(_ number: Int = 1, limit: Duration = .seconds(60), trims: Bool = false) -> MediaOrder {
        .record(MediaLegID(number), Recording(Self.clip, limit: limit, trims: trims))
    }

    /// The sound of the finished recording: what follows the word `data` and its length.
    private func tape(_ folder: ClipFolder) throws -> [UInt8] {
        let bytes = try Files.read(folder.path + "/tape.wav")
        try #require(bytes.count > 58)
        let length = bytes[54..<58].reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(bytes.count == 58 + length)
        return Array(bytes[58...])
    }

    private func length(_ rig: Rig) throws -> Duration? {
        func find() -> Duration?? {
            rig.facts.lazy.compactMap { fact -> Duration?? in
                if case .recorded(Self.clip, let length) = fact { .some(length) } else { nil }
            }.first
        }
        try #require(waitUntil { find() != nil }, "the end was not told")
        return find() ?? nil
    }

    /// 20 ms pieces of a voice.
    private func frames(_ octets: [UInt8]) -> [[UInt8]] {
        stride(from: 0, to: octets.count, by: 160).map { Array(octets[$0..<$0 + 160]) }
    }

    private func alaw(_ samples: [Int16]) -> [UInt8] { samples.map(G711.encodeAlaw) }

    @Test("R-175 The file is what was said, to the octet, in either law", arguments: [Codec.alaw, .ulaw])
    func exact(codec: Codec) throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone(), type = codec.payloadType
        let first = try rig.open(1, for: anna) {
            ($0.codec, $0.sendPayloadType, $0.receivePayloadType) = (codec, type, type)
        }
        rig.perform(order())
        // µ-law has two zeros, of which one is written.
        let said = (0..<100 * 160).map { _ in UInt8.random(in: 0...255) }.map { codec == .ulaw && $0 == 0x7F ? 0xFF : $0 }
        for frame in frames(said) {
            try anna.speak(frame, type: type, to: first)
            usleep(10_000)
        }
        usleep(60_000)
        rig.perform(.endRecording(Self.clip))
        #expect(try length(rig) ?? .zero >= .seconds(2))
        let kept = try tape(folder)
        let silence: UInt8 = codec == .ulaw ? 0xFF : 0xD5
        let start = try #require(kept.firstIndex { $0 != silence })
        #expect(kept[start...].starts(with: said.drop { $0 == silence }))
        #expect(try WAVFile(folder.path + "/tape.wav").frames == kept.count / 160)
    }

    @Test("Packets out of order, twice or lost leave everything else in its place")
    func disorder() throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone()
        let first = try rig.open(1, for: anna)
        rig.perform(order())
        let said = frames((0..<40 * 160).map { _ in UInt8.random(in: 1...0x50) })
        let base = anna.next
        for number in [0, 1, 3, 2, 4, 4, 6, 5, 8, 9, 7, 10] + Array(12..<40) {
            anna.next = base
            anna.next.sequence &+= UInt16(number)
            anna.next.timestamp &+= UInt32(number * 160)
            try anna.speak(said[number], to: first)
            usleep(15_000)
        }
        usleep(60_000)
        rig.perform(.endRecording(Self.clip))
        _ = try length(rig)
        let kept = try tape(folder), start = try #require(kept.firstIndex { $0 != 0xD5 })
        for number in 0..<40 where number != 4 {
            let piece = Array(kept[(start + number * 160)..<(start + number * 160 + 160)])
            #expect(piece == (number == 11 ? [UInt8](repeating: 0xD5, count: 160) : said[number]), "frame \(number)")
        }
    }

    @Test("A side that leaves for a while is not in the file meanwhile, and the other one is")
    func pause() throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris)
        rig.perform(order(1), order(2))
        let tones = [500, 1300].map { frames(alaw(sine($0, count: 90 * 160).map { $0 / 2 })) }
        for frame in 0..<90 {
            if frame == 30 { rig.perform(.unrecord(MediaLegID(2), Self.clip)) }
            if frame == 60 { rig.perform(order(2)) }
            try anna.speak(tones[0][frame], to: first)
            try boris.speak(tones[1][frame], to: second)
            usleep(18_000)
        }
        usleep(60_000)
        rig.perform(.endRecording(Self.clip))
        _ = try length(rig)
        let kept = decoded(try tape(folder), .alaw)
        let third = kept.count / 3
        for (part, hasBoth) in [(0, true), (1, false), (2, true)] {
            let piece = kept[(part * third + third / 4)..<(part * third + third * 3 / 4)]
            #expect(level(of: 500, in: piece) > -20, "anna in part \(part)")
            #expect((level(of: 1300, in: piece) > -20) == hasBoth, "boris in part \(part)")
        }
    }

    @Test("R-176 A message is trimmed of the silence at both ends, a call is not")
    func trims() throws {
        for trims in [true, false] {
            let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone()
            let first = try rig.open(1, for: anna)
            rig.perform(order(trims: trims))
            let silence = [Int16](repeating: 3, count: 40 * 160)
            for frame in frames(alaw(silence + sine(700, count: 25 * 160) + silence)) {
                try anna.speak(frame, to: first)
                usleep(14_000)
            }
            usleep(60_000)
            rig.perform(.endRecording(Self.clip))
            let length = try #require(try length(rig))
            if trims {
                #expect(length >= .milliseconds(500) && length <= .milliseconds(1100))
            } else {
                #expect(length >= .seconds(2))
            }
            let kept = decoded(try tape(folder), .alaw)
            #expect(kept.count == Int(length / .milliseconds(20)) * 160)
        }
    }

    @Test("Nothing said is no file; a folder that is missing is told")
    func nothing() throws {
        let folder = try ClipFolder(), anna = try Phone()
        let rig = try Rig(clips: ["own": folder.path, "lost": folder.path + "/none"])
        let first = try rig.open(1, for: anna)
        rig.perform(order(trims: true))
        for _ in 0..<20 { try anna.speak(to: first) }
        usleep(60_000)
        rig.perform(.endRecording(Self.clip))
        #expect(try length(rig) == .zero)
        #expect(try Files.names(in: folder.path) == [])
        rig.perform(.record(MediaLegID(1), Recording(Clip("lost/x"), limit: .seconds(5), trims: false)))
        rig.perform(.endRecording(Clip("lost/x")))
        #expect(rig.wait { $0.contains(.recorded(Clip("lost/x"), length: nil)) })
    }

    @Test("A limit ends it without an order")
    func limit() throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone()
        let first = try rig.open(1, for: anna)
        rig.perform(order(limit: .milliseconds(300)))
        for frame in frames(alaw(sine(700, count: 30 * 160))) {
            try anna.speak(frame, to: first)
            usleep(20_000)
        }
        let length = try #require(try length(rig))
        #expect(length > .milliseconds(100) && length < .milliseconds(900))
        rig.perform(.endRecording(Self.clip))
        usleep(50_000)
        #expect(rig.facts.count == 1)
    }

    @Test("Both sides of a call are in one file, which ends with the last of them")
    func bothSides() throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna), second = try rig.open(2, for: boris)
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)), order(1), order(2))
        let (low, high) = (frames(alaw(sine(500, count: 40 * 160))), frames(alaw(sine(1500, count: 40 * 160))))
        for number in 0..<40 {
            try anna.speak(low[number], to: first)
            if number < 20 { try boris.speak(high[number], to: second) }
            usleep(10_000)
        }
        #expect(boris.hear(count: 40).map(\.payload) == low)
        _ = try rig.close(2)
        #expect(!rig.facts.contains { if case .recorded = $0 { true } else { false } })
        _ = try rig.close(1)
        #expect(try #require(try length(rig)) >= .milliseconds(700))
        let kept = decoded(try tape(folder), .alaw)
        let tones = stride(from: 0, to: kept.count, by: 160).map { start in
            [500, 1500].map { level(of: $0, in: kept[start..<start + 160]) > -20 }
        }
        #expect(tones.contains([true, true]) && tones.contains([true, false]))
    }

    @Test("A recording can be heard at once")
    func heard() throws {
        let folder = try ClipFolder(), rig = try Rig(clips: ["own": folder.path]), anna = try Phone()
        let first = try rig.open(1, for: anna)
        rig.perform(order(trims: true))
        for frame in frames(alaw(sine(900, count: 20 * 160))) {
            try anna.speak(frame, to: first)
            usleep(5000)
        }
        usleep(60_000)
        rig.perform(.endRecording(Self.clip))
        _ = try length(rig)
        rig.perform(.play(MediaLegID(1), .speech(Speech(1, [Self.clip]))))
        let voice = decoded(anna.hear(count: 15).flatMap(\.payload), .alaw)
        #expect(stride(from: 0, to: voice.count, by: 160).contains { level(of: 900, in: voice[$0..<$0 + 160]) > -12 })
    }

    @Test("What a power cut left half written is swept away")
    func sweep() throws {
        let folder = try ClipFolder()
        try Files.writeAtomically([1, 2, 3], to: folder.path + "/old.wav.part")
        try folder.write("whole", tone: 500, frames: 5)
        let rig = try Rig(clips: ["own": folder.path])
        #expect(waitUntil { (try? Files.names(in: folder.path)) == ["whole.wav"] })
        _ = rig
    }
}
