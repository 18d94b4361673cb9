import Routing

/// How full a trunk is, and how full it has been since the start.
public struct TrunkUse: Equatable, Sendable {
    /// Calls on it now.
    public private(set) var calls = 0
    /// The most that were on it at once, and when that was first: milliseconds since 1970 UTC.
    public private(set) var most = 0, mostAt: Int64 = 0

    /// Nothing yet.
    public init() {}

    /// One call more.
    mutating func begin(at utc: Int64) {
        calls += 1
        if calls > most { (most, mostAt) = (calls, utc) }
    }

    /// One call fewer.
    mutating func end() { calls -= 1 }

    /// Whether every channel of the trunk has been taken at once: one caller more, and he might have heard that it is busy.
    public func wasFull(_ trunk: Trunk) -> Bool { trunk.channels.map { most >= $0 } ?? false }
}
