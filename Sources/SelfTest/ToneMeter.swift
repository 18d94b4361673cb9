import Glibc

/// A steady tone, made sample by sample at 8 kHz.
struct ToneMaker {
    /// A-law's overload point: a sine of full scale is +3.14 dBm0 (ITU-T G.711 §5).
    static let overload = 3.14

    private let step: Double, peak: Double
    private var phase = 0.0

    /// A tone of a frequency in Hz and a level in dBm0.
    init(frequency: Double, level: Double) {
        step = 2 * .pi * frequency / 8000
        peak = 32_768 * pow(10, (level - Self.overload) / 20)
    }

    /// The next sample.
    mutating func next() -> Int16 {
        defer { phase = (phase + step).truncatingRemainder(dividingBy: 2 * .pi) }
        return Int16(max(-32_768, min(32_767, (peak * sin(phase)).rounded())))
    }
}

/// Collects what was heard and says which tone it was.
struct ToneMeter {
    /// One second: long enough to tell 1 Hz apart, and all that is kept.
    static let window = 8000

    private var samples: [Int16] = []

    /// Takes in more of what was heard; only the last second is kept.
    mutating func hear(_ heard: some Sequence<Int16>) {
        samples += heard
        if samples.count > 2 * Self.window { samples.removeFirst(samples.count - Self.window) }
    }

    /// Forgets everything.
    mutating func reset() { samples = [] }

    /// Whether a whole second was heard.
    var isFull: Bool { samples.count >= Self.window }

    /// The strongest tone of the last second; nil if less was heard, or silence.
    func measure() -> HeardTone? {
        guard isFull else { return nil }
        let window = samples.suffix(Self.window).map(Double.init)
        let total = window.reduce(0) { $0 + $1 * $1 } / Double(Self.window)
        guard total > 1 else { return nil }
        // A tenth of a second has lobes 10 Hz wide, so no tone falls between two steps; the whole second then tells it to 1 Hz.
        let tenth = window.suffix(Self.window / 10)
        let coarse = stride(from: 200, through: 3600, by: 10).max { power(tenth, Double($0)) < power(tenth, Double($1)) } ?? 0
        let fine = (coarse - 10...coarse + 10).max { power(window[...], Double($0)) < power(window[...], Double($1)) } ?? coarse
        let tone = power(window[...], Double(fine))
        return HeardTone(
            frequency: fine, level: 10 * log10(tone * 2) - 20 * log10(32_768) + ToneMaker.overload,
            noise: 10 * log10(max(total - tone, 1e-3) / max(tone, 1e-3)))
    }

    /// The mean square of the part at `frequency` (Goertzel's algorithm).
    private func power(_ window: ArraySlice<Double>, _ frequency: Double) -> Double {
        let coefficient = 2 * cos(2 * .pi * frequency / 8000)
        var (last, beforeLast) = (0.0, 0.0)
        for sample in window { (last, beforeLast) = (sample + coefficient * last - beforeLast, last) }
        let square = last * last + beforeLast * beforeLast - coefficient * last * beforeLast
        return 2 * square / (Double(window.count) * Double(window.count))
    }
}

/// A tone as it was heard.
public struct HeardTone: Equatable, Sendable {
    /// Hz.
    public var frequency: Int
    /// dBm0.
    public var level: Double
    /// Everything else against the tone, in dB.
    public var noise: Double
}
