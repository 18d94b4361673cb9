import Routing
import Telephony

/// One call's story: facts about its legs come in, orders go out. Knows no SIP, no socket, no clock.
///
///     lookingUp ──who it is──▶ hunting ──answered──▶ talking ──hung up──▶ over
///                    announcing ◀─▶ │  ▲                  │ ▲
///                                   │  └────transfer──────┘ └──▶ consulting
///                                   └──nobody──▶ tone ──time──▶ over
struct Call: Sendable {
    enum Stage: Sendable {
        /// It is asked who the client is.
        case lookingUp(LegID, Incoming, until: Instant)
        /// Somebody waits, phones ring.
        case hunting(Hunt)
        /// The caller chooses by keys.
        case menu(MenuVisit)
        /// The caller listens to us before it goes on.
        case announcing(Announcing)
        /// An employee has dialled a code.
        case feature(FeatureVisit)
        /// An answering machine listens to the caller.
        case mailbox(MailboxStay)
        /// Somebody of ours is at his mailbox.
        case visit(MailboxVisit)
        /// He speaks to telephones that switch themselves on.
        case paging(Paging)
        /// He is in a conference, or on his way there.
        case conference(ConferenceVisit)
        /// The exchange calls an employee, and then the client who ordered it.
        case callingBack(CallingBack)
        /// The exchange itself has rung somebody of ours.
        case house(HouseCall)
        /// Two legs hear each other (or music).
        case talking(LegID, LegID)
        /// One of the two waits while the other one consults somebody.
        case consulting(Consulting)
        /// Somebody is put aside until one takes him.
        case parked(Parked)
        /// The caller hears why he is not connected.
        case tone(LegID, until: Instant, Cause)
        case over
    }

    /// A call from outside before it is decided where it goes.
    struct Incoming: Sendable {
        /// The rule of the company number.
        var rule: NumberRule
        /// Who calls which number.
        var call: IncomingCall
    }

    /// How long the busy tone is heard before the release.
    static let toneLength = Duration.seconds(5)
    /// The same for somebody who consults, and has a partner who waits.
    static let lentToneLength = Duration.seconds(2)

    /// A caller who hangs up before anybody talked to him gives up, even where a greeting has answered him.
    static func givenUp(_ cause: Cause) -> Cause { cause == .normalClearing ? .cancelled : cause }

    let id: CallID
    let caller: Caller
    /// As it came, the name from the book where it has one.
    var callerID: CallerID
    var journal: CallJournal
    var stage = Stage.over
    /// Who calls, as far as it is known; nil for calls from inside.
    var incoming: IncomingCall?
    /// The company number that was called, and its label.
    var number: NumberRule?
    /// How phones ring for it.
    var ring = RingClass.plain
    /// Legs that have been answered, by us or by the far end.
    var answered: Set<LegID> = []
    /// Legs whose party put its partner on hold.
    var holding: Set<LegID> = []
    /// The caller hears media of ours before the answer: ringing is from now on a tone, not a signal.
    var hasEarlyMedia = false
    /// The talk that is going on with an employee, for the counts.
    var conversation: Conversation?
    /// For a call that connects a client who ordered it: what came of it.
    var callback: CallingBack?
    /// Whether the caller was told that it rings.
    var alerted = false
    /// What the caller dials next on the same line, when this call is over.
    var redial: (leg: LegID, number: String)?
    /// What is kept of the talks; nil: nothing.
    var recording: RecordedTalk?
    /// Whether the caller has talked to somebody in this call.
    var hasTalked = false
    /// Legs whose keys go no further than to us, and what one of them is dialling in the talk.
    var watched: Set<LegID> = [], keying: Keying?
    /// What the caller wants of another call.
    var wish: Wish?
    /// The caller's line is lent by a call that waits.
    var loan: Loan?
    /// He was sent on, nobody took him, and he rings where he came from.
    var isReturned = false

    init(_ id: CallID, _ offer: Offer) {
        (self.id, caller, callerID) = (id, offer.caller, offer.callerID)
        journal = CallJournal(id)
    }

    /// When it wants to be woken.
    var deadline: Instant? {
        switch stage {
        case .lookingUp(_, _, let until): until
        case .hunting(let hunt): hunt.deadline
        case .menu(let visit): visit.deadline
        case .announcing(let announcing): announcing.deadline
        case .feature(let visit): visit.until
        case .mailbox(let stay): stay.until
        case .visit(let visit): visit.until
        case .conference(let visit): visit.until
        case .paging(let paging): paging.until
        case .tone(_, let until, _): until
        case .callingBack(let attempt): attempt.until
        case .house(let house): house.until
        case .talking: [keying?.until, recording?.until].compactMap(\.self).min()
        case .parked(let parked): parked.deadline
        case .consulting, .over: nil
        }
    }

