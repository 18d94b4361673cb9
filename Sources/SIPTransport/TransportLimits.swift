import Telephony

/// Every limit of the transport.
public struct TransportLimits: Equatable, Sendable {
    /// Open streams in all, and from one address.
    public var streams = 512, streamsPerAddress = 32
    /// Bytes that wait to be written to one stream.
    public var queuedBytes = 256 << 10
    /// How long a stream may take to be connected.
    public var connectTime = Duration.seconds(5)
    /// How long a message may take to arrive once it has begun.
    public var messageTime = Duration.seconds(10)
    /// How long an accepted stream may wait with its first message.
    public var firstMessageTime = Duration.seconds(30)
    /// How long a stream may be silent: longer than the usual registration of an hour.
    public var idleTime = Duration.minutes(65)
    /// Responses to broken requests in one second, so that a forged sender cannot make us flood anybody.
    public var answersPerSecond = 50
    /// Connections that are accepted before the others have their turn.
    public var streamsPerTurn = 32
    /// Datagrams that are read from one socket before the others have their turn.
    public var datagramsPerTurn = 64
    /// Bytes of datagrams that the kernel keeps for us: a whole office that registers after a power failure comes at once.
    public var burstBytes: Int32 = 1 << 20
    /// Datagrams remembered in order to tell which one an ICMP error is about.
    public var rememberedDatagrams = 64

    /// The limits of an office.
    public init() {}
}
