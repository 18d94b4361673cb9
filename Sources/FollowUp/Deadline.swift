import Routing
import Telephony

/// Until when a missed call must be returned. Everything is compared in whole seconds, and the last second is in time: missed at
/// 12:00:00 with ten minutes to go, a talk that begins at 12:10:00 is in time and one at 12:10:01 is late.
public enum Deadline: Hashable, Sendable {
    /// At this moment: milliseconds since 1970 UTC.
    case moment(Int64)
    /// When the office's clock on the wall shows this second of this day (since 1970-01-01): a change to summer time in between
    /// moves nothing.
    case wallClock(day: Int, second: Int)

    /// The deadline of a call that was missed, that is: ended, at `moment`. In working time `rules.due` after it, be the office closed
    /// by then; at any other time at `rules.dueAt` of the first working day whose that hour is still to come. Nil while the clock is
    /// not to be trusted.
    public init?(missedAt moment: Stamp, rules: FollowUpRules, calendar: WorkCalendar) {
        guard moment.dating == .trusted else { return nil }
        let time = CivilTime(utc: moment.utc, offset: moment.utcOffset)
        if calendar.isOpen(time) {
            self = .moment(moment.utc / 1000 * 1000 + rules.due.milliseconds)
            return
        }
        let today = time.dayNumber
        let first = time.secondOfDay < rules.dueAt ? today : today + 1
        // An office that works on no day of a year has no next working day; then it is the next day.
        let day = (first..<first + 366).first(where: calendar.isWorkingDay) ?? first
        self = .wallClock(day: day, second: rules.dueAt)
    }

    /// Whether something at `utc` (milliseconds since 1970), `offset` seconds east, is in time.
    public func isMet(at utc: Int64, offset: Int) -> Bool {
        switch self {
        case .moment(let end): return utc / 1000 <= end / 1000
        case .wallClock(let day, let second):
            let time = CivilTime(utc: utc, offset: offset)
            return (time.dayNumber, time.secondOfDay) <= (day, second)
        }
    }

    /// The moment in milliseconds since 1970 UTC; `offset` tells the office's offset at a local time, whose own it ignores.
    public func utc(offset: (CivilTime) -> Int) -> Int64 {
        switch self {
        case .moment(let end): return end
        case .wallClock(let day, let second):
            let (year, month, date) = CivilTime.date(daysSince1970: day)
            var time = CivilTime(
                year: year, month: month, day: date, hour: second / 3600, minute: second / 60 % 60, second: second % 60)
            time.offset = offset(time)
            return time.utc
        }
    }
}
