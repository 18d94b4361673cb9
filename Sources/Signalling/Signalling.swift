import Telephony

/// An order to the SIP side about one INVITE session.
public enum SessionOrder: Equatable, Sendable {
    /// Send INVITE on a new session. `offer` nil = late offer is not used by us, always an offer.
    case invite(SessionID, Invitation)
    /// Answer a received INVITE with 180 (no answer) or 183 (with SDP).
    case progress(SessionID, status: Int, SessionDescription?)
    /// 200 OK to a received INVITE; the description is the answer, or our offer where the INVITE had none.
    case accept(SessionID, SessionDescription)
    /// A final refusal of a received INVITE, with a Reason / Warning text for the trace, and after how long a try may be worth it.
    case reject(SessionID, status: Int, Cause, warning: String? = nil, retryAfter: Duration? = nil)
    /// End it whatever its state: CANCEL (with Reason) before the answer, BYE after, and answer a BYE that waits.
    /// For a received INVITE not yet answered it is a reject with the cause's status. An `ended` fact follows at once, as after
    /// `reject`, unless the far end had ended it.
    case end(SessionID, Cause)
    /// A re-INVITE with a new offer (session refresh by timer is Signalling's own affair).
    case reinvite(SessionID, SessionDescription)
    /// 200 to a received re-INVITE or UPDATE: the answer, or our offer where it had none.
    case acceptReoffer(SessionID, SessionDescription)
    /// 488 to a received re-INVITE or UPDATE; the session goes on as it was.
    case refuseReoffer(SessionID)
    /// NOTIFY of a REFER's progress, `message/sipfrag` with this status; a final status ends the implicit subscription.
    case notifyReferral(SessionID, status: Int)
    /// The call's record is durable: a BYE that waited for it is answered now.
    case answerBye(SessionID)
}

/// What an outgoing INVITE says.
public struct Invitation: Equatable, Sendable {
    /// The Request-URI.
    public var target: SIPURI
    /// How it is sent.
    public var flow: Flow
    /// Whom the called one sees.
    public var fromUser: String, fromName: String?
    /// Whom we call, for To.
    public var toUser: String
    /// Our offer.
    public var offer: SessionDescription
    /// Further headers (Alert-Info, Diversion…).
    public var headers: [Header]
    /// How long is waited; nil: as long as the transaction lasts.
    public var patience: Patience?

    /// How long a far end may be silent before it is taken for dead.
    public struct Patience: Equatable, Sendable {
        /// Until any answer at all.
        public var answer: Duration
        /// From a 100 until anything more than that; nil: as long as it likes.
        public var progress: Duration?
        /// Both limits.
        public init(answer: Duration, progress: Duration? = nil) { (self.answer, self.progress) = (answer, progress) }
    }

    /// An invitation from its parts.
    public init(
        target: SIPURI, flow: Flow, fromUser: String, fromName: String?, toUser: String, offer: SessionDescription,
        headers: [Header] = [], patience: Patience? = nil
    ) {
        (self.target, self.flow, self.fromUser, self.fromName) = (target, flow, fromUser, fromName)
        (self.toUser, self.offer, self.headers, self.patience) = (toUser, offer, headers, patience)
    }
}

/// Who sent a request, once it is known.
public enum Sender: Equatable, Sendable {
    /// A phone's account, authenticated by digest.
    case account(String)
    /// A trunk, known by its address.
    case peer(String)
}

/// A received INVITE that opens a call; 100 Trying is already sent.
public struct Incoming: Equatable, Sendable {
    /// Who calls.
    public var sender: Sender
    /// The request: Request-URI, From, To, headers.
    public var request: Message
    /// How it came.
    public var flow: Flow
    /// Its offer; nil for an INVITE without SDP (late offer).
    public var offer: SessionDescription?

    /// A call from its parts.
    public init(sender: Sender, request: Message, flow: Flow, offer: SessionDescription?) {
        (self.sender, self.request, self.flow, self.offer) = (sender, request, flow, offer)
    }
}

/// A REFER's or a Replaces header's dialog: Call-ID and tags as the *referrer* sees them (RFC 3891).
public struct ReplacedDialog: Equatable, Sendable {
    /// The dialog's Call-ID.
    public var callID: String
    /// The tags.
    public var toTag: String, fromTag: String
    /// A reference from its parts.
    public init(callID: String, toTag: String, fromTag: String) {
        (self.callID, self.toTag, self.fromTag) = (callID, toTag, fromTag)
    }
}

/// What happened to a session.
public enum SessionFact: Equatable, Sendable {
    /// Somebody calls.
    case invited(Incoming)
    /// The called one sent 180 (rings) or 183/180 with SDP (early media); once per change, of whichever early dialog.
    case progressed(status: Int, SessionDescription?)
    /// The called one answered; ACK is sent by Signalling.
    case answered(SessionDescription)
    /// Our 200 was acknowledged; the description is the answer to our late offer, if there was one.
    case confirmed(SessionDescription?)
    /// A re-INVITE or UPDATE brought a new offer (nil: re-INVITE without SDP, we must offer). Answer with accept/refuseReoffer.
    case reoffered(SessionDescription?)
    /// The answer to our re-INVITE; nil: refused, the session goes on as it was.
    case reanswered(SessionDescription?)
    /// REFER: 202 is sent. `replaces` is the session of ours that the Replaces names, looked up by Call-ID and tags alone.
    case referred(to: SIPURI, replaces: SessionID?)
    /// A key by SIP INFO.
    case digit(Digit)
    /// It is over. `byFarEnd`: a BYE that waits to be answered by `answerBye` (or `end`), or a CANCEL already answered.
    case ended(Cause, status: Int?, byFarEnd: Bool)
}

/// What the SIP side wants done or known.
public enum SignallingOutput: Equatable, Sendable {
    /// Put this on the wire.
    case send(Message, Flow)
    /// Something happened to a session; a new id comes with `.invited`.
    case session(SessionID, SessionFact)
    /// A phone came or refreshed.
    case registered(Binding)
    /// A phone left or its time ran out.
    case unregistered(Binding)
    /// An INVITE of somebody who is known was refused before it became a session: it needs a record.
    case turnedAway(Incoming, Cause)
    /// Something happened to a subscription; a new id comes with `.requested`.
    case subscription(SubscriptionID, SubscriptionFact)
    /// A request was refused or dropped, for counters and the diagnosis.
    case refused(reason: String, from: Endpoint)
}
