/// A point on the box's monotonic clock: nanoseconds since an arbitrary start. Every timer compares these.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since the clock's start.
    public var nanoseconds: Int64

    /// The point `nanoseconds` after the clock's start.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The clock's start.
    public static let zero = Instant(nanoseconds: 0)

    /// Later by `duration`.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(nanoseconds: instant.nanoseconds + duration.nanoseconds)
    }

    /// Earlier by `duration`.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(nanoseconds: instant.nanoseconds - duration.nanoseconds)
    }

    /// The time from `earlier` to `later`.
    public static func - (later: Instant, earlier: Instant) -> Duration { .nanoseconds(later.nanoseconds - earlier.nanoseconds) }

    /// Earlier first.
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }
}

extension Duration {
    /// The whole length in nanoseconds; fits 292 years.
    public var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }

    /// The whole length in milliseconds, rounded towards zero.
    public var milliseconds: Int64 { nanoseconds / 1_000_000 }

    /// The whole length in seconds, as a fraction.
    public var inSeconds: Double { Double(nanoseconds) / 1e9 }

    /// A number of whole minutes.
    public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }
}

/// How far the wall clock may be believed (a board without a battery starts in 1970).
public enum ClockTrust: String, Sendable {
    /// Set by NTP, a battery clock or a hand.
    case trusted
    /// Nobody vouches for it: no verdict about deadlines, no switching by schedule.
    case untrusted
}

/// Now, as every event brings it along: the monotonic clock for timers, the wall clock for schedules and records.
public struct Moment: Equatable, Sendable {
    /// The monotonic clock.
    public var uptime: Instant
    /// The wall clock: milliseconds since 1970-01-01T00:00:00Z.
    public var utc: Int64
    /// The office's offset from UTC at this moment, in seconds east.
    public var utcOffset: Int
    /// Whether `utc` may be believed.
    public var clockTrust: ClockTrust

    /// A moment from its parts.
    public init(uptime: Instant, utc: Int64, utcOffset: Int = 0, clockTrust: ClockTrust = .trusted) {
        (self.uptime, self.utc, self.utcOffset, self.clockTrust) = (uptime, utc, utcOffset, clockTrust)
    }

    /// The office's wall clock.
    public var civil: CivilTime { CivilTime(utc: utc, offset: utcOffset) }
}

/// A date and time of day as a calendar on the wall shows it (proleptic Gregorian, no leap seconds).
public struct CivilTime: Hashable, Sendable {
    /// The calendar year, month 1…12, day 1…31.
    public var year: Int, month: Int, day: Int
    /// The time of day.
    public var hour: Int, minute: Int, second: Int
    /// Seconds east of UTC.
    public var offset: Int

    /// The wall clock at `utc` milliseconds since 1970, `offset` seconds east of UTC.
    public init(utc: Int64, offset: Int) {
        let local = utc.flooringDivision(1000) + Int64(offset)
        let days = local.flooringDivision(86_400)
        let secondOfDay = Int(local - days * 86_400)
        (hour, minute, second) = (secondOfDay / 3600, secondOfDay / 60 % 60, secondOfDay % 60)
        (year, month, day) = Self.date(daysSince1970: Int(days))
        self.offset = offset
    }

    /// The wall clock from its parts; nothing is checked.
    public init(year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, offset: Int = 0) {
        (self.year, self.month, self.day) = (year, month, day)
        (self.hour, self.minute, self.second, self.offset) = (hour, minute, second, offset)
    }

    /// Days since 1970-01-01 of this date.
    public var dayNumber: Int { Self.dayNumber(year: year, month: month, day: day) }

    /// Milliseconds since 1970 UTC.
    public var utc: Int64 { (Int64(dayNumber) * 86_400 + Int64(hour * 3600 + minute * 60 + second - offset)) * 1000 }

    /// 1 = Monday … 7 = Sunday (ISO 8601).
    public var weekday: Int { ((dayNumber + 3) % 7 + 7) % 7 + 1 }

    /// Seconds since local midnight.
    public var secondOfDay: Int { hour * 3600 + minute * 60 + second }

    /// Seconds of this wall clock since its 1970-01-01.
    public var wallSecond: Int { dayNumber * 86_400 + secondOfDay }

    /// ISO 8601 with the offset: `2026-11-23T12:00:00+03:00`.
    public var iso8601: String {
        let sign = offset < 0 ? "-" : "+"
        let zone = "\(sign)\((abs(offset) / 3600).padded(2)):\((abs(offset) / 60 % 60).padded(2))"
        return "\(isoDate)T\(hour.padded(2)):\(minute.padded(2)):\(second.padded(2))\(zone)"
    }

    /// The date alone: `2026-11-23`.
    public var isoDate: String { "\(year.padded(4))-\(month.padded(2))-\(day.padded(2))" }

    /// Days since 1970-01-01 (civil-calendar arithmetic on a year that starts in March).
    public static func dayNumber(year: Int, month: Int, day: Int) -> Int {
        let y = month <= 2 ? year - 1 : year
        let era = (y >= 0 ? y : y - 399) / 400
        let yearOfEra = y - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The date that is `daysSince1970` days after 1970-01-01.
    public static func date(daysSince1970: Int) -> (year: Int, month: Int, day: Int) {
        let z = daysSince1970 + 719_468
        let era = (z >= 0 ? z : z - 146_096) / 146_097
        let dayOfEra = z - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1)
    }
}

extension Int64 {
    /// Division that rounds towards minus infinity, so that times before 1970 fall on the right day.
    func flooringDivision(_ divisor: Int64) -> Int64 {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}

extension Int {
    /// Decimal, filled with leading zeros to `width`.
    public func padded(_ width: Int) -> String {
        let digits = String(magnitude)
        return (self < 0 ? "-" : "") + String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }
}
