import Signalling
import Telephony

/// The answer to a digest challenge (RFC 7616, RFC 8760), `qop=auth` where it is offered.
struct DigestAnswer {
    private let realm: String, nonce: String, opaque: String?, algorithm: String, usesQop: Bool
    private let hash: @Sendable (String) -> String

    /// Reads `Digest realm="…", nonce="…", …`; nil for another scheme or an algorithm that is not ours.
    init?(challenge: String, hashing: Hashing) {
        guard challenge.prefix(7).equalsIgnoringCase("Digest ") else { return nil }
        var fields: [String: String] = [:]
        for field in Self.fields(challenge.dropFirst(7)) {
            let parts = field.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            fields[parts[0].trimmed.lowercased()] = parts[1].trimmed.filter { $0 != "\"" }
        }
        guard let realm = fields["realm"], let nonce = fields["nonce"] else { return nil }
        (self.realm, self.nonce, opaque) = (realm, nonce, fields["opaque"])
        algorithm = fields["algorithm"] ?? "MD5"
        usesQop = fields["qop"]?.split(separator: ",").contains { $0.trimmed == "auth" } ?? false
        switch algorithm.uppercased() {
        case "MD5": hash = hashing.md5
        case "SHA-256": hash = hashing.sha256
        default: return nil
        }
    }

    /// The header's value.
    func text(account: SelfTest.Account, method: String, uri: String, clientNonce: String) -> String {
        let secret = hash("\(account.number):\(realm):\(account.secret)"), what = hash("\(method):\(uri)")
        let middle = usesQop ? "\(nonce):00000001:\(clientNonce):auth" : nonce
        var fields = [
            "username=\"\(account.number)\"", "realm=\"\(realm)\"", "nonce=\"\(nonce)\"", "uri=\"\(uri)\"",
            "response=\"\(hash("\(secret):\(middle):\(what)"))\"", "algorithm=\(algorithm)",
        ]
        if let opaque { fields.append("opaque=\"\(opaque)\"") }
        if usesQop { fields += ["qop=auth", "nc=00000001", "cnonce=\"\(clientNonce)\""] }
        return "Digest " + fields.joined(separator: ", ")
    }

    /// Splits at commas outside quotes.
    private static func fields(_ text: Substring) -> [String] {
        var isQuoted = false
        return text.split { character in
            if character == "\"" { isQuoted.toggle() }
            return character == "," && !isQuoted
        }.map { String($0) }
    }
}
