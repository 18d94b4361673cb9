import Telephony

/// What a rule of a scheme asks; all that it asks must hold.
public enum SchemeCondition: Hashable, Sendable {
    /// The date is a holiday.
    case holiday
    /// The office does not work now: out of its hours, or a holiday.
    case closed
    /// The wall clock is inside these hours.
    case hours(WeeklyHours.Span)
    /// The caller hides his number.
    case anonymous
    /// The caller's number is of another country.
    case abroad
    /// The caller's number fits this mask; a hidden one fits none.
    case caller(mask: String)

    /// Whether it asks for the time.
    var isOfTime: Bool {
        switch self {
        case .holiday, .closed, .hours: true
        case .anonymous, .abroad, .caller: false
        }
    }
}

/// One numbered rule of a scheme.
public struct SchemeRule: Hashable, Sendable {
    /// Rules are asked in the order of their numbers.
    public var number: Int
    /// All must hold.
    public var conditions: [SchemeCondition]
    /// Where the call goes then.
    public var target: Target
    /// The conditions as the configuration writes them.
    public var words: String

    /// A rule from its parts.
    public init(_ number: Int, when conditions: [SchemeCondition], to target: Target, words: String = "") {
        (self.number, self.conditions, self.target, self.words) = (number, conditions, target, words)
    }
}

extension Router {
    /// Where a scheme sends a call of `caller` (as shown; empty: hidden) at this moment, and why; nil for a scheme that is not there.
    /// While the wall clock is not to be trusted, rules that ask for the time rest.
    public func scheme(_ id: SchemeID, caller: String, at moment: Moment) -> (target: Target, because: Explanation)? {
        guard let scheme = office.schemes[id] else { return nil }
        let number = PhoneNumber(caller, country: office.country)
        for rule in scheme.rules where rule.conditions.allSatisfy({ holds($0, number, moment) }) {
            let line = "set scheme \(id) rule \(rule.number) when \(rule.words) to \(rule.target)"
            return (rule.target, Explanation(.scheme, .taken, Catalogue.schemeRule(rule.number, rule.words), line: line))
        }
        let rests = moment.clockTrust == .untrusted && scheme.rules.contains { $0.conditions.contains(where: \.isOfTime) }
        let because = rests ? Catalogue.clockUntrusted("\(scheme.otherwise)") : Catalogue.schemeOtherwise("\(scheme.otherwise)")
        return (
            scheme.otherwise, Explanation(.scheme, .taken, because, line: "set scheme \(id) otherwise to \(scheme.otherwise)")
        )
    }

    private func holds(_ condition: SchemeCondition, _ caller: PhoneNumber, _ moment: Moment) -> Bool {
        if condition.isOfTime, moment.clockTrust == .untrusted { return false }
        switch condition {
        case .holiday: return office.calendar.holiday(on: moment.civil) != nil
        case .closed: return !office.calendar.isOpen(moment.civil)
        case .hours(let span): return WeeklyHours([span]).contains(moment.civil)
        case .anonymous: return caller.digits.isEmpty
        case .abroad: return caller.e164.map { !regions.isNumber($0, of: office.country.region) } ?? false
        case .caller(let mask): return !caller.digits.isEmpty && NumberMask(mask)?.matches(caller.digits) ?? false
        }
    }
}
