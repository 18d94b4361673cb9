/// What a zone's clocks do year after year: `CET-1CEST,M3.5.0,M10.5.0/3`, POSIX's TZ with what RFC 8536 §3.3.1 adds.
struct ZoneRule: Equatable, Sendable {
    /// The day of a year on which clocks change.
    private enum Day: Equatable {
        /// `J60`: 1…365, and February 29 is never counted.
        case withoutLeapDay(Int)
        /// `59`: 0…365.
        case fromNewYear(Int)
        /// `M3.5.0`: month, week (5 is the last one) and weekday, 0 is Sunday.
        case weekday(month: Int, week: Int, day: Int)
    }

    /// When clocks change: the day, and seconds after its midnight by the clock that holds before; below 0 and beyond a day, too.
    private struct Change: Equatable {
        var day: Day
        var second = 7200
    }

    /// Seconds east of UTC.
    private var standard: Int
    private var summer: (offset: Int, begin: Change, end: Change)?

    static func == (left: Self, right: Self) -> Bool {
        left.standard == right.standard && left.summer?.offset == right.summer?.offset
            && left.summer?.begin == right.summer?.begin
            && left.summer?.end == right.summer?.end
    }

    /// Reads the whole of `text`; nil where it is no rule.
    init?(_ text: String) {
        var reader = Reader(rest: text.utf8[...])
        guard reader.name(), let west = reader.offset() else { return nil }
        standard = -west
        if reader.rest.isEmpty { return }
        guard reader.name() else { return nil }
        var offset = standard + 3600
        if reader.rest.first != UInt8(ascii: ",") {
            guard let west = reader.offset() else { return nil }
            offset = -west
        }
        guard let begin = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
        summer = (offset, begin, end)
    }

    /// Seconds east of UTC at `second` since 1970 UTC.
    func offset(at second: Int64) -> Int {
        guard let summer else { return standard }
        let day = (second + Int64(standard)).flooringDivision(86_400)
        let year = CivilTime.date(daysSince1970: Int(day)).year
        let begin = Self.second(of: summer.begin, in: year, offset: standard)
        let end = Self.second(of: summer.end, in: year, offset: summer.offset)
        // South of the equator, and where winter is what is shifted, the year begins in summer.
        let isSummer = begin < end ? (begin..<end).contains(second) : !(end..<begin).contains(second)
        return isSummer ? summer.offset : standard
    }

    private static func second(of change: Change, in year: Int, offset: Int) -> Int64 {
        Int64(day(of: change.day, in: year)) * 86_400 + Int64(change.second - offset)
    }

    /// Days since 1970-01-01.
    private static func day(of day: Day, in year: Int) -> Int {
        let newYear = CivilTime.dayNumber(year: year, month: 1, day: 1)
        switch day {
        case .fromNewYear(let count): return newYear + count
        case .withoutLeapDay(let count):
            let hasLeapDay = CivilTime.dayNumber(year: year, month: 3, day: 1) - newYear == 60
            return newYear + count - (hasLeapDay && count >= 60 ? 0 : 1)
        case .weekday(let month, let week, let weekday):
            let first = CivilTime.dayNumber(year: year, month: month, day: 1)
            let next = CivilTime.dayNumber(year: year + month / 12, month: month % 12 + 1, day: 1)
            // 1970-01-01 was a Thursday.
            let begins = ((first + 4) % 7 + 7) % 7
            let found = first + (weekday - begins + 7) % 7 + (week - 1) * 7
            return found < next ? found : found - 7
        }
    }

    /// Takes a rule apart from its beginning.
    private struct Reader {
        var rest: Substring.UTF8View

        /// Passes over the name of a time, `CET` or `<+03>`; false where none is.
        mutating func name() -> Bool {
            if take("<") {
                guard let end = rest.firstIndex(of: UInt8(ascii: ">")), end > rest.startIndex else { return false }
                rest = rest[rest.index(after: end)...]
                return true
            }
            let letters = rest.prefix { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0 | 0x20) }
            rest = rest[letters.endIndex...]
            return letters.count >= 3
        }

        /// Seconds west of UTC: `-1`, `5:30`.
        mutating func offset() -> Int? { span(hours: 0...24) }

        /// `,M3.5.0/3`.
        mutating func change() -> Change? {
            guard take(","), let day = day() else { return nil }
            guard take("/") else { return Change(day: day) }
            return span(hours: 0...167).map { Change(day: day, second: $0) }
        }

        private mutating func day() -> Day? {
            if take("J") { return number(1...365).map { .withoutLeapDay($0) } }
            guard take("M") else { return number(0...365).map { .fromNewYear($0) } }
            guard let month = number(1...12), take("."), let week = number(1...5), take("."), let day = number(0...6) else {
                return nil
            }
            return .weekday(month: month, week: week, day: day)
        }

        /// `[+-]hh[:mm[:ss]]` in seconds.
        private mutating func span(hours: ClosedRange<Int>) -> Int? {
            let isNegative = take("-")
            if !isNegative { _ = take("+") }
            guard let hour = number(hours) else { return nil }
            var seconds = hour * 3600
            for unit in [60, 1] where take(":") {
                guard let count = number(0...59) else { return nil }
                seconds += count * unit
            }
            return isNegative ? -seconds : seconds
        }

        private mutating func number(_ range: ClosedRange<Int>) -> Int? {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...3).contains(digits.count), let value = Int(Substring(digits)), range.contains(value) else { return nil }
            rest = rest[digits.endIndex...]
            return value
        }

        private mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: sign) else { return false }
            rest = rest.dropFirst()
            return true
        }
    }
}
