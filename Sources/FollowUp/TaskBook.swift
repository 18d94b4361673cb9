import Routing
import Telephony

/// Everything that somebody has to do about clients: opened by calls that reached nobody, closed by talks.
///
/// It is told of calls (`TaskBook+Calls.swift`) and by people (`TaskBook+Orders.swift`); what has to be kept or told comes out as facts.
public struct TaskBook: Sendable {
    /// What came of it.
    public enum Fact: Equatable, Sendable {
        /// This is how the task stands now; keep it.
        case changed(CallbackTask)
        /// Two tasks turned out to be about one client: the first is no more, its calls are the second's.
        case merged(TaskID, into: CallbackTask)
        /// It became known who the client of a call was whose record is kept already.
        case identified(CallRecord)
        /// Somebody is to be told.
        case notice(Notice)
    }

    /// Somebody is about to call the client, so that nobody else does.
    public struct Claim: Equatable, Sendable {
        /// Who.
        public var by: ExtensionNumber
        /// The call that is up; nil: he said so.
        public var call: CallID?
        /// In that call he only hears of him.
        public var isHeld = false
        /// When it is over where he only said so.
        var until: Instant
    }

    /// Tasks that are remembered, open and just closed. An office has some dozens; more come from somebody who makes numbers up.
    static let capacity = 20_000
    /// How long a closed task is shown.
    static let closedShown: Int64 = 86_400_000
    /// How long a claim holds that is followed by no call.
    static let claimLength = Duration.minutes(30)

    var office: Office
    var facts: [Fact] = []
    /// Calls with the outside that are up.
    var calls: [CallID: OutsideCall] = [:]
    /// Records whose client is not known yet.
    var unidentified: [CallID: CallRecord] = [:]
    /// When a talk has lasted long enough to be one.
    var talks = TimerTable<CallID>()
    /// Calls in vain that opened no task because there was no room.
    public internal(set) var refused = 0
    private(set) var claims: [TaskID: Claim] = [:]
    private(set) var tasks: [TaskID: CallbackTask] = [:]
    private var openByNumber: [String: TaskID] = [:]
    private var openByContact: [Int: TaskID] = [:]
    private var nextTask = 1
    /// The last moment at which nobody vouched for the clock, and the tasks with times that are to be put right.
    private var lastUntrusted: Moment?
    private var undated: Set<TaskID> = []

    /// An empty book.
    public init(office: Office) { self.office = office }

    /// New rules; deadlines that are set stay.
    public mutating func reconfigure(_ office: Office) { self.office = office }

    /// What the last run left: tasks, the next free number, and calls in vain that the power cut left without a task.
    public mutating func restore(_ tasks: [CallbackTask], next: Int, interrupted: [CallRecord]) {
        for task in tasks {
            self.tasks[task.id] = task
            if task.isUndated { undated.insert(task.id) }
            index(task)
        }
        nextTask = max(nextTask, next)
        for var record in interrupted where record.isLost && record.task == nil && record.client != nil {
            miss(&record, at: Stamp(utc: record.waitEnded, utcOffset: record.utcOffset))
            facts.append(.identified(record))
        }
    }

    /// When it wants to be woken.
    public var deadline: Instant? {
        mutating get { talks.deadline }
    }

    /// What came of it since the last time.
    public mutating func takeFacts() -> [Fact] {
        defer { facts = [] }
        return facts
    }

    // MARK: Looking in

    /// The task, as it stands.
    public subscript(_ id: TaskID) -> CallbackTask? { tasks[id] }

    /// Who is calling the client, or has said that he will.
    public func claim(of id: TaskID, at now: Instant) -> Claim? {
        guard let claim = claims[id], claim.call != nil || claim.until > now else { return nil }
        return claim
    }

    /// Open tasks first, the one that was raised last on top; then what was closed within a day.
    public var all: [CallbackTask] {
        tasks.values.sorted { left, right in
            switch (left.closing, right.closing) {
            case (nil, nil): (left.last.utc, left.id) > (right.last.utc, right.id)
            case (nil, .some): true
            case (.some, nil): false
            case (.some(let one), .some(let other)): (one.at.utc, left.id) > (other.at.utc, right.id)
            }
        }
    }

    /// What is happening to a task.
    public func state(of task: CallbackTask, at now: Instant) -> CallbackTask.State {
        task.closing != nil ? .done : claim(of: task.id, at: now) != nil ? .claimed : .open
    }

    /// The oldest client whom this person may call back now: one of his own, of his departments or of nobody, and nobody else is at it.
    public func oldest(for person: ExtensionNumber, at now: Instant, skipping: Set<TaskID> = []) -> CallbackTask? {
        let mine = tasks.values.filter { task in
            task.closing == nil && !skipping.contains(task.id) && claim(of: task.id, at: now) == nil
                && task.assignee.map { isResponsible(person, $0) } ?? true
        }
        return mine.min { ($0.first.utc, $0.id) < ($1.first.utc, $1.id) }
    }

