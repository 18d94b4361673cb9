import Telephony

/// Callers who go elsewhere than their company number's scheme says: one line of `set caller`.
public struct CallerRule: Equatable, Sendable {
    /// The id in the configuration; several lines may share it.
    public var id: String
    /// Whose calls; nil: of everybody who hides his number.
    public var mask: NumberMask?
    /// Where they go.
    public var target: Target
    /// What the client is treated as: `vip`; nil: nothing special.
    public var preset: String?
    /// The office's wall clock from which on it does not match any more, in seconds since 1970-01-01 of that clock; nil: never ends.
    public var until: Int?
    /// The line of the configuration.
    public var line: String

    /// A rule from its parts.
    public init(
        _ id: String, mask: NumberMask?, target: Target, preset: String? = nil, until: Int? = nil, line: String = ""
    ) {
        (self.id, self.mask, self.target, self.preset, self.until, self.line) = (id, mask, target, preset, until, line)
    }

    /// Whether its callers are kept out: it is asked before anything else.
    public var blocks: Bool {
        switch target {
        case .busy, .drop: true
        case .extension, .department, .external, .scheme, .menu, .prompt, .conference, .voicemail: false
        }
    }

    /// Whether it holds at a moment. One that ends rests while nobody knows what time it is.
    func holds(at moment: Moment) -> Bool {
        guard let until else { return true }
        let time = moment.civil
        return moment.clockTrust == .trusted && time.dayNumber * 86_400 + time.secondOfDay < until
    }
}

/// The `caller` lines, ready to be asked.
struct CallerTable: Sendable {
    private let named: MaskTable<CallerRule>
    private let anonymous: [CallerRule]

    init(_ rules: [CallerRule]) {
        named = MaskTable(rules.compactMap { rule in rule.mask.map { ($0, rule) } })
        anonymous = rules.filter { $0.mask == nil }
    }

    func rule(for digits: String, isKnown: Bool, at moment: Moment) -> CallerRule? {
        if digits.isEmpty { return anonymous.first { $0.holds(at: moment) } }
        return named.value(for: digits) { rule in rule.holds(at: moment) && !(isKnown && rule.mask?.isPattern == true) }
    }
}

extension Router {
    /// The line of the caller table that takes this call now, and why: his exact number, then the narrowest range he is in, then the most
    /// specific mask, but masks only for a number that nobody knows. A hidden number fits no mask, only `anonymous`. Where the line
    /// blocks, it is asked before the client's owner, else after.
    public func callerRule(for call: IncomingCall, at moment: Moment) -> (rule: CallerRule, because: Explanation)? {
        let digits = PhoneNumber(call.caller, country: office.country).digits
        guard let rule = callers.rule(for: digits, isKnown: call.client.isKnown, at: moment) else { return nil }
        let because =
            rule.mask.map { Catalogue.callerFits(call.caller, "\($0)", rule.id) } ?? Catalogue.callerIsHidden(rule.id)
        return (rule, Explanation(.caller, rule.blocks ? .refused : .taken, because, line: rule.line))
    }
}
