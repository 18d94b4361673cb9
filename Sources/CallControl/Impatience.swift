import Routing
import Telephony

extension Waiting {
    /// How far a caller is with what he was offered.
    enum Choice: Equatable, Sendable {
        /// Nothing was offered yet: his keys mean nothing.
        case notOffered
        /// It was, and his keys count until he is served.
        case offered
        /// He hears on which number he will be called, how often by now, and says yes or gives another one.
        case confirming(String, times: Int, isOwn: Bool)
        /// He gives the number; after so many that are none he is left in peace.
        case entering(String, times: Int)
        /// It is ordered; he hears that it is.
        case booked(String)

        /// Whether he has begun to order a call back.
        var isBegun: Bool {
            switch self {
            case .notOffered, .offered: false
            case .confirming, .entering, .booked: true
            }
        }
    }

    /// How long we wait for a key, and how often we ask.
    static let choiceTime = Duration.seconds(8), choiceTimes = 3
    /// More than any speech of ours takes: a caller who hangs on it is not forgotten.
    static let speechLimit = Duration.seconds(60)
    /// The longest number that is taken.
    static let numberLimit = 20
    /// How often one caller is asked for a number in all.
    static let askLimit = 6
}

/// Impatient callers (R-080…R-085): an apology and an offer while phones ring on, and the dialogue that orders a call back. An answer
/// ends all of it at once.
extension Call {
    /// Whether the caller of this hunt is offered anything: a client, not a colleague.
    func isOffered(_ hunt: Hunt, _ floor: Floor) -> Impatience? {
        guard case .trunk = caller, case .trunk? = floor.party(hunt.caller), hunt.transferor == nil else { return nil }
        return hunt.waiting.flatMap { floor.router.office.departments[$0.department]?.impatience }
    }

    /// Apologises and offers; phones ring on.
    mutating func offer(_ hunt: inout Hunt, on floor: inout Floor) {
        guard let rules = isOffered(hunt, floor) else {
            hunt.waiting?.offerDue = nil
            return
        }
        hunt.waiting?.offerDue = rules.repeats.map { floor.now.uptime + $0 }
        hunt.waiting?.choice = .offered
        let speaking = floor.speaking
        var clips = speaking.say(.apology)
        if rules.offers.contains(.callback) { clips += speaking.say(.callbackOffer) }
        if voicemail(hunt, floor) != nil { clips += speaking.say(.voicemailOffer) }
        if rules.offers.contains(.stay) { clips += speaking.say(.stayOffer) }
        speak(clips, &hunt, on: &floor)
    }

    /// Where key 2 leads, where it is offered.
    private func voicemail(_ hunt: Hunt, _ floor: Floor) -> Target? {
        guard let rules = isOffered(hunt, floor), rules.offers.contains(.voicemail), let waiting = hunt.waiting else {
            return nil
        }
        return floor.router.office.mailbox(of: waiting.department)
    }

    // MARK: Keys

    /// The caller pressed a key while he waits.
    mutating func chose(_ digit: Digit, _ hunt: Hunt, on floor: inout Floor) {
        guard let rules = isOffered(hunt, floor), let waiting = hunt.waiting else { return }
        var hunt = hunt
        switch (waiting.choice, digit) {
        case (.offered, .d1) where rules.offers.contains(.callback):
            if let own = floor.callbackNumber(callerID.number) {
                confirm(own, times: 1, isOwn: true, &hunt, on: &floor)
            } else {
                askNumber(times: 1, &hunt, on: &floor)
            }
        case (.offered, .d2):
            guard let mailbox = voicemail(hunt, floor) else { return }
            stopRinging(&hunt, .noAnswer, on: &floor)
            return enter(mailbox, chain: [], &hunt, on: &floor)
        case (.confirming(let number, _, _), .d1): book(number, &hunt, on: &floor)
        case (.confirming, .d2): askNumber(times: 1, &hunt, on: &floor)
        case (.entering(let digits, let times), .pound): entered(digits, times: times, &hunt, on: &floor)
        case (.entering(let digits, let times), _): collect(digit, digits, times, &hunt, on: &floor)
        case (.notOffered, _), (.offered, _), (.confirming, _), (.booked, _): return
        }
        stage = .hunting(hunt)
    }

    private mutating func confirm(_ number: String, times: Int, isOwn: Bool, _ hunt: inout Hunt, on floor: inout Floor) {
        let office = floor.router.office
        let speaking = floor.speaking
        choose(.confirming(number, times: times, isOwn: isOwn), &hunt, floor)
        let spoken = speaking.telephone(PhoneNumber(number, country: office.country))
        speak(speaking.say(.callbackNumber) + spoken + speaking.say(.callbackConfirm), &hunt, on: &floor)
    }

    private mutating func askNumber(times: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        let asked = (hunt.waiting?.asked ?? 0) + 1
        hunt.waiting?.asked = asked
        // Nobody keeps us busy for ever by giving one number after the other.
        guard asked <= Waiting.askLimit else { return leaveChoice(&hunt, on: &floor) }
        choose(.entering("", times: times), &hunt, floor)
        let speaking = floor.speaking
        let apology = times > 1 ? speaking.say(.invalid) : []
        speak(apology + speaking.say(.callbackEnterNumber), &hunt, on: &floor)
    }

