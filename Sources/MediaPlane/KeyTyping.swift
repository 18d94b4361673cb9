import Telephony

/// Keys that we send to a leg's far end by RFC 4733, one after the other, in ticks of 20 ms: each sounds for 100 ms, says three times
/// that it has ended, and is followed by a rest.
struct KeyTyping {
    /// One packet of a key.
    struct Packet: Equatable {
        var event: UInt8, duration: UInt16, isEnd: Bool
        /// The timestamp at which the key began.
        var begin: UInt32
    }

    /// Ticks that a key sounds, that its end is said, and until the next one.
    private static let sounding = 5, ending = 3, rest = 2
    /// Keys that may wait; more come from no human hand.
    static let limit = 64

    private var waiting: [Digit] = []
    private var step = 0, begin: UInt32 = 0

    /// Nothing is left to send.
    var isOver: Bool { waiting.isEmpty }

    /// This key comes after those before it.
    mutating func add(_ digit: Digit) { if waiting.count < Self.limit { waiting.append(digit) } }

    /// What the next tick sends, if it sends anything; `now` is the stream's timestamp of this moment.
    mutating func tick(at now: UInt32) -> Packet? {
        guard let digit = waiting.first else { return nil }
        if step == 0 { begin = now }
        step += 1
        let duration = UInt16(min(step, Self.sounding)) * UInt16(RTPClock.frame)
        if step >= Self.sounding + Self.ending + Self.rest {
            waiting.removeFirst()
            step = 0
            return nil
        }
        guard step <= Self.sounding + Self.ending else { return nil }
        return Packet(event: digit.event, duration: duration, isEnd: step > Self.sounding, begin: begin)
    }
}

extension KeyTyping.Packet {
    /// Event, end bit and volume (-10 dBm0), duration (RFC 4733 §2.3).
    func write(to payload: UnsafeMutableRawPointer) {
        payload.storeBytes(of: event, as: UInt8.self)
        payload.storeBytes(of: isEnd ? 0x8A : 0x0A, toByteOffset: 1, as: UInt8.self)
        payload.storeBytes(of: duration.bigEndian, toByteOffset: 2, as: UInt16.self)
    }

    /// Whether it is the key's first one.
    var isFirst: Bool { !isEnd && duration == UInt16(RTPClock.frame) }
}
