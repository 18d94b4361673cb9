import Glibc
import Telephony

/// A national tone as data: what sounds for how long, over and over (ITU-T E.180, supplement 2).
struct TonePlan: Equatable {
    /// One part of the cadence; no frequency is silence.
    struct Part: Equatable {
        var frequencies: [Int], milliseconds: Int
    }

    var parts: [Part]
    /// Of one frequency, in dBm0.
    private var level = -10.0

    /// The plan of a country.
    init(_ tone: Tone, _ country: Country) {
        switch (country, tone) {
        case (.ru, .dial): parts = [Part(frequencies: [425], milliseconds: 1000)]
        case (.ru, .ringback): parts = Self.cadence([425], on: 1000, off: 4000)
        case (.ru, .busy): parts = Self.cadence([425], on: 350, off: 350)
        case (.ru, .congestion): parts = Self.cadence([425], on: 175, off: 175)
        case (.ru, .callWaiting): parts = Self.cadence([425], on: 200, off: 5000)
        case (.us, .dial): parts = [Part(frequencies: [350, 440], milliseconds: 1000)]
        case (.us, .ringback): parts = Self.cadence([440, 480], on: 2000, off: 4000)
        case (.us, .busy): parts = Self.cadence([480, 620], on: 500, off: 500)
        case (.us, .congestion): parts = Self.cadence([480, 620], on: 250, off: 250)
        case (.us, .callWaiting): parts = Self.cadence([440], on: 300, off: 10_000)
        case (.ru, .specialInformation), (.us, .specialInformation):
            parts =
                [950, 1400, 1800].map { Part(frequencies: [$0], milliseconds: 330) }
                + [Part(frequencies: [], milliseconds: 1000)]
        // Not 1000 Hz, which would meet the same samples of 8 kHz again and again.
        case (.ru, .milliwatt): (parts, level) = ([Part(frequencies: [1020], milliseconds: 1000)], 0)
        case (.us, .milliwatt): (parts, level) = ([Part(frequencies: [1004], milliseconds: 1000)], 0)
        }
    }

    private static func cadence(_ frequencies: [Int], on: Int, off: Int) -> [Part] {
        [Part(frequencies: frequencies, milliseconds: on), Part(frequencies: [], milliseconds: off)]
    }

    /// Samples (8 kHz) until it begins again; every frequency of ours has whole periods in a continuous one.
    var cycle: Int { parts.reduce(0) { $0 + $1.milliseconds } * 8 }

    /// Each of two frequencies is 3 dB lower; 0 dBm0 is 3.14 dB below a full-scale sine (ITU-T G.711).
    private func amplitude(_ count: Int) -> Double { 32_768 * pow(10, ((count > 1 ? level - 3 : level) - 3.14) / 20) }

    /// The sample `index` of the cycle; a burst begins at phase zero and keeps its phase.
    func sample(_ index: Int) -> Int16 {
        var position = index % cycle
        for part in parts {
            let length = part.milliseconds * 8
            if position < length {
                let level = amplitude(part.frequencies.count)
                // Whole turns are taken out first, so that a long burst keeps its accuracy.
                let sum = part.frequencies.reduce(0.0) { sum, frequency in
                    sum + sin(2 * .pi * Double(frequency * position % 8000) / 8000)
                }
                return Int16((level * sum).rounded())
            }
            position -= length
        }
        return 0
    }
}

/// A tone in one codec, encoded when it is first heard, 20 ms at a time, and kept: every listener starts at its beginning.
final class ToneLoop {
    /// A tone of either plan repeats within this many frames.
    static let longestLoop = 520
    /// Frames after which an adaptive codec has forgotten what was before (half a second).
    private static let settling = 25

    let tone: Tone, country: Country
    /// What it is encoded in.
    var codec: Codec { encoder.codec }
    private let plan: TonePlan, encoder: VoiceEncoder
    private var encoded: [UInt8]
    private var ready = 0
    /// Frames until the loop begins again: whole cycles of the tone.
    let frames: Int

    init(_ tone: Tone, _ country: Country, _ codec: Codec) {
        let plan = TonePlan(tone, country)
        (self.tone, self.country, self.plan, encoder) = (tone, country, plan, VoiceEncoder(codec))
        var cycles = 1
        while plan.cycle * cycles % Voice.frame != 0 { cycles += 1 }
        frames = plan.cycle * cycles / Voice.frame
        encoded = [UInt8](repeating: 0, count: frames * Voice.frame)
        // An adaptive codec starts as the loop's end leaves it, or every seam would click until it settled again.
        for index in max(0, frames - Self.settling)..<frames { encode(index) }
    }

    private func encode(_ index: Int) {
        var samples = [Int16](repeating: 0, count: Voice.frame)
        for offset in 0..<Voice.frame { samples[offset] = plan.sample(index * Voice.frame + offset) }
        encoded.withUnsafeMutableBufferPointer { octets in
            guard let octets = octets.baseAddress else { return }
            encoder.encode(samples, Voice.frame, into: octets + index * Voice.frame)
        }
    }

    /// Writes the 20 ms number `index` of the loop.
    func frame(_ index: Int, into octets: UnsafeMutableRawPointer) {
        while ready <= index {
            encode(ready)
            ready += 1
        }
        encoded.withUnsafeBytes { bytes in
            octets.copyMemory(from: bytes.baseAddress! + index * Voice.frame, byteCount: Voice.frame)
        }
    }
}
