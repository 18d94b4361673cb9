import Routing
import Telephony

/// Between picking up and talking: a person outside says that he takes the call, a member hears where it comes from.
extension Call {
    /// Whether whoever picks up must press 1 first: outside, where nobody dialled him on purpose, so that his operator's answering
    /// machine does not swallow the call.
    func mustAccept(_ attempt: Hunt.Attempt, _ hunt: Hunt, _ floor: Floor) -> Bool {
        switch attempt.target {
        case .extension: false
        case .line: !hunt.isDialled && floor.router.office.acceptsByKey
        }
    }

    mutating func pickedUp(_ leg: LegID, on floor: inout Floor) {
        if case .callingBack(let attempt) = stage { return pickedUp(leg, attempt, on: &floor) }
        if case .paging(let paging) = stage { return switchedOn(leg, paging, on: &floor) }
        guard case .hunting(var hunt) = stage, let attempt = hunt.attempts[leg] else {
            if !legs.contains(leg) { release(leg, .answeredElsewhere, on: &floor) }
            return
        }
        // Somebody else picked up before and only hears the whisper still.
        guard hunt.whisperEnds == nil else {
            hunt.attempts[leg] = nil
            stage = .hunting(hunt)
            return drop(leg, .answeredElsewhere, on: &floor)
        }
        floor.talks(leg)
        if mustAccept(attempt, hunt, floor) {
            note(.pickedUp(leg), floor)
            askToAccept(leg, times: 1, &hunt, on: &floor)
            stage = .hunting(hunt)
        } else {
            whisper(leg, hunt, on: &floor)
        }
    }

    private mutating func askToAccept(_ leg: LegID, times: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        let speech = floor.newSpeech(floor.speaking.say(.press1ToAccept))
        hunt.attempts[leg]?.stage = .accepting(times: times, until: floor.now.uptime + Hunt.acceptTime)
        hunt.attempts[leg]?.speech = speech.id
        floor.orders.append(.play(leg, .speech(speech)))
    }

    /// Nobody pressed 1: a machine, or somebody who does not want to; others go on ringing.
    mutating func giveUpAccepting(_ leg: LegID, _ hunt: inout Hunt, on floor: inout Floor) {
        release(leg, .noAnswer, on: &floor)
        attemptEnded(leg, .noAnswer, &hunt, on: &floor)
    }

    // MARK: Whisper

    /// The first who picks up has the call; where his department says so he hears first where it comes from.
    private mutating func whisper(_ leg: LegID, _ hunt: Hunt, on floor: inout Floor) {
        let clips = whisper(in: hunt, floor)
        guard !clips.isEmpty else { return connect(leg, hunt, on: &floor) }
        var hunt = hunt
        for other in hunt.attempts.keys where other != leg { drop(other, .answeredElsewhere, on: &floor) }
        hunt.attempts = hunt.attempts.filter { $0.key == leg }
        let speech = floor.newSpeech(clips)
        hunt.attempts[leg]?.stage = .whispering(until: floor.now.uptime + Hunt.whisperLimit)
        hunt.attempts[leg]?.speech = speech.id
        note(.pickedUp(leg), floor)
        floor.orders.append(.play(leg, .speech(speech)))
        stage = .hunting(hunt)
    }

    private func whisper(in hunt: Hunt, _ floor: Floor) -> [Clip] {
        let office = floor.router.office
        guard let incoming, let whisper = hunt.department.flatMap({ office.departments[$0]?.whisper }) else { return [] }
        let intro = floor.speaking.say(.numberLabel)
        let spoken = floor.speaking.telephone(PhoneNumber(incoming.dialled, country: office.country))
        switch whisper {
        case .prompt(let id): return [office.clip(ofPrompt: id)]
        case .number: return intro + spoken
        case .label:
            // A label is spoken by a prompt of its own, `label-74951234567`; without one the number is said.
            let prompt = "label-\(incoming.dialled)"
            return intro + (office.prompts.contains(prompt) ? [.own(prompt)] : spoken)
        }
    }

