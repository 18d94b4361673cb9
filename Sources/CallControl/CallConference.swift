import Routing
import Telephony

/// A caller on his way into a conference room, and in it.
///
///     code ─▶ how many are there ─▶ seat ─▶ over
///      └ wrong three times, or no seat left: goodbye
struct ConferenceVisit: Sendable {
    /// How far he is.
    enum Step: Equatable, Sendable {
        /// He dials the code.
        case pin(String)
        /// He hears how many are there.
        case welcome
        /// He is in it.
        case seated
        /// He hears why he is not; the call ends with this cause.
        case farewell(Cause)
    }

    var leg: LegID
    let room: Conference
    let speaking: Speaking
    var step: Step
    /// What he hears, while he does.
    var speech: Int?
    /// Wrong codes so far, or none at all.
    var mistakes = 0
    /// When something happens by itself; nil: nothing does.
    var until: Instant?
    /// When he sat down, or came.
    var since: Moment

    /// How long a further key is waited for, and how often the code may be wrong.
    static let keyTime = Duration.seconds(5), tries = 3
}

extension Call {
    /// The caller is answered, and sits down where he may. One who was transferred there is the transferor's no longer.
    mutating func enterConference(_ id: ConferenceID, _ hunt: inout Hunt, on floor: inout Floor) {
        guard let room = floor.router.office.conferences[id] else { return refuse(&hunt, .unallocated, on: &floor) }
        let line = "set conference \(id)"
        letGo(of: &hunt, on: &floor)
        if answered.insert(hunt.caller).inserted { floor.orders.append(.answer(hunt.caller, matching: nil)) }
        let person = floor.employee(hunt.caller)
        var visit = ConferenceVisit(
            leg: hunt.caller, room: room, speaking: person.map(floor.speaking) ?? floor.speaking, step: .welcome,
            since: floor.now)
        guard floor.hasSeat(in: room) else {
            explain(.conference, .refused, Catalogue.conferenceFull(id, room.limit), line: line + " limit \(room.limit)", floor)
            return turnAway(&visit, .conferenceFull, .busy, on: &floor)
        }
        explain(.conference, .taken, Catalogue.entersConference(id, room.name), line: line, floor)
        // Who only asks for the code and goes again has missed nobody.
        note(.served(by: "conference \(id)"), floor)
        guard room.pin != nil else { return welcome(&visit, on: &floor) }
        visit.step = .pin("")
        say(visit.speaking.say(.conferenceEnterPin), &visit, on: &floor)
    }

    private mutating func say(_ clips: [Clip], _ visit: inout ConferenceVisit, on floor: inout Floor) {
        let speech = floor.newSpeech(clips)
        floor.orders.append(.play(visit.leg, .speech(speech)))
        (visit.speech, visit.until) = (speech.id, floor.now.uptime + Announcing.limit)
        stage = .conference(visit)
    }

    private mutating func turnAway(
        _ visit: inout ConferenceVisit, _ phrase: PromptPhrase, _ cause: Cause, on floor: inout Floor
    ) {
        visit.step = .farewell(cause)
        say(visit.speaking.say(phrase, .goodbye), &visit, on: &floor)
    }

    private mutating func welcome(_ visit: inout ConferenceVisit, on floor: inout Floor) {
        visit.step = .welcome
        let others = floor.rooms[visit.room.id]?.seats.count ?? 0
        let speaking = visit.speaking
        let told =
            others == 0
            ? speaking.say(.conferenceFirst) : speaking.say(.conferenceHas) + speaking.count(others, .participant)
        say(told, &visit, on: &floor)
    }

    /// He takes his seat, if nobody took the last one while he listened.
    private mutating func sitDown(_ visit: inout ConferenceVisit, on floor: inout Floor) {
        guard floor.hasSeat(in: visit.room) else { return turnAway(&visit, .conferenceFull, .busy, on: &floor) }
        (visit.step, visit.speech, visit.until, visit.since) = (.seated, nil, nil, floor.now)
        note(.conference(visit.room.id), floor)
        hasTalked = true
        stage = .conference(visit)
        floor.sitDown(visit.leg, in: visit.room)
        floor.converse(by: visit.leg)
        floor.orders.append(.open(journal))
    }

