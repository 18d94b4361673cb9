import Exchange
import Host
import Routing
import Synchronization
import Telephony

/// Asks a look-up hook who a client is (docs/hook.md): under a deadline, with a memory, and not while it is known to fail.
public final class HookClient: Sendable {
    /// Who wants the reply; called once, at once or on the outreach thread, so it should only post.
    public typealias Done = @Sendable (HookReply) -> Void

    private struct State {
        var memory: HookMemory?
        var asked = 0, remembered = 0, answered = 0, failed = 0, spared = 0
    }

    private let outreach: Outreach
    private let clock: @Sendable () -> Instant
    private let state = Mutex(State())

    /// A client that sends by `outreach`; its memory ages by `clock`.
    public init(_ outreach: Outreach, clock: @escaping @Sendable () -> Instant = { .now }) {
        (self.outreach, self.clock) = (outreach, clock)
    }

    /// Asks who has these digits; an answer that is not there at the deadline is none.
    public func ask(_ hook: LookUpHook, _ client: String, deadline: Instant, _ done: @escaping Done) {
        let now = clock()
        let known = state.withLock { state -> HookReply? in
            // Another address begins without a past.
            if state.memory?.hook != hook { state.memory = HookMemory(hook) }
            if let reply = state.memory?.reply(of: client, at: now) {
                state.remembered += 1
                return reply
            }
            guard state.memory?.breaker.mayAsk(at: now) == true else {
                state.spared += 1
                return HookReply(.failed(Catalogue.hookRests(state.memory?.lastFailure ?? Catalogue.answerLate)))
            }
            state.asked += 1
            return nil
        }
        if let known { return done(known) }
        let request = HTTPRequest(Self.url(hook.url, client), headers: ["Accept: application/json"], deadline: deadline)
        outreach.send(request) { [self] result in done(take(result, from: hook, of: client)) }
    }

    private func take(_ result: HTTPResult, from hook: LookUpHook, of client: String) -> HookReply {
        let reply: HookReply
        var isOurs = false
        switch result {
        case .answered(let status, let body, _): reply = HookReply(status: status, body: body)
        case .failed(let failure):
            reply = HookReply(.failed(failure.wording))
            isOurs = failure == .notSent
        }
        state.withLock { state in
            if reply.failure == nil { state.answered += 1 } else { state.failed += 1 }
            guard state.memory?.hook == hook else { return }
            if isOurs { state.memory?.breaker.gaveUp() } else { state.memory?.note(reply, of: client, at: clock()) }
        }
        return reply
    }

    /// The hook's address with the number in the place of `{number}`, or else as the parameter `number`.
    static func url(_ url: String, _ client: String) -> String {
        let number = PhoneNumber(raw: client, digits: client).description
        let written = number.utf8.map { byte in
            (48...57).contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
        let parts = url.split(separator: "{number}", omittingEmptySubsequences: false)
        if parts.count > 1 { return parts.joined(separator: written) }
        return url + (url.contains("?") ? "&" : "?") + "number=" + written
    }

    /// For `show health`: the counters, and the fault while the hook is left alone.
    public func health(at utc: Int64) -> PartHealth {
        state.withLock { state in
            let isOpen = state.memory?.breaker.isOpen == true
            let fault =
                isOpen ? state.memory.flatMap { memory in memory.lastFailure.map { Catalogue.hookOut(memory.hook.id, $0) } } : nil
            return PartHealth(
                "hook",
                counters: [
                    .init("asked", state.asked), .init("answered", state.answered), .init("failed", state.failed),
                    .init("remembered", state.remembered), .init("spared", state.spared), .init("open", isOpen ? 1 : 0),
                ], fault: fault.map { PartHealth.Fault(at: utc, text: $0) })
        }
    }
}
