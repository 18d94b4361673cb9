import Routing
import Telephony

/// A client who ordered it is called back: first the employee's telephone rings, he hears whom he gets, then the client is dialled.
///
///     ringing ──picked up──▶ briefing ──heard, or a key──▶ dialling ──answered──▶ (talk)
///                               │ outside: only key 1          └──in vain──▶ telling ──▶ over
struct CallingBack: Sendable {
    /// How far it is.
    enum Step: Sendable {
        /// The employee's telephone rings.
        case ringing
        /// He hears whom he is to talk to; outside, he says by key 1 that it is he.
        case briefing(speech: Int, mustAccept: Bool)
        /// The client's telephone rings; other ways to it, if this line fails.
        case dialling(LegID, otherLines: ArraySlice<OutgoingLine>)
        /// He hears that the client was not reached.
        case telling(speech: Int)
    }

    /// What came of it.
    enum Outcome: Sendable {
        /// The employee did not take it, or gave up.
        case refused
        /// The client was not reached.
        case failed
        case connected
    }

    let order: QueuedCallback
    let member: ExtensionNumber
    let employee: LegID
    var step = Step.ringing
    /// When the step is over at the latest.
    var until: Instant
    var outcome = Outcome.refused

    /// How long the employee's telephone rings, how long he has for key 1, and how long the client's rings.
    static let employeeTime = Duration.seconds(20), acceptTime = Duration.seconds(30), clientTime = Duration.seconds(45)

    /// The client's leg.
    var client: LegID? { if case .dialling(let leg, _) = step { leg } else { nil } }
}

extension Call {
    mutating func callBack(_ order: QueuedCallback, by member: ExtensionNumber, on floor: inout Floor) {
        let person = floor.router.office.extensions[member]
        note(.arrived(.outgoing, from: member, name: person?.name ?? "", to: order.number), floor)
        note(.department(order.department), floor)
        explain(
            .department, .taken, Catalogue.callsBack(order.number, order.department),
            line: "set department \(order.department) impatient on", floor)
        let leg = floor.newLeg()
        let attempt = CallingBack(
            order: order, member: member, employee: leg, until: floor.now.uptime + CallingBack.employeeTime)
        callback = attempt
        guard let target = floor.way(to: member) else {
            stage = .over
            return
        }
        floor.engage(leg, target.party, member: member, in: id)
        floor.meter(leg, target)
        floor.orders += floor.ledger.offered(member, in: nil, at: floor.now).map { .tally($0) }
        floor.orders.append(.dial(leg, target, as: callerID, ring: ring, for: leg))
        stage = .callingBack(attempt)
    }

    // MARK: Facts

    mutating func pickedUp(_ leg: LegID, _ attempt: CallingBack, on floor: inout Floor) {
        var attempt = attempt
        floor.talks(leg)
        answered.insert(leg)
        if leg == attempt.employee, case .ringing = attempt.step { return brief(&attempt, on: &floor) }
        guard leg == attempt.client else { return }
        note(.answered(leg), floor)
        attempt.outcome = .connected
        callback = attempt
        hasTalked = true
        stage = .talking(attempt.employee, leg)
        conversation = Conversation(
            leg: attempt.employee, member: attempt.member, department: attempt.order.department, isOutgoing: true,
            since: floor.now)
        arrangeMedia(on: &floor)
        floor.orders.append(.open(journal))
    }

    private mutating func brief(_ attempt: inout CallingBack, on floor: inout Floor) {
        let office = floor.router.office
        let isOutside: Bool
        switch floor.party(attempt.employee) {
        case .trunk: isOutside = true
        case .extension, nil: isOutside = false
        }
        let speaking = Speaking(office.extensions[attempt.member]?.language ?? office.language)
        let number = PhoneNumber(attempt.order.number, country: office.country)
        let clips = speaking.say(.callbackForEmployee) + speaking.telephone(number)
        let mustAccept = isOutside && office.acceptsByKey
        let speech = floor.newSpeech(clips + (mustAccept ? speaking.say(.press1ToAccept) : []))
        attempt.step = .briefing(speech: speech.id, mustAccept: mustAccept)
        go(attempt, for: CallingBack.acceptTime, floor)
        floor.orders.append(.play(attempt.employee, .speech(speech)))
    }

    mutating func pressed(_ digit: Digit, _ attempt: CallingBack, on floor: inout Floor) {
        guard case .briefing(_, let mustAccept) = attempt.step, !mustAccept || digit == .d1 else { return }
        dialClient(attempt, on: &floor)
    }

    mutating func played(_ speech: Int, _ attempt: CallingBack, on floor: inout Floor) {
        switch attempt.step {
        case .briefing(speech, mustAccept: false): dialClient(attempt, on: &floor)
        case .telling(speech): leaveCallback(attempt, on: &floor)
        case .ringing, .briefing, .dialling, .telling: break
        }
    }

    mutating func clientRings(_ leg: LegID, _ attempt: CallingBack, on floor: inout Floor) {
        guard leg == attempt.client, !alerted else { return }
        note(.rang(leg), floor)
        floor.orders.append(.play(attempt.employee, .tone(.ringback, floor.router.office.country)))
        alerted = true
    }

