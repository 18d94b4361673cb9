import CallControl
import FollowUp
import Routing
import Telephony

/// What becomes of calls: records for the disk, tasks for people. Calls are told to the task book as their journals stand; what it
/// wants kept goes to the store before the record that it came of, so that no power cut leaves a missed call without its task.
extension Exchange {
    /// How often calls are forgotten that are older than the office keeps them.
    private static let forgettingInterval = Duration.seconds(86_400)

    /// A call is up, or changed.
    mutating func follow(_ journal: CallJournal) {
        let record = record(of: journal)
        if taskBook.isNew(record) { asks.append((record.id, record.client?.number ?? "")) }
        taskBook.follow(record, at: now)
        keepTasks()
        effects.append(.persist(.open(record)))
    }

    /// The record goes to the disk before the BYE that ended the call is answered.
    mutating func file(_ journal: CallJournal) {
        var record = record(of: journal)
        if taskBook.isNew(record) { asks.append((record.id, record.client?.number ?? "")) }
        let held = taskBook.held(by: journal.call)
        taskBook.finish(&record, at: now)
        for id in held { if let task = taskBook[id] { callBack(task) } }
        keepTasks()
        write(toCallerOf: record)
        if record.isLineless { lineless = (lineless.calls + 1, now.utc) }
        if now.clockTrust == .untrusted { noteUndated(record.id) }
        // Whoever is new gets his line in the book although nobody has talked to him.
        if record.isLost, let client = record.client {
            let digits = PhoneNumber(client.number, country: settings.office.country).digits
            if !digits.isEmpty { effects.append(.persist(.met(client: digits, name: client.name, nil, .off))) }
        }
        let ticket = StoreTicket(nextTicket)
        nextTicket += 1
        waitingByes[ticket] = pendingByes + (postponedByes.removeValue(forKey: journal.call) ?? [])
        pendingByes = []
        effects.append(.persist(.close(record, ticket)))
    }

    /// Everybody outside is looked up once a call, whether or not the call's way depends on it: tasks are about people.
    mutating func askAboutClients() {
        for (call, number) in asks where !number.isEmpty && !asked.contains(call) {
            effects.append(.lookUp(call, client: PhoneNumber(number, country: settings.office.country).digits))
        }
        (asks, asked) = ([], [])
    }

    /// Looks at the clock: what was dated wrongly is put right, and calls grown too old are forgotten; never by a clock that nobody
    /// vouches for.
    mutating func lookAtClock() {
        taskBook.look(at: now)
        if now.clockTrust == .trusted {
            for calls in undatedCalls {
                effects.append(.persist(.redate(calls.ids, by: Self.difference(at: now) - calls.difference)))
            }
            undatedCalls = []
        }
        keepTasks()
        lookAtMorning()
        guard now.clockTrust == .trusted, now.uptime >= nextForgetting else { return }
        nextForgetting = now.uptime + Self.forgettingInterval
        carryOut(switchboard.forgetMessages(at: now))
        effects.append(.persist(.forgetNotices(at: now.utc)))
        if let days = settings.office.recording.keptDays {
            effects.append(.persist(.expireRecordings(before: now.utc - Int64(days) * 86_400_000)))
        }
        effects.append(.persist(.forget(before: now.utc - Int64(settings.office.followUp.keptDays) * 86_400_000)))
    }

    /// The wall clock's lead on the monotonic one in milliseconds.
    private static func difference(at moment: Moment) -> Int64 { moment.utc - (moment.uptime - .zero).milliseconds }

    private mutating func noteUndated(_ id: CallID) {
        let difference = Self.difference(at: now)
        // Somebody may set the clock again and again; then the last time counts for the rest.
        let isFull = undatedCalls.count >= UndatedCalls.limit
        if let last = undatedCalls.last, isFull || (last.difference - difference).magnitude < UndatedCalls.tolerance {
            let ids = min(last.ids.lowerBound, id)...max(last.ids.upperBound, id)
            undatedCalls[undatedCalls.count - 1].ids = ids
        } else {
            undatedCalls.append(UndatedCalls(ids: id...id, difference: difference))
        }
    }