    /// A star begins the number anew.
    private mutating func collect(_ digit: Digit, _ digits: String, _ times: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        if digit == .star { return askNumber(times: 1, &hunt, on: &floor) }
        guard digits.count < Waiting.numberLimit, digit.rawValue.isNumber else { return }
        if hunt.waiting?.speech != nil {
            hunt.waiting?.speech = nil
            playWaiting(hunt, on: &floor)
        }
        hunt.waiting?.choice = .entering(digits + String(digit.rawValue), times: times)
        hunt.waiting?.choiceEnds = floor.now.uptime + Waiting.choiceTime
    }

    private mutating func entered(_ digits: String, times: Int, _ hunt: inout Hunt, on floor: inout Floor) {
        if let number = floor.callbackNumber(digits) { return confirm(number, times: 1, isOwn: false, &hunt, on: &floor) }
        if times < Waiting.choiceTimes { return askNumber(times: times + 1, &hunt, on: &floor) }
        leaveChoice(&hunt, on: &floor)
    }

    private func choose(_ choice: Waiting.Choice, _ hunt: inout Hunt, _ floor: Floor) {
        hunt.waiting?.choice = choice
        hunt.waiting?.choiceEnds = floor.now.uptime + Waiting.speechLimit
    }

    // MARK: Time

    /// What belongs to a choice was said: now it is his turn.
    mutating func choiceWasSaid(_ hunt: inout Hunt, on floor: inout Floor) {
        switch hunt.waiting?.choice {
        case .confirming, .entering:
            // He thinks, or looks for a number: never in silence, which sounds like a line that is gone.
            hunt.waiting?.choiceEnds = floor.now.uptime + Waiting.choiceTime
            playWaiting(hunt, on: &floor)
        case .booked: return leaveBooked(&hunt, on: &floor)
        case .offered, .notOffered, nil: playWaiting(hunt, on: &floor)
        }
        stage = .hunting(hunt)
    }

    /// He pressed nothing: asked once more, then he simply waits on.
    mutating func choiceTimedOut(_ hunt: inout Hunt, on floor: inout Floor) {
        switch hunt.waiting?.choice {
        case .confirming(let number, let times, let isOwn) where times < Waiting.choiceTimes:
            confirm(number, times: times + 1, isOwn: isOwn, &hunt, on: &floor)
        case .entering(let digits, let times) where !digits.isEmpty: entered(digits, times: times, &hunt, on: &floor)
        case .booked: return leaveBooked(&hunt, on: &floor)
        case .confirming, .entering, .offered, .notOffered, nil: leaveChoice(&hunt, on: &floor)
        }
        stage = .hunting(hunt)
    }

    private mutating func leaveChoice(_ hunt: inout Hunt, on floor: inout Floor) {
        hunt.waiting?.choice = .offered
        hunt.waiting?.choiceEnds = nil
        hunt.waiting?.speech = nil
        playWaiting(hunt, on: &floor)
    }

    // MARK: The order

    /// The call back is ordered: telephones stop, and the client's place is kept for him.
    private mutating func book(_ number: String, _ hunt: inout Hunt, on floor: inout Floor) {
        noteOrder(of: number, hunt, floor)
        stopRinging(&hunt, .cancelled, on: &floor)
        (hunt.waveEnds, hunt.chain, hunt.chainEnds, hunt.additions) = (nil, [], nil, [])
        choose(.booked(number), &hunt, floor)
        hunt.waiting?.lookDue = nil
        floor.orders.append(.open(journal))
        speak(floor.speaking.say(.callbackConfirmed), &hunt, on: &floor)
    }

    private mutating func noteOrder(of number: String, _ hunt: Hunt, _ floor: Floor) {
        guard let waiting = hunt.waiting else { return }
        let waited = (floor.now.uptime - waiting.since).milliseconds
        note(.callbackOrdered(number: number, department: waiting.department, since: floor.now.utc - waited), floor)
        explain(
            .department, .taken, Catalogue.callbackWasOrdered(number), line: "set department \(waiting.department) impatient on",
            floor)
    }

    /// He hung up. One who has pressed 1 and heard his own number read out has said what he wants.
    mutating func hungUp(_ hunt: Hunt, _ floor: Floor) {
        if case .confirming(let number, _, isOwn: true) = hunt.waiting?.choice { noteOrder(of: number, hunt, floor) }
    }

    /// He has heard that it is ordered.
    private mutating func leaveBooked(_ hunt: inout Hunt, on floor: inout Floor) {
        release(hunt.caller, .normalClearing, on: &floor)
        close(.normalClearing, on: &floor)
    }
}

extension Office {
    /// The mailbox that takes a department's messages; nil: it has none.
    func mailbox(of department: DepartmentID) -> Target? { box(department).map { .voicemail($0.id) } }
}

extension Floor {
    /// The highest class of a route that a call back may take: who calls shows the number that he likes, and pays nothing for it.
    static let callbackClass = TollClass.national

    /// The number as it is kept, where a call back can go there: outside, by a route, and not abroad.
    func callbackNumber(_ text: String) -> String? {
        let number = PhoneNumber(text, country: router.office.country)
        guard !number.digits.isEmpty, router.inside(number.digits) == nil, !callbackLines(to: number.description).isEmpty else {
            return nil
        }
        return number.description
    }

    /// The ways out to a client.
    func callbackLines(to number: String) -> [OutgoingLine] {
        guard let route = router.route(for: number), route.tollClass <= Self.callbackClass, hasBudget(route),
            !router.isEmergency(number)
        else { return [] }
        return router.lines(to: number)
    }
}
