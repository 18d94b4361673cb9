/// A JSON value to print (RFC 8259); members keep the order they were given in.
public enum JSON: Equatable, Sendable, CustomStringConvertible {
    case null, bool(Bool), integer(Int), number(Double), string(String), array([JSON]), object([(String, JSON)])

    /// Same kind, same content, members in the same order.
    public static func == (left: JSON, right: JSON) -> Bool { left.description == right.description }

    /// The value, or null for nil.
    public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// Seconds with at most three decimals, as all our durations are printed.
    public static func seconds(_ duration: Duration?) -> JSON {
        guard let duration else { return .null }
        let milliseconds = duration.milliseconds
        return milliseconds % 1000 == 0 ? .integer(Int(milliseconds / 1000)) : .number(Double(milliseconds) / 1000)
    }

    /// The text, without needless spaces.
    public var description: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .number(let value): text += value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.quote(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, (name, value)) in members.enumerated() {
                if index > 0 { text += "," }
                Self.quote(name, to: &text)
                text += ":"
                value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func quote(_ string: String, to text: inout String) {
        text += "\""
        if string.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }) {
            for scalar in string.unicodeScalars { escape(scalar, to: &text) }
        } else {
            text += string
        }
        text += "\""
    }

    private static func escape(_ scalar: Unicode.Scalar, to text: inout String) {
        switch scalar {
        case "\"": text += "\\\""
        case "\\": text += "\\\\"
        case "\n": text += "\\n"
        case "\r": text += "\\r"
        case "\t": text += "\\t"
        case ..<" ": text += "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
        default: text.unicodeScalars.append(scalar)
        }
    }
}
