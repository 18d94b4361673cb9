import DequeModule
import Signalling
import Telephony

/// The even RTP ports. Some are bound in stock, so that a description never names one that another program holds; whoever holds one is
/// passed over for a while. A port that was given back is used again last, so that stray packets of its former call have died away.
struct PortPool: Sendable {
    /// Pairs in stock: what one call may need at once. A department that rings more telephones takes what is free, unseen.
    static let stock = 32
    /// How long a port is left alone that another program holds, and all of them where the process may open no more sockets.
    static let takenTime = Duration.seconds(60), shortTime = Duration.seconds(5)

    private var free: Deque<UInt16> = []
    /// Bound for us, and ordered to be.
    private var ready: Deque<UInt16> = [], asked: Set<UInt16> = []
    /// Another program holds them; tried again at this moment, soonest first.
    private var taken: Deque<(port: UInt16, until: Instant)> = []
    /// The process may open no more sockets; looked at again at this moment.
    private var shortUntil: Instant?
    private(set) var range: ClosedRange<UInt16>
    /// Where the stock is bound.
    private(set) var address: IPAddress

    init(_ range: ClosedRange<UInt16>, at address: IPAddress) {
        (self.range, self.address) = (range, address)
        fill()
    }

    /// Pairs that nobody uses.
    var available: Int { ready.count + asked.count + (shortUntil == nil ? free.count : 0) }
    /// Even ports of pairs that other programs hold, lowest first.
    var heldByOthers: [UInt16] { taken.map(\.port).sorted() }
    /// Whether the process may open no more sockets.
    var isShort: Bool { shortUntil != nil }

    /// A port for a leg at this address, and what must be given up for it; nil: none is free.
    mutating func take(at address: IPAddress) -> (port: UInt16, unreserve: Endpoint?)? {
        if address == self.address, let port = ready.popFirst() { return (port, nil) }
        if shortUntil == nil, let port = free.popFirst() { return (port, nil) }
        guard let port = ready.popFirst() else { return nil }
        return (port, Endpoint(self.address, port))
    }

    mutating func giveBack(_ port: UInt16) {
        guard range.contains(port) else { return }
        free.append(port)
        shortUntil = nil
    }

    /// What is to be bound now.
    mutating func topUp(at now: Instant) -> [Endpoint] {
        while let first = taken.first, first.until <= now {
            taken.removeFirst()
            free.append(first.port)
        }
        if let until = shortUntil, until <= now { shortUntil = nil }
        var wanted: [Endpoint] = []
        while shortUntil == nil, ready.count + asked.count < Self.stock, let port = free.popFirst() {
            asked.insert(port)
            wanted.append(Endpoint(address, port))
        }
        return wanted
    }

    /// A pair is bound; where nobody wants it any more it is to be given up.
    mutating func reserved(_ local: Endpoint) -> Endpoint? {
        guard local.address == address, asked.remove(local.port) != nil else { return local }
        ready.append(local.port)
        return nil
    }

    /// A pair could not be bound.
    mutating func unreserved(_ local: Endpoint, _ reason: PortRefusal, at now: Instant) {
        guard local.address == address, asked.remove(local.port) != nil else { return }
        switch reason {
        case .taken: taken.append((local.port, now + Self.takenTime))
        case .noSocket:
            free.prepend(local.port)
            shortUntil = now + Self.shortTime
        }
    }

    /// A new range or address; ports of the old one that are still in use are forgotten when they come back. What is in stock is to be
    /// given up.
    mutating func replace(by range: ClosedRange<UInt16>, at address: IPAddress, inUse: Set<UInt16>) -> [Endpoint] {
        guard range != self.range || address != self.address else { return [] }
        let stock = ready.map { Endpoint(self.address, $0) }
        (self.range, self.address) = (range, address)
        (ready, asked, taken, shortUntil) = ([], [], [], nil)
        fill()
        free.removeAll { inUse.contains($0) }
        return stock
    }

    private mutating func fill() {
        free = Deque(
            stride(from: Int(range.lowerBound + range.lowerBound % 2), to: Int(range.upperBound), by: 2).map(UInt16.init))
    }
}

extension SIPSettings {
    /// Where the media of a leg is bound that is seen at `local`: there, if SIP listens at that very address and at no other of its
    /// family, else at every one, since the way to a far end's voice may be another than to its SIP.
    func mediaAddress(for local: IPAddress) -> IPAddress {
        let family = listen.map(\.endpoint.address).filter { $0.isIPv4 == local.isIPv4 }
        return family.contains(where: \.isUnspecified) || !family.contains(local) ? local.unspecified : local
    }
}

extension IPAddress {
    fileprivate var isIPv4: Bool {
        switch self {
        case .v4: true
        case .v6: false
        }
    }

    /// "Any address" of the same family.
    fileprivate var unspecified: IPAddress {
        switch self {
        case .v4: .v4(0)
        case .v6: .v6(0, 0)
        }
    }
}
