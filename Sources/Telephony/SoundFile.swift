/// Why a file is no sound that can be used.
public enum SoundFault: Error, Equatable, Sendable {
    /// It is no WAV file (RIFF), or its parts do not add up.
    case notWAV
    /// It ends before the sound begins.
    case truncated
    /// How it is coded: format code and bits of a sample.
    case coding(Int, bits: Int)
    /// More than two channels, or none.
    case channels(Int)
    /// Samples per second beyond what any recorder writes.
    case rate(Int)
    /// There is no sound in it.
    case empty
    /// Nothing can be heard in it.
    case silent
    /// It is longer than this.
    case tooLong(Duration)
}

/// The head of a WAV file: what its sound is like and where it is (RIFF; codes of RFC 2361).
public struct SoundFile: Equatable, Sendable {
    /// How a sample is written.
    public enum Coding: Equatable, Sendable {
        case unsigned8, signed16, signed24, signed32, float32, alaw, ulaw

        init?(code: Int, bits: Int) {
            switch (code, bits) {
            case (1, 8): self = .unsigned8
            case (1, 16): self = .signed16
            case (1, 24): self = .signed24
            case (1, 32): self = .signed32
            case (3, 32): self = .float32
            case (6, 8): self = .alaw
            case (7, 8): self = .ulaw
            default: return nil
            }
        }

        /// Bytes of a sample.
        public var size: Int {
            switch self {
            case .unsigned8, .alaw, .ulaw: 1
            case .signed16: 2
            case .signed24: 3
            case .signed32, .float32: 4
            }
        }
    }

    /// Rates that are read.
    static let rates = 4000...192_000
    /// Chunks that are looked at before a file counts as no WAV.
    private static let chunkLimit = 64

    /// How a sample is written.
    public private(set) var coding = Coding.signed16
    /// Channels, and samples of each per second.
    public private(set) var channels = 0, rate = 0
    /// Where the sound begins, and its bytes, whole samples of all channels.
    public private(set) var start = 0, size = 0
    /// The words that a speech engine spoke; nil: somebody's voice.
    public private(set) var words: String?

    /// How long it lasts.
    public var length: Duration { .milliseconds(Int64(size / (coding.size * channels)) * 1000 / Int64(rate)) }

    /// Reads the head of a file whose first bytes are these; the whole of it has `total` bytes. Throws why it cannot be used.
    public init(_ bytes: [UInt8], total: Int? = nil) throws(SoundFault) {
        let total = total ?? bytes.count
        guard bytes.count >= 12, bytes[0..<4].elementsEqual("RIFF".utf8), bytes[8..<12].elementsEqual("WAVE".utf8) else {
            throw .notWAV
        }
        var place = 12
        for _ in 0..<Self.chunkLimit {
            guard place + 8 <= bytes.count else { throw .truncated }
            let size = Self.number(bytes, place + 4, 4), body = place + 8
            let name = bytes[place..<place + 4]
            if name.elementsEqual("fmt ".utf8) {
                try readFormat(bytes[body..<min(bytes.count, body + min(size, 40))])
            } else if name.elementsEqual("LIST".utf8) {
                words = Self.comment(in: bytes[body..<min(bytes.count, body + size)]) ?? words
            } else if name.elementsEqual("data".utf8) {
                guard rate > 0 else { throw .notWAV }
                // The size may lie: nothing beyond the end of the file is sound.
                let frame = coding.size * channels
                (start, self.size) = (body, max(0, min(size, total - body)) / frame * frame)
                guard self.size > 0 else { throw .empty }
                return
            }
            place = body + size + size % 2
        }
        throw .notWAV
    }

    private mutating func readFormat(_ chunk: ArraySlice<UInt8>) throws(SoundFault) {
        let bytes = Array(chunk)
        guard bytes.count >= 16 else { throw .truncated }
        var code = Self.number(bytes, 0, 2)
        // WAVE_FORMAT_EXTENSIBLE has the code in its first bytes of the GUID.
        if code == 0xFFFE, bytes.count >= 26 { code = Self.number(bytes, 24, 2) }
        let bits = Self.number(bytes, 14, 2)
        (channels, rate) = (Self.number(bytes, 2, 2), Self.number(bytes, 4, 4))
        guard let coding = Coding(code: code, bits: bits) else { throw .coding(code, bits: bits) }
        guard (1...2).contains(channels) else { throw .channels(channels) }
        guard Self.rates.contains(rate) else { throw .rate(rate) }
        self.coding = coding
    }

    /// The comment of a LIST chunk of INFO.
    private static func comment(in chunk: ArraySlice<UInt8>) -> String? {
        let bytes = Array(chunk)
        guard bytes.count >= 12, bytes[0..<4].elementsEqual("INFO".utf8) else { return nil }
        var place = 4
        while place + 8 <= bytes.count {
            let size = number(bytes, place + 4, 4), end = min(bytes.count, place + 8 + size)
            if bytes[place..<place + 4].elementsEqual("ICMT".utf8) {
                return String(validating: bytes[place + 8..<end].prefix { $0 != 0 }, as: UTF8.self)
            }
            place += 8 + size + size % 2
        }
        return nil
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ size: Int) -> Int {
        bytes[place..<place + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

extension SoundFile {
    /// Every sample of both channels' mean, between -1 and 1. `bytes` is the whole file.
    public func samples(of bytes: [UInt8]) -> [Float] {
        let frame = coding.size * channels, count = min(size, bytes.count - start) / frame
        return (0..<count).map { index in
            let place = start + index * frame
            let first = sample(bytes, place)
            return channels == 1 ? first : (first + sample(bytes, place + coding.size)) / 2
        }
    }

    private func sample(_ bytes: [UInt8], _ place: Int) -> Float {
        switch coding {
        case .unsigned8: return Float(Int(bytes[place]) - 128) / 128
        case .signed16: return Float(Int16(truncatingIfNeeded: Self.number(bytes, place, 2))) / 32_768
        case .signed24: return Float(Int32(truncatingIfNeeded: Self.number(bytes, place, 3) << 8)) / 2_147_483_648
        case .signed32: return Float(Int32(truncatingIfNeeded: Self.number(bytes, place, 4))) / 2_147_483_648
        case .float32:
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: Self.number(bytes, place, 4)))
            return value.isFinite ? min(max(value, -1), 1) : 0
        case .alaw: return Float(ALaw.decode(bytes[place])) / 32_768
        case .ulaw: return Float(ULaw.decode(bytes[place])) / 32_768
        }
    }
}
