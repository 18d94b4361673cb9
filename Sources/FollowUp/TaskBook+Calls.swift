import Routing
import Telephony

/// A call with the outside that is up.
struct OutsideCall: Equatable, Sendable {
    var direction: CallDirection
    var client: CallRecord.Client
    /// Who looks after him, as far as is known; and whether that was told already.
    var owner: ExtensionNumber?, isIdentified = false
    /// Who of ours talks, or calls out.
    var person: String?
    /// When the talk began.
    var talking: Moment?
    /// Whether the talk has closed what it closes.
    var hasCounted = false
    /// The task that a call back ordered in it has opened.
    var ordered: TaskID?
}

/// What calls do to tasks.
extension TaskBook {
    /// A talk is one once it has lasted so long; less is a ring that was picked up and dropped.
    static let talkLength = Duration.seconds(1)
    /// Records that wait for news of their client; the news comes within a second or never.
    private static let unidentifiedLimit = 256

    /// Whether nothing was told of this call with the outside yet.
    public func isNew(_ record: CallRecord) -> Bool { record.client != nil && calls[record.id] == nil }

    /// A call is up, or somebody answered it. Whoever calls a client claims him.
    public mutating func follow(_ record: CallRecord, at moment: Moment) {
        look(at: moment)
        guard let client = record.client else { return }
        var call = calls[record.id] ?? OutsideCall(direction: record.direction, client: client)
        call.person = record.employee
        if record.isTalk, call.talking == nil {
            call.talking = moment
            talks.set(record.id, at: moment.uptime + Self.talkLength)
        }
        if record.callback != nil, call.ordered == nil {
            // The order is kept at once: the caller may hang up whenever he likes, and so may the power.
            var ordering = record
            ordering.client = call.client
            miss(&ordering, owner: call.owner, at: Stamp(moment))
            call.ordered = ordering.task
        }
        calls[record.id] = call
        claim(for: record.id, call, at: moment)
    }

    /// It became known who the client of a call is.
    public mutating func identify(_ id: CallID, as card: ClientCard, at moment: Moment) {
        look(at: moment)
        if var call = calls[id] {
            learn(card, &call)
            calls[id] = call
            claim(for: id, call, at: moment)
        } else if var record = unidentified.removeValue(forKey: id), let client = record.client {
            var call = OutsideCall(direction: record.direction, client: client)
            learn(card, &call)
            record.client = call.client
            facts.append(.identified(record))
            if let task = record.task { identify(task, as: call.client) }
        }
    }

    /// Time passed: talks that have lasted long enough close what they close.
    public mutating func wake(at moment: Moment) {
        look(at: moment)
        while let id = talks.popDue(at: moment.uptime) { count(id) }
    }

    /// A call is over. Completes the record with who the client was and the task that came of it.
    public mutating func finish(_ record: inout CallRecord, at moment: Moment) {
        look(at: moment)
        release(record.id)
        guard let client = record.client else {
            // Nobody can call him back, but who he asked for is told.
            if record.isMissedByClients || record.message != nil { tell(of: record) }
            return
        }
        if record.talk >= Self.talkLength { count(record.id) }
        talks.cancel(record.id)
        let call = calls.removeValue(forKey: record.id) ?? OutsideCall(direction: record.direction, client: client)
        record.client = call.client
        switch record.direction {
        case .incoming:
            record.task = call.ordered
            if let ordered = call.ordered { identify(ordered, as: call.client) }
            if record.task == nil, record.isLost || record.callback != nil {
                miss(&record, owner: call.owner, at: Stamp(moment))
            } else if record.message != nil {
                tell(of: record)
            }
        case .outgoing:
            if !call.hasCounted, record.hasBeenTried { tried(record, call.client, at: moment) }
        case .internal:
            break
        }
        if !call.isIdentified, unidentified.count < Self.unidentifiedLimit { unidentified[record.id] = record }
    }

    /// A call reached nobody: it opens the client's task or raises it.
    mutating func miss(_ record: inout CallRecord, owner: ExtensionNumber? = nil, at moment: Stamp) {
        guard let client = record.client else { return }
        let kind: TaskKind = record.callback != nil ? .callback : record.message != nil ? .voicemail : .missed
        var task: CallbackTask
        if let id = open(client), let open = self[id] {
            task = open
            task.attempts += 1
            task.last = moment
            task.numbers = (task.numbers.filter { $0 != client.number }) + [client.number]
            task.client.number = client.number
            task.client.isKnown = true
            if !client.name.isEmpty { task.client.name = client.name }
            task.client.contact = client.contact ?? task.client.contact
            if kind.rank > task.kind.rank { task.kind = kind }
        } else {
            let calendar = calendar(of: record.department)
            let deadline = Deadline(missedAt: moment, rules: office.followUp, calendar: calendar)
            let assignee = assignee(of: record, owner: owner)
            task = add { id in
                CallbackTask(id: id, kind: kind, client: client, first: moment, deadline: deadline, assignee: assignee)
            }
        }
        if let order = record.callback { take(order, &task) }
        (task.number, task.department) = (record.number ?? task.number, record.department ?? task.department)
        change(task)
        record.task = task.id
        tell(of: record)
    }

