import Signalling
import Telephony

/// Where an agent's registration stands.
struct RegistrationState: Sendable {
    var callID: String?, sequence: UInt32 = 0, tag = ""
    var expires: Duration?
    /// The last challenge, which further requests may use again.
    var challenge: Challenge?
}

/// A digest challenge and how often it was used.
struct Challenge: Equatable, Sendable {
    var realm: String, nonce: String, algorithm: String, hasQop: Bool, opaque: String?
    /// Whether it came as 407.
    var isProxy: Bool
    var uses = 0
    /// Whether the last use was for an answer to this very challenge.
    var isStale: Bool
}

extension SimulatedAgent {
    /// Registers, or refreshes.
    mutating func register() { sendRegister(expires: manners.expires) }

    /// Takes the registration back.
    mutating func unregister() { sendRegister(expires: .zero) }

    private mutating func sendRegister(expires: Duration) {
        guard case .phone(let account, _) = role else { return }
        if registration.callID == nil {
            registration.callID = unique("register") + "@" + address.address.host
            registration.tag = unique("tag")
        }
        registration.sequence += 1
        let own = NameAddress(uri: SIPURI(user: account, host: domain))
        var from = own
        from.tag = registration.tag
        var message = Message(
            .request(.register, SIPURI(host: domain)), from: from, to: own, callID: registration.callID ?? "",
            sequence: registration.sequence, sequenceMethod: .register)
        dress(&message)
        message.setHeader("Expires", String(expires.components.seconds))
        credentials(for: &message)
        timers.cancel(.register)
        request(message, to: server, for: .register(leaving: expires == .zero))
    }

    mutating func registerConcluded(leaving: Bool, _ status: Int, _ response: Message?) {
        if status == 200, let response {
            attempts[response.callID] = nil
            guard !leaving else {
                if isRegistered { notice(.unregistered) }
                isRegistered = false
                return
            }
            if !isRegistered { notice(.registered) }
            isRegistered = true
            let own = response.contacts.first { $0.uri.user == contact.uri.user && ownAddress($0.uri) }
            let granted = (own?.parameters["expires"] ?? response.header("Expires")).flatMap { Int64($0) }
            registration.expires = .seconds(granted ?? manners.expires.components.seconds)
            timers.set(.register, at: now + .seconds((granted ?? 3600) / 2))
        } else if status == 423, let least = response?.header("Min-Expires").flatMap({ Int64($0) }) {
            manners.expires = .seconds(least)
            register()
        } else if !leaving {
            if status != 408 { notice(.registrationRefused(status: status)) }
            isRegistered = false
            timers.set(.register, at: now + .seconds(20))
        }
    }

    private func ownAddress(_ uri: SIPURI) -> Bool {
        uri.address == address.address || uri.address == seenAs.address
    }

    /// Repeats a challenged request with an answer to the challenge; false where that cannot help.
    mutating func authorise(_ transaction: ClientTransaction, _ status: Int, _ response: Message) -> Bool {
        let headerName = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"
        let offers = response.headers.filter { $0.name.equalsIgnoringCase(headerName) }
            .compactMap { Challenge($0.value, isProxy: status == 407) }
        guard case .phone = role, let challenge = offers.first(where: { $0.algorithm == manners.digest.rawValue }) else {
            return false
        }
        let hadCredentials = transaction.request.header(status == 401 ? "Authorization" : "Proxy-Authorization") != nil
        if hadCredentials, !challenge.isStale, registration.challenge?.nonce == challenge.nonce { return false }
        if hadCredentials, !challenge.isStale, attempts[transaction.request.callID, default: 0] >= 2 { return false }
        attempts[transaction.request.callID, default: 0] += 1
        registration.challenge = challenge
        var message = transaction.request
        message.sequence += 1
        credentials(for: &message)
        resend(message, transaction)
        return true
    }

