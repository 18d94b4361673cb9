/// The timer values of RFC 3261 §17.1.1.1 that all transactions are made of.
enum SIPTimer {
    /// The estimated round trip.
    static let t1 = Duration.milliseconds(500)
    /// The longest pause between retransmissions of a request or of a final answer.
    static let t2 = Duration.seconds(4)
    /// How long a message may stay in the network.
    static let t4 = Duration.seconds(5)
    /// 64*T1: timers B, F, H, J, L and M, and the life of everything that waits for an echo.
    static let timeout = Duration.seconds(32)
    /// Timer D on datagrams.
    static let d = Duration.seconds(32)
    /// A BYE that waits for its record is answered after this time whatever happens (well before timer F of its sender).
    static let heldBye = Duration.seconds(4)
    /// A provisional answer is repeated this often, so that no proxy on the way gives up (RFC 3261 §13.3.1.1).
    static let progress = Duration.seconds(60)
}

/// Every limit that keeps the network from growing the process.
enum SignallingLimit {
    /// Transactions alive at once, both directions. Only authenticated requests make one.
    static let transactions = 20_000
    /// Sessions alive at once, without those that only linger for echoes.
    static let sessions = 2_000
    /// Early dialogs of one INVITE.
    static let earlyDialogs = 16
    /// Requests without good credentials from one address in one second.
    static let strangersPerSecond = 300
    /// Addresses that are counted in one second; those beyond are dropped.
    static let strangers = 4_096
    /// Nonces that are remembered; the oldest is forgotten.
    static let nonces = 8_192
    /// Contacts of one account; the one that would end first makes room.
    static let contacts = 10
    /// Bytes of User-Agent that are kept, in characters.
    static let userAgent = 80
    /// Times that one INVITE is sent again because of 422.
    static let retries = 2
}

/// What was refused, dropped and repeated since the start.
public struct SignallingCounters: Equatable, Sendable {
    /// Requests and responses received.
    public var requests = 0, responses = 0
    /// Requests that came again and were answered from the transaction.
    public var repeatedRequests = 0
    /// Messages that we sent again because nobody answered in time.
    public var retransmissions = 0
    /// 401s sent.
    public var challenges = 0
    /// Requests with wrong credentials, and right ones whose nonce count was used already.
    public var wrongCredentials = 0, replays = 0
    /// In-dialog requests from an address where the dialog does not run.
    public var foreignRequests = 0
    /// Requests and ACKs of no dialog; responses of no transaction.
    public var unknownDialogs = 0, strayAcknowledgements = 0, strayResponses = 0
    /// Requests that were refused for any other reason.
    public var refused = 0
    /// Requests dropped because their sender sends too many, and refused because we have too many.
    public var flooded = 0, overloaded = 0
    /// Messages that the transport could not send, and requests that nobody answered.
    public var sendFailures = 0, timeouts = 0

    /// Nothing happened yet.
    public init() {}
}
