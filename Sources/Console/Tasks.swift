import Configuration
import Exchange
import FollowUp
import Routing
import Telephony

/// Call-back tasks: their list, and what is done to them by hand.
extension CommandRunner {
    /// Every open task, the one raised last on top, then those closed within a day.
    var tasks: Table {
        // A column that would be empty takes no room.
        let hasNames = view.tasks.contains { !$0.task.client.name.isEmpty }
        let hasNotes = view.tasks.contains { !$0.task.note.isEmpty }
        return Table(
            columns: [
                .init("id", Catalogue.columnID, isNumber: true), .init("type", nil),
                .init("client", Catalogue.columnClient), .init("name", hasNames ? Catalogue.columnName : nil),
                .init("state", Catalogue.columnState), .init("attempts", Catalogue.columnAttempts, isNumber: true),
                .init("firstMissed", nil), .init("deadline", Catalogue.columnDue),
                .init("assignee", Catalogue.columnAssignee), .init("closedBy", nil),
                .init("verdict", nil), .init("claimedBy", nil), .init("known", nil), .init("numbers", nil), .init("number", nil),
                .init("department", nil), .init("closedAt", nil), .init("closedHow", nil), .init("closedCall", nil),
                .init("note", hasNotes ? Catalogue.columnNote : nil),
            ],
            rows: view.tasks.map(row), empty: Catalogue.noTasks)
    }

    private func row(_ view: TaskView) -> [Table.Cell] {
        let task = view.task
        let closing = task.closing
        return [
            .init(task.id.number), .init(task.kind.rawValue), .init(task.client.number),
            .init(task.client.name.isEmpty ? nil : task.client.name), .init(stateWord(view), .string(view.state.rawValue)),
            .init(task.attempts), dated(task.first.utc),
            deadline(of: task).map(dated) ?? .init(nil),
            .init(task.assignee.map(brief) ?? "—", .optional(task.assignee?.description)),
            .init(closing?.by), .init(task.verdict?.rawValue), .init(view.claimedBy), .init("", .bool(task.client.isKnown)),
            .init("", .array(task.numbers.map(JSON.string))), .init(task.number), .init(task.department),
            closing.map { dated($0.at.utc) } ?? .init(nil), .init(closing?.way.rawValue),
            .init("", closing?.call.map { .integer($0.number) } ?? .null), .init(task.note.isEmpty ? nil : task.note),
        ]
    }

    /// `23.11 12:05` for people, the whole of it for programs.
    private func dated(_ utc: Int64) -> Table.Cell { .init(shortTime(utc), .string(civil(utc).iso8601)) }

    func shortTime(_ utc: Int64) -> String {
        let time = civil(utc)
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2))"
        switch language {
        case .ru: return "\(time.day.padded(2)).\(time.month.padded(2)) \(clock)"
        case .en: return "\(time.month.padded(2))-\(time.day.padded(2)) \(clock)"
        }
    }

    func deadline(of task: CallbackTask) -> Int64? { task.deadline?.utc(offset: zone.offset(of:)) }

    /// Seconds to the deadline, below zero: past it. Nil while nobody knows.
    func timeLeft(_ view: TaskView) -> Int? {
        guard let deadline = deadline(of: view.task), self.view.now.clockTrust == .trusted else { return nil }
        return Int(deadline / 1000 - self.view.now.utc / 1000)
    }

    func isOverdue(_ view: TaskView) -> Bool { timeLeft(view).map { $0 < 0 } ?? false }

    func stateWord(_ view: TaskView) -> String {
        switch view.state {
        case .open:
            return say(isOverdue(view) ? Catalogue.taskOverdue : Catalogue.taskOpen)
        case .claimed: return say(Catalogue.taskClaimed(by: view.claimedBy ?? "", isCalling: view.isCalling))
        case .done: return say(Catalogue.taskDone)
        }
    }

    /// A person's number, or a department's name.
    func brief(_ responsible: Responsible) -> String {
        switch responsible {
        case .extension(let number): return number
        case .department(let id):
            let name = settings.office.departments[id]?.name ?? ""
            return name.isEmpty ? id : name
        }
    }

    // MARK: Orders

    /// Does it, and prints the task as it stands then.
    func order(_ order: TaskOrder, _ said: SpokenCommand) throws(CommandFailure) -> Reply {
        let id = TaskID(said["TASK"].flatMap { Int($0) } ?? 0)
        let task: CallbackTask
        switch try environment.order(id, order) {
        case .success(let changed): task = changed
        case .failure(let why): throw CommandFailure(Catalogue.taskRefused(id.number, why))
        }
        var table = tasks
        let claimant: ExtensionNumber? = if case .claim(let person) = order { person } else { nil }
        let state: CallbackTask.State = task.closing != nil ? .done : claimant != nil ? .claimed : .open
        table.rows = [row(TaskView(task: task, state: state, claimedBy: claimant))]
        return print(table)
    }

    /// The words of a note as one text.
    static func note(_ words: [String]) throws(CommandFailure) -> TaskOrder {
        let text = words.joined(separator: " ")
        guard text.count <= 200 else { throw CommandFailure(Catalogue.noteTooLong) }
        return .note(text)
    }

    // MARK: The report

    func reportMissed(_ period: ReportPeriod, _ scope: ReportScope) throws(CommandFailure) -> Reply {
        let asked = self.asked(period, scope)
        let found = try environment.missed(asked.span, asked.scope)
        let report = MissedReport(
            calls: found.calls, tasks: found.tasks, totals: found.totals, offered: found.offered, span: asked.span,
            now: view.now.clockTrust == .trusted ? view.now.utc : nil, scope: asked.scope, language: language, names: names,
            offset: zone.offset(of:))
        switch format {
        case .text: return Reply(output: clockNote + report.text, errors: asked.notes)
        case .json: return Reply(output: "\(report.json)\n", errors: asked.notes)
        case .csv: return Reply(output: report.csv, errors: asked.notes)
        }
    }
}

extension Catalogue {
    /// Why an order about a task was not carried out.
    static func taskRefused(_ id: Int, _ why: TaskRefusal) -> Wording {
        switch why {
        case .unknown: unknownTask(id)
        case .done: taskIsDone(id)
        case .claimed(let person): taskIsClaimed(id, by: person)
        case .nobody(let path): unknownTarget(path)
        }
    }
}
