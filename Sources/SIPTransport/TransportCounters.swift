/// What the transport has seen since it started.
public struct TransportCounters: Equatable, Sendable {
    /// Messages delivered, and messages put on the wire.
    public var received = 0, sent = 0
    /// Messages that could not be sent (each was told as `sendFailed`).
    public var sendFailed = 0
    /// Datagrams that the kernel had no room for; retransmission heals them.
    public var sendDropped = 0
    /// Keep-alives of either kind.
    public var keepAlives = 0
    /// Refused messages by what was wrong.
    public var refused: [MessageFault: Int] = [:]
    /// Responses sent to broken requests, and those withheld because too many were due in one second.
    public var answered = 0, unanswered = 0
    /// Streams accepted, opened by us, and refused because there were too many.
    public var accepted = 0, opened = 0, turnedAway = 0
    /// Streams that we closed because their sender was too slow, silent too long, or lost in framing.
    public var closedSlow = 0, closedIdle = 0, closedBroken = 0

    /// Nothing seen.
    public init() {}
}
