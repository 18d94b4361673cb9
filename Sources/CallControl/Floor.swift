import Routing
import Telephony

/// What all calls share while they act: the rules, who is there and who is engaged, and the orders given so far.
struct Floor: Sendable {
    var router: Router
    /// Extensions with at least one registered phone.
    var registered: Set<ExtensionNumber> = []
    var now: Moment
    var orders: [Order] = []
    /// Extensions that lost a leg since the list was last emptied: they may have got free.
    var freed: [ExtensionNumber] = []
    /// Who took how many calls today.
    var ledger = Ledger()
    /// Who waits for which department.
    var queue = CallQueue()
    /// What is in the voicemail boxes.
    var messages = MessageBook()
    /// Wrong codes of boxes.
    var locks: [BoxID: PINLock] = [:]
    /// For the strategies that draw lots.
    var dice = Dice(seed: 0)
    /// What calls by routes with a budget cost.
    var meter = Meter()
    /// Members who are left alone after a call, and until when.
    private(set) var wrapUps: [ExtensionNumber: Instant] = [:]
    /// What people have said of themselves by codes.
    var states: PersonalStates = [:]
    /// The client outside whom each talked to last, where he shows his number.
    var lastClients: [ExtensionNumber: (digits: String, name: String)] = [:]
    /// Night keys that are pressed, and until which second of the office's wall clock (since 1970-01-01 of that clock).
    var nights: [String: Int] = [:]
    /// Conference rooms that somebody is in.
    var rooms: [ConferenceID: ConferenceRoom] = [:]
    private var nextRoomNumber = 1
    /// Which calls are parked, by their slots.
    var parked: [String: CallID] = [:]
    /// In which call somebody speaks a prompt, by its id.
    var dictated: [String: CallID] = [:]
    /// Whose lamps may show something else.
    var lights = Lights()
    /// Pauses that began since the list was last emptied.
    var newPauses: [(ExtensionNumber, Instant)] = []
    private var parties: [LegID: Caller] = [:]
    /// Whom a leg engages: an extension, also by its mobile, or a member outside.
    private var members: [LegID: ExtensionNumber] = [:]
    /// The legs that engage him, and their calls: his phones and his mobile that ring for one call take one slot.
    private var engagements: [ExtensionNumber: [LegID: CallID]] = [:]
    /// Whom a leg engages: the member, and the mobile by which it reaches him.
    private var telephones: [LegID: [String]] = [:]
    /// By trunk.
    private(set) var trunkUses: [TrunkID: TrunkUse] = [:]
    private var talking: Set<LegID> = []
    /// Legs whose people have talked to somebody, and not only to the exchange.
    private var conversing: Set<LegID> = []
    private var nextLeg = 1
    private var nextSpeech = 1

    init(router: Router, now: Moment) { (self.router, self.now) = (router, now) }

    /// A leg id never used before.
    mutating func newLeg() -> LegID {
        defer { nextLeg += 1 }
        return LegID(nextLeg)
    }

    /// A number of the mixer's rooms never used before.
    mutating func newRoom() -> Int {
        defer { nextRoomNumber += 1 }
        return nextRoomNumber
    }

    /// Speaks the office's language.
    var speaking: Speaking { Speaking(router.office.language) }

    /// A speech id never used before.
    mutating func newSpeech(_ clips: [Clip]) -> Speech {
        defer { nextSpeech += 1 }
        return Speech(nextSpeech, clips)
    }

    /// From now on the party is engaged by this leg, and so is the member whom it is to reach, where he is not the party himself, and the
    /// mobile by which it reaches him.
    mutating func engage(
        _ leg: LegID, _ party: Caller, member: ExtensionNumber? = nil, mobile: String? = nil, in call: CallID
    ) {
        parties[leg] = party
        var member = member
        switch party {
        case .extension(let number): member = number
        case .trunk(let id): trunkUses[id, default: TrunkUse()].begin(at: now.utc)
        }
        guard let member else { return }
        members[leg] = member
        lights.touch(member)
        telephones[leg] = [telephone(member)] + (mobile.map { [telephone($0)] } ?? [])
        for telephone in telephones[leg] ?? [] { engagements[telephone, default: [:]][leg] = call }
    }

