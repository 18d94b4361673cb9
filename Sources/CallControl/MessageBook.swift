import Routing
import Telephony

/// Every message of every box, as far as calls need to know: who may hear what, what lights which lamp, and what must go when room
/// is short. The sound itself is in files.
public struct MessageBook: Equatable, Sendable {
    /// By number.
    private var messages: [Int: VoiceMessage] = [:]
    /// Greetings that people recorded by telephone: the number of the sound, by box.
    private(set) var greetings: [BoxID: Int] = [:]
    /// The first number that was never used.
    private var next = 1

    /// Counts every change of what boxes hold.
    public private(set) var revision = 0

    /// Numbers of messages that one box may have; the oldest goes before there are more.
    static let boxLimit = 1000

    /// No messages.
    public init() {}

    /// What the last run left.
    mutating func restore(_ messages: [VoiceMessage], greetings: [BoxID: Int], next: Int) {
        self.messages = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        self.greetings = greetings
        revision += 1
        self.next = max(next, ((messages.map(\.id) + Array(greetings.values)).max() ?? 0) + 1)
    }

    /// A recording begins; it has a number from now on.
    mutating func begin(
        _ box: BoxID, from callerID: CallerID, call: CallID, state: VoiceMessage.State, at moment: Moment
    ) -> VoiceMessage {
        defer { next += 1 }
        let message = VoiceMessage(
            id: next, box: box, from: callerID.number, name: callerID.name, at: moment.utc, utcOffset: moment.utcOffset,
            state: state, call: call)
        messages[message.id] = message
        return message
    }

    /// The one of this number.
    public subscript(_ id: Int) -> VoiceMessage? { messages[id] }

    /// Messages of a box that can be heard, oldest first; of all boxes where none is named.
    public func list(_ box: BoxID? = nil) -> [VoiceMessage] {
        messages.values.filter { $0.isKept && (box == nil || $0.box == box) }.sorted { $0.id < $1.id }
    }

    /// How many there are in these boxes.
    public func count(in boxes: [BoxID]) -> MessageCount {
        messages.values.reduce(into: MessageCount()) { count, message in
            guard boxes.contains(message.box) else { return }
            switch message.state {
            case .new: count.new += 1
            case .heard: count.old += 1
            case .recording, .greeting: break
            }
        }
    }

    /// It is as long as this, and can be heard.
    mutating func finish(_ id: Int, length: Duration) -> VoiceMessage? {
        messages[id]?.length = length
        messages[id]?.state = .new
        revision += 1
        return messages[id]
    }

    /// Somebody has heard it; nil where that is nothing new.
    mutating func hear(_ id: Int) -> VoiceMessage? {
        guard messages[id]?.state == .new else { return nil }
        messages[id]?.state = .heard
        revision += 1
        return messages[id]
    }

    /// False where there is none of this number.
    mutating func remove(_ id: Int) -> Bool {
        guard let gone = messages.removeValue(forKey: id) else { return false }
        if gone.isKept { revision += 1 }
        return true
    }

    /// A recorded greeting is a box's from now on, or its callers hear the office's words again; the one that nobody hears any more.
    mutating func greet(_ box: BoxID, with id: Int?) -> Int? {
        let before = greetings[box]
        greetings[box] = id
        if let id { messages[id] = nil }
        return before
    }

    /// What has to go so that all messages together take no more than `quota` bytes and the box has room: the oldest that were heard,
    /// then the oldest; never `newest`.
    func excess(over quota: Int, after newest: VoiceMessage) -> [Int] {
        let all = list()
        var size = all.reduce(0) { $0 + $1.size }
        var inBox = all.lazy.filter { $0.box == newest.box }.count
        guard size > quota || inBox > Self.boxLimit else { return [] }
        var gone: [Int] = []
        for message in all.filter({ $0.state == .heard }) + all.filter({ $0.state == .new }) where message.id != newest.id {
            let isTooMany = message.box == newest.box && inBox > Self.boxLimit
            guard size > quota || isTooMany else { continue }
            gone.append(message.id)
            size -= message.size
            if message.box == newest.box { inBox -= 1 }
        }
        return gone
    }

    /// Messages that are older than their boxes keep them.
    func outdated(at utc: Int64, in office: Office) -> [Int] {
        list().filter { message in
            let days = office.box(message.box)?.keptDays ?? VoicemailBox(message.box).keptDays
            return message.at < utc - Int64(days) * 86_400_000
        }.map(\.id)
    }
}

extension Floor {
    /// A recording begins: it gets a number, and a row that tells whose it is should the power fail.
    mutating func beginRecording(
        _ leg: LegID, for box: VoicemailBox, from callerID: CallerID, call: CallID, state: VoiceMessage.State = .recording
    ) -> VoiceMessage {
        let message = messages.begin(box.id, from: callerID, call: call, state: state, at: now)
        orders.append(.keep(message))
        orders.append(.record(leg, Recording(message.clip, limit: box.limit, trims: true)))
        return message
    }

    /// A message is on the disk: it is one if it is long enough. Others go where room is short.
    mutating func finishMessage(_ id: Int, length: Duration?) -> VoiceMessage? {
        guard messages[id]?.state == .recording else {
            // Of a call that is over, which wanted it no more: a greeting that nobody accepts, or what was erased meanwhile.
            if messages.remove(id) || messages[id] == nil { orders.append(.erase(id)) }
            return nil
        }
        guard let length, length >= VoiceMessage.shortest else {
            erase(id)
            return nil
        }
        guard let message = messages.finish(id, length: length) else { return nil }
        orders.append(.keep(message))
        for id in messages.excess(over: router.office.voicemail.quota, after: message) { erase(id) }
        return message
    }

    /// A message, or a recording, is no more.
    mutating func erase(_ id: Int) {
        if messages.remove(id) { orders.append(.erase(id)) }
    }
}

extension Switchboard {
    /// The messages of every box.
    public var messages: MessageBook { floor.messages }

    /// What the last run left in the boxes.
    public mutating func restore(_ messages: [VoiceMessage], greetings: [BoxID: Int], next: Int) {
        floor.messages.restore(messages, greetings: greetings, next: next)
    }

    /// Forgets messages that are older than the office keeps them; gives the orders that follow.
    public mutating func forgetMessages(at moment: Moment) -> [Order] {
        for id in floor.messages.outdated(at: moment.utc, in: floor.router.office) { floor.erase(id) }
        defer { floor.orders = [] }
        return floor.orders
    }
}
