import Foundation
import Telephony
import Testing

@testable import Studio

/// WAV files as studios, spreadsheets of sounds and telephones write them.
struct WaveMaker {
    var code = 1, bits = 16, rate = 8000, channels = 1
    var extensible = false

    /// A file of these samples (-1…1), the same in every channel.
    func file(_ samples: [Double]) -> [UInt8] {
        let data = samples.flatMap { sample in (0..<channels).flatMap { _ in octets(sample) } }
        var format = little(extensible ? 0xFFFE : code, 2) + little(channels, 2) + little(rate, 4)
        format += little(rate * channels * bits / 8, 4) + little(channels * bits / 8, 2) + little(bits, 2)
        if extensible {
            format += little(22, 2) + little(bits, 2) + little(0, 4) + little(code, 2)
            format += [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]
        }
        return chunk("RIFF", Array("WAVE".utf8) + chunk("fmt ", format) + chunk("JUNK", [1, 2, 3]) + chunk("data", data))
    }

    private func octets(_ sample: Double) -> [UInt8] {
        switch (code, bits) {
        case (1, 8): [UInt8(clamping: Int((sample * 127).rounded()) + 128)]
        case (3, _): little(Int(Float(sample).bitPattern), 4)
        case (6, _): [ALaw.encode(Int16(sample * 32_767))]
        default: little(Int((sample * Double((1 << (bits - 1)) - 1)).rounded()), bits / 8)
        }
    }

    private func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        Array(name.utf8) + little(body.count, 4) + body + (body.count % 2 == 1 ? [0] : [])
    }

    private func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}

/// A tone of so many seconds.
private func tone(_ hertz: Double, rate: Int, seconds: Double = 1, amplitude: Double = 0.5) -> [Double] {
    (0..<Int(seconds * Double(rate))).map { amplitude * sin(2 * .pi * hertz * Double($0) / Double(rate)) }
}

/// The level in dBFS of one frequency in samples at 8 kHz (Goertzel), as an RMS.
private func level(_ hertz: Double, in samples: some Collection<Int16>) -> Double {
    let w = 2 * Double.pi * hertz / 8000
    var (before, last) = (0.0, 0.0)
    for sample in samples { (before, last) = (last, Double(sample) / 32_768 + 2 * cos(w) * last - before) }
    let power = (last * last + before * before - 2 * cos(w) * last * before) / pow(Double(samples.count) / 2, 2) / 2
    return 10 * log10(max(power, 1e-20))
}

@Suite("Recordings become prompts") struct StudioTests {
    @Test(
        "any usual rate, coding and number of channels: the same tone, as long as before, at -20 dBFS",
        arguments: [
            WaveMaker(), WaveMaker(bits: 8), WaveMaker(bits: 24, rate: 44_100, channels: 2), WaveMaker(bits: 32, rate: 48_000),
            WaveMaker(code: 3, bits: 32, rate: 96_000, channels: 2), WaveMaker(code: 6, bits: 8), WaveMaker(rate: 11_025),
            WaveMaker(rate: 22_050, channels: 2, extensible: true), WaveMaker(rate: 16_000),
        ])
    func anyFile(maker: WaveMaker) throws {
        let prompt = try Studio.prompt(maker.file(tone(1000, rate: maker.rate)))
        #expect(abs(prompt.samples.count - 8000) <= 1)
        let middle = prompt.samples[800..<7200]
        #expect(abs(level(1000, in: middle) + 20) < 0.2, "\(level(1000, in: middle))")
        // What was added by all that is far below.
        for other in [500.0, 2000, 3000, 3500] {
            #expect(level(other, in: middle) < -55, "\(other): \(level(other, in: middle))")
        }
    }

