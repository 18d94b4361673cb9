import Glibc
import Telephony

/// The music that everybody on hold hears: one programme, read and encoded once per codec and 20 ms, whoever listens.
/// Owned by the media thread.
final class Music {
    /// Pieces that are played; further ones are left out.
    static let pieceLimit = 100
    /// Without a single piece a soft beep tells that the line lives, this often (in 20 ms).
    static let beepEvery = 250
    private static let beepLasts = 10

    /// The programme as its owner sees it.
    private(set) var report: MusicReport
    private let pieces: [WAVFile]
    /// Where each piece ends, in 20 ms from the programme's start.
    private let ends: [Int]
    private let beep: [Int16]
    private var encoders: [Codec: VoiceEncoder] = [:]
    private var samples = [Int16](repeating: 0, count: Voice.frame)
    private var tick = -1
    private let octets: [UnsafeMutablePointer<UInt8>]
    private var encodedAt: [Int]

    /// Opens all WAV files of these files and folders, each folder's in the order of their names.
    init(_ paths: [String]) {
        var pieces: [WAVFile] = [], refused: [MusicReport.Refusal] = []
        for path in paths.flatMap(Self.files).prefix(Self.pieceLimit) {
            do {
                pieces.append(try WAVFile(path))
            } catch {
                refused.append(MusicReport.Refusal(path: path, reason: .init(error)))
            }
        }
        self.pieces = pieces
        var end = 0
        ends = pieces.map { piece in
            end += piece.frames
            return end
        }
        report = MusicReport(pieces: pieces.count, refused: refused)
        // 425 Hz at -25 dBm0, faded in and out.
        let length = Self.beepLasts * Voice.frame
        beep = (0..<length).map { index in
            let fade = sin(.pi * Double(index) / Double(length))
            return Int16(32_768 * pow(10, (-25 - 3.14) / 20) * fade * sin(2 * .pi * 425 * Double(index) / 8000))
        }
        octets = Codec.allCases.map { _ in .allocate(capacity: Voice.frame) }
        encodedAt = Codec.allCases.map { _ in -1 }
    }

    deinit {
        for buffer in octets { buffer.deallocate() }
    }

    /// The file itself, or a folder's WAV files; a path that is neither stays and is refused when opened.
    private static func files(_ path: String) -> [String] {
        guard let folder = opendir(path) else { return [path] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix("."), name.lowercased().hasSuffix(".wav") { names.append(path + "/" + name) }
        }
        return names.sorted()
    }

    /// The programme's 20 ms at `tick` in a codec; valid until the next tick.
    func frame(_ codec: Codec, at tick: Int) -> UnsafePointer<UInt8> {
        if self.tick != tick {
            self.tick = tick
            read(tick)
        }
        let slot: Int
        switch codec {
        case .alaw: slot = 0
        case .ulaw: slot = 1
        case .g722: slot = 2
        }
        if encodedAt[slot] != tick {
            encodedAt[slot] = tick
            let encoder = encoders[codec] ?? VoiceEncoder(codec)
            encoders[codec] = encoder
            encoder.encode(samples, Voice.frame, into: octets[slot])
        }
        return UnsafePointer(octets[slot])
    }

    private func read(_ tick: Int) {
        let filled = samples.withUnsafeMutableBufferPointer { buffer in
            guard let samples = buffer.baseAddress else { return false }
            guard let total = ends.last else {
                let position = tick % Self.beepEvery
                for index in 0..<Voice.frame {
                    samples[index] = position < Self.beepLasts ? beep[position * Voice.frame + index] : 0
                }
                return true
            }
            let position = tick % total
            let piece = ends.firstIndex { position < $0 } ?? 0
            if pieces[piece].read(frame: position - (piece == 0 ? 0 : ends[piece - 1]), into: samples) { return true }
            samples.update(repeating: 0, count: Voice.frame)
            return false
        }
        if !filled { report.unreadable += 1 }
    }
}

/// What music on hold consists of, for whoever looks after it.
public struct MusicReport: Equatable, Sendable {
    /// Why a file is not played.
    public enum Reason: Equatable, Sendable {
        /// It cannot be opened.
        case unreadable
        /// It is no WAV file.
        case notWAV
        /// Its samples are neither linear PCM of 8, 16 or 24 bits nor G.711.
        case coding
        /// It has this many channels; one or two are played.
        case channels(Int)
        /// It has this many samples per second; 8000 to 48000 are played.
        case rate(Int)
        /// It has no sound in it.
        case empty

        /// The reason as people read it.
        public var wording: Wording {
            switch self {
            case .unreadable: Catalogue.musicUnreadable
            case .notWAV: Catalogue.musicNotWAV
            case .coding: Catalogue.musicCoding
            case .channels(let count): Catalogue.musicChannels(count)
            case .rate(let rate): Catalogue.musicRate(rate)
            case .empty: Catalogue.musicEmpty
            }
        }

        init(_ fault: WAVFile.Fault) {
            switch fault {
            case .unreadable: self = .unreadable
            case .notWAV: self = .notWAV
            case .coding: self = .coding
            case .channels(let count): self = .channels(count)
            case .rate(let rate): self = .rate(rate)
            case .empty: self = .empty
            }
        }
    }

    /// A file that is not played.
    public struct Refusal: Equatable, Sendable {
        /// The file, as it was configured or found.
        public var path: String
        /// Why not.
        public var reason: Reason
    }

    /// Files that are played, one after the other; 0: a soft beep every 5 s stands for music.
    public var pieces: Int
    /// Files that are not.
    public var refused: [Refusal]
    /// Frames of 20 ms that could not be read while somebody listened: they were silent.
    public var unreadable = 0

    /// A report from its parts.
    public init(pieces: Int = 0, refused: [Refusal] = []) { (self.pieces, self.refused) = (pieces, refused) }
}
