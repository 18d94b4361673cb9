import Routing
import Telephony

/// What a telephone's lamp shows of somebody or something.
public enum Light: Equatable, Sendable {
    /// Nothing is going on.
    case dark
    /// It rings there; who calls, where that is known.
    case blinking(CallerID?)
    /// He is engaged; or it is on.
    case lit

    /// A switch that is on or off.
    public init(_ isOn: Bool) { self = isOn ? .lit : .dark }
}

/// Whose lamps may show something else than when they were looked at last.
struct Lights: Sendable {
    private(set) var touched: Set<ExtensionNumber> = []
    private(set) var isStirred = false

    /// Something has happened to this person.
    mutating func touch(_ number: ExtensionNumber) {
        touched.insert(number)
        isStirred = true
    }

    /// Something has happened to a call, or to the office.
    mutating func stir() { isStirred = true }
}

extension Switchboard {
    /// Whose lamps may show something else since the last time, in order; and whether anything may.
    public mutating func takeChangedLights() -> (people: [ExtensionNumber], isChanged: Bool) {
        defer { floor.lights = Lights() }
        return (floor.lights.touched.sorted(), floor.lights.isStirred)
    }

    /// What a lamp shows of an extension: ringing goes before talking, as the call that rings may be picked up. Who rests after a call
    /// or does not want to be disturbed is engaged, too.
    public func light(of number: ExtensionNumber) -> Light {
        let (ringing, isTalking) = floor.engagement(number)
        if let call = ringing.min(by: { $0.value < $1.value })?.value { return .blinking(calls[call]?.callerID) }
        if isTalking || floor.rests(number) { return .lit }
        return Light(floor.isMarked(number, .undisturbed) || floor.isMarked(number, .paused))
    }

    /// What a lamp shows of a department: a call rings or waits for it, or nobody of it is free.
    public func light(ofDepartment id: DepartmentID) -> Light {
        let waiting = calls.values.filter { call in
            if case .hunting(let hunt) = call.stage { hunt.department == id } else { false }
        }
        if let first = waiting.min(by: { $0.id < $1.id }) { return .blinking(first.callerID) }
        let members = floor.router.office.departments[id]?.members.map(\.number) ?? []
        let isServed = members.contains {
            floor.isReachable($0) && floor.isOnDuty($0) && floor.serves($0, id) && floor.isAvailable($0)
        }
        return Light(!members.isEmpty && !isServed)
    }

    /// Whether a night key is pressed at this moment.
    public func light(ofNight key: String, at moment: Moment) -> Light { Light(nights(at: moment)[key] != nil) }

    /// The night key that a code means.
    public func nightKey(_ order: FeatureOrder) -> String? { floor.nightKey(order) }

    /// What an employee has said of himself.
    public func light(of number: ExtensionNumber, _ state: PersonalState) -> Light { Light(floor.isMarked(number, state)) }

    /// Whether he can be called at all now.
    public func isReachable(_ number: ExtensionNumber) -> Bool { floor.isReachable(number) && floor.isOnDuty(number) }
}

extension Floor {
    /// Night keys whose time is over go off; when the next one does.
    mutating func endNights() -> Instant? {
        guard now.clockTrust == .trusted, !nights.isEmpty else { return nil }
        let second = now.civil.wallSecond
        for (key, until) in nights where until <= second {
            nights[key] = nil
            lights.stir()
        }
        let next = nights.values.filter { $0 != .max }.min()
        return next.map { now.uptime + .seconds($0 - second) }
    }
}
