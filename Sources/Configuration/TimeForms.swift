import Routing
import Telephony

/// Values of the calendar read from their words; nil where the words have another form.
extension Read {
    private static let dayNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    static func days(_ text: String) -> DaysOfWeek? {
        if text == "daily" { return .daily }
        var days: DaysOfWeek = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { dayNames.firstIndex(of: String($0)) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
                return nil
            }
            for day in first...last { days.insert(DaysOfWeek(isoWeekday: day + 1)) }
        }
        return days
    }

    /// Seconds after midnight; the end may be 24:00.
    static func span(_ text: String) -> (from: Int, until: Int)? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let from = clock(ends[0]), let until = clock(ends[1]), from < 86_400, from != until else {
            return nil
        }
        return (from, until)
    }

    /// Days: `90d`, `3y`; a year has 366 of them, so that nothing is forgotten before its day.
    static func age(_ text: String) -> Int? {
        guard let unit = text.last, let count = natural(text.dropLast()), count <= 100_000 else { return nil }
        switch unit {
        case "d": return count
        case "y": return count * 366
        default: return nil
        }
    }

    /// Seconds after midnight; 24:00 is the end of the day.
    static func clock(_ text: Substring) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = natural(parts[0]),
            let minute = natural(parts[1]),
            hour < 24 && minute < 60 || hour == 24 && minute == 0
        else { return nil }
        return hour * 3600 + minute * 60
    }

    /// Days since 1970-01-01 of a date or of both ends of a range, both included.
    static func dates(_ text: String) -> ClosedRange<Int>? {
        let ends = text.contains("..") ? [text.prefix { $0 != "." }, text.suffix(10)] : [text[...]]
        guard ends.count == 1 || text.utf8.count == 22, let first = day(ends[0]), let last = day(ends[ends.count - 1]),
            first <= last
        else { return nil }
        return first...last
    }

    private static func day(_ text: Substring) -> Int? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.utf8.count) == [4, 2, 2], let year = natural(parts[0]), let month = natural(parts[1]),
            let day = natural(parts[2]), (1...12).contains(month), day >= 1
        else { return nil }
        let number = CivilTime.dayNumber(year: year, month: month, day: day)
        return CivilTime.date(daysSince1970: number) == (year, month, day) ? number : nil
    }

    /// The end of something in seconds since 1970-01-01 of the wall clock: of a day that is included, or a moment of it.
    static func end(_ text: String) -> Int? {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let day = day(parts[0]) else { return nil }
        if parts.count == 1 { return (day + 1) * 86_400 }
        return clock(parts[1]).map { day * 86_400 + $0 }
    }

    static func hours(_ words: [String]) -> WeeklyHours.Span? {
        guard words.count == 2, let days = days(words[0]), let span = span(words[1]) else { return nil }
        return .init(days: days, from: span.from, until: span.until)
    }

    /// The conditions of a scheme's rule, which are known to be well-formed.
    static func conditions(_ words: ArraySlice<String>, country: Country) -> [SchemeCondition] {
        words.split(separator: "and").compactMap { words in
            let words = Array(words)
            switch (words.first, words.dropFirst().first) {
            case ("holiday", _): return .holiday
            case ("closed", _): return .closed
            case ("hours", _): return hours(Array(words.dropFirst())).map { .hours($0) }
            case ("caller", "known"?): return .known
            case ("caller", "unknown"?): return .unknown
            case ("caller", "anonymous"?): return .anonymous
            case ("caller", "abroad"?): return .abroad
            case ("caller", "region"?): return words.last.map { .callerRegion($0) }
            case ("caller", "language"?): return .language(words.count > 2 ? words[2] : nil)
            case ("caller", "mask"?): return words.last.flatMap { NumberMask($0, country: country) }.map { .caller(mask: $0) }
            case ("number", "region"?): return words.last.map { .numberRegion($0) }
            default: return nil
            }
        }
    }
}
