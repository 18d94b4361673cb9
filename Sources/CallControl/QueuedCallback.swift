import Routing
import Telephony

/// A client who ordered a call back from a queue, as the task about him stands.
public struct QueuedCallback: Equatable, Sendable {
    /// The task, which outlives a restart.
    public var task: TaskID
    /// Whom to call, and his name where it is known.
    public var number: String, name: String
    /// Whose queue he waited in, and since when: milliseconds since 1970 UTC.
    public var department: DepartmentID, since: Int64
    /// How often he was called in vain, and when last.
    public var tries: Int, lastTry: Int64?

    /// A call back from its parts.
    public init(
        task: TaskID, number: String, name: String, department: DepartmentID, since: Int64, tries: Int = 0, lastTry: Int64? = nil
    ) {
        (self.task, self.number, self.name, self.department) = (task, number, name, department)
        (self.since, self.tries, self.lastTry) = (since, tries, lastTry)
    }
}

/// Clients who are to be called back, each in his turn: his place in the queue is the one he had as a caller.
struct CallbackQueue: Sendable {
    /// How often the exchange calls by itself; then people have to. The pauses grow.
    static let triesLimit = 3
    /// How long it rests after a try, by how many there were.
    static func pause(after tries: Int) -> Duration { tries <= 1 ? .minutes(2) : .minutes(10) }
    /// How long a member who refused one is spared this client.
    static let refusalTime = Duration.minutes(1)
    /// How often it is looked whether somebody may be called by now.
    static let lookInterval = Duration.seconds(30)
    /// Nobody is called back before and after these seconds of the day, whatever the office's hours.
    static let quiet = (until: 9 * 3600, from: 21 * 3600)
    /// Without a clock to be trusted nobody is called who has waited longer.
    static let undatedLimit = Duration.seconds(3600)
    /// More than an office has.
    static let capacity = 1000

    /// One client.
    struct Entry: Sendable {
        var order: QueuedCallback
        var since: Instant
        var notBefore: Instant
        /// Tries of this run, also those that no line carried.
        var tries: Int
        /// Members who did not take it, until when they are spared.
        var refusals: [ExtensionNumber: Instant] = [:]
        /// The call that is at it.
        var call: CallID?

        var place: CallQueue.Place { CallQueue.Place(since: since, number: order.task.number) }
    }

    private(set) var entries: [TaskID: Entry] = [:]

    subscript(_ task: TaskID) -> Entry? {
        get { entries[task] }
        set { entries[task] = newValue }
    }

    /// The order stands like this now; nil: it is done, or somebody else is at it.
    mutating func set(_ task: TaskID, _ order: QueuedCallback?, at now: Moment) {
        guard let order, order.tries < Self.triesLimit else {
            entries[task] = nil
            return
        }
        if entries[task] != nil {
            entries[task]?.order = order
            return
        }
        guard entries.count < Self.capacity else { return }
        let instant = { (utc: Int64) in now.uptime - .milliseconds(now.utc - utc) }
        let rested = order.lastTry.map { instant($0) + Self.pause(after: order.tries) }
        entries[task] = Entry(
            order: order, since: instant(order.since), notBefore: rested ?? now.uptime, tries: order.tries)
    }

    /// Whoever has waited longest comes first.
    var inTurn: [Entry] { entries.values.sorted { $0.place < $1.place } }

    /// When to look next whether somebody may be called; nil: nobody is to be.
    func nextLook(after now: Instant) -> Instant? {
        let resting = entries.values.filter { $0.call == nil }.map { $0.notBefore > now ? $0.notBefore : now + Self.lookInterval }
        return resting.min()
    }
}

extension Switchboard {
    /// An order came, changed, or is done.
    mutating func take(_ order: QueuedCallback?, of task: TaskID) {
        if order == nil, let id = callbacks[task]?.call, let call = calls[id], case .callingBack = call.stage {
            act(on: id, call) { call, floor in call.callOffCallback(on: &floor) }
        }
        callbacks.set(task, order, at: floor.now)
        floor.queue.set(.callback(task), callbacks[task].map { ($0.order.department, $0.place) })
    }

