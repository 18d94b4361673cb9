/// A JSON value to print (RFC 8259); members keep the order they were given in.
public indirect enum JSON: Equatable, Sendable, CustomStringConvertible {
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
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .number(let value): value.isFinite ? "\(value)" : "null"
        case .string(let value): Self.quoted(value)
        case .array(let values): "[" + values.map(\.description).joined(separator: ",") + "]"
        case .object(let members): "{" + members.map { Self.quoted($0.0) + ":" + $0.1.description }.joined(separator: ",") + "}"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case ..." ": result += scalar == " " ? " " : "\\u" + String(0x10000 + scalar.value, radix: 16).dropFirst()
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
