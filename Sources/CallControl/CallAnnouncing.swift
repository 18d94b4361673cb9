import Routing
import Telephony

/// What the caller is told before his call goes on: a greeting, or that somebody else will answer.
struct Announcing: Sendable {
    /// What happens at its end.
    enum Sequel: Sendable {
        case enter(Target, chain: ArraySlice<NoAnswerStep>)
        /// The call is released.
        case end
    }

    var hunt: Hunt
    /// What he hears.
    var speech: Int
    var sequel: Sequel
    /// Whether he may dial an extension meanwhile.
    var takesDigits = false
    /// What he has dialled, and when it is taken as all of it.
    var digits = "", digitsEnd: Instant?
    /// More than any announcement takes.
    var until: Instant
    /// The speech is over, and only the digits are waited for.
    var isOver = false

    static let limit = Duration.seconds(180)
    /// How long after a digit another one may come.
    static let digitTime = Duration.seconds(3)

    /// When it wants to be woken.
    var deadline: Instant? { min(until, digitsEnd ?? until) }
}

extension Call {
    /// Plays to the caller, early or after answering him, as it must be or as the office says; then comes what comes.
    mutating func announce(
        _ clips: [Clip], _ hunt: Hunt, then sequel: Announcing.Sequel, answering: Bool = false, takesDigits: Bool = false,
        on floor: inout Floor
    ) {
        let isAnswered = answering || incoming != nil && floor.router.office.answersToAnnounce
        if isAnswered, answered.insert(hunt.caller).inserted {
            floor.orders.append(.answer(hunt.caller, matching: nil))
        } else if !answered.contains(hunt.caller) {
            hasEarlyMedia = true
        }
        alerted = false
        let speech = floor.newSpeech(clips)
        floor.orders.append(.play(hunt.caller, .speech(speech)))
        stage = .announcing(
            Announcing(
                hunt: hunt, speech: speech.id, sequel: sequel, takesDigits: takesDigits,
                until: floor.now.uptime + Announcing.limit))
    }

    mutating func wake(_ announcing: Announcing, on floor: inout Floor) {
        var announcing = announcing
        let now = floor.now.uptime
        if let end = announcing.digitsEnd, end <= now {
            announcing.digitsEnd = nil
            dialled(announcing, on: &floor)
        } else if announcing.until <= now {
            goOn(announcing, on: &floor)
        }
    }

    /// It was heard to its end; a caller who is dialling is waited for.
    mutating func announced(_ announcing: Announcing, on floor: inout Floor) {
        guard announcing.digitsEnd != nil else { return goOn(announcing, on: &floor) }
        var announcing = announcing
        announcing.isOver = true
        stage = .announcing(announcing)
    }

    private mutating func goOn(_ announcing: Announcing, on floor: inout Floor) {
        var hunt = announcing.hunt
        switch announcing.sequel {
        case .enter(let target, let chain): enter(target, chain: chain, &hunt, on: &floor)
        case .end:
            release(hunt.caller, .normalClearing, on: &floor)
            close(.normalClearing, on: &floor)
        }
    }

    // MARK: An extension dialled meanwhile

    mutating func pressed(_ digit: Digit, _ announcing: Announcing, on floor: inout Floor) {
        guard announcing.takesDigits, announcing.digits.count < 8 else { return }
        var announcing = announcing
        if announcing.digits.isEmpty { floor.orders.append(.quiet(announcing.hunt.caller)) }
        announcing.digits.append(digit.rawValue)
        announcing.digitsEnd = floor.now.uptime + Announcing.digitTime
        stage = .announcing(announcing)
        if floor.router.isCompleteNumber(announcing.digits) { dialled(announcing, on: &floor) }
    }

    /// All that he dialled: an extension or department, or nothing that is one, and then it goes on as it would have.
    private mutating func dialled(_ announcing: Announcing, on floor: inout Floor) {
        guard let target = floor.router.inside(announcing.digits) else { return goOn(announcing, on: &floor) }
        explain(.greeting, .taken, Catalogue.dialledMeanwhile(announcing.digits), floor)
        var hunt = announcing.hunt
        enter(target, chain: [], &hunt, on: &floor)
    }
}
