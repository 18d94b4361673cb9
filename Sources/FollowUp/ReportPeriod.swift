import Telephony

/// A date on the wall calendar.
public struct CivilDate: Hashable, Comparable, Sendable {
    /// Year, month 1…12, day 1…31.
    public let year: Int, month: Int, day: Int

    /// The date, or nil where the calendar has no such day or the year is not 1970…9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1970...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        self.init(dayNumber: CivilTime.dayNumber(year: year, month: month, day: day))
        guard self.month == month, self.day == day else { return nil }
    }

    /// Reads `2026-12-31`; nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], parts.joined().utf8.allSatisfy({ (48...57).contains($0) }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The date `dayNumber` days after 1970-01-01.
    public init(dayNumber: Int) { (year, month, day) = CivilTime.date(daysSince1970: dayNumber) }

    /// Days since 1970-01-01.
    public var dayNumber: Int { CivilTime.dayNumber(year: year, month: month, day: day) }

    /// The date `days` later.
    public func advanced(by days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }

    /// Earlier first.
    public static func < (left: CivilDate, right: CivilDate) -> Bool { left.dayNumber < right.dayNumber }

    /// `2026-12-31`.
    public var iso: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }
}

/// The days that a report is about, as a person asks for them.
public enum ReportPeriod: Hashable, Sendable {
    case today, yesterday
    case day(CivilDate)
    /// A calendar month, 1…12.
    case month(year: Int, month: Int)
    /// From the beginning of the first to the end of the second, whichever is written first.
    case days(CivilDate, CivilDate)

    /// The days themselves, seen from `today`.
    public func days(today: CivilDate) -> ClosedRange<CivilDate> {
        switch self {
        case .today: return today...today
        case .yesterday: return today.advanced(by: -1)...today.advanced(by: -1)
        case .day(let day): return day...day
        case .month(let year, let month):
            let first = CivilTime.dayNumber(year: year, month: month, day: 1)
            let next = month == 12 ? (year + 1, 1) : (year, month + 1)
            let last = CivilTime.dayNumber(year: next.0, month: next.1, day: 1) - 1
            return CivilDate(dayNumber: first)...CivilDate(dayNumber: last)
        case .days(let one, let other): return min(one, other)...max(one, other)
        }
    }

    /// The period on the world's clock. `now` is the office's wall clock; `offset` tells the office's offset from UTC (seconds
    /// east) at a local time, whose own `offset` it ignores: days across a change of clocks are 23 or 25 hours long.
    public func span(now: CivilTime, offset: (CivilTime) -> Int) -> ReportSpan {
        let days = days(today: CivilDate(dayNumber: now.dayNumber))
        func midnight(_ date: CivilDate) -> Int64 {
            var start = CivilTime(year: date.year, month: date.month, day: date.day)
            start.offset = offset(start)
            return start.utc
        }
        let begin = midnight(days.lowerBound)
        return ReportSpan(days: days, utc: begin..<max(begin, midnight(days.upperBound.advanced(by: 1))))
    }
}

/// A report's days and the same on the world's clock.
public struct ReportSpan: Hashable, Sendable {
    /// The office's days, both ends included.
    public let days: ClosedRange<CivilDate>
    /// Milliseconds since 1970 UTC, the end not included.
    public let utc: Range<Int64>

    /// A span from its parts.
    public init(days: ClosedRange<CivilDate>, utc: Range<Int64>) { (self.days, self.utc) = (days, utc) }
}

/// Whose calls a report is about.
public enum ReportScope: Hashable, Sendable {
    case all
    /// Calls that were given to the department first.
    case department(String)
    /// Calls that the extension made, answered or, as the first addressee, missed.
    case `operator`(String)
    /// Calls on a company number, written as in the records: `+7…`.
    case number(String)

    /// Whether the call belongs here.
    public func includes(_ call: CallRecord) -> Bool {
        switch self {
        case .all: true
        case .department(let id): call.department == id
        case .operator(let number): call.employee == number || call.from == number
        case .number(let number): call.number == number
        }
    }
}
