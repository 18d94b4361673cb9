/// Which way a call crosses the office's border.
public enum CallDirection: String, Sendable {
    case incoming = "in"
    case outgoing = "out"
    case `internal` = "internal"
}

/// How one leg of a call came out.
public enum LegOutcome: String, Sendable {
    case answered, noAnswer, busy, declined, unreachable, cancelled, elsewhere, machine

    /// The outcome of a leg that ended unanswered with `cause`.
    public init(unanswered cause: Cause) {
        switch cause {
        case .busy: self = .busy
        case .declined, .forbidden: self = .declined
        case .answeredElsewhere: self = .elsewhere
        case .cancelled: self = .cancelled
        case .noAnswer, .normalClearing: self = .noAnswer
        case .unallocated, .unreachable, .invalidNumber, .noCircuit, .networkFailure, .incompatibleMedia, .timeout, .loop,
            .interrupted:
            self = .unreachable
        }
    }
}

/// The story of one call, written by the one who knew while it happened; a call record is a fold over it.
public struct CallJournal: Equatable, Sendable {
    /// What happened, in the past tense.
    public enum Entry: Equatable, Sendable {
        /// The call came: which way, from whom (number and name as shown), the number dialled.
        case arrived(CallDirection, from: String, name: String, to: String)
        /// It came on this company number, with this label.
        case number(String, label: String?)
        /// The caller's number as it was received, where that is not how it is written here.
        case received(String)
        /// It was given to a department.
        case department(String)
        /// It is meant for this person; the first one carries the blame if nobody answers.
        case addressed(String)
        /// That person is not there: on leave, out of his hours, on a pause, or without a phone. It is not his to answer.
        case away(String)
        /// It came to this voice menu.
        case menu(String)
        /// He sat down in this conference room.
        case conference(String)
        /// A menu or prompt told the caller all he wanted.
        case served(by: String)
        /// The caller would rather be called back than wait: on this number, by this department, for which he has waited since then
        /// (milliseconds since 1970 UTC).
        case callbackOrdered(number: String, department: String, since: Int64)
        /// A machine took it for this voicemail box.
        case voicemail(box: String)
        /// The caller left a message there; its number.
        case message(Int)
        /// A reason why it goes where it goes.
        case because(Explanation)
        /// A leg towards `target` began to be tried; for this member, where it is not his own number.
        case dialled(LegID, target: String, member: String? = nil)
        /// Its phone rang.
        case rang(LegID)
        /// It was picked up, and whoever it was is asked or told something first.
        case pickedUp(LegID)
        /// It was answered; the caller talks to it.
        case answered(LegID)
        /// It ended.
        case ended(LegID, Cause)
        /// The transferor left the call to `target`.
        case transferred(by: String, to: String)
        /// The caller's connection ended, or the last talk did; nothing comes after.
        case closed(Cause)
    }

    /// An entry and when it happened.
    public struct Line: Equatable, Sendable {
        /// When.
        public var at: Moment
        /// What.
        public var entry: Entry
    }

    /// The call.
    public let call: CallID
    /// In the order it happened.
    public private(set) var lines: [Line] = []

    /// An empty journal of `call`.
    public init(_ call: CallID) { self.call = call }

    /// Writes one more line.
    public mutating func note(_ entry: Entry, at moment: Moment) { lines.append(Line(at: moment, entry: entry)) }
}
