import Routing
import Telephony

/// A client whom an employee is to call back, held for him while he listens, so that no colleague calls him meanwhile.
public struct OwedClient: Equatable, Sendable {
    /// The task about him.
    public var task: TaskID
    /// His numbers, the one that he called from last first.
    public var numbers: [String]
    /// When he called in vain first: milliseconds since 1970 UTC; nil: nobody knows.
    public var since: Int64?

    /// A client from its parts.
    public init(task: TaskID, numbers: [String], since: Int64?) {
        (self.task, self.numbers, self.since) = (task, numbers, since)
    }
}

/// An employee hears whom he is to call back: 1 dials, 2 goes on to the next one; of several numbers he chooses.
struct OwedVisit: Sendable {
    let responsible: Responsible
    /// Who is held for him; nil: it is asked.
    var client: OwedClient?
    /// How many clients there are, before the first one is told.
    var count: [Clip] = []
    /// The client's numbers as the employee may dial them; none: the book is asked for them.
    var numbers: [String] = []
    /// Those whom he did not want to call now.
    var skipped: Set<TaskID> = []
    /// Whether his keys choose a number.
    var isChoosing = false
    /// What he hears, and how often he heard it.
    var speech: Int?, plays = 0

    /// How long he has for a key, and how often he is asked.
    static let keyTime = Duration.seconds(8), playLimit = 2
    /// The most numbers that keys can tell apart.
    static let numberLimit = 9
}

extension Call {
    /// Asks for the client whose turn it is.
    mutating func askOwed(_ before: FeatureVisit, _ owed: OwedVisit, on floor: inout Floor) {
        var (visit, asking) = (before, owed)
        (asking.client, asking.numbers, asking.isChoosing, asking.plays) = (nil, [], false, 0)
        visit.step = .owing(asking)
        visit.until = floor.now.uptime + FeatureVisit.patience
        stage = .feature(visit)
        floor.orders.append(.askOwed(id, owed.responsible, by: visit.person, skipping: owed.skipped))
    }

    /// How many clients there are to be called back, and the one whose turn it is.
    mutating func owed(_ client: OwedClient?, _ count: Int, on floor: inout Floor) {
        guard case .feature(let visit) = stage, case .owing(var owed) = visit.step, owed.client == nil else { return }
        let speaking = floor.speaking(to: visit.person)
        let told = owed.skipped.isEmpty ? speaking.count(count, .missedCall) : []
        guard let client else {
            return say(visit, told.isEmpty ? speaking.say(.goodbye) : told, then: .release, on: &floor)
        }
        (owed.client, owed.count) = (client, told)
        let digits = floor.digits(client.numbers.first ?? "")
        var asking = visit
        asking.step = .owing(owed)
        asking.until = floor.now.uptime + floor.router.office.owners.patience
        stage = .feature(asking)
        floor.orders.append(.lookUp(id, client: digits))
    }

    /// What the book knows of the client whose turn it is; nil where no answer came in time.
    mutating func owedLookedUp(_ card: ClientCard?, on floor: inout Floor) {
        guard case .feature(let visit) = stage, case .owing(let owed) = visit.step, let client = owed.client, owed.plays == 0
        else { return }
        let called = client.numbers.map(floor.digits)
        // An answer that comes late is about the client before.
        let known = card?.numbers.contains { called.contains($0.digits) } == true ? card?.numbers ?? [] : []
        let others = known.filter { !called.contains($0.digits) }.map(\.description)
        introduce(client, by: client.numbers + others, visit, owed, on: &floor)
    }

    private mutating func introduce(
        _ client: OwedClient, by numbers: [String], _ visit: FeatureVisit, _ before: OwedVisit, on floor: inout Floor
    ) {
        var owed = before
        owed.numbers = numbers.compactMap { floor.dialable($0, by: visit.person) }
        guard let first = owed.numbers.first else {
            let number = client.numbers.first ?? ""
            return refuse(visit, .notAllowed, Explanation(.route, .refused, Catalogue.noRouteTakes(number)), on: &floor)
        }
        let speaking = floor.speaking(to: visit.person)
        offer(visit, owed, owed.count + floor.name(ofClient: first, speaking) + floor.wait(of: client, speaking), on: &floor)
    }

