import Routing
import Telephony

/// The calendar, as far as today is known.
extension Validation {
    /// From this month on the next year's holidays are asked for.
    private static let monthOfNextYear = 10

    /// Warns of a year without holidays: this one, and from October on the next one; and of callers whose time is over.
    mutating func checkCalendar(today: CivilTime?) {
        guard let today else { return }
        if usesCalendar {
            checkHolidays(of: today.year)
            if today.month >= Self.monthOfNextYear { checkHolidays(of: today.year + 1) }
        }
        let now = today.dayNumber * 86_400 + today.secondOfDay
        for item in document.items("caller") {
            for entry in item.entries {
                let words = entry.words.map(\.value)
                guard let place = words.lastIndex(of: "until"), place + 1 < words.count, let end = Read.end(words[place + 1]),
                    end <= now
                else { continue }
                warn(entry.line ?? item.line, Catalogue.callerEnded("\(item.path)", words[place + 1]), Catalogue.removeOrProlong)
            }
        }
    }

    /// Whether anything asks when the office works.
    private var usesCalendar: Bool {
        let calendar = settings.office.calendar
        let rules = settings.office.schemes.values.lazy.flatMap(\.rules).flatMap(\.conditions)
        return !calendar.hours.spans.isEmpty || !calendar.holidays.isEmpty || rules.contains(.holiday) || rules.contains(.closed)
    }

    private mutating func checkHolidays(of year: Int) {
        let isThere = settings.office.calendar.holidays.contains { CivilTime.date(daysSince1970: $0.first).year == year }
        let shipped = ProductionCalendar.of(settings.office.country).days(of: year)
        if isThere { return }
        let line = document.item("office")?.entries("holiday").compactMap(\.line).max()
        let hint = shipped.first.map { Catalogue.addHolidays($0.line, shipped.count - 1) } ?? Catalogue.holidayExample(year)
        warn(line, Catalogue.noHolidays(of: year), hint)
    }
}
