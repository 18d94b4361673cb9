import Routing
import Telephony

/// The exchange itself rings a telephone of ours, and does something with whoever answers; a prompt may also be spoken by whoever dials
/// the code for it.
///
///     prompt:  ringing ─▶ prompting ─tone─▶ recording ─#─▶ saving ─▶ review ─1─▶ farewell
///                 code ───▲
///     voice:   ringing ─▶ testing (a tone) ─▶ explaining ─▶ echoing ─▶ farewell
public struct HouseCall: Sendable {
    /// What it is for.
    public enum Purpose: Hashable, Sendable {
        /// A prompt of the office is spoken, heard and accepted.
        case prompt(String)
        /// The voice of his telephone is measured.
        case voice

        /// As records name it.
        public var text: String {
            switch self {
            case .prompt(let id): "prompt \(id)"
            case .voice: "diagnose audio"
            }
        }
    }

    /// How far it is.
    enum Step: Equatable, Sendable {
        /// The telephone rings.
        case ringing
        /// He is told to speak after the tone; he speaks; it is on its way to the disk.
        case prompting, recording, saving
        /// He has heard it and may accept it.
        case review
        /// He hears a tone; he is told of the echo; he hears himself, and that is recorded.
        case testing, explaining, echoing
        /// He hears that it is over.
        case farewell
    }

    let purpose: Purpose
    let person: ExtensionNumber
    let leg: LegID
    let speaking: Speaking
    var step = Step.ringing
    /// What he hears, while he does.
    var speech: Int?
    /// How often in a row he did nothing, or nothing could be heard of him.
    var silences = 0
    /// When something happens by itself.
    var until: Instant

    /// How long it rings, how long a key is waited for, and how often in a row.
    static let ringingTime = Duration.seconds(30), keyTime = Duration.seconds(5), silenceLimit = 3
    /// How long the tone and the echo are heard: RTCP reports come every five seconds or so.
    static let toneTime = Duration.seconds(6), echoTime = Duration.seconds(12)

    /// What he speaks before he accepts it; no prompt can have this id.
    public static func draft(of prompt: String) -> Clip { .own("_" + prompt) }
    /// What is said into the telephone of this extension while it is measured.
    public static func sample(of number: ExtensionNumber) -> Clip { .own("_voice-" + number) }

    /// The clip that is recorded or saved.
    var clip: Clip? {
        switch (step, purpose) {
        case (.recording, .prompt(let id)), (.saving, .prompt(let id)): Self.draft(of: id)
        case (.echoing, .voice): Self.sample(of: person)
        case (.ringing, _), (.prompting, _), (.recording, _), (.saving, _), (.review, _), (.testing, _), (.explaining, _),
            (.echoing, _), (.farewell, _):
            nil
        }
    }
}

extension Speaking {
    /// What may be done with something that was just recorded, each with its key.
    var reviewChoices: [Clip] {
        let choices: [(PromptPhrase, Digit)] = [
            (.toAccept, .d1), (.toListenRecording, .d2), (.toRerecord, .d3), (.toCancel, .star),
        ]
        return choices.flatMap { say($0.0) + key($0.1) }
    }
}

extension Call {
    /// Rings the telephone.
    mutating func begin(_ purpose: HouseCall.Purpose, at person: ExtensionNumber, on floor: inout Floor) {
        note(.arrived(.internal, from: person, name: callerID.name, to: purpose.text), floor)
        note(.served(by: purpose.text), floor)
        guard floor.registered.contains(person) else { return giveUp(purpose, person, on: &floor) }
        let leg = floor.newLeg(), office = floor.router.office
        floor.engage(leg, .extension(person), in: id)
        floor.orders.append(.dial(leg, .extension(person), as: CallerID(number: person, name: purpose.text), for: leg))
        let speaking = Speaking(office.extensions[person]?.language ?? office.language)
        stage = .house(
            HouseCall(
                purpose: purpose, person: person, leg: leg, speaking: speaking,
                until: floor.now.uptime + HouseCall.ringingTime))
    }

    /// Nobody took it: there is no record, but whoever waits for a measurement is told.
    private mutating func giveUp(_ purpose: HouseCall.Purpose, _ person: ExtensionNumber, on floor: inout Floor) {
        stage = .over
        switch purpose {
        case .prompt: break
        case .voice: floor.orders.append(.untested(person))
        }
    }