    /// The leg is more than ringing: its extension will not get free by somebody else's answer, and what it costs is counted.
    mutating func talks(_ leg: LegID) {
        talking.insert(leg)
        if let member = members[leg] { lights.touch(member) }
        meter.start(leg, at: now.uptime)
    }

    /// People talk to each other by these legs.
    mutating func converse(by legs: LegID...) { conversing.formUnion(legs) }

    /// The leg engages whom it engages for another call from now on.
    mutating func move(_ leg: LegID, to call: CallID) {
        for telephone in telephones[leg] ?? [] { engagements[telephone]?[leg] = call }
    }

    /// The leg is gone.
    mutating func disengage(_ leg: LegID) {
        talking.remove(leg)
        if let cost = meter.stop(leg, at: now) {
            orders.append(.tally(ledger.spend(cost.length, on: cost.route, at: now)))
        }
        switch parties.removeValue(forKey: leg) {
        case .extension, nil: break
        case .trunk(let id): trunkUses[id]?.end()
        }
        let hasTalked = conversing.remove(leg) != nil
        guard let member = members.removeValue(forKey: leg) else { return }
        if hasTalked { orders.append(.tally(ledger.talkEnded(member, at: now))) }
        for telephone in telephones.removeValue(forKey: leg) ?? [] {
            engagements[telephone]?[leg] = nil
            if engagements[telephone]?.isEmpty ?? false { engagements[telephone] = nil }
        }
        freed.append(member)
        lights.touch(member)
    }

    /// Whose leg it is.
    func party(_ leg: LegID) -> Caller? { parties[leg] }

    /// The extension or the member outside whom the leg reaches.
    func member(_ leg: LegID) -> ExtensionNumber? { members[leg] }

    /// The employee at the leg: at his desk, or at his mobile.
    func employee(_ leg: LegID) -> ExtensionNumber? {
        members[leg].flatMap { router.office.extensions[$0] == nil ? nil : $0 }
    }

    /// Whether any telephone of his can be rung: one that is registered, his mobile, or a number outside.
    func isReachable(_ number: ExtensionNumber) -> Bool {
        guard let person = router.office.extensions[number] else { return hasLine(to: number) }
        return registered.contains(number) || person.mobile.map(hasLine) ?? false
    }

    /// Whether a call can go out to this number now.
    func hasLine(to number: String) -> Bool {
        usedUpRoute(to: number) == nil && router.lines(to: number).contains(where: canUse)
    }

    /// Whether his hours and absences let a call be sent to him.
    func isOnDuty(_ number: ExtensionNumber) -> Bool {
        router.absence(of: number, at: now) == nil && !router.isOffDuty(number, at: now)
    }

    /// Why he cannot be rung now.
    func obstacle(to number: ExtensionNumber) -> Cause {
        if !isOnDuty(number) { return .unreachable }
        if isReachable(number) { return .busy }
        return router.office.extensions[number] == nil ? obstacle(toOutside: number) : .unreachable
    }

    /// Why no line leads to this number outside now.
    func obstacle(toOutside number: String) -> Cause {
        if usedUpRoute(to: number) != nil { return .forbidden }
        return router.lines(to: number).isEmpty ? .unreachable : .noCircuit
    }

    /// Whether he has a call slot left and wants to be called; a number outside has one.
    func isFree(_ number: ExtensionNumber) -> Bool {
        if isMarked(number, .undisturbed) { return false }
        guard let engaged = engagements[telephone(number)] else { return (router.office.extensions[number]?.calls ?? 1) > 0 }
        return Set(engaged.values).count < router.office.extensions[number]?.calls ?? 1
    }

