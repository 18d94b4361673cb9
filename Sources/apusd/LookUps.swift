import Exchange
import Host
import Routing
import Telephony

/// Who calls: asked of the desk. A call waits for the answer no longer than `OwnerRules.patience`, whatever becomes of it.
extension Daemon {
    /// Asks who the client of a call is. With nobody to ask the answer is there already.
    func lookUp(_ call: CallID, _ client: String) {
        if hook != nil || !store.isBookEmpty {
            let deadline = Instant.now + (hook?.timeout ?? .zero)
            if desk.ask(.init(call: call, client: client, hook: hook, deadline: deadline)) { return }
        }
        _ = inbox.offer(.event(.lookedUp(call, .blank)))
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
