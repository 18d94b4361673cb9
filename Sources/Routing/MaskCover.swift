import Telephony

/// What masks leave to one another, for the check of a configuration.
extension NumberMask {
    private static let (star, any) = (UInt8(ascii: "*"), UInt8(ascii: "#"))

    /// Whether every number of `other` is a number of this one. May say no where it is so, never yes where it is not. With a country, that
    /// numbers of a national plan have one length is taken into account: `7495200*` has four more digits.
    public func covers(_ other: NumberMask, country: Country? = nil) -> Bool {
        let other = country.map(other.withoutStar) ?? other
        switch (form, other.form) {
        case (_, .exact(let digits)):
            return matches(digits)
        case (.exact(let digits), .range(let low, let high)):
            return low == digits && high == digits
        case (.range(let low, let high), .range(let otherLow, let otherHigh)):
            return low.count == otherLow.count && !otherLow.lexicographicallyPrecedes(low)
                && !high.lexicographicallyPrecedes(otherHigh)
        case (.range(let low, let high), .pattern(let pattern)):
            guard !pattern.contains(Self.star), pattern.count == low.count else { return false }
            let ends = [UInt8(ascii: "0"), UInt8(ascii: "9")].map { end in pattern.map { $0 == Self.any ? end : $0 } }
            return !ends[0].lexicographicallyPrecedes(low) && !high.lexicographicallyPrecedes(ends[1])
        case (.pattern(let pattern), .range(let low, let high)):
            let shared = zip(low, high).prefix { $0 == $1 }.map(\.0)
            return Self.match(pattern[...], (shared + Array(repeating: Self.any, count: low.count - shared.count))[...])
        case (.pattern(let pattern), .pattern(let inner)):
            return Self.match(pattern[...], inner[...])
        case (.exact, .pattern):
            return false
        }
    }

    /// The length of the numbers of a country's plan that begin so.
    private static func length(of pattern: [UInt8], in country: Country) -> Int? {
        switch country {
        case .ru:
            pattern.first == UInt8(ascii: "7") && pattern.count > 1 && pattern[1] != Self.any && pattern[1] != Self.star
                ? 11 : nil
        case .us: pattern.first == UInt8(ascii: "1") ? 11 : nil
        }
    }

    private func withoutStar(_ country: Country) -> NumberMask {
        guard case .pattern(let pattern) = form, let length = Self.length(of: pattern, in: country),
            pattern.filter({ $0 == Self.star }).count == 1, pattern.count - 1 <= length
        else { return self }
        let filling = Array(repeating: Self.any, count: length - pattern.count + 1)
        let whole = pattern.split(separator: Self.star, omittingEmptySubsequences: false).joined(separator: filling)
        return NumberMask(form: .pattern(Array(whole)), description: description)
    }

    /// Why no number in the international form can fit, in a country.
    public enum Futility: Equatable, Sendable {
        /// Numbers of the country's plan have another length.
        case wrongLength(Int)
        /// It begins as people dial, where numbers are compared in the international form: this mask was meant.
        case nationalForm(String)
    }

    /// Whether no caller's number can fit, and why; nil where one can.
    public func futility(in country: Country) -> Futility? {
        guard case .pattern(let pattern) = form else { return nil }
        let head = pattern.prefix { $0 != Self.star && $0 != Self.any }
        let written = String(decoding: pattern, as: UTF8.self)
        switch country {
        case .ru:
            // +80, +83, +87 and +89 are nobody's, and 849… is Moscow far more often than Vietnam.
            let national: [[UInt8]] = ["83", "849", "88", "89"].map { Array($0.utf8) }
            if national.contains(where: { head.starts(with: $0) }), !head.starts(with: Array("886".utf8)),
                !head.starts(with: Array("880".utf8))
            {
                return .nationalForm("7" + written.dropFirst())
            }
            let isWhole = !pattern.contains(Self.star) && (8...15).contains(pattern.count)
            if isWhole, pattern.count != 11, ["73", "74", "78", "79"].contains(where: { head.starts(with: Array($0.utf8)) }) {
                return .wrongLength(11)
            }
        case .us:
            if !pattern.contains(Self.star), pattern.first == UInt8(ascii: "1"), (8...15).contains(pattern.count),
                pattern.count != 11
            {
                return .wrongLength(11)
            }
        }
        return pattern.contains(Self.star) || pattern.count <= 15 ? nil : .wrongLength(15)
    }
}
