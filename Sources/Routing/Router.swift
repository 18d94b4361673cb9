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
    /// The route that leads there; nil: an emergency call that no route takes.
    public var route: String?
    /// An emergency call: neither reserve nor budget holds it up.
    public var isEmergency: Bool
    /// Whether no other trunk is there to be tried after it.
    public var isLast: Bool
    /// A line from its parts.
    public init(trunk: TrunkID, number: String, route: String? = nil, isEmergency: Bool = false, isLast: Bool = true) {
        (self.trunk, self.number, self.route) = (trunk, number, route)
        (self.isEmergency, self.isLast) = (isEmergency, isLast)
    }
}

/// Where a call goes first, and why.
public struct Decision: Equatable, Sendable {
    /// What is decided.
    public enum Outcome: Equatable, Sendable {
        case target(Target)
        /// A voicemail box is opened to the caller.
        case mailbox(BoxID)
        /// A place where calls are parked; nil: any that is free.
        case parking(slot: String?)
        /// He speaks to this paging group.
        case paging(PagingID)
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
    /// Where numbers belong.
    public let regions: RegionTable
    private let departmentsByNumber: [String: DepartmentID]
    private let numbers: MaskTable<NumberRule>
    private let routes: MaskTable<OutgoingRoute>
    let callers: CallerTable

    /// Prepares the rules of `office`; masks that are none never match.
    public init(_ office: Office) {
        self.office = office
        regions = office.regions.isEmpty ? .shipped : RegionTable(office.regions)
        departmentsByNumber = Dictionary(
            office.departments.values.filter { !$0.number.isEmpty }.sorted { $0.id < $1.id }.map { ($0.number, $0.id) },
            uniquingKeysWith: { first, _ in first })
        numbers = MaskTable(
            office.numbers.compactMap { rule in NumberMask(rule.mask, country: office.country).map { ($0, rule) } })
        routes = MaskTable(office.routes.compactMap { route in NumberMask(route.mask).map { ($0, route) } })
        callers = CallerTable(office.callers)
    }

    /// Where a call from outside goes that came on `trunk` for the company number `dialled`.
    public func incoming(on trunk: TrunkID, to dialled: String) -> Decision {
        guard let rule = rule(for: dialled, on: trunk) else {
            return Decision(
                outcome: .refused(.unallocated), number: nil,
                because: [Explanation(.number, .refused, Catalogue.noNumberTakes(dialled))])
        }
        return Decision(
            outcome: .target(rule.target), number: rule,
            because: [Explanation(.number, .taken, Catalogue.numberTakes(dialled, rule.mask), line: "set number \(rule.mask)")])
    }

    /// Whether a department is dialled by this number.
    func isDepartment(_ number: String) -> Bool { departmentsByNumber[number] != nil }

    /// The company number that takes a call; without a trunk, that of any.
    func rule(for dialled: String, on trunk: TrunkID?) -> NumberRule? {
        let digits = PhoneNumber(dialled, country: office.country).digits
        return numbers.value(for: digits) { trunk == nil || $0.trunk == nil || $0.trunk == trunk }
    }

    /// Where a call goes that an employee dialled: an extension, a department, or out by a route that he may use.
    public func dialled(_ number: String, by caller: ExtensionNumber) -> Decision {
        let decide = { (outcome: Decision.Outcome, because: Explanation) in
            Decision(outcome: outcome, number: nil, because: [because])
        }
        if isEmergency(number) {
            let route = route(for: number)
            let because = Explanation(
                .route, .taken, Catalogue.isEmergency(number), line: route.map { "set route \($0.id) mask \($0.mask)" })
            let hasWay = !lines(to: number).isEmpty
            return decide(hasWay ? .target(.external(number)) : .refused(.noCircuit), because)
        }
        if number.hasPrefix(FeatureTable.mailboxCode) { return mailbox(dialled: number, by: caller) }
        if office.extensions[number] != nil {
            let because = Explanation(.extension, .taken, Catalogue.isExtension(number), line: "set extension \(number)")
            return decide(.target(.extension(number)), because)
        }
        if let id = departmentsByNumber[number] {
            let because = Explanation(
                .department, .taken, Catalogue.isDepartment(number, id), line: "set department \(id) number \(number)")
            return decide(.target(.department(id)), because)
        }
        if let (outcome, because) = service(number) { return decide(outcome, because) }
        guard let route = route(for: number) else {
            return decide(.refused(.unallocated), Explanation(.route, .refused, Catalogue.noRouteTakes(number)))
        }
        let right = office.extensions[caller]?.tollClass ?? .internal
        guard route.tollClass <= right else {
            let because = Catalogue.mayNotDial(caller, right.rawValue, route: route.id, needs: route.tollClass.rawValue)
            return decide(
                .refused(.forbidden),
                Explanation(.tollClass, .refused, because, line: "set route \(route.id) class \(route.tollClass)"))
        }
        let because = Explanation(
            .route, .taken, Catalogue.routeTakes(number, route.id, trunks: route.trunks),
            line: "set route \(route.id) mask \(route.mask)")
        return decide(.target(.external(number)), because)
    }

