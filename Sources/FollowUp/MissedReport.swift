import Telephony

/// The report on missed calls of a period: whom nobody answered, who was called back, when and by whom. One value, printed three ways.
public struct MissedReport {
    /// Calls with the outside, oldest first; of callers inside the office there are none.
    public var calls: [CallRecord]
    /// What became of them, by the calls' `task`; for the whole office or one person also calls before that were returned in the
    /// period.
    public var tasks: [TaskID: CallbackTask]
    /// The counts.
    public var totals: MissedTotals
    /// When, and the moment at which it is printed (milliseconds since 1970 UTC); nil while the clock is not to be trusted.
    public var span: ReportSpan, now: Int64?
    /// Whose.
    public var scope: ReportScope
    /// Of the text.
    public var language: Language
    /// Of the people.
    public var names: ReportNames
    /// The office's offset from UTC at a local time, whose own it ignores.
    private let offset: (CivilTime) -> Int
    /// Calls that let telephones ring, where these are others than `calls`.
    let offered: [CallRecord]
    /// The list is only the newest of the calls.
    private let isCut: Bool

    /// A report on `calls`, which are already those of the period and scope. `totals` count more than these where the list is only the
    /// newest of them, which the text then says; nil: these are all. `offered` are the calls that let a person's telephones ring, in a report
    /// on him alone, whoever they were for; nil: `calls`.
    public init(
        calls: [CallRecord], tasks: [TaskID: CallbackTask], totals: MissedTotals? = nil, offered: [CallRecord]? = nil,
        span: ReportSpan, now: Int64?,
        scope: ReportScope, language: Language, names: ReportNames, offset: @escaping (CivilTime) -> Int
    ) {
        self.calls = calls.filter { $0.direction != .internal }
        let counted = MissedTotals(self.calls, tasks: tasks)
        (self.tasks, self.totals, isCut) = (tasks, totals ?? counted, totals.map { $0 != counted } ?? false)
        self.offered = offered ?? self.calls
        (self.span, self.now, self.scope) = (span, now, scope)
        (self.language, self.names, self.offset) = (language, names, offset)
    }

    /// How a missed call came out.
    public enum Outcome: Equatable, Sendable {
        /// He called again and was answered; we called him; both in time.
        case gotThrough, calledBack
        /// Somebody said in time that it is done; what he did nobody knows.
        case byHand
        /// Whoever called, it was so many seconds too late.
        case late(by: Int)
        /// Nobody talked to him, and the deadline is past; or it is still to come, at this moment.
        case never
        case waiting(until: Int64)
        /// He did not answer our call.
        case tried
        /// Somebody called him, or talked to him; when, nobody knows.
        case triedSometime
        /// He hides his number.
        case anonymous
        /// Nobody knows what time it is.
        case unknown
    }

    /// What became of a missed call.
    public func outcome(of call: CallRecord) -> Outcome {
        guard call.client != nil else { return .anonymous }
        guard let task = call.task.flatMap({ tasks[$0] }) else { return .never }
        guard let deadline = task.deadline?.utc(offset: offset), let verdict = task.verdict, !task.isTimeUnknown else {
            return task.verdict == nil ? .unknown : .triedSometime
        }
        switch verdict {
        case .inTime:
            switch task.closing?.way {
            case .incoming?: return .gotThrough
            case .outgoing?, nil: return .calledBack
            case .manual?: return .byHand
            }
        case .late: return .late(by: task.closing.map { Int($0.at.utc / 1000 - deadline / 1000) } ?? 0)
        case .notReturned:
            guard let now else { return .unknown }
            return now / 1000 <= deadline / 1000 ? .waiting(until: deadline) : .never
        case .tried: return .tried
        }
    }

    /// Missed calls of callers who can be called back, oldest first.
    var missed: [CallRecord] { calls.filter { $0.isMissedByClients && $0.client != nil } }

    /// Those of them that were never returned, or too late: the default list.
    var problems: [CallRecord] {
        missed.filter { call in
            switch outcome(of: call) {
            case .late, .never: true
            case .gotThrough, .calledBack, .byHand, .waiting, .tried, .triedSometime, .anonymous, .unknown: false
            }
        }
    }

    /// Each client's task once.
    var ownTasks: [CallbackTask] { Set(missed.compactMap(\.task)).sorted().compactMap { tasks[$0] } }

    /// When its deadline is: milliseconds since 1970 UTC.
    func deadline(of task: CallbackTask) -> Int64? { task.deadline?.utc(offset: offset) }

    /// The clock on the office's wall at a moment.
    func civil(_ utc: Int64, near nearby: Int) -> CivilTime {
        let nearly = CivilTime(utc: utc, offset: nearby)
        return CivilTime(utc: utc, offset: offset(nearly))
    }

    // MARK: For programs

    private static let ownKeys = ["deadline", "returnedAt", "returnedBy", "verdict", "returnedHow", "task"]

    /// The stable keys; `calls` are the missed ones, oldest first, those of anonymous callers among them.
    public var json: JSON {
        let reaction = Reaction(ownTasks)
        return .object([
            ("period", .string("\(span.days.lowerBound.iso)..\(span.days.upperBound.iso)")), ("scope", .string(scope.words)),
            ("answered", .integer(totals.answered)), ("missed", .integer(totals.missed)), ("clients", .integer(totals.clients)),
            ("inTime", .integer(totals.inTime)), ("late", .integer(totals.late)), ("notReturned", .integer(totals.notReturned)),
            ("tried", .integer(totals.tried)), ("anonymous", .integer(totals.anonymous)), ("noLine", .integer(totals.noLine)),
            ("interrupted", .integer(totals.interrupted)),
            ("medianReaction", reaction.map { .integer($0.median) } ?? .null),
            ("ninetiethReaction", reaction.map { .integer($0.ninetieth) } ?? .null),
            ("calls", .array(listed.map { .object(members($0)) })),
        ])
    }

    /// RFC 4180 in UTF-8 with a header row: the same calls with the same keys.
    public var csv: String {
        let head = (CallReport.keys + Self.ownKeys).joined(separator: ",") + "\r\n"
        return listed.reduce(into: head) { $0 += CallReport.csvLine(members($1), legs: $1.legs) }
    }

    private var listed: [CallRecord] { calls.filter(\.isMissedByClients) }

    private func members(_ call: CallRecord) -> [(String, JSON)] {
        let task = call.task.flatMap { tasks[$0] }
        let iso = { (utc: Int64?) -> JSON in .optional(utc.map { civil($0, near: call.utcOffset).iso8601 }) }
        let verdict = call.client == nil ? "anonymous" : (task?.verdict ?? .notReturned).rawValue
        let values: [JSON] = [
            iso(task.flatMap(deadline)), iso(task?.closing?.at.utc), .optional(task?.closing?.by), .string(verdict),
            .optional(task?.closing?.way.rawValue), call.task.map { .integer($0.number) } ?? .null,
        ]
        return CallReport.members(call, language) + Array(zip(Self.ownKeys, values))
    }

    /// Whether the lists are cut, and to how many calls.
    var cutTo: Int? { isCut ? calls.count : nil }
}

extension ReportScope {
    /// As a command writes it; `office` for everybody.
    public var words: String {
        switch self {
        case .all: "office"
        case .department(let id): "department \(id)"
        case .operator(let number): "operator \(number)"
        case .number(let number): "number \(number)"
        }
    }
}
