import Routing
import Telephony

/// A caller at an answering machine: he hears the greeting, and what he says after the tone is kept.
///
///     greeting ─▶ recording ─#, limit, hang-up▶ saving ─▶ thanks ─▶ over
///         ▲                                        │ too short
///         └────────────────────────────────────────┘
struct MailboxStay: Sendable {
    /// How far he is.
    enum Step: Equatable, Sendable {
        /// He hears the greeting and the tone.
        case greeting(speech: Int)
        /// He speaks.
        case recording
        /// It is on its way to the disk.
        case saving
        /// He hears how it came out; the call ends with this cause.
        case farewell(speech: Int, Cause)
    }

    var caller: LegID
    /// Why he is not there any more.
    var hasLeft: Cause?
    var box: VoicemailBox
    /// The message that he speaks, or spoke last.
    var message: Int?
    /// How often he was asked to speak.
    var tries = 1
    var step: Step
    /// When the step has taken too long.
    var until: Instant

    /// How often a caller is asked to speak who says too little.
    static let tryLimit = 3
    /// More than the disk ever takes.
    static let savingLimit = Duration.seconds(10)
    /// How much later than its limit a recording may tell of its end.
    static let recordingSlack = Duration.seconds(5)

    /// The clip that is recorded or saved.
    var clip: Clip? {
        switch step {
        case .recording, .saving: message.map(VoiceMessage.clip)
        case .greeting, .farewell: nil
        }
    }

    var legs: [LegID] { hasLeft == nil ? [caller] : [] }
}

extension Call {
    /// The caller is answered by the machine of this box. That is nobody: he has not been answered by the office.
    mutating func enterVoicemail(_ id: BoxID, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let box = floor.router.office.box(id) else { return refuse(&hunt, .unallocated, on: &floor) }
        letGo(of: &hunt, on: &floor)
        note(.voicemail(box: id), floor)
        explain(.voicemail, .taken, Catalogue.takesMessage(id, box.name), floor)
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: nil)) }
        let stay = MailboxStay(caller: hunt.caller, box: box, step: .saving, until: floor.now.uptime)
        ask(stay, greeting(of: box, floor), on: &floor)
    }

    /// His own words as he spoke them by telephone, else the prompt that the configuration names, else the product's.
    private func greeting(of box: VoicemailBox, _ floor: Floor) -> [Clip] {
        if let recorded = floor.messages.greetings[box.id] { return [VoiceMessage.clip(recorded)] }
        if let prompt = box.greeting { return [floor.router.office.clip(ofPrompt: prompt)] }
        return Speaking(floor.router.office.language).say(.notAvailable, .leaveMessage)
    }

    /// These words, and the tone.
    private mutating func ask(_ stay: MailboxStay, _ words: [Clip], on floor: inout Floor) {
        var stay = stay
        let speech = floor.newSpeech(words + Speaking(floor.router.office.language).say(.beep))
        floor.orders.append(.play(stay.caller, .speech(speech)))
        (stay.step, stay.until) = (.greeting(speech: speech.id), floor.now.uptime + Announcing.limit)
        stage = .mailbox(stay)
    }

    // MARK: What happens to him

    mutating func wake(_ stay: MailboxStay, on floor: inout Floor) {
        guard stay.until <= floor.now.uptime else { return }
        switch stay.step {
        case .greeting: record(stay, on: &floor)
        case .recording: endRecording(stay, on: &floor)
        // The disk hangs. Should it still come round the message is kept, but nobody is told of it by this call.
        case .saving: saved(stay, length: nil, on: &floor)
        case .farewell(_, let cause): leave(stay, cause, on: &floor)
        }
    }

    mutating func played(_ speech: Int, _ stay: MailboxStay, on floor: inout Floor) {
        switch stay.step {
        case .greeting(speech): record(stay, on: &floor)
        case .farewell(speech, let cause): leave(stay, cause, on: &floor)
        case .greeting, .recording, .saving, .farewell: break
        }
    }

    /// `#` goes on: over the greeting to the tone, and from the message to its end.
    mutating func pressed(_ digit: Digit, _ stay: MailboxStay, on floor: inout Floor) {
        guard digit == .pound else { return }
        switch stay.step {
        case .greeting: ask(stay, [], on: &floor)
        case .recording: endRecording(stay, on: &floor)
        case .saving, .farewell: break
        }
    }

    private mutating func record(_ stay: MailboxStay, on floor: inout Floor) {
        var stay = stay
        stay.message = floor.beginRecording(stay.caller, for: stay.box, from: callerID, call: id).id
        (stay.step, stay.until) = (.recording, floor.now.uptime + stay.box.limit + MailboxStay.recordingSlack)
        stage = .mailbox(stay)
    }

    private mutating func endRecording(_ stay: MailboxStay, on floor: inout Floor) {
        var stay = stay
        if let clip = stay.clip { floor.orders.append(.endRecording(clip)) }
        (stay.step, stay.until) = (.saving, floor.now.uptime + MailboxStay.savingLimit)
        stage = .mailbox(stay)
    }

    /// He has hung up. What he said ends with his leg, and the call with what becomes of it.
    mutating func ended(_ cause: Cause, _ stay: MailboxStay, on floor: inout Floor) {
        var stay = stay
        stay.hasLeft = cause
        switch stay.step {
        case .greeting: close(hasTalked ? cause : Self.givenUp(cause), on: &floor)
        case .farewell(_, let reason): close(reason, on: &floor)
        case .recording, .saving:
            floor.orders.append(.awaitRecord(id))
            if stay.step == .recording { stay.until = floor.now.uptime + MailboxStay.savingLimit }
            stay.step = .saving
            stage = .mailbox(stay)
        }
    }

    /// What he said is on the disk, or is too little, or cannot be written.
    mutating func recorded(_ length: Duration?, _ stay: MailboxStay, on floor: inout Floor) {
        let message = stay.message.flatMap { floor.finishMessage($0, length: length) }
        if let message { note(.message(message.id), floor) }
        saved(stay, length: length == nil ? nil : message?.length ?? .zero, on: &floor)
    }

    /// `length`: nil where the disk refused it, zero where it is no message.
    private mutating func saved(_ stay: MailboxStay, length: Duration?, on floor: inout Floor) {
        let isMessage = (length ?? .zero) > .zero
        if let cause = stay.hasLeft {
            return close(isMessage || hasTalked ? cause : Self.givenUp(cause), on: &floor)
        }
        let speaking = Speaking(floor.router.office.language)
        guard length != nil else { return sayGoodbye(stay, speaking.say(.mailboxFull), .noAnswer, on: &floor) }
        if isMessage { return sayGoodbye(stay, speaking.say(.thankYou, .goodbye), .normalClearing, on: &floor) }
        guard stay.tries < MailboxStay.tryLimit else {
            return sayGoodbye(stay, speaking.say(.goodbye), .noAnswer, on: &floor)
        }
        var stay = stay
        stay.tries += 1
        ask(stay, speaking.say(.messageTooShort), on: &floor)
    }

    private mutating func sayGoodbye(_ stay: MailboxStay, _ words: [Clip], _ cause: Cause, on floor: inout Floor) {
        var stay = stay
        let speech = floor.newSpeech(words)
        floor.orders.append(.play(stay.caller, .speech(speech)))
        (stay.step, stay.until) = (.farewell(speech: speech.id, cause), floor.now.uptime + Announcing.limit)
        stage = .mailbox(stay)
    }

    private mutating func leave(_ stay: MailboxStay, _ cause: Cause, on floor: inout Floor) {
        release(stay.caller, .normalClearing, on: &floor)
        close(cause, on: &floor)
    }
}

