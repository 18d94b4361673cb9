import CCurl
import Host
import Synchronization
import Telephony

/// What we ask of and tell to other people's servers: HTTP and SMTP on one thread of its own, any number of requests at a time.
public final class Outreach: Sendable {
    /// Who wants to know what came of a request; called on the outreach thread, so it should only post.
    public typealias Done = @Sendable (HTTPResult) -> Void

    /// What is counted since the start.
    public struct Counters: Equatable, Sendable {
        /// Requests that went out, and those of them that were answered.
        public var sent = 0, answered = 0
        /// Requests without an answer, and those that were refused because too many waited.
        public var failed = 0, refused = 0
        /// On their way now.
        public var open = 0
    }

    private enum Order: Sendable {
        case send(Transfer.Request, Done)
        case stop
    }

    /// Requests that wait to be taken up by the thread.
    private static let queueLimit = 1000
    /// The longest sleep where nothing is to be done: an order wakes the thread at once.
    private static let longestSleep: Int32 = 60_000

    private let mailbox: Mailbox<Order>
    private let status = Mutex(Counters())
    private let thread = Mutex<Thread?>(nil)
    private let multi: Multi

    /// Starts the thread. Throws where the process has no descriptor or thread left.
    /// `authorities` is a file of certificates that are believed instead of the system's.
    public init(authorities: String? = nil) throws(SystemError) {
        mailbox = try Mailbox(capacity: Self.queueLimit)
        guard let multi = Multi(authorities: authorities) else { throw SystemError("start libcurl", code: 12) }
        self.multi = multi
        let started = try Thread(name: "outreach") { [self] in run() }
        thread.withLock { $0 = started }
    }

    /// Sends a request; never waits. `done` is called once in any case; at once where too much waits already.
    public func send(_ request: HTTPRequest, _ done: @escaping Done) { send(.http(request), done) }

    /// Sends a letter, in the same way.
    public func send(_ letter: MailRequest, _ done: @escaping Done) { send(.mail(letter), done) }

    private func send(_ request: Transfer.Request, _ done: @escaping Done) {
        if mailbox.offer(.send(request, done)) {
            multi.wake()
        } else {
            status.withLock { $0.refused += 1 }
            done(.failed(.notSent))
        }
    }

    /// Gives up what is on its way and ends the thread. Waits for it.
    public func stop() {
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let running else { return }
        // A full box is emptied at the next turn; until then the order to stop has no place in it.
        while !mailbox.offer(.stop) { multi.wake() }
        multi.wake()
        running.join()
    }

    /// Counted since the start.
    public var counters: Counters { status.withLock { $0 } }

    private func run() {
        while true {
            for order in mailbox.takeAll() {
                switch order {
                case .send(let request, let done):
                    status.withLock { status in
                        status.sent += 1
                        status.open += 1
                    }
                    if !multi.add(request, done) { finish(done, .failed(.notSent)) }
                case .stop:
                    for done in multi.abandon() { finish(done, .failed(.notSent)) }
                    return
                }
            }
            for (done, result) in multi.perform(at: .now) { finish(done, result) }
            multi.wait(atMost: Self.longestSleep)
        }
    }

    private func finish(_ done: Done, _ result: HTTPResult) {
        status.withLock { status in
            status.open -= 1
            switch result {
            case .answered: status.answered += 1
            case .failed: status.failed += 1
            }
        }
        done(result)
    }
}
