/// A text that is no JSON.
public struct JSONError: Error, Equatable, Sendable {
    /// The byte at which that shows, counted from 1.
    public var byte: Int

    /// An error that shows at a byte.
    public init(byte: Int) { self.byte = byte }
}

extension JSON {
    /// Arrays and objects inside each other, at most.
    private static let depthLimit = 32
    /// Values in one text, at most.
    private static let valueLimit = 10_000

    /// Reads a text as RFC 8259 has it, in UTF-8; no more than `limit` bytes. Of members with one name the first is found. Throws
    /// where the text is anything else.
    public init(_ text: [UInt8], limit: Int = 65_536) throws(JSONError) {
        guard text.count <= limit else { throw JSONError(byte: limit + 1) }
        var reader = Reader(text)
        self = try reader.whole()
    }

    /// The member of an object; nil where there is none.
    public subscript(_ name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.0 == name }?.1
    }

    private struct Reader {
        private let text: [UInt8]
        private var place = 0
        private var values = 0

        init(_ text: [UInt8]) { self.text = text }

        private var next: UInt8? { place < text.count ? text[place] : nil }
        private var fault: JSONError { JSONError(byte: place + 1) }

        mutating func whole() throws(JSONError) -> JSON {
            let value = try value(depth: 0)
            skipSpace()
            guard next == nil else { throw fault }
            return value
        }

        private mutating func value(depth: Int) throws(JSONError) -> JSON {
            values += 1
            guard depth <= depthLimit, values <= valueLimit else { throw fault }
            skipSpace()
            switch next {
            case UInt8(ascii: "{"): return try object(depth)
            case UInt8(ascii: "["): return try array(depth)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            default: return try number()
            }
        }

        private mutating func object(_ depth: Int) throws(JSONError) -> JSON {
            var members: [(String, JSON)] = []
            place += 1
            skipSpace()
            if take("}") { return .object([]) }
            repeat {
                skipSpace()
                guard next == UInt8(ascii: "\"") else { throw fault }
                let name = try string()
                skipSpace()
                guard take(":") else { throw fault }
                members.append((name, try value(depth: depth + 1)))
                skipSpace()
            } while take(",")
            guard take("}") else { throw fault }
            return .object(members)
        }

        private mutating func array(_ depth: Int) throws(JSONError) -> JSON {
            var elements: [JSON] = []
            place += 1
            skipSpace()
            if take("]") { return .array([]) }
            repeat {
                elements.append(try value(depth: depth + 1))
                skipSpace()
            } while take(",")
            guard take("]") else { throw fault }
            return .array(elements)
        }

        private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONError) -> JSON {
            let bytes = "\(word)".utf8
            guard text[place...].starts(with: bytes) else { throw fault }
            place += bytes.count
            return value
        }

        private mutating func number() throws(JSONError) -> JSON {
            let start = place
            _ = take("-")
            if !take("0") { try digits() }
            var isWhole = true
            if take(".") {
                isWhole = false
                try digits()
            }
            if take("e") || take("E") {
                isWhole = false
                if !take("+") { _ = take("-") }
                try digits()
            }
            let digits = String(decoding: text[start..<place], as: UTF8.self)
            if isWhole, let integer = Int(digits) { return .integer(integer) }
            guard let number = Double(digits), number.isFinite else { throw fault }
            return .number(number)
        }

        private mutating func digits() throws(JSONError) {
            let start = place
            while let digit = next, (48...57).contains(digit) { place += 1 }
            guard place > start else { throw fault }
        }

        private mutating func string() throws(JSONError) -> String {
            place += 1
            var bytes: [UInt8] = []
            while let byte = next, byte != UInt8(ascii: "\"") {
                guard byte >= 0x20 else { throw fault }
                place += 1
                if byte == UInt8(ascii: "\\") { bytes += try escape() } else { bytes.append(byte) }
            }
            guard let result = String(validating: bytes, as: UTF8.self), take("\"") else { throw fault }
            return result
        }

        private mutating func escape() throws(JSONError) -> [UInt8] {
            guard let byte = next else { throw fault }
            place += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
            case UInt8(ascii: "b"): return [8]
            case UInt8(ascii: "f"): return [12]
            case UInt8(ascii: "n"): return [10]
            case UInt8(ascii: "r"): return [13]
            case UInt8(ascii: "t"): return [9]
            case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
            default: throw fault
            }
        }

        /// The character of `\uXXXX`, or of two of them (RFC 8259 §7).
        private mutating func scalar() throws(JSONError) -> Unicode.Scalar {
            let high = try unit()
            if let scalar = Unicode.Scalar(high) { return scalar }
            guard high < 0xDC00, take("\\"), take("u") else { throw fault }
            let low = try unit()
            guard (0xDC00...0xDFFF).contains(low), let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + low - 0xDC00)
            else { throw fault }
            return scalar
        }

        private mutating func unit() throws(JSONError) -> UInt32 {
            guard place + 4 <= text.count else { throw fault }
            let digits = text[place..<place + 4]
            guard digits.allSatisfy({ (48...57).contains($0) || (97...102).contains($0 | 0x20) }),
                let unit = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
            else { throw fault }
            place += 4
            return unit
        }

        private mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        private mutating func skipSpace() {
            while let byte = next, byte == 0x20 || byte == 9 || byte == 10 || byte == 13 { place += 1 }
        }
    }
}
