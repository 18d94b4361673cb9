import Telephony

/// Makes keys of RFC 4733 packets: each key once, whatever was lost or repeated. Plain data, so that it lives in the leg table.
struct KeyPresses {
    /// A key whose end packets were all lost counts as released when nothing of it came for this long.
    static let silence: Int64 = 200_000_000
    /// The shortest payload: event, flags and volume, duration.
    static let payloadSize = 4
    /// Timestamp units within which an older event is a late packet and not a new press (10 s).
    private static let latest: Int32 = -80_000

    private var event: UInt8 = 0, timestamp: UInt32 = 0, duration: UInt16 = 0, seenAt: Int64 = 0
    private var known = false, told = true

    /// Up to two keys: one whose end was lost, and the one that ends.
    struct Pressed: Equatable {
        var first: UInt8?, second: UInt8?
        /// No key.
        static let none = Pressed()
        /// Both, as keys.
        var digits: [Digit] { [first, second].compactMap { $0.flatMap(Digit.init) } }
    }

    /// Takes an event payload of at least `payloadSize` bytes.
    mutating func note(_ payload: UnsafeRawPointer, timestamp: UInt32, marker: Bool, at now: Int64) -> Pressed {
        let code = payload.load(as: UInt8.self)
        let ends = payload.load(fromByteOffset: 1, as: UInt8.self) & 0x80 != 0
        let length = UInt16(bigEndian: payload.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        guard Digit(event: code) != nil else { return .none }
        var pressed = Pressed.none
        if known, timestamp != self.timestamp {
            let step = Int32(bitPattern: timestamp &- self.timestamp)
            if step < 0, step > Self.latest { return .none }
            // A press over 8 s goes on in a further segment that starts where the counter ran full (RFC 4733 §2.5.1.3).
            let goesOn = !marker && code == event && step == 0xFFFF && duration > 0xF000
            if !goesOn {
                if !told { pressed.first = event }
                told = false
            }
        } else if !known {
            (known, told) = (true, false)
        }
        (event, self.timestamp, duration, seenAt) = (code, timestamp, length, now)
        if ends, !told {
            told = true
            pressed.second = code
        }
        return pressed
    }

    /// The key whose end never came.
    mutating func expired(at now: Int64) -> UInt8? {
        guard !told, now - seenAt >= Self.silence else { return nil }
        told = true
        return event
    }
}
