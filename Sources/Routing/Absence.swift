import Telephony

/// Days on which an employee is away, both ends included.
public struct Absence: Hashable, Sendable {
    /// Why he is away.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case vacation, sick, other
    }

    /// Days since 1970-01-01.
    public var first: Int, last: Int
    /// Why he is away.
    public var kind: Kind
    /// Who takes his direct calls; nil: his no-answer rule, at once.
    public var target: Target?

    /// An absence from its parts.
    public init(first: Int, last: Int, kind: Kind = .other, target: Target? = nil) {
        (self.first, self.last, self.kind, self.target) = (first, last, kind, target)
    }

    /// The line of the configuration.
    public func line(of number: ExtensionNumber) -> String {
        let date = { (day: Int) in CivilTime(utc: Int64(day) * 86_400_000, offset: 0).isoDate }
        let days = first == last ? date(first) : "\(date(first))..\(date(last))"
        return "set extension \(number) absence \(days) \(kind.rawValue)" + (target.map { " to \($0)" } ?? "")
    }
}

extension Router {
    /// The absence that an extension is in; nil: none, or the clock is not to be trusted. Of several the first written counts.
    public func absence(of number: ExtensionNumber, at moment: Moment) -> Absence? {
        guard moment.clockTrust == .trusted else { return nil }
        let today = moment.civil.dayNumber
        return office.extensions[number]?.absences.first { ($0.first...$0.last).contains(today) }
    }

    /// Whether it is out of the hours of an extension; never for one without hours, or while the clock is not to be trusted. Holidays are not
    /// worked.
    public func isOffDuty(_ number: ExtensionNumber, at moment: Moment) -> Bool {
        isOut(of: office.extensions[number]?.hours, at: moment)
    }

    /// Whether a department is closed by its own hours; never one without hours, or while the clock is not to be trusted. The office's holidays
    /// and worked days are its own.
    public func isClosed(_ department: Department, at moment: Moment) -> Bool { isOut(of: department.hours, at: moment) }

    private func isOut(of hours: WeeklyHours?, at moment: Moment) -> Bool {
        guard let hours, moment.clockTrust == .trusted else { return false }
        var calendar = office.calendar
        calendar.hours = hours
        return !calendar.isOpen(moment.civil)
    }
}
