import Routing
import Telephony

/// From a target to ringing phones, and on along the chain: direct calls, departments, outside numbers.
extension Call {
    /// Sends the call to `target`. `chain` is what supervises it from before; where that is used up the target's own rule begins.
    mutating func enter(_ target: Target, chain: ArraySlice<NoAnswerStep>, _ hunt: inout Hunt, on floor: inout Floor) {
        hunt.clear()
        hunt.hops += 1
        if hasEarlyMedia || answered.contains(hunt.caller) { alerted = false }
        hunt.chain = chain
        guard hunt.hops <= Hunt.hopLimit else { return refuse(&hunt, .loop, on: &floor) }
        let office = floor.router.office
        switch target {
        case .extension(let number):
            enterExtension(number, &hunt, on: &floor)
        case .department(let id):
            guard let department = office.departments[id] else { return refuse(&hunt, .unallocated, on: &floor) }
            enterDepartment(department, &hunt, on: &floor)
        case .external(let number):
            hunt.lines = floor.router.lines(to: number)[...]
            supervise(&hunt, own: [office.noAnswer], on: floor)
            dialNextLine(&hunt, on: &floor)
        case .scheme(let id):
            guard let decision = floor.router.scheme(id, caller: callerID.number, at: floor.now) else {
                return refuse(&hunt, .unallocated, on: &floor)
            }
            enter(decision.target, chain: chain, &hunt, on: &floor)
        case .busy:
            playBusy(&hunt, on: &floor)
        case .drop:
            refuse(&hunt, .noAnswer, on: &floor)
        }
    }

    private mutating func enterExtension(_ number: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let person = floor.router.office.extensions[number] else { return refuse(&hunt, .unallocated, on: &floor) }
        note(.addressed(number), floor)
        if let forward = person.forward { return enter(forward, chain: hunt.chain, &hunt, on: &floor) }
        (hunt.onBusy, hunt.onUnreachable) = (person.onBusy, person.onUnreachable)
        hunt.plan = .direct(number)
        supervise(&hunt, own: floor.router.noAnswerChain(of: number), on: floor)
        ringNextWave(&hunt, on: &floor)
    }

    private mutating func enterDepartment(_ department: Department, _ hunt: inout Hunt, on floor: inout Floor) {
        note(.department(department.id), floor)
        (hunt.onBusy, hunt.department) = (department.onBusy, department.id)
        let (ledger, today) = (floor.ledger, floor.now.civil.dayNumber)
        let plan = { (members: [Department.Member], dice: inout Dice) in
            department.strategy.plan(
                for: members, step: department.step, load: { ledger.load(of: $0, in: department, today: today) }, dice: &dice)
        }
        let known = department.familiar ? ledger.familiar(to: callerID.number, in: department.id, today: today) : nil
        if let known, department.members.contains(where: { $0.number == known }),
            floor.router.office.calendar.isOpen(floor.now.civil)
        {
            hunt.plan = RingPlan(waves: [.init(rings: [known], lasts: department.step)], keepsRinging: false)
            hunt.afterwards = plan(department.members.filter { $0.number != known }, &floor.dice)
        } else {
            hunt.plan = plan(department.members, &floor.dice)
        }
        let now = floor.now.uptime
        hunt.additions = department.additions.map { (now + $0.after, $0.number) }.sorted { $0.0 < $1.0 }[...]
        supervise(&hunt, own: department.noAnswer.isEmpty ? [floor.router.office.noAnswer] : department.noAnswer, on: floor)
        ringNextWave(&hunt, on: &floor)
    }

    private func supervise(_ hunt: inout Hunt, own: [NoAnswerStep], on floor: Floor) {
        if hunt.chain.isEmpty { hunt.chain = own[...] }
        hunt.chainEnds = hunt.chain.first.map { floor.now.uptime + $0.after }
    }

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

    private func canRing(_ number: ExtensionNumber, _ hunt: Hunt, _ floor: Floor) -> Bool {
        !hunt.declined.contains(number) && floor.registered.contains(number)
            && (hunt.department == nil ? floor.isFree(number) : floor.isAvailable(number))
    }

