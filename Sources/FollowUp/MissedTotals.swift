import Telephony

/// How many clients reached nobody, and what became of them. The four ways in which missed calls were returned add up to `missed`.
public struct MissedTotals: Equatable, Sendable {
    /// Calls from outside that somebody answered.
    public var answered = 0
    /// Calls from outside that nobody did, of callers whose number is known; with those for which no line was free.
    public var missed = 0
    /// How many clients these were.
    public var clients = 0
    /// By how they were returned.
    public var inTime = 0, late = 0, notReturned = 0, tried = 0
    /// Missed calls of callers who hide their number: nobody can call them back, and they are not among `missed`.
    public var anonymous = 0
    /// Calls, of `missed` and of `anonymous`, that failed because no line was free.
    public var noLine = 0
    /// Calls from outside that a restart of the exchange cut off before anybody had answered; not among `missed`.
    public var interrupted = 0

    /// No calls.
    public init() {}

    /// Counts `calls` one by one; `tasks` are theirs.
    public init(_ calls: some Sequence<CallRecord>, tasks: [TaskID: CallbackTask]) {
        var clients: Set<String> = []
        for call in calls where call.direction == .incoming {
            if call.result == .answered { answered += 1 }
            if call.result == .interrupted, !call.isTalk { interrupted += 1 }
            guard call.isMissedByClients else { continue }
            if call.isLineless { noLine += 1 }
            guard let client = call.client else {
                anonymous += 1
                continue
            }
            missed += 1
            clients.insert(client.key)
            add(1, call.task.flatMap { tasks[$0]?.verdict } ?? .notReturned)
        }
        self.clients = clients.count
    }

    /// `count` more returned in this way.
    public mutating func add(_ count: Int, _ verdict: Verdict) {
        switch verdict {
        case .inTime: inTime += count
        case .late: late += count
        case .notReturned: notReturned += count
        case .tried: tried += count
        }
    }
}

/// How fast clients were called back: from the first call in vain to the talk, in seconds.
public struct Reaction: Equatable, Sendable {
    /// Half of the clients waited no longer; of an even number the mean of the middle two.
    public var median: Int
    /// Nine of ten waited no longer (the nearest rank).
    public var ninetieth: Int

    /// The reaction to `tasks`; nil where no client was reached.
    public init?(_ tasks: some Sequence<CallbackTask>) {
        self.init(seconds: tasks.compactMap(\.reaction))
    }

    init?(seconds: [Int]) {
        guard !seconds.isEmpty else { return nil }
        let sorted = seconds.sorted()
        let half = sorted.count / 2
        median = sorted.count % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
        ninetieth = sorted[(sorted.count * 9 + 9) / 10 - 1]
    }
}

extension CallbackTask {
    /// Seconds from the first call in vain to the talk that ended it; nil where there was none, also where somebody said it is done.
    public var reaction: Int? {
        guard let closing, closing.way != .manual, !isTimeUnknown else { return nil }
        return Int(max(0, closing.at.utc / 1000 - first.utc / 1000))
    }
}
