import Routing
import Telephony

/// A mailbox by telephone: what its owner hears, and what his keys do.
extension Call {
    /// Opens the box to a caller of ours: with its code, or without one from a phone that it belongs to where it has none.
    mutating func visit(_ id: BoxID, _ leg: LegID, on floor: inout Floor) {
        let office = floor.router.office
        var hunt = Hunt(caller: leg)
        guard let box = office.box(id), case .extension(let person) = caller else {
            return refuse(&hunt, .unallocated, on: &floor)
        }
        note(.served(by: "voicemail \(id)"), floor)
        if answered.insert(leg).inserted { floor.orders.append(.answer(leg, matching: nil)) }
        let language = office.extensions[person]?.language ?? office.language
        var visit = MailboxVisit(
            caller: leg, box: box, speaking: Speaking(language), step: .pin(""), until: floor.now.uptime)
        if box.pin == nil {
            guard office.boxesLighting(person).contains(id) else { return sayGoodbye(&visit, .notPermitted, on: &floor) }
            return enterBox(&visit, on: &floor)
        }
        guard floor.locks[id]?.isLocked(at: floor.now.uptime) != true else {
            return sayGoodbye(&visit, .mailboxLocked, on: &floor)
        }
        say(visit.speaking.say(.enterPin), &visit, on: &floor)
    }

    /// `length`: of the recording in it, which may be longer than the box takes today.
    private mutating func say(
        _ clips: [Clip], of length: Duration = .zero, _ visit: inout MailboxVisit, on floor: inout Floor
    ) {
        let speech = floor.newSpeech(clips)
        floor.orders.append(.play(visit.caller, .speech(speech)))
        (visit.speech, visit.until) = (speech.id, floor.now.uptime + Announcing.limit + max(visit.box.limit, length))
        stage = .visit(visit)
    }

    private mutating func sayGoodbye(_ visit: inout MailboxVisit, _ phrase: PromptPhrase, on floor: inout Floor) {
        visit.step = .farewell
        say(visit.speaking.say(phrase, .goodbye), &visit, on: &floor)
    }

    /// Some words, and what may be chosen now.
    private mutating func offer(
        _ step: MailboxVisit.Step, after words: [Clip] = [], _ visit: inout MailboxVisit, on floor: inout Floor
    ) {
        visit.step = step
        say(words + visit.options, &visit, on: &floor)
    }

    /// How many there are, and the first one.
    private mutating func enterBox(_ visit: inout MailboxVisit, on floor: inout Floor) {
        floor.locks[visit.box.id] = nil
        let all = floor.messages.list(visit.box.id)
        let (new, old) = (all.filter { $0.state == .new }, all.filter { $0.state == .heard })
        visit.list = (new + old).map(\.id)
        let speaking = visit.speaking
        guard !all.isEmpty else { return offer(.menu, after: speaking.say(.noMessages), &visit, on: &floor) }
        let counts = [(new.count, Speaking.Noun.newMessage), (old.count, .oldMessage)].filter { $0.0 > 0 }
        let words = speaking.say(.youHave) + counts.flatMap { speaking.count($0.0, $0.1) }
        if new.isEmpty { return offer(.menu, after: words, &visit, on: &floor) }
        play(0, after: words, &visit, on: &floor)
    }

    private mutating func play(
        _ place: Int, after words: [Clip] = [], _ visit: inout MailboxVisit, on floor: inout Floor
    ) {
        guard visit.list.indices.contains(place), let message = floor.messages[visit.list[place]] else {
            return offer(.menu, after: words + visit.speaking.say(.noMoreMessages), &visit, on: &floor)
        }
        visit.step = .message(place)
        let told = visit.told(place, message, in: floor.router.office, at: floor.now)
        say(words + told, of: message.length, &visit, on: &floor)
    }

    private func hear(_ place: Int, _ visit: MailboxVisit, on floor: inout Floor) {
        guard visit.list.indices.contains(place), let message = floor.messages.hear(visit.list[place]) else { return }
        floor.orders.append(.keep(message))
    }

    // MARK: What happens

    mutating func played(_ speech: Int, _ before: MailboxVisit, on floor: inout Floor) {
        guard before.speech == speech else { return }
        var visit = before
        visit.speech = nil
        visit.until = floor.now.uptime + MailboxVisit.keyTime
        switch visit.step {
        case .message(let place):
            hear(place, visit, on: &floor)
            offer(.choices(place), &visit, on: &floor)
        case .prompting: record(&visit, on: &floor)
        case .farewell: leave(visit, on: &floor)
        case .pin, .penalty, .menu, .choices, .greetings, .recording, .saving, .review: stage = .visit(visit)
        }
    }

