import Routing
import Telephony

/// From a target to who shall ring: people, departments, outside numbers, schemes, and the ends of a call that nobody takes.
extension Call {
    /// Sends the call to `target`. `chain` is what supervises it from before; where that is used up the target's own rule begins.
    /// `dialled`: the caller chose an outside number himself.
    mutating func enter(
        _ target: Target, chain: ArraySlice<NoAnswerStep>, dialled: Bool = false, _ hunt: inout Hunt, on floor: inout Floor
    ) {
        hunt.clear()
        hunt.hops += 1
        switch target {
        case .department, .scheme, .menu: hunt.sender = nil
        case .extension, .external, .prompt, .voicemail, .conference, .busy, .drop: break
        }
        if case .external = target { (hunt.isOutside, hunt.isDialled) = (true, dialled) }
        // The last link of an owner's call is the common way, with everybody's own rules.
        if chain.isEmpty { (hunt.isOwned, hunt.recall) = (false, nil) }
        if hasEarlyMedia || answered.contains(hunt.caller) { alerted = false }
        hunt.chain = chain
        guard hunt.hops <= Hunt.hopLimit else { return refuse(&hunt, .loop, on: &floor) }
        switch target {
        case .extension(let number): enterExtension(number, &hunt, on: &floor)
        case .department(let id):
            guard let department = floor.router.office.departments[id] else { return refuse(&hunt, .unallocated, on: &floor) }
            enterDepartment(department, &hunt, on: &floor)
        case .external(let number): enterOutside(number, &hunt, on: &floor)
        case .scheme(let id): enterScheme(id, &hunt, on: &floor)
        case .menu(let id): enterMenu(id, &hunt, on: &floor)
        case .conference(let id): enterConference(id, &hunt, on: &floor)
        case .prompt(let id): playPrompt(id, hunt, on: &floor)
        case .voicemail(let box): enterVoicemail(box, &hunt, on: &floor)
        case .busy: playBusy(&hunt, on: &floor)
        case .drop: hangUp(&hunt, on: &floor)
        }
    }

    private mutating func enterExtension(_ number: ExtensionNumber, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let person = floor.router.office.extensions[number] else { return refuse(&hunt, .unallocated, on: &floor) }
        if let absence = floor.router.absence(of: number, at: floor.now), !hunt.isOwned, let substitute = absence.target {
            hunt.sender = number
            // Who is away is not blamed: the call is meant for the one who takes his calls.
            explain(.extension, .passed, Catalogue.isAway(number, sends: "\(substitute)"), line: absence.line(of: number), floor)
            return enter(substitute, chain: hunt.chain, &hunt, on: &floor)
        }
        note(.addressed(number), floor)
        hunt.sender = hunt.isOwned ? nil : number
        if !hunt.isOwned {
            if let forward = person.forward {
                let line = "set extension \(number) forward to \(forward)"
                explain(.extension, .passed, Catalogue.forwards(number, to: "\(forward)"), line: line, floor)
                return enter(forward, chain: hunt.chain, &hunt, on: &floor)
            }
            (hunt.onBusy, hunt.onUnreachable) = (person.onBusy, person.onUnreachable)
        }
        if let why = floor.whyPassedOver(number, byDepartment: false) {
            explain(.extension, .passed, why, floor)
        } else {
            explain(.extension, .taken, Catalogue.entersAt(number), line: "set extension \(number)", floor)
        }
        if !floor.isReachable(number) { note(.away(number), floor) }
        hunt.plan = .direct(number)
        supervise(&hunt, own: floor.router.noAnswerChain(of: number), on: floor)
        ringNextWave(&hunt, on: &floor)
    }

    private mutating func enterOutside(_ number: String, _ hunt: inout Hunt, on floor: inout Floor) {
        let router = floor.router
        if let route = floor.usedUpRoute(to: number) {
            explain(.route, .refused, Catalogue.budgetUsedUp(route.id), line: "set route \(route.id) budget", floor)
            hunt.learn(.forbidden)
            return nobody(&hunt, on: &floor)
        }
        if !hunt.isDialled, let route = router.route(for: number) {
            if let sender = hunt.sender, let right = router.office.extensions[sender]?.tollClass, right < route.tollClass {
                let why = Catalogue.mayNotDial(sender, right.rawValue, route: route.id, needs: route.tollClass.rawValue)
                explain(.tollClass, .refused, why, line: "set extension \(sender) class \(right)", floor)
                hunt.learn(.forbidden)
                return nobody(&hunt, on: &floor)
            }
            let why = Catalogue.routeTakes(number, route.id, trunks: route.trunks)
            explain(.route, .taken, why, line: "set route \(route.id) mask \(route.mask)", floor)
        }
        hunt.plan = .direct(number)
        supervise(&hunt, own: outsideChain(number, hunt, router), on: floor)
        ringNextWave(&hunt, on: &floor)
    }

