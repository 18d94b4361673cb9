import Telephony

/// The hash algorithms of RFC 8760 that we offer, the better one first.
enum DigestAlgorithm: String, Sendable, CaseIterable {
    case sha256 = "SHA-256"
    case md5 = "MD5"

    func hash(_ text: String, _ hashing: Hashing) -> String {
        switch self {
        case .sha256: hashing.sha256(text)
        case .md5: hashing.md5(text)
        }
    }
}

/// What an Authorization header says (RFC 7616 §3.4).
struct DigestCredentials: Equatable, Sendable {
    var username: String, realm: String, nonce: String, uri: String, response: String
    var algorithm: DigestAlgorithm
    /// Client nonce and count; nil for a client of RFC 2069 that knows no `qop`.
    var protection: Protection?

    /// What `qop=auth` adds.
    struct Protection: Equatable, Sendable {
        var clientNonce: String
        /// As written, eight hexadecimal digits.
        var count: String
    }

    /// Reads the value of an Authorization header; nil if it is not a complete Digest of an algorithm of ours.
    init?(_ header: String) {
        guard header.utf8.count <= 2048, let space = header.firstIndex(of: " "), header[..<space].equalsIgnoringCase("Digest")
        else { return nil }
        let fields = Self.fields(header[space...])
        guard let username = fields["username"], let realm = fields["realm"], let nonce = fields["nonce"],
            let uri = fields["uri"], let response = fields["response"]
        else { return nil }
        let name = fields["algorithm"] ?? "MD5"
        guard let algorithm = DigestAlgorithm.allCases.first(where: { $0.rawValue.equalsIgnoringCase(name) }) else { return nil }
        (self.username, self.realm, self.nonce, self.uri) = (username, realm, nonce, uri)
        (self.response, self.algorithm) = (response.lowercased(), algorithm)
        if let quality = fields["qop"] {
            guard quality.equalsIgnoringCase("auth"), let clientNonce = fields["cnonce"], let count = fields["nc"] else {
                return nil
            }
            protection = Protection(clientNonce: clientNonce, count: count)
        }
    }

    /// The nonce count; a client without one may use a nonce once.
    var nonceCount: UInt32? {
        guard let protection else { return 1 }
        return protection.count.utf8.count == 8 ? UInt32(protection.count, radix: 16) : nil
    }

    /// What `response` has to be (RFC 7616 §3.4.1; without qop RFC 2069).
    func expectedResponse(method: Method, password: String, _ hashing: Hashing) -> String {
        let secret = algorithm.hash("\(username):\(realm):\(password)", hashing)
        let request = algorithm.hash("\(method):\(uri)", hashing)
        guard let protection else { return algorithm.hash("\(secret):\(nonce):\(request)", hashing) }
        return algorithm.hash("\(secret):\(nonce):\(protection.count):\(protection.clientNonce):auth:\(request)", hashing)
    }

    /// `name=token` and `name="text"`, divided by commas; names in lower case.
    private static func fields(_ text: Substring) -> [String: String] {
        var fields: [String: String] = [:]
        var rest = text.utf8
        let isSeparator = { (byte: UInt8) in byte == 32 || byte == 9 || byte == 44 }
        while true {
            rest = rest.drop(while: isSeparator)
            guard let equals = rest.firstIndex(of: 61) else { return fields }
            let name = Substring(rest[..<equals]).trimmed.lowercased()
            rest = rest[rest.index(after: equals)...].drop { $0 == 32 || $0 == 9 }
            var value: [UInt8] = []
            if rest.first == 34 {
                rest = rest.dropFirst()
                while let byte = rest.popFirst(), byte != 34 {
                    if byte == 92, let escaped = rest.popFirst() { value.append(escaped) } else { value.append(byte) }
                }
            } else {
                value = Array(rest.prefix { !isSeparator($0) })
                rest = rest.dropFirst(value.count)
            }
            if fields[name] == nil { fields[name] = String(decoding: value, as: UTF8.self) }
        }
    }
}

/// Gives out nonces and judges credentials (RFC 8760, RFC 7616). A stranger cannot tell an unknown user from a wrong password.
struct DigestGuard: Sendable {
    enum Verdict: Equatable {
        /// The user is who he says.
        case accepted(account: String)
        /// No credentials for our realm.
        case missing
        /// The right password with a nonce that is too old or forgotten: a new one helps.
        case stale
        /// The right password with a nonce count that was used already.
        case replayed
        /// Unknown user, wrong password, or not the user of From.
        case wrong
    }

    /// How long a nonce is good.
    static let life = Duration.minutes(5)

    private struct Nonce: Sendable {
        var expires: Instant, lastCount: UInt32
    }

    private var nonces: [String: Nonce] = [:]
    /// In the order given out; from `oldest` on they may still be known.
    private var order: [String] = [], oldest = 0

    /// The challenges of a 401, one nonce in all of them.
    mutating func challenges(
        _ algorithms: [DigestAlgorithm] = DigestAlgorithm.allCases, realm: String, nonce: String, isStale: Bool, at now: Instant
    ) -> [Header] {
        nonces[nonce] = Nonce(expires: now + Self.life, lastCount: 0)
        order.append(nonce)
        if order.count - oldest > SignallingLimit.nonces {
            nonces[order[oldest]] = nil
            oldest += 1
            if oldest > SignallingLimit.nonces {
                order.removeFirst(oldest)
                oldest = 0
            }
        }
        return algorithms.map { algorithm in
            Header(
                "WWW-Authenticate",
                "Digest realm=\"\(realm)\", nonce=\"\(nonce)\", algorithm=\(algorithm.rawValue), qop=\"auth\""
                    + (isStale ? ", stale=true" : ""))
        }
    }

    /// Judges a request that claims to come from `user`.
    mutating func judge(_ request: Message, user: String, settings: SIPSettings, hashing: Hashing, at now: Instant) -> Verdict {
        let headers = request.headers.lazy.filter { $0.name.equalsIgnoringCase("Authorization") }.prefix(4)
        guard let credentials = headers.compactMap({ DigestCredentials($0.value) }).first(where: { $0.realm == settings.domain })
        else { return .missing }
        let password = settings.accounts[credentials.username]
        // The sum is done for an unknown user too, so that the time tells nothing.
        let expected = credentials.expectedResponse(
            method: request.sequenceMethod, password: password ?? "", hashing)
        let matches = Self.same(expected, credentials.response)
        guard matches, password != nil, credentials.username == user, let count = credentials.nonceCount else { return .wrong }
        guard let nonce = nonces[credentials.nonce], now < nonce.expires else { return .stale }
        guard count > nonce.lastCount else { return .replayed }
        nonces[credentials.nonce]?.lastCount = count
        return .accepted(account: user)
    }

    /// Compares in a time that does not depend on where the first difference is.
    private static func same(_ left: String, _ right: String) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
