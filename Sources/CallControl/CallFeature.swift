import Routing
import Telephony

/// An employee has dialled a code: he is answered, it is carried out, and he hears what came of it.
struct FeatureVisit: Sendable {
    /// How far it is.
    enum Step: Sendable {
        /// The configuration is being changed; then he hears how things stand.
        case changing(FeatureOrder)
        /// He wants something of another call.
        case wishing
        /// He hears whom he is to call back.
        case owing(OwedVisit)
        /// He hears what came of it, or what will; the last he hears is said before the end.
        case saying(speech: Int, then: Sequel)
        /// He hears himself.
        case echoing
        /// He hears the test tone.
        case testing
    }

    /// What comes after a speech.
    enum Sequel: Sendable {
        case release, echo
    }

    var leg: LegID
    /// Whose it is.
    var person: ExtensionNumber
    var step: Step
    /// The longest that it takes.
    var until: Instant

    /// How long a change of the configuration may take, and a speech.
    static let patience = Duration.seconds(10), speechLimit = Duration.seconds(60)
    /// How long somebody may listen to himself or to the tone.
    static let testLimit = Duration.seconds(120)
}

/// What came of a code.
enum FeatureAnswer {
    /// It is done; he hears how things stand.
    case done
    /// These lines of the configuration make it so.
    case change([String])
    /// It is not done: what he hears, and why.
    case refused(PromptPhrase, Explanation)
    case echo, testTone
    /// He speaks the prompt of this id and number.
    case dictate(String, number: String)
    /// He is connected with the next client whom these are to call back.
    case askOwed(Responsible)

    static func refused(_ phrase: PromptPhrase, _ why: Wording) -> Self {
        .refused(phrase, Explanation(.extension, .refused, why))
    }
}

extension Call {
    /// Answers the employee and does what he dialled.
    mutating func beginFeature(_ leg: LegID, _ dialled: String, by number: ExtensionNumber, on floor: inout Floor) {
        note(.arrived(.internal, from: callerID.number, name: callerID.name, to: dialled), floor)
        let order = floor.router.office.codes.order(dialled)
        // A code is no call that anybody could miss.
        note(.served(by: "code " + (order?.feature.rawValue ?? "unknown")), floor)
        floor.orders.append(.open(journal))
        if let order, order.feature == .pickup, !floor.router.office.codes.barred.contains(.pickup) {
            let visit = FeatureVisit(leg: leg, person: number, step: .wishing, until: floor.now.uptime + FeatureVisit.patience)
            (stage, wish) = (.feature(visit), .pickUp(order.argument(0)))
            return
        }
        answered.insert(leg)
        floor.orders.append(.answer(leg, matching: nil))
        let visit = FeatureVisit(leg: leg, person: number, step: .testing, until: floor.now.uptime + FeatureVisit.testLimit)
        guard let order, let person = floor.router.office.extensions[number] else {
            return refuse(visit, .unknownCode, Explanation(.extension, .refused, Catalogue.unknownCode(dialled)), on: &floor)
        }
        let bar = Catalogue.codeBarred(order.feature.rawValue)
        let isBarred = floor.router.office.codes.barred.contains(order.feature)
        follow(visit, order, isBarred ? .refused(.notPermitted, bar) : floor.carryOut(order, by: person), on: &floor)
    }

    private mutating func follow(
        _ before: FeatureVisit, _ order: FeatureOrder, _ answer: FeatureAnswer, on floor: inout Floor
    ) {
        var visit = before
        switch answer {
        case .done:
            say(visit, floor.status(order, of: visit.person), then: .release, on: &floor)
        case .change(let lines) where lines.isEmpty:
            say(visit, floor.status(order, of: visit.person), then: .release, on: &floor)
        case .change(let lines):
            visit.step = .changing(order)
            visit.until = floor.now.uptime + FeatureVisit.patience
            stage = .feature(visit)
            floor.orders.append(.configure(id, lines, by: visit.person))
        case .refused(let phrase, let why):
            refuse(visit, phrase, why, on: &floor)
        case .echo:
            say(visit, floor.speaking(to: visit.person).say(.echoTest, .beep), then: .echo, on: &floor)
        case .testTone:
            floor.orders.append(.play(visit.leg, .tone(.milliwatt, floor.router.office.country)))
            stage = .feature(visit)
        case .dictate(let prompt, let number):
            dictate(prompt, number, visit, on: &floor)
        case .askOwed(let responsible):
            askOwed(visit, OwedVisit(responsible: responsible), on: &floor)
        }
    }

    mutating func say(
        _ before: FeatureVisit, _ clips: [Clip], then sequel: FeatureVisit.Sequel, on floor: inout Floor
    ) {
        var visit = before
        let speech = floor.newSpeech(clips)
        visit.step = .saying(speech: speech.id, then: sequel)
        visit.until = floor.now.uptime + FeatureVisit.speechLimit
        floor.orders.append(.play(visit.leg, .speech(speech)))
        stage = .feature(visit)
    }

    mutating func refuse(
        _ visit: FeatureVisit, _ phrase: PromptPhrase, _ why: Explanation, on floor: inout Floor
    ) {
        note(.because(why), floor)
        say(visit, floor.speaking(to: visit.person).say(phrase), then: .release, on: &floor)
    }

    private mutating func finish(_ visit: FeatureVisit, on floor: inout Floor) {
        release(visit.leg, .normalClearing, on: &floor)
        close(.normalClearing, on: &floor)
    }

    // MARK: What happens in it

    /// What came of a change of the configuration.
    mutating func configured(_ outcome: ChangeOutcome, on floor: inout Floor) {
        guard case .feature(let visit) = stage, case .changing(let order) = visit.step else { return }
        switch outcome {
        case .done: follow(visit, order, .done, on: &floor)
        case .refused(let refusal, let why):
            refuse(visit, refusal.phrase, Explanation(.extension, .refused, why), on: &floor)
        }
    }

    mutating func played(_ speech: Int, in visit: FeatureVisit, on floor: inout Floor) {
        if case .owing(let owed) = visit.step { return played(speech, visit, owed, on: &floor) }
        guard case .saying(speech, let sequel) = visit.step else { return }
        switch sequel {
        case .release: finish(visit, on: &floor)
        case .echo:
            var visit = visit
            visit.step = .echoing
            visit.until = floor.now.uptime + FeatureVisit.testLimit
            floor.orders.append(.bridge(visit.leg, visit.leg))
            stage = .feature(visit)
        }
    }

    /// Any key ends a test.
    mutating func pressed(_ digit: Digit, in visit: FeatureVisit, on floor: inout Floor) {
        switch visit.step {
        case .owing(let owed): pressed(digit, visit, owed, on: &floor)
        case .changing, .wishing, .saying: break
        case .echoing: say(visit, floor.speaking(to: visit.person).say(.echoEnd), then: .release, on: &floor)
        case .testing: finish(visit, on: &floor)
        }
    }

    mutating func wake(_ visit: FeatureVisit, on floor: inout Floor) {
        guard visit.until <= floor.now.uptime else { return }
        switch visit.step {
        case .changing: configured(.refused(.later, Catalogue.changeTookTooLong), on: &floor)
        case .owing(let owed): wake(visit, owed, on: &floor)
        case .echoing, .testing: pressed(.pound, in: visit, on: &floor)
        case .wishing, .saying: finish(visit, on: &floor)
        }
    }
}

extension ChangeOutcome.Refusal {
    /// What the employee hears.
    fileprivate var phrase: PromptPhrase {
        switch self {
        case .notPermitted: .notPermitted
        case .later: .tryAgain
        case .wrong: .refused
        }
    }
}
