import Routing
import Telephony

/// Whom somebody still has to call back, as his lamp shows it and his code asks.
extension TaskBook {
    /// Whether anybody waits for a call of this person or department.
    public func owes(_ responsible: Responsible) -> Bool {
        tasks.values.contains { $0.closing == nil && $0.assignee == responsible }
    }

    /// How many wait for a call of theirs, and who has waited longest of those whom nobody is calling already, but for `skipping`. While
    /// `call` lasts `person` holds him: for colleagues it is as if he were being called. Whom he held before is let go.
    public mutating func hold(
        for responsible: Responsible, by person: ExtensionNumber, in call: CallID, at now: Instant, skipping: Set<TaskID>
    ) -> (count: Int, next: CallbackTask?) {
        release(call)
        let open = tasks.values.filter { $0.closing == nil && $0.assignee == responsible }
        let free = open.filter { !skipping.contains($0.id) && isFree($0.id, for: person, at: now) }
        let next = free.min { ($0.first.utc, $0.id) < ($1.first.utc, $1.id) }
        if let next { claim(next.id, Claim(by: person, call: call, isHeld: true, until: now)) }
        return (open.count, next)
    }

    /// Whom a call holds.
    public func held(by call: CallID) -> [TaskID] { claims.filter { $0.value.call == call && $0.value.isHeld }.keys.sorted() }

    /// Whether nobody else is at it; what he has claimed himself is his.
    private func isFree(_ id: TaskID, for person: ExtensionNumber, at now: Instant) -> Bool {
        claim(of: id, at: now).map { $0.call == nil && $0.by == person } ?? true
    }
}
