import Telephony

/// A pattern of numbers: an exact number, `7495200*` (any sequence, also an empty one), `7495200####` (one digit each), or an
/// inclusive range `74952000000-74952009999`. It matches digits without "+", as `PhoneNumber.digits` gives them.
public struct NumberMask: Hashable, Sendable, CustomStringConvertible {
    private enum Form: Hashable, Sendable {
        case exact([UInt8])
        case range(low: [UInt8], high: [UInt8])
        case pattern([UInt8])
    }

    /// As written.
    public let description: String
    private let form: Form

    /// Parses a mask; nil where it is empty, has other characters, or a range whose ends differ in length or are reversed.
    /// Spaces, brackets and a leading "+" are dropped, as people write numbers.
    public init?(_ text: String) {
        description = text
        let ends = text.split(separator: "-", omittingEmptySubsequences: false)
        if ends.count == 2, let low = Self.digits(ends[0]), let high = Self.digits(ends[1]), low.count == high.count,
            low.count >= 3
        {
            guard !high.lexicographicallyPrecedes(low) else { return nil }
            form = .range(low: low, high: high)
            return
        }
        var pattern: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, UInt8(ascii: "*"), UInt8(ascii: "#"): pattern.append(byte)
            case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "+"): continue
            default: return nil
            }
        }
        guard !pattern.isEmpty else { return nil }
        form = pattern.allSatisfy { (48...57).contains($0) } ? .exact(pattern) : .pattern(pattern)
    }

    /// Whether it is one number and no pattern.
    public var isExact: Bool { if case .exact = form { true } else { false } }

    private static func digits(_ text: Substring) -> [UInt8]? {
        let digits = Array(text.utf8.filter { $0 != 32 && $0 != 40 && $0 != 41 && $0 != 43 })
        return !digits.isEmpty && digits.allSatisfy { (48...57).contains($0) } ? digits : nil
    }

    /// Whether these digits are among the numbers meant.
    public func matches(_ digits: String) -> Bool { matches(Array(digits.utf8)) }

    private func matches(_ number: [UInt8]) -> Bool {
        switch form {
        case .exact(let exact):
            return number == exact
        case .range(let low, let high):
            return number.count == low.count && !number.lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(number)
        case .pattern(let pattern):
            return Self.match(pattern[...], number[...])
        }
    }

    /// Two pointers and one place to come back to: linear in practice, however many stars.
    private static func match(_ pattern: ArraySlice<UInt8>, _ number: ArraySlice<UInt8>) -> Bool {
        var (at, digit) = (pattern.startIndex, number.startIndex)
        var comeback: (at: Int, digit: Int)?
        while digit < number.endIndex {
            if at < pattern.endIndex, pattern[at] == UInt8(ascii: "*") {
                comeback = (at, digit)
                at += 1
            } else if at < pattern.endIndex, pattern[at] == number[digit] || pattern[at] == UInt8(ascii: "#") {
                at += 1
                digit += 1
            } else if let place = comeback {
                comeback = (place.at, place.digit + 1)
                (at, digit) = (place.at + 1, place.digit + 1)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// Orders masks that match the same number: smaller is more specific. Exact, then the narrower range, then more fixed digits.
    public var breadth: (kind: Int, size: Double) {
        switch form {
        case .exact: (0, 0)
        case .range(let low, let high): (1, Self.value(high) - Self.value(low))
        case .pattern(let pattern):
            (
                2,
                Double(
                    pattern.lazy.filter { $0 == UInt8(ascii: "*") }.count * 32 - pattern.lazy.filter { (48...57).contains($0) }
                        .count * 64)
            )
        }
    }

    private static func value(_ digits: [UInt8]) -> Double { digits.reduce(0) { $0 * 10 + Double($1 - 48) } }

    /// The most specific of `candidates` whose mask matches; ties in the order given.
    public static func mostSpecific<Candidate>(
        for digits: String, among candidates: [Candidate], mask: (Candidate) -> NumberMask?
    ) -> Candidate? {
        let number = Array(digits.utf8)
        var best: (index: Int, breadth: (kind: Int, size: Double))?
        for index in candidates.indices {
            guard let mask = mask(candidates[index]), mask.matches(number) else { continue }
            if let best, best.breadth <= mask.breadth { continue }
            best = (index, mask.breadth)
        }
        return best.map { candidates[$0.index] }
    }
}