    private mutating func say(_ clips: [Clip], _ step: HouseCall.Step, _ before: HouseCall, on floor: inout Floor) {
        var house = before
        let speech = floor.newSpeech(clips)
        floor.orders.append(.play(house.leg, .speech(speech)))
        (house.step, house.speech) = (step, speech.id)
        house.until = floor.now.uptime + MailboxStay.recordingSlack + PromptRecording.longest
        stage = .house(house)
    }

    private mutating func go(_ step: HouseCall.Step, for length: Duration, _ before: HouseCall, _ floor: Floor) {
        var house = before
        (house.step, house.speech, house.until) = (step, nil, floor.now.uptime + length)
        stage = .house(house)
    }

    // MARK: What happens

    mutating func pickedUp(_ leg: LegID, _ house: HouseCall, on floor: inout Floor) {
        guard leg == house.leg, house.step == .ringing else { return }
        floor.talks(leg)
        answered.insert(leg)
        floor.orders.append(.open(journal))
        switch house.purpose {
        case .prompt: askToSpeak(house, on: &floor)
        case .voice:
            floor.orders.append(.measure(leg, house.person))
            floor.orders.append(.play(leg, .tone(.milliwatt, floor.router.office.country)))
            go(.testing, for: HouseCall.toneTime, house, floor)
        }
    }

    mutating func played(_ speech: Int, _ house: HouseCall, on floor: inout Floor) {
        guard house.speech == speech else { return }
        switch house.step {
        case .prompting: record(house, on: &floor)
        case .review: go(.review, for: HouseCall.keyTime, house, floor)
        case .explaining: echo(house, on: &floor)
        case .farewell: leave(house, on: &floor)
        case .ringing, .recording, .saving, .testing, .echoing: break
        }
    }

    mutating func pressed(_ digit: Digit, _ before: HouseCall, on floor: inout Floor) {
        var house = before
        house.silences = 0
        switch (house.step, digit) {
        case (.recording, .pound): endRecording(house, on: &floor)
        case (.review, .d1): accept(house, on: &floor)
        case (.review, .d2): review(house, on: &floor)
        case (.review, .d3): askToSpeak(house, on: &floor)
        case (.review, .star):
            say(house.speaking.say(.recordingDiscarded, .goodbye), .farewell, house, on: &floor)
        case (.review, _):
            say(house.speaking.say(.invalidChoice) + house.speaking.reviewChoices, .review, house, on: &floor)
        case (.testing, _), (.echoing, _): goOn(house, on: &floor)
        case (.ringing, _), (.prompting, _), (.recording, _), (.saving, _), (.explaining, _), (.farewell, _): break
        }
    }

    /// What he said is on the disk. `length`: nil where it could not be written, zero where nothing was said.
    mutating func recorded(_ length: Duration?, _ before: HouseCall, on floor: inout Floor) {
        var house = before
        guard house.step == .saving || house.step == .recording else { return }
        guard let length, length > .zero else {
            house.silences += 1
            return askToSpeak(house, after: house.speaking.say(.recordingDiscarded), on: &floor)
        }
        review(house, on: &floor)
    }

    mutating func wake(_ before: HouseCall, on floor: inout Floor) {
        guard before.until <= floor.now.uptime else { return }
        var house = before
        switch house.step {
        case .ringing:
            release(house.leg, .noAnswer, on: &floor)
            giveUp(house.purpose, house.person, on: &floor)
        case .testing, .echoing: goOn(house, on: &floor)
        case .explaining: echo(house, on: &floor)
        case .prompting: record(house, on: &floor)
        case .recording: endRecording(house, on: &floor)
        case .saving: recorded(nil, house, on: &floor)
        case .review:
            house.silences += 1
            house.silences < HouseCall.silenceLimit
                ? say(house.speaking.reviewChoices, .review, house, on: &floor)
                : say(house.speaking.say(.recordingDiscarded, .goodbye), .farewell, house, on: &floor)
        case .farewell: leave(house, on: &floor)
        }
    }

    /// The telephone is gone. One that nobody took leaves no record.
    mutating func ended(_ house: HouseCall, on floor: inout Floor) {
        if let clip = house.clip { floor.orders.append(.endRecording(clip)) }
        if house.step == .ringing { giveUp(house.purpose, house.person, on: &floor) } else { close(.normalClearing, on: &floor) }
    }

    private mutating func leave(_ house: HouseCall, on floor: inout Floor) {
        release(house.leg, .normalClearing, on: &floor)
        close(.normalClearing, on: &floor)
    }

