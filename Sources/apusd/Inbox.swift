import Exchange
import FollowUp
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
    case question(Question<Snapshot>)
    /// The exchange is to be started anew.
    case restart
    /// Somebody vouches for the clock; whether it may be believed.
    case vouch(Question<Bool>)
    /// A command orders something about a task.
    case order(TaskID, TaskOrder, Question<TaskReply>)
}

/// How the exchange is at one moment, taken on its own thread.
struct Snapshot: Sendable {
    var now: Moment
    var phones: [PhoneView]
    var calls: [CallView]
    var tasks: [TaskView]
    var health: HealthView
    /// The exchange itself, to think calls through on a copy.
    var exchange: Exchange
}

/// What came of an order about a task.
typealias TaskReply = Result<CallbackTask, TaskRefusal>

/// A question that a command waits on.
final class Question<Answer: Sendable>: Sendable {
    private let answer = Mutex<Answer?>(nil)
    private let answered: Wakeup

    /// Throws where the process has no descriptor left.
    init() throws(SystemError) { answered = try Wakeup() }

    func reply(_ answer: Answer) {
        self.answer.withLock { $0 = answer }
        answered.ring()
    }

    /// The answer; nil where the exchange thread gives none for so long.
    func wait(_ limit: Duration) -> Answer? {
        _ = answered.wait(until: .now + limit)
        return answer.withLock { $0 }
    }
}
