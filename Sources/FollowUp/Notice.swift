import Routing
import Telephony

/// That somebody is to be told of a call that reached nobody, of a message, or that a call back was ordered.
public struct Notice: Equatable, Sendable {
    /// The call.
    public var call: CallRecord
    /// The task that it opened or raised; nil: nobody can be called back, or nobody needs to be.
    public var task: CallbackTask?
    /// Whom: the person it was meant for, or everybody whose phone rang, and who is to call back.
    public var recipients: [ExtensionNumber]

    /// A notice from its parts.
    public init(call: CallRecord, task: CallbackTask?, recipients: [ExtensionNumber]) {
        (self.call, self.task, self.recipients) = (call, task, recipients)
    }

    /// What it is about.
    public var kind: NoticeKind { call.callback != nil ? .callback : call.message != nil ? .voicemail : .missed }
}

/// What a notice is about.
public enum NoticeKind: String, Hashable, Sendable, CaseIterable {
    /// A client called and reached nobody.
    case missed
    /// He left a message.
    case voicemail
    /// He ordered a call back.
    case callback
    /// What is due this morning.
    case digest
    /// Words for a caller.
    case caller
}

/// One notice to one address: a line of the outbox.
public struct OutgoingNotice: Equatable, Sendable {
    /// What tells it from all others: whoever gets two with the same key has got one twice.
    public var key: String
    /// What it is about.
    public var kind: NoticeKind
    /// When that was: milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var at: Int64, utcOffset: Int
    /// Where it goes.
    public var address: NoticeAddress
    /// Whom it is for.
    public var people: [ExtensionNumber]
    /// The call and the task, if it is about one.
    public var call: CallID?, task: TaskID?
    /// The client's number and name; empty: he hides it, or nobody knows.
    public var client = "", name = ""
    /// Its first line, and all of it: words, or for a webhook the body.
    public var subject: String, text: String
    /// The voicemail message to send along.
    public var message: Int?
    /// It is left out where this address got one within so long before; nil: never.
    public var quiet: Duration?

    /// A notice from its parts.
    public init(
        key: String, kind: NoticeKind, at: Int64, utcOffset: Int, address: NoticeAddress, people: [ExtensionNumber] = [],
        subject: String, text: String
    ) {
        (self.key, self.kind, self.at, self.utcOffset, self.address) = (key, kind, at, utcOffset, address)
        (self.people, self.subject, self.text) = (people, subject, text)
    }
}

/// A notice in the outbox, and what has become of it.
public struct PostedNotice: Equatable, Sendable {
    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// It is to be sent.
        case waiting
        /// It is in the list, which is all that was wanted.
        case listed
        /// Its receiver has taken it.
        case sent
        /// It will not be sent: its receiver does not take it, or it has waited too long.
        case failed
    }

    /// Counted over restarts, in the order of sending.
    public var id: Int
    /// The notice.
    public var notice: OutgoingNotice
    /// How far it is.
    public var state: State
    /// How often it was tried, when last (milliseconds since 1970 UTC), and what was wrong then.
    public var tries = 0, triedAt: Int64?, reason: Wording?

    /// A notice from its parts.
    public init(id: Int, notice: OutgoingNotice, state: State, tries: Int = 0, triedAt: Int64? = nil, reason: Wording? = nil) {
        (self.id, self.notice, self.state) = (id, notice, state)
        (self.tries, self.triedAt, self.reason) = (tries, triedAt, reason)
    }
}
