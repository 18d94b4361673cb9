/// What could still be read of an INVITE that was refused before it was a message: enough to put the call on record.
public struct BrokenCall: Equatable, Sendable {
    /// The user parts of From and To, as far as they could be found; empty: not.
    public var from: String, to: String
    /// As written; empty where there is none. The same for every repetition.
    public var callID: String

    /// A call from its parts.
    public init(from: String, to: String, callID: String) { (self.from, self.to, self.callID) = (from, to, callID) }

    /// Nil for what begins no call: another method, a response, a request inside a dialog.
    init?(_ outline: Outline) {
        guard outline.bytes[outline.start].starts(with: "INVITE ".utf8) else { return nil }
        let value = { (kind: Outline.Kind) in outline.first(kind).map { outline.text($0.value) } ?? "" }
        let to = value(.to)
        guard !to.lowercased().contains("tag=") else { return nil }
        (from, self.to, callID) = (Self.user(value(.from)), Self.user(to), String(value(.callID).prefix(200)))
    }

    /// What stands between the scheme and the `@`, where that is a plain word.
    private static func user(_ address: String) -> String {
        guard let colon = address.firstIndex(of: ":"), let end = address[colon...].firstIndex(of: "@") else { return "" }
        let user = address[address.index(after: colon)..<end]
        let isPlain = user.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: "\"") }
        return isPlain && user.utf8.count <= 64 ? String(user) : ""
    }
}
