import Routing
import Telephony

/// One call's story: facts about its legs come in, orders go out. Knows no SIP, no socket, no clock.
///
///     hunting ──answered──▶ talking ──hung up──▶ over
///        │  ▲                  │
///        │  └────transfer──────┘
///        └──nobody──▶ tone ──time──▶ over
struct Call: Sendable {
    enum Stage: Sendable {
        /// Somebody waits, phones ring.
        case hunting(Hunt)
        /// Two legs hear each other (or music).
        case talking(LegID, LegID)
        /// The caller hears why he is not connected.
        case tone(LegID, until: Instant, Cause)
        case over
    }

    /// How long the busy tone is heard before the release.
    static let toneLength = Duration.seconds(5)

    /// Who of ours talks with the outside since when.
    struct Conversation: Sendable {
        var leg: LegID, member: ExtensionNumber
        /// The department that gave him the call.
        var department: DepartmentID?
        var isOutgoing: Bool, since: Moment
    }

    let id: CallID
    let caller: Caller
    let callerID: CallerID
    var journal: CallJournal
    var stage = Stage.over
    /// Legs that have been answered, by us or by the far end.
    var answered: Set<LegID> = []
    /// Legs whose party put its partner on hold.
    var holding: Set<LegID> = []
    /// The caller hears media of ours before the answer: ringing is from now on a tone, not a signal.
    var hasEarlyMedia = false
    /// The talk that is going on with an employee, for the counts.
    var conversation: Conversation?
    /// Whether the caller was told that it rings.
    var alerted = false

    init(_ id: CallID, _ offer: Offer) {
        (self.id, caller, callerID) = (id, offer.caller, offer.callerID)
        journal = CallJournal(id)
    }

    /// When it wants to be woken.
    var deadline: Instant? {
        switch stage {
        case .hunting(let hunt): hunt.deadline
        case .tone(_, let until, _): until
        case .talking, .over: nil
        }
    }

    /// Every leg of the call.
    var legs: [LegID] {
        switch stage {
        case .hunting(let hunt): [hunt.caller] + (hunt.transferor.map { [$0] } ?? []) + hunt.attempts.keys
        case .talking(let one, let other): [one, other]
        case .tone(let leg, _, _): [leg]
        case .over: []
        }
    }

    // MARK: The beginning

    mutating func begin(_ leg: LegID, _ offer: Offer, on floor: inout Floor) {
        floor.engage(leg, offer.caller)
        floor.talks(leg)
        let decision = arrive(offer, on: &floor)
        floor.orders.append(.open(journal))
        var hunt = Hunt(caller: leg)
        switch decision.outcome {
        case .target(let target): enter(target, chain: [], &hunt, on: &floor)
        case .refused(let cause): refuse(&hunt, cause, on: &floor)
        }
    }

    /// Writes the head of the journal and asks the router.
    mutating func arrive(_ offer: Offer, on floor: inout Floor) -> Decision {
        let router = floor.router
        let decision: Decision
        let direction: CallDirection
        switch offer.caller {
        case .extension(let number):
            decision = router.dialled(offer.dialled, by: number)
            if case .target(.external) = decision.outcome { direction = .outgoing } else { direction = .internal }
        case .trunk(let trunk):
            decision = router.incoming(on: trunk, to: offer.dialled)
            direction = .incoming
        }
        note(.arrived(direction, from: callerID.number, name: callerID.name, to: offer.dialled), floor)
        if let rule = decision.number {
            note(.number(PhoneNumber(offer.dialled, country: router.office.country).description, label: rule.label), floor)
        }
        return decision
    }

    // MARK: Facts

    mutating func handle(_ fact: Fact, on floor: inout Floor) {
        switch fact {
        case .rang(let leg): rang(leg, on: &floor)
        case .earlyMediaBegan(let leg): earlyMediaBegan(leg, on: &floor)
        case .answered(let leg): wasAnswered(leg, on: &floor)
        case .ended(let leg, let cause): ended(leg, cause, on: &floor)
        case .held(let leg):
            holding.insert(leg)
            arrangeMedia(on: &floor)
        case .resumed(let leg):
            holding.remove(leg)
            arrangeMedia(on: &floor)
        case .transferRequested(let leg, let number, _): transfer(leg, to: number, on: &floor)
        case .pressed, .played, .lookedUp: break
        case .offered, .turnedAway, .reachable: break
        }
    }

