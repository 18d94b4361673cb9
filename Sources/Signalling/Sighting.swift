import Telephony

/// What a far end that we know wrote of itself, where its packets came from, and where it says that ours come from. What a network in
/// between does to packets shows itself here.
public struct Sighting: Equatable, Sendable {
    /// The account, or the trunk.
    public enum Party: Hashable, Sendable {
        case account(String), trunk(String)
    }

    /// Who.
    public var party: Party
    /// Our end and its end of the packets, as they arrive here.
    public var flow: Flow
    /// What it wrote into Via and Contact of its last request, and as the address of its voice (SDP).
    public var via: Endpoint?, contact: Endpoint?, voice: Endpoint?
    /// Where it says that our requests come from (`received` and `rport`, RFC 3261 §18.2.1, RFC 3581); nil: it has not said.
    public var seenAs: Endpoint?

    /// A sighting from its parts.
    public init(
        _ party: Party, _ flow: Flow, via: Endpoint? = nil, contact: Endpoint? = nil, voice: Endpoint? = nil,
        seenAs: Endpoint? = nil
    ) {
        (self.party, self.flow) = (party, flow)
        (self.via, self.contact, self.voice, self.seenAs) = (via, contact, voice, seenAs)
    }
}

/// The last sighting of every phone and trunk: bounded, and of nobody who has not shown who he is.
struct Sightings: Sendable {
    /// Far ends that are remembered.
    private static let limit = 1024

    private(set) var byRemote: [Endpoint: Sighting] = [:]

    /// A request of somebody who has shown who he is.
    mutating func note(_ request: Message, from party: Sighting.Party, _ flow: Flow) {
        guard byRemote[flow.remote] != nil || byRemote.count < Self.limit else { return }
        var sighting = byRemote[flow.remote] ?? Sighting(party, flow)
        (sighting.party, sighting.flow) = (party, flow)
        // The last Via is the sender's own; those before it are of proxies.
        sighting.via = request.vias.last.flatMap { Self.endpoint($0.host, $0.port) } ?? sighting.via
        sighting.contact = request.contacts.first.flatMap { Self.endpoint($0.uri.host, $0.uri.port) } ?? sighting.contact
        sighting.voice = request.sessionDescription?.audioEndpoint ?? sighting.voice
        byRemote[flow.remote] = sighting
    }

    /// An answer to a request of ours.
    mutating func note(answer: Message, over flow: Flow, by party: Sighting.Party) {
        guard let via = answer.vias.first, let address = IPAddress(via.parameters["received"] ?? via.host) else { return }
        guard byRemote[flow.remote] != nil || byRemote.count < Self.limit else { return }
        if byRemote[flow.remote] == nil { byRemote[flow.remote] = Sighting(party, flow) }
        let port = via.parameters["rport"].flatMap { UInt16($0) } ?? via.port ?? 5060
        byRemote[flow.remote]?.seenAs = Endpoint(address, port)
        if let voice = answer.sessionDescription?.audioEndpoint { byRemote[flow.remote]?.voice = voice }
    }

    /// Whoever is not of ours any more is forgotten.
    mutating func keep(_ isOurs: (Sighting) -> Bool) { byRemote = byRemote.filter { isOurs($0.value) } }

    private static func endpoint(_ host: String, _ port: UInt16?) -> Endpoint? {
        IPAddress(host).map { Endpoint($0, port ?? 5060) }
    }
}

extension UserAgentCore {
    /// The last sighting of every phone that is registered and of every trunk that was heard of, phones first.
    public var sightings: [Sighting] {
        let phones = registrar.bindings.map { binding in
            sightingBook.byRemote[binding.flow.remote] ?? Sighting(.account(binding.account), binding.flow)
        }
        let trunks = settings.peers.compactMap { peer in
            sightingBook.byRemote.values.first { $0.party == .trunk(peer.id) }
        }
        return phones + trunks
    }

    /// Whose the far end of this flow is.
    func party(at remote: Endpoint) -> Sighting.Party? {
        if let peer = settings.peers.first(where: { $0.address == remote.address && ($0.port ?? remote.port) == remote.port }) {
            return .trunk(peer.id)
        }
        return registrar.bindings.first { $0.flow.remote == remote }.map { .account($0.account) }
    }
}
