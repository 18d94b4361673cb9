import Telephony

/// A date and a time as people write them: `2026-11-23T12:00`, `2026-11-23T12:00:59` on the office's clock; with an offset from UTC
/// `2026-11-23T12:00+03:00`, `2026-11-23T09:00:59Z` (ISO 8601).
public struct WrittenTime: Equatable, Sendable {
    /// What is written; its offset is that which is said, else 0.
    private var written: CivilTime
    private var hasOffset: Bool

    /// Reads the text; nil where it is no time.
    public init?(_ text: String) {
        let parts = text.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let day = Read.dates(String(parts[0])), day.count == 1 else { return nil }
        let clock = parts[1].prefix { $0.isNumber || $0 == ":" }, zone = parts[1][clock.endIndex...]
        guard let second = Self.seconds(clock, parts: 2...3), let offset = zone.isEmpty ? 0 : Self.offset(zone) else {
            return nil
        }
        let (year, month, date) = CivilTime.date(daysSince1970: day.lowerBound)
        written = CivilTime(
            year: year, month: month, day: date, hour: second / 3600, minute: second / 60 % 60, second: second % 60,
            offset: offset)
        hasOffset = !zone.isEmpty
    }

    /// This moment on the clocks of `zone`; of a time that they show twice the first. Nil where they leave it out: they were set forward
    /// over it.
    public func moment(in zone: Zone) -> CivilTime? {
        if hasOffset { return zone.civil(written.utc) }
        guard let offset = zone.offsets(of: written).first else { return nil }
        var time = written
        time.offset = offset
        return time
    }

    /// What the clocks show by then that leave it out.
    public func later(in zone: Zone) -> CivilTime {
        var time = written
        time.offset = zone.offset(of: written)
        return zone.civil(time.utc)
    }

    /// `12:00`, `12:00:59`.
    private static func seconds(_ text: Substring, parts: ClosedRange<Int>) -> Int? {
        let fields = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.contains(fields.count), fields.allSatisfy({ $0.utf8.count == 2 }) else { return nil }
        let values = fields.compactMap { Read.natural($0) }
        guard values.count == fields.count, values[0] < 24, values.dropFirst().allSatisfy({ $0 < 60 }) else { return nil }
        return zip(values, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// `Z`, `+03:00`, `-03:30`.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let sign = text.first, sign == "+" || sign == "-", let seconds = seconds(text.dropFirst(), parts: 2...2) else {
            return nil
        }
        return sign == "-" ? -seconds : seconds
    }
}
