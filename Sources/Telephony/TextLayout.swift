/// Texts for a terminal's columns, and for a spreadsheet's.
extension String {
    /// Control characters, which a far end could send to play with the terminal, as `?`.
    public var printable: String {
        // 0xC2 leads the upper control characters, among others.
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return self }
        var clean = UnicodeScalarView()
        for scalar in unicodeScalars { clean.append(scalar.properties.generalCategory == .control ? "?" : scalar) }
        return String(clean)
    }

    /// Columns it takes; ASCII, most of a report, is not searched for accents.
    private var columns: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

    /// At most `width` characters, the last one `…` where some are left out.
    public func cut(_ width: Int) -> String {
        utf8.count <= width || columns <= width ? self : prefix(max(0, width - 1)) + "…"
    }

    /// Spaces behind it until it is so wide.
    public func paddedRight(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

    /// Spaces before it until it is so wide.
    public func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

    /// Without the spaces at its end.
    public var trimmedEnd: String {
        let end = utf8.lastIndex { $0 != UInt8(ascii: " ") }
        return String(self[..<(end.map(utf8.index(after:)) ?? startIndex)])
    }
}

/// Tables as spreadsheets read them: RFC 4180.
public enum CSV {
    /// A row with its end. A field that a spreadsheet would calculate (`=cmd()` as a caller's name) gets an apostrophe; numbers, also
    /// of telephones, are none.
    public static func line(_ fields: [String], separator: Character = ",") -> String {
        fields.map { quoted(harmless($0), separator) }.joined(separator: String(separator)) + "\r\n"
    }

    /// Whether a spreadsheet takes a text that begins so for a formula.
    public static func isFormula(_ first: Character) -> Bool { "=+-@".contains(first) }

    private static func harmless(_ field: String) -> String {
        guard let first = field.first, isFormula(first) else { return field }
        let isNumber = "+-".contains(first) && field.utf8.dropFirst().allSatisfy { (48...57).contains($0) || $0 == 46 }
        return isNumber ? field : "'" + field
    }

    private static func quoted(_ field: String, _ separator: Character) -> String {
        guard field.contains(where: { $0 == separator || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