    mutating func wake(on floor: inout Floor) {
        switch stage {
        case .hunting(var hunt):
            let now = floor.now.uptime
            if let next = hunt.additions.first, next.at <= now {
                add(&hunt, on: &floor)
            } else if let end = hunt.chainEnds, end <= now {
                chainRanOut(&hunt, on: &floor)
            } else if let end = hunt.waveEnds, end <= now {
                waveRanOut(&hunt, on: &floor)
            }
        case .tone(let leg, let until, let cause) where until <= floor.now.uptime:
            release(leg, .busy, on: &floor)
            close(cause, on: &floor)
        case .tone, .talking, .over:
            break
        }
    }

    private mutating func rang(_ leg: LegID, on floor: inout Floor) {
        guard case .hunting(var hunt) = stage, hunt.attempts[leg] != nil else { return }
        if hunt.attempts[leg]?.rang == false {
            hunt.attempts[leg]?.rang = true
            note(.rang(leg), floor)
        }
        hunt.anyoneRang = true
        stage = .hunting(hunt)
        indicateRinging(hunt, on: &floor)
    }

    private mutating func indicateRinging(_ hunt: Hunt, on floor: inout Floor) {
        guard !alerted else { return }
        alerted = true
        if answered.contains(hunt.caller) || hasEarlyMedia {
            floor.orders.append(.play(hunt.caller, .tone(.ringback, floor.router.office.country)))
        } else {
            floor.orders.append(.alert(hunt.caller))
        }
    }

    /// Only a single attempt may speak before the answer: of several nobody could say whom the caller hears.
    private mutating func earlyMediaBegan(_ leg: LegID, on floor: inout Floor) {
        guard case .hunting(var hunt) = stage, hunt.attempts.count == 1, hunt.attempts[leg] != nil else { return }
        if hunt.attempts[leg]?.rang == false {
            hunt.attempts[leg]?.rang = true
            note(.rang(leg), floor)
        }
        stage = .hunting(hunt)
        (hasEarlyMedia, alerted) = (true, true)
        floor.orders.append(.bridge(hunt.caller, leg))
    }

    private mutating func wasAnswered(_ leg: LegID, on floor: inout Floor) {
        guard case .hunting(let hunt) = stage, hunt.attempts[leg] != nil else {
            if !legs.contains(leg) { release(leg, .answeredElsewhere, on: &floor) }
            return
        }
        for other in hunt.attempts.keys where other != leg { drop(other, .answeredElsewhere, on: &floor) }
        note(.answered(leg), floor)
        floor.talks(leg)
        answered.insert(leg)
        stage = .talking(hunt.caller, leg)
        beginConversation(leg, for: hunt.caller, in: hunt.department, on: floor)
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: leg)) }
        arrangeMedia(on: &floor)
        if let transferor = hunt.transferor {
            floor.orders.append(.report(transferor, .succeeded))
            release(transferor, .normalClearing, on: &floor)
        }
        floor.orders.append(.open(journal))
    }

    private mutating func ended(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        floor.disengage(leg)
        holding.remove(leg)
        switch stage {
        case .hunting(var hunt):
            if leg == hunt.caller {
                for other in hunt.attempts.keys { drop(other, .cancelled, on: &floor) }
                if let transferor = hunt.transferor { release(transferor, .normalClearing, on: &floor) }
                close(cause == .normalClearing && !answered.contains(leg) ? .cancelled : cause, on: &floor)
            } else if leg == hunt.transferor {
                hunt.transferor = nil
                stage = .hunting(hunt)
            } else {
                attemptEnded(leg, cause, &hunt, on: &floor)
            }
        case .talking(let one, let other):
            note(.ended(leg, cause), floor)
            endConversation(on: &floor)
            release(leg == one ? other : one, cause, on: &floor)
            close(cause, on: &floor)
        case .tone(_, _, let reason):
            close(reason, on: &floor)
        case .over:
            break
        }
    }

    // MARK: What every step needs

    mutating func note(_ entry: CallJournal.Entry, _ floor: Floor) { journal.note(entry, at: floor.now) }

    /// Ends an attempt and says so in the journal.
    mutating func drop(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        note(.ended(leg, cause), floor)
        release(leg, cause, on: &floor)
    }

    func release(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        floor.disengage(leg)
        floor.orders.append(.release(leg, cause))
    }

    mutating func close(_ cause: Cause, on floor: inout Floor) {
        stage = .over
        note(.closed(cause), floor)
        floor.orders.append(.file(journal))
    }

    /// Who hears whom, from who holds whom.
    mutating func arrangeMedia(on floor: inout Floor) {
        guard case .talking(let one, let other) = stage else { return }
        switch (holding.contains(one), holding.contains(other)) {
        case (false, false): floor.orders.append(.bridge(one, other))
        case (true, false): floor.orders += [.quiet(one), .play(other, .music)]
        case (false, true): floor.orders += [.quiet(other), .play(one, .music)]
        case (true, true): floor.orders += [.quiet(one), .quiet(other)]
        }
    }
}
