import Routing
import Telephony

/// Who rings: waves of a plan, members who join, telephones inside and outside, and what follows when none of them is taken.
extension Call {
    // MARK: Waves

    /// Rings the first wave not rung yet in which anybody can be rung; if there is none, nobody is there.
    mutating func ringNextWave(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waveEnds = nil
        for (index, wave) in hunt.plan.waves.enumerated() where !hunt.rung.contains(index) {
            let before = hunt.attempts.count
            for number in wave.rings { ring(number, &hunt, on: &floor) }
            guard hunt.attempts.count > before else { continue }
            hunt.rung.insert(index)
            hunt.waveEnds = wave.lasts.map { floor.now.uptime + $0 }
            break
        }
        settle(&hunt, on: &floor)
    }

    /// Whether a wave that has not rung yet has somebody to ring.
    private func canRingMore(_ hunt: Hunt, _ floor: Floor) -> Bool {
        hunt.plan.waves.enumerated().contains { index, wave in
            !hunt.rung.contains(index) && wave.rings.contains { canRing($0, hunt, floor) }
        }
    }

    /// A target is rung if it has a slot left, a number outside always; a department's member only when a department may. Nobody is
    /// rung for a call in which he is already.
    func canRing(_ number: ExtensionNumber, _ hunt: Hunt, _ floor: Floor) -> Bool {
        guard !hunt.declined.contains(number), !hunt.tries(number) else { return false }
        if hunt.isOutside { return floor.hasLine(to: number) }
        guard floor.isReachable(number), floor.isOnDuty(number) else { return false }
        guard !hunt.parties.contains(where: { floor.member($0) == number }) else { return false }
        if let department = hunt.department { return floor.serves(number, department) && floor.isAvailable(number) }
        return floor.router.office.extensions[number] == nil || floor.isFree(number)
    }

    /// After a change in who rings: waits on, begins the plan anew, or gives the target up.
    private mutating func settle(_ hunt: inout Hunt, on floor: inout Floor) {
        if !hunt.attempts.isEmpty {
            stage = .hunting(hunt)
            return
        }
        if canRingMore(hunt, floor) { return ringNextWave(&hunt, on: &floor) }
        if let plan = hunt.afterwards.popFirst() {
            (hunt.plan, hunt.rung) = (plan.without(hunt.spent), [])
            return ringNextWave(&hunt, on: &floor)
        }
        let members = hunt.plan.waves.flatMap(\.rings).filter { !hunt.declined.contains($0) }
        if hunt.plan.repeats, hunt.anyoneRang, members.contains(where: { canRing($0, hunt, floor) }) {
            (hunt.rung, hunt.anyoneRang) = ([], false)
            return ringNextWave(&hunt, on: &floor)
        }
        if waitsInQueue(&hunt, on: &floor) { return }
        let mayGetFree =
            hunt.department.map { department in
                members.contains { floor.serves($0, department) && (floor.onlyRings($0) || floor.rests($0)) }
            } ?? false
        if mayGetFree || hunt.onBusy == nil && !hunt.additions.isEmpty {
            // Somebody rings for another caller, or rests, or joins later: wait for him.
            stage = .hunting(hunt)
            indicateRinging(hunt, on: &floor)
            return
        }
        nobody(&hunt, on: &floor)
    }

    /// Somebody joins by escalation.
    mutating func add(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let next = hunt.additions.popFirst() else { return }
        hunt.escalated.append(next.number)
        ring(next.number, &hunt, on: &floor)
        settle(&hunt, on: &floor)
    }

    // MARK: Telephones

    private mutating func ring(_ number: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor) {
        guard canRing(number, hunt, floor) else {
            guard !hunt.declined.contains(number) else { return }
            return hunt.learn(hunt.isOutside ? floor.obstacle(toOutside: number) : floor.obstacle(to: number))
        }
        let before = hunt.attempts.count
        if !hunt.isOutside, let person = floor.router.office.extensions[number] {
            if floor.registered.contains(number) {
                dial(.extension(number), Hunt.Attempt(target: .extension(number), member: number), &hunt, on: &floor)
            }
            if let mobile = person.mobile, ring != .automatic {
                if floor.isMobileTaken(mobile, of: number) {
                    hunt.learn(.busy)
                } else {
                    dialOutside(floor.router.lines(to: mobile)[...], for: number, &hunt, on: &floor)
                }
            }
        } else {
            dialOutside(floor.router.lines(to: number)[...], for: number, &hunt, on: &floor)
        }
        if hunt.attempts.count > before, hunt.department != nil || !hunt.isOutside {
            floor.orders += floor.ledger.offered(number, in: hunt.department, at: floor.now).map { .tally($0) }
        }
    }

