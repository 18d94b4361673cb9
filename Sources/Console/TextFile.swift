/// The bytes of a text file, whatever program wrote it.
public enum TextFile {
    /// The text: UTF-8 and UTF-16 with or without their mark; else Windows-1251, as Excel writes it in Russia. Nil where it is
    /// none of these.
    public static func text(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(validating: bytes.dropFirst(3), as: UTF8.self) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return wide(bytes) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        // A file of Windows-1251 has letters and no control characters; what has, is no text at all.
        if bytes.contains(where: { $0 < 32 && ![9, 10, 13].contains($0) }) { return nil }
        var text = String.UnicodeScalarView()
        for byte in bytes {
            guard let scalar = byte < 128 ? Unicode.Scalar(byte) : cyrillic(byte) else { return nil }
            text.append(scalar)
        }
        return String(text)
    }

    /// UTF-16, which begins with its mark.
    private static func wide(_ bytes: [UInt8]) -> String? {
        guard bytes.count % 2 == 0 else { return nil }
        let isLittle = bytes[0] == 0xFF
        let units = stride(from: 2, to: bytes.count, by: 2).map { index in
            UInt16(bytes[index + (isLittle ? 1 : 0)]) << 8 | UInt16(bytes[index + (isLittle ? 0 : 1)])
        }
        return String(validating: units, as: UTF16.self)
    }

    /// The upper half of Windows-1251; nil for the one place that it leaves empty.
    private static func cyrillic(_ byte: UInt8) -> Unicode.Scalar? {
        if byte >= 0xC0 { return Unicode.Scalar(0x0410 + UInt32(byte) - 0xC0) }
        let code = others[Int(byte) - 0x80]
        return code == 0 ? nil : Unicode.Scalar(code)
    }

    /// 0x80 to 0xBF, from Unicode's mapping table CP1251.TXT.
    private static let others: [UInt16] = [
        0x0402, 0x0403, 0x201A, 0x0453, 0x201E, 0x2026, 0x2020, 0x2021, 0x20AC, 0x2030, 0x0409, 0x2039, 0x040A, 0x040C, 0x040B,
        0x040F, 0x0452, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0, 0x2122, 0x0459, 0x203A, 0x045A, 0x045C,
        0x045B, 0x045F, 0x00A0, 0x040E, 0x045E, 0x0408, 0x00A4, 0x0490, 0x00A6, 0x00A7, 0x0401, 0x00A9, 0x0404, 0x00AB, 0x00AC,
        0x00AD, 0x00AE, 0x0407, 0x00B0, 0x00B1, 0x0406, 0x0456, 0x0491, 0x00B5, 0x00B6, 0x00B7, 0x0451, 0x2116, 0x0454, 0x00BB,
        0x0458, 0x0405, 0x0455, 0x0457,
    ]
}