    // MARK: A prompt

    /// An employee has dialled the code for it, and hears which one he is to speak.
    mutating func dictate(_ prompt: String, _ number: String, _ visit: FeatureVisit, on floor: inout Floor) {
        let speaking = floor.speaking(to: visit.person)
        let house = HouseCall(
            purpose: .prompt(prompt), person: visit.person, leg: visit.leg, speaking: speaking, until: visit.until)
        askToSpeak(house, after: speaking.say(.messageNumber) + speaking.figures(number), on: &floor)
    }

    private mutating func askToSpeak(_ house: HouseCall, after words: [Clip] = [], on floor: inout Floor) {
        guard house.silences < HouseCall.silenceLimit else {
            return say(words + house.speaking.say(.goodbye), .farewell, house, on: &floor)
        }
        say(words + house.speaking.say(.recordPrompt, .beep), .prompting, house, on: &floor)
    }

    private mutating func record(_ house: HouseCall, on floor: inout Floor) {
        go(.recording, for: PromptRecording.longest + MailboxStay.recordingSlack, house, floor)
        guard case .house(let next) = stage, let clip = next.clip else { return }
        floor.orders.append(.quiet(house.leg))
        floor.orders.append(.record(house.leg, Recording(clip, limit: PromptRecording.longest, trims: true)))
    }

    private mutating func endRecording(_ house: HouseCall, on floor: inout Floor) {
        if let clip = house.clip { floor.orders.append(.endRecording(clip)) }
        go(.saving, for: MailboxStay.savingLimit, house, floor)
    }

    private mutating func review(_ house: HouseCall, on floor: inout Floor) {
        switch house.purpose {
        case .prompt(let id): say([HouseCall.draft(of: id)] + house.speaking.reviewChoices, .review, house, on: &floor)
        case .voice: break
        }
    }

    private mutating func accept(_ house: HouseCall, on floor: inout Floor) {
        switch house.purpose {
        case .prompt(let id): floor.orders.append(.adopt(prompt: id, by: house.person))
        case .voice: break
        }
        say(house.speaking.say(.recordingSaved, .goodbye), .farewell, house, on: &floor)
    }
}

extension Call {
    // MARK: Voice

    /// The tone is over, or the echo: of itself or by any key.
    private mutating func goOn(_ house: HouseCall, on floor: inout Floor) {
        if house.step == .testing { return say(house.speaking.say(.echoTest, .beep), .explaining, house, on: &floor) }
        if let clip = house.clip { floor.orders.append(.endRecording(clip)) }
        say(house.speaking.say(.echoEnd), .farewell, house, on: &floor)
    }

    private mutating func echo(_ house: HouseCall, on floor: inout Floor) {
        go(.echoing, for: HouseCall.echoTime, house, floor)
        floor.orders.append(.bridge(house.leg, house.leg))
        let sample = Recording(HouseCall.sample(of: house.person), limit: HouseCall.echoTime, trims: false)
        floor.orders.append(.record(house.leg, sample))
    }
}

extension Floor {
    /// Who speaks which prompt, after a call has changed.
    mutating func keepDictated(_ call: Call) {
        for (prompt, id) in dictated where id == call.id { dictated[prompt] = nil }
        if case .house(let house) = call.stage, case .prompt(let prompt) = house.purpose { dictated[prompt] = call.id }
    }
}

extension Switchboard {
    /// Rings a telephone for a purpose of the exchange's own; gives the orders that follow. Nothing happens where nobody has it, or
    /// somebody is at the same already.
    public mutating func ring(_ number: ExtensionNumber, for purpose: HouseCall.Purpose, at moment: Moment) -> [Order] {
        floor.now = moment
        let isUnderWay =
            switch purpose {
            case .prompt(let id): floor.dictated[id] != nil
            case .voice:
                calls.values.contains { call in
                    if case .house(let house) = call.stage { house.purpose == .voice && house.person == number } else { false }
                }
            }
        guard let person = floor.router.office.extensions[number], !isUnderWay else { return [] }
        let id = newCall()
        let offer = Offer(
            caller: .extension(number), callerID: CallerID(number: number, name: person.name), dialled: purpose.text)
        act(on: id, Call(id, offer)) { call, floor in call.begin(purpose, at: number, on: &floor) }
        defer { floor.orders = [] }
        return floor.orders
    }
}
