/// G.711 A-law, sample by sample (ITU-T G.711 §3.1).
public enum ALaw {
    /// The byte of a 16-bit linear sample.
    public static func encode(_ sample: Int16) -> UInt8 {
        let isPositive = sample >= 0
        let magnitude = min(Int(sample.magnitude) - (isPositive ? 0 : 1), 32_767) >> 4
        let code: Int
        if magnitude < 16 {
            code = magnitude
        } else {
            let exponent = Int.bitWidth - magnitude.leadingZeroBitCount - 4
            code = (exponent << 4) | ((magnitude >> (exponent - 1)) & 15)
        }
        return UInt8(code | (isPositive ? 0x80 : 0)) ^ 0x55
    }

    /// The middle of the interval that the byte stands for.
    public static func decode(_ byte: UInt8) -> Int16 {
        let code = byte ^ 0x55
        let exponent = Int16(code >> 4 & 7), mantissa = Int16(code & 15)
        let magnitude = exponent == 0 ? mantissa << 4 | 8 : (mantissa << 4 | 0x108) << (exponent - 1)
        return code & 0x80 != 0 ? magnitude : -magnitude
    }
}

/// G.711 µ-law, sample by sample (ITU-T G.711 §3.2).
public enum ULaw {
    /// The middle of the interval that the byte stands for.
    public static func decode(_ byte: UInt8) -> Int16 {
        let code = ~byte
        let exponent = Int16(code >> 4 & 7), mantissa = Int16(code & 15)
        let magnitude = (mantissa << 3 | 0x84) << exponent - 0x84
        return code & 0x80 != 0 ? -magnitude : magnitude
    }
}
