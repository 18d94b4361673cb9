import Telephony

/// What a rule of a scheme asks; all that it asks must hold.
public enum SchemeCondition: Hashable, Sendable {
    /// The date is a holiday.
    case holiday
    /// The office does not work now: out of its hours, or a holiday.
    case closed
    /// The wall clock is inside these hours.
    case hours(WeeklyHours.Span)
    /// The caller is a contact, or the look-up hook knows him.
    case known
    /// His number is shown, and nobody knows it.
    case unknown
    /// The caller hides his number.
    case anonymous
    /// The caller's number is of another country.
    case abroad
    /// The caller's number is of this region or country.
    case callerRegion(RegionID)
    /// The caller's number fits this mask; a hidden one fits none.
    case caller(mask: NumberMask)
    /// The caller speaks this language; nil: another one than the office, and somebody of the rule's target speaks it.
    case language(String?)
    /// The company number is of this region or country.
    case numberRegion(RegionID)

    /// Whether it asks for the time.
    var isOfTime: Bool {
        switch self {
        case .holiday, .closed, .hours: true
        case .known, .unknown, .anonymous, .abroad, .callerRegion, .caller, .language, .numberRegion: false
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

/// What a scheme says.
public struct SchemeDecision: Equatable, Sendable {
    /// Where the call goes.
    public var target: Target
    /// Why.
    public var because: Explanation
    /// The language that the rule has chosen: departments on the way ring those first who speak it. Nil: none.
    public var language: String?
    /// The rule that decided; nil: `otherwise`.
    public var rule: Int?
    /// Whether it was decided by the hour: the office does not work now, or not as usual.
    public var isByTime = false
}

extension Router {
    /// Where a scheme sends a call at this moment, and why; nil for a scheme that is not there. While the wall clock is not to be
    /// trusted, rules that ask for the time rest.
    /// `isNight`: the scheme's night key is pressed, and the office counts as closed.
    public func scheme(_ id: SchemeID, _ call: IncomingCall, at moment: Moment, isNight: Bool = false) -> SchemeDecision? {
        guard let scheme = office.schemes[id] else { return nil }
        let asked = Asked(call, number: PhoneNumber(call.caller, country: office.country), moment, isNight: isNight)
        for rule in scheme.rules where rule.conditions.allSatisfy({ holds($0, for: rule.target, asked) }) {
            let line = "set scheme \(id) rule \(rule.number) when \(rule.words) to \(rule.target)"
            return SchemeDecision(
                target: rule.target,
                because: Explanation(.scheme, .taken, Catalogue.schemeRule(rule.number, rule.words), line: line),
                language: rule.conditions.lazy.compactMap { language($0, for: rule.target, asked) }.first, rule: rule.number,
                isByTime: rule.conditions.contains(where: \.isOfTime))
        }
        let rests = moment.clockTrust == .untrusted && scheme.rules.contains { $0.conditions.contains(where: \.isOfTime) }
        let because = rests ? Catalogue.clockUntrusted("\(scheme.otherwise)") : Catalogue.schemeOtherwise("\(scheme.otherwise)")
        return SchemeDecision(
            target: scheme.otherwise,
            because: Explanation(.scheme, .taken, because, line: "set scheme \(id) otherwise to \(scheme.otherwise)"))
    }

    /// A call with its caller's number read.
    private struct Asked {
        var call: IncomingCall, number: PhoneNumber, moment: Moment, isNight: Bool
        init(_ call: IncomingCall, number: PhoneNumber, _ moment: Moment, isNight: Bool) {
            (self.call, self.number, self.moment, self.isNight) = (call, number, moment, isNight)
        }
    }

    private func holds(_ condition: SchemeCondition, for target: Target, _ asked: Asked) -> Bool {
        if let byTime = holds(condition, at: asked.moment.civil, isNight: asked.isNight) {
            return condition == .closed && asked.isNight || byTime && asked.moment.clockTrust == .trusted
        }
        let (number, isShown) = (asked.number, !asked.number.digits.isEmpty)
        switch condition {
        case .holiday, .closed, .hours: return false
        case .known: return isShown && isKnown(asked)
        case .unknown: return isShown && !isKnown(asked)
        case .anonymous: return !isShown
        case .abroad: return number.e164.map { !regions.isNumber($0, of: office.country.region) } ?? false
        case .callerRegion(let id): return number.e164.map { regions.isNumber($0, of: id) } ?? false
        case .caller(let mask): return isShown && mask.matches(number.digits)
        case .language: return language(condition, for: target, asked) != nil
        case .numberRegion(let id): return isNumber(asked.call, of: id)
        }
    }

    /// Whether a condition of time holds; nil for one that asks for something else.
    func holds(_ condition: SchemeCondition, at time: CivilTime, isNight: Bool) -> Bool? {
        switch condition {
        case .holiday: office.calendar.holiday(on: time) != nil
        case .closed: isNight || !office.calendar.isOpen(time)
        case .hours(let span): WeeklyHours([span]).contains(time)
        case .known, .unknown, .anonymous, .abroad, .callerRegion, .caller, .language, .numberRegion: nil
        }
    }

    /// A colleague is known without a book.
    private func isKnown(_ asked: Asked) -> Bool {
        asked.call.client.isKnown || office.extensions[asked.number.digits] != nil
    }

    /// The number's own region if it has one, else the one that the table knows.
    private func isNumber(_ call: IncomingCall, of id: RegionID) -> Bool {
        if let own = rule(for: call.dialled, on: call.trunk)?.region { return own == id || regions[own]?.country == id }
        return PhoneNumber(call.dialled, country: office.country).e164.map { regions.isNumber($0, of: id) } ?? false
    }

    private func language(_ condition: SchemeCondition, for target: Target, _ asked: Asked) -> String? {
        guard case .language(let wanted) = condition else { return nil }
        let spoken = languages(of: asked.call)
        if let wanted { return spoken.contains(wanted) ? wanted : nil }
        if spoken.contains(office.language.rawValue) { return nil }
        return spoken.first { isSpoken($0, at: target) }
    }
}