    /// Whoever dialled outside himself waits for that number and no other, and hears the truth of it; for help he waits as long as he likes.
    private func outsideChain(_ number: String, _ hunt: Hunt, _ router: Router) -> [NoAnswerStep] {
        guard hunt.isDialled else { return [router.office.noAnswer] }
        return router.isEmergency(number) ? [] : [NoAnswerStep(after: Hunt.dialledLimit, target: .busy, announce: .none)]
    }

    private mutating func enterScheme(_ id: SchemeID, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let scheme = floor.router.office.schemes[id],
            let decision = floor.router.scheme(
                id, incoming ?? IncomingCall(caller: callerID.number), at: floor.now, isNight: floor.isNight(scheme.nightKey))
        else { return refuse(&hunt, .unallocated, on: &floor) }
        (hunt.language, hunt.isOutOfHours) = (decision.language, decision.isByTime)
        note(.because(decision.because), floor)
        let chain = hunt.chain
        guard let greeting = scheme.greeting, !hunt.wasGreeted, hunt.transferor == nil else {
            return enter(decision.target, chain: chain, &hunt, on: &floor)
        }
        hunt.wasGreeted = true
        explain(.greeting, .taken, Catalogue.greets(greeting), line: "set scheme \(id) greeting \(greeting)", floor)
        announce(
            [floor.router.office.clip(ofPrompt: greeting)], hunt, then: .enter(decision.target, chain: chain), answering: true,
            takesDigits: true, on: &floor)
    }

    // MARK: Departments

    private mutating func enterDepartment(_ department: Department, _ hunt: inout Hunt, on floor: inout Floor) {
        note(.department(department.id), floor)
        if floor.router.isClosed(department, at: floor.now) { return enterClosed(department, &hunt, on: &floor) }
        explainDepartment(department, hunt, floor)
        let now = floor.now.uptime
        (hunt.onBusy, hunt.department) = (department.onBusy, department.id)
        hunt.waiting = Waiting(department, since: now)
        if let rules = isOffered(hunt, floor) { hunt.waiting?.offerDue = now + rules.after }
        plan(department, &hunt, on: &floor)
        explainRanking(in: department, hunt, floor)
        hunt.additions = department.additions.map { (now + $0.after, $0.number) }.sorted { $0.0 < $1.0 }[...]
        hunt.waitsInPatience = hunt.chain.isEmpty && department.noAnswer.isEmpty
        supervise(&hunt, own: chain(of: department, floor), on: floor)
        ringNextWave(&hunt, on: &floor)
    }

    /// Who rings in which order, as loads stand now.
    mutating func plan(_ department: Department, _ hunt: inout Hunt, on floor: inout Floor) {
        let (ledger, today) = (floor.ledger, floor.now.civil.dayNumber)
        let plan = { (members: [Department.Member], dice: inout Dice) in
            department.strategy.plan(
                for: members, step: department.step, load: { ledger.load(of: $0, in: department, today: today) }, dice: &dice)
        }
        let known = familiar(in: department, floor)
        var plans = floor.router.groups(of: department, speaking: hunt.language).map { members in
            plan(members.filter { $0.number != known }, &floor.dice)
        }
        for index in plans.indices.dropLast() { plans[index].repeats = false }
        if let known {
            let why = Catalogue.isFamiliar(known, in: department.id)
            explain(.department, .taken, why, line: "set department \(department.id) familiar on", floor)
            let isAlone = plans.allSatisfy { $0.waves.allSatisfy(\.rings.isEmpty) }
            let first = RingPlan(
                waves: [.init(rings: [known], lasts: isAlone ? nil : department.step)], keepsRinging: isAlone)
            plans = [first] + plans
        }
        hunt.plan = plans.first ?? RingPlan()
        (hunt.afterwards, hunt.rung) = (plans.dropFirst(), [])
    }

    private func chain(of department: Department, _ floor: Floor) -> [NoAnswerStep] {
        department.noAnswer.isEmpty ? [floor.router.office.noAnswer] : department.noAnswer
    }

    /// Out of a department's own hours nobody of it rings: its rule for that, else as when nobody answers, at once.
    private mutating func enterClosed(_ department: Department, _ hunt: inout Hunt, on floor: inout Floor) {
        if let target = department.onClosed {
            let line = "set department \(department.id) on-closed to \(target)"
            explain(.department, .passed, Catalogue.departmentClosed(department.id), line: line, floor)
            return enter(target, chain: hunt.chain, &hunt, on: &floor)
        }
        explain(.department, .passed, Catalogue.departmentClosed(department.id), floor)
        supervise(&hunt, own: chain(of: department, floor), on: floor)
        nobody(&hunt, on: &floor)
    }

    /// Whom this client talked to in the department on this working day.
    private func familiar(in department: Department, _ floor: Floor) -> ExtensionNumber? {
        guard department.familiar, floor.router.office.calendar.isOpen(floor.now.civil) else { return nil }
        let known = floor.ledger.familiar(to: callerID.number, in: department.id, today: floor.now.civil.dayNumber)
        return known.flatMap { known in department.members.contains { $0.number == known } ? known : nil }
    }

