/// A counter that names one thing of one kind; never reused while the exchange runs.
public protocol Identifier: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The count.
    var number: Int { get }
    /// The identifier with this count.
    init(_ number: Int)
}

extension Identifier {
    /// Older first.
    public static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    /// The bare count.
    public var description: String { String(number) }
}

/// One call from its first INVITE to its record; goes on counting over restarts.
public struct CallID: Identifier {
    /// The count.
    public let number: Int
    /// The call with this count.
    public init(_ number: Int) { self.number = number }
}

/// One party's connection to a call, whatever carries it.
public struct LegID: Identifier {
    /// The count.
    public let number: Int
    /// The leg with this count.
    public init(_ number: Int) { self.number = number }
}

/// One SIP INVITE session with one far end; a leg that rings three phones has three.
public struct SessionID: Identifier {
    /// The count.
    public let number: Int
    /// The session with this count.
    public init(_ number: Int) { self.number = number }
}

/// One RTP port pair of ours and what is heard and said on it.
public struct MediaLegID: Identifier {
    /// The count.
    public let number: Int
    /// The media leg with this count.
    public init(_ number: Int) { self.number = number }
}

/// A request to the store that wants to know when it is durable.
public struct StoreTicket: Identifier {
    /// The count.
    public let number: Int
    /// The ticket with this count.
    public init(_ number: Int) { self.number = number }
}

/// One thing that somebody has to do about a client; goes on counting over restarts.
public struct TaskID: Identifier {
    /// The count.
    public let number: Int
    /// The task with this count.
    public init(_ number: Int) { self.number = number }
}

/// A command that wants to know what came of its order.
public struct OrderTicket: Identifier {
    /// The count.
    public let number: Int
    /// The ticket with this count.
    public init(_ number: Int) { self.number = number }
}
