import Glibc
import Telephony

/// Some seconds of the music.
struct MusicPortion: Sendable {
    /// Which: this many portions come before it.
    var number: Int
    /// `Programme.portion` times 20 ms at 8 kHz.
    var samples: [Int16]
    /// Of them these could not be read (in 20 ms).
    var unreadable = 0
}

/// The pieces of music on the disk, one after the other for ever. Used by one thread.
final class Programme {
    /// Pieces that are played; further ones are left out.
    static let pieceLimit = 100
    /// How long a portion is, and so how late the disk may be: 5 s, in 20 ms.
    static let portion = 5 * 50
    /// Without a single piece a soft beep tells that the line lives, this often (in 20 ms).
    static let beepEvery = 250
    private static let beepLasts = 10

    /// What was found.
    let report: MusicReport
    private let pieces: [WAVFile]
    /// Where each piece ends, in 20 ms from the programme's start.
    private let ends: [Int]

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

    /// Reads a portion.
    func portion(_ number: Int) -> MusicPortion {
        var portion = MusicPortion(number: number, samples: [Int16](repeating: 0, count: Self.portion * Voice.frame))
        var unreadable = 0
        portion.samples.withUnsafeMutableBufferPointer { samples in
            guard let start = samples.baseAddress else { return }
            for frame in 0..<Self.portion where !read(number * Self.portion + frame, into: start + frame * Voice.frame) {
                (start + frame * Voice.frame).update(repeating: 0, count: Voice.frame)
                unreadable += 1
            }
        }
        portion.unreadable = unreadable
        return portion
    }

    /// The programme's 20 ms at this place; false where they cannot be read.
    private func read(_ place: Int, into samples: UnsafeMutablePointer<Int16>) -> Bool {
        guard let total = ends.last else {
            Self.beep(place % Self.beepEvery, into: samples)
            return true
        }
        let position = place % total
        let piece = ends.firstIndex { position < $0 } ?? 0
        return pieces[piece].read(frame: position - (piece == 0 ? 0 : ends[piece - 1]), into: samples)
    }

    /// 425 Hz at -25 dBm0, faded in and out, and silence after it.
    private static func beep(_ position: Int, into samples: UnsafeMutablePointer<Int16>) {
        guard position < beepLasts else { return samples.update(repeating: 0, count: Voice.frame) }
        let length = Double(beepLasts * Voice.frame), peak = 32_768 * pow(10, (-25 - 3.14) / 20)
        for index in 0..<Voice.frame {
            let time = Double(position * Voice.frame + index)
            samples[index] = Int16(peak * sin(.pi * time / length) * sin(2 * .pi * 425 * time / 8000))
        }
    }
}
