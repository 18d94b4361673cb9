import Telephony

/// Who may talk to us at all: strangers are counted by address and second, so that a flood costs little and the table stays small.
struct Admission: Sendable {
    private var second: Int64 = 0
    private var strangers: [IPAddress: Int] = [:]

    /// Whether one more request without good credentials from `address` is worth an answer. The box itself is not counted.
    mutating func admits(strangerAt address: IPAddress, at now: Instant) -> Bool {
        if address.isLoopback { return true }
        let second = now.nanoseconds / 1_000_000_000
        if second != self.second {
            self.second = second
            strangers.removeAll(keepingCapacity: true)
        }
        let count = strangers[address] ?? 0
        guard strangers[address] != nil || strangers.count < SignallingLimit.strangers else { return false }
        strangers[address] = count + 1
        return count < SignallingLimit.strangersPerSecond
    }

    /// The last one had good credentials: it does not count.
    mutating func vouch(for address: IPAddress) {
        if let count = strangers[address] { strangers[address] = max(0, count - 1) }
    }
}

extension IPAddress {
    /// 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        switch self {
        case .v4(let word): word >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }
}

extension SIPSettings {
    /// The trunk that sent this request. A stream's source port says nothing, the Via names the port that the sender listens on.
    func peer(of request: Message, _ flow: Flow) -> Peer? {
        peers.first {
            guard $0.address == flow.remote.address else { return false }
            guard let port = $0.port, port != flow.remote.port else { return true }
            return flow.transport == .tcp && port == request.vias.first?.port ?? 5060
        }
    }
}

extension Flow {
    /// Whether this goes over the stream that `other` names; one that the transport was to open has no number yet.
    func runs(over other: Flow) -> Bool {
        transport == .tcp && other.transport == .tcp && remote == other.remote
            && (connection == nil || connection == other.connection)
    }
}