    /// What the exchange itself does under this number: a paging group, a prompt, a conference room, a place to park.
    private func service(_ number: String) -> (Decision.Outcome, Explanation)? {
        if let group = office.paging.values.first(where: { $0.number == number && !number.isEmpty }) {
            let line = "set paging \(group.id) number \(number)"
            return (
                .paging(group.id), Explanation(.department, .taken, Catalogue.isService(number, "paging \(group.id)"), line: line)
            )
        }
        if let target = office.serviceNumbers[number] {
            let line = "set \(target) number \(number)"
            return (.target(target), Explanation(.department, .taken, Catalogue.isService(number, "\(target)"), line: line))
        }
        let place = office.parking.place(number)
        guard place.isParking else { return nil }
        return (
            .parking(slot: place.slot), Explanation(.extension, .taken, Catalogue.isParking(number), line: "set parking")
        )
    }

    /// The extension, department, prompt or conference room of this number.
    public func inside(_ number: String) -> Target? {
        if office.extensions[number] != nil { return .extension(number) }
        return departmentsByNumber[number].map { .department($0) } ?? office.serviceNumbers[number]
    }

    /// Whether these digits are a number inside, and no longer number begins with them.
    public func isCompleteNumber(_ digits: String) -> Bool {
        inside(digits) != nil && !isBeginning(digits)
    }

    /// Whether a number inside is longer and begins so.
    public func isBeginning(_ digits: String) -> Bool {
        let isLonger = { (number: String) in number.count > digits.count && number.hasPrefix(digits) }
        return office.extensions.keys.contains(where: isLonger) || departmentsByNumber.keys.contains(where: isLonger)
            || office.serviceNumbers.keys.contains(where: isLonger)
    }

    /// The ways out for an outside number, most wanted first; empty if no route takes it.
    public func lines(to number: String) -> [OutgoingLine] {
        let isEmergency = isEmergency(number)
        guard let (route, digits) = way(to: number) else {
            // Help is called on any trunk that there is.
            let trunks = isEmergency ? office.trunks.keys.sorted() : []
            return trunks.map {
                OutgoingLine(
                    trunk: $0, number: PhoneNumber.dialled(number), isEmergency: true, isLast: $0 == trunks.last)
            }
        }
        let sent = route.prefix + digits.dropFirst(min(route.strip, digits.utf8.count))
        let trunks = route.trunks.filter { office.trunks[$0] != nil }
        return trunks.map {
            OutgoingLine(
                trunk: $0, number: sent, route: route.id, isEmergency: isEmergency, isLast: $0 == trunks.last)
        }
    }

    /// The route that takes an outside number.
    public func route(for number: String) -> OutgoingRoute? { way(to: number)?.route }

    /// Routes are written for the number as it is dialled; one in another spelling is tried in E.164 as well, and as it is dialled
    /// within its own country. With the digits that the route takes.
    private func way(to number: String) -> (route: OutgoingRoute, digits: String)? {
        let dialled = PhoneNumber.dialled(number)
        guard !dialled.isEmpty else { return nil }
        if let route = routes.value(for: dialled) { return (route, dialled) }
        let full = PhoneNumber(number, country: office.country)
        if let route = routes.value(for: full.digits) { return (route, full.digits) }
        guard let national = full.dialledAtHome(in: office.country) else { return nil }
        return routes.value(for: national).map { ($0, national) }
    }

    /// The chain of a direct call: the extension's own, else the office's rule; where that would send him to himself, the busy tone.
    public func noAnswerChain(of number: ExtensionNumber) -> [NoAnswerStep] {
        if let chain = office.extensions[number]?.noAnswer, !chain.isEmpty { return chain }
        let rule = office.noAnswer
        return [rule.target == .extension(number) ? NoAnswerStep(after: rule.after, target: .busy) : rule]
    }
}

extension Office {
    /// The trunk that calls to this company number come by.
    public func trunk(of number: String) -> TrunkID {
        let called = PhoneNumber(number, country: country)
        let rule = numbers.first { PhoneNumber($0.mask, country: country) == called }
        return rule?.trunk ?? trunks.keys.min() ?? ""
    }
}