    // MARK: What happens

    mutating func played(_ speech: Int, _ before: ConferenceVisit, on floor: inout Floor) {
        guard before.speech == speech else { return }
        var visit = before
        visit.speech = nil
        switch visit.step {
        case .pin:
            visit.until = floor.now.uptime + ConferenceVisit.keyTime
            stage = .conference(visit)
        case .welcome: sitDown(&visit, on: &floor)
        case .farewell(let cause): leave(visit, cause, on: &floor)
        case .seated: break
        }
    }

    mutating func wake(_ before: ConferenceVisit, on floor: inout Floor) {
        guard let until = before.until, until <= floor.now.uptime else { return }
        var visit = before
        switch visit.step {
        case .pin(let digits): check(digits, &visit, on: &floor)
        case .welcome: sitDown(&visit, on: &floor)
        case .farewell(let cause): leave(visit, cause, on: &floor)
        case .seated: break
        }
    }

    /// Figures of the code, as fast as he likes; `#` ends it, as does its last figure or a pause. Any key ends the welcome.
    mutating func pressed(_ digit: Digit, _ before: ConferenceVisit, on floor: inout Floor) {
        var visit = before
        switch (visit.step, digit) {
        case (.pin(let digits), .pound): check(digits, &visit, on: &floor)
        case (.pin(let digits), _):
            if visit.speech != nil { floor.orders.append(.quiet(visit.leg)) }
            let dialled = String((digits + String(digit.rawValue)).prefix(16))
            (visit.step, visit.speech) = (.pin(dialled), nil)
            if dialled == visit.room.pin { return welcome(&visit, on: &floor) }
            visit.until = floor.now.uptime + ConferenceVisit.keyTime
            stage = .conference(visit)
        case (.welcome, _): sitDown(&visit, on: &floor)
        case (.seated, _), (.farewell, _): break
        }
    }

    private mutating func check(_ digits: String, _ visit: inout ConferenceVisit, on floor: inout Floor) {
        if digits == visit.room.pin { return welcome(&visit, on: &floor) }
        visit.mistakes += 1
        guard visit.mistakes < ConferenceVisit.tries else {
            let because = Catalogue.conferenceBarred(visit.room.id)
            explain(.conference, .refused, because, line: "set conference \(visit.room.id) pin", floor)
            return turnAway(&visit, .conferenceWrongPin, .forbidden, on: &floor)
        }
        visit.step = .pin("")
        let again = visit.speaking.say(.conferenceEnterPin)
        say(digits.isEmpty ? again : visit.speaking.say(.conferenceWrongPin) + again, &visit, on: &floor)
    }

    mutating func held(_ isAway: Bool, _ visit: ConferenceVisit, on floor: inout Floor) {
        if visit.step == .seated { floor.hold(visit.leg, isAway, in: visit.room) }
    }

    // MARK: The end

    mutating func ended(_ cause: Cause, _ visit: ConferenceVisit, on floor: inout Floor) {
        floor.getUp(visit.leg, from: visit.room)
        close(visit.step == .seated ? cause : Self.givenUp(cause), on: &floor)
    }

    private mutating func leave(_ visit: ConferenceVisit, _ cause: Cause, on floor: inout Floor) {
        release(visit.leg, .normalClearing, on: &floor)
        close(cause, on: &floor)
    }

    /// Whoever sits there by this leg gives his seat to another one: an employee has called the room to bring somebody into it.
    mutating func giveSeat(to leg: LegID, of consultation: ConferenceVisit, on floor: inout Floor) {
        floor.getUp(consultation.leg, from: consultation.room)
        var visit = consultation
        visit.leg = leg
        sitDown(&visit, on: &floor)
    }
}
