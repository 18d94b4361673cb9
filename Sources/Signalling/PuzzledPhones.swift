import Telephony

/// Phones that give up on a challenge whose algorithm they do not know, instead of passing on to the next one as RFC 8760
/// §2.4 has it. Such a phone tries to register again without credentials; from then on it is asked for MD5 alone.
struct PuzzledPhones: Sendable {
    private struct Client: Hashable, Sendable {
        var user: String, address: IPAddress
    }

    /// REGISTERs that were challenged and not yet followed by credentials, by their branch: the same branch again is only a
    /// repetition on the wire.
    private var waiting: [Client: String] = [:]
    private var puzzled: Set<Client> = []

    /// The algorithms that a challenge of this request names, the better one first.
    mutating func algorithms(for request: Message, from address: IPAddress, hasCredentials: Bool) -> [DigestAlgorithm] {
        let client = Client(user: request.from.uri.user, address: address)
        if puzzled.contains(client) { return [.md5] }
        if hasCredentials { waiting[client] = nil }
        guard !hasCredentials, request.sequenceMethod == .register, let branch = request.vias.first?.branch else {
            return DigestAlgorithm.allCases
        }
        if waiting.count >= SignallingLimit.nonces { waiting.removeAll(keepingCapacity: true) }
        guard let before = waiting.updateValue(branch, forKey: client), before != branch else { return DigestAlgorithm.allCases }
        if puzzled.count >= SignallingLimit.nonces { puzzled.removeAll(keepingCapacity: true) }
        puzzled.insert(client)
        waiting[client] = nil
        return [.md5]
    }

    /// It sent good credentials: it understood.
    mutating func understood(_ request: Message, from address: IPAddress) {
        waiting[Client(user: request.from.uri.user, address: address)] = nil
    }
}