    private mutating func explainDepartment(_ department: Department, _ hunt: Hunt, _ floor: Floor) {
        let strategy = department.strategy.words
        explain(
            .department, .taken, Catalogue.departmentRings(department.id, strategy),
            line: "set department \(department.id) strategy \(strategy)", floor)
        for member in department.members {
            let isInIt = hunt.parties.contains { floor.member($0) == member.number }
            let why =
                floor.whyPassedOver(member.number, byDepartment: true) ?? floor.whyNotServing(member.number, department.id)
                ?? (isInIt ? Catalogue.isEngaged(member.number) : nil)
            guard let why else { continue }
            explain(.extension, .passed, why, floor)
        }
    }

    private func supervise(_ hunt: inout Hunt, own: [NoAnswerStep], on floor: Floor) {
        if hunt.chain.isEmpty { hunt.chain = own[...] }
        hunt.chainEnds = hunt.chain.first.map { floor.now.uptime + $0.after }
    }

    // MARK: The next link, and the end

    /// To the next link of the chain; the caller is told before, if the link says so.
    mutating func goOn(to step: NoAnswerStep, _ hunt: inout Hunt, on floor: inout Floor) {
        let clips = announcement(step, floor)
        guard !clips.isEmpty, hunt.transferor == nil else { return enter(step.target, chain: hunt.chain, &hunt, on: &floor) }
        announce(clips, hunt, then: .enter(step.target, chain: hunt.chain), on: &floor)
    }

    private func announcement(_ step: NoAnswerStep, _ floor: Floor) -> [Clip] {
        switch step.announce {
        case .none: return []
        case .prompt(let id): return [floor.router.office.clip(ofPrompt: id)]
        // The machine's greeting says it.
        case .standard where step.target.isVoicemail: return []
        case .standard: return floor.speaking.say(step.target.isEnd ? .notAvailable : .anotherSpecialist)
        }
    }

    /// The prompt is heard once, and that is the end: content, whoever heard all of it or hung up before.
    private mutating func playPrompt(_ id: String, _ hunt: Hunt, on floor: inout Floor) {
        var hunt = hunt
        if hunt.transferor != nil { return refuse(&hunt, .unallocated, on: &floor) }
        noteServed(by: id, hunt, floor)
        announce([floor.router.office.clip(ofPrompt: id)], hunt, then: .end, on: &floor)
    }

    /// The caller is told what he wants to know. Where somebody was to answer before, and nobody did, or would have in other hours,
    /// the call stays missed.
    mutating func noteServed(by prompt: String, _ hunt: Hunt, _ floor: Floor) {
        let wasForSomebody = journal.lines.contains { line in
            if case .department = line.entry { return true }
            if case .addressed = line.entry { return true }
            if case .dialled = line.entry { return true }
            return false
        }
        if !wasForSomebody, !hunt.isOutOfHours { note(.served(by: prompt), floor) }
    }

    private mutating func playBusy(_ hunt: inout Hunt, on floor: inout Floor) {
        if hunt.transferor != nil { return refuse(&hunt, .busy, on: &floor) }
        if !answered.contains(hunt.caller) { hasEarlyMedia = true }
        floor.orders.append(.play(hunt.caller, .tone(.busy, floor.router.office.country)))
        stage = .tone(hunt.caller, until: floor.now.uptime + Self.toneLength, .noAnswer)
    }

    /// The call is dropped: no tone, whatever was heard before.
    private mutating func hangUp(_ hunt: inout Hunt, on floor: inout Floor) {
        if hunt.transferor != nil { return refuse(&hunt, .noAnswer, on: &floor) }
        release(hunt.caller, .noAnswer, on: &floor)
        close(.noAnswer, on: &floor)
    }

    /// Nobody will come. A transferor gets his partner back; a caller is told by the signal, or by the tone if he was answered.
    mutating func refuse(_ hunt: inout Hunt, _ cause: Cause, on floor: inout Floor) {
        if let transferor = hunt.transferor {
            floor.orders.append(.report(transferor, .failed(cause)))
            stage = .talking(hunt.caller, transferor)
            if hunt.isKeyed, let member = floor.employee(transferor) {
                tellInTalk([.transferFailed], transferor, member, on: &floor)
            } else {
                arrangeMedia(on: &floor)
            }
        } else if hunt.recall != nil {
            comeBack(&hunt, cause, on: &floor)
        } else if answered.contains(hunt.caller) {
            floor.orders.append(.play(hunt.caller, .tone(.busy, floor.router.office.country)))
            let length = loan == nil ? Self.toneLength : Self.lentToneLength
            stage = .tone(hunt.caller, until: floor.now.uptime + length, cause)
        } else {
            release(hunt.caller, cause, on: &floor)
            close(cause, on: &floor)
        }
    }
}

extension Target {
    /// Whether the call ends there.
    fileprivate var isEnd: Bool {
        switch self {
        case .prompt, .busy, .drop: true
        case .extension, .department, .external, .scheme, .menu, .conference, .voicemail: false
        }
    }

    fileprivate var isVoicemail: Bool { if case .voicemail = self { true } else { false } }
}