    /// After a change in who rings: waits on, begins the plan anew, or gives the target up.
    private mutating func settle(_ hunt: inout Hunt, on floor: inout Floor) {
        if !hunt.attempts.isEmpty {
            stage = .hunting(hunt)
            return
        }
        if canRingMore(hunt, floor) { return ringNextWave(&hunt, on: &floor) }
        if let plan = hunt.afterwards {
            (hunt.plan, hunt.rung, hunt.afterwards) = (plan, [], nil)
            return ringNextWave(&hunt, on: &floor)
        }
        let members = hunt.plan.waves.flatMap(\.rings).filter { !hunt.declined.contains($0) }
        if hunt.plan.repeats, hunt.anyoneRang, members.contains(where: { canRing($0, hunt, floor) }) {
            (hunt.rung, hunt.anyoneRang) = ([], false)
            return ringNextWave(&hunt, on: &floor)
        }
        let mayGetFree =
            hunt.department != nil && members.contains { floor.onlyRings($0) || floor.isFree($0) && !floor.isAvailable($0) }
        if mayGetFree || hunt.onBusy == nil && !hunt.additions.isEmpty {
            // Somebody rings for another caller, or rests, or joins later: wait for him.
            stage = .hunting(hunt)
            indicateWaiting(hunt, on: &floor)
            return
        }
        nobody(&hunt, on: &floor)
    }

    /// Somebody joins by escalation.
    mutating func add(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let next = hunt.additions.popFirst() else { return }
        if !hunt.attempts.values.contains(where: { $0.target == .extension(next.number) }) {
            ring(next.number, &hunt, on: &floor)
        }
        settle(&hunt, on: &floor)
    }

    private mutating func indicateWaiting(_ hunt: Hunt, on floor: inout Floor) {
        guard !alerted, !answered.contains(hunt.caller) else { return }
        alerted = true
        floor.orders.append(.alert(hunt.caller))
    }

    private mutating func ring(_ number: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor) {
        guard canRing(number, hunt, floor) else {
            if !hunt.declined.contains(number) { hunt.learn(floor.registered.contains(number) ? .busy : .unreachable) }
            return
        }
        dial(.extension(number), &hunt, on: &floor)
        if let department = hunt.department {
            floor.orders.append(.tally(floor.ledger.offered(number, in: department, at: floor.now)))
        }
    }

    private mutating func dial(_ target: DialTarget, _ hunt: inout Hunt, on floor: inout Floor) {
        let leg = floor.newLeg()
        floor.engage(leg, target.party)
        hunt.attempts[leg] = Hunt.Attempt(target: target)
        note(.dialled(leg, target: target.name), floor)
        floor.orders.append(.dial(leg, target, as: shownCaller(on: target, floor), for: hunt.caller))
    }

    /// Outside, the trunk's own number is shown if it has one; inside, the caller's.
    private func shownCaller(on target: DialTarget, _ floor: Floor) -> CallerID {
        switch target {
        case .extension: callerID
        case .line(let line):
            floor.router.office.trunks[line.trunk]?.callerID.map { CallerID(number: $0, name: callerID.name) } ?? callerID
        }
    }

    /// A member got free, or came: he joins a plan that admits latecomers, or a hunt that waits for anybody.
    mutating func joined(by number: ExtensionNumber, on floor: inout Floor) {
        guard case .hunting(var hunt) = stage, hunt.plan.waves.contains(where: { $0.rings.contains(number) }),
            hunt.plan.admitsLatecomers || hunt.attempts.isEmpty && hunt.lines.isEmpty, canRing(number, hunt, floor),
            !hunt.spent.contains(number), !hunt.attempts.values.contains(where: { $0.target == .extension(number) })
        else { return }
        ring(number, &hunt, on: &floor)
        stage = .hunting(hunt)
    }

    // MARK: What did not work

