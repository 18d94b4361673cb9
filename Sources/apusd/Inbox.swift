import Exchange
import Host
import Synchronization
import Telephony

/// What other threads say to the exchange thread.
enum Inbound: Sendable {
    /// A fact from the store or a new configuration.
    case event(Event)
    /// Facts from the media plane.
    case media([MediaFact])
    /// A command wants to know how things are.
    case question(Question)
}

/// How the exchange is at one moment, taken on its own thread.
struct Snapshot: Sendable {
    var now: Moment
    var phones: [PhoneView]
    var calls: [CallView]
    var health: HealthView
    /// The exchange itself, to think calls through on a copy.
    var exchange: Exchange
}

/// A question that a command waits on.
final class Question: Sendable {
    private let answer = Mutex<Snapshot?>(nil)
    private let answered: Wakeup

    /// Throws where the process has no descriptor left.
    init() throws(SystemError) { answered = try Wakeup() }

    func reply(_ snapshot: Snapshot) {
        answer.withLock { $0 = snapshot }
        answered.ring()
    }

    /// The answer; nil where the exchange thread gives none for so long.
    func wait(_ limit: Duration) -> Snapshot? {
        _ = answered.wait(until: .now + limit)
        return answer.withLock { $0 }
    }
}
