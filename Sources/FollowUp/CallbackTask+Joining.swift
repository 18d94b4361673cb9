import Telephony

extension CallbackTask {
    /// This task and a younger one, whose client turned out to be the same: nothing that somebody did or asked for is lost.
    func joined(with younger: CallbackTask) -> CallbackTask {
        var joined = self
        let isYoungerLast = last.utc < younger.last.utc
        let (earlier, later) = isYoungerLast ? (self, younger) : (younger, self)
        joined.attempts += younger.attempts
        if younger.kind.rank > kind.rank { joined.kind = younger.kind }
        joined.last = later.last
        joined.numbers = earlier.numbers.filter { !later.numbers.contains($0) } + later.numbers
        joined.client.number = later.client.number
        if joined.client.name.isEmpty { joined.client.name = younger.client.name }
        (joined.number, joined.department) = (later.number ?? earlier.number, later.department ?? earlier.department)
        joined.callback = callback ?? younger.callback
        if let since = younger.callback?.since, let own = callback?.since { joined.callback?.since = min(own, since) }
        joined.deadline = deadline ?? younger.deadline
        joined.assignee = assignee ?? younger.assignee
        joined.note = [note, younger.note].filter { !$0.isEmpty }.joined(separator: "; ")
        // Each attempt counts by the deadline that holds now; the later one is shown.
        for attempt in [tried, younger.tried].compactMap(\.self).sorted(by: { $0.at.utc < $1.at.utc }) {
            joined.tried = attempt
            joined.noteAttempt()
        }
        return joined
    }
}
