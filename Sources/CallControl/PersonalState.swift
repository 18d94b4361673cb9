import Routing
import Telephony

/// What an employee has said of himself by a code; kept over a restart.
public enum PersonalState: Hashable, Sendable {
    /// He does not want to be disturbed: to callers he is busy, and departments pass him over.
    case undisturbed
    /// He rests: departments pass him over.
    case paused
    /// He is logged out of this department, which passes him over.
    case loggedOut(DepartmentID)

    /// As it is kept: `logged-out sales`.
    public var text: String {
        switch self {
        case .undisturbed: "undisturbed"
        case .paused: "paused"
        case .loggedOut(let id): "logged-out \(id)"
        }
    }

    /// Reads what `text` writes; nil for anything else.
    public init?(_ text: String) {
        switch text.split(separator: " ").first {
        case "undisturbed": self = .undisturbed
        case "paused": self = .paused
        case "logged-out": self = .loggedOut(String(text.dropFirst("logged-out ".count)))
        default: return nil
        }
    }
}

/// By person.
public typealias PersonalStates = [ExtensionNumber: Set<PersonalState>]

extension Floor {
    func isMarked(_ number: ExtensionNumber, _ state: PersonalState) -> Bool { states[number]?.contains(state) ?? false }

    /// Whether a department may count on him at all: he has neither asked to be left alone nor logged out of it.
    func serves(_ number: ExtensionNumber, _ department: DepartmentID) -> Bool {
        guard let marks = states[number] else { return true }
        return marks.isDisjoint(with: [.undisturbed, .paused, .loggedOut(department)])
    }

    /// Why a department passes him over who would be free; nil: it does not.
    func whyNotServing(_ number: ExtensionNumber, _ department: DepartmentID) -> Wording? {
        if isMarked(number, .paused) { return Catalogue.isPaused(number) }
        return isMarked(number, .loggedOut(department)) ? Catalogue.isLoggedOut(number, of: department) : nil
    }

    /// From now on this is so, or not any more.
    mutating func mark(_ number: ExtensionNumber, _ state: PersonalState, _ isOn: Bool) {
        guard isMarked(number, state) != isOn else { return }
        if isOn { states[number, default: []].insert(state) } else { states[number]?.remove(state) }
        if states[number]?.isEmpty ?? false { states[number] = nil }
        orders.append(.mark(number, state, isOn))
        lights.touch(number)
        if !isOn { freed.append(number) }
    }

    /// Who is not of the office any more has said nothing, nor has anybody of a department that is gone.
    mutating func forgetStates() {
        let office = router.office
        for (number, marks) in states {
            for state in marks {
                switch state {
                case .undisturbed, .paused: if office.extensions[number] == nil { mark(number, state, false) }
                case .loggedOut(let id):
                    let isMember = office.departments[id]?.members.contains { $0.number == number } ?? false
                    if !isMember { mark(number, state, false) }
                }
            }
        }
    }
}

extension Switchboard {
    /// What people have said of themselves by codes.
    public var states: PersonalStates { floor.states }

    /// Who is left alone after a call, and until when.
    public var wrapUps: [ExtensionNumber: Instant] { floor.wrapUps }

    /// What the last run knew of them.
    public mutating func restore(_ states: PersonalStates) {
        floor.states = states
        floor.forgetStates()
    }
}