extension Switchboard {
    /// A recording is over: the call that waits for it goes on. One whose call has given it up is kept all the same.
    mutating func recorded(_ clip: Clip, _ length: Duration?) {
        if let (id, call) = calls.first(where: { $0.value.recordedClip == clip }) {
            return act(on: id, call) { call, floor in call.recorded(length, on: &floor) }
        }
        if let call = CallRecording.call(clip) {
            guard let length, length > .zero else { return }
            return floor.orders.append(.recorded(CallRecording(call: call, at: floor.now.utc, length: length)))
        }
        guard let number = clip.messageNumber else { return }
        _ = floor.finishMessage(number, length: length)
    }
}

extension Call {
    /// What is recorded or saved for it now.
    fileprivate var recordedClip: Clip? {
        switch stage {
        case .mailbox(let stay): stay.clip
        case .visit(let visit): visit.clip
        case .lookingUp, .hunting, .menu, .announcing, .feature, .conference, .paging, .callingBack, .talking,
            .consulting, .parked, .tone, .over:
            nil
        }
    }

    fileprivate mutating func recorded(_ length: Duration?, on floor: inout Floor) {
        switch stage {
        case .mailbox(let stay): recorded(length, stay, on: &floor)
        case .visit(let visit): recorded(length, visit, on: &floor)
        case .lookingUp, .hunting, .menu, .announcing, .feature, .conference, .paging, .callingBack, .talking,
            .consulting, .parked, .tone, .over:
            break
        }
    }
}

extension Clip {
    /// The number of the message that it is.
    fileprivate var messageNumber: Int? {
        let parts = name.split(separator: "/")
        return parts.count == 2 && parts[0] == VoiceMessage.folder ? Int(parts[1]) : nil
    }
}
