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
    /// For the strategies that draw lots.
    var dice = Dice(seed: 0)
    /// Members who are left alone after a call, and until when.
    private var wrapUps: [ExtensionNumber: Instant] = [:]
    /// Pauses that began since the list was last emptied.
    var newPauses: [(ExtensionNumber, Instant)] = []
    private var parties: [LegID: Caller] = [:]
    private var legsOf: [ExtensionNumber: Set<LegID>] = [:]
    private var legsOn: [TrunkID: Int] = [:]
    private var talking: Set<LegID> = []
    private var nextLeg = 1

    init(router: Router, now: Moment) { (self.router, self.now) = (router, now) }

    /// A leg id never used before.
    mutating func newLeg() -> LegID {
        defer { nextLeg += 1 }
        return LegID(nextLeg)
    }

    /// From now on the party is engaged by this leg.
    mutating func engage(_ leg: LegID, _ party: Caller) {
        parties[leg] = party
        switch party {
        case .extension(let number): legsOf[number, default: []].insert(leg)
        case .trunk(let id): legsOn[id, default: 0] += 1
        }
    }

    /// The leg is more than ringing: its extension will not get free by somebody else's answer.
    mutating func talks(_ leg: LegID) { talking.insert(leg) }

    /// The leg is gone.
    mutating func disengage(_ leg: LegID) {
        talking.remove(leg)
        switch parties.removeValue(forKey: leg) {
        case .extension(let number):
            legsOf[number]?.remove(leg)
            if legsOf[number]?.isEmpty ?? false { legsOf[number] = nil }
            freed.append(number)
        case .trunk(let id):
            legsOn[id, default: 1] -= 1
        case nil:
            break
        }
    }

    /// Whose leg it is.
    func party(_ leg: LegID) -> Caller? { parties[leg] }

    /// Whether the extension has a call slot left.
    func isFree(_ number: ExtensionNumber) -> Bool {
        (legsOf[number]?.count ?? 0) < (router.office.extensions[number]?.calls ?? 0)
    }

    /// Whether a department may offer him a call: a slot is left, and his pause is over.
    func isAvailable(_ number: ExtensionNumber) -> Bool {
        if let until = wrapUps[number], until > now.uptime { return false }
        return isFree(number)
    }

    /// From now on no department offers him a call for so long.
    mutating func pause(_ number: ExtensionNumber, for length: Duration) {
        guard length > .zero else { return }
        let until = max(wrapUps[number] ?? .zero, now.uptime + length)
        wrapUps[number] = until
        newPauses.append((number, until))
    }

    /// His pause is over.
    mutating func resume(_ number: ExtensionNumber) {
        wrapUps[number] = nil
        freed.append(number)
    }

    /// Whether the extension is engaged by nothing but ringing, so that it may get free any moment.
    func onlyRings(_ number: ExtensionNumber) -> Bool {
        guard let legs = legsOf[number] else { return false }
        return registered.contains(number) && legs.isDisjoint(with: talking)
    }

    /// Whether the trunk has a channel for one more outgoing call.
    func hasChannel(_ id: TrunkID) -> Bool {
        guard let trunk = router.office.trunks[id] else { return false }
        guard let channels = trunk.channels else { return true }
        return (legsOn[id] ?? 0) < channels - trunk.reserveIn
    }
}
