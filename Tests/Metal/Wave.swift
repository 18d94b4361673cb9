import Foundation
import Testing

@testable import SelfTest

/// Sound of one channel, 16 bit.
struct Wave {
    var rate = 8000
    var samples: [Int16] = []

    /// One second of a tone.
    static func tone(_ frequency: Int) -> Wave {
        var maker = ToneMaker(frequency: Double(frequency), level: SelfTest.level)
        return Wave(samples: (0..<8000).map { _ in maker.next() })
    }

    init(samples: [Int16]) { self.samples = samples }

    /// Reads a WAV file; one whose writer was cut off before it filled in the lengths, too.
    init(_ url: URL) throws {
        let bytes = [UInt8](try Data(contentsOf: url))
        try #require(bytes.count > 44 && bytes.starts(with: Array("RIFF".utf8)), "\(url.lastPathComponent) is no WAV")
        func word(_ at: Int, _ count: Int) -> Int { (0..<count).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        var at = 12
        while at + 8 <= bytes.count {
            let length = word(at + 4, 4), name = String(decoding: bytes[at..<at + 4], as: UTF8.self)
            if name == "fmt " { rate = word(at + 12, 4) }
            if name == "data" {
                let end = length == 0 ? bytes.count : min(bytes.count, at + 8 + length)
                samples = stride(from: at + 8, to: end - 1, by: 2).map { Int16(truncatingIfNeeded: word($0, 2)) }
                return
            }
            at += 8 + length + length % 2
        }
    }

    /// Writes a WAV file.
    func write(to url: URL) throws {
        func little(_ value: Int, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        var bytes = Array("RIFF".utf8) + little(36 + samples.count * 2, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
        bytes += little(1, 2) + little(1, 2) + little(rate, 4) + little(rate * 2, 4) + little(2, 2) + little(16, 2)
        bytes += Array("data".utf8) + little(samples.count * 2, 4) + samples.flatMap { little(Int($0), 2) }
        try Data(bytes).write(to: url)
    }

    /// How long it is, in seconds.
    var length: Double { Double(samples.count) / Double(rate) }

    /// A part, in seconds from the start.
    func part(_ from: Double, _ to: Double) -> Wave {
        let range = Int(from * Double(rate))..<max(Int(from * Double(rate)), Int(to * Double(rate)))
        return Wave(samples: Array(samples[range.clamped(to: 0..<samples.count)]))
    }

    /// Root mean square against full scale, in dB; -100 for silence.
    var level: Double {
        let square = samples.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(max(1, samples.count))
        return max(-100, 10 * log10(max(square, 1e-9) / (32_768 * 32_768)))
    }

    /// The tone of the first whole second in which there is hardly anything else; nil if there is none.
    func tone(after start: Double = 0) -> HeardTone? {
        for from in stride(from: Int(start * 8000), through: max(0, samples.count - 8000), by: 2000) {
            guard rate == 8000, from + 8000 <= samples.count else { return nil }
            var meter = ToneMeter()
            meter.hear(samples[from..<from + 8000])
            if let tone = meter.measure(), tone.noise < -15 { return tone }
        }
        return nil
    }
}
