import Telephony

/// Who calls, as far as routing cares.
public enum Caller: Hashable, Sendable {
    /// An employee's phone.
    case `extension`(ExtensionNumber)
    /// The outside world through this trunk.
    case trunk(TrunkID)
}

/// One way out for an outside number: what to dial on which trunk.
public struct OutgoingLine: Hashable, Sendable {
    /// The trunk.
    public var trunk: TrunkID
    /// The number as this trunk is to be given it.
    public var number: String
    /// A line from its parts.
    public init(trunk: TrunkID, number: String) { (self.trunk, self.number) = (trunk, number) }
}

/// One reason on the way to a decision.
public struct Explanation: Equatable, Sendable {
    /// The layer that was asked: `number`, `scheme`, `extension`, `department`, `route`, `class`.
    public var layer: String
    /// What it said.
    public var verdict: String
    /// The line of the configuration that made it say so, if one did.
    public var line: String?
}

/// Where a call goes first, and why.
public struct Decision: Equatable, Sendable {
    /// What is decided.
    public enum Outcome: Equatable, Sendable {
        case target(Target)
        case refused(Cause)
    }
    /// What is decided.
    public var outcome: Outcome
    /// The company number that matched, for calls from outside.
    public var number: NumberRule?
    /// Every layer asked, in order.
    public var because: [Explanation]
}

/// The office's rules, ready to be asked. Pure: nothing rings.
public struct Router: Sendable {
    /// The rules.
    public let office: Office
    private let departmentsByNumber: [String: DepartmentID]
    private let numbers: [(rule: NumberRule, mask: NumberMask)]
    private let routes: [(route: OutgoingRoute, mask: NumberMask)]

    /// Prepares the rules of `office`; masks that are none never match.
    public init(_ office: Office) {
        self.office = office
        departmentsByNumber = Dictionary(
            office.departments.values.filter { !$0.number.isEmpty }.sorted { $0.id < $1.id }.map { ($0.number, $0.id) },
            uniquingKeysWith: { first, _ in first })
        numbers = office.numbers.compactMap { rule in
            let isNumber = NumberMask(rule.mask)?.isExact ?? false
            let digits = isNumber ? PhoneNumber(rule.mask, country: office.country).digits : rule.mask
            return NumberMask(digits).map { (rule, $0) }
        }
        routes = office.routes.compactMap { route in NumberMask(route.mask).map { (route, $0) } }
    }

    /// Where a call from outside goes that came on `trunk` for the company number `dialled`.
    public func incoming(on trunk: TrunkID, to dialled: String) -> Decision {
        let digits = PhoneNumber(dialled, country: office.country).digits
        let candidates = numbers.filter { $0.rule.trunk == nil || $0.rule.trunk == trunk }
        guard let match = NumberMask.mostSpecific(for: digits, among: candidates, mask: { $0.mask }) else {
            return Decision(
                outcome: .refused(.unallocated), number: nil,
                because: [Explanation(layer: "number", verdict: "\(dialled) has no destination", line: nil)])
        }
        let rule = match.rule
        let line = "set number \(rule.mask)"
        return Decision(
            outcome: .target(rule.target), number: rule,
            because: [Explanation(layer: "number", verdict: "\(dialled) → \(rule.target)", line: line)])
    }

    /// Where a call goes that an employee dialled: an extension, a department, or out by a route that he may use.
    public func dialled(_ number: String, by caller: ExtensionNumber) -> Decision {
        let decide = { (layer: String, outcome: Decision.Outcome, verdict: String, line: String?) in
            Decision(outcome: outcome, number: nil, because: [Explanation(layer: layer, verdict: verdict, line: line)])
        }
        if office.extensions[number] != nil {
            return decide("extension", .target(.extension(number)), "\(number) is an extension", nil)
        }
        if let id = departmentsByNumber[number] {
            return decide(
                "department", .target(.department(id)), "\(number) is department \(id)", "set department \(id) number \(number)")
        }
        let external = Target.external(number)
        guard let route = route(for: number) else {
            return decide("route", .refused(.unallocated), "no route takes \(number)", nil)
        }
        let right = office.extensions[caller]?.tollClass ?? .internal
        guard route.tollClass <= right else {
            return decide(
                "class", .refused(.forbidden), "\(caller) may dial \(right), route \(route.id) asks \(route.tollClass)", nil)
        }
        return decide(
            "route", .target(external), "route \(route.id) by \(route.trunks.joined(separator: ", "))", "set route \(route.id)")
    }

    /// The ways out for an outside number, most wanted first; empty if no route takes it.
    public func lines(to number: String) -> [OutgoingLine] {
        guard let route = route(for: number) else { return [] }
        let dialled = PhoneNumber.dialled(number)
        let asDialled = NumberMask(route.mask)?.matches(dialled) ?? false
        let digits = asDialled ? dialled : PhoneNumber(number, country: office.country).digits
        let sent = route.prefix + digits.dropFirst(min(route.strip, digits.utf8.count))
        return route.trunks.filter { office.trunks[$0] != nil }.map { OutgoingLine(trunk: $0, number: sent) }
    }

    /// Routes are written for the number as it is dialled; a number in another spelling is tried in E.164 as well.
    public func route(for number: String) -> OutgoingRoute? {
        let dialled = PhoneNumber.dialled(number)
        guard !dialled.isEmpty else { return nil }
        return NumberMask.mostSpecific(for: dialled, among: routes, mask: { $0.mask })?.route
            ?? NumberMask.mostSpecific(
                for: PhoneNumber(number, country: office.country).digits, among: routes, mask: { $0.mask })?.route
    }

    /// The chain of a direct call: the extension's own, else the office's rule.
    public func noAnswerChain(of number: ExtensionNumber) -> [NoAnswerStep] {
        guard let chain = office.extensions[number]?.noAnswer, !chain.isEmpty else { return [office.noAnswer] }
        return chain
    }
}