    /// Somebody does something to a task by hand.
    mutating func carryOut(_ order: TaskOrder, on id: TaskID, for ticket: OrderTicket) {
        do throws(TaskRefusal) {
            try taskBook.carryOut(order, on: id, at: now)
            keepTasks()
            guard let task = taskBook[id] else { throw .unknown }
            callBack(task)
            effects.append(.replied(ticket, .success(task)))
        } catch { effects.append(.replied(ticket, .failure(error))) }
    }

    mutating func keepTasks() {
        let facts = taskBook.takeFacts()
        if !facts.isEmpty { lamps.isTaskBookRead = false }
        for fact in facts {
            busyLamps.tasksChanged = true
            switch fact {
            case .changed(let task):
                effects.append(.persist(.task(task)))
                callBack(task)
            case .merged(let younger, let elder):
                effects.append(.persist(.merge(younger, into: elder)))
                tell(.callback(younger, nil))
                callBack(elder)
            case .forgotten(let id): tell(.callback(id, nil))
            case .identified(let record): effects.append(.persist(.amend(record)))
            case .notice(let notice): post(notice)
            }
        }
    }

    /// Whom an employee is to call back, as he asked by a code; he holds him from now on.
    mutating func tellOwed(_ call: CallID, _ responsible: Responsible, by person: ExtensionNumber, skipping: Set<TaskID>) {
        let before = taskBook.held(by: call)
        let (count, next) = taskBook.hold(for: responsible, by: person, in: call, at: now.uptime, skipping: skipping)
        for id in before + (next.map { [$0.id] } ?? []) { if let task = taskBook[id] { callBack(task) } }
        let client = next.map { task in
            OwedClient(
                task: task.id, numbers: task.numbers.reversed(), since: task.first.dating == .trusted ? task.first.utc : nil)
        }
        tell(.owed(call, client, count: count))
    }

    /// Tells the switchboard whether the client of a task is to be called back from a queue; not while somebody has said that he will.
    mutating func callBack(_ task: CallbackTask) {
        guard task.kind == .callback else { return }
        let isClaimed = taskBook.claim(of: task.id, at: now.uptime).map { $0.call == nil || $0.isHeld } ?? false
        guard let order = task.callback, task.closing == nil, !isClaimed else { return tell(.callback(task.id, nil)) }
        tell(
            .callback(
                task.id,
                QueuedCallback(
                    task: task.id, number: order.number, name: task.client.name, department: order.department, since: order.since,
                    tries: order.tries, lastTry: order.lastTry)))
    }

    /// The record that the journal tells, its outside party named as the office's country writes numbers.
    private func record(of journal: CallJournal) -> CallRecord {
        var record = CallRecord(journal: journal)
        if record.direction == .outgoing {
            let number = PhoneNumber(record.to, country: settings.office.country).description
            record.client = number.isEmpty ? nil : CallRecord.Client(number: number)
        }
        return record
    }

    /// Every task as a command sees it: open ones first, the one that was raised last on top, then those closed within a day.
    public func tasks(at moment: Moment) -> [TaskView] {
        taskBook.all.map { task in
            let claim = taskBook.claim(of: task.id, at: moment.uptime)
            return TaskView(
                task: task, state: taskBook.state(of: task, at: moment.uptime), claimedBy: task.closing == nil ? claim?.by : nil,
                isCalling: claim?.call != nil)
        }
    }

    /// Open tasks that were forgotten because the book was full.
    public var tasksForgotten: Int { taskBook.forgotten }
}

/// Calls on record that are dated by a clock nobody vouched for, which was so many milliseconds ahead of the monotonic one.
struct UndatedCalls: Equatable, Sendable {
    static let limit = 64
    /// A clock that moves by less was not set.
    static let tolerance: UInt64 = 1000

    var ids: ClosedRange<CallID>, difference: Int64
}

/// One task as a command sees it.
public struct TaskView: Equatable, Sendable {
    /// The task.
    public var task: CallbackTask
    /// What is happening to it.
    public var state: CallbackTask.State
    /// Who has claimed it, and whether he is calling the client now.
    public var claimedBy: ExtensionNumber?, isCalling: Bool

    /// A view from its parts.
    public init(task: CallbackTask, state: CallbackTask.State, claimedBy: ExtensionNumber? = nil, isCalling: Bool = false) {
        (self.task, self.state, self.claimedBy, self.isCalling) = (task, state, claimedBy, isCalling)
    }
}
