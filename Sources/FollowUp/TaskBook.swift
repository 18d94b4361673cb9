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
        /// Nobody is reminded of this task any more; what is on the disk stays.
        case forgotten(TaskID)
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

    /// Tasks that are remembered, open and just closed. An office has some dozens; more come from somebody who makes numbers up, and
    /// then the oldest are forgotten here. On the disk they stay, and reports count them.
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
    /// Open tasks that were forgotten because there was no room.
    public private(set) var forgotten = 0
    private(set) var claims: [TaskID: Claim] = [:]
    private(set) var tasks: [TaskID: CallbackTask] = [:]
    private var openByNumber: [String: TaskID] = [:]
    private var openByContact: [Int: TaskID] = [:]
    private var nextTask = 1
    /// The tasks with times that are to be put right once somebody vouches for the clock.
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
            let dating: Stamp.Dating = record.isDated ? .trusted : .earlierRun
            miss(&record, at: Stamp(utc: record.waitEnded, utcOffset: record.utcOffset, dating: dating))
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

    /// The open task about this client: by his contact, else by any number that he called from. Where the contact has one and the
    /// number had another, of a stranger as it seemed, there is one from now on.
    mutating func open(_ client: CallRecord.Client) -> TaskID? {
        guard let known = client.contact.flatMap({ openByContact[$0] }) else { return openByNumber[client.number] }
        guard let other = openByNumber[client.number], other != known, tasks[other]?.client.contact == nil else { return known }
        return merge(known, other, client)
    }

    /// Opens a task.
    mutating func add(_ make: (TaskID) -> CallbackTask) -> CallbackTask {
        makeRoom()
        let task = make(TaskID(nextTask))
        nextTask += 1
        change(task)
        return task
    }

    /// Forgets what nobody has missed for longest: of those done, else of those that are open.
    private mutating func makeRoom() {
        guard tasks.count >= Self.capacity else { return }
        let oldest = tasks.values.min { one, other in
            if (one.closing == nil) != (other.closing == nil) { return one.closing != nil }
            return (one.last.utc, one.id) < (other.last.utc, other.id)
        }
        guard let oldest else { return }
        if oldest.closing == nil {
            forgotten += 1
            unindex(oldest)
            facts.append(.forgotten(oldest.id))
        }
        (tasks[oldest.id], claims[oldest.id]) = (nil, nil)
        undated.remove(oldest.id)
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
        guard let other = openByContact[contact], other != id, task.closing == nil else {
            (task.client.contact, task.client.isKnown) = (contact, true)
            if !client.name.isEmpty { task.client.name = client.name }
            return change(task)
        }
        merge(id, other, client)
    }

    /// Makes one task of two open ones, the elder; nil where one of them is none.
    @discardableResult
    private mutating func merge(_ one: TaskID, _ other: TaskID, _ client: CallRecord.Client) -> TaskID? {
        guard let elder = tasks[min(one, other)], let younger = tasks[max(one, other)] else { return nil }
        var merged = elder.joined(with: younger)
        (merged.client.contact, merged.client.isKnown) = (client.contact ?? merged.client.contact, true)
        if !client.name.isEmpty { merged.client.name = client.name }
        unindex(younger)
        if claims[elder.id] == nil { claims[elder.id] = claims[younger.id] }
        (tasks[younger.id], claims[younger.id]) = (nil, nil)
        if undated.remove(younger.id) != nil { undated.insert(elder.id) }
        tasks[merged.id] = merged
        index(merged)
        // Records that are still to be written name the one that stays.
        for (id, call) in calls where call.ordered == younger.id { calls[id]?.ordered = elder.id }
        for (id, record) in unidentified where record.task == younger.id { unidentified[id]?.task = elder.id }
        facts.append(.merged(younger.id, into: merged))
        return merged.id
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
    /// run are dated by how long ago it was: the clock may have been set long before anybody vouched for it.
    public mutating func look(at moment: Moment) {
        guard moment.clockTrust == .trusted, !undated.isEmpty else { return }
        for id in undated.sorted() {
            guard var task = tasks[id] else { continue }
            task.date(at: moment, rules: office.followUp, calendar: calendar(of: task.department))
            change(task)
        }
        undated = []
    }

    /// When clients of this department may expect somebody: by its own hours where it has some, on the office's days.
    func calendar(of department: DepartmentID?) -> WorkCalendar {
        var calendar = office.calendar
        if let hours = department.flatMap({ office.departments[$0]?.hours }) { calendar.hours = hours }
        return calendar
    }
}

extension [String] {
    /// Each once, at its first place.
    var unique: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