    mutating func attemptEnded(_ leg: LegID, _ cause: Cause, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let attempt = hunt.attempts.removeValue(forKey: leg) else { return }
        note(.ended(leg, cause), floor)
        hunt.learn(cause)
        switch attempt.target {
        case .extension(let number):
            if cause == .declined { hunt.declined.insert(number) }
            hunt.spent.insert(number)
            settle(&hunt, on: &floor)
        case .line:
            if cause.isTheLinesFault, !hunt.lines.isEmpty {
                dialNextLine(&hunt, on: &floor)
            } else {
                nobody(&hunt, on: &floor)
            }
        }
    }

    private mutating func dialNextLine(_ hunt: inout Hunt, on floor: inout Floor) {
        if hasEarlyMedia { alerted = false }
        while let line = hunt.lines.popFirst() {
            guard floor.hasChannel(line.trunk) else {
                hunt.learn(.noCircuit)
                continue
            }
            dial(.line(line), &hunt, on: &floor)
            stage = .hunting(hunt)
            return
        }
        nobody(&hunt, on: &floor)
    }

    mutating func waveRanOut(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waveEnds = nil
        if !hunt.plan.keepsRinging { stopRinging(&hunt, .noAnswer, on: &floor) }
        if hunt.plan.repeats, !canRingMore(hunt, floor) { (hunt.rung, hunt.anyoneRang) = ([], false) }
        ringNextWave(&hunt, on: &floor)
    }

    mutating func chainRanOut(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let step = hunt.chain.popFirst() else { return }
        stopRinging(&hunt, .noAnswer, on: &floor)
        enter(step.target, chain: hunt.chain, &hunt, on: &floor)
    }

    private mutating func stopRinging(_ hunt: inout Hunt, _ cause: Cause, on floor: inout Floor) {
        for leg in hunt.attempts.keys { drop(leg, cause, on: &floor) }
        hunt.attempts = [:]
    }

    /// Everybody is busy, away or unwilling: the rule for that, else the next link at once, else the truth.
    private mutating func nobody(_ hunt: inout Hunt, on floor: inout Floor) {
        let cause = hunt.reason
        let isBusy = cause == .busy || cause == .declined
        if let target = isBusy ? hunt.onBusy : hunt.onUnreachable {
            return enter(target, chain: [], &hunt, on: &floor)
        }
        switch hunt.chain.first?.target {
        case .extension, .department, .external, .scheme:
            chainRanOut(&hunt, on: &floor)
        case .busy, .drop, nil:
            refuse(&hunt, cause, on: &floor)
        }
    }

    private mutating func playBusy(_ hunt: inout Hunt, on floor: inout Floor) {
        if hunt.transferor != nil { return refuse(&hunt, .busy, on: &floor) }
        hasEarlyMedia = true
        floor.orders.append(.play(hunt.caller, .tone(.busy, floor.router.office.country)))
        stage = .tone(hunt.caller, until: floor.now.uptime + Self.toneLength, .noAnswer)
    }

    /// Nobody will come. A transferor gets his partner back; a caller is told by the signal, or by the tone if he was answered.
    mutating func refuse(_ hunt: inout Hunt, _ cause: Cause, on floor: inout Floor) {
        if let transferor = hunt.transferor {
            floor.orders.append(.report(transferor, .failed(cause)))
            stage = .talking(hunt.caller, transferor)
            arrangeMedia(on: &floor)
        } else if answered.contains(hunt.caller) {
            floor.orders.append(.play(hunt.caller, .tone(.busy, floor.router.office.country)))
            stage = .tone(hunt.caller, until: floor.now.uptime + Self.toneLength, cause)
        } else {
            release(hunt.caller, cause, on: &floor)
            close(cause, on: &floor)
        }
    }
}

extension Cause {
    /// Whether another line may do better.
    fileprivate var isTheLinesFault: Bool {
        switch self {
        case .noCircuit, .networkFailure, .unreachable, .timeout: true
        case .normalClearing, .unallocated, .busy, .noAnswer, .declined, .invalidNumber, .answeredElsewhere, .cancelled,
            .incompatibleMedia, .forbidden, .loop, .interrupted:
            false
        }
    }
}
