import Telephony

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
