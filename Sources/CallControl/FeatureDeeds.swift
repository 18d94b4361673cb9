import Routing
import Telephony

/// What each code does, and what is said of how things stand then.
extension Floor {
    /// How long a phone may ring before the call goes on, in seconds, where it is set by a code.
    private static let ringingTimes = 5...3600

    /// Speaks the employee's language.
    func speaking(to number: ExtensionNumber) -> Speaking {
        Speaking(router.office.extensions[number]?.language ?? router.office.language)
    }

    /// Does what can be done here, and tells what has to be changed in the configuration.
    mutating func carryOut(_ dialled: FeatureOrder, by person: Extension) -> FeatureAnswer {
        var order = dialled
        if order.act == .toggle { order.act = isOn(order, of: person.number) ? .off : .on }
        switch order.feature {
        case .forwardAlways, .forwardNoAnswer, .forwardBusy, .forwardUnreachable: return forward(order, of: person)
        case .absence: return setAbsence(order, of: person)
        case .doNotDisturb:
            if order.act != .ask { mark(person.number, .undisturbed, order.act == .on) }
            return .done
        case .pause:
            if order.act != .ask { mark(person.number, .paused, order.act == .on) }
            if order.act == .off { resume(person.number) }
            return .done
        case .login: return logIn(order, person)
        case .night:
            guard let key = nightKey(order) else { return .refused(.unknownCode, Catalogue.noSuchNightKey) }
            if order.act != .ask { press(key, order.act == .on) }
            return .done
        case .ownClient: return own(order, person)
        case .missed: return returnMissed(order, person)
        case .recordPrompt: return dictate(order, person)
        case .pickup, .whoAmI, .time: return .done
        // What is left of it here is a number that nobody has.
        case .intercom: return .refused(.invalid, Catalogue.noRouteTakes(order.argument(0) ?? ""))
        case .echo: return .echo
        case .testTone: return .testTone
        }
    }

    /// Whether what the code switches is on for him now.
    func isOn(_ order: FeatureOrder, of number: ExtensionNumber) -> Bool {
        switch order.feature {
        case .doNotDisturb: isMarked(number, .undisturbed)
        case .pause: isMarked(number, .paused)
        case .login: !departments(order, number).contains { isMarked(number, .loggedOut($0)) }
        case .night: isNight(nightKey(order))
        case .forwardAlways, .forwardNoAnswer, .forwardBusy, .forwardUnreachable, .absence, .ownClient, .missed, .recordPrompt,
            .pickup, .whoAmI, .time, .echo, .testTone, .intercom:
            false
        }
    }

    // MARK: His rules

    private func forward(_ order: FeatureOrder, of person: Extension) -> FeatureAnswer {
        let rule = "extension \(person.number) \(Self.key(order.feature))"
        switch order.act {
        case .ask: return .done
        case .off: return .change(isForwarded(order.feature, person) ? ["delete \(rule)"] : [])
        case .on, .toggle: break
        }
        guard let number = order.argument(0) else { return .refused(.unknownCode, Catalogue.codeNeedsNumber) }
        if number == person.number { return .refused(.refused, Catalogue.loop("\(number)→\(number)")) }
        let decision = router.dialled(number, by: person.number)
        switch decision.outcome {
        case .refused(let cause):
            let why = decision.because.last ?? Explanation(.route, .refused, Catalogue.noRouteTakes(number))
            return .refused(cause == .forbidden ? .notAllowed : .invalid, why)
        // A box is reached by its number only to be listened to; calls are sent there by "voicemail". Parking takes talks, paging a speaker.
        case .mailbox, .parking, .paging:
            return .refused(.invalid, Explanation(.extension, .refused, Catalogue.noRouteTakes(number)))
        case .target(let target):
            guard order.feature == .forwardNoAnswer else { return .change(["set \(rule) to \(target)"]) }
            guard let seconds = ringingTime(order, of: person) else { return .refused(.unknownCode, Catalogue.badRingingTime) }
            return .change(["set \(rule) after \(seconds)s to \(target)"])
        }
    }

    private func isForwarded(_ feature: Feature, _ person: Extension) -> Bool {
        feature == .forwardNoAnswer ? !person.noAnswer.isEmpty : target(of: feature, person) != nil
    }