    /// Every leg of the call.
    var legs: [LegID] {
        switch stage {
        case .lookingUp(let leg, _, _): [leg]
        case .hunting(let hunt): [hunt.caller] + (hunt.transferor.map { [$0] } ?? []) + hunt.attempts.keys
        case .menu(let visit): [visit.hunt.caller]
        case .announcing(let announcing): [announcing.hunt.caller]
        case .feature(let visit): [visit.leg]
        case .mailbox(let stay): stay.legs
        case .visit(let visit): [visit.caller]
        case .conference(let visit): [visit.leg]
        case .paging(let paging): [paging.speaker] + paging.listeners.keys
        case .callingBack(let attempt): attempt.legs
        case .house(let house): [house.leg]
        case .talking(let one, let other): [one, other]
        case .consulting(let consulting): [consulting.partner]
        case .parked(let parked): [parked.leg] + (parked.parker.map { [$0.leg] } ?? [])
        case .tone(let leg, _, _): [leg]
        case .over: []
        }
    }

    // MARK: Facts

    mutating func handle(_ fact: Fact, on floor: inout Floor) {
        switch fact {
        case .rang(let leg): rang(leg, on: &floor)
        case .earlyMediaBegan(let leg): earlyMediaBegan(leg, on: &floor)
        case .spoke(let leg): spoke(leg, on: &floor)
        case .answered(let leg): pickedUp(leg, on: &floor)
        case .ended(let leg, let cause): ended(leg, cause, on: &floor)
        case .held(let leg):
            holding.insert(leg)
            pauseRecording(of: leg, on: &floor)
            arrangeMedia(on: &floor)
            if case .conference(let visit) = stage { held(true, visit, on: &floor) }
        case .resumed(let leg):
            holding.remove(leg)
            arrangeMedia(on: &floor)
            if case .conference(let visit) = stage { held(false, visit, on: &floor) }
        case .transferRequested(let leg, let number, _): transfer(leg, to: number, on: &floor)
        case .pressed(let leg, let digit): pressed(leg, digit, on: &floor)
        case .played(let leg, let speech): played(leg, speech, on: &floor)
        case .lookedUp(_, let card): lookedUp(card, on: &floor)
        case .configured(_, let outcome): configured(outcome, on: &floor)
        case .owed(_, let client, let count): owed(client, count, on: &floor)
        case .offered, .turnedAway, .reachable, .nightKey, .recorded, .callback: break
        }
    }

    mutating func wake(on floor: inout Floor) {
        let now = floor.now.uptime
        switch stage {
        case .lookingUp(_, _, let until) where until <= now:
            lookedUp(nil, on: &floor)
        case .hunting(let hunt):
            wake(hunt, on: &floor)
        case .menu(let visit):
            wake(visit, on: &floor)
        case .announcing(let announcing):
            wake(announcing, on: &floor)
        case .feature(let visit):
            wake(visit, on: &floor)
        case .mailbox(let stay):
            wake(stay, on: &floor)
        case .visit(let visit):
            wake(visit, on: &floor)
        case .conference(let visit):
            wake(visit, on: &floor)
        case .paging(let paging):
            wake(paging, on: &floor)
        case .tone(let leg, let until, let cause) where until <= now:
            release(leg, .busy, on: &floor)
            close(cause, on: &floor)
        case .callingBack(let attempt):
            wake(attempt, on: &floor)
        case .house(let house):
            wake(house, on: &floor)
        case .talking:
            wakeKeying(on: &floor)
            wakeRecording(on: &floor)
        case .parked(let parked):
            wake(parked, on: &floor)
        case .lookingUp, .tone, .consulting, .over:
            break
        }
    }

    private mutating func wake(_ hunt: Hunt, on floor: inout Floor) {
        var hunt = hunt
        let now = floor.now.uptime
        if let whisperEnds = hunt.whisperEnds {
            if whisperEnds <= now { whisperEnded(&hunt, on: &floor) }
        } else if hunt.silentAttempt(at: now) != nil {
            coverSilence(hunt, on: &floor)
        } else if let leg = hunt.overdue(at: now) {
            giveUpAccepting(leg, &hunt, on: &floor)
        } else if let next = hunt.additions.first, next.at <= now {
            add(&hunt, on: &floor)
        } else if let end = hunt.chainEnds, end <= now, !hunt.isChainHeld {
            chainRanOut(&hunt, on: &floor)
        } else if let end = hunt.waveEnds, end <= now {
            waveRanOut(&hunt, on: &floor)
        } else {
            wakeWaiting(&hunt, on: &floor)
        }
    }

    mutating func rang(_ leg: LegID, on floor: inout Floor) {
        if case .callingBack(let attempt) = stage { return clientRings(leg, attempt, on: &floor) }
        if case .paging(let paging) = stage, paging.listeners[leg] == false { return note(.rang(leg), floor) }
        guard case .hunting(var hunt) = stage, hunt.attempts[leg] != nil else { return }
        noteRinging(leg, &hunt, floor)
        hunt.anyoneRang = true
        hunt.attempts[leg]?.silence?.rings = true
        stage = .hunting(hunt)
        indicateRinging(hunt, on: &floor)
        coverSilence(hunt, on: &floor)
    }