    /// By the first line that has a channel; the others are kept in case it fails.
    private mutating func dialOutside(
        _ lines: ArraySlice<OutgoingLine>, for member: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor
    ) {
        var lines = lines
        while let line = lines.popFirst() {
            guard floor.canUse(line) else {
                hunt.learn(.noCircuit)
                continue
            }
            return dial(
                .line(line), Hunt.Attempt(target: .line(line), member: member, otherLines: lines), &hunt, on: &floor)
        }
    }

    private mutating func dial(_ target: DialTarget, _ attempt: Hunt.Attempt, _ hunt: inout Hunt, on floor: inout Floor) {
        let leg = floor.newLeg()
        // Whom a caller dials outside is nobody of ours, and may be called by several.
        let isOurs = hunt.department != nil || !hunt.isOutside
        floor.engage(
            leg, target.party, member: isOurs ? attempt.member : nil,
            mobile: hunt.isOutside ? nil : floor.mobile(by: target, of: attempt),
            in: id)
        floor.meter(leg, target)
        hunt.attempts[leg] = attempt
        note(.dialled(leg, target: target.name, member: attempt.otherName), floor)
        floor.orders.append(.dial(leg, target, as: shownCaller(on: target, hunt, floor), ring: ring, for: hunt.caller))
    }

    /// Outside, the trunk's own number is shown if it has one; inside, the caller's, under a department that whispers labels with the
    /// label of the number that he called.
    private func shownCaller(on target: DialTarget, _ hunt: Hunt, _ floor: Floor) -> CallerID {
        let office = floor.router.office
        switch target {
        case .extension where isReturned:
            // Whoever had him before knows at once that it is he.
            let mark = Catalogue.returnedCall.text(in: office.language), back = identity(of: hunt.caller, in: office)
            return CallerID(number: back.number, name: back.name.isEmpty ? mark : "\(mark): \(back.name)")
        case .extension:
            guard let label = number?.label, hunt.department.flatMap({ office.departments[$0]?.whisper }) == .label else {
                return callerID
            }
            return CallerID(number: callerID.number, name: callerID.name.isEmpty ? label : "\(label): \(callerID.name)")
        case .line(let line):
            return office.trunks[line.trunk]?.callerID.map { CallerID(number: $0, name: callerID.name) } ?? callerID
        }
    }

    /// A member got free, or came: he joins a plan that admits latecomers, or a hunt that waits for anybody.
    mutating func joined(by number: ExtensionNumber, on floor: inout Floor) {
        guard case .hunting(var hunt) = stage, hunt.whisperEnds == nil, !hunt.isBooked else { return }
        if hunt.isQueued, hunt.attempts.isEmpty { return served(by: number, &hunt, on: &floor) }
        guard
            hunt.plan.waves.contains(where: { $0.rings.contains(number) }),
            hunt.plan.admitsLatecomers || hunt.attempts.isEmpty, canRing(number, hunt, floor),
            !hunt.spent.contains(number)
        else { return }
        guard hunt.plan.admitsLatecomers else {
            // His turn comes as any other does, with its end.
            hunt.rung = hunt.rung.filter { !hunt.plan.waves[$0].rings.contains(number) }
            return ringNextWave(&hunt, on: &floor)
        }
        ring(number, &hunt, on: &floor)
        stage = .hunting(hunt)
    }

    // MARK: What did not work

