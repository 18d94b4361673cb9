import Exchange
import Host
import Routing
import Telephony

/// Who calls: asked of the desk, and not waited for longer than a caller may.
extension Daemon {
    /// Asks who the client of a call is. With nobody to ask the answer is there already.
    func lookUp(_ call: CallID, _ client: String) {
        let now = Instant.now
        if hook != nil || !store.isBookEmpty, !client.isEmpty {
            let deadline = now + (hook?.timeout ?? ClientDesk.bookPatience)
            if desk.ask(.init(call: call, client: client, hook: hook, deadline: deadline)) {
                lookUps[call] = deadline + ClientDesk.grace
                return
            }
        }
        lookUps[call] = now
        _ = inbox.offer(.event(.lookedUp(call, .blank)))
    }

    /// A desk that hangs with the disk keeps no caller waiting.
    func goOnWithoutAnswer(at now: Instant) {
        guard !lookUps.isEmpty else { return }
        for (call, deadline) in lookUps where deadline <= now {
            lookUps[call] = nil
            handle(.lookedUp(call, .blank))
        }
    }
}

extension Office {
    /// The hook whose owners are believed; nil: the book's are.
    var activeHook: LookUpHook? {
        switch owners.source {
        case .book: nil
        case .hook(let id): hooks[id]
        }
    }
}
