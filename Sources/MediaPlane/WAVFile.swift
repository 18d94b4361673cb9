import Glibc

/// An open WAV file of linear PCM or G.711, read where it is needed; only its header is kept in memory. Owned by one thread.
final class WAVFile {
    /// Why a file cannot be played.
    enum Fault: Error, Equatable {
        case unreadable
        case notWAV
        case coding
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
    /// How one sample is written.
    enum Coding {
        case unsigned8, signed16, signed24, alaw, ulaw

        /// Octets of one sample.
        var size: Int {
            switch self {
            case .unsigned8, .alaw, .ulaw: 1
            case .signed16: 2
            case .signed24: 3
            }
        }

        /// The coding of a format code (RFC 2361) and its bits; nil for one that is not read here.
        init?(code: Int, bits: Int) {
            switch (code, bits) {
            case (1, 8): self = .unsigned8
            case (1, 16): self = .signed16
            case (1, 24): self = .signed24
            case (6, 8): self = .alaw
            case (7, 8): self = .ulaw
            default: return nil
            }
        }

        /// The sample that begins at this octet.
        @inline(__always)
        func sample(_ octets: UnsafePointer<UInt8>) -> Int16 {
            switch self {
            case .unsigned8: Int16(Int(octets[0]) - 128) << 8
            case .signed16: Int16(bitPattern: UInt16(octets[0]) | UInt16(octets[1]) << 8)
            case .signed24: Int16(bitPattern: UInt16(octets[1]) | UInt16(octets[2]) << 8)
            case .alaw: G711.decodeAlaw(octets[0])
            case .ulaw: G711.decodeUlaw(octets[0])
            }
        }
    }

    private let descriptor: Int32, start: Int, coding: Coding
    private var raw: [UInt8]

    /// 20 ms of voice at a time that the file lasts, a rest left out.
    var frames: Int { length * 50 / rate }

    /// Opens and checks a file. Throws `Fault`.
    init(_ path: String) throws(Fault) {
        // A pipe is not even opened: that would wait for somebody who writes.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { throw .unreadable }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .unreadable }
        do {
            let format = try Self.readHeader(descriptor)
            (self.descriptor, rate, channels, start) = (descriptor, format.rate, format.channels, format.start)
            (coding, length) = (format.coding, format.bytes / format.frameSize)
            raw = [UInt8](repeating: 0, count: (format.rate / 50 + 2) * format.frameSize)
        } catch {
            close(descriptor)
            throw error
        }
    }

    deinit { close(descriptor) }

    private struct Format {
        var rate = 0, channels = 0, start = 0, bytes = 0, coding = Coding.signed16
        var frameSize: Int { channels * coding.size }
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
                guard format.bytes / format.frameSize * 50 / format.rate > 0 else { throw .empty }
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
        guard let coding = Coding(code: code, bits: number(chunk, 14, 2)) else { throw .coding }
        guard (1...2).contains(channels) else { throw .channels(channels) }
        guard rates.contains(rate) else { throw .rate(rate) }
        return Format(rate: rate, channels: channels, coding: coding)
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
        let bytes = (end - first) * channels * coding.size
        let count = raw.withUnsafeMutableBytes {
            pread(descriptor, $0.baseAddress, bytes, start + first * channels * coding.size)
        }
        guard count == bytes else { return false }
        raw.withUnsafeBufferPointer { raw in
            guard let octets = raw.baseAddress else { return }
            narrow(octets, end - first, into: samples)
        }
        return true
    }

    /// Brings 20 ms to 8 kHz and one channel.
    private func narrow(_ octets: UnsafePointer<UInt8>, _ count: Int, into samples: UnsafeMutablePointer<Int16>) {
        for position in 0..<Voice.frame {
            // Each output sample is the mean of those that it stands for: both channels, and a simple low-pass.
            let from = position * count / Voice.frame
            let to = max(from + 1, (position + 1) * count / Voice.frame)
            var sum = 0
            for index in from * channels..<to * channels { sum += Int(coding.sample(octets + index * coding.size)) }
            samples[position] = Int16(sum / ((to - from) * channels))
        }
    }
}
