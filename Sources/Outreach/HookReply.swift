import Routing
import Telephony

/// What a look-up hook said of a client.
public struct HookReply: Equatable, Sendable {
    /// Whether it knows him, and who looks after him.
    public var answer: ClientCard.HookAnswer
    /// Where he works; empty where it does not say.
    public var company: String
    /// The language he speaks, ISO 639-1; nil where it does not say.
    public var language: String?

    /// A reply from its parts.
    public init(_ answer: ClientCard.HookAnswer, company: String = "", language: String? = nil) {
        (self.answer, self.company, self.language) = (answer, company, language)
    }

    private static let textLimit = 200, ownerLimit = 8

    /// Reads what a server answered: 200 with a JSON object, or 404 and 204 for "nobody knows him".
    init(status: Int, body: [UInt8]) {
        switch status {
        case 200: self = Self.read(body)
        case 204, 404: self.init(.unknown)
        default: self.init(.failed(Catalogue.wrongStatus(status)))
        }
    }

    private static func read(_ body: [UInt8]) -> HookReply {
        let object: JSON
        do throws(JSONError) {
            object = try JSON(body)
        } catch { return HookReply(.failed(Catalogue.notJSON(at: error.byte))) }
        guard case .object = object else { return HookReply(.failed(Catalogue.notJSON(at: 1))) }
        do throws(WrongKey) {
            let name = try text("name", of: object), owner = try owner(object)
            switch object["known"] {
            case .bool(false): return HookReply(.unknown)
            case .bool(true): break
            case nil, .null: if name.isEmpty, owner == nil { return HookReply(.unknown) }
            case .integer, .number, .string, .array, .object: throw WrongKey(key: "known")
            }
            return HookReply(
                .known(name: name, owner: owner), company: try text("company", of: object), language: try language(object))
        } catch { return HookReply(.failed(Catalogue.wrongAnswer(error.key))) }
    }

    private struct WrongKey: Error { var key: String }

    private static func text(_ key: String, of object: JSON) throws(WrongKey) -> String {
        switch object[key] {
        case nil, .null: return ""
        case .string(let text):
            // What a display shows is one line, and not endless.
            let line = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
            return String(String(line).trimmed.prefix(textLimit))
        case .bool, .integer, .number, .array, .object: throw WrongKey(key: key)
        }
    }

    /// `"101"`, `101`, or nobody.
    private static func owner(_ object: JSON) throws(WrongKey) -> ExtensionNumber? {
        let number: String
        switch object["owner"] {
        case nil, .null: return nil
        case .string(let text): number = text
        case .integer(let value): number = String(value)
        case .bool, .number, .array, .object: throw WrongKey(key: "owner")
        }
        if number.isEmpty { return nil }
        guard number.utf8.count <= ownerLimit, number.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw WrongKey(key: "owner")
        }
        return number
    }

    private static func language(_ object: JSON) throws(WrongKey) -> String? {
        let code = try text("language", of: object).lowercased()
        if code.isEmpty { return nil }
        guard code.utf8.count == 2, code.utf8.allSatisfy({ (97...122).contains($0) }) else { throw WrongKey(key: "language") }
        return code
    }

    /// Whether the server failed.
    var failure: Wording? {
        switch answer {
        case .failed(let reason): reason
        case .notAsked, .known, .unknown: nil
        }
    }
}
