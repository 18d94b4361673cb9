import Routing
import Telephony

/// What is remembered of one look-up hook: its answers for a while, and how it behaves.
struct HookMemory {
    /// How long an answer holds: of somebody it knows, and of somebody it does not.
    static let knownHolds = Duration.seconds(300), unknownHolds = Duration.seconds(60)
    /// Answers that are kept.
    static let capacity = 2000

    private struct Line {
        var reply: HookReply
        var ends: Instant
    }

    let hook: LookUpHook
    var breaker = CircuitBreaker()
    private var lines: [String: Line] = [:]
    /// Why it failed last.
    private(set) var lastFailure: Wording?

    init(_ hook: LookUpHook) { self.hook = hook }

    /// What it said of the client not long ago.
    func reply(of client: String, at now: Instant) -> HookReply? {
        lines[client].flatMap { $0.ends > now ? $0.reply : nil }
    }

    /// It answered, rightly or wrongly.
    mutating func note(_ reply: HookReply, of client: String, at now: Instant) {
        if let failure = reply.failure {
            lastFailure = failure
            return breaker.failed(at: now)
        }
        breaker.succeeded()
        if lines.count >= Self.capacity {
            lines = lines.filter { $0.value.ends > now }
            // A cache may forget: that costs questions, not calls.
            if lines.count >= Self.capacity { lines = [:] }
        }
        lines[client] = Line(reply: reply, ends: now + (reply.answer == .unknown ? Self.unknownHolds : Self.knownHolds))
    }

    /// How many answers are kept.
    var count: Int { lines.count }
}
