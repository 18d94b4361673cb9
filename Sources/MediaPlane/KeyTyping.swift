import Telephony

/// Keys that we send to a leg's far end, one after the other, in ticks of 20 ms: each sounds for 100 ms and is followed by a rest as
/// long. By RFC 4733 it says in the rest three times that it has ended; as a tone the rest is silence (ITU-T Q.24: neither may be
/// shorter than 40 to 65 ms).
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
    /// What makes tones of them, once that is needed.
    var tone: KeyTone?

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

    /// The same as a tone: writes the 20 ms of this tick.
    mutating func tick(in codec: Codec, into octets: UnsafeMutablePointer<UInt8>) {
        guard let digit = waiting.first else { return }
        let tone = self.tone?.codec == codec ? self.tone : KeyTone(codec)
        self.tone = tone
        tone?.frame(step < Self.sounding ? digit : nil, step, into: octets)
        step += 1
        guard step >= Self.sounding + Self.ending + Self.rest else { return }
        waiting.removeFirst()
        step = 0
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

extension MediaThread {
    /// A key was pressed by RFC 4733. Whoever hears the one who pressed it and knows no events gets it as a tone.
    func pressed(_ digit: Digit, _ row: Int) {
        facts.append(.digit(legs[row].id, digit))
        guard legs[row].receives, !legs[row].withholdsKeys else { return }
        switch legs[row].delivery {
        case .relay(let listener), .buffer(let listener, _):
            if legs[listener].sendEventType == Leg.none { press(digit, listener) }
        case .nowhere, .seat: break
        }
    }

    /// The leg's far end gets this key.
    func press(_ digit: Digit, _ row: Int) {
        typing[row, default: KeyTyping()].add(digit)
        legs[row].hearsKey = legs[row].sendEventType == Leg.none
    }
}
