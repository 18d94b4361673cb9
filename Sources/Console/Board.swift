import Exchange
import FollowUp
import Telephony

/// `watch missed`: who is to be called now. One frame of it; `apus` asks for it again and redraws what has changed, so nothing on it
/// changes without need: times are minutes.
extension CommandRunner {
    /// Closed tasks that are shown beneath the open ones.
    private static let doneShown = 5

    /// The frame as lines; overdue tasks first, then by what is left.
    var board: String {
        let open = view.tasks.filter { $0.state != .done }.sorted(by: isMoreUrgent)
        let done = view.tasks.filter { $0.state == .done }
        let overdue = open.count(where: isOverdue)
        var lines = [
            "\(say(Catalogue.boardTitle))  \(shortTime(view.now.utc))",
            say(Catalogue.boardCounts(open.count, overdue: overdue, called: open.count { $0.isCalling }, done: done.count)), "",
        ]
        if view.now.clockTrust == .untrusted { lines.insert("! " + say(Catalogue.boardNoClock), at: 2) }
        if open.isEmpty {
            lines.append(say(Catalogue.noTasks))
        } else {
            lines.append(line(" ", Catalogue.boardHeading.map(say)))
            lines += open.map(row)
        }
        if !done.isEmpty {
            lines += ["", say(Catalogue.boardDone)]
            lines += done.prefix(Self.doneShown).map { task in
                let closing = task.task.closing
                return line(
                    " ",
                    [closing.map { shortTime($0.at.utc) } ?? "", client(task.task), "", closing?.by ?? "", verdict(task.task)])
            }
        }
        return lines.map { $0.cut(width).trimmedEnd + "\n" }.joined()
    }

    private func isMoreUrgent(_ one: TaskView, _ other: TaskView) -> Bool {
        (deadline(of: one.task) ?? .max, one.task.id) < (deadline(of: other.task) ?? .max, other.task.id)
    }

    /// Minutes to the deadline, begun ones counted in full; below zero: past it. Nil: nobody knows.
    private func left(_ view: TaskView) -> Int? {
        guard let seconds = timeLeft(view) else { return nil }
        return seconds >= 0 ? (seconds + 59) / 60 : -((59 - seconds) / 60)
    }

    private func row(_ view: TaskView) -> String {
        let minutes = left(view)
        let time = minutes.map { "\($0 < 0 ? "-" : "")\(abs($0) / 60):\((abs($0) % 60).padded(2))" } ?? "?"
        return line(
            minutes.map { $0 < 0 ? "!" : " " } ?? " ",
            [time, client(view.task), "\(view.task.attempts)", view.task.assignee.map(brief) ?? "", stateWord(view)])
    }

    private func client(_ task: CallbackTask) -> String {
        (task.client.number + (task.client.isKnown ? "" : "*") + (task.client.name.isEmpty ? "" : " " + task.client.name))
            .printable
    }

    private func verdict(_ task: CallbackTask) -> String {
        switch task.verdict {
        case .inTime?: say(Catalogue.verdictInTime)
        case .late?: say(Catalogue.verdictLate)
        case .tried?: say(Catalogue.verdictTried)
        case .notReturned?, nil: ""
        }
    }

    /// 1 + 1 + 11 + 26 + 3 + 14 + 20, and a space between columns.
    private func line(_ mark: String, _ cells: [String]) -> String {
        let widths = [11, 26, 3, 14, 20]
        return mark + " "
            + zip(cells, widths).enumerated().map { index, pair in
                index == 2 ? pair.0.cut(pair.1).paddedLeft(pair.1) : pair.0.cut(pair.1).paddedRight(pair.1)
            }.joined(separator: " ")
    }
}
