/// A DTMF key.
public enum Digit: Character, Sendable, CaseIterable, Hashable {
    case d0 = "0", d1 = "1", d2 = "2", d3 = "3", d4 = "4", d5 = "5", d6 = "6", d7 = "7", d8 = "8", d9 = "9"
    case star = "*", pound = "#", a = "A", b = "B", c = "C", d = "D"

    /// The event code of RFC 4733 §3.2: 0…9, 10 = *, 11 = #, 12…15 = A…D.
    public var event: UInt8 { UInt8(Self.allCases.firstIndex(of: self) ?? 0) }

    /// The key of an RFC 4733 event code; nil above 15.
    public init?(event: UInt8) {
        guard event < 16 else { return nil }
        self = Self.allCases[Int(event)]
    }
}
