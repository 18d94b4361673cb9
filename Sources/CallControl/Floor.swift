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
