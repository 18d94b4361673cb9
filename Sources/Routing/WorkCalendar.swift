import Telephony

/// Days of the week, Monday first.
public struct DaysOfWeek: OptionSet, Hashable, Sendable {
    /// Bit 0 is Monday, bit 6 Sunday.
    public let rawValue: UInt8
    /// Days from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// The day of an ISO weekday, 1 = Monday.
    public init(isoWeekday: Int) { rawValue = 1 << UInt8(isoWeekday - 1) }

    /// Every day.
    public static let daily = DaysOfWeek(rawValue: 0x7F)
    /// Monday to Friday.
    public static let weekdays = DaysOfWeek(rawValue: 0x1F)
}

/// Spans of the day on days of the week: opening hours. A span that ends before it begins crosses midnight and belongs to the
/// day on which it begins.
public struct WeeklyHours: Hashable, Sendable {
    /// One line of the configuration.
    public struct Span: Hashable, Sendable {
        /// The days on which it begins.
        public var days: DaysOfWeek
        /// Seconds after local midnight; `until` is not part of the span, and 86 400 is the end of the day.
        public var from: Int, until: Int

        /// A span from its parts.
        public init(days: DaysOfWeek, from: Int, until: Int) { (self.days, self.from, self.until) = (days, from, until) }

        var crossesMidnight: Bool { until <= from }
    }

    /// They add up.
    public var spans: [Span]

    /// Hours from their spans.
    public init(_ spans: [Span] = []) { self.spans = spans }

    /// Whether `second` of the day is inside a span that began on a day like `days`.
    func covers(_ second: Int, begunOn days: DaysOfWeek) -> Bool {
        spans.contains { !$0.days.isDisjoint(with: days) && second >= $0.from && (second < $0.until || $0.crossesMidnight) }
    }

    /// Whether `second` of the day is inside the rest of a span that began the day before, on a day like `days`.
    func spills(_ second: Int, begunOn days: DaysOfWeek) -> Bool {
        spans.contains { !$0.days.isDisjoint(with: days) && $0.crossesMidnight && second < $0.until }
    }

    /// Whether the wall clock is inside, with no regard to holidays.
    public func contains(_ time: CivilTime) -> Bool {
        covers(time.secondOfDay, begunOn: DaysOfWeek(isoWeekday: time.weekday))
            || spills(time.secondOfDay, begunOn: DaysOfWeek(isoWeekday: (time.weekday + 5) % 7 + 1))
    }
}

/// When the office works: hours of the week, holidays, and weekend days that are worked.
public struct WorkCalendar: Hashable, Sendable {
    /// Days off, both ends included.
    public struct Holiday: Hashable, Sendable {
        /// Days since 1970-01-01.
        public var first: Int, last: Int
        /// Shown in explanations.
        public var name: String
        /// A holiday from its parts.
        public init(first: Int, last: Int, name: String = "") { (self.first, self.last, self.name) = (first, last, name) }
    }

    /// Opening hours; none: always open.
    public var hours: WeeklyHours
    /// Days off.
    public var holidays: [Holiday]
    /// Days (since 1970-01-01) that are worked although the week or a holiday says otherwise.
    public var workdays: Set<Int>

    /// A calendar from its parts.
    public init(hours: WeeklyHours = WeeklyHours(), holidays: [Holiday] = [], workdays: Set<Int> = []) {
        (self.hours, self.holidays, self.workdays) = (hours, holidays, workdays)
    }

    /// The holiday that the date is in; nil on a day that is worked all the same.
    public func holiday(on time: CivilTime) -> Holiday? {
        workdays.contains(time.dayNumber) ? nil : holidays.first { ($0.first...$0.last).contains(time.dayNumber) }
    }

    /// Whether the office works now. A worked weekend day has the hours of the last weekday before it that has any.
    public func isOpen(_ time: CivilTime) -> Bool {
        if hours.spans.isEmpty { return holiday(on: time) == nil }
        if let today = hoursDay(time.dayNumber), hours.covers(time.secondOfDay, begunOn: today) { return true }
        if let yesterday = hoursDay(time.dayNumber - 1), hours.spills(time.secondOfDay, begunOn: yesterday) { return true }
        return false
    }

    /// Whether any work begins on that day.
    public func isWorkingDay(_ dayNumber: Int) -> Bool {
        guard let day = hoursDay(dayNumber) else { return false }
        return hours.spans.isEmpty || hours.spans.contains { !$0.days.isDisjoint(with: day) }
    }

    /// When the next working day begins, today's too where it is still to come: in seconds of the wall clock since 1970-01-01; nil where the office never closes or, for a year
    /// ahead, never opens.
    public func nextMorning(after time: CivilTime) -> Int? {
        guard !hours.spans.isEmpty else { return nil }
        for day in time.dayNumber...(time.dayNumber + 366) {
            guard let weekday = hoursDay(day) else { continue }
            let starts = hours.spans.filter { !$0.days.isDisjoint(with: weekday) }.map { day * 86_400 + $0.from }
            if let first = starts.min(), first > time.wallSecond { return first }
        }
        return nil
    }

    /// Which day's hours a date has: its own, those of a weekday for a worked day off, none for a holiday.
    func hoursDay(_ dayNumber: Int) -> DaysOfWeek? {
        let weekday = ((dayNumber + 3) % 7 + 7) % 7 + 1
        if workdays.contains(dayNumber) {
            for back in 0..<7 {
                let day = DaysOfWeek(isoWeekday: (weekday + 6 - back) % 7 + 1)
                if hours.spans.contains(where: { !$0.days.isDisjoint(with: day) }) { return day }
            }
        }
        return holidays.contains { ($0.first...$0.last).contains(dayNumber) } ? nil : DaysOfWeek(isoWeekday: weekday)
    }
}