    mutating func noteRinging(_ leg: LegID, _ hunt: inout Hunt, _ floor: Floor) {
        guard hunt.attempts[leg]?.rang == false else { return }
        hunt.attempts[leg]?.rang = true
        note(.rang(leg), floor)
    }

    mutating func indicateRinging(_ hunt: Hunt, on floor: inout Floor) {
        guard !alerted, !hunt.isQueued, hunt.waiting?.speech == nil else { return }
        alerted = true
        if answered.contains(hunt.caller) || hasEarlyMedia {
            floor.orders.append(.play(hunt.caller, .tone(.ringback, floor.router.office.country)))
        } else {
            floor.orders.append(.alert(hunt.caller))
        }
    }

    /// Whoever was called takes the call: he and the caller hear each other.
    mutating func connect(_ leg: LegID, _ hunt: Hunt, on floor: inout Floor) {
        for other in hunt.attempts.keys where other != leg { drop(other, .answeredElsewhere, on: &floor) }
        note(.answered(leg), floor)
        floor.talks(leg)
        answered.insert(leg)
        stage = .talking(hunt.caller, leg)
        hasTalked = true
        endConversation(on: &floor)
        beginConversation(leg, for: hunt.caller, in: hunt.department, on: &floor)
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
        left(leg, cause, on: &floor)
    }

    /// The leg is in this call no more.
    mutating func left(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        switch stage {
        case .lookingUp, .menu, .announcing, .feature:
            close(hasTalked ? cause : Self.givenUp(cause), on: &floor)
        case .mailbox(let stay):
            ended(cause, stay, on: &floor)
        case .visit(let visit):
            ended(visit, on: &floor)
        case .conference(let visit):
            ended(cause, visit, on: &floor)
        case .paging(let paging):
            ended(leg, cause, paging, on: &floor)
        case .hunting(var hunt):
            if leg == hunt.caller {
                hungUp(hunt, floor)
                for other in hunt.attempts.keys { drop(other, .cancelled, on: &floor) }
                if let transferor = hunt.transferor { release(transferor, .normalClearing, on: &floor) }
                close(hasTalked ? cause : Self.givenUp(cause), on: &floor)
            } else if leg == hunt.transferor {
                if conversation?.leg == leg { endConversation(on: &floor) }
                hunt.transferor = nil
                stage = .hunting(hunt)
            } else {
                attemptEnded(leg, cause, &hunt, on: &floor)
            }
        case .callingBack(let attempt):
            ended(leg, cause, attempt, on: &floor)
        case .house(let house):
            ended(house, on: &floor)
        case .talking(let one, let other):
            if hungUpKeying(leg, cause, on: &floor) { return }
            note(.ended(leg, cause), floor)
            release(leg == one ? other : one, cause, on: &floor)
            close(cause, on: &floor)
        case .consulting:
            note(.ended(leg, cause), floor)
            close(cause, on: &floor)
        case .parked(let parked):
            ended(leg, cause, parked, on: &floor)
        case .tone(_, _, let reason):
            close(reason, on: &floor)
        case .over:
            break
        }
    }

    // MARK: What every step needs

    mutating func note(_ entry: CallJournal.Entry, _ floor: Floor) { journal.note(entry, at: floor.now) }

    /// Writes down why it goes where it goes.
    mutating func explain(
        _ layer: Explanation.Layer, _ verdict: Explanation.Verdict, _ because: Wording, line: String? = nil, _ floor: Floor
    ) {
        note(.because(Explanation(layer, verdict, because, line: line)), floor)
    }

    /// Ends an attempt and says so in the journal.
    mutating func drop(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        note(.ended(leg, cause), floor)
        release(leg, cause, on: &floor)
    }

    func release(_ leg: LegID, _ cause: Cause, on floor: inout Floor) {
        // A line that is lent goes back to whoever lent it.
        guard leg != loan?.leg else { return }
        floor.disengage(leg)
        floor.orders.append(.release(leg, cause))
    }

    mutating func close(_ cause: Cause, on floor: inout Floor) {
        stage = .over
        endConversation(on: &floor)
        endRecording(on: &floor)
        note(.closed(cause), floor)
        floor.orders.append(.file(journal))
    }

    /// Who hears whom, from who holds whom.
    mutating func arrangeMedia(on floor: inout Floor) {
        guard case .talking(let one, let other) = stage else { return }
        floor.converse(by: one, other)
        watchKeys(of: [one, other], on: &floor)
        if let keying, keying.setsAside {
            let partner = keying.leg == one ? other : one
            pauseRecording(of: keying.leg, on: &floor)
            floor.orders.append(holding.contains(partner) ? .quiet(partner) : .play(partner, .music))
            return
        }
        guard keepRecording(of: one, and: other, on: &floor) else { return }
        switch (holding.contains(one), holding.contains(other)) {
        case (false, false): floor.orders.append(.bridge(one, other))
        case (true, false): floor.orders += [.quiet(one), .play(other, .music)]
        case (false, true): floor.orders += [.quiet(other), .play(one, .music)]
        case (true, true): floor.orders += [.quiet(one), .quiet(other)]
        }
    }
}
