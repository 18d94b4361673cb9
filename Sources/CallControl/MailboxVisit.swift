import Routing
import Telephony

/// Somebody at his voicemail box by telephone.
///
///     code ─▶ messages, the new ones first ◀─▶ menu ◀─▶ greeting: record ─▶ listen ─▶ accept
///      └ wrong: a pause; three times: the box is locked
struct MailboxVisit: Sendable {
    /// How far he is.
    enum Step: Equatable, Sendable {
        /// He dials the code.
        case pin(String)
        /// It was wrong: he waits.
        case penalty
        /// He may choose what to do.
        case menu
        /// He hears a message of the list.
        case message(Int)
        /// He has heard it, and may choose what becomes of it.
        case choices(Int)
        /// He may choose what callers hear.
        case greetings
        /// He is told to speak a greeting after the tone; he speaks; it is on its way to the disk.
        case prompting, recording, saving
        /// He may accept what he spoke.
        case review
        /// He hears that it is over.
        case farewell
    }

    let caller: LegID
    let box: VoicemailBox
    let speaking: Speaking
    var step: Step
    /// What he hears, while he does.
    var speech: Int?
    /// What is in the box, as he hears it: new ones first.
    var list: [Int] = []
    /// What he has deleted; gone for good when he leaves.
    var deleted: Set<Int> = []
    /// The greeting that he speaks.
    var draft: Int?
    /// How often in a row he did nothing.
    var silences = 0
    /// When something happens by itself.
    var until: Instant

    /// How long a key is waited for, and how often in a row.
    static let keyTime = Duration.seconds(5), silenceLimit = 3

    /// The clip that is recorded or saved.
    var clip: Clip? {
        switch step {
        case .recording, .saving: draft.map(VoiceMessage.clip)
        case .pin, .penalty, .menu, .message, .choices, .greetings, .prompting, .review, .farewell: nil
        }
    }

    /// Every choice of this step with its key, as it is said.
    var options: [Clip] {
        if step == .review { return speaking.reviewChoices }
        let choices: [(PromptPhrase, Digit)] =
            switch step {
            case .menu: [(.toListen, .d1), (.toRecordGreeting, .d9), (.toExit, .pound)]
            case .choices(let place):
                [(.toRepeat, .d1)] + (place + 1 < list.count ? [(.toNext, .d6)] : [])
                    + (place > 0 ? [(.toPrevious, .d4)] : [])
                    + [(.toDelete, .d7), (.toCallBack, .d8), (.toReturn, .star), (.toExit, .pound)]
            case .greetings: [(.toRecordGreeting, .d1), (.toStandardGreeting, .d2), (.toReturn, .star)]
            case .pin, .penalty, .message, .prompting, .recording, .saving, .review, .farewell: []
            }
        return choices.flatMap { speaking.say($0.0) + speaking.key($0.1) }
    }

    /// Number, caller and time of a message, and the message.
    func told(_ place: Int, _ message: VoiceMessage, in office: Office, at now: Moment) -> [Clip] {
        let time = CivilTime(utc: message.at, offset: message.utcOffset)
        var clips = speaking.say(.messageNumber) + speaking.number(place + 1)
        if !message.from.isEmpty {
            clips += speaking.say(.messageFrom)
            clips +=
                office.extensions[message.from] == nil
                ? speaking.telephone(PhoneNumber(message.from, country: office.country)) : speaking.figures(message.from)
        }
        clips += speaking.say(.messageReceived) + speaking.day(time, seenFrom: now.civil) + speaking.timeOfDay(time)
        return clips + [message.clip]
    }
}

/// Wrong codes of one box.
struct PINLock: Equatable, Sendable {
    /// In a row.
    var failures = 0
    /// Nobody gets in before this.
    var until: Instant?

    /// Wrong codes that lock a box, and for how long.
    static let limit = 3, time = Duration.seconds(300)

    /// How long the next try has to wait.
    var penalty: Duration { .seconds(1 << max(0, failures - 1)) }

    /// Takes note of a wrong code.
    mutating func fail(at now: Instant) {
        failures += 1
        if failures >= Self.limit { (failures, until) = (0, now + Self.time) }
    }

    func isLocked(at now: Instant) -> Bool { until.map { now < $0 } ?? false }
}
