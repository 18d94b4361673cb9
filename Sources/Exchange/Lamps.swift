import CallControl
import Routing
import Signalling
import Telephony

/// Lamps of waiting messages: every phone of everybody who is to learn of a message is told how many there are, by the subscription that
/// it has, or unasked. Clients who wait to be called back count with them where `notify` says `lamp`.
extension Exchange {
    /// What lamps were told.
    struct Lamps: Sendable {
        /// Phones with a subscription, whose they are, and what they were told last.
        var subscribers: [SubscriptionID: ExtensionNumber] = [:], shown: [SubscriptionID: MessageCount] = [:]
        /// What phones without one were told last, since they registered anew; nothing is as good as no messages.
        var told: [String: Told] = [:]
        /// The state of the boxes that all lamps show, and whether they show the tasks as they are.
        var revision = 0, isTaskBookRead = false
    }

    /// What a telephone was told, by the Call-ID of its registrations: one that has restarted takes another, and knows nothing.
    struct Told: Equatable, Sendable {
        var registration: String, count = MessageCount()
    }

    /// What is in the voicemail boxes.
    public var messages: MessageBook { switchboard.messages }

    /// The BYE that came now is answered with the call's record.
    mutating func postponeByes(of call: CallID) {
        postponedByes[call, default: []] += pendingByes
        pendingByes = []
    }

    mutating func handle(_ fact: SubscriptionFact, of id: SubscriptionID) {
        switch fact {
        case .requested(let subscriber):
            guard let number = owners[subscriber.account] else { return order(.refuse(id, status: 403)) }
            switch subscriber.package {
            case .messageSummary:
                // A phone shows the messages of whoever it belongs to; a colleague's are not for everybody.
                if settings.office.extensions[subscriber.resource] != nil, subscriber.resource != number {
                    return order(.refuse(id, status: 403))
                }
                (lamps.subscribers[id], lamps.shown[id]) = (number, count(for: number))
                order(.grant(id, .messages(summary(for: number))))
            case .dialog, .presence: watch(id, subscriber, for: number)
            }
        case .ended:
            (lamps.subscribers[id], lamps.shown[id]) = (nil, nil)
            busyLamps.remove(id)
        }
    }

    /// A phone came: it is told of messages, unless there are none and it was told of none.
    mutating func lightLamp(of binding: Binding) {
        guard let number = owners[binding.account], !core.isSubscribed(binding.account, to: .messageSummary) else { return }
        inform(binding, count(for: number))
    }

    /// Every lamp shows how things are now.
    mutating func lightLamps() {
        let revision = switchboard.messages.revision
        guard lamps.revision != revision || !lamps.isTaskBookRead else { return }
        (lamps.revision, lamps.isTaskBookRead) = (revision, true)
        lightBoard()
        for (id, number) in lamps.subscribers.sorted(by: { $0.key < $1.key }) {
            let count = count(for: number)
            guard lamps.shown[id] != count else { continue }
            lamps.shown[id] = count
            order(.notify(id, .messages(summary(count))))
        }
        for binding in core.bindings { lightLamp(of: binding) }
    }

    mutating func restore(_ messages: [VoiceMessage], greetings: [BoxID: Int], next: Int) {
        switchboard.restore(messages, greetings: greetings, next: next)
        rememberLamps()
    }

    /// What the last run left is what lamps show already.
    mutating func rememberLamps() {
        lamps.revision = switchboard.messages.revision
        for binding in core.bindings {
            lamps.told[binding.key] = Told(
                registration: binding.callID, count: owners[binding.account].map(count) ?? MessageCount())
        }
    }

    private mutating func inform(_ binding: Binding, _ count: MessageCount) {
        let told = Told(registration: binding.callID, count: count)
        guard lamps.told[binding.key, default: Told(registration: binding.callID)] != told else { return }
        lamps.told[binding.key] = told
        order(.inform(binding, .messages(summary(count))))
    }

    func count(for number: ExtensionNumber) -> MessageCount {
        var count = switchboard.messages.count(in: settings.office.boxesLighting(number))
        // Who has chosen so sees clients that wait for his call by the same lamp.
        if settings.office.extensions[number]?.notify.contains(.lamp) == true { count.new += taskBook.waiting(for: number) }
        return count
    }

    /// The lamp on the board itself is lit while anybody waits to be called back.
    private mutating func lightBoard() {
        let isLit = taskBook.isAnybodyWaiting
        guard settings.office.followUp.lamp != nil, isLit != isBoardLit else { return }
        isBoardLit = isLit
        effects.append(.light(isLit))
    }

    private func summary(for number: ExtensionNumber) -> MessageSummary { summary(count(for: number)) }

    private func summary(_ count: MessageCount) -> MessageSummary {
        MessageSummary(new: count.new, old: count.old, account: FeatureTable.mailboxCode)
    }

    mutating func order(_ order: SubscriptionOrder) { take(core.perform(order, at: now)) }
}
