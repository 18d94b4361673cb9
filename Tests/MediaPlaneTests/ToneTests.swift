import Glibc
import Telephony
import Testing

@testable import MediaPlane

/// The level of one frequency in a piece of voice, in dBm0 (Goertzel; 0 dBm0 is 3.14 dB below a full-scale sine).
func level(of frequency: Int, in samples: some Collection<Int16>) -> Double {
    let turn = 2 * Double.pi * Double(frequency) / 8000
    var (real, imaginary) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
        real += Double(sample) * cos(turn * Double(index))
        imaginary += Double(sample) * sin(turn * Double(index))
    }
    let amplitude = 2 * (real * real + imaginary * imaginary).squareRoot() / Double(max(1, samples.count))
    return amplitude > 0 ? 20 * log10(amplitude / 32_768) + 3.14 : -200
}

@Suite("Tones sound as the national plans say")
struct ToneTests {
    private static func samples(_ tone: Tone, _ country: Country) -> [Int16] {
        let plan = TonePlan(tone, country)
        return (0..<plan.cycle).map { plan.sample($0) }
    }

    /// Where it sounds, in milliseconds: a window of 5 ms with any sample above 1 % of full scale.
    private static func cadence(_ samples: [Int16]) -> [Int] {
        let windows = stride(from: 0, to: samples.count, by: 40).map { start in
            samples[start..<min(start + 40, samples.count)].contains { abs(Int($0)) > 327 }
        }
        var runs: [Int] = [], last = true
        for window in windows {
            if runs.isEmpty { (runs, last) = ([0], window) }
            if window != last { runs.append(0) }
            (runs[runs.count - 1], last) = (runs[runs.count - 1] + 5, window)
        }
        return runs
    }

    @Test(
        "Frequencies, level and cadence",
        arguments: [
            (Tone.dial, Country.ru, [425], [1000]), (.ringback, .ru, [425], [1000, 4000]), (.busy, .ru, [425], [350, 350]),
            (.congestion, .ru, [425], [175, 175]), (.callWaiting, .ru, [425], [200, 5000]), (.dial, .us, [350, 440], [1000]),
            (.ringback, .us, [440, 480], [2000, 4000]), (.busy, .us, [480, 620], [500, 500]),
            (.congestion, .us, [480, 620], [250, 250]), (.callWaiting, .us, [440], [300, 10_000]),
        ])
    func plan(tone: Tone, country: Country, frequencies: [Int], cadence: [Int]) {
        let samples = Self.samples(tone, country)
        #expect(Self.cadence(samples) == cadence)
        // A window in which every pair of frequencies has whole periods, or nearly so.
        let burst = samples[..<(min(cadence[0], 1000) / 25 * 200)]
        for frequency in frequencies {
            #expect(abs(level(of: frequency, in: burst) - (frequencies.count == 1 ? -10 : -13)) < 1)
        }
        for other in [300, 350, 425, 440, 480, 620, 950] where !frequencies.contains(where: { abs($0 - other) < 40 }) {
            #expect(level(of: other, in: burst) < -25, "\(other) Hz must not sound")
        }
    }

    @Test("The milliwatt: 0 dBm0 without a pause, at 1020 or 1004 Hz", arguments: [(Country.ru, 1020), (.us, 1004)])
    func milliwatt(country: Country, frequency: Int) {
        let samples = Self.samples(.milliwatt, country)
        #expect(Self.cadence(samples) == [1000])
        #expect(abs(level(of: frequency, in: samples[..<8000])) < 0.1)
    }

    @Test("Special information: three tones rising, then a pause, in both countries", arguments: Country.allCases)
    func specialInformation(country: Country) {
        let samples = Self.samples(.specialInformation, country)
        #expect(Self.cadence(samples) == [990, 1000])
        for (index, frequency) in [950, 1400, 1800].enumerated() {
            #expect(abs(level(of: frequency, in: samples[index * 2640..<(index + 1) * 2640]) + 10) < 0.5)
        }
    }

    @Test(
        "Every loop is whole cycles long, short enough to keep, and sounds again the same", arguments: Tone.allCases,
        Country.allCases)
    func loops(tone: Tone, country: Country) {
        let loop = ToneLoop(tone, country, .alaw), plan = TonePlan(tone, country)
        #expect(loop.frames <= ToneLoop.longestLoop && loop.frames * 160 % plan.cycle == 0)
        var octets = [UInt8](repeating: 0, count: 160)
        for frame in [0, 1, loop.frames - 1, 0] {
            octets.withUnsafeMutableBytes { loop.frame(frame, into: $0.baseAddress!) }
            #expect(octets == (0..<160).map { G711.encodeAlaw(plan.sample(frame * 160 + $0)) })
        }
    }

    @Test("A tone is heard from its beginning, in each codec, at its level", arguments: Codec.allCases)
    func onTheWire(codec: Codec) throws {
        let rig = try Rig(), anna = try Phone()
        _ = try rig.open(1, for: anna) { stream in
            (stream.codec, stream.sendPayloadType, stream.receivePayloadType) = (codec, codec.payloadType, codec.payloadType)
        }
        rig.perform(.play(MediaLegID(1), .tone(.busy, .ru)))
        let heard = anna.hear(count: 40)
        #expect(heard.allSatisfy { $0.type == codec.payloadType && $0.payload.count == 160 })
        #expect(heard.first?.marker == true)
        let voice = decoded(heard.flatMap(\.payload), codec)
        // 350 ms on, 350 ms off, on again; the ends are left to the codec's delay.
        #expect(abs(level(of: 425, in: voice[320..<2720]) + 10) < 1)
        #expect(level(of: 425, in: voice[3000..<5400]) < -40)
        #expect(abs(level(of: 425, in: voice[5760..<6320]) + 10) < 1)
        // An adaptive codec replayed out of step would burst out at the seam.
        for start in stride(from: 0, to: 6400, by: 160) { #expect(level(of: 425, in: voice[start..<start + 160]) < -6) }
    }

    @Test("A tone in another codec after a new description goes on where it was")
    func codecChange() throws {
        let rig = try Rig(), anna = try Phone()
        _ = try rig.open(1, for: anna)
        rig.perform(.play(MediaLegID(1), .tone(.dial, .us)))
        let before = anna.hear(count: 3)
        rig.perform(.describe(MediaLegID(1), MediaStream(remote: anna.local, sources: [.loopback], codec: .ulaw)))
        var heard = before
        while heard.last?.type != 0, let packet = anna.hear() { heard.append(packet) }
        heard += anna.hear(count: 10)
        #expect(zip(heard, heard.dropFirst()).allSatisfy { $1.sequence == $0.sequence &+ 1 && $1.source == $0.source })
        #expect(abs(level(of: 440, in: decoded(heard.suffix(10).flatMap(\.payload), .ulaw)) + 13) < 1)
    }
}

/// Decodes by the plane's own decoder.
func decoded(_ octets: [UInt8], _ codec: Codec) -> [Int16] {
    var samples = [Int16](repeating: 0, count: octets.count)
    VoiceDecoder(codec).decode(octets, octets.count, into: &samples)
    return samples
}