    /// Members who are free and whom no caller wants call those clients back who have waited longest.
    mutating func callBackByTheFree() {
        for entry in callbacks.inTurn where mayCallBack(entry) {
            guard let department = floor.router.office.departments[entry.order.department] else { continue }
            let (ledger, today) = (floor.ledger, floor.now.civil.dayNumber)
            let plan = department.strategy.plan(
                for: department.members, step: department.step, load: { ledger.load(of: $0, in: department, today: today) },
                dice: &floor.dice)
            let member = plan.waves.flatMap(\.rings).first { mayTake($0, entry) }
            if let member { callBack(entry.order.task, by: member) }
        }
    }

    /// Whether this member, who got free, calls this client back now.
    func mayCallBack(_ task: TaskID, by member: ExtensionNumber) -> Bool {
        guard let entry = callbacks[task], mayCallBack(entry), mayTake(member, entry) else { return false }
        return floor.router.office.departments[entry.order.department]?.members.contains { $0.number == member } ?? false
    }

    /// Whether the client may be called now: it is his turn, the office works, and he is not on the line himself.
    private func mayCallBack(_ entry: CallbackQueue.Entry) -> Bool {
        guard entry.call == nil, entry.notBefore <= floor.now.uptime,
            let department = floor.router.office.departments[entry.order.department], isTime(for: entry, department)
        else { return false }
        return !isOnTheLine(entry.order.number)
    }

    private func isTime(for entry: CallbackQueue.Entry, _ department: Department) -> Bool {
        guard floor.now.clockTrust == .trusted else { return floor.now.uptime - entry.since < CallbackQueue.undatedLimit }
        let time = floor.now.civil
        let isQuiet = time.secondOfDay < CallbackQueue.quiet.until || time.secondOfDay >= CallbackQueue.quiet.from
        return !isQuiet && floor.router.office.calendar.isOpen(time) && !floor.router.isClosed(department, at: floor.now)
    }

    /// Whether a call with this client is up, whoever called.
    private func isOnTheLine(_ number: String) -> Bool {
        let country = floor.router.office.country
        let client = PhoneNumber(number, country: country)
        return calls.values.contains { call in
            if PhoneNumber(call.callerID.number, country: country) == client { return true }
            guard case .arrived(.outgoing, _, _, let dialled)? = call.journal.lines.first?.entry else { return false }
            return PhoneNumber(dialled, country: country) == client
        }
    }

    private func mayTake(_ member: ExtensionNumber, _ entry: CallbackQueue.Entry) -> Bool {
        entry.refusals[member] ?? .zero <= floor.now.uptime && floor.isOnDuty(member) && floor.isReachable(member)
            && floor.isAvailable(member) && floor.serves(member, entry.order.department) && hasTwoChannels(member, entry)
    }

    /// Whether there is a channel for the client, and one more where the member is called by the same trunk.
    private func hasTwoChannels(_ member: ExtensionNumber, _ entry: CallbackQueue.Entry) -> Bool {
        let own: TrunkID? = if case .line(let line)? = floor.way(to: member) { line.trunk } else { nil }
        return floor.callbackLines(to: entry.order.number).contains { floor.hasChannel($0.trunk, for: $0.trunk == own ? 2 : 1) }
    }

    /// The member's telephone rings; he hears whom he is to talk to, and then the client is called.
    mutating func callBack(_ task: TaskID, by member: ExtensionNumber) {
        guard let entry = callbacks[task] else { return }
        let id = newCall()
        callbacks[task]?.call = id
        floor.queue.set(.callback(task), nil)
        let order = entry.order
        let offer = Offer(
            caller: .extension(member), callerID: CallerID(number: order.number, name: order.name), dialled: order.number)
        act(on: id, Call(id, offer)) { call, floor in call.callBack(order, by: member, on: &floor) }
    }

    /// A call that was to connect a client ended, or did.
    mutating func callbackEnded(_ call: Call) {
        guard let attempt = call.callback, let entry = callbacks[attempt.order.task], entry.call == call.id else { return }
        let task = attempt.order.task
        let now = floor.now.uptime
        switch attempt.outcome {
        case .connected:
            callbacks[task] = nil
            return floor.queue.set(.callback(task), nil)
        case .refused:
            callbacks[task]?.refusals[attempt.member] = now + CallbackQueue.refusalTime
        case .failed:
            callbacks[task]?.tries += 1
            callbacks[task]?.notBefore = now + CallbackQueue.pause(after: entry.tries + 1)
        }
        callbacks[task]?.call = nil
        if callbacks[task]?.tries ?? 0 >= CallbackQueue.triesLimit { callbacks[task] = nil }
        floor.queue.set(.callback(task), callbacks[task].map { ($0.order.department, $0.place) })
    }
}
