import Glibc
import Host
import Synchronization
import Telephony

/// An RTP socket and its RTCP socket.
struct PortPair: Equatable, Sendable {
    let rtp: Int32, rtcp: Int32

    /// Gives both ports back.
    func close() {
        Glibc.close(rtp)
        Glibc.close(rtcp)
    }
}

/// Pairs of ports that are bound before anybody needs them, so that a description never names a port that another program holds.
/// Filled by whoever gives orders, taken from by the media thread.
final class PortStock: Sendable {
    private let pairs = Mutex<[Endpoint: PortPair]>([:])
    /// Descriptors from this number on are left to the rest of the process: connections, the database, commands.
    private let descriptorLimit: Int32

    init(descriptorLimit: Int32 = PortStock.ownLimit) { self.descriptorLimit = descriptorLimit }

    /// A quarter of all that the process may have stays free, 64 at most.
    static var ownLimit: Int32 {
        let limit = Int32(clamping: Host.descriptorLimit())
        return limit - min(64, limit / 4)
    }

    deinit { for pair in pairs.withLock({ $0 }).values { pair.close() } }

    /// Binds a pair for a leg to come.
    func reserve(_ local: Endpoint) -> MediaFact {
        switch bind(local) {
        case .success(let pair):
            pairs.withLock { $0.updateValue(pair, forKey: local) }?.close()
            return .reserved(local)
        case .failure(let refusal): return .unreserved(local, refusal.reason)
        }
    }

    /// Gives a pair back.
    func unreserve(_ local: Endpoint) { pairs.withLock { $0.removeValue(forKey: local) }?.close() }

    /// The pair at this place: what is in stock, else both ports are bound now; nil where that cannot be.
    func take(_ local: Endpoint) -> PortPair? {
        if let pair = pairs.withLock({ $0.removeValue(forKey: local) }) {
            drain(pair)
            return pair
        }
        return try? bind(local).get()
    }

    /// What came while nobody was there is none of the leg's.
    private func drain(_ pair: PortPair) {
        var octet: UInt8 = 0
        for descriptor in [pair.rtp, pair.rtcp] { while recv(descriptor, &octet, 1, Int32(MSG_DONTWAIT)) >= 0 {} }
    }

    private struct Refusal: Error {
        var reason: PortRefusal
    }

    private func bind(_ local: Endpoint) -> Result<PortPair, Refusal> {
        guard local.port < UInt16.max else { return .failure(Refusal(reason: .taken)) }
        var opened: [Int32] = []
        for port in [local.port, local.port + 1] {
            switch openVoiceSocket(Endpoint(local.address, port)) {
            case .success(let descriptor):
                opened.append(descriptor)
                if descriptor < descriptorLimit { continue }
                for descriptor in opened { Glibc.close(descriptor) }
                return .failure(Refusal(reason: .noSocket))
            case .failure(let error):
                for descriptor in opened { Glibc.close(descriptor) }
                return .failure(Refusal(reason: error.isAddressInUse ? .taken : .noSocket))
            }
        }
        return .success(PortPair(rtp: opened[0], rtcp: opened[1]))
    }
}