    private mutating func resend(_ message: Message, _ transaction: ClientTransaction) {
        switch transaction.purpose {
        case .register:
            registration.sequence = message.sequence
            request(message, to: transaction.to, for: transaction.purpose)
        case .invite(let id):
            let wantsOut = if case .cancelling = call(id)?.state { true } else { false }
            if wantsOut { return end(id, noticing: nil) }
            sendInvite(id, message)
        case .change(let id), .bye(let id), .refer(let id):
            withCall(id) { $0.localSequence = message.sequence }
            request(message, to: transaction.to, for: transaction.purpose)
        case .subscribe:
            lamp.sequence = message.sequence
            request(message, to: transaction.to, for: transaction.purpose)
        case .watch(let callID):
            watches[callID]?.sequence = message.sequence
            request(message, to: transaction.to, for: transaction.purpose)
        case .cancel, .other: request(message, to: transaction.to, for: transaction.purpose)
        }
    }

    /// Puts an Authorization header for the last challenge into the request (RFC 7616, RFC 8760).
    mutating func credentials(for request: inout Message) {
        guard case .phone(let account, let secret) = role, var challenge = registration.challenge,
            let method = request.method, let uri = request.requestURI
        else { return }
        challenge.uses += 1
        registration.challenge = challenge
        let hash = challenge.algorithm == "MD5" ? hashing.md5 : hashing.sha256
        let first = hash("\(account):\(challenge.realm):\(secret)")
        let second = hash("\(method):\(uri)")
        let digits = String(challenge.uses, radix: 16)
        let counter = String(repeating: "0", count: 8 - digits.count) + digits
        let own = unique("cnonce")
        let response =
            challenge.hasQop
            ? hash("\(first):\(challenge.nonce):\(counter):\(own):auth:\(second)") : hash("\(first):\(challenge.nonce):\(second)")
        var text = "Digest username=\"\(account)\", realm=\"\(challenge.realm)\", nonce=\"\(challenge.nonce)\", uri=\"\(uri)\", "
        text += "response=\"\(response)\", algorithm=\(challenge.algorithm)"
        if challenge.hasQop { text += ", qop=auth, nc=\(counter), cnonce=\"\(own)\"" }
        if let opaque = challenge.opaque { text += ", opaque=\"\(opaque)\"" }
        request.setHeader(challenge.isProxy ? "Proxy-Authorization" : "Authorization", text)
    }
}

extension Challenge {
    /// Reads `Digest realm="…", nonce="…", …`; nil for another scheme or without realm and nonce.
    init?(_ text: String, isProxy: Bool) {
        guard text.count > 7, text.prefix(7).equalsIgnoringCase("Digest ") else { return nil }
        var values: [String: String] = [:]
        var rest = Substring(text.dropFirst(7))
        while !rest.isEmpty {
            rest = rest.trimmed
            guard let equals = rest.firstIndex(of: "=") else { break }
            let name = rest[..<equals].trimmed.lowercased()
            rest = rest[rest.index(after: equals)...].trimmed
            let isQuoted = rest.first == "\""
            if isQuoted { rest = rest.dropFirst() }
            let end = rest.firstIndex(of: isQuoted ? "\"" : ",") ?? rest.endIndex
            values[name] = String(rest[..<end].trimmed)
            rest = rest[end...]
            if isQuoted { rest = rest.dropFirst() }
            if let comma = rest.firstIndex(of: ",") { rest = rest[rest.index(after: comma)...] } else { break }
        }
        guard let realm = values["realm"], let nonce = values["nonce"] else { return nil }
        self.init(
            realm: realm, nonce: nonce, algorithm: values["algorithm"] ?? "MD5", hasQop: values["qop"] != nil,
            opaque: values["opaque"], isProxy: isProxy, isStale: values["stale"]?.lowercased() == "true")
    }
}

extension Hashing {
    /// Stand-ins that both sides of a simulation share: not MD5 and SHA-256, only as long and as different as they.
    public static let simulated = Hashing(md5: { stretched($0, words: 2) }, sha256: { stretched($0, words: 4) })

    private static func stretched(_ text: String, words: Int) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var dice = Dice(seed: hash)
        return (0..<words).map { _ in
            let digits = String(dice.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