    // MARK: Inside

    /// A call back was ordered: on that number, which is also the one to call by hand. Who orders twice keeps his older place.
    private func take(_ order: CallRecord.CallbackOrder, _ task: inout CallbackTask) {
        let since = min(order.since, task.callback?.since ?? order.since)
        task.callback = order
        task.callback?.since = since
        task.numbers = task.numbers.filter { $0 != order.number } + [order.number]
        task.client.number = order.number
    }

    private func learn(_ card: ClientCard, _ call: inout OutsideCall) {
        call.isIdentified = true
        call.client.contact = card.contact
        call.client.isKnown = card.isKnown || card.isFamiliar
        var (name, owner) = (card.name, card.owner)
        if case .known(let told, let owned) = card.hook {
            name = name.isEmpty ? told : name
            if case .hook = office.owners.source { owner = owned }
        }
        if !name.isEmpty { call.client.name = name }
        call.owner = owner
    }

    /// An employee who calls a client out of turn holds him all the same, unless a colleague does.
    private mutating func claim(for id: CallID, _ call: OutsideCall, at moment: Moment) {
        guard call.direction == .outgoing, let person = call.person, let task = open(call.client) else { return }
        let holder = self.claim(of: task, at: moment.uptime)
        guard holder == nil || holder?.call == nil && holder?.by == person else { return }
        claim(task, Claim(by: person, call: id, until: moment.uptime))
    }

    /// A talk: it closes the client's task if the task's kind lets it.
    private mutating func count(_ id: CallID) {
        guard var call = calls[id], !call.hasCounted, let since = call.talking else { return }
        call.hasCounted = true
        calls[id] = call
        guard let open = open(call.client), var task = self[open] else { return }
        if task.callback != nil {
            task.callback = nil
            change(task)
        }
        guard closes(call, task) else { return }
        let way: CallbackTask.Way = call.direction == .outgoing ? .outgoing : .incoming
        close(open, CallbackTask.Closing(way: way, at: Stamp(since), by: call.person, call: id))
    }

    private func closes(_ call: OutsideCall, _ task: CallbackTask) -> Bool {
        let isOutgoing = call.direction == .outgoing
        switch office.followUp.autoClose[task.kind] ?? .any {
        case .any: return true
        case .incoming: return !isOutgoing
        case .outgoing: return isOutgoing
        // A task of nobody is closed by anybody's call.
        case .outgoingAssignee: return isOutgoing && (task.assignee.map { isResponsible(call.person ?? "", $0) } ?? true)
        }
    }

    /// We called him and he did not answer.
    private mutating func tried(_ record: CallRecord, _ client: CallRecord.Client, at moment: Moment) {
        guard let id = open(client), var task = self[id] else { return }
        var stamp = Stamp(moment)
        (stamp.utc, stamp.utcOffset) = (record.at, record.utcOffset)
        task.tried = CallbackTask.Attempt(at: stamp, by: record.employee ?? record.from)
        task.noteAttempt()
        task.callback?.tries += 1
        task.callback?.lastTry = moment.utc
        change(task)
    }

    /// The client's owner; else the person he asked for; else whom the office has chosen; else the department he asked for.
    private func assignee(of record: CallRecord, owner: ExtensionNumber?) -> Responsible? {
        for person in [owner, record.addressee] {
            if let person, office.extensions[person] != nil { return .extension(person) }
        }
        return office.followUp.assignee ?? record.department.map(Responsible.department)
    }

    /// Whom a call was meant for is told of it: the person, or everybody whose phone was tried, and who is to call back; where no phone
    /// was, as in the night, all members of the department.
    private mutating func tell(of record: CallRecord) {
        let task = record.task.flatMap { self[$0] }
        var people = record.addressee.map { [$0] } ?? record.legs.map(\.target)
        var department = record.department
        switch task?.assignee {
        case .extension(let number): people.append(number)
        case .department(let id): department = department ?? id
        case nil: break
        }
        people = people.filter { office.extensions[$0] != nil }.unique
        if people.isEmpty, let department {
            people = office.departments[department]?.members.map(\.number).filter { office.extensions[$0] != nil } ?? []
        }
        facts.append(.notice(Notice(call: record, task: task, recipients: people)))
    }
}

extension CallRecord {
    /// Whether the far end heard or refused it: a call that found no line is no attempt.
    fileprivate var hasBeenTried: Bool {
        legs.contains { $0.rang > .zero || $0.outcome == .busy || $0.outcome == .declined || $0.outcome == .answered }
    }
}

extension TaskKind {
    /// What a client asks for outranks that he only called.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
