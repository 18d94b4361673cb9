import Routing
import Telephony

/// A caller in a menu: he hears it and presses keys, at any time.
struct MenuVisit: Sendable {
    var hunt: Hunt
    /// Where he is, and the menus that he came by.
    var menu: MenuID, path: [MenuID] = []
    /// What he hears; nil: nothing, and keys are waited for.
    var speech: Int?
    /// What he has pressed and is not clear yet, and when it is taken as all of it.
    var digits = "", digitsEnd: Instant?
    /// When he has been silent for too long.
    var silenceEnds: Instant?
    /// How often the menu was said in vain, how often a key meant nothing, and all keys so far.
    var plays = 0, mistakes = 0, keys = 0

    /// How long the menu waits for a key where it does not say.
    static let patience = Duration.seconds(5)
    /// How long after a key another one may come that makes a longer number of it.
    static let digitTime = Duration.seconds(2)
    /// How often a menu is said to somebody who does nothing, how many wrong keys it takes, and how many keys at all.
    static let playLimit = 3, mistakeLimit = 3, keyLimit = 100

    /// When it wants to be woken.
    var deadline: Instant? { [digitsEnd, silenceEnds].compactMap { $0 }.min() }
}

extension Call {
    /// The caller is answered and hears the menu. One who was transferred there is the transferor's no longer.
    mutating func enterMenu(_ id: MenuID, path: [MenuID] = [], _ hunt: inout Hunt, on floor: inout Floor) {
        guard let menu = floor.router.office.menus[id] else { return refuse(&hunt, .unallocated, on: &floor) }
        note(.menu(id), floor)
        explain(.menu, .taken, Catalogue.menuTakes(id), line: "set menu \(id)", floor)
        letGo(of: &hunt, on: &floor)
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: nil)) }
        say(menu, MenuVisit(hunt: hunt, menu: id, path: path), on: &floor)
    }

    /// Whoever transferred the caller has done so: what he hears now is ours.
    mutating func letGo(of hunt: inout Hunt, on floor: inout Floor) {
        guard let transferor = hunt.transferor else { return }
        hunt.transferor = nil
        if conversation?.leg == transferor { endConversation(on: &floor) }
        floor.orders.append(.report(transferor, .succeeded))
        release(transferor, .normalClearing, on: &floor)
    }

    /// Says the menu, after `before`.
    private mutating func say(_ menu: Menu, before: [Clip] = [], _ visit: MenuVisit, on floor: inout Floor) {
        var visit = visit
        let clips = before + (menu.prompt.map { [floor.router.office.clip(ofPrompt: $0)] } ?? [])
        (visit.digits, visit.digitsEnd, visit.silenceEnds) = ("", nil, nil)
        visit.plays += 1
        if clips.isEmpty {
            visit.speech = nil
            visit.silenceEnds = floor.now.uptime + patience(of: menu)
        } else {
            let speech = floor.newSpeech(clips)
            visit.speech = speech.id
            floor.orders.append(.play(visit.hunt.caller, .speech(speech)))
        }
        alerted = false
        stage = .menu(visit)
    }

    private func patience(of menu: Menu) -> Duration { menu.silence?.limit ?? MenuVisit.patience }

    // MARK: What happens in it

    mutating func played(_ speech: Int, in visit: MenuVisit, on floor: inout Floor) {
        guard visit.speech == speech, let menu = floor.router.office.menus[visit.menu] else { return }
        var visit = visit
        visit.speech = nil
        if visit.digits.isEmpty { visit.silenceEnds = floor.now.uptime + patience(of: menu) }
        stage = .menu(visit)
    }

    mutating func wake(_ visit: MenuVisit, on floor: inout Floor) {
        let now = floor.now.uptime
        // A menu that a new configuration took away ends politely.
        guard let menu = floor.router.office.menus[visit.menu] else { return sayGoodbye(visit, on: &floor) }
        if let end = visit.digitsEnd, end <= now {
            choose(visit.digits, in: menu, visit, on: &floor)
        } else if let end = visit.silenceEnds, end <= now {
            if let silence = menu.silence {
                leave(for: silence.target, visit, on: &floor)
            } else if visit.plays < MenuVisit.playLimit {
                say(menu, visit, on: &floor)
            } else {
                sayGoodbye(visit, on: &floor)
            }
        }
    }

    /// A key interrupts what is said (barge-in).
    mutating func pressed(_ digit: Digit, in visit: MenuVisit, on floor: inout Floor) {
        guard let menu = floor.router.office.menus[visit.menu] else { return sayGoodbye(visit, on: &floor) }
        var visit = visit
        visit.keys += 1
        guard visit.keys <= MenuVisit.keyLimit else { return sayGoodbye(visit, on: &floor) }
        if visit.speech != nil { floor.orders.append(.quiet(visit.hunt.caller)) }
        (visit.speech, visit.silenceEnds, visit.plays) = (nil, nil, 0)
        visit.digits.append(digit.rawValue)
        if menu.dialsNumbers, floor.router.isCompleteNumber(visit.digits) {
            choose(visit.digits, in: menu, visit, on: &floor)
        } else if menu.dialsNumbers, floor.router.isBeginning(visit.digits) {
            visit.digitsEnd = floor.now.uptime + MenuVisit.digitTime
            stage = .menu(visit)
        } else {
            choose(visit.digits, in: menu, visit, on: &floor)
        }
    }

    /// All that he pressed: a number inside, a key, or nothing that means anything here.
    private mutating func choose(_ digits: String, in menu: Menu, _ visit: MenuVisit, on floor: inout Floor) {
        if menu.dialsNumbers, let target = floor.router.inside(digits) {
            explain(.menu, .taken, Catalogue.dialledMeanwhile(digits), line: "set menu \(menu.id) extensions on", floor)
            return leave(for: target, visit, on: &floor)
        }
        guard let digit = digits.first.flatMap(Digit.init), let choice = menu.keys[digit] else {
            return mistake(in: menu, visit, on: &floor)
        }
        // Whoever knows the way presses "2 1" faster than a number could be told from it: these were keys, one after the other.
        if digits.count > 1 { return chooseInTurn(digits, in: menu, visit, on: &floor) }
        switch choice {
        case .say(let prompt):
            explain(.menu, .taken, Catalogue.keyPressed(digits), line: "set menu \(menu.id) key \(digits) say \(prompt)", floor)
            var visit = visit
            visit.hunt.isOutOfHours = false
            noteServed(by: prompt, visit.hunt, floor)
            say(menu, before: [floor.router.office.clip(ofPrompt: prompt)], visit, on: &floor)
        case .again:
            say(menu, visit, on: &floor)
        case .back:
            var visit = visit
            visit.menu = visit.path.popLast() ?? visit.menu
            guard let before = floor.router.office.menus[visit.menu] else { return sayGoodbye(visit, on: &floor) }
            say(before, visit, on: &floor)
        case .target(let target):
            explain(.menu, .taken, Catalogue.keyPressed(digits), line: "set menu \(menu.id) key \(digits) to \(target)", floor)
            var hunt = visit.hunt
            // His own keys are no loop: the hops of a call begin anew.
            (hunt.hops, hunt.isOutOfHours) = (0, false)
            switch target {
            case .menu(let next): enterMenu(next, path: visit.path + [visit.menu], &hunt, on: &floor)
            case .extension, .department, .external, .scheme, .prompt, .conference, .voicemail, .busy, .drop:
                enter(target, chain: [], &hunt, on: &floor)
            }
        }
    }

    /// Each key does what it does where the one before has led to.
    private mutating func chooseInTurn(_ digits: String, in menu: Menu, _ visit: MenuVisit, on floor: inout Floor) {
        choose(String(digits.prefix(1)), in: menu, visit, on: &floor)
        for digit in digits.dropFirst().compactMap(Digit.init) { pressed(visit.hunt.caller, digit, on: &floor) }
    }

    private mutating func mistake(in menu: Menu, _ visit: MenuVisit, on floor: inout Floor) {
        var visit = visit
        visit.mistakes += 1
        if let invalid = menu.invalid, visit.mistakes >= invalid.limit { return leave(for: invalid.target, visit, on: &floor) }
        if menu.invalid == nil, visit.mistakes >= MenuVisit.mistakeLimit { return sayGoodbye(visit, on: &floor) }
        say(menu, before: floor.speaking.say(.invalidChoice), visit, on: &floor)
    }

    private mutating func leave(for target: Target, _ visit: MenuVisit, on floor: inout Floor) {
        var hunt = visit.hunt
        enter(target, chain: [], &hunt, on: &floor)
    }

    private mutating func sayGoodbye(_ visit: MenuVisit, on floor: inout Floor) {
        announce(floor.speaking.say(.goodbye), visit.hunt, then: .enter(.drop, chain: []), on: &floor)
    }
}
