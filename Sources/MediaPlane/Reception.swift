/// What came from the far end, counted as RFC 3550 appendix A does; plain data, so that it lives in the leg table.
struct Reception {
    /// A sequence number further ahead than this is another numbering, not a gap (RFC 3550 A.1).
    private static let longestGap: UInt16 = 3000
    /// A packet at most this late is a late one, not a restart.
    private static let latest = 100

    /// What a packet is to the numbering of its source.
    enum Arrival {
        /// The stream goes on, a gap or a late packet included.
        case ordered
        /// First of its source: the numbering begins anew.
        case first
        /// Alone far off the numbering: not to be trusted until a second one follows.
        case stray
    }

    private(set) var source: UInt32 = 0
    private(set) var received = 0
    /// The highest jitter so far, in milliseconds.
    var highestJitter: Double { highest / 8 }
    /// Jitter now, in timestamp units (for the reception report).
    private(set) var jitter = 0.0
    private var highest = 0.0
    private var started = false
    private var top: UInt16 = 0, cycles = 0, base = 0, receivedHere = 0
    private var expectedBefore = 0, receivedBefore = 0
    private var strayNext = -1
    private var transit: Int32 = 0, hasTransit = false
    private var expectedAtReport = 0, receivedAtReport = 0

    /// The extended highest sequence number (for the reception report).
    var highestSequence: UInt32 { UInt32(truncatingIfNeeded: cycles + Int(top)) }
    private var expected: Int { expectedBefore + (started ? cycles + Int(top) - base + 1 : 0) }
    /// Packets that never came; duplicates may hide some, never below zero (RFC 3550 A.3).
    var lost: Int { max(0, expected - receivedBefore - receivedHere) }

    /// Counts a packet. `arrival` is the clock in timestamp units; `timed` packets carry voice, so their timestamps tell jitter.
    @inline(__always)
    mutating func note(_ header: RTPHeader, arrival: UInt32, timed: Bool) -> Arrival {
        guard started, header.source == source else {
            begin(header)
            measure(header, arrival: arrival, timed: timed)
            return .first
        }
        let step = header.sequence &- top
        if step < Self.longestGap {
            if header.sequence < top { cycles += 65_536 }
            top = header.sequence
        } else if Int(step) <= 65_536 - Self.latest {
            guard Int(header.sequence) == strayNext else {
                strayNext = Int(header.sequence &+ 1)
                return .stray
            }
            begin(header)
            measure(header, arrival: arrival, timed: timed)
            return .first
        }
        received += 1
        receivedHere += 1
        measure(header, arrival: arrival, timed: timed)
        return .ordered
    }

    private mutating func begin(_ header: RTPHeader) {
        expectedBefore = expected
        receivedBefore += receivedHere
        (started, source, top, cycles, base) = (true, header.source, header.sequence, 0, Int(header.sequence))
        (receivedHere, strayNext, hasTransit) = (1, -1, false)
        received += 1
    }

    /// Interarrival jitter (RFC 3550 A.8).
    @inline(__always)
    private mutating func measure(_ header: RTPHeader, arrival: UInt32, timed: Bool) {
        guard timed else { return }
        let now = Int32(bitPattern: arrival &- header.timestamp)
        if hasTransit {
            jitter += (Double((now &- transit).magnitude) - jitter) / 16
            if jitter > highest { highest = jitter }
        }
        (transit, hasTransit) = (now, true)
    }

    /// The fraction lost since the last report, in 256ths (RFC 3550 A.3).
    mutating func fractionLost() -> UInt8 {
        let (expected, received) = (expected, receivedBefore + receivedHere)
        let (expectedSince, receivedSince) = (expected - expectedAtReport, received - receivedAtReport)
        (expectedAtReport, receivedAtReport) = (expected, received)
        guard expectedSince > 0, expectedSince > receivedSince else { return 0 }
        return UInt8(clamping: (expectedSince - receivedSince) * 256 / expectedSince)
    }
}
