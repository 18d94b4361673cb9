import OrderedCollections
import Routing
import Telephony

/// The search for somebody to talk to `caller`: who rings now, who rings next, and what happens if nobody comes.
///
///     enter(target) ─▶ waves ring ─▶ answered ─▶ (talk)
///          ▲              │ all gone, or the chain's time is up
///          └── next link ◀┘─▶ busy tone, or release
struct Hunt: Sendable {
    /// One phone that rings or is tried.
    struct Attempt: Equatable, Sendable {
        /// How far it is.
        enum Stage: Equatable, Sendable {
            case trying
            /// Picked up outside: whoever it is hears that he shall press 1; how often he heard it, and how long he has.
            case accepting(times: Int, until: Instant)
            /// Picked up by a member, who hears where the call comes from.
            case whispering(until: Instant)
        }

        var target: DialTarget
        /// Whom it is to reach: an extension, or a member or target outside.
        var member: ExtensionNumber
        /// Other ways to the same number, if this line fails.
        var otherLines: ArraySlice<OutgoingLine> = []
        var rang = false
        var stage = Stage.trying
        /// The speech that the leg hears.
        var speech: Int?
        /// The network has described its voice and is not heard; and whether it ever was.
        var silence: EarlySilence?
        var hasSpoken = false
    }

    /// How long whoever picked up outside has to press 1, and how often he is told.
    static let acceptTime = Duration.seconds(15), acceptTimes = 2
    /// More than any whisper takes: then the member is connected all the same.
    static let whisperLimit = Duration.seconds(20)

    /// How long an outside number that somebody dialled rings.
    static let dialledLimit = Duration.minutes(2)

    /// Who waits.
    var caller: LegID
    /// Who transferred the caller and still waits for news of it.
    var transferor: LegID?
    /// Who transferred him has him back where nobody takes him; nil: the rules of whoever is called hold.
    var recall: ExtensionNumber?
    /// He was transferred by keys: the transferor hears what comes of it.
    var isKeyed = false
    /// Who is in the call before anybody answers.
    var parties: [LegID] { [caller] + (transferor.map { [$0] } ?? []) }
    /// What is tried now, oldest first.
    var attempts: OrderedDictionary<LegID, Attempt> = [:]
    /// Who rings in which order, and which waves have rung.
    var plan = RingPlan()
    var rung: Set<Int> = []
    /// What is tried when the plan has been tried through: after the familiar one everybody else, after those who speak the
    /// caller's language those who do not.
    var afterwards: ArraySlice<RingPlan> = []
    /// The caller's language, where a scheme has asked for it.
    var language: String?
    /// The department that rings, for the counts.
    var department: DepartmentID?
    /// How the caller waits for that department, and since when.
    var waiting: Waiting?
    /// Who joined by escalation.
    var escalated: [ExtensionNumber] = []
    /// Who joins at a moment, whatever the plan; soonest first.
    var additions: ArraySlice<(at: Instant, number: ExtensionNumber)> = []
    var waveEnds: Instant?
    /// Whether a phone has rung since the plan last began; a plan in which none did is not begun anew.
    var anyoneRang = false
    /// What happens if nobody answers; the first link's time runs.
    var chain: ArraySlice<NoAnswerStep> = []
    var chainEnds: Instant?
    /// The department has no chain of its own: the office's rule is for those whom its members let ring, not for those who queue.
    var waitsInPatience = false
    /// Where the call goes at once when the target is busy or not there.
    var onBusy: Target?
    var onUnreachable: Target?
    /// Said no: not asked again for this call.
    var declined: Set<ExtensionNumber> = []
    /// Asked in vain for this target: does not join it again as a latecomer, or a dead phone would be rung for ever.
    var spent: Set<ExtensionNumber> = []
    /// The plan's number is one outside: an extension of the same number, 112 say, is not meant.
    var isOutside = false
    /// The caller dialled the outside number himself: he hears its network, and whoever answers has the call.
    var isDialled = false
    /// A client's own employee is tried, by the rules of the owner source and not by his own.
    var isOwned = false
    /// The person whose own rule sends the call on: it goes out by his toll class. The office's rules have none.
    var sender: ExtensionNumber?
    /// A scheme sent the caller here by the hour, and he has chosen nothing himself since: words do not serve him.
    var isOutOfHours = false
    /// Whether the greeting was heard.
    var wasGreeted = false
    /// The most telling reason so far why nobody came.
    var reason: Cause = .unreachable
    /// Targets entered so far.
    var hops = 0

    /// Targets that one call may pass: more is a loop that the check at load could not see.
    static let hopLimit = 20

    init(caller: LegID, transferor: LegID? = nil) { (self.caller, self.transferor) = (caller, transferor) }

    /// When it wants to be woken.
    var deadline: Instant? {
        if let whisperEnds { return whisperEnds }
        let accepting = attempts.values.compactMap { attempt -> Instant? in
            if case .accepting(_, let until) = attempt.stage { until } else { nil }
        }
        let chainEnds = isChainHeld ? nil : chainEnds
        return ([waveEnds, chainEnds, additions.first?.at, waiting?.deadline, silenceEnds].compactMap { $0 } + accepting).min()
    }

    /// Whether the chain's time does not count now.
    var isChainHeld: Bool { isChoosing || waitsInPatience && isQueued }

    /// When the member who picked up is connected at the latest; nil: nobody has. Meanwhile nothing else is due.
    var whisperEnds: Instant? {
        for attempt in attempts.values { if case .whispering(let until) = attempt.stage { return until } }
        return nil
    }

    /// Whether this member's telephones are tried.
    func tries(_ member: ExtensionNumber) -> Bool { attempts.values.contains { $0.member == member } }

    /// Forgets the target that is left, keeps who waits.
    mutating func clear() {
        plan = RingPlan()
        (rung, waveEnds, chainEnds, anyoneRang) = ([], nil, nil, false)
        (afterwards, department, additions) = ([], nil, [])
        (waiting, escalated, waitsInPatience) = (nil, [], false)
        (onBusy, onUnreachable, reason, spent) = (nil, nil, .unreachable, [])
        (isOutside, isDialled) = (false, false)
    }

    /// One more reason why nobody came.
    mutating func learn(_ cause: Cause) { reason = reason.orMoreTelling(cause) }
}