    /// The time that was dialled, else the one that holds.
    private func ringingTime(_ order: FeatureOrder, of person: Extension) -> Int? {
        if let dialled = order.argument(2) { return Int(dialled).flatMap { Self.ringingTimes.contains($0) ? $0 : nil } }
        return Int(clamping: max(1, router.noAnswerChain(of: person.number)[0].after.components.seconds))
    }

    private static func key(_ feature: Feature) -> String {
        switch feature {
        case .forwardNoAnswer: "no-answer"
        case .forwardBusy: "on-busy"
        case .forwardUnreachable: "on-unreachable"
        case .forwardAlways, .absence, .doNotDisturb, .login, .pause, .night, .ownClient, .missed, .recordPrompt, .pickup,
            .intercom, .whoAmI, .time, .echo, .testTone:
            "forward"
        }
    }

    private func target(of feature: Feature, _ person: Extension) -> Target? {
        switch feature {
        case .forwardNoAnswer: person.noAnswer.first?.target
        case .forwardBusy: person.onBusy
        case .forwardUnreachable: person.onUnreachable
        case .forwardAlways, .absence, .doNotDisturb, .login, .pause, .night, .ownClient, .missed, .recordPrompt, .pickup,
            .intercom, .whoAmI, .time, .echo, .testTone:
            person.forward
        }
    }

    /// From today until the day that was dialled; what held today before is taken back.
    private func setAbsence(_ order: FeatureOrder, of person: Extension) -> FeatureAnswer {
        if order.act == .ask { return .done }
        guard now.clockTrust == .trusted else { return .refused(.tryAgain, Catalogue.clockUnknown) }
        let today = now.civil.dayNumber
        let present = person.absences.filter { ($0.first...$0.last).contains(today) }
        let deletions = present.map { absence -> String in
            let line = absence.line(of: person.number)
            return "delete " + line.split(separator: " ").dropFirst().prefix(4).joined(separator: " ")
        }
        if order.act == .off { return .change(deletions) }
        guard let last = order.argument(0).flatMap({ day($0) }) else { return .refused(.unknownCode, Catalogue.badDay) }
        var absence = Absence(first: today, last: last)
        if let number = order.argument(1) {
            let decision = router.dialled(number, by: person.number)
            guard case .target(let target) = decision.outcome, number != person.number else {
                return .refused(decision.outcome == .refused(.forbidden) ? .notAllowed : .invalid, Catalogue.noSubstitute(number))
            }
            absence.target = target
        }
        return .change(deletions + [absence.line(of: person.number)])
    }

    /// The next day of this date, `DDMM`, today included.
    private func day(_ text: String) -> Int? {
        guard text.utf8.count == 4, let number = Int(text) else { return nil }
        let today = now.civil
        for year in today.year...(today.year + 4) {
            let date = CivilTime(year: year, month: number % 100, day: number / 100)
            let isDate = (1...12).contains(date.month) && CivilTime(utc: date.utc, offset: 0).day == date.day
            if isDate, date.day > 0, date.dayNumber >= today.dayNumber { return date.dayNumber }
        }
        return nil
    }

    // MARK: Departments, night, clients

    /// The departments that the code is about: the one of the number, or all of his.
    private func departments(_ order: FeatureOrder, _ number: ExtensionNumber) -> [DepartmentID] {
        let own = router.office.departments.values.filter { department in department.members.contains { $0.number == number } }
        return own.filter { order.argument(0) == nil || $0.number == order.argument(0) }.map(\.id).sorted()
    }

    private mutating func logIn(_ order: FeatureOrder, _ person: Extension) -> FeatureAnswer {
        let departments = departments(order, person.number)
        if departments.isEmpty { return .refused(.notPermitted, Catalogue.notOfThatDepartment(person.number)) }
        if order.act != .ask { for id in departments { mark(person.number, .loggedOut(id), order.act == .off) } }
        return .done
    }

    /// The key that was dialled, or the only one that there is.
    func nightKey(_ order: FeatureOrder) -> String? {
        let keys = Set(router.office.schemes.values.compactMap(\.nightKey))
        if let key = order.argument(0) { return keys.contains(key) ? key : nil }
        return keys.count == 1 ? keys.first : nil
    }

