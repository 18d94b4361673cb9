/// The one RTP stream that a leg's far end gets from us, whoever is heard in it: one SSRC, sequence numbers that go on by one
/// over every change of source, timestamps that go on by the elapsed clock. Plain data, so that it lives in the leg table.
struct OutgoingStream {
    /// A relayed packet may be this late; a later one belongs to a source that was heard before.
    private static let longestReordering: UInt16 = 1000
    /// Timestamp units that a packet of voice has at least and at most (5 and 120 ms), and how far a timestamp may be off (250 ms: the
    /// longest delay that is made up for).
    private static let shortestPacket = 40, longestPacket = 960, leeway = 2000

    /// Who writes the stream at present.
    private enum Writer {
        case nobody
        /// Another leg's far end, known by its SSRC: our numbers are its numbers and an offset.
        case relay(UInt32)
        /// Ourselves, 20 ms at a time.
        case ticks
    }

    /// Ours for as long as the leg lives.
    let source: UInt32
    /// The newest numbers that were sent.
    private(set) var sequence: UInt16, timestamp: UInt32
    /// When they were sent: nanoseconds on the monotonic clock.
    private(set) var sentAt: Int64 = 0
    /// What was sent so far.
    private(set) var packets = 0, octets = 0
    private var writer = Writer.nobody, markNext = true
    private var sequenceOffset: UInt16 = 0, timestampOffset: UInt32 = 0, floor: UInt16 = 0
    /// The newest relayed packet of voice since the source or its numbering changed: its numbers in our stream, and when it was sent.
    private var voiceSequence: UInt16 = 0, voiceTimestamp: UInt32 = 0, voiceAt: Int64 = 0, hasVoice = false
    private var lastTick = 0
    private var eventOrigin: Int64 = -1, eventTimestamp: UInt32 = 0

    /// A stream whose first packet carries the number after `sequence`.
    init(source: UInt32, sequence: UInt16, timestamp: UInt32) {
        (self.source, self.sequence, self.timestamp) = (source, sequence, timestamp)
    }

    /// The numbers of one packet.
    struct Place: Equatable {
        var sequence: UInt16, timestamp: UInt32, marker: Bool
    }

    /// The source changes: the next packet goes on where the last one ended.
    mutating func detach() { writer = .nobody }

    /// The timestamp of this moment.
    func timestamp(at now: Int64) -> UInt32 {
        packets == 0 ? timestamp : timestamp &+ UInt32(truncatingIfNeeded: RTPClock.units(now - sentAt))
    }

    /// What the next source starts at: never inside the 20 ms that the last packet covers.
    private func continuation(at now: Int64) -> UInt32 {
        guard packets > 0 else { return timestamp }
        return timestamp &+ UInt32(truncatingIfNeeded: max(Int64(RTPClock.frame), RTPClock.units(now - sentAt)))
    }

    /// Whether a packet of voice cannot follow the one before, neither by the count of packets (one that a network held up, or after
    /// some that were lost) nor by the clock (after a silence that was not sent): a gateway has begun to number anew under its old SSRC.
    @inline(__always)
    private func leaps(_ header: RTPHeader, at now: Int64) -> Bool {
        guard hasVoice else { return false }
        let steps = Int(Int16(bitPattern: header.sequence &+ sequenceOffset &- voiceSequence))
        let units = Int(Int32(bitPattern: header.timestamp &+ timestampOffset &- voiceTimestamp))
        let least = steps * (steps < 0 ? Self.longestPacket : Self.shortestPacket)
        let most = steps * (steps < 0 ? Self.shortestPacket : Self.longestPacket)
        if units >= least - Self.leeway, units <= most + Self.leeway { return false }
        let elapsed = Int(RTPClock.units(now - voiceAt))
        return steps <= 0 || units < least - Self.leeway || abs(units - elapsed) > Self.leeway
    }

    /// Where another leg's packet stands in our stream; nil for one that is too late. `restarted`: its numbering began anew.
    @inline(__always)
    mutating func relay(_ header: RTPHeader, restarted: Bool, voice: Bool, at now: Int64) -> Place? {
        if case .relay(header.source) = writer, !restarted, !voice || !leaps(header, at: now) {
        } else {
            let first = sequence &+ 1
            (sequenceOffset, timestampOffset) = (first &- header.sequence, continuation(at: now) &- header.timestamp)
            (floor, markNext, hasVoice, writer) = (first, true, false, .relay(header.source))
        }
        let place = Place(
            sequence: header.sequence &+ sequenceOffset, timestamp: header.timestamp &+ timestampOffset,
            marker: header.marker || (markNext && voice))
        if Int16(bitPattern: place.sequence &- floor) < 0 { return nil }
        if voice { markNext = false }
        if packets == 0 || Int16(bitPattern: place.sequence &- sequence) > 0 {
            sequence = place.sequence
            // All packets of a key bear the moment of its beginning: what follows is placed by the voice.
            if voice || packets == 0 { (timestamp, sentAt) = (place.timestamp, now) }
            if voice { (voiceSequence, voiceTimestamp, voiceAt, hasVoice) = (place.sequence, place.timestamp, now, true) }
            if sequence &- floor > Self.longestReordering { floor = sequence &- Self.longestReordering }
        }
        return place
    }

    /// A packet of the relayed source was left out on purpose: the next one takes its number.
    @inline(__always)
    mutating func skip(_ header: RTPHeader) {
        guard case .relay(header.source) = writer, Int16(bitPattern: header.sequence &+ sequenceOffset &- sequence) > 0 else {
            return
        }
        sequenceOffset &-= 1
    }

    /// Where a key's packet stands among our own 20 ms: every packet of one press bears the moment at which it began.
    mutating func event(_ header: RTPHeader, at now: Int64) -> Place {
        if eventOrigin != Int64(header.timestamp) {
            (eventOrigin, eventTimestamp) = (Int64(header.timestamp), timestamp(at: now))
        }
        sequence &+= 1
        return Place(sequence: sequence, timestamp: eventTimestamp, marker: header.marker)
    }

    /// Where a packet of a key that we send ourselves stands, in between whatever else is heard; every packet of one key bears the
    /// moment at which it began.
    mutating func key(since begin: UInt32, marker: Bool) -> Place {
        sequence &+= 1
        if case .relay = writer { sequenceOffset &+= 1 }
        return Place(sequence: sequence, timestamp: begin, marker: marker)
    }

    /// Where our own 20 ms number `tick` stand; the marker begins a talkspurt (RFC 3551 §4.1).
    @inline(__always)
    mutating func tick(_ tick: Int, at now: Int64) -> Place {
        if case .ticks = writer {
            timestamp = timestamp &+ RTPClock.frame &* UInt32(truncatingIfNeeded: tick - lastTick)
        } else {
            timestamp = continuation(at: now)
            (writer, markNext) = (.ticks, true)
        }
        let place = Place(sequence: sequence &+ 1, timestamp: timestamp, marker: markNext || tick != lastTick + 1)
        (sequence, sentAt, lastTick, markNext) = (place.sequence, now, tick, false)
        return place
    }

    /// A packet left.
    @inline(__always)
    mutating func sent(octets count: Int) {
        packets &+= 1
        octets &+= count
    }
}
