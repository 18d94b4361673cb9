import Telephony

/// Where calls are parked: put aside by one telephone and taken from another.
public struct ParkingRules: Equatable, Sendable {
    /// Transferring to this number parks in the first slot that is free; nil: only slots themselves can be named.
    public var number: String?
    /// Numbers of the places; dialling one takes the call that is parked there.
    public var slots: [String]
    /// After how long a call that nobody took comes back to whoever parked it.
    public var recall: Duration

    /// Rules from their parts; without slots nothing can be parked.
    public init(number: String? = nil, slots: [String] = [], recall: Duration = .minutes(2)) {
        (self.number, self.slots, self.recall) = (number, slots, recall)
    }

}

extension Router {
    /// What a number does by which calls are parked or taken; nil: it is none.
    func parking(dialled number: String) -> Decision? {
        let rules = office.parking
        let isSlot = rules.slots.contains(number)
        guard isSlot || number == rules.number && !rules.slots.isEmpty else { return nil }
        return Decision(
            outcome: .parking(slot: isSlot ? number : nil), number: nil,
            because: [Explanation(.extension, .taken, Catalogue.isParking(number), line: "set parking")])
    }
}

/// Who may take calls that ring at somebody's telephones.
public enum PickupRight: String, Sendable, CaseIterable {
    /// Nobody.
    case off
    /// Whoever is in a department with him.
    case department
    /// Everybody.
    case office
}

extension Office {
    /// Whether the two are members of one department.
    public func areColleagues(_ one: ExtensionNumber, _ other: ExtensionNumber) -> Bool {
        departments.values.contains { department in
            let members = department.members.map(\.number)
            return members.contains(one) && members.contains(other)
        }
    }

    /// Whether `person` may take calls that ring at `member`'s; a member outside has no say.
    public func mayPickUp(_ person: ExtensionNumber, at member: ExtensionNumber) -> Bool {
        guard person != member, let right = extensions[member]?.pickup else { return true }
        switch right {
        case .off: return false
        case .department: return areColleagues(person, member)
        case .office: return true
        }
    }
}
