import Telephony

/// A pattern of numbers: an exact number, `7495200*` (any sequence, also an empty one), `7495200####` (one digit each), or an
/// inclusive range `74952000000-74952009999`. It matches digits without "+", as `PhoneNumber.digits` gives them.
public struct NumberMask: Hashable, Sendable, CustomStringConvertible {
    enum Form: Hashable, Sendable {
        case exact([UInt8])
        case range(low: [UInt8], high: [UInt8])
        case pattern([UInt8])
    }

    /// Why a text is no mask.
    public enum Flaw: Equatable, Sendable {
        /// The ends of a range differ in length.
        case unequalEnds
        /// The upper end of a range comes first.
        case reversedEnds
        /// It is empty or has characters that no number has.
        case noNumber
    }

    /// As written.
    public let description: String
    let form: Form

    init(form: Form, description: String) { (self.form, self.description) = (form, description) }

    /// Parses a mask; nil where it has a flaw. Spaces, brackets and a leading "+" are dropped, as people write numbers.
    public init?(_ text: String) {
        guard case .success(let form) = Self.parse(text) else { return nil }
        (description, self.form) = (text, form)
    }

    /// Parses a mask in which a whole number and the ends of a range are written as the people of a country write numbers: `8 495 123-45-67`
    /// means 74951234567.
    public init?(_ text: String, country: Country) {
        guard case .success(let form) = Self.parse(text) else { return nil }
        description = text
        let number = { (raw: String) in Array(PhoneNumber(raw, country: country).digits.utf8) }
        switch form {
        case .exact: self.form = .exact(number(text))
        case .range:
            let ends = text.split(separator: "-").map { number(String($0)) }
            self.form = ends.count == 2 && ends[0].count == ends[1].count ? .range(low: ends[0], high: ends[1]) : form
        case .pattern: self.form = form
        }
    }

    /// What is wrong with a text; nil where it is a mask.
    public static func flaw(of text: String) -> Flaw? { if case .failure(let error) = parse(text) { error.flaw } else { nil } }

    private struct ParseError: Error { var flaw: Flaw }

    private static func parse(_ text: String) -> Result<Form, ParseError> {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { $0.hasPrefix("+") ? $0.dropFirst() : $0 }
        // Two bare numbers are the ends of a range; `8-800` and numbers with spaces are one number as people write it.
        if ends.count == 2, let low = digits(ends[0]), let high = digits(ends[1]), low.count >= 3 {
            if low.count != high.count { return .failure(.init(flaw: .unequalEnds)) }
            if high.lexicographicallyPrecedes(low) { return .failure(.init(flaw: .reversedEnds)) }
            return .success(.range(low: low, high: high))
        }
        var pattern: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, UInt8(ascii: "*"), UInt8(ascii: "#"): pattern.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "+"): continue
            default: return .failure(.init(flaw: .noNumber))
            }
        }
        if pattern.isEmpty { return .failure(.init(flaw: .noNumber)) }
        return .success(pattern.allSatisfy { (48...57).contains($0) } ? .exact(pattern) : .pattern(pattern))
    }

    private static func digits(_ text: Substring) -> [UInt8]? {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) } ? Array(text.utf8) : nil
    }

    /// Whether it is one number and no pattern.
    public var isExact: Bool { exactDigits != nil }

    /// Whether it is a mask with `*` or `#`: neither one number nor a range.
    public var isPattern: Bool { if case .pattern = form { true } else { false } }

    var exactDigits: String? { if case .exact(let digits) = form { String(decoding: digits, as: UTF8.self) } else { nil } }

    /// The digits that every number meant begins with.
    var head: [UInt8] {
        switch form {
        case .exact(let digits): digits
        case .range(let low, let high): zip(low, high).prefix { $0 == $1 }.map(\.0)
        case .pattern(let pattern): Array(pattern.prefix { (48...57).contains($0) })
        }
    }

    // MARK: Matching

    /// Whether these digits are among the numbers meant.
    public func matches(_ digits: String) -> Bool { matches(Array(digits.utf8)) }

    func matches(_ number: [UInt8]) -> Bool {
        switch form {
        case .exact(let exact):
            return number == exact
        case .range(let low, let high):
            return number.count == low.count && !number.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(number)
        case .pattern(let pattern):
            return Self.match(pattern[...], number[...])
        }
    }

    /// Two pointers and one place to come back to: linear in practice, however many stars. `number` may itself be a pattern: then a star of it
    /// is met by a star only.
    static func match(_ pattern: ArraySlice<UInt8>, _ number: ArraySlice<UInt8>) -> Bool {
        let (star, any) = (UInt8(ascii: "*"), UInt8(ascii: "#"))
        var (at, digit) = (pattern.startIndex, number.startIndex)
        var comeback: (at: Int, digit: Int)?
        while digit < number.endIndex {
            if at < pattern.endIndex, pattern[at] == star {
                comeback = (at, digit)
                at += 1
            } else if at < pattern.endIndex, number[digit] != star, pattern[at] == number[digit] || pattern[at] == any {
                at += 1
                digit += 1
            } else if let place = comeback {
                comeback = (place.at, place.digit + 1)
                (at, digit) = (place.at + 1, place.digit + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == star }
    }

    /// How much a mask takes in, for masks that match the same number.
    public struct Breadth: Comparable, Sendable {
        private let kind: Int, size: Double

        fileprivate init(_ kind: Int, _ size: Double) { (self.kind, self.size) = (kind, size) }

        /// The more specific first: exact, then the narrower range, then more fixed digits, and at last without a star before with one.
        public static func < (left: Self, right: Self) -> Bool { (left.kind, left.size) < (right.kind, right.size) }
    }

    /// Smaller is more specific.
    public var breadth: Breadth {
        switch form {
        case .exact: return Breadth(0, 0)
        case .range(let low, let high): return Breadth(1, Self.value(high) - Self.value(low))
        case .pattern(let pattern):
            let fixed = pattern.lazy.filter { (48...57).contains($0) }.count
            return Breadth(2, (pattern.contains(UInt8(ascii: "*")) ? 0.5 : 0) - Double(fixed))
        }
    }

    private static func value(_ digits: [UInt8]) -> Double { digits.reduce(0) { $0 * 10 + Double($1 - 48) } }
}
