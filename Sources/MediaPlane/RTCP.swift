/// Compound RTCP packets of our own (RFC 3550 §6).
enum RTCP {
    /// Seconds between reports, on the average (RFC 3550 §6.2, the fixed minimum); the real gap is 0.5…1.5 of it.
    static let interval: Int64 = 5_000_000_000
    /// A compound packet of ours fits in this.
    static let capacity = 256
    /// Seconds from NTP's 1900 to Unix's 1970.
    static let ntpEpoch: Int64 = 2_208_988_800

    /// Packet types.
    enum Kind: UInt8 {
        case senderReport = 200, receiverReport = 201, sourceDescription = 202, goodbye = 203
    }

    /// Whether a datagram begins like a compound RTCP packet (RFC 3550 A.2).
    static func isPlausible(_ bytes: UnsafeRawPointer, count: Int) -> Bool {
        guard count >= 8, count % 4 == 0, bytes.load(as: UInt8.self) >> 6 == 2 else { return false }
        let kind = bytes.load(fromByteOffset: 1, as: UInt8.self)
        return kind == Kind.senderReport.rawValue || kind == Kind.receiverReport.rawValue
    }

    /// What the far end says of our stream in the first report of a compound packet (RFC 3550 §6.4): packets lost in all, and jitter in
    /// timestamp units; nil: it says nothing of it.
    static func report(on source: UInt32, in bytes: UnsafeRawPointer, count: Int) -> (lost: Int, jitter: UInt32)? {
        func word(_ offset: Int) -> UInt32 { UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)) }
        let isSender = bytes.load(fromByteOffset: 1, as: UInt8.self) == Kind.senderReport.rawValue
        let blocks = Int(bytes.load(as: UInt8.self) & 31), first = isSender ? 28 : 8
        for block in 0..<blocks {
            let place = first + 24 * block
            guard place + 24 <= count else { return nil }
            guard word(place) == source else { continue }
            // 24 bits, signed: duplicates may make it negative.
            let lost = Int32(bitPattern: word(place + 4) << 8) >> 8
            return (max(0, Int(lost)), word(place + 12))
        }
        return nil
    }

    /// Writes big-endian words.
    private struct Writer {
        let bytes: UnsafeMutableRawPointer
        var count = 0

        mutating func word(_ value: UInt32) {
            bytes.storeBytes(of: value.bigEndian, toByteOffset: count, as: UInt32.self)
            count += 4
        }

        mutating func head(_ kind: Kind, items: Int, words: Int) {
            word(0x8000_0000 | UInt32(items) << 24 | UInt32(kind.rawValue) << 16 | UInt32(words - 1))
        }
    }

    /// Our view of a leg: a sender or receiver report, our name, and the goodbye where it ends; how many bytes it is.
    /// `wallClock` is nanoseconds since 1970; `now` the monotonic clock.
    static func write(
        to bytes: UnsafeMutableRawPointer, _ stream: OutgoingStream, _ reception: inout Reception, name: [UInt8], goodbye: Bool,
        wallClock: Int64, now: Int64
    ) -> Int {
        var writer = Writer(bytes: bytes)
        let blocks = reception.received > 0 ? 1 : 0
        if stream.packets > 0 {
            writer.head(.senderReport, items: blocks, words: 7 + 6 * blocks)
            writer.word(stream.source)
            let (seconds, rest) = wallClock.quotientAndRemainder(dividingBy: 1_000_000_000)
            writer.word(UInt32(truncatingIfNeeded: seconds + ntpEpoch))
            writer.word(UInt32(truncatingIfNeeded: (rest << 32) / 1_000_000_000))
            writer.word(stream.timestamp(at: now))
            writer.word(UInt32(truncatingIfNeeded: stream.packets))
            writer.word(UInt32(truncatingIfNeeded: stream.octets))
        } else {
            writer.head(.receiverReport, items: blocks, words: 2 + 6 * blocks)
            writer.word(stream.source)
        }
        if blocks > 0 {
            writer.word(reception.source)
            writer.word(UInt32(reception.fractionLost()) << 24 | UInt32(min(reception.lost, 0x7F_FFFF)))
            writer.word(reception.highestSequence)
            writer.word(UInt32(reception.jitter))
            // The far end's reports are not evaluated, so there is none to answer.
            writer.word(0)
            writer.word(0)
        }
        let words = 2 + (2 + name.count) / 4 + 1
        writer.head(.sourceDescription, items: 1, words: words)
        writer.word(stream.source)
        (bytes + writer.count).initializeMemory(as: UInt8.self, repeating: 0, count: 4 * (words - 2))
        bytes.storeBytes(of: 1, toByteOffset: writer.count, as: UInt8.self)
        bytes.storeBytes(of: UInt8(name.count), toByteOffset: writer.count + 1, as: UInt8.self)
        (bytes + writer.count + 2).copyMemory(from: name, byteCount: name.count)
        writer.count += 4 * (words - 2)
        if goodbye {
            writer.head(.goodbye, items: 1, words: 2)
            writer.word(stream.source)
        }
        return writer.count
    }
}
