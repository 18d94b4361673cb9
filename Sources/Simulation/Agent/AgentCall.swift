import Signalling
import Telephony

/// One call as an agent sees it: its dialog, its voice, and where it stands.
public struct AgentCall: Sendable {
    /// Where it stands.
    public enum State: Equatable, Sendable {
        /// Our INVITE is out.
        case calling
        /// A provisional answer came.
        case early(status: Int)
        /// We gave up before the answer; CANCEL is out or waits for the first provisional answer.
        case cancelling(sent: Bool)
        /// It rings here.
        case ringing
        /// Our 200 is out and not acknowledged.
        case answered
        /// Both sides know.
        case talking
        /// Our BYE is out.
        case leaving
        /// Nothing more will happen.
        case over
    }

    /// How the other side is kept waiting.
    public enum Hold: String, Sendable {
        /// `a=sendonly`, as RFC 3264 §8.4 has it.
        case sendonly
        /// `a=inactive`.
        case inactive
        /// `c=0.0.0.0`, as RFC 2543 had it.
        case zero = "0.0.0.0"
    }

    /// What an UPDATE or re-INVITE in flight is for.
    enum Change: Equatable, Sendable {
        case hold(before: Hold?)
        case refresh
    }

    /// The agent's count of its calls.
    public let id: Int
    /// Whether this agent dialled.
    public let isOutgoing: Bool
    /// When it came up.
    let began: Instant
    /// Where it stands.
    public internal(set) var state: State
    /// The other side as this agent names it: the number dialled, or the caller's.
    public internal(set) var peer: String
    /// The person on this side: the agent's user, or behind a trunk the outside number.
    public internal(set) var person: String
    /// The dialog (RFC 3261 §12).
    var callID: String, local: NameAddress, remote: NameAddress, target: SIPURI
    var routes: [NameAddress] = []
    var localSequence: UInt32
    var remoteSequence: UInt32?
    /// The INVITE that opened it, and the transaction it has here.
    var invite: Message, inviteKey: TransactionKey
    /// Whether any provisional answer, 100 too, allows a CANCEL of it (RFC 3261 §9.1).
    var mayCancel = false
    /// The INVITE whose 2xx we repeat until its ACK comes.
    var unacknowledged: (sequence: UInt32, response: Message, to: Endpoint, interval: Duration)?
    /// The ACKs we sent by CSeq, for a repeated 2xx.
    var acknowledgements: [UInt32: (ack: Message, to: Endpoint)] = [:]
    /// Whether to hang up as soon as the ACK is here.
    var hangsUpWhenConfirmed = false
    /// Our re-INVITE or UPDATE in flight.
    var change: Change?
    /// The session timer: its interval, and whether we refresh.
    var session: (interval: Duration, weRefresh: Bool)?

    /// Our RTP port's number, our last description and theirs.
    public internal(set) var ours: SessionDescription?
    /// Theirs.
    public internal(set) var theirs: SessionDescription?
    /// Whether a description of ours is an offer that waits for its answer.
    var offerPending = false
    var port: UInt16
    var version: UInt64 = 1
    /// How we keep the other side waiting, if we do.
    public internal(set) var holding: Hold?

    /// Whether voice can flow at all.
    public var hasVoice: Bool {
        switch state {
        case .ringing, .early, .answered, .talking: ours != nil && theirs != nil && !(offerPending && theirs == nil)
        case .calling, .cancelling, .leaving, .over: false
        }
    }

    /// Whether this agent plays what arrives, and sends what is said.
    public var listens: Bool { hasVoice && ours?.audio?.direction.receives == true && theirs?.audio?.direction.sends == true }
    /// Whether this agent sends what is said.
    public var speaks: Bool {
        guard hasVoice, let end = theirs?.audioEndpoint, !end.address.isUnspecified else { return false }
        return ours?.audio?.direction.sends == true && theirs?.audio?.direction.receives == true
    }

    /// Whether a person still holds this call in the hand.
    public var isLive: Bool {
        switch state {
        case .calling, .early, .ringing, .answered, .talking: true
        case .cancelling, .leaving, .over: false
        }
    }

    /// The codec agreed on: the first of the answer.
    public var codec: Codec? {
        guard let mine = ours?.audio?.formats.compactMap(\.codec), let other = theirs?.audio?.formats.compactMap(\.codec) else {
            return nil
        }
        return mine.count <= other.count ? mine.first { other.contains($0) } : other.first { mine.contains($0) }
    }
}

extension SessionDescription.Direction {
    var sends: Bool { self == .sendrecv || self == .sendonly }
    var receives: Bool { self == .sendrecv || self == .recvonly }

    /// What is left where only `other` is allowed as well.
    func limited(to other: Self) -> Self {
        switch (sends && other.sends, receives && other.receives) {
        case (true, true): .sendrecv
        case (true, false): .sendonly
        case (false, true): .recvonly
        case (false, false): .inactive
        }
    }
}

/// Which transaction a message belongs to (RFC 3261 §17.1.3, §17.2.3).
struct TransactionKey: Hashable, Sendable {
    var branch: String, method: Method

    /// The key of a message; ACK belongs to its INVITE.
    init(_ message: Message) {
        branch = message.vias.first?.branch ?? ""
        method = message.sequenceMethod == .ack ? .invite : message.sequenceMethod
    }
}
