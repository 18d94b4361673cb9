import DequeModule

/// The even RTP ports that are free; a port that was given back is used again last, so that stray packets of its former call
/// have died away.
struct PortPool: Sendable {
    private var free: Deque<UInt16> = []
    private(set) var range: ClosedRange<UInt16>

    init(_ range: ClosedRange<UInt16>) {
        self.range = range
        fill()
    }

    var available: Int { free.count }

    mutating func take() -> UInt16? { free.popFirst() }

    mutating func giveBack(_ port: UInt16) {
        if range.contains(port) { free.append(port) }
    }

    /// A new range; ports of the old one that are still in use are forgotten when they come back.
    mutating func replace(by range: ClosedRange<UInt16>, inUse: Set<UInt16>) {
        guard range != self.range else { return }
        self.range = range
        fill()
        free.removeAll { inUse.contains($0) }
    }

    private mutating func fill() {
        free = Deque(
            stride(from: Int(range.lowerBound + range.lowerBound % 2), to: Int(range.upperBound), by: 2).map(UInt16.init))
    }
}
