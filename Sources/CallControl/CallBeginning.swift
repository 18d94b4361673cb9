import Routing
import Telephony

/// How a call begins: what was dialled and, from outside, who the client is and in which order the office's rules are asked.
extension Call {
    mutating func begin(_ leg: LegID, _ offer: Offer, on floor: inout Floor) {
        floor.engage(leg, offer.caller, in: id)
        floor.talks(leg)
        if case .extension(let number) = offer.caller, FeatureTable.isCode(offer.dialled) {
            if let colleague = floor.router.intercom(offer.dialled, by: number) {
                note(.arrived(.internal, from: callerID.number, name: callerID.name, to: offer.dialled), floor)
                return beginIntercom(leg, to: colleague, on: &floor)
            }
            return beginFeature(leg, offer.dialled, by: number, on: &floor)
        }
        switch arrive(offer, on: &floor) {
        case .refused(let cause):
            var hunt = Hunt(caller: leg)
            floor.orders.append(.open(journal))
            refuse(&hunt, cause, on: &floor)
        case .parking(let slot):
            floor.orders.append(.open(journal))
            beginUnparking(leg, slot, on: &floor)
        case .paging(let group):
            floor.orders.append(.open(journal))
            guard case .extension(let speaker) = offer.caller else { break }
            beginPaging(group, leg, by: speaker, on: &floor)
        case .mailbox(let box):
            floor.orders.append(.open(journal))
            visit(box, leg, on: &floor)
        case .target(let target):
            floor.orders.append(.open(journal))
            if let rule = number, let call = incoming { return lookUp(leg, Incoming(rule: rule, call: call), on: &floor) }
            var hunt = Hunt(caller: leg)
            enter(target, chain: [], dialled: true, &hunt, on: &floor)
        }
    }

    /// Writes the head of the journal and asks the router about what was dialled.
    mutating func arrive(_ offer: Offer, on floor: inout Floor) -> Decision.Outcome {
        let router = floor.router
        let decision: Decision
        let direction: CallDirection
        switch offer.caller {
        case .extension(let person):
            decision = router.dialled(offer.dialled, by: person)
            if case .target(.external) = decision.outcome { direction = .outgoing } else { direction = .internal }
        case .trunk(let trunk):
            decision = router.incoming(on: trunk, to: offer.dialled)
            direction = .incoming
            incoming = IncomingCall(
                caller: callerID.number, client: .blank,
                dialled: PhoneNumber(offer.dialled, country: router.office.country).digits, trunk: trunk)
        }
        note(.arrived(direction, from: callerID.number, name: callerID.name, to: offer.dialled), floor)
        if callerID.received != callerID.number { note(.received(callerID.received), floor) }
        number = decision.number
        if let rule = decision.number {
            note(.number(PhoneNumber(offer.dialled, country: router.office.country).description, label: rule.label), floor)
        }
        for reason in decision.because { note(.because(reason), floor) }
        return decision.outcome
    }

    // MARK: Who calls

    /// A caller who shows his number is looked up; meanwhile he only waits.
    private mutating func lookUp(_ leg: LegID, _ incoming: Incoming, on floor: inout Floor) {
        let client = PhoneNumber(incoming.call.caller, country: floor.router.office.country).digits
        guard !client.isEmpty else { return decide(leg, incoming, on: &floor) }
        stage = .lookingUp(leg, incoming, until: floor.now.uptime + floor.router.office.owners.patience)
        floor.orders.append(.lookUp(id, client: client))
    }

    /// The answer, or nil where none came in time: then the call goes the common way.
    mutating func lookedUp(_ card: ClientCard?, on floor: inout Floor) {
        guard case .lookingUp(let leg, var incoming, _) = stage else { return owedLookedUp(card, on: &floor) }
        if let card {
            incoming.call.client = card
            callerID.name = card.shownName ?? callerID.name
        } else {
            explain(.client, .passed, Catalogue.lookUpTooSlow, floor)
        }
        if case .failed(let why) = incoming.call.client.hook { explain(.client, .passed, why, floor) }
        decide(leg, incoming, on: &floor)
    }

    /// Asks the layers in their order: blocked callers, the client's owner, the caller table, the company number.
    private mutating func decide(_ leg: LegID, _ incoming: Incoming, on floor: inout Floor) {
        self.incoming = incoming.call
        var hunt = Hunt(caller: leg)
        let found = floor.router.callerRule(for: incoming.call, at: floor.now)
        if let found, found.rule.blocks {
            note(.because(found.because), floor)
            return enter(found.rule.target, chain: [], &hunt, on: &floor)
        }
        if let preset = incoming.call.client.preset ?? found?.rule.preset { ring = .named(preset) }
        let owned = owner(of: incoming.call, on: floor)
        if let found { note(.because(found.because), floor) }
        let common = found?.rule.target ?? incoming.rule.target
        guard let owner = owned else { return enter(common, chain: [], &hunt, on: &floor) }
        let rules = floor.router.office.owners
        var chain = [NoAnswerStep(after: rules.timer, target: common)]
        if let fallback = rules.fallback { chain.insert(NoAnswerStep(after: rules.timer, target: fallback), at: 0) }
        hunt.isOwned = true
        enter(.extension(owner), chain: chain[...], &hunt, on: &floor)
    }

    /// The employee who looks after the client, if a call may be sent to him now. The one authoritative source decides; what the other
    /// one says is told.
    private mutating func owner(of call: IncomingCall, on floor: Floor) -> ExtensionNumber? {
        let office = floor.router.office
        let (card, rules) = (call.client, office.owners)
        var byHook: ExtensionNumber?
        if case .known(_, let owner) = card.hook { byHook = owner }
        let owner: ExtensionNumber?
        let other: ExtensionNumber?
        switch rules.source {
        case .book: (owner, other) = (card.owner, byHook)
        case .hook: (owner, other) = (byHook, card.owner)
        }
        if let other, other != owner { explain(.owner, .passed, Catalogue.otherSourceNames(other), floor) }
        guard let owner, let person = office.extensions[owner] else { return nil }
        if rules.respectsOfficeHours, floor.now.clockTrust == .trusted, !office.calendar.isOpen(floor.now.civil) {
            explain(.owner, .passed, Catalogue.ownerRests(owner), line: "set office owner respect-office-hours on", floor)
            return nil
        }
        explain(
            .owner, .taken, Catalogue.ownerTakes(owner, person.name), line: "set office owner source \(rules.source.words)", floor
        )
        return owner
    }
}

extension ClientCard {
    /// What a phone shows of him: the book's name, else what the hook said.
    var shownName: String? {
        if !name.isEmpty { return company.isEmpty ? name : "\(name), \(company)" }
        if !company.isEmpty { return company }
        if case .known(let name, _) = hook, !name.isEmpty { return name }
        return nil
    }
}