    /// Whether the person is the one, or of the department.
    func isResponsible(_ person: String, _ responsible: Responsible) -> Bool {
        switch responsible {
        case .extension(let number): person == number
        case .department(let id): office.departments[id]?.members.contains { $0.number == person } ?? false
        }
    }

    // MARK: Changing

    /// The open task about this client: by his contact, else by any number that he called from.
    func open(_ client: CallRecord.Client) -> TaskID? {
        client.contact.flatMap { openByContact[$0] } ?? openByNumber[client.number]
    }

    /// Opens a task; nil where there is no room.
    mutating func add(_ make: (TaskID) -> CallbackTask) -> CallbackTask? {
        guard tasks.count < Self.capacity else {
            refused += 1
            return nil
        }
        let task = make(TaskID(nextTask))
        nextTask += 1
        change(task)
        return task
    }

    /// This is how the task stands from now on.
    mutating func change(_ task: CallbackTask) {
        tasks[task.id] = task
        if task.isUndated { undated.insert(task.id) }
        if task.closing == nil {
            index(task)
        } else {
            claims[task.id] = nil
            unindex(task)
        }
        facts.append(.changed(task))
    }

    /// Closes a task, and forgets those that were closed long ago.
    mutating func close(_ id: TaskID, _ closing: CallbackTask.Closing) {
        guard var task = tasks[id], task.closing == nil else { return }
        task.closing = closing
        change(task)
        for (id, task) in tasks {
            guard let end = task.closing, end.at.utc < closing.at.utc - Self.closedShown else { continue }
            tasks[id] = nil
            undated.remove(id)
        }
    }

    /// The client of a task has this contact: where that contact has a task already, there is one from now on.
    mutating func identify(_ id: TaskID, as client: CallRecord.Client) {
        guard var task = tasks[id], let contact = client.contact, task.client.contact != contact else { return }
        guard let other = openByContact[contact], other != id, task.closing == nil, let elder = tasks[min(other, id)],
            let younger = tasks[max(other, id)]
        else {
            (task.client.contact, task.client.isKnown) = (contact, true)
            if !client.name.isEmpty { task.client.name = client.name }
            return change(task)
        }
        var merged = elder
        merged.attempts += younger.attempts
        merged.callback = elder.callback ?? younger.callback
        merged.numbers = (elder.numbers + younger.numbers).unique
        merged.last = elder.last.utc < younger.last.utc ? younger.last : elder.last
        (merged.client.contact, merged.client.isKnown) = (contact, true)
        if !client.name.isEmpty { merged.client.name = client.name }
        unindex(younger)
        (tasks[younger.id], claims[younger.id]) = (nil, nil)
        tasks[merged.id] = merged
        index(merged)
        facts.append(.merged(younger.id, into: merged))
    }

    mutating func claim(_ id: TaskID, _ claim: Claim?) { claims[id] = claim }

    /// A call ended: whoever held a client by it lets him go.
    mutating func release(_ call: CallID) {
        for (id, claim) in claims where claim.call == call { claims[id] = nil }
    }

    private mutating func index(_ task: CallbackTask) {
        guard task.closing == nil else { return }
        if let contact = task.client.contact { openByContact[contact] = task.id }
        for number in task.numbers { openByNumber[number] = task.id }
    }

    private mutating func unindex(_ task: CallbackTask) {
        if let contact = task.client.contact, openByContact[contact] == task.id { openByContact[contact] = nil }
        for number in task.numbers where openByNumber[number] == task.id { openByNumber[number] = nil }
    }

    // MARK: The clock

    /// Looks at the clock. While nobody vouches for it tasks have no deadline and get no verdict; once somebody does, those of this
    /// run are dated by how long ago it was. By how many milliseconds times of this run were wrong; nil: nothing is to be put right.
    @discardableResult
    public mutating func look(at moment: Moment) -> Int64? {
        if moment.clockTrust == .untrusted {
            lastUntrusted = moment
            return nil
        }
        guard lastUntrusted != nil || !undated.isEmpty else { return nil }
        let before = lastUntrusted ?? moment
        let shift = moment.utc - before.utc - (moment.uptime - before.uptime).milliseconds
        for id in undated.sorted() {
            guard var task = tasks[id] else { continue }
            task.date(shiftedBy: shift, at: moment, rules: office.followUp, calendar: office.calendar)
            change(task)
        }
        defer { (lastUntrusted, undated) = (nil, []) }
        return lastUntrusted == nil ? nil : shift
    }
}

extension [String] {
    /// Each once, at its first place.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