    /// Says something, and what his keys do.
    private mutating func offer(_ before: FeatureVisit, _ now: OwedVisit, _ words: [Clip], on floor: inout Floor) {
        var (visit, owed) = (before, now)
        let speaking = floor.speaking(to: visit.person)
        var clips = words
        if owed.isChoosing {
            for (index, number) in owed.numbers.prefix(OwedVisit.numberLimit).enumerated() {
                clips += speaking.telephone(PhoneNumber(number, country: floor.router.office.country))
                clips += speaking.say(.toCallBack) + speaking.number(index + 1)
            }
        } else {
            clips += speaking.say(.toCallBack) + speaking.key(.d1) + speaking.say(.toNext) + speaking.key(.d2)
        }
        let speech = floor.newSpeech(clips)
        (owed.speech, owed.plays) = (speech.id, owed.plays + 1)
        visit.step = .owing(owed)
        visit.until = floor.now.uptime + FeatureVisit.speechLimit
        floor.orders.append(.play(visit.leg, .speech(speech)))
        stage = .feature(visit)
    }

    // MARK: What happens in it

    mutating func pressed(_ digit: Digit, _ visit: FeatureVisit, _ before: OwedVisit, on floor: inout Floor) {
        guard let client = before.client, before.plays > 0 else { return }
        var owed = before
        switch (owed.isChoosing, digit) {
        case (_, .pound), (_, .star):
            say(visit, floor.speaking(to: visit.person).say(.goodbye), then: .release, on: &floor)
        case (false, .d1) where owed.numbers.count > 1:
            (owed.isChoosing, owed.plays) = (true, 0)
            offer(visit, owed, [], on: &floor)
        case (false, .d1): dial(owed.numbers[0], visit)
        case (false, .d2):
            owed.skipped.insert(client.task)
            askOwed(visit, owed, on: &floor)
        case (true, _):
            guard let choice = digit.rawValue.wholeNumberValue, owed.numbers.indices.contains(choice - 1) else { return }
            dial(owed.numbers[choice - 1], visit)
        case (false, _): return
        }
        finishDialling(on: &floor)
    }

    private mutating func dial(_ number: String, _ visit: FeatureVisit) { redial = (visit.leg, number) }

    /// The number is dialled on the same line, as a call of his own; this one lets the client go at its end.
    private mutating func finishDialling(on floor: inout Floor) {
        if redial != nil { close(.normalClearing, on: &floor) }
    }

    /// He has heard it: he has a while for a key.
    mutating func played(_ speech: Int, _ before: FeatureVisit, _ owed: OwedVisit, on floor: inout Floor) {
        guard owed.speech == speech else { return }
        var visit = before
        visit.until = floor.now.uptime + OwedVisit.keyTime
        stage = .feature(visit)
    }

    /// No answer came, or no key did.
    mutating func wake(_ visit: FeatureVisit, _ owed: OwedVisit, on floor: inout Floor) {
        if owed.client == nil {
            refuse(visit, .tryAgain, Explanation(.extension, .refused, Catalogue.owedUnknown), on: &floor)
        } else if owed.plays == 0 {
            owedLookedUp(nil, on: &floor)
        } else if owed.plays < OwedVisit.playLimit {
            offer(visit, owed, [], on: &floor)
        } else {
            say(visit, floor.speaking(to: visit.person).say(.goodbye), then: .release, on: &floor)
        }
    }
}

extension Floor {
    fileprivate func digits(_ number: String) -> String { PhoneNumber(number, country: router.office.country).digits }

    /// The number as this person may dial it; nil: he may not, or no route takes it.
    fileprivate func dialable(_ number: String, by person: ExtensionNumber) -> String? {
        if case .target = router.dialled(number, by: person).outcome { number } else { nil }
    }

    /// The client's name by a prompt of the office, `client-79161234567`, else his number.
    fileprivate func name(ofClient number: String, _ speaking: Speaking) -> [Clip] {
        let number = PhoneNumber(number, country: router.office.country)
        let prompt = "client-\(number.digits)"
        return router.office.prompts.contains(prompt) ? [.own(prompt)] : speaking.telephone(number)
    }

    /// How long he has waited since he called in vain.
    fileprivate func wait(of client: OwedClient, _ speaking: Speaking) -> [Clip] {
        guard let since = client.since, now.clockTrust == .trusted, now.utc >= since else { return [] }
        let seconds = (now.utc - since) / 1000
        guard seconds < 86_400 else {
            let time = CivilTime(utc: since, offset: now.utcOffset)
            return speaking.say(.messageReceived) + speaking.day(time, seenFrom: now.civil) + speaking.timeOfDay(time)
        }
        return speaking.say(.waitingTime) + speaking.duration(.seconds(seconds < 60 ? seconds : seconds / 60 * 60))
    }
}
