/// Our own seeded generator (SplitMix64), so that a seed means the same next year. For chance, never for secrets.
public struct Dice: RandomNumberGenerator, Equatable, Sendable {
    private var state: UInt64

    /// Dice that fall the same way for the same seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A whole number from 0 up to, but not including, `bound`; `bound` must be positive.
    public mutating func roll(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// True in `numerator` of `denominator` throws: an integer ratio, so that a seed never depends on rounding.
    public mutating func chance(_ numerator: Int, in denominator: Int) -> Bool { roll(denominator) < numerator }
}