    /// Whether his mobile is engaged by a call that is not for him: it is a department's member, too.
    func isMobileTaken(_ mobile: String, of number: ExtensionNumber) -> Bool {
        engagements[telephone(mobile)]?.keys.contains { members[$0] != number } ?? false
    }

    /// An extension by its number; a telephone outside by its full one, however it is written: it is one telephone.
    private func telephone(_ number: String) -> String {
        router.office.extensions[number] == nil ? PhoneNumber(number, country: router.office.country).description : number
    }

    /// Why he is not rung now; nil: he is. A department respects his pause, too.
    func whyPassedOver(_ number: ExtensionNumber, byDepartment: Bool) -> Wording? {
        if let absence = router.absence(of: number, at: now) { return Catalogue.isAway(number, absence.kind.rawValue) }
        if router.isOffDuty(number, at: now) { return Catalogue.isOffDuty(number) }
        if !isReachable(number) { return Catalogue.hasNoPhone(number) }
        if isMarked(number, .undisturbed) { return Catalogue.isUndisturbed(number) }
        if !isFree(number) || byDepartment && isEngaged(number) { return Catalogue.isEngaged(number) }
        return byDepartment && !isAvailable(number) ? Catalogue.rests(number) : nil
    }

    /// Whether any call engages him.
    private func isEngaged(_ number: ExtensionNumber) -> Bool { engagements[telephone(number)] != nil }

    /// Whether a department may offer him a call: he has none, whatever his second line is for, and his pause is over.
    func isAvailable(_ number: ExtensionNumber) -> Bool {
        !isInPause(number) && !isEngaged(number) && isFree(number)
    }

    private func isInPause(_ number: ExtensionNumber) -> Bool { wrapUps[number].map { $0 > now.uptime } ?? false }

    /// Whether this night key is pressed. It goes off by itself, on the wall clock of the office.
    func isNight(_ key: String?) -> Bool {
        guard let until = key.flatMap({ nights[$0] }) else { return false }
        return now.clockTrust == .untrusted || now.civil.wallSecond < until
    }

    /// Presses or releases a night key. One that is pressed goes off when the next working day begins; in an office that is
    /// always open only by hand.
    mutating func press(_ key: String, _ isOn: Bool) {
        nights[key] = isOn ? router.office.calendar.nextMorning(after: now.civil) ?? .max : nil
        lights.stir()
        orders.append(.night(key, until: nights[key]))
    }

    /// From now on no department offers him a call for so long.
    mutating func pause(_ number: ExtensionNumber, for length: Duration) {
        guard length > .zero else { return }
        let until = max(wrapUps[number] ?? .zero, now.uptime + length)
        wrapUps[number] = until
        lights.touch(number)
        newPauses.append((number, until))
    }

    /// His pause is over.
    mutating func resume(_ number: ExtensionNumber) {
        wrapUps[number] = nil
        lights.touch(number)
        freed.append(number)
    }

    /// Whether he rests after a call, and will be available then.
    func rests(_ number: ExtensionNumber) -> Bool { isInPause(number) && !isEngaged(number) && isFree(number) }

    /// The legs that engage him, their calls, and whether more than ringing goes on.
    func engagement(_ number: ExtensionNumber) -> (ringing: [LegID: CallID], isTalking: Bool) {
        let engaged = engagements[number] ?? [:]
        return (engaged.filter { !talking.contains($0.key) }, engaged.keys.contains { talking.contains($0) })
    }

    /// Whether the extension is engaged by nothing but ringing, so that it may get free any moment.
    func onlyRings(_ number: ExtensionNumber) -> Bool {
        guard let engaged = engagements[telephone(number)] else { return false }
        return isReachable(number) && talking.isDisjoint(with: engaged.keys)
    }

    /// Whether the trunk has channels for so many more outgoing calls.
    func hasChannel(_ id: TrunkID, for calls: Int = 1) -> Bool {
        guard let trunk = router.office.trunks[id] else { return false }
        guard let channels = trunk.channels else { return true }
        return (trunkUses[id]?.calls ?? 0) + calls <= channels - trunk.reserveIn
    }
}
