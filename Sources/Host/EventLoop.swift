import CSys
import Glibc
import Telephony

/// One thread's loop over descriptors and a deadline. Belongs to the thread that runs it; other threads ring a `Wakeup`.
public final class EventLoop {
    /// What a descriptor is watched for, and what it is ready for.
    public struct Readiness: OptionSet, Sendable {
        /// epoll's bits.
        public let rawValue: UInt32
        /// A set from epoll's bits.
        public init(rawValue: UInt32) { self.rawValue = rawValue }
        /// Bytes, a connection or an end can be read.
        public static let readable = Readiness(rawValue: EPOLLIN.rawValue)
        /// Bytes can be written.
        public static let writable = Readiness(rawValue: EPOLLOUT.rawValue)
        /// An error waits (told without being asked for).
        public static let failed = Readiness(rawValue: EPOLLERR.rawValue)
        /// The far end hung up (told without being asked for).
        public static let hungUp = Readiness(rawValue: EPOLLHUP.rawValue)
    }

    /// A watched descriptor. Never reused, so a late event cannot reach a stranger.
    public struct Token: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct Watch {
        var descriptor: Int32
        var handler: (Readiness) -> Void
    }

    /// Events taken from the kernel at a time; the rest wait for the next turn.
    private static let eventsPerTurn = 64

    private let epoll: FileDescriptor
    private var watches: [UInt64: Watch] = [:]
    private var lastToken: UInt64 = 0
    private var isStopping = false

    /// A loop that watches nothing. Throws where the process has no descriptor left.
    public init() throws(SystemError) {
        epoll = FileDescriptor(owning: try SystemError.checkErrno(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create"))
    }

    /// Calls `handler` whenever `descriptor` is ready for `readiness` (level-triggered) until `remove`.
    /// The descriptor stays its owner's and must be removed before it is closed. Throws what epoll_ctl refuses.
    @discardableResult
    public func add(
        _ descriptor: Int32, for readiness: Readiness, handler: @escaping (Readiness) -> Void
    ) throws(SystemError) -> Token {
        lastToken += 1
        try control(EPOLL_CTL_ADD, descriptor, readiness, token: lastToken)
        watches[lastToken] = Watch(descriptor: descriptor, handler: handler)
        return Token(number: lastToken)
    }

    /// Watches for something else from now on. Throws what epoll_ctl refuses.
    public func change(_ token: Token, to readiness: Readiness) throws(SystemError) {
        guard let watch = watches[token.number] else { return }
        try control(EPOLL_CTL_MOD, watch.descriptor, readiness, token: token.number)
    }

    /// Watches no longer; safe from within a handler.
    public func remove(_ token: Token) {
        guard let watch = watches.removeValue(forKey: token.number) else { return }
        _ = epoll_ctl(epoll.number, EPOLL_CTL_DEL, watch.descriptor, nil)
    }

    /// Ends `run` after the current turn; from within a handler.
    public func stop() { isStopping = true }

    /// Turns until `stop`. Before each wait `deadline` says when `wake` must be called if nothing else happens;
    /// `wake` is called after every turn in which the deadline has passed.
    public func run(deadline: () -> Instant? = { nil }, wake: () -> Void = {}) {
        isStopping = false
        while !isStopping { turn(deadline: deadline(), wake: wake) }
    }

    /// One turn: waits for the first event or the deadline, calls the handlers, then `wake` if the deadline has passed.
    public func turn(deadline: Instant?, wake: () -> Void = {}) {
        withUnsafeTemporaryAllocation(of: epoll_event.self, capacity: Self.eventsPerTurn) { events in
            let count = epoll_wait(
                epoll.number, events.baseAddress, Int32(Self.eventsPerTurn), Self.timeout(until: deadline))
            for index in 0..<Int(max(0, count)) {
                watches[events[index].data.u64]?.handler(Readiness(rawValue: events[index].events))
            }
        }
        if let deadline, deadline <= .now { wake() }
    }

    private func control(
        _ operation: Int32, _ descriptor: Int32, _ readiness: Readiness, token: UInt64
    ) throws(SystemError) {
        var event = epoll_event(events: readiness.rawValue, data: epoll_data_t(u64: token))
        try SystemError.checkErrno(epoll_ctl(epoll.number, operation, descriptor, &event), "epoll_ctl")
    }

    /// Milliseconds for epoll_wait and poll, rounded up so that a turn never ends just before its deadline.
    static func timeout(until deadline: Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = (deadline - .now).nanoseconds
        return left <= 0 ? 0 : Int32(min((left + 999_999) / 1_000_000, 3_600_000))
    }
}
