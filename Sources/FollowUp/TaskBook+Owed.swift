import Routing
import Telephony

/// Whom somebody still has to call back, as his lamp shows it and his code asks.
extension TaskBook {
    /// Whether anybody waits for a call of this person or department.
    public func owes(_ responsible: Responsible) -> Bool {
        tasks.values.contains { $0.closing == nil && $0.assignee == responsible }
    }

    /// How many wait for a call of theirs, and who has waited longest of those whom nobody is calling already.
    public func owed(by responsible: Responsible, at now: Instant) -> (count: Int, next: CallbackTask?) {
        let open = tasks.values.filter { $0.closing == nil && $0.assignee == responsible }
        let free = open.filter { claim(of: $0.id, at: now) == nil }
        return (open.count, free.min { ($0.first.utc, $0.id) < ($1.first.utc, $1.id) })
    }
}
