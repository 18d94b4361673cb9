/// How a terminal writes letters.
public enum Charset: String, Sendable, CaseIterable {
    case utf8
    /// RFC 1489: one byte a letter, so a page of Russian is half as long; on a line of seven bits it can still be read.
    case koi8r = "koi8-r"
    /// Russian in Latin letters.
    case ascii

    /// The bytes of a text; what the terminal does not have is written as near as it can.
    public func bytes(of text: String) -> [UInt8] {
        switch self {
        case .utf8: Array(text.utf8)
        case .koi8r: text.unicodeScalars.flatMap { Self.koi8(of: $0) ?? Array(Self.latin($0).utf8) }
        case .ascii: text.unicodeScalars.flatMap { Array(Self.latin($0).utf8) }
        }
    }

    /// The character that a byte from the terminal is, by the two charsets of one byte a character; UTF-8 is not asked.
    public func scalar(of byte: UInt8) -> Unicode.Scalar {
        guard self == .koi8r, byte >= 0x80 else { return Unicode.Scalar(byte) }
        if byte == 0xA3 { return "ё" }
        if byte == 0xB3 { return "Ё" }
        return byte >= 0xC0 ? Self.letters[Int(byte) - 0xC0] : "?"
    }

    /// KOI8-R's letters from 0xC0 on.
    private static let letters = Array("юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ".unicodeScalars)
    private static let koi8Bytes: [Unicode.Scalar: UInt8] = {
        var bytes: [Unicode.Scalar: UInt8] = ["ё": 0xA3, "Ё": 0xB3, "\u{A0}": 0x9A]
        for (index, letter) in letters.enumerated() { bytes[letter] = UInt8(0xC0 + index) }
        return bytes
    }()

    private static func koi8(of scalar: Unicode.Scalar) -> [UInt8]? {
        scalar.value < 0x80 ? [UInt8(scalar.value)] : koi8Bytes[scalar].map { [$0] }
    }

    /// GOST 7.79 system B, shortened to what reads easily.
    private static let latinLetters: [Unicode.Scalar: String] = [
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "j", "к": "k",
        "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c",
        "ч": "ch", "ш": "sh", "щ": "shh", "ъ": "", "ы": "y", "ь": "'", "э": "e", "ю": "yu", "я": "ya", "«": "\"", "»": "\"",
        "“": "\"", "”": "\"", "—": "-", "–": "-", "…": "...", "№": "N", "→": "->", "↔": "<->", "⇒": "=>", "×": "x", "°": "C",
        "µ": "u", "·": ".", "\u{A0}": " ", "’": "'",
    ]

    private static func latin(_ scalar: Unicode.Scalar) -> String {
        if scalar.value < 0x80 { return String(scalar) }
        if let letter = latinLetters[scalar] { return letter }
        let small = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        guard small != scalar, let letter = latinLetters[small] else { return "?" }
        return letter.prefix(1).uppercased() + letter.dropFirst()
    }
}
