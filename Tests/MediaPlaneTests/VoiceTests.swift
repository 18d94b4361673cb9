import Glibc
import Host
import Telephony
import Testing

@testable import MediaPlane

/// A sine at -10 dBm0, 8 kHz.
func sine(_ frequency: Int, count: Int) -> [Int16] {
    (0..<count).map { Int16(7218 * sin(2 * .pi * Double(frequency) * Double($0) / 8000)) }
}

@Suite("Voice passes between codecs and comes from files")
struct VoiceTests {
    /// One speaks 1 kHz in a codec, the other's packets are decoded in his.
    private func transcode(_ from: Codec, _ to: Codec) throws -> (packets: [Packet], voice: [Int16]) {
        let rig = try Rig(), anna = try Phone(), boris = try Phone()
        let first = try rig.open(1, for: anna) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (from, from.payloadType, from.payloadType)
        }
        _ = try rig.open(2, for: boris) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (to, to.payloadType, to.payloadType)
        }
        rig.perform(.connect(MediaLegID(1), MediaLegID(2)))
        let frames = 60
        var octets = [UInt8](repeating: 0, count: frames * 160)
        VoiceEncoder(from).encode(sine(1000, count: octets.count), octets.count, into: &octets)
        let begun = Instant.now
        for frame in 0..<frames {
            try anna.speak(Array(octets[frame * 160..<(frame + 1) * 160]), type: from.payloadType, to: first)
            while Instant.now < begun + .milliseconds(20 * (frame + 1)) { usleep(1000) }
        }
        var packets: [Packet] = []
        while let packet = boris.hear(.milliseconds(400)) { packets.append(packet) }
        return (packets, decoded(packets.flatMap(\.payload), to))
    }

    @Test(
        "A 1 kHz tone keeps its frequency and level",
        arguments: [(Codec.g722, Codec.alaw), (.alaw, .g722), (.ulaw, .g722), (.g722, .ulaw), (.alaw, .ulaw)])
    func tone(from: Codec, to: Codec) throws {
        let (packets, voice) = try transcode(from, to)
        #expect(packets.count >= 40)
        #expect(packets.allSatisfy { $0.type == to.payloadType && $0.payload.count == 160 })
        #expect(zip(packets, packets.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 })
        // 100 ms out of the middle: a machine under load may tear a longer piece.
        let best = stride(from: 800, to: max(801, voice.count - 800), by: 400).map { start in
            let piece = voice[start..<min(voice.count, start + 800)]
            return (abs(level(of: 1000, in: piece) + 10), level(of: 700, in: piece), level(of: 1400, in: piece))
        }.min { $0.0 < $1.0 }
        let measured = try #require(best)
        #expect(measured.0 < 1, "level at 1000 Hz is off by \(measured.0) dB")
        #expect(measured.1 < -40 && measured.2 < -40)
    }

    @Test("G.722's narrow band loses nothing that a telephone hears", arguments: [300, 1000, 2000, 3000, 3400])
    func narrowBand(frequency: Int) {
        let samples = sine(frequency, count: 8000)
        var octets = [UInt8](repeating: 0, count: 8000)
        VoiceEncoder(.g722).encode(samples, 8000, into: &octets)
        #expect(abs(level(of: frequency, in: decoded(octets, .g722)[4000...]) + 10) < 1)
    }

    @Test("The jitter buffer hands on every packet once, in order, whatever the order of arrival")
    func jitterBuffer() throws {
        let buffer = try #require(JitterBuffer())
        var heard: [UInt8] = []
        let order = [0, 1, 3, 2, 4, 5, 8, 7, 6, 9, 10, 10, 11, 13, 12, 14, 15, 16, 17, 18, 19]
        for number in order + Array(repeating: -1, count: 20) {
            if number >= 0 {
                let packet = Packet(
                    sequence: UInt16(number), timestamp: UInt32(number * 160), source: 9, payload: [UInt8(number)])
                packet.bytes.withUnsafeBytes { raw in
                    guard let base = raw.baseAddress, let header = RTPHeader(base, count: raw.count) else { return }
                    buffer.queue.pointee.push(header, base, .ulaw)
                }
            }
            buffer.drain { payload, count, codec in
                #expect(codec == .ulaw)
                heard += UnsafeBufferPointer(start: payload, count: count)
            }
        }
        #expect(heard == heard.sorted() && Set(heard).count == heard.count)
        #expect(heard.count >= 18)
    }

    @Test("A new SSRC is heard again within a few packets, a flood of packets does not grow the buffer")
    func jitterBufferRecovers() throws {
        let buffer = try #require(JitterBuffer())
        var heard = 0
        func push(_ source: UInt32, _ number: Int) {
            let packet = Packet(
                sequence: UInt16(truncatingIfNeeded: number), timestamp: UInt32(number * 160), source: source, payload: [1])
            packet.bytes.withUnsafeBytes { raw in
                guard let base = raw.baseAddress, let header = RTPHeader(base, count: raw.count) else { return }
                buffer.queue.pointee.push(header, base, .ulaw)
            }
        }
        for number in 0..<50 {
            push(1, number)
            buffer.drain { _, _, _ in }
        }
        for number in 7000..<7050 {
            push(2, number)
            buffer.drain { _, _, _ in heard += 1 }
        }
        #expect(heard >= 40)
        for number in 0..<10_000 { push(2, 8000 + number) }
        var rest = 0
        buffer.drain { _, _, _ in rest += 1 }
        #expect(rest <= PacketQueue.slots)
    }

    @Test("A transcoder leaves nothing behind")
    func transcoderIsFreed() throws {
        func pages() throws -> Int {
            let file = try #require(fopen("/proc/self/statm", "r"))
            defer { fclose(file) }
            var line = [CChar](repeating: 0, count: 100)
            let text = try #require(fgets(&line, 100, file).map { String(cString: $0) })
            return try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        }
        func make(_ count: Int) {
            for _ in 0..<count { _ = Transcoder(to: .alaw) }
        }
        make(100)
        let before = try pages()
        make(3000)
        // Each holds more than 20 kB, so even one block of it left behind would show: 3000 are 60 MB.
        #expect(try pages() - before < 5000)
    }

    // MARK: Music

    /// Writes a WAV file of one tone per channel and returns its path.
    private func wav(rate: Int, channels: [Int], seconds: Int = 2, bits: Int = 16, format: Int = 1) throws -> String {
        func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(value >> (8 * $0) & 255) } }
        var data: [UInt8] = []
        data.reserveCapacity(rate * seconds * channels.count * 2)
        for index in 0..<rate * seconds {
            for frequency in channels {
                let value = Int16(7218 * sin(2 * .pi * Double(frequency) * Double(index) / Double(rate)))
                data.append(UInt8(truncatingIfNeeded: value))
                data.append(UInt8(truncatingIfNeeded: value >> 8))
            }
        }
        let block = channels.count * bits / 8
        var file: [UInt8] = Array("RIFF".utf8) + little(data.count + 44, 4) + Array("WAVE".utf8)
        file += Array("LIST".utf8) + little(3, 4) + [1, 2, 3, 0]
        file += Array("fmt ".utf8) + little(16, 4) + little(format, 2) + little(channels.count, 2) + little(rate, 4)
        file += little(rate * block, 4) + little(block, 2) + little(bits, 2)
        file += Array("data".utf8) + little(data.count + 1_000_000, 4) + data
        let path = "/tmp/apus-music-\(getpid())-\(UInt32.random(in: 0...UInt32.max)).wav"
        let stream = try #require(fopen(path, "w"))
        #expect(fwrite(file, 1, file.count, stream) == file.count)
        fclose(stream)
        return path
    }

    private func listen(_ music: [String], codec: Codec = .alaw, count: Int = 25) throws -> [Int16] {
        let rig = try Rig(music: music), anna = try Phone()
        _ = try rig.open(1, for: anna) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (codec, codec.payloadType, codec.payloadType)
        }
        rig.perform(.play(MediaLegID(1), .music))
        return decoded(anna.hear(count: count).flatMap(\.payload), codec)
    }

    @Test("A WAV file is heard at its pitch and level", arguments: [8000, 11_025, 16_000, 44_100, 48_000], [1, 2])
    func music(rate: Int, channels: Int) throws {
        let path = try wav(rate: rate, channels: Array(repeating: 1000, count: channels))
        defer { unlink(path) }
        let file = try WAVFile(path)
        #expect(file.frames == 100)
        var voice = [Int16](repeating: 0, count: 100 * 160)
        for frame in 0..<100 {
            #expect(voice.withUnsafeMutableBufferPointer { file.read(frame: frame, into: $0.baseAddress! + frame * 160) })
        }
        #expect(abs(level(of: 1000, in: voice) + 10) < 1)
        #expect(level(of: 1300, in: voice) < -40)
    }

    @Test("Music reaches a listener in his codec", arguments: Codec.allCases)
    func musicOnTheWire(codec: Codec) throws {
        let path = try wav(rate: 8000, channels: [800])
        defer { unlink(path) }
        let voice = try listen([path], codec: codec)
        #expect(abs(level(of: 800, in: voice[800..<3200]) + 10) < 1)
    }

    @Test("Everybody hears the same programme at the same place")
    func sharedPosition() throws {
        let path = try wav(rate: 8000, channels: [317, 1111], seconds: 30)
        defer { unlink(path) }
        let rig = try Rig(music: [path]), anna = try Phone(), boris = try Phone()
        _ = try rig.open(1, for: anna)
        rig.perform(.play(MediaLegID(1), .music))
        _ = anna.hear(count: 5)
        _ = try rig.open(2, for: boris)
        rig.perform(.play(MediaLegID(2), .music))
        let late = try #require(boris.hear())
        #expect(anna.hear(count: 40).contains { $0.payload == late.payload })
    }

    @Test("Without a file that can be played a soft beep tells that the line lives, and the counters say why")
    func fallback() throws {
        let broken = try wav(rate: 8000, channels: [500], format: 3), fast = try wav(rate: 96_000, channels: [500], seconds: 1)
        defer {
            unlink(broken)
            unlink(fast)
        }
        let rig = try Rig(music: ["/nonexistent/x.wav", broken, fast, "/bin/sh"])
        #expect(waitUntil { rig.plane.counters().music.refused.count == 4 })
        #expect(rig.plane.counters().music.pieces == 0)
        #expect(rig.plane.counters().music.refused.map(\.reason) == [.unreadable, .coding, .rate(96_000), .notWAV])
        let beep = Programme([]).portion(1).samples
        let loudest = beep.reduce(0.0) { max($0, abs(Double($1))) }
        #expect(loudest > 500 && loudest < 3000 && beep.count == Programme.portion * 160)
    }

    @Test("A folder is played in the order of its names")
    func folder() throws {
        let music = Programme(["/usr/share/asterisk/moh"])
        #expect(music.report.refused.isEmpty)
        let portion = music.portion(2)
        let frames = (0..<50).map { portion.samples[$0 * 160..<$0 * 160 + 160] }
        #expect(portion.unreadable == 0 && (music.report.pieces == 0 || Set(frames).count > 25))
    }
}
