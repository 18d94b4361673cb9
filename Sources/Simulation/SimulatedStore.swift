import CallControl
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// Stands for the disk: what is on it outlives the exchange.
public struct SimulatedStore: Sendable {
    /// How long a write takes.
    public var delay = Duration.zero
    /// Whether writes fail.
    public var isFailing = false
    /// Registered phones by their key.
    public private(set) var bindings: [String: Binding] = [:]
    /// Calls that are up.
    public private(set) var open: [CallID: CallRecord] = [:]
    /// Calls that ended, in the order written.
    public private(set) var records: [CallRecord] = []
    /// How often each call was written; more than once is a fault.
    public private(set) var writes: [CallID: Int] = [:]
    /// What the ring strategies remember.
    public private(set) var loads: [String: Ledger.Row] = [:], familiars: [String: Ledger.Familiar] = [:]
    /// Call-back tasks, and what calls before which are to be forgotten.
    public private(set) var tasks: [TaskID: CallbackTask] = [:], forgottenBefore: Int64?
    /// The outbox, in the order written.
    public private(set) var notices: [OutgoingNotice] = []
    /// The contact book, by the client's digits.
    public var book: [String: ClientCard] = [:]
    /// How long the book and the hook take to answer; nil: they never do.
    public var lookUpDelay: Duration? = .zero
    /// Night keys that are pressed.
    public private(set) var nights: [String: Int] = [:]
    /// What people say of themselves.
    public private(set) var states: PersonalStates = [:]
    /// Lines that employees have put in force by codes, with their numbers before them.
    public internal(set) var changes: [String] = []
    /// What is in the voicemail boxes, and greetings recorded by telephone.
    public private(set) var messages: [Int: VoiceMessage] = [:], greetings: [BoxID: Int] = [:]
    /// How long the recordings of calls are.
    public private(set) var recordings: [CallID: Duration] = [:]
    private var highest = 0, highestMessage = 0

    /// An empty disk.
    public init() {}

    /// Carries the order out; the ticket to be answered, if it asks for an answer.
    mutating func perform(_ order: Persistence) -> StoreTicket? {
        switch order {
        case .open(let record):
            highest = max(highest, record.id.number)
            if !isFailing { open[record.id] = record }
            return nil
        case .close(let record, let ticket):
            highest = max(highest, record.id.number)
            guard !isFailing else { return ticket }
            open[record.id] = nil
            writes[record.id, default: 0] += 1
            records.append(record)
            return ticket
        case .task, .merge, .amend, .redate, .forget, .post, .forgetNotices: if !isFailing { follow(order) }
        case .bind(let binding): bindings[binding.key] = binding
        case .unbind(let binding): bindings[binding.key] = nil
        case .tally(let row): loads[row.account.text + " " + row.member] = row
        case .acquaint(let line): familiars[line.department + " " + line.client] = line
        case .night(let key, let until): nights[key] = until
        case .mark(let number, let state, true): states[number, default: []].insert(state)
        case .mark(let number, let state, false): states[number]?.remove(state)
        case .message(let message):
            messages[message.id] = message
            highestMessage = max(highestMessage, message.id)
        case .recording(let recording, _): recordings[recording.call] = recording.length
        case .expireRecordings: break
        case .erase(let id): messages[id] = nil
        case .greeting(let box, let id):
            greetings[box] = id
            if let id { messages[id] = nil }
        case .met(let client, let name, let owner, let rule): learn(client, name, owner, rule)
        }
        return nil
    }

    private mutating func follow(_ order: Persistence) {
        switch order {
        case .task(let task): tasks[task.id] = task
        case .merge(let younger, let elder):
            (tasks[younger], tasks[elder.id]) = (nil, elder)
            for index in records.indices where records[index].task == younger { records[index].task = elder.id }
        case .amend(let record): rewrite(record)
        case .redate(let calls, let shift):
            for index in records.indices where calls.contains(records[index].id) { records[index].at += shift }
        case .forget(let utc): forgottenBefore = utc
        case .post(let notice): if !notices.contains(where: { $0.key == notice.key }) { notices.append(notice) }
        case .forgetNotices: break
        case .open, .close, .bind, .unbind, .tally, .acquaint, .met, .night, .mark, .message, .erase, .greeting, .recording,
            .expireRecordings:
            break
        }
    }

    /// As the book does: who is new gets a line, and the owner that the rule gives him.
    private mutating func learn(_ client: String, _ name: String, _ owner: ExtensionNumber?, _ rule: OwnerLearning) {
        var card = book[client] ?? ClientCard(name: name)
        guard let owner else {
            book[client] = card
            return
        }
        switch rule {
        case .onAnswer, .first: if card.owner == nil { card.owner = owner }
        case .last: card.owner = owner
        case .off: break
        }
        card.isFamiliar = true
        book[client] = card
    }

    /// The record as somebody else wants it to have been; for proving that the checkers notice.
    mutating func rewrite(_ record: CallRecord) {
        guard let index = records.firstIndex(where: { $0.id == record.id }) else { return }
        records[index] = record
    }

    /// What the next start is told of people's days.
    var remembered: Event {
        .remembered(
            loads: loads.sorted { $0.key < $1.key }.map(\.value), familiars: familiars.sorted { $0.key < $1.key }.map(\.value),
            nights: nights)
    }

    /// What the next start finds: calls that were up become `interrupted`, bindings that are still good come back.
    mutating func recover(at moment: Moment) -> (interrupted: [CallRecord], restored: [Event]) {
        let interrupted = open.values.sorted { $0.id < $1.id }.map { record in
            var record = record
            (record.result, record.cause) = (.interrupted, .interrupted)
            return record
        }
        open = [:]
        records += interrupted
        for record in interrupted { writes[record.id, default: 0] += 1 }
        let good = bindings.values.filter { $0.expires > moment.utc }.sorted { $0.key < $1.key }
        let next = (tasks.keys.max()?.number ?? 0) + 1
        return (
            interrupted,
            [
                .restored(bindings: good, nextCall: highest + 1),
                .messages(
                    messages.values.filter(\.isKept).sorted { $0.id < $1.id }, greetings: greetings, next: highestMessage + 1),
                .reopened(tasks: tasks.values.sorted { $0.id < $1.id }, nextTask: next, interrupted: interrupted),
            ]
        )
    }
}
