import Routing
import Telephony

/// A call that is only thought through: who would ring when if nobody answered, and why. Nothing rings.
public struct Rehearsal: Equatable, Sendable {
    /// One phone or line that would ring.
    public struct Ring: Equatable, Sendable {
        /// The extension, or the number as the trunk gets it.
        public var target: String
        /// The trunk, for a call out.
        public var trunk: TrunkID?
        /// From the call's arrival; `until` nil: until the end.
        public var from: Duration, until: Duration?

        /// A ring from its parts.
        public init(target: String, trunk: TrunkID? = nil, from: Duration, until: Duration?) {
            (self.target, self.trunk, self.from, self.until) = (target, trunk, from, until)
        }
    }

    /// How it ends where nobody answers.
    public enum Ending: Equatable, Sendable {
        case busyTone(after: Duration)
        case released(Cause, after: Duration)
        /// It does not end within the time that is thought through.
        case open
    }

    /// Every layer asked, in order.
    public var layers: [Explanation] = []
    /// In the order they would begin.
    public var rings: [Ring] = []
    /// The end.
    public var ending = Ending.open

    /// Nothing thought through yet.
    public init() {}
}

extension Switchboard {
    /// How far ahead is thought.
    static let horizon = Duration.seconds(3600)
    /// More steps than any office's rules can need in an hour.
    static let stepLimit = 10_000

    /// Thinks a call through on a copy, as things stand now: phones that are registered ring, and nobody answers.
    public func rehearse(_ offer: Offer, at moment: Moment) -> Rehearsal {
        var copy = self
        var rehearsal = Rehearsal()
        let router = floor.router
        let decision =
            switch offer.caller {
            case .extension(let number): router.dialled(offer.dialled, by: number)
            case .trunk(let trunk): router.incoming(on: trunk, to: offer.dialled)
            }
        rehearsal.layers = decision.because
        let caller = copy.newLeg()
        var now = moment
        var ringing: [LegID: Int] = [:]
        var todo = copy.handle(.offered(caller, offer), at: now)[...]
        for _ in 0..<Self.stepLimit {
            let after = now.uptime - moment.uptime
            guard let order = todo.popFirst() else {
                guard let next = copy.deadline, next - moment.uptime <= Self.horizon else { break }
                now.utc += (next - now.uptime).milliseconds
                now.uptime = next
                todo = copy.wake(at: now)[...]
                continue
            }
            switch order {
            case .dial(let leg, let target, _, for: caller):
                ringing[leg] = rehearsal.rings.count
                rehearsal.rings.append(.init(target: target.name, trunk: target.trunk, from: after, until: nil))
                todo += copy.handle(.rang(leg), at: now)
            case .release(caller, let cause):
                if rehearsal.ending == .open { rehearsal.ending = .released(cause, after: after) }
            case .release(let leg, _):
                if let index = ringing.removeValue(forKey: leg) { rehearsal.rings[index].until = after }
            case .play(caller, .tone(.busy, _)):
                rehearsal.ending = .busyTone(after: after)
            case .file(let journal) where journal.lines.first?.at == moment && rehearsal.ending != .open:
                rehearsal.layers += explain(journal, rehearsal.rings, decision, for: offer.callerID, at: moment)
                return rehearsal
            case .alert, .dial, .answer, .bridge, .play, .quiet, .report, .open, .file, .tally, .acquaint, .lookUp, .met:
                break
            }
        }
        rehearsal.layers +=
            copy.status.last.map { _ in
                explain(copy.journal(of: caller), rehearsal.rings, decision, for: offer.callerID, at: moment)
            } ?? []
        return rehearsal
    }

    private func journal(of leg: LegID) -> CallJournal { call(of: leg).flatMap { calls[$0]?.journal } ?? CallJournal(CallID(0)) }

    /// The layers behind the first decision, as the call's journal tells them.
    private func explain(
        _ journal: CallJournal, _ rings: [Rehearsal.Ring], _ decision: Decision, for caller: CallerID, at moment: Moment
    ) -> [Explanation] {
        var layers: [Explanation] = []
        let office = floor.router.office
        if case .target(.scheme(let id)) = decision.outcome,
            let scheme = floor.router.scheme(id, caller: caller.number, at: moment)
        {
            layers.append(scheme.because)
        }
        var here = floor
        here.now = moment
        let passedOver = { (number: ExtensionNumber) -> [Explanation] in
            guard !rings.contains(where: { $0.target == number }) else { return [] }
            let why: Wording? =
                if !here.registered.contains(number) { Catalogue.hasNoPhone(number) } else if !here.isFree(number) {
                    Catalogue.isEngaged(number)
                } else if !here.isAvailable(number) { Catalogue.rests(number) } else { nil }
            return why.map { [Explanation(.extension, .passed, $0)] } ?? []
        }
        for line in journal.lines {
            switch line.entry {
            case .department(let id):
                guard let department = office.departments[id] else { continue }
                let strategy = department.strategy.words
                layers.append(
                    Explanation(
                        .department, .taken, Catalogue.departmentRings(id, strategy),
                        line: "set department \(id) strategy \(strategy)"))
                layers += department.members.flatMap { passedOver($0.number) }
            case .addressed(let number):
                if let forward = office.extensions[number]?.forward {
                    let target = forward.description
                    layers.append(
                        Explanation(
                            .extension, .passed, Catalogue.forwards(number, to: target),
                            line: "set extension \(number) forward to \(target)"))
                } else {
                    let reasons = passedOver(number)
                    layers += reasons.isEmpty ? [Explanation(.extension, .taken, Catalogue.entersAt(number))] : reasons
                }
            case .arrived, .number, .dialled, .rang, .answered, .ended, .transferred, .closed:
                break
            }
        }
        return layers
    }
}

extension DialTarget {
    fileprivate var trunk: TrunkID? {
        switch self {
        case .extension: nil
        case .line(let line): line.trunk
        }
    }
}