    @Test("what a telephone cannot carry does not come back as another tone")
    func aliases() throws {
        let both = zip(tone(1000, rate: 48_000, amplitude: 0.4), tone(7000, rate: 48_000, amplitude: 0.4)).map { $0 + $1 }
        let prompt = try Studio.prompt(WaveMaker(rate: 48_000).file(both))
        #expect(abs(level(1000, in: prompt.samples[800..<7200]) + 20) < 0.3)
        // 7000 Hz would be heard at 1000 (8000 - 7000) as a change of level, 5000 at 3000.
        let high = try Studio.prompt(WaveMaker(rate: 48_000).file(zip(both, tone(5000, rate: 48_000)).map { ($0 + $1) / 2 }))
        #expect(level(3000, in: high.samples[800..<7200]) < -60)
    }

    @Test("a quiet voice and a loud one come to one level; a pause is none of it, peaks are bent and not cut")
    func levels() throws {
        for amplitude in [0.003, 0.05, 0.99] {
            let voice = tone(400, rate: 8000, amplitude: amplitude) + [Double](repeating: 0, count: 16_000)
            let prompt = try Studio.prompt(WaveMaker(bits: 24).file(voice))
            #expect(abs(level(400, in: prompt.samples[400..<7600]) + 20) < 0.3)
            #expect(prompt.samples[9000...].allSatisfy { $0 == 0 })
        }
        var clicks = tone(400, rate: 8000, amplitude: 0.01)
        for place in stride(from: 0, to: 8000, by: 1600) { clicks[place] = 0.99 }
        #expect(try Studio.prompt(WaveMaker().file(clicks)).samples.allSatisfy { $0.magnitude <= 32_000 })
    }

    @Test("a file that cannot be a prompt is refused with the reason")
    func refused() {
        func fault(_ bytes: [UInt8]) -> SoundFault? {
            do throws(SoundFault) {
                _ = try Studio.prompt(bytes)
                return nil
            } catch { return error }
        }
        let good = WaveMaker().file(tone(1000, rate: 8000))
        #expect(fault(Array("ID3 this is an MP3 file, surely".utf8)) == .notWAV && fault([]) == .notWAV)
        #expect(fault(Array(good[..<20])) == .truncated && fault(Array(good[..<30])) == .truncated)
        #expect(fault(WaveMaker(code: 17, bits: 4).file([])) == .coding(17, bits: 4))
        #expect(fault(WaveMaker(channels: 6).file(tone(1000, rate: 8000))) == .channels(6))
        #expect(fault(WaveMaker(rate: 384_000).file(tone(1000, rate: 8000))) == .rate(384_000))
        #expect(fault(WaveMaker().file([])) == .empty && fault(WaveMaker().file([0.1, 0.1])) == .empty)
        #expect(fault(WaveMaker().file([Double](repeating: 0, count: 8000))) == .silent)
        #expect(fault(WaveMaker(bits: 8).file(tone(400, rate: 8000, seconds: 181))) == .tooLong(.seconds(180)))
        // Cut off in its sound it is heard as far as it goes.
        #expect(fault(Array(good[..<8000])) == nil)
        for length in stride(from: 0, to: good.count, by: 97) { _ = fault(Array(good[..<length])) }
    }

    @Test("a prompt's file keeps its sound and the words that were spoken")
    func file() throws {
        let prompt = try Studio.prompt(WaveMaker().file(tone(1000, rate: 8000)), words: "Здравствуйте!")
        let bytes = prompt.bytes, file = try SoundFile(bytes)
        #expect(file.words == "Здравствуйте!" && file.length == .seconds(1) && file.coding == .signed16 && file.rate == 8000)
        #expect(file.samples(of: bytes) == prompt.samples.map { Float($0) / 32_768 })
        #expect(try SoundFile(Array(bytes[..<200]), total: bytes.count) == file)
        #expect(try SoundFile(Studio.prompt(WaveMaker().file(tone(1000, rate: 8000))).bytes).words == nil)
    }

    @Test("G.711: both laws as the tables of the recommendation have them")
    func laws() {
        #expect(ULaw.decode(0xFF) == 0 && ULaw.decode(0x7F) == 0 && ULaw.decode(0x80) == 32_124 && ULaw.decode(0x00) == -32_124)
        #expect(ULaw.decode(0xF0) == 120 && ULaw.decode(0x8F) == 16_764 && ALaw.decode(0xAA) == 32_256)
    }
}
