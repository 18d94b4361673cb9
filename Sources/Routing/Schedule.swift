import Telephony

/// What a day does to calls: when the office works, and where each scheme sends them at which times.
public struct DaySchedule: Equatable, Sendable {
    /// One outcome of a scheme: for callers that fit `condition`, or for all others.
    public struct Outcome: Equatable, Sendable {
        /// The rule's number; nil: `otherwise`.
        public var rule: Int?
        /// What the rule asks besides the time, as written; empty: nothing.
        public var condition: String
        /// Where the call goes.
        public var target: Target
    }

    /// A scheme between two times of the day, both in seconds after midnight, the second one not included.
    public struct Span: Equatable, Sendable {
        public var from: Int, until: Int
        /// In the order they are asked; the last one takes every call.
        public var outcomes: [Outcome]
    }

    /// One scheme's day.
    public struct SchemeDay: Equatable, Sendable {
        /// Which scheme.
        public var scheme: SchemeID
        /// From midnight to midnight.
        public var spans: [Span]
    }

    /// The day of a department that has hours of its own: itself, and in other hours its rule for that or its no-answer chain.
    public struct DepartmentDay: Equatable, Sendable {
        /// Which department.
        public var department: DepartmentID
        /// From midnight to midnight.
        public var spans: [Span]
    }

    /// Days since 1970-01-01.
    public var day: Int
    /// The office's working hours that begin on this day, in seconds after midnight; nil: it sets none and is always open.
    public var hours: [WeeklyHours.Span]?
    /// The holiday; nil: none, or it is worked.
    public var holiday: WorkCalendar.Holiday?
    /// Whether the day is a day off that is worked.
    public var isWorkedDayOff: Bool
    /// By id.
    public var schemes: [SchemeDay]
    /// By id.
    public var departments: [DepartmentDay]
}

extension Router {
    /// What a day (since 1970-01-01) does to calls. `nights`: night keys that are pressed, from and until which second of the
    /// office's wall clock.
    public func schedule(of day: Int, nights: [String: Range<Int>] = [:]) -> DaySchedule {
        let calendar = office.calendar
        let date = CivilTime.date(daysSince1970: day)
        let midnight = CivilTime(year: date.year, month: date.month, day: date.day)
        return DaySchedule(
            day: day,
            hours: calendar.hours.spans.isEmpty && calendar.holiday(on: midnight) == nil ? nil : calendar.spans(on: day),
            holiday: calendar.holiday(on: midnight), isWorkedDayOff: calendar.workdays.contains(day),
            schemes: office.schemes.values.sorted { $0.id < $1.id }.map { scheme in
                let night = scheme.nightKey.flatMap { nights[$0] }
                return .init(scheme: scheme.id, spans: spans(of: scheme, on: midnight, night: night))
            },
            departments: office.departments.values.sorted { $0.id < $1.id }.compactMap { department in
                department.hours.map { .init(department: department.id, spans: spans(of: department, $0, on: midnight)) }
            })
    }

    private func spans(of scheme: Scheme, on midnight: CivilTime, night: Range<Int>?) -> [DaySchedule.Span] {
        let hours = scheme.rules.flatMap(\.conditions).compactMap { condition -> WeeklyHours.Span? in
            if case .hours(let span) = condition { span } else { nil }
        }
        let nightEdges = night.map {
            [$0.lowerBound, $0.upperBound].map { $0.subtractingReportingOverflow(midnight.wallSecond).0 }
        }
        return spans(on: midnight, edges: (office.calendar.hours.spans + hours).edges + (nightEdges ?? [])) { time in
            outcomes(of: scheme, at: time, isNight: night?.contains(time.wallSecond) ?? false)
        }
    }

    private func spans(of department: Department, _ hours: WeeklyHours, on midnight: CivilTime) -> [DaySchedule.Span] {
        var calendar = office.calendar
        calendar.hours = hours
        let closed = department.onClosed ?? department.noAnswer.first?.target ?? office.noAnswer.target
        return spans(on: midnight, edges: hours.spans.edges) { time in
            [.init(rule: nil, condition: "", target: calendar.isOpen(time) ? .department(department.id) : closed)]
        }
    }

    /// The day in pieces of the same outcomes, cut at these seconds.
    private func spans(
        on midnight: CivilTime, edges: [Int], outcomes: (CivilTime) -> [DaySchedule.Outcome]
    ) -> [DaySchedule.Span] {
        let edges = Set(edges + [0]).filter { (0..<86_400).contains($0) }.sorted()
        var spans: [DaySchedule.Span] = []
        for (place, edge) in edges.enumerated() {
            let time = CivilTime(
                year: midnight.year, month: midnight.month, day: midnight.day, hour: edge / 3600, minute: edge / 60 % 60,
                second: edge % 60)
            let outcomes = outcomes(time)
            let until = place + 1 < edges.count ? edges[place + 1] : 86_400
            if let last = spans.indices.last, spans[last].outcomes == outcomes {
                spans[last].until = until
            } else {
                spans.append(.init(from: edge, until: until, outcomes: outcomes))
            }
        }
        return spans
    }

    /// The rules that can decide at a time, up to the first that asks for nothing else.
    private func outcomes(of scheme: Scheme, at time: CivilTime, isNight: Bool) -> [DaySchedule.Outcome] {
        var outcomes: [DaySchedule.Outcome] = []
        for rule in scheme.rules where rule.conditions.allSatisfy({ holds($0, at: time, isNight: isNight) ?? true }) {
            let condition = zip(rule.conditions, rule.clauses).filter { holds($0.0, at: time, isNight: isNight) == nil }.map(\.1)
                .joined(
                    separator: " and ")
            outcomes.append(.init(rule: rule.number, condition: condition, target: rule.target))
            if condition.isEmpty { return outcomes }
        }
        return outcomes + [.init(rule: nil, condition: "", target: scheme.otherwise)]
    }
}

extension [WeeklyHours.Span] {
    /// The seconds of the day at which something begins or ends.
    fileprivate var edges: [Int] { flatMap { [$0.from, $0.until] } }
}

extension SchemeRule {
    /// Its conditions one by one, as written.
    fileprivate var clauses: [String] { words.split(separator: " ").split(separator: "and").map { $0.joined(separator: " ") } }
}

extension WorkCalendar {
    /// The working hours that begin on a date; none on a day off.
    public func spans(on dayNumber: Int) -> [WeeklyHours.Span] {
        guard let day = hoursDay(dayNumber) else { return [] }
        return hours.spans.filter { !$0.days.isDisjoint(with: day) }.sorted { $0.from < $1.from }
    }
}