    mutating func wake(_ before: MailboxVisit, on floor: inout Floor) {
        guard before.until <= floor.now.uptime else { return }
        var visit = before
        switch visit.step {
        case .pin(let digits) where !digits.isEmpty: check(digits, &visit, on: &floor)
        case .penalty:
            visit.step = .pin("")
            say(visit.speaking.say(.wrongPin, .enterPin), &visit, on: &floor)
        case .pin, .menu, .choices, .greetings, .review: wasSilent(&visit, on: &floor)
        case .message(let place): offer(.choices(place), &visit, on: &floor)
        case .prompting: record(&visit, on: &floor)
        case .recording: endRecording(&visit, on: &floor)
        case .saving: offer(.greetings, after: visit.speaking.say(.recordingDiscarded), &visit, on: &floor)
        case .farewell: leave(visit, on: &floor)
        }
    }

    /// Silence is no wrong code: he is asked again, and at last it ends.
    private mutating func wasSilent(_ visit: inout MailboxVisit, on floor: inout Floor) {
        visit.silences += 1
        guard visit.silences < MailboxVisit.silenceLimit else {
            visit.step = .farewell
            return say(visit.speaking.say(.goodbye), &visit, on: &floor)
        }
        if case .pin = visit.step { return say(visit.speaking.say(.enterPin), &visit, on: &floor) }
        say(visit.options, &visit, on: &floor)
    }

    private mutating func check(_ digits: String, _ visit: inout MailboxVisit, on floor: inout Floor) {
        let box = visit.box.id
        guard digits != visit.box.pin || floor.locks[box]?.isLocked(at: floor.now.uptime) == true else {
            return enterBox(&visit, on: &floor)
        }
        if floor.locks[box]?.isLocked(at: floor.now.uptime) != true {
            floor.locks[box, default: PINLock()].fail(at: floor.now.uptime)
        }
        let lock = floor.locks[box] ?? PINLock()
        guard !lock.isLocked(at: floor.now.uptime) else { return sayGoodbye(&visit, .mailboxLocked, on: &floor) }
        floor.orders.append(.quiet(visit.caller))
        (visit.step, visit.speech, visit.until) = (.penalty, nil, floor.now.uptime + lock.penalty)
        stage = .visit(visit)
    }

    // MARK: Keys

    mutating func pressed(_ digit: Digit, _ before: MailboxVisit, on floor: inout Floor) {
        var visit = before
        visit.silences = 0
        switch (visit.step, digit) {
        case (.penalty, _), (.saving, _), (.farewell, _): break
        case (.pin(let digits), .pound):
            if !digits.isEmpty { check(digits, &visit, on: &floor) }
        case (.pin(let digits), _): dialled(digit, after: digits, &visit, on: &floor)
        case (.prompting, _): break
        case (.recording, .pound): endRecording(&visit, on: &floor)
        case (.recording, _): break
        case (.message(let place), _), (.choices(let place), _): chosen(digit, at: place, &visit, on: &floor)
        case (.menu, .d1): play(0, &visit, on: &floor)
        case (.menu, .d9): offer(.greetings, &visit, on: &floor)
        case (.menu, .pound): sayGoodbye(&visit, .thankYou, on: &floor)
        case (.greetings, .d1): promptGreeting(&visit, on: &floor)
        case (.greetings, .d2): greet(nil, .greetingStandard, &visit, on: &floor)
        case (.greetings, .star): offer(.menu, &visit, on: &floor)
        case (.review, .d1): greet(visit.draft, .recordingSaved, &visit, on: &floor)
        case (.review, .d2): listen(&visit, on: &floor)
        case (.review, .d3):
            discard(&visit, on: &floor)
            promptGreeting(&visit, on: &floor)
        case (.review, .star):
            discard(&visit, on: &floor)
            offer(.greetings, after: visit.speaking.say(.recordingDiscarded), &visit, on: &floor)
        case (.menu, _), (.greetings, _), (.review, _):
            offer(visit.step, after: visit.speaking.say(.invalidChoice), &visit, on: &floor)
        }
    }

    private mutating func dialled(_ digit: Digit, after digits: String, _ visit: inout MailboxVisit, on floor: inout Floor) {
        if digits.isEmpty {
            floor.orders.append(.quiet(visit.caller))
            visit.speech = nil
        }
        visit.step = .pin(String((digits + String(digit.rawValue)).prefix(16)))
        visit.until = floor.now.uptime + MailboxVisit.keyTime
        stage = .visit(visit)
    }

    private mutating func chosen(_ digit: Digit, at place: Int, _ visit: inout MailboxVisit, on floor: inout Floor) {
        let id = visit.list[place]
        switch digit {
        case .d1: play(place, &visit, on: &floor)
        case .d4: play(max(0, place - 1), &visit, on: &floor)
        case .d6:
            hear(place, visit, on: &floor)
            play(place + 1, &visit, on: &floor)
        case .d7:
            hear(place, visit, on: &floor)
            let isGone = visit.deleted.insert(id).inserted
            if !isGone { visit.deleted.remove(id) }
            let words = visit.speaking.say(isGone ? .messageDeleted : .messageRestored)
            isGone && place + 1 < visit.list.count
                ? play(place + 1, after: words, &visit, on: &floor) : offer(.choices(place), after: words, &visit, on: &floor)
        case .d8: callBack(id, at: place, &visit, on: &floor)
        case .d9: offer(.greetings, &visit, on: &floor)
        case .star: offer(.menu, &visit, on: &floor)
        case .pound: sayGoodbye(&visit, .thankYou, on: &floor)
        default: offer(.choices(place), after: visit.speaking.say(.invalidChoice), &visit, on: &floor)
        }
    }

