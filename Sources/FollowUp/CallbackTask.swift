import Routing
import Telephony

/// How a missed call was returned; decided at its deadline, and for ever.
public enum Verdict: String, Sendable, CaseIterable {
    /// Somebody talked to the client by the deadline.
    case inTime
    /// Somebody talked to him, but after it.
    case late
    /// Nobody has.
    case notReturned
    /// He was called by the deadline and did not answer. It stays so when he is reached later: whoever tries again is not punished. Also
    /// while nobody knows whether a call to him was by the deadline.
    case tried
}

/// When something happened on the office's clock, and whether that clock could be believed.
public struct Stamp: Equatable, Sendable {
    /// How a time came to be known.
    public enum Dating: Equatable, Sendable {
        /// By a clock that could be believed, then or later.
        case trusted
        /// By one that nobody vouched for, in this run, at this moment of the monotonic clock: how long ago it was is known.
        case thisRun(Instant)
        /// The same in a run before: nothing is known but that it was.
        case earlierRun
    }

    /// Milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var utc: Int64, utcOffset: Int
    /// How it is known.
    public var dating: Dating

    /// A time from its parts.
    public init(utc: Int64, utcOffset: Int, dating: Dating = .trusted) {
        (self.utc, self.utcOffset, self.dating) = (utc, utcOffset, dating)
    }

    /// Now.
    public init(_ moment: Moment) {
        self.init(
            utc: moment.utc, utcOffset: moment.utcOffset,
            dating: moment.clockTrust == .trusted ? .trusted : .thisRun(moment.uptime))
    }

    /// The same time at a moment whose clock is right. What an earlier run left undated counts as if it were now.
    func dated(at moment: Moment) -> Stamp {
        switch dating {
        case .trusted: self
        case .thisRun(let uptime):
            Stamp(utc: moment.utc - (moment.uptime - uptime).milliseconds, utcOffset: moment.utcOffset)
        case .earlierRun: Stamp(moment)
        }
    }
}

/// Somebody has to call a client. A client has one at a time: each further call that reaches nobody raises it.
public struct CallbackTask: Equatable, Sendable {
    /// What is happening to it; whether that was in time is another question, `verdict`.
    public enum State: String, Sendable, CaseIterable {
        case open, claimed, done
    }

    /// How it was closed.
    public enum Way: String, Sendable, CaseIterable {
        /// The client called and was answered.
        case incoming
        /// We called and he answered.
        case outgoing
        /// Somebody said it is done.
        case manual
    }

    /// Its end.
    public struct Closing: Equatable, Sendable {
        /// How.
        public var way: Way
        /// When the talk began, or the word was said.
        public var at: Stamp
        /// By whom, and in which call.
        public var by: String?, call: CallID?

        /// An end from its parts.
        public init(way: Way, at: Stamp, by: String?, call: CallID? = nil) {
            (self.way, self.at, self.by, self.call) = (way, at, by, call)
        }
    }

    /// A call to the client that he did not answer.
    public struct Attempt: Equatable, Sendable {
        /// When it began.
        public var at: Stamp
        /// Who called.
        public var by: String
        /// An attempt from its parts.
        public init(at: Stamp, by: String) { (self.at, self.by) = (at, by) }
    }

    /// Its number.
    public var id: TaskID
    /// Why.
    public var kind: TaskKind
    /// Who is to be called, on the number that he called from last.
    public var client: CallRecord.Client
    /// All numbers that he called from, the last one last.
    public var numbers: [String]
    /// The company number and the department that he called last, if he did.
    public var number: String?, department: String?
    /// How often he called in vain.
    public var attempts = 1
    /// When he did first and last, that is: gave up.
    public var first: Stamp, last: Stamp
    /// Until when it must be done, counted from the first; nil while nobody knows what time it is.
    public var deadline: Deadline?
    /// Who is to do it; nil: anybody.
    public var assignee: Responsible?
    /// The last call to him that he did not answer, and whether there was one by the deadline.
    public var tried: Attempt?, wasTriedInTime = false
    /// The call back that the exchange makes by itself; nil: none was ordered, or he has been talked to.
    public var callback: CallRecord.CallbackOrder?
    /// Its end; nil: it is open.
    public var closing: Closing?
    /// What somebody wrote down.
    public var note = ""

    /// A task of a call that reached nobody.
    public init(
        id: TaskID, kind: TaskKind = .missed, client: CallRecord.Client, first: Stamp, deadline: Deadline?,
        assignee: Responsible? = nil
    ) {
        (self.id, self.kind, self.client, numbers) = (id, kind, client, [client.number])
        (self.first, last, self.deadline, self.assignee) = (first, first, deadline, assignee)
    }

    /// Whether it was done in time; nil while nobody knows what time it is, and nobody called.
    public var verdict: Verdict? {
        guard let deadline, isCallTimed else { return wasCalled ? .tried : nil }
        if let closing, deadline.isMet(at: closing.at.utc, offset: closing.at.utcOffset) { return .inTime }
        if wasTriedInTime { return .tried }
        return closing == nil ? .notReturned : .late
    }

    /// Whether somebody of ours called the client, or talked to him.
    private var wasCalled: Bool { tried != nil || closing.map { $0.way != .manual } ?? false }

    /// Whether it is known when he was called back, if he was: what is not decided by an earlier call.
    private var isCallTimed: Bool {
        if let closing { return closing.at.dating == .trusted }
        return wasTriedInTime || tried?.at.dating ?? .trusted == .trusted
    }

    /// Whether nobody knows when it is due, or when the client was called back: nothing can be said of its time.
    public var isTimeUnknown: Bool { deadline == nil || !isCallTimed }

    /// Whether a time of it is to be put right once the clock can be believed.
    var isUndated: Bool {
        deadline == nil || closing.map { $0.at.dating != .trusted } ?? false || tried.map { $0.at.dating != .trusted } ?? false
    }

    /// Puts its times right, and what follows from them.
    mutating func date(at moment: Moment, rules: FollowUpRules, calendar: WorkCalendar) {
        let before = first
        (first, last) = (first.dated(at: moment), last.dated(at: moment))
        if case .thisRun = before.dating { callback?.since += first.utc - before.utc }
        if let deadline = Deadline(missedAt: first, rules: rules, calendar: calendar), self.deadline == nil {
            self.deadline = deadline
        }
        if let closing { self.closing?.at = closing.at.dated(at: moment) }
        if let attempt = tried {
            tried?.at = attempt.at.dated(at: moment)
            noteAttempt()
        }
    }

    /// An attempt by the deadline is remembered for ever.
    mutating func noteAttempt() {
        guard let tried, tried.at.dating == .trusted, let deadline else { return }
        wasTriedInTime = wasTriedInTime || deadline.isMet(at: tried.at.utc, offset: tried.at.utcOffset)
    }
}