    mutating func whisperEnded(_ hunt: inout Hunt, on floor: inout Floor) {
        for (leg, attempt) in hunt.attempts {
            if case .whispering = attempt.stage { return connect(leg, hunt, on: &floor) }
        }
    }

    // MARK: Keys and ends of speech

    mutating func pressed(_ leg: LegID, _ digit: Digit, on floor: inout Floor) {
        if leg == loan?.leg, digit == .star { return giveBack(on: &floor) }
        switch stage {
        case .hunting(let hunt) where leg == hunt.caller && hunt.whisperEnds == nil:
            chose(digit, hunt, on: &floor)
        case .hunting(var hunt):
            switch hunt.attempts[leg]?.stage {
            case .accepting where digit == .d1: whisper(leg, hunt, on: &floor)
            case .whispering: whisperEnded(&hunt, on: &floor)
            case .trying, .accepting, nil: break
            }
        case .menu(let visit):
            pressed(digit, in: visit, on: &floor)
        case .announcing(let announcing) where announcing.hunt.caller == leg:
            pressed(digit, announcing, on: &floor)
        case .feature(let visit):
            pressed(digit, in: visit, on: &floor)
        case .mailbox(let stay):
            pressed(digit, stay, on: &floor)
        case .visit(let visit):
            pressed(digit, visit, on: &floor)
        case .conference(let visit):
            pressed(digit, visit, on: &floor)
        case .callingBack(let attempt) where attempt.employee == leg:
            pressed(digit, attempt, on: &floor)
        case .paging(let paging) where paging.speaker == leg && digit == .pound:
            finish(paging, .normalClearing, on: &floor)
        case .talking: keyed(leg, digit, on: &floor)
        case .lookingUp, .announcing, .callingBack, .paging, .consulting, .parked, .tone, .over:
            break
        }
    }

    mutating func played(_ leg: LegID, _ speech: Int, on floor: inout Floor) {
        switch stage {
        case .hunting(var hunt) where leg == hunt.caller:
            guard hunt.waiting?.speech == speech else { return }
            spoke(&hunt, on: &floor)
        case .hunting(var hunt):
            guard let attempt = hunt.attempts[leg], attempt.speech == speech else { return }
            switch attempt.stage {
            case .accepting(let times, _) where times < Hunt.acceptTimes:
                askToAccept(leg, times: times + 1, &hunt, on: &floor)
                stage = .hunting(hunt)
            case .whispering: whisperEnded(&hunt, on: &floor)
            case .trying, .accepting: break
            }
        case .menu(let visit):
            played(speech, in: visit, on: &floor)
        case .announcing(let announcing) where announcing.hunt.caller == leg && announcing.speech == speech:
            announced(announcing, on: &floor)
        case .feature(let visit):
            played(speech, in: visit, on: &floor)
        case .mailbox(let stay):
            played(speech, stay, on: &floor)
        case .visit(let visit):
            played(speech, visit, on: &floor)
        case .conference(let visit):
            played(speech, visit, on: &floor)
        case .callingBack(let attempt) where attempt.employee == leg:
            played(speech, attempt, on: &floor)
        case .talking:
            heardOfRecording(leg, speech, on: &floor)
            toldInTalk(leg, speech, on: &floor)
        case .parked(let parked) where parked.parker?.speech == speech: releaseParker(parked, on: &floor)
        case .lookingUp, .announcing, .callingBack, .paging, .consulting, .parked, .tone, .over:
            break
        }
    }
}

extension Hunt {
    /// Who picked up outside, and let his time to accept run out.
    func overdue(at now: Instant) -> LegID? {
        for (leg, attempt) in attempts {
            if case .accepting(_, let until) = attempt.stage, until <= now { return leg }
        }
        return nil
    }
}
