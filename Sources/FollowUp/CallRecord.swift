import Telephony

/// How a call came out, for the business. A call from outside comes out in exactly one of these ways.
public enum CallResult: String, Sendable, CaseIterable {
    /// Somebody talked to the caller. Menus, prompts, music and machines are nobody.
    case answered
    /// Nobody did.
    case missed
    /// A menu or prompt satisfied the caller.
    case served
    /// The exchange could not or would not take it.
    case refused
    /// The exchange was killed while it was up.
    case interrupted
}

/// One call as it is kept for years: a fold over its journal.
public struct CallRecord: Equatable, Sendable {
    /// One party that was tried.
    public struct Leg: Equatable, Sendable {
        /// An extension's number, an outside number, or `voicemail` and its box.
        public var target: String
        /// When it began to be tried: milliseconds since 1970 UTC.
        public var at: Int64
        /// How long it rang.
        public var rang: Duration
        /// How it came out.
        public var outcome: LegOutcome

        /// A leg from its parts.
        public init(target: String, at: Int64, rang: Duration, outcome: LegOutcome) {
            (self.target, self.at, self.rang, self.outcome) = (target, at, rang, outcome)
        }
    }

    /// A call back that was ordered: on which number, by which department, and since when the client has waited for it (milliseconds
    /// since 1970 UTC).
    public struct CallbackOrder: Equatable, Sendable {
        /// Whom to call.
        public var number: String
        /// Whose queue keeps his place, and since when.
        public var department: String, since: Int64
        /// How often he was called in vain, and when last.
        public var tries = 0, lastTry: Int64?

        /// An order from its parts.
        public init(number: String, department: String, since: Int64, tries: Int = 0, lastTry: Int64? = nil) {
            (self.number, self.department, self.since) = (number, department, since)
            (self.tries, self.lastTry) = (tries, lastTry)
        }
    }

    /// The outside party of a call: who it is, as far as is known.
    public struct Client: Equatable, Sendable {
        /// Normalised, `+7…`; as it was dialled where the number has no such form.
        public var number: String
        /// His line in the contact book.
        public var contact: Int?
        /// His name, from the book, the hook or the network; empty where nobody tells one.
        public var name: String
        /// Whether the office knows him: by the book, by the hook, or from an earlier call.
        public var isKnown: Bool

        /// A client from his parts.
        public init(number: String, contact: Int? = nil, name: String = "", isKnown: Bool = false) {
            (self.number, self.contact, self.name, self.isKnown) = (number, contact, name, isKnown)
        }

        /// What makes two calls calls of one client: the contact, whose numbers may be many, else the number.
        public var key: String { contact.map { "contact \($0)" } ?? number }
    }

    /// The call.
    public var id: CallID
    /// When it came: milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var at: Int64, utcOffset: Int
    /// Whether these times were told by a clock that could be believed.
    public var isDated = true
    /// Which way.
    public var direction: CallDirection
    /// Caller as normalised (`+7…` or `101`) and dialled number as dialled.
    public var from: String, to: String
    /// The caller's number as it was received, where that is not `from`.
    public var received: String?
    /// The outside party; nil: an internal call, or a caller who hides his number.
    public var client: Client?
    /// The company number it came on, if from outside.
    public var number: String?
    /// The department that it was given to first.
    public var department: String?
    /// Who answered; for a missed direct call the first addressee.
    public var employee: String?
    /// The person it was meant for first, whoever answered; nil: a department's call.
    public var addressee: String?
    /// Whether that person was not there to answer it: on leave, out of his hours, without a phone.
    public var isAway = false
    /// The company number's label.
    public var label: String?
    /// The message that the caller left on the answering machine.
    public var message: Int?
    /// How long its recording is, as long as there is one; nil: there is none, or the record has just been made.
    public var recording: Duration?
    /// The call back that the caller ordered instead of waiting; known until its task is opened.
    public var callback: CallbackOrder?
    /// How it came out.
    public var result: CallResult
    /// Why it ended.
    public var cause: Cause
    /// From arrival to answer or end; how much of that a phone rang; and the talk.
    public var wait: Duration, ringing = Duration.zero, talk: Duration
    /// What somebody has to do about it.
    public var task: TaskID?
    /// Everyone tried, in order.
    public var legs: [Leg]
    /// Why it went where it went, in the order the rules were asked; kept for the newest calls only.
    public var reasons: [Explanation]

    /// A record of a call that nothing has happened to yet.
    public init(id: CallID, at: Int64, utcOffset: Int = 0, direction: CallDirection = .internal, from: String, to: String) {
        (self.id, self.at, self.utcOffset, self.direction, self.from, self.to) = (id, at, utcOffset, direction, from, to)
        (result, cause, wait, talk, legs) = (.missed, .normalClearing, .zero, .zero, [])
        reasons = []
    }

    /// Whether anybody talked, also where the call was cut later.
    public var isTalk: Bool { result == .answered || legs.contains { $0.outcome == .answered } }

    /// When the talk began, or else when the call ended: milliseconds since 1970 UTC.
    public var waitEnded: Int64 { at + wait.milliseconds }

    /// A client who reached nobody because no line was free: he was refused, or nobody could be rung.
    public var isLineless: Bool { isMissedByClients && cause == .noCircuit }

    /// A client who called and reached nobody: missed, or refused because no line was free. Internal calls never are.
    public var isMissedByClients: Bool {
        guard direction == .incoming else { return false }
        switch result {
        case .missed: return true
        case .refused: return cause == .noCircuit
        case .answered, .served, .interrupted: return false
        }
    }

    /// Whether somebody has to call back: the client reached nobody, also where the power failed before anybody could.
    public var isLost: Bool { isMissedByClients || direction == .incoming && result == .interrupted && !isTalk }
}
