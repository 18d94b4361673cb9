/// The fixed header of an RTP packet (RFC 3550 §5.1), checked against the datagram's real length.
struct RTPHeader {
    /// The shortest packet: the fixed header alone.
    static let size = 12
    /// Longer datagrams are refused: no codec of ours packs 1500 bytes.
    static let longestPacket = 1500

    let payloadType: UInt8, marker: Bool
    let sequence: UInt16, timestamp: UInt32, source: UInt32
    /// Where the payload begins and ends, contributing sources, extension and padding left out.
    let payload: Int, end: Int

    /// Nil where version, length, contributing sources, extension or padding do not fit each other.
    @inline(__always)
    init?(_ bytes: UnsafeRawPointer, count: Int) {
        guard count >= Self.size, count <= Self.longestPacket else { return nil }
        let flags = bytes.load(as: UInt8.self), second = bytes.load(fromByteOffset: 1, as: UInt8.self)
        guard flags >> 6 == 2 else { return nil }
        var start = Self.size + 4 * Int(flags & 15), end = count
        if flags & 0x10 != 0 {
            guard start + 4 <= count else { return nil }
            start += 4 + 4 * Int(UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: start + 2, as: UInt16.self)))
        }
        if flags & 0x20 != 0 {
            let padding = bytes.load(fromByteOffset: count - 1, as: UInt8.self)
            guard padding > 0 else { return nil }
            end -= Int(padding)
        }
        guard start <= end else { return nil }
        (payload, self.end) = (start, end)
        (payloadType, marker) = (second & 0x7F, second & 0x80 != 0)
        sequence = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        timestamp = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        source = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self))
    }

    /// Writes a plain fixed header at `bytes`.
    @inline(__always)
    static func write(
        to bytes: UnsafeMutableRawPointer, payloadType: UInt8, marker: Bool, sequence: UInt16, timestamp: UInt32, source: UInt32
    ) {
        bytes.storeBytes(of: 0x80, as: UInt8.self)
        bytes.storeBytes(of: payloadType | (marker ? 0x80 : 0), toByteOffset: 1, as: UInt8.self)
        bytes.storeBytes(of: sequence.bigEndian, toByteOffset: 2, as: UInt16.self)
        bytes.storeBytes(of: timestamp.bigEndian, toByteOffset: 4, as: UInt32.self)
        bytes.storeBytes(of: source.bigEndian, toByteOffset: 8, as: UInt32.self)
    }
}

/// The RTP clock of every codec of ours, G.722 included (RFC 3551 §4.5.2).
enum RTPClock {
    /// Ticks in a second.
    static let rate = 8000
    /// Timestamp units in the 20 ms that we send at a time.
    static let frame: UInt32 = 160

    /// Nanoseconds as timestamp units.
    @inline(__always)
    static func units(_ nanoseconds: Int64) -> Int64 { nanoseconds / 125_000 }
}