    /// The client's network is heard before the answer.
    mutating func clientSpeaks(_ leg: LegID, _ attempt: CallingBack, on floor: inout Floor) {
        guard leg == attempt.client, case .dialling = attempt.step else { return }
        if !alerted { note(.rang(leg), floor) }
        alerted = true
        floor.orders.append(.bridge(attempt.employee, leg))
    }

    mutating func ended(_ leg: LegID, _ cause: Cause, _ attempt: CallingBack, on floor: inout Floor) {
        var attempt = attempt
        guard leg == attempt.employee else {
            guard leg == attempt.client, case .dialling(_, let others) = attempt.step else { return }
            note(.ended(leg, cause), floor)
            if cause.isTheLinesFault, !others.isEmpty { return dialClient(by: others, &attempt, on: &floor) }
            return tell(cause, &attempt, on: &floor)
        }
        if let client = attempt.client {
            // He does not want to wait for the client; that is no try of ours.
            note(.ended(client, .cancelled), floor)
            release(client, .cancelled, on: &floor)
        }
        endCallback(attempt, .cancelled, on: &floor)
    }

    mutating func wake(_ attempt: CallingBack, on floor: inout Floor) {
        guard attempt.until <= floor.now.uptime else { return }
        var attempt = attempt
        switch attempt.step {
        case .ringing, .briefing(_, mustAccept: true):
            release(attempt.employee, .noAnswer, on: &floor)
            endCallback(attempt, .noAnswer, on: &floor)
        case .briefing: dialClient(attempt, on: &floor)
        case .dialling(let client, _):
            note(.ended(client, .noAnswer), floor)
            release(client, .noAnswer, on: &floor)
            tell(.noAnswer, &attempt, on: &floor)
        case .telling: leaveCallback(attempt, on: &floor)
        }
    }

    /// The client has been talked to meanwhile: nobody is called any more.
    mutating func callOffCallback(on floor: inout Floor) {
        guard case .callingBack(let attempt) = stage else { return }
        if let client = attempt.client {
            note(.ended(client, .cancelled), floor)
            release(client, .cancelled, on: &floor)
        }
        release(attempt.employee, .cancelled, on: &floor)
        endCallback(attempt, .cancelled, on: &floor)
    }

    // MARK: The client

    private mutating func dialClient(_ attempt: CallingBack, on floor: inout Floor) {
        var attempt = attempt
        dialClient(by: floor.callbackLines(to: attempt.order.number)[...], &attempt, on: &floor)
    }

    private mutating func dialClient(
        by lines: ArraySlice<OutgoingLine>, _ attempt: inout CallingBack, on floor: inout Floor
    ) {
        var lines = lines
        while let line = lines.popFirst() {
            guard floor.canUse(line) else { continue }
            let leg = floor.newLeg()
            floor.engage(leg, .trunk(line.trunk), in: id)
            floor.meter(leg, .line(line))
            note(.dialled(leg, target: line.number), floor)
            let shown = floor.router.office.trunks[line.trunk]?.callerID ?? attempt.member
            attempt.step = .dialling(leg, otherLines: lines)
            alerted = false
            go(attempt, for: CallingBack.clientTime, floor)
            floor.orders += [
                .quiet(attempt.employee), .open(journal),
                .dial(leg, .line(line), as: CallerID(number: shown), for: attempt.employee),
            ]
            return
        }
        tell(.noCircuit, &attempt, on: &floor)
    }

    private mutating func tell(_ cause: Cause, _ attempt: inout CallingBack, on floor: inout Floor) {
        let speaking = floor.speaking
        let phrase: PromptPhrase = cause == .busy ? .busy : cause == .noCircuit ? .circuitsBusy : .numberNotAnswering
        let speech = floor.newSpeech(speaking.say(phrase))
        attempt.step = .telling(speech: speech.id)
        attempt.outcome = .failed
        go(attempt, for: CallingBack.acceptTime, floor)
        floor.orders.append(.play(attempt.employee, .speech(speech)))
    }

    private mutating func go(_ attempt: CallingBack, for length: Duration, _ floor: Floor) {
        var attempt = attempt
        attempt.until = floor.now.uptime + length
        stage = .callingBack(attempt)
        callback = attempt
    }

    private mutating func leaveCallback(_ attempt: CallingBack, on floor: inout Floor) {
        release(attempt.employee, .normalClearing, on: &floor)
        endCallback(attempt, .noAnswer, on: &floor)
    }

    /// Only what reached a line outside is a call on record.
    private mutating func endCallback(_ attempt: CallingBack, _ cause: Cause, on floor: inout Floor) {
        callback = attempt
        let wasDialled = journal.lines.contains { if case .dialled = $0.entry { true } else { false } }
        if wasDialled { close(cause, on: &floor) } else { stage = .over }
    }
}

extension Floor {
    /// How one member is reached: at his desk, else at his mobile or number outside.
    func way(to member: ExtensionNumber) -> DialTarget? {
        if registered.contains(member) { return .extension(member) }
        let outside = router.office.extensions[member].map(\.mobile) ?? member
        return outside.flatMap { router.lines(to: $0).first { hasChannel($0.trunk) } }.map { .line($0) }
    }
}

extension CallingBack {
    /// The employee, and the client once he is called. Not inlined: the optimiser of Swift 6.3 fails on it inside the call's own list.
    @inline(never) var legs: [LegID] {
        guard let client else { return [employee] }
        return [employee, client]
    }
}