    /// The client whom he talked to last becomes his, or a colleague's.
    private mutating func own(_ order: FeatureOrder, _ person: Extension) -> FeatureAnswer {
        let owner = order.argument(0) ?? person.number
        guard router.office.extensions[owner] != nil else {
            return .refused(.invalid, Catalogue.unknownTarget("extension \(owner)"))
        }
        switch router.office.owners.source {
        case .hook(let id): return .refused(.notPermitted, Catalogue.ownersAreElsewhere(id))
        case .book: break
        }
        guard let client = lastClients[person.number] else { return .refused(.refused, Catalogue.noLastClient) }
        orders.append(.own(client: client.digits, name: client.name, owner))
        return .done
    }

    /// The client who has waited longest for a call of his, or of a department of his, is called: nobody else's are his business.
    private func returnMissed(_ order: FeatureOrder, _ person: Extension) -> FeatureAnswer {
        guard let number = order.argument(0), number != person.number else { return .askOwed(.extension(person.number)) }
        guard let department = departments(order, person.number).first else {
            return .refused(.notPermitted, Catalogue.notOfThatDepartment(person.number))
        }
        return .askOwed(.department(department))
    }

    /// The prompt that is dialled by this number, spoken by an employee who may, and by one at a time.
    private func dictate(_ order: FeatureOrder, _ person: Extension) -> FeatureAnswer {
        guard let number = order.argument(0) else { return .refused(.unknownCode, Catalogue.codeNeedsNumber) }
        guard case .prompt(let id)? = router.office.serviceNumbers[number] else {
            return .refused(.invalid, Catalogue.noPromptHas(number))
        }
        guard router.office.promptSpeakers[id]?.contains(person.number) == true else {
            return .refused(.notPermitted, Catalogue.mayNotSpeak(person.number, id))
        }
        guard dictated[id] == nil else { return .refused(.tryAgain, Catalogue.promptIsSpoken(id)) }
        return .dictate(id, number: number)
    }

    // MARK: How things stand

    /// What is said of how things stand.
    func status(_ order: FeatureOrder, of number: ExtensionNumber) -> [Clip] {
        let speaking = speaking(to: number)
        guard let person = router.office.extensions[number] else { return speaking.say(.refused) }
        switch order.feature {
        case .forwardAlways: return forwarding(.forwardingAlways, person.forward, speaking)
        case .forwardNoAnswer: return forwarding(.forwardingNoAnswer, person.noAnswer.first?.target, speaking)
        case .forwardBusy: return forwarding(.forwardingBusy, person.onBusy, speaking)
        case .forwardUnreachable: return forwarding(.forwardingUnreachable, person.onUnreachable, speaking)
        case .absence:
            guard let absence = router.absence(of: number, at: now) else { return speaking.say(.absenceOff) }
            return speaking.say(.absenceUntil) + speaking.date(CivilTime(utc: Int64(absence.last) * 86_400_000, offset: 0))
        case .doNotDisturb: return speaking.say(isMarked(number, .undisturbed) ? .dndOn : .dndOff)
        case .pause: return speaking.say(isMarked(number, .paused) ? .pauseOn : .pauseOff)
        case .login:
            let isOut = departments(order, number).contains { isMarked(number, .loggedOut($0)) }
            return speaking.say(isOut ? .loggedOut : .loggedIn)
        case .night: return speaking.say(isNight(nightKey(order)) ? .nightOn : .nightOff)
        case .ownClient, .missed, .recordPrompt, .pickup, .echo, .testTone, .intercom: return speaking.say(.done)
        case .whoAmI: return speaking.say(.yourNumber) + speaking.figures(number)
        case .time: return speaking.say(.timeIs) + speaking.timeOfDay(now.civil)
        }
    }

    private func forwarding(_ phrase: PromptPhrase, _ target: Target?, _ speaking: Speaking) -> [Clip] {
        guard let target else { return speaking.say(phrase, .isOff) }
        guard let number = number(of: target) else { return speaking.say(phrase, .isOn) }
        return speaking.say(phrase, .isOnToNumber) + speaking.telephone(PhoneNumber(number, country: router.office.country))
    }

    /// The number that reaches it; nil: it has none.
    private func number(of target: Target) -> String? {
        switch target {
        case .extension(let number), .external(let number): number
        case .department(let id): router.office.departments[id]?.number
        case .scheme, .menu, .prompt, .conference, .voicemail, .busy, .drop: nil
        }
    }
}
