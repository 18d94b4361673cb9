import Telephony

/// One call with one far end, from its INVITE to the last echo of its BYE.
///
///     calling ──2xx──▶ up ──our BYE──────────────▶ over ──32 s──▶ gone
///     called ──accept──┘ └──their BYE──▶ leaving ───▲
///        └── refused, cancelled ────────────────────┘
struct InviteSession: Sendable {
    enum Stage: Sendable {
        /// Our INVITE waits for its final answer.
        case calling(Calling)
        /// Their INVITE waits for ours.
        case called(Called)
        /// Answered.
        case up(Up)
        /// Their BYE waits until the call's record is durable.
        case leaving(Dialog, bye: Message, ServerKey)
        /// Told as ended; kept for echoes: repeated 2xx, a BYE that crossed ours.
        case over(Dialog?)
    }

    /// A call out, not answered yet.
    struct Calling: Sendable {
        /// The INVITE as sent last, its transaction, and how it goes.
        var request: Message, key: ClientKey, flow: Flow
        var media: OfferAnswer
        /// The early answers, by the tag of their early dialog (forking: RFC 3261 §13.2.2.4).
        var earlyAnswers: [String: SessionDescription] = [:]
        /// Whether a CANCEL may be sent (§9.1).
        var isProceeding = false
        /// What was told last.
        var told: Told?
        var attempts = 0
        /// We do not want it any more: CANCEL as soon as that is allowed.
        var givenUp: Cause?
        var patience: Invitation.Patience?
    }

    /// What was last told about a call that is not answered.
    struct Told: Equatable, Sendable {
        var status: Int, description: SessionDescription?
    }

    /// A call in, not answered yet.
    struct Called: Sendable {
        var dialog: Dialog, request: Message, key: ServerKey
        var media: OfferAnswer
        /// What the last 1xx carried; the 2xx carries it too (RFC 3261 §13.3.1.1).
        var earlyAnswer: SessionDescription?
        var provisional: Message
    }

    /// A call that is answered.
    struct Up: Sendable {
        var dialog: Dialog, media: OfferAnswer
        var timer: SessionTimer?
        /// Whether a refresh may be an UPDATE.
        var allowsUpdate: Bool
        /// Our 2xx that waits for its ACK.
        var unacknowledged: Unacknowledged?
        /// Our re-INVITE or UPDATE under way, and theirs.
        var ours: Modification?, theirs: (request: Message, key: ServerKey)?
        /// Our next re-INVITE, once nothing else is under way.
        var wanted: SessionDescription?
        /// The Min-SE of a 422.
        var minimumInterval = SessionTimer.minimum
        /// BYE as soon as the ACK is there (RFC 3261 §15.1.1).
        var leaving: Cause?
        var referral: Referral?, referrals = 0
        /// Whether they opened the session; they own the Call-ID then.
        var isIncoming: Bool

        /// Whether a new offer may go out.
        var isQuiet: Bool { media.isStable && unacknowledged == nil && ours == nil && theirs == nil && leaving == nil }
    }

    struct Unacknowledged: Sendable {
        var response: Message, interval = SIPTimer.t1
        /// Whether it answers the INVITE that opened the session, and whether the ACK must bring an answer.
        var isInitial: Bool, wantsAnswer: Bool
    }

    struct Modification: Sendable {
        var method: Method, sequence: UInt32, isRefresh: Bool
    }

    /// A REFER whose outcome is told by NOTIFY (RFC 3515).
    struct Referral: Sendable {
        /// `refer`, with an id from the second one on.
        var event: String
        /// False: norefersub (RFC 4488).
        var notifies: Bool
    }

    /// Clocks of a session.
    enum Clock: Hashable, Sendable, CaseIterable {
        /// Nobody answered our INVITE at all, or with 100 only.
        case patience
        /// A cancelled INVITE never ended.
        case cancelled
        /// Our 2xx again; no ACK came at all.
        case acknowledgement, abandoned
        /// 18x again.
        case progress
        /// A held BYE must be answered.
        case bye
        /// Session timer: our refresh, and the end.
        case refresh, expiry
        /// Another try after 491.
        case glare
        /// The last echo has died away.
        case linger
    }

    /// An ACK of ours, by the dialog's tag and the CSeq of its INVITE.
    struct AcknowledgementKey: Hashable, Sendable {
        var tag: String, sequence: UInt32
    }

    let id: SessionID
    /// Who called us; nil for a call out.
    let sender: Sender?
    var stage: Stage
    /// Sent again with every repeated 2xx.
    var acknowledgements: [AcknowledgementKey: Message] = [:]
    /// A key by INFO in `audio/telephone-event` that has not ended yet, and how long it was last.
    var begunEvent: (digit: Digit, duration: UInt16)?
    /// Under which it is found.
    var dialogIDs: Set<DialogID> = []

    /// Told as ended, and nothing waits any more.
    var isOver: Bool { if case .over = stage { true } else { false } }

    /// The dialog that runs or ran.
    var dialog: Dialog? {
        switch stage {
        case .calling: nil
        case .called(let called): called.dialog
        case .up(let up): up.dialog
        case .leaving(let dialog, _, _): dialog
        case .over(let dialog): dialog
        }
    }
}

/// What others may know of a session.
public struct SessionInfo: Equatable, Sendable {
    /// The dialog's Call-ID.
    public var callID: String
    /// The far end's Contact; before the answer the URI called.
    public var remoteTarget: SIPURI
    /// The way its messages go.
    public var flow: Flow
    /// Who called us; nil for a call out.
    public var sender: Sender?
    /// Not answered yet.
    public var isEarly: Bool
}
