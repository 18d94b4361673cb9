import Telephony

/// The official days off and worked days of a country, as its government publishes them year by year. They are a beginning: the office's own
/// lines `set office holiday` and `set office workday` are what holds.
public struct ProductionCalendar: Sendable {
    /// The lines of one kind of day.
    public struct Day: Equatable, Sendable {
        /// Days since 1970-01-01, both ends included.
        public var first: Int, last: Int
        /// What is celebrated; empty: a day off that is worked.
        public var name: String

        /// As the configuration writes it.
        public var line: String {
            let dates = first == last ? Self.iso(first) : "\(Self.iso(first))..\(Self.iso(last))"
            return name.isEmpty ? "set office workday \(dates)" : "set office holiday \(dates) \"\(name)\""
        }

        private static func iso(_ day: Int) -> String {
            let date = CivilTime.date(daysSince1970: day)
            return CivilTime(year: date.year, month: date.month, day: date.day).isoDate
        }
    }

    /// In the order of dates.
    public let days: [Day]

    /// The calendar of a country; empty where none is shipped.
    public static func of(_ country: Country) -> ProductionCalendar {
        switch country {
        case .ru: russia
        case .us: ProductionCalendar(rows: "")
        }
    }

    /// The days that begin in a year.
    public func days(of year: Int) -> [Day] { days.filter { CivilTime.date(daysSince1970: $0.first).year == year } }

    /// Lines `YYYY-MM-DD YYYY-MM-DD NAME`; without a name the days are worked.
    private init(rows: String) {
        days = rows.split(separator: "\n").compactMap { row in
            let fields = row.split(separator: " ", maxSplits: 2).map(String.init)
            guard fields.count >= 2, let first = Self.day(fields[0]), let last = Self.day(fields[1]) else { return nil }
            return Day(first: first, last: last, name: fields.count > 2 ? fields[2] : "")
        }
    }

    private static func day(_ text: String) -> Int? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CivilTime.dayNumber(year: parts[0], month: parts[1], day: parts[2]) : nil
    }

    /// Russia. 2026: article 112 of the Labour Code and the government's decree no. 1466 of 24.09.2025 (3 January is moved to 9 January, 4 January to
    /// 31 December; no day off is worked). 2027: article 112 alone: a holiday on a weekend moves to the next working day; what the government's decree
    /// for 2027 moves besides is to be added by hand.
    private static let russia = ProductionCalendar(
        rows: """
            2026-01-01 2026-01-09 Новогодние каникулы
            2026-02-23 2026-02-23 День защитника Отечества
            2026-03-08 2026-03-09 Международный женский день
            2026-05-01 2026-05-01 Праздник Весны и Труда
            2026-05-09 2026-05-11 День Победы
            2026-06-12 2026-06-12 День России
            2026-11-04 2026-11-04 День народного единства
            2026-12-31 2026-12-31 Новогодние каникулы
            2027-01-01 2027-01-08 Новогодние каникулы
            2027-02-23 2027-02-23 День защитника Отечества
            2027-03-08 2027-03-08 Международный женский день
            2027-05-01 2027-05-03 Праздник Весны и Труда
            2027-05-09 2027-05-10 День Победы
            2027-06-12 2027-06-14 День России
            2027-11-04 2027-11-04 День народного единства
            """)
}
