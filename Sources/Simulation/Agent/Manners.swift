import Signalling
import Telephony

/// How an agent behaves of itself; what people do comes on top.
public struct Manners: Equatable, Sendable {
    /// What it does with a new INVITE.
    public enum Welcome: Equatable, Sendable {
        /// 180, and a person decides.
        case ring
        /// 183 with SDP: an announcement or the far network's own ringback is heard.
        case earlyMedia
        /// 200 at once.
        case answer
        /// This final status, at once.
        case refuse(Int)
        /// 302 to this user of the same domain.
        case redirect(String)
        /// 100 and nothing else.
        case trying
        /// No sign of life until a person decides.
        case nothing
    }

    /// Which digest it computes, whatever else is offered.
    public enum DigestAlgorithm: String, Sendable { case sha256 = "SHA-256", md5 = "MD5" }

    /// What it does about RFC 4028.
    public enum SessionTimer: Equatable, Sendable {
        /// Never heard of it.
        case unknown
        /// Says `Supported: timer` and does what is asked.
        case supported
        /// Asks for this interval and that the other side refreshes.
        case asks(Duration)
        /// Asks for this interval and refreshes itself, by UPDATE or by re-INVITE.
        case refreshes(Duration, byUpdate: Bool)
    }

    /// What it does with a new INVITE.
    public var welcome = Welcome.ring
    /// Codecs that it offers and takes, in its order.
    public var codecs: [Codec] = [.alaw, .ulaw, .g722]
    /// Whether it names RFC 4733 events.
    public var telephoneEvents = true
    /// Whether its INVITEs carry no offer.
    public var lateOffer = false
    /// How many calls it takes at once; one more gets 486.
    public var lines = 2
    /// Which digest it computes.
    public var digest = DigestAlgorithm.sha256
    /// How long it registers for.
    public var expires = Duration.seconds(3600)
    /// What it does about session timers.
    public var sessionTimer = SessionTimer.supported
    /// Whether it acknowledges a 2xx of itself.
    public var acknowledges = true
    /// Whether it hangs up when a NOTIFY says that its transfer went through; else it waits for the BYE.
    public var leavesAfterTransfer = true
    /// Whether its Refer-To has no port, as linphone's has not.
    public var dropsReferPort = false
    /// Whether it puts everything on the wire twice.
    public var stutters = false

    /// The manners of an ordinary desk phone.
    public init() {}
}

/// What an agent wants done or noticed.
public enum AgentOutput: Equatable, Sendable {
    /// Put this on the wire.
    case send(Message, to: Endpoint)
    /// Something that a person at it notices; the number is the agent's own count of its calls.
    case noticed(AgentFact)
}

/// What a person at a phone notices.
public enum AgentFact: Equatable, Sendable {
    /// It is registered, no longer, or was refused.
    case registered, unregistered, registrationRefused(status: Int)
    /// A call came in and it rings.
    case rings(Int)
    /// The called one answered.
    case answered(Int)
    /// The call ended without this agent's doing.
    case released(Int, Cause)
    /// The other side answered or refused a change of this call's voice: hold, resume.
    case changed(Int, accepted: Bool)
    /// How a transfer that it asked for goes.
    case transfer(Int, status: Int)
    /// The lamp shows so many new and old messages; it was refused, or told nonsense.
    case lamp(new: Int, old: Int), lampRefused(status: Int)
    /// A key shows this of whom it watches; it was refused, or told nonsense.
    case shows(String, String), watchRefused(String, status: Int)
}
