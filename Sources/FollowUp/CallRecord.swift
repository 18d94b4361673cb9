import Telephony

/// How a call came out, for the business.
public enum CallResult: String, Sendable, CaseIterable {
    /// Somebody talked to the caller.
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
        /// An extension's number, or an outside number.
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

    /// The call.
    public var id: CallID
    /// When it came: milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var at: Int64, utcOffset: Int
    /// Which way.
    public var direction: CallDirection
    /// Caller as normalised (`+7…` or `101`) and dialled number as dialled.
    public var from: String, to: String
    /// The company number it came on, if from outside.
    public var number: String?
    /// The department that it was given to first.
    public var department: String?
    /// Who answered; for a missed direct call the first addressee.
    public var employee: String?
    /// The company number's label.
    public var label: String?
    /// How it came out.
    public var result: CallResult
    /// Why it ended.
    public var cause: Cause
    /// From arrival to answer or end; and the talk.
    public var wait: Duration, talk: Duration
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
}
