import OrderedCollections
import Routing
import Telephony

/// An employee speaks to several telephones that switch themselves on; nobody of them is heard.
///
///     telephones answer ─all, or time─▶ tone ─▶ he speaks ─hangs up, limit▶ over
struct Paging: Sendable {
    /// Who speaks.
    let speaker: LegID
    let group: PagingGroup
    /// The room of the mixer in which they listen.
    let room: Int
    /// Telephones, and whether each has switched itself on.
    var listeners: OrderedDictionary<LegID, Bool>
    /// Whether the tone was heard: from then on he speaks.
    var hasBegun = false
    /// When the time to switch on is over, or his time to speak.
    var until: Instant

    /// How long a telephone may take to switch itself on: one that cannot rings no longer than that; and how long the first ones
    /// wait for the others.
    static let answerTime = Duration.seconds(4), gathering = Duration.milliseconds(1500)
}

extension Call {
    /// Rings every telephone of the group that is free, so that it answers by itself.
    mutating func beginPaging(_ id: PagingID, _ leg: LegID, by speaker: ExtensionNumber, on floor: inout Floor) {
        var hunt = Hunt(caller: leg)
        guard let group = floor.router.office.paging[id] else { return refuse(&hunt, .unallocated, on: &floor) }
        let line = "set paging \(id)"
        guard group.speakers.isEmpty || group.speakers.contains(speaker) else {
            explain(.department, .refused, Catalogue.mayNotPage(speaker, id), line: line + " speaker", floor)
            return refuse(&hunt, .forbidden, on: &floor)
        }
        explain(.department, .taken, Catalogue.pages(id, group.name), line: line, floor)
        var paging = Paging(
            speaker: leg, group: group, room: floor.newRoom(), listeners: [:], until: floor.now.uptime + Paging.answerTime)
        for number in group.members where number != speaker && floor.mayBePaged(number) {
            let listener = floor.newLeg()
            floor.engage(listener, .extension(number), in: self.id)
            paging.listeners[listener] = false
            note(.dialled(listener, target: number), floor)
            floor.orders.append(.dial(listener, .extension(number), as: callerID, ring: .automatic, for: leg))
        }
        guard !paging.listeners.isEmpty else { return refuse(&hunt, .busy, on: &floor) }
        answered.insert(leg)
        floor.orders += [.answer(leg, matching: nil), .mix(leg, room: paging.room)]
        stage = .paging(paging)
    }

    /// A telephone has switched itself on.
    mutating func switchedOn(_ leg: LegID, _ before: Paging, on floor: inout Floor) {
        guard before.listeners[leg] == false else { return }
        var paging = before
        paging.listeners[leg] = true
        note(.answered(leg), floor)
        floor.talks(leg)
        floor.orders.append(.attend(leg, room: paging.room))
        if !paging.hasBegun {
            paging.until = min(paging.until, floor.now.uptime + Paging.gathering)
            if !paging.listeners.values.contains(false) { return start(paging, on: &floor) }
        }
        stage = .paging(paging)
    }

    /// The tone, and he speaks; telephones that did not switch themselves on are left alone.
    private mutating func start(_ before: Paging, on floor: inout Floor) {
        var paging = before
        for (leg, isOn) in before.listeners where !isOn {
            drop(leg, .noAnswer, on: &floor)
            paging.listeners[leg] = nil
        }
        (paging.hasBegun, paging.until) = (true, floor.now.uptime + paging.group.limit)
        floor.orders.append(.announce(room: paging.room, floor.speaking.say(.beep)))
        stage = .paging(paging)
        floor.orders.append(.open(journal))
    }

    mutating func wake(_ paging: Paging, on floor: inout Floor) {
        guard paging.until <= floor.now.uptime else { return }
        if !paging.hasBegun, paging.listeners.values.contains(true) { return start(paging, on: &floor) }
        finish(paging, paging.hasBegun ? .normalClearing : .noAnswer, on: &floor)
    }

    mutating func ended(_ leg: LegID, _ cause: Cause, _ before: Paging, on floor: inout Floor) {
        var paging = before
        guard leg != paging.speaker else {
            for listener in paging.listeners.keys { drop(listener, paging.hasBegun ? .normalClearing : .cancelled, on: &floor) }
            return close(paging.hasBegun ? cause : Self.givenUp(cause), on: &floor)
        }
        paging.listeners[leg] = nil
        note(.ended(leg, cause), floor)
        guard !paging.listeners.isEmpty else { return finish(paging, paging.hasBegun ? .normalClearing : .noAnswer, on: &floor) }
        if !paging.hasBegun, !paging.listeners.values.contains(false) { return start(paging, on: &floor) }
        stage = .paging(paging)
    }

    /// Nobody listens any more, or he has spoken for long enough.
    mutating func finish(_ paging: Paging, _ cause: Cause, on floor: inout Floor) {
        for listener in paging.listeners.keys { drop(listener, cause, on: &floor) }
        release(paging.speaker, cause, on: &floor)
        close(cause, on: &floor)
    }

    // MARK: Intercom

    /// A colleague's telephone switches itself on, and the two talk at once. None of his rules sends the call on: he is there, or not.
    mutating func beginIntercom(_ leg: LegID, to number: ExtensionNumber, on floor: inout Floor) {
        var hunt = Hunt(caller: leg)
        floor.orders.append(.open(journal))
        guard floor.mayBePaged(number) else {
            explain(.extension, .refused, Catalogue.mayNotSwitchOn(number), floor)
            return refuse(&hunt, floor.registered.contains(number) ? .busy : .unreachable, on: &floor)
        }
        explain(.extension, .taken, Catalogue.switchesOn(number), floor)
        note(.addressed(number), floor)
        ring = .automatic
        hunt.plan = .direct(number)
        hunt.chain = [NoAnswerStep(after: Paging.answerTime, target: .drop)]
        hunt.chainEnds = floor.now.uptime + Paging.answerTime
        ringNextWave(&hunt, on: &floor)
    }
}

extension Floor {
    /// Whether his telephone may switch itself on: it is there, nothing goes on there, and he does not mind.
    func mayBePaged(_ number: ExtensionNumber) -> Bool {
        guard let person = router.office.extensions[number], person.autoAnswers, registered.contains(number),
            !isMarked(number, .undisturbed)
        else { return false }
        let engagement = engagement(number)
        return engagement.ringing.isEmpty && !engagement.isTalking
    }
}
