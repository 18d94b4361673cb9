/// A telephone number as somebody wrote it, and the same in E.164 digits where it has that form.
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// As written or received.
    public let raw: String
    /// Digits of the full international number without "+", or nil for an internal or special number.
    public let e164: String?

    /// Reads a number as the people of `country` write it: `+7 495 123-45-67`, `8 (495) 123-45-67`, `810 49…`, `101`.
    public init(_ raw: String, country: Country) {
        self.raw = raw
        e164 = Self.normalise(raw, country: country)
    }

    /// A number whose digits were made out before, by the rules of its country.
    public init(raw: String, digits: String) {
        self.raw = raw
        let isInternational = digits.utf8.count >= 10 && digits.utf8.allSatisfy { (48...57).contains($0) }
        e164 = isInternational || digits != Self.dialled(raw) || raw.trimmed.hasPrefix("+") ? digits : nil
    }

    /// What is compared: the E.164 digits if there are any, else the dialled digits.
    public var digits: String { e164 ?? Self.dialled(raw) }

    /// `+E164`, or the number as it was dialled.
    public var description: String { e164.map { "+" + $0 } ?? Self.dialled(raw) }

    /// Whether it may be a mobile telephone's. Russian numbers tell, those of North America do not; of others nobody says so here.
    public var isMobile: Bool {
        guard let e164, e164.utf8.count == 11 else { return false }
        return e164.hasPrefix("79") || e164.hasPrefix("1")
    }

    /// Same digits, however written.
    public static func == (left: PhoneNumber, right: PhoneNumber) -> Bool { left.digits == right.digits }
    /// By digits.
    public func hash(into hasher: inout Hasher) { hasher.combine(digits) }

    /// Only what a keypad can send, without separators; a leading "+" is dropped.
    public static func dialled(_ raw: String) -> String {
        String(raw.unicodeScalars.filter { ("0"..."9").contains($0) || $0 == "*" || $0 == "#" })
    }

    /// As it is dialled within its own country; nil for a number of another one.
    public func dialledAtHome(in country: Country) -> String? {
        guard let e164, e164.hasPrefix(country.callingCode), e164.utf8.count == 11 else { return nil }
        switch country {
        case .ru: return "8" + e164.dropFirst()
        case .us: return e164
        }
    }

    private static func normalise(_ raw: String, country: Country) -> String? {
        let digits = dialled(raw)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        if raw.trimmed.hasPrefix("+") { return (7...15).contains(digits.utf8.count) ? digits : nil }
        switch country {
        case .ru:
            if digits.hasPrefix("810"), digits.utf8.count >= 10 { return String(digits.dropFirst(3)) }
            if digits.utf8.count == 11, digits.hasPrefix("8") { return "7" + digits.dropFirst() }
            if digits.utf8.count == 11, digits.hasPrefix("7") { return digits }
            if digits.utf8.count == 10 { return "7" + digits }
        case .us:
            if digits.hasPrefix("011"), digits.utf8.count >= 10 { return String(digits.dropFirst(3)) }
            if digits.utf8.count == 11, digits.hasPrefix("1") { return digits }
            if digits.utf8.count == 10 { return "1" + digits }
        }
        return (12...15).contains(digits.utf8.count) ? digits : nil
    }
}
