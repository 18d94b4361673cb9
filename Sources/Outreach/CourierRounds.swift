import FollowUp
import Routing
import Telephony

/// Which address is tried when: one notice at a time to each, in order, and later and later to one that does not take it.
struct CourierRounds {
    /// How long an address rests after each failure in a row; after more of them, as after the last.
    static let rests: [Duration] = [5, 15, 30, 60, 120, 300, 600].map { .seconds($0) }
    /// The longest that a server may ask to be left alone.
    static let longestRest = Duration.seconds(21_600)
    /// Notices on their way at a time.
    static let limit = 8

    /// What one address does with its oldest notice.
    private struct Channel {
        var notice: Int, tries: Int
        var notBefore: Instant, failures: Int
    }

    private var channels: [NoticeAddress: Channel] = [:]
    private var onTheWay: Set<NoticeAddress> = []

    /// Takes those up that may go out now, of the oldest ones of each address.
    mutating func take(_ heads: [PostedNotice], at now: Instant) -> [PostedNotice] {
        // What has nothing to wait for is forgotten.
        let waiting = Set(heads.map(\.notice.address))
        channels = channels.filter { waiting.contains($0.key) || onTheWay.contains($0.key) }
        var taken: [PostedNotice] = []
        for head in heads where onTheWay.count < Self.limit && !onTheWay.contains(head.notice.address) {
            let address = head.notice.address
            var channel = channels[address] ?? Channel(notice: head.id, tries: head.tries, notBefore: now, failures: 0)
            if channel.notice != head.id { (channel.notice, channel.tries) = (head.id, head.tries) }
            if channel.notBefore <= now {
                onTheWay.insert(address)
                taken.append(head)
            }
            channels[address] = channel
        }
        return taken
    }

    /// When the next one may go out; nil: none waits for its time.
    func deadline(after now: Instant) -> Instant? {
        guard onTheWay.count < Self.limit else { return nil }
        return channels.filter { !onTheWay.contains($0.key) && $0.value.notBefore > now }.map(\.value.notBefore).min()
    }

    /// It was taken, or never will be; how often it was tried. Whatever else goes by the same server need not wait any longer.
    mutating func settled(_ address: NoticeAddress, at now: Instant) -> Int {
        let tries = end(address)
        channels[address]?.failures = 0
        for other in channels.keys where other.server == address.server { channels[other]?.notBefore = now }
        return tries
    }

    /// It has to be tried again; how often it was tried.
    mutating func failed(_ address: NoticeAddress, retryAfter: Duration?, at now: Instant) -> Int {
        let tries = end(address)
        let failures = channels[address]?.failures ?? 0
        let rest = Self.rests[min(failures, Self.rests.count - 1)]
        channels[address]?.failures = failures + 1
        channels[address]?.notBefore = now + max(rest, min(retryAfter ?? .zero, Self.longestRest))
        return tries
    }

    private mutating func end(_ address: NoticeAddress) -> Int {
        onTheWay.remove(address)
        channels[address]?.tries += 1
        return channels[address]?.tries ?? 1
    }

    /// Everything may be tried at once: the configuration is another one.
    mutating func hurry(at now: Instant) {
        for address in channels.keys {
            channels[address]?.notBefore = now
            channels[address]?.failures = 0
        }
    }
}

extension NoticeAddress {
    /// What stands or falls together.
    fileprivate var server: String {
        switch self {
        case .list: "list"
        case .email: "email"
        case .telegram: "telegram"
        case .webhook(let id): "webhook:\(id)"
        case .sms: "sms"
        }
    }
}
