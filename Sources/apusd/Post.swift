import Cryptography
import Exchange
import Host
import Outreach
import Routing
import Store
import Synchronization
import Telephony

/// libcurl's thread, made for the first request of whoever has one: an exchange that asks nobody need not pay for it.
final class SharedOutreach: Sendable {
    private let made = Mutex<Outreach?>(nil)

    /// The thread; nil where the process has no descriptor or thread left.
    func take() -> Outreach? {
        made.withLock { made in
            if made == nil { made = try? Outreach() }
            return made
        }
    }

    /// Gives up what is on its way. Waits for the thread.
    func stop() { made.withLock { $0 }?.stop() }
}

extension Courier {
    /// A courier who takes notices from the store.
    convenience init(_ store: Store, _ office: Office, bell: Wakeup, outreach: SharedOutreach) throws(SystemError) {
        let shelf = Shelf(
            heads: { try? store.waitingNotices() },
            settle: { id, state, tries, reason in
                (try? store.settleNotice(id, state, tries: tries, at: wallClock(), reason: reason)) != nil
            },
            sound: { try? store.sound(of: $0) }, utc: wallClock)
        try self.init(
            shelf, Settings(office.outreach, sender: office.name), bell: bell, outreach: { outreach.take() },
            sign: { Signature.hmacSHA256($0, key: $1) })
    }

    /// Other channels.
    func reconfigure(_ office: Office) { reconfigure(Settings(office.outreach, sender: office.name)) }
}
