import Glibc

/// An open WAV file of 16-bit PCM, read where it is needed; only its header is kept in memory. Owned by one thread.
final class WAVFile {
    /// Why a file cannot be played.
    enum Fault: Error, Equatable {
        case unreadable
        case notWAV
        case notPCM16
        case channels(Int)
        case rate(Int)
        case empty
    }

    /// Rates from a telephone's to a studio's are brought to 8 kHz.
    static let rates = 8000...48_000
    /// Chunks looked at before a file counts as no WAV.
    private static let chunkLimit = 64

    /// Samples per second and channels of the file.
    let rate: Int, channels: Int
    /// Sample frames in it.
    let length: Int
    private let descriptor: Int32, start: Int
    private var raw: [Int16]

    /// 20 ms of voice at a time that the file lasts, a rest left out.
    var frames: Int { length * 50 / rate }

    /// Opens and checks a file. Throws `Fault`.
    init(_ path: String) throws(Fault) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable }
        do {
            let format = try Self.readHeader(descriptor)
            (self.descriptor, rate, channels, start) = (descriptor, format.rate, format.channels, format.start)
            length = format.bytes / (2 * format.channels)
            raw = [Int16](repeating: 0, count: (format.rate / 50 + 2) * format.channels)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private struct Format {
        var rate = 0, channels = 0, start = 0, bytes = 0
    }

    private static func readHeader(_ descriptor: Int32) throws(Fault) -> Format {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
        let riff = read(descriptor, at: 0, count: 12)
        guard riff.count == 12, riff[0..<4].elementsEqual("RIFF".utf8), riff[8..<12].elementsEqual("WAVE".utf8) else {
            throw .notWAV
        }
        var format = Format(), offset = 12
        for _ in 0..<chunkLimit {
            let head = read(descriptor, at: offset, count: 8)
            guard head.count == 8 else { throw .notWAV }
            let size = number(head, 4, 4)
            if head[0..<4].elementsEqual("fmt ".utf8) {
                format = try parse(read(descriptor, at: offset + 8, count: 40), size: size)
            } else if head[0..<4].elementsEqual("data".utf8) {
                guard format.rate > 0 else { throw .notWAV }
                // The size may lie: nothing beyond the end of the file is sound.
                (format.start, format.bytes) = (offset + 8, min(size, Int(status.st_size) - offset - 8))
                guard format.bytes / (2 * format.channels) * 50 / format.rate > 0 else { throw .empty }
                return format
            }
            offset += 8 + size + size % 2
        }
        throw .notWAV
    }

    private static func parse(_ chunk: [UInt8], size: Int) throws(Fault) -> Format {
        guard size >= 16, chunk.count >= 16 else { throw .notWAV }
        var code = number(chunk, 0, 2)
        if code == 0xFFFE, size >= 40, chunk.count >= 40 { code = number(chunk, 24, 2) }
        let (channels, rate) = (number(chunk, 2, 2), number(chunk, 4, 4))
        guard code == 1, number(chunk, 14, 2) == 16 else { throw .notPCM16 }
        guard (1...2).contains(channels) else { throw .channels(channels) }
        guard rates.contains(rate) else { throw .rate(rate) }
        return Format(rate: rate, channels: channels)
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> Int {
        bytes[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private static func read(_ descriptor: Int32, at offset: Int, count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = max(0, pread(descriptor, buffer.baseAddress, count, offset))
        }
    }

    /// Writes the 20 ms number `index` as `Voice.frame` samples at 8 kHz; false where the file has become shorter.
    func read(frame index: Int, into samples: UnsafeMutablePointer<Int16>) -> Bool {
        let (first, end) = (index * rate / 50, (index + 1) * rate / 50)
        let bytes = (end - first) * channels * 2
        let count = raw.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, bytes, start + first * channels * 2) }
        guard count == bytes else { return false }
        for position in 0..<Voice.frame {
            // Each output sample is the mean of those that it stands for: both channels, and a simple low-pass.
            let from = position * (end - first) / Voice.frame
            let to = max(from + 1, (position + 1) * (end - first) / Voice.frame)
            var sum = 0
            for value in raw[from * channels..<to * channels] { sum += Int(Int16(littleEndian: value)) }
            samples[position] = Int16(sum / ((to - from) * channels))
        }
        return true
    }
}
