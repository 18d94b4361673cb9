/// A prompt's sound as it is kept: 8 kHz, 16 bit, one channel, speech at one level, and with it the words, where they were spoken by a
/// speech engine.
public struct PromptRecording: Equatable, Sendable {
    /// Samples at `rate`.
    public var samples: [Int16]
    /// The words that a speech engine spoke; nil: somebody's voice.
    public var words: String?

    /// Samples per second, and how long a prompt may be.
    public static let rate = 8000, longest = Duration.seconds(180)
    /// Bytes of a file of the longest prompt with its words.
    public static let sizeLimit = rate * 2 * 180 + 16_384
    /// The level of speech: RMS in dB below full scale.
    public static let level: Float = -20

    /// A voice at 8 kHz, brought to the level of all prompts. Throws where there is none, or too much of it.
    public init(levelling voice: [Float], words: String? = nil) throws(SoundFault) {
        if voice.count > Self.rate * 180 { throw .tooLong(Self.longest) }
        guard voice.count >= Leveller.frame else { throw .empty }
        guard let levelled = Leveller.levelled(voice) else { throw .silent }
        (samples, self.words) = (levelled, words)
    }

    /// The WAV file.
    public var bytes: [UInt8] {
        func little(_ value: Int, _ size: Int) -> [UInt8] { (0..<size).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
            Array(name.utf8) + little(body.count, 4) + body + (body.count % 2 == 1 ? [0] : [])
        }
        let rate = Self.rate
        let format = little(1, 2) + little(1, 2) + little(rate, 4) + little(rate * 2, 4) + little(2, 2) + little(16, 2)
        let comment = words.map { chunk("LIST", Array("INFO".utf8) + chunk("ICMT", Array($0.utf8) + [0])) } ?? []
        let body = Array("WAVE".utf8) + chunk("fmt ", format) + comment + chunk("data", samples.flatMap { little(Int($0), 2) })
        return chunk("RIFF", body)
    }
}

/// Brings speech to the level of all prompts, as `sounds/generate` does: pauses do not count, loud peaks are bent, never clipped.
enum Leveller {
    /// 20 ms.
    static let frame = PromptRecording.rate / 50
    /// A frame this far below the loudest one is a pause; below this everything is silence (dB).
    private static let active: Float = -25, audible: Float = -60
    private static let ceiling: Float = 32_000

    /// Nil where nothing can be heard.
    static func levelled(_ voice: [Float]) -> [Int16]? {
        let target = 32_768 * factor(PromptRecording.level)
        var samples = voice.map { $0 * 32_768 }
        for _ in 0..<3 {
            let levels = loudness(samples), loudest = levels.max() ?? 0
            guard loudest > 32_768 * factor(audible) else { return nil }
            let spoken = levels.filter { $0 > loudest * factor(active) }
            let now = (spoken.reduce(0) { $0 + $1 * $1 } / Float(spoken.count)).squareRoot()
            samples = samples.map { bent($0 * target / now) }
        }
        return samples.map { Int16(max(-32_768, min(32_767, $0.rounded()))) }
    }

    /// RMS of every 20 ms.
    static func loudness(_ samples: [Float]) -> [Float] {
        stride(from: 0, to: samples.count, by: frame).map { start in
            let piece = samples[start..<min(samples.count, start + frame)]
            return (piece.reduce(0) { $0 + $1 * $1 } / Float(piece.count)).squareRoot()
        }
    }

    /// Above 60 % of the ceiling a sample comes ever closer to it: x / (1 + x) never reaches 1.
    private static func bent(_ sample: Float) -> Float {
        let knee = ceiling * 0.6, room = ceiling - knee
        guard sample.magnitude > knee else { return sample }
        let beyond = (sample.magnitude - knee) / room
        let value = knee + room * beyond / (1 + beyond)
        return sample < 0 ? -value : value
    }

    /// The factor of so many dB. Without a mathematical library below the I/O line: a power of ten by its whole and its rest.
    private static func factor(_ decibels: Float) -> Float {
        // 10^(1/20), by which one dB differs from the next.
        let step: Float = 1.122_018_454
        var factor: Float = 1
        for _ in 0..<Int(decibels.magnitude) { factor *= step }
        return decibels < 0 ? 1 / factor : factor
    }
}