    /// Whoever left the message is called as if his number had been dialled, with the rights of the phone; a call of its own.
    private mutating func callBack(_ id: Int, at place: Int, _ visit: inout MailboxVisit, on floor: inout Floor) {
        guard case .extension(let person) = caller, let number = floor.messages[id]?.from, !number.isEmpty,
            case .target = floor.router.dialled(number, by: person).outcome
        else { return offer(.choices(place), after: visit.speaking.say(.notPermitted), &visit, on: &floor) }
        hear(place, visit, on: &floor)
        settle(visit, on: &floor)
        redial = (visit.caller, number)
        close(.normalClearing, on: &floor)
    }

    // MARK: Greeting

    private mutating func promptGreeting(_ visit: inout MailboxVisit, on floor: inout Floor) {
        visit.step = .prompting
        say(visit.speaking.say(.recordGreeting, .beep), &visit, on: &floor)
    }

    private mutating func record(_ visit: inout MailboxVisit, on floor: inout Floor) {
        visit.draft = floor.beginRecording(visit.caller, for: visit.box, from: callerID, call: id, state: .greeting).id
        (visit.step, visit.speech) = (.recording, nil)
        visit.until = floor.now.uptime + visit.box.limit + MailboxStay.recordingSlack
        stage = .visit(visit)
    }

    private mutating func endRecording(_ visit: inout MailboxVisit, on floor: inout Floor) {
        if let clip = visit.clip { floor.orders.append(.endRecording(clip)) }
        (visit.step, visit.until) = (.saving, floor.now.uptime + MailboxStay.savingLimit)
        stage = .visit(visit)
    }

    mutating func recorded(_ length: Duration?, _ before: MailboxVisit, on floor: inout Floor) {
        var visit = before
        guard let length, length > .zero else {
            discard(&visit, on: &floor)
            return offer(.greetings, after: visit.speaking.say(.recordingDiscarded), &visit, on: &floor)
        }
        listen(&visit, on: &floor)
    }

    private mutating func listen(_ visit: inout MailboxVisit, on floor: inout Floor) {
        offer(.review, after: visit.draft.map { [VoiceMessage.clip($0)] } ?? [], &visit, on: &floor)
    }

    private func discard(_ visit: inout MailboxVisit, on floor: inout Floor) {
        if let draft = visit.draft { floor.erase(draft) }
        visit.draft = nil
    }

    private mutating func greet(
        _ recording: Int?, _ phrase: PromptPhrase, _ visit: inout MailboxVisit, on floor: inout Floor
    ) {
        let before = floor.messages.greet(visit.box.id, with: recording)
        visit.draft = nil
        floor.orders.append(.greet(visit.box.id, with: recording))
        if let before { floor.orders.append(.erase(before)) }
        offer(.menu, after: visit.speaking.say(phrase), &visit, on: &floor)
    }

    // MARK: The end

    mutating func ended(_ visit: MailboxVisit, on floor: inout Floor) {
        settle(visit, on: &floor)
        close(.normalClearing, on: &floor)
    }

    private mutating func leave(_ visit: MailboxVisit, on floor: inout Floor) {
        settle(visit, on: &floor)
        release(visit.caller, .normalClearing, on: &floor)
        close(.normalClearing, on: &floor)
    }

    /// What he deleted is gone now, and so is what he spoke and did not accept.
    private func settle(_ visit: MailboxVisit, on floor: inout Floor) {
        for id in visit.deleted.sorted() { floor.erase(id) }
        if let draft = visit.draft { floor.erase(draft) }
    }
}

extension Switchboard {
    /// Whoever calls back from his mailbox begins a call of his own, on the line that he has.
    mutating func callBack(_ number: String, on leg: LegID, after call: Call) {
        let id = newCall()
        let offer = Offer(caller: call.caller, callerID: call.callerID, dialled: number)
        callOf[leg] = id
        act(on: id, Call(id, offer)) { next, floor in
            next.answered.insert(leg)
            next.begin(leg, offer, on: &floor)
        }
    }

    /// Somebody hears or deletes a message otherwise than by telephone; gives the orders that follow.
    public mutating func carryOut(_ order: MessageOrder, on id: Int, at moment: Moment) -> [Order] {
        floor.now = moment
        switch order {
        case .hear: if let message = floor.messages.hear(id) { floor.orders.append(.keep(message)) }
        case .erase: if floor.messages[id]?.isKept == true { floor.erase(id) }
        }
        defer { floor.orders = [] }
        return floor.orders
    }
}
