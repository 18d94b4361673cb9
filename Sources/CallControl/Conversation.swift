import Routing
import Telephony

/// What a talk leaves behind: counts for the strategies, an acquaintance, and a pause for the one who talked.
extension Call {
    /// Who of ours talks with the outside since when.
    struct Conversation: Sendable {
        var leg: LegID, member: ExtensionNumber
        /// The department that gave him the call.
        var department: DepartmentID?
        var isOutgoing: Bool, since: Moment
    }

    /// Somebody of ours began to talk with the outside: the one who was rung, or the one who called out. Talks among colleagues
    /// are counted nowhere.
    mutating func beginConversation(_ leg: LegID, for waits: LegID, in department: DepartmentID?, on floor: inout Floor) {
        switch (caller, floor.member(leg), floor.party(waits)) {
        case (.trunk, let member?, _):
            conversation = Conversation(leg: leg, member: member, department: department, isOutgoing: false, since: floor.now)
        case (.extension(let member), nil, .extension(let waiting)?) where waiting == member:
            conversation = Conversation(leg: waits, member: member, department: nil, isOutgoing: true, since: floor.now)
        case (.trunk, nil, _), (.extension, _, _):
            conversation = nil
        }
        if let talk = conversation, floor.router.office.extensions[talk.member] != nil {
            let number = PhoneNumber(talk.isOutgoing ? dialled : callerID.number, country: floor.router.office.country)
            // Of a client who hides his number nothing is known; the one before him is not meant.
            let name = talk.isOutgoing ? "" : callerID.name
            floor.lastClients[talk.member] = number.digits.isEmpty ? nil : (number.digits, name)
        }
    }

    /// What the caller dialled.
    private var dialled: String {
        if case .arrived(_, _, _, let to)? = journal.lines.first?.entry { to } else { "" }
    }

    /// It is over: counted where it belongs, and followed by a pause.
    mutating func endConversation(on floor: inout Floor) {
        guard let talk = conversation else { return }
        conversation = nil
        let length = floor.now.uptime - talk.since.uptime
        let count = { (account: Ledger.Account, floor: inout Floor) in
            floor.orders.append(.tally(floor.ledger.talked(talk.member, account, for: length, at: floor.now)))
        }
        count(talk.isOutgoing ? .outgoing : .incoming, &floor)
        learnOwner(from: talk, length, on: &floor)
        guard let department = talk.department else { return }
        count(.department(department), &floor)
        if !callerID.number.isEmpty {
            floor.orders.append(.acquaint(floor.ledger.met(callerID.number, talk.member, in: department, at: floor.now)))
        }
        floor.pause(talk.member, for: floor.router.office.departments[department]?.wrapUp ?? .zero)
    }

    /// A client who calls and talks is remembered with whom; the book knows whether that makes an owner.
    private func learnOwner(from talk: Conversation, _ length: Duration, on floor: inout Floor) {
        let client = PhoneNumber(callerID.number, country: floor.router.office.country).digits
        guard !talk.isOutgoing, length >= .seconds(1), !client.isEmpty, floor.router.office.extensions[talk.member] != nil else {
            return
        }
        floor.orders.append(.met(client: client, name: callerID.name, talk.member))
    }
}