    mutating func attemptEnded(_ leg: LegID, _ cause: Cause, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let attempt = hunt.attempts.removeValue(forKey: leg) else { return }
        // Who picks up and hangs up again has not answered.
        let cause = attempt.stage != .trying && cause == .normalClearing ? .noAnswer : cause
        note(.ended(leg, cause), floor)
        hunt.learn(cause)
        if cause.isTheLinesFault, !attempt.rang, !attempt.otherLines.isEmpty {
            if hasEarlyMedia { alerted = false }
            dialOutside(attempt.otherLines, for: attempt.member, &hunt, on: &floor)
        }
        switch attempt.stage {
        case .trying, .accepting: break
        // He heard where it comes from, and hung up: the others are asked anew.
        case .whispering: hunt.rung = []
        }
        if cause == .declined || attempt.isWhispering {
            hunt.declined.insert(attempt.member)
            // A "no" speaks for the person: his other telephones stop.
            for (other, theirs) in hunt.attempts where theirs.member == attempt.member {
                drop(other, .answeredElsewhere, on: &floor)
                hunt.attempts[other] = nil
            }
        }
        if !hunt.tries(attempt.member) { hunt.spent.insert(attempt.member) }
        settle(&hunt, on: &floor)
    }

    mutating func waveRanOut(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waveEnds = nil
        if !hunt.plan.keepsRinging { stopRinging(&hunt, .noAnswer, sparing: hunt.escalated, on: &floor) }
        if hunt.plan.repeats, !canRingMore(hunt, floor) { (hunt.rung, hunt.anyoneRang) = ([], false) }
        ringNextWave(&hunt, on: &floor)
    }

    mutating func chainRanOut(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let step = hunt.chain.popFirst() else { return }
        stopRinging(&hunt, .noAnswer, on: &floor)
        if hunt.recall != nil, hunt.chain.isEmpty { return comeBack(&hunt, .noAnswer, on: &floor) }
        goOn(to: step, &hunt, on: &floor)
    }

    /// Whoever joined by escalation may be spared: he rings until the call is taken.
    mutating func stopRinging(
        _ hunt: inout Hunt, _ cause: Cause, sparing members: [ExtensionNumber] = [], on floor: inout Floor
    ) {
        if hasEarlyMedia { alerted = false }
        for (leg, attempt) in hunt.attempts where !members.contains(attempt.member) {
            drop(leg, cause, on: &floor)
            hunt.attempts[leg] = nil
        }
    }

    /// Everybody is busy, away or unwilling: the rule for that, else the next link at once, else the truth.
    mutating func nobody(_ hunt: inout Hunt, on floor: inout Floor) {
        let cause = hunt.reason
        let isBusy = cause == .busy || cause == .declined
        if let target = isBusy ? hunt.onBusy : cause.isTheLinesFault ? hunt.onUnreachable : nil {
            return enter(target, chain: [], &hunt, on: &floor)
        }
        guard let step = hunt.chain.first else { return refuse(&hunt, cause, on: &floor) }
        if hunt.recall != nil, hunt.chain.count == 1 { return comeBack(&hunt, cause, on: &floor) }
        switch step.target {
        case .extension, .department, .external, .scheme, .menu, .prompt, .conference, .voicemail:
            chainRanOut(&hunt, on: &floor)
        case .busy, .drop:
            if step.announce == .none { refuse(&hunt, cause, on: &floor) } else { chainRanOut(&hunt, on: &floor) }
        }
    }
}

extension Floor {
    /// The mobile by which an attempt reaches an employee; nil: it reaches his desk, or nobody of ours.
    fileprivate func mobile(by target: DialTarget, of attempt: Hunt.Attempt) -> String? {
        switch target {
        case .extension: nil
        case .line: router.office.extensions[attempt.member]?.mobile
        }
    }
}

extension Hunt.Attempt {
    /// The member whom it is to reach, where that is not the number dialled.
    var otherName: ExtensionNumber? { target.name == member ? nil : member }

    fileprivate var isWhispering: Bool { if case .whispering = stage { true } else { false } }
}

extension Cause {
    /// Whether another line may do better.
    var isTheLinesFault: Bool {
        switch self {
        case .noCircuit, .networkFailure, .unreachable, .timeout: true
        case .normalClearing, .unallocated, .busy, .noAnswer, .declined, .invalidNumber, .answeredElsewhere, .cancelled,
            .incompatibleMedia, .forbidden, .loop, .interrupted:
            false
        }
    }
}
