import Signalling
import Telephony

/// Which addresses we give others, and what is known of the way to them.
public struct ReachView: Equatable, Sendable {
    /// Our own networks.
    public var networks: LocalNetworks
    /// Every phone that is registered, and every trunk that was heard of.
    public var sightings: [Sighting]

    /// A view from its parts.
    public init(networks: LocalNetworks = .init(), sightings: [Sighting] = []) {
        (self.networks, self.sightings) = (networks, sightings)
    }
}

extension Exchange {
    /// Addresses, for whoever looks for what is wrong with them.
    public var reach: ReachView { ReachView(networks: networks, sightings: core.sightings) }
}
