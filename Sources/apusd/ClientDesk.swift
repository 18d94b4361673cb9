import Exchange
import Host
import Outreach
import Routing
import Store
import Synchronization
import Telephony

/// Finds out who calls, on a thread of its own: asks the contact book, and the look-up hook where that is believed. The exchange
/// thread waits for neither.
final class ClientDesk: Sendable {
    /// Who a call's client is to be found out.
    struct Question: Sendable {
        var call: CallID
        /// His digits.
        var client: String
        /// Nil: the book alone is asked.
        var hook: LookUpHook?
        /// When the hook's answer comes too late.
        var deadline: Instant
    }

    private enum Order: Sendable {
        case ask(Question)
        case stop
    }

    /// How much longer than until the hook's deadline a command waits for the desk.
    private static let grace = Duration.milliseconds(500)
    private static let queueLimit = 1000

    private let store: Store
    private let mailbox: Mailbox<Order>
    private let tell: @Sendable (CallID, ClientCard) -> Void
    /// Made for the first question to a hook: an office without one need not pay for it.
    private let hooks = Mutex<HookClient?>(nil)
    private let outreach: SharedOutreach
    /// Whether a hook was to be asked and libcurl was not there.
    private let isWithoutCurl = Atomic(false)
    private let thread = Mutex<Thread?>(nil)

    /// Starts the thread; `tell` gets the answers, on whatever thread, so it should only post. Throws where the process has no
    /// descriptor or thread left.
    init(
        _ store: Store, outreach: SharedOutreach = SharedOutreach(), tell: @escaping @Sendable (CallID, ClientCard) -> Void
    ) throws(SystemError) {
        (self.store, self.outreach, self.tell) = (store, outreach, tell)
        mailbox = try Mailbox(capacity: Self.queueLimit)
        let started = try Thread(name: "desk") { [self] in run() }
        thread.withLock { $0 = started }
    }

    /// Takes a question; never waits. False where too many wait already.
    func ask(_ question: Question) -> Bool { mailbox.offer(.ask(question)) }

    /// What is known of a client; waits for the hook, at most as long as a call would.
    func card(of client: String, hook: LookUpHook?) -> ClientCard {
        guard let hook, let answers = try? Mailbox<ClientCard>(capacity: 1) else { return store.card(of: client) }
        let deadline = Instant.now + hook.timeout
        find(client, hook, deadline) { answers.offer($0) }
        return answers.wait(until: deadline + Self.grace) ? answers.take() ?? .blank : store.card(of: client)
    }

    /// Ends its thread and that of its outreach. Waits for them.
    func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        // A full box has no place for this: then the thread hangs at the disk, and is not waited for.
        if let running, mailbox.offer(.stop), mailbox.count < Self.queueLimit { running.join() }
        outreach.stop()
    }

    /// For `show health`; nil where no hook was ever asked.
    func health(at utc: Int64) -> PartHealth? {
        if let asking = hooks.withLock({ $0 }) { return asking.health(at: utc) }
        return isWithoutCurl.load(ordering: .relaxed)
            ? PartHealth("hook", counters: [], fault: .init(at: utc, text: Catalogue.noCurl)) : nil
    }

    private func run() {
        while true {
            _ = mailbox.wait(until: nil)
            for order in mailbox.takeAll() {
                switch order {
                case .ask(let question):
                    find(question.client, question.hook, question.deadline) { [tell] in tell(question.call, $0) }
                case .stop: return
                }
            }
        }
    }

    private func find(
        _ client: String, _ hook: LookUpHook?, _ deadline: Instant, _ done: @escaping @Sendable (ClientCard) -> Void
    ) {
        let known = store.card(of: client)
        guard let hook else { return done(known) }
        guard let asking = hookClient() else {
            var card = known
            card.hook = .failed(Catalogue.noCurl)
            return done(card)
        }
        asking.ask(hook, client, deadline: deadline) { reply in
            var card = known
            card.hook = reply.answer
            if card.company.isEmpty { card.company = reply.company }
            card.language = card.language ?? reply.language
            done(card)
        }
    }

    private func hookClient() -> HookClient? {
        hooks.withLock { hooks in
            if hooks == nil { hooks = outreach.take().map { HookClient($0) } }
            isWithoutCurl.store(hooks == nil, ordering: .relaxed)
            return hooks
        }
    }
}
