import Signalling
import Telephony

/// How often something happens: an integer ratio, so that a seed never depends on rounding.
public struct Ratio: Equatable, Sendable {
    /// So many of so many.
    public var numerator: Int, denominator: Int
    /// `numerator` of `denominator` times; the denominator must be positive.
    public init(_ numerator: Int, of denominator: Int) { (self.numerator, self.denominator) = (numerator, denominator) }
    /// Not at all.
    public static let never = Ratio(0, of: 1)
}

/// What a link does to the packets on it.
public struct Weather: Equatable, Sendable {
    /// The time a packet takes at least, and how much more it may take by chance.
    public var latency: Duration, jitter: Duration
    /// How often a datagram is lost, comes twice, or is overtaken by those sent within `straggle` after it.
    public var loss: Ratio, duplication: Ratio, reordering: Ratio
    /// How long a datagram that is overtaken, or comes twice, lags.
    public var straggle: Duration

    /// Weather from its parts; without any, everything arrives at once.
    public init(
        latency: Duration = .zero, jitter: Duration = .zero, loss: Ratio = .never, duplication: Ratio = .never,
        reordering: Ratio = .never, straggle: Duration = .milliseconds(150)
    ) {
        (self.latency, self.jitter, self.loss) = (latency, jitter, loss)
        (self.duplication, self.reordering, self.straggle) = (duplication, reordering, straggle)
    }
}

/// One message on its way.
struct Packet: Equatable, Sendable {
    var message: Message
    /// From whom to whom, as the addresses are on the wire.
    var flow: Flow
}

/// The wires: it decides when, how often and whether a packet arrives. Its chance is its own dice, its time the caller's.
public struct SimulatedNetwork: Sendable {
    /// The weather where nothing else is said.
    public var weather: Weather
    /// The weather on the way from and to one address.
    public var local: [IPAddress: Weather] = [:]
    /// What was lost on purpose, by chance, and carried.
    public private(set) var lost = 0, carried = 0
    private var dice: Dice
    private var snares: [Snare] = []
    private var streams: [Flow: Instant] = [:]

    /// A scripted loss: the next packet that fits is swallowed.
    struct Snare: Equatable, Sendable {
        var from: Endpoint?, to: Endpoint?
        /// The method or status; nil: any.
        var word: String?

        func fits(_ packet: Packet) -> Bool {
            (from == nil || from == packet.flow.local) && (to == nil || to == packet.flow.remote)
                && (word == nil || word == packet.message.word)
        }
    }

    /// A network in fine weather.
    public init(seed: UInt64 = 1, weather: Weather = Weather()) {
        (dice, self.weather) = (Dice(seed: seed), weather)
    }

    /// The next random number, which tells whether two runs went the same way.
    mutating func unseed() -> UInt64 { dice.next() }

    mutating func set(_ snare: Snare) { snares.append(snare) }
    mutating func forgetSnares() { snares = [] }

    /// When the packet arrives: never, once, or twice. A stream neither loses nor reorders.
    mutating func arrivals(of packet: Packet, at now: Instant) -> [Instant] {
        if let index = snares.firstIndex(where: { $0.fits(packet) }) {
            snares.remove(at: index)
            lost += 1
            return []
        }
        let sky = local[packet.flow.remote.address] ?? local[packet.flow.local.address] ?? weather
        var arrival = now + sky.latency
        if sky.jitter > .zero { arrival = arrival + .nanoseconds(Int64(dice.roll(Int(sky.jitter.nanoseconds)))) }
        if packet.flow.transport == .tcp {
            arrival = max(arrival, streams[packet.flow] ?? .zero)
            streams[packet.flow] = arrival
            return [arrival]
        }
        if happens(sky.loss) {
            lost += 1
            return []
        }
        carried += 1
        if happens(sky.reordering) { arrival = arrival + sky.straggle }
        return happens(sky.duplication) ? [arrival, arrival + sky.straggle] : [arrival]
    }

    private mutating func happens(_ ratio: Ratio) -> Bool {
        ratio.numerator > 0 && dice.chance(ratio.numerator, in: ratio.denominator)
    }
}

extension Message {
    /// The method or the status: how a ladder names the message.
    var word: String {
        switch start {
        case .request(let method, _): method.rawValue
        case .response(let status, _): String(status)
        }
    }
}
