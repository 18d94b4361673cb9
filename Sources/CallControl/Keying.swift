import Routing
import Telephony

/// What an employee dials in a talk: `##` and a number, and hangs up or waits (blind, R-181), or a further `#` (attended, R-183).
///
///     (talk) ──#──▶ hash ──#──▶ number ──time, or he hangs up──▶ the partner is sent on
///       ▲             │            ├──#──▶ consultation, a call of its own on the same line
///       └──── time, another key    └──wrong──▶ told ──▶ (talk)
///
/// The keys of employees go no further than to us (`Order.withhold`); those that are none of ours are handed on, a single `#` as soon
/// as it is clear that no second one follows. From the second `#` on the partner hears music. A client's keys are never looked at.
struct Keying: Sendable {
    enum Step: Sendable {
        /// One `#` came, and it is not clear yet whose it is.
        case hash
        /// After `##`: the number so far.
        case number(String)
        /// He hears why it did not work.
        case told(speech: Int)
    }

    /// Whose keys.
    let leg: LegID, member: ExtensionNumber
    var step: Step
    var until: Instant

    /// How long a second `#` may take, the first figure, and each further one.
    static let hashTime = Duration.seconds(1), firstTime = Duration.seconds(8), digitTime = Duration.seconds(4)
    /// Longer than anything that is said to him.
    static let toldTime = Duration.seconds(10)
    /// The longest number that is taken.
    static let numberLimit = 20

    /// Whether the partner is put aside meanwhile.
    var setsAside: Bool {
        switch step {
        case .hash: false
        case .number, .told: true
        }
    }
}

extension Call {
    /// From now on the employees of the two who talk may send each other on.
    mutating func watchKeys(of legs: [LegID], on floor: inout Floor) {
        for leg in legs where floor.employee(leg) != nil && watched.insert(leg).inserted { floor.orders.append(.withhold(leg)) }
    }

    /// A key in a talk.
    mutating func keyed(_ leg: LegID, _ digit: Digit, on floor: inout Floor) {
        guard watched.contains(leg), let partner = partner(of: leg) else { return }
        guard let keying, keying.leg == leg || keying.setsAside else {
            return begin(leg, digit, partner, on: &floor)
        }
        guard keying.leg == leg else { return }
        switch (keying.step, digit) {
        case (.hash, .pound): askForNumber(keying, on: &floor)
        case (.hash, _):
            self.keying = nil
            floor.orders += [.press(partner, .pound), .press(partner, digit)]
        case (.number(""), .pound), (.number, .star), (.told, _): resumeTalk(on: &floor)
        case (.number(let digits), .pound): consult(digits, keying, on: &floor)
        case (.number(let digits), _): dialled(digit, after: digits, keying, on: &floor)
        }
    }

    /// The first key. While his partner is about to dial as well, or in a consultation, `#` is a key like any other.
    private mutating func begin(_ leg: LegID, _ digit: Digit, _ partner: LegID, on floor: inout Floor) {
        guard digit == .pound, keying == nil, loan == nil, let member = floor.employee(leg) else {
            return floor.orders.append(.press(partner, digit))
        }
        keying = Keying(leg: leg, member: member, step: .hash, until: floor.now.uptime + Keying.hashTime)
    }

    private mutating func askForNumber(_ before: Keying, on floor: inout Floor) {
        var keying = before
        keying.step = .number("")
        keying.until = floor.now.uptime + Keying.firstTime
        self.keying = keying
        arrangeMedia(on: &floor)
        let speech = floor.newSpeech(floor.speaking(to: keying.member).say(.transferEnterNumber))
        floor.orders.append(.play(keying.leg, .speech(speech)))
    }

    private mutating func dialled(_ digit: Digit, after digits: String, _ before: Keying, on floor: inout Floor) {
        guard digits.count < Keying.numberLimit, digit.rawValue.isNumber else { return }
        if digits.isEmpty { floor.orders.append(.quiet(before.leg)) }
        var keying = before
        keying.step = .number(digits + String(digit.rawValue))
        keying.until = floor.now.uptime + Keying.digitTime
        self.keying = keying
    }

    /// Time passed in a talk.
    mutating func wakeKeying(on floor: inout Floor) {
        guard let keying, keying.until <= floor.now.uptime, let partner = partner(of: keying.leg) else { return }
        switch keying.step {
        case .hash:
            self.keying = nil
            floor.orders.append(.press(partner, .pound))
        case .number(""), .told: resumeTalk(on: &floor)
        case .number(let digits): sendOn(digits, keying, on: &floor)
        }
    }

    /// He has heard why it did not work.
    mutating func toldInTalk(_ leg: LegID, _ speech: Int, on floor: inout Floor) {
        guard case .told(speech)? = keying?.step, keying?.leg == leg else { return }
        resumeTalk(on: &floor)
    }

    /// The two hear each other again.
    mutating func resumeTalk(on floor: inout Floor) {
        keying = nil
        arrangeMedia(on: &floor)
    }

    /// One of the two who talk hears this from us first; the other one waits.
    mutating func tellInTalk(_ phrases: [PromptPhrase], _ leg: LegID, _ member: ExtensionNumber, on floor: inout Floor) {
        let speaking = floor.speaking(to: member)
        let speech = floor.newSpeech(phrases.flatMap { speaking.say($0) })
        keying = Keying(
            leg: leg, member: member, step: .told(speech: speech.id), until: floor.now.uptime + Keying.toldTime)
        arrangeMedia(on: &floor)
        floor.orders.append(.play(leg, .speech(speech)))
    }

    // MARK: Blind

    /// Where the number leads that he dialled, by his own rights.
    private enum Way {
        case target(Target)
        /// The partner is parked there.
        case parking(slot: String?)
        case nowhere(PromptPhrase)
    }

    private func way(_ number: String, _ keying: Keying, _ floor: Floor) -> Way {
        switch floor.router.dialled(number, by: keying.member).outcome {
        case .target(let target): .target(target)
        case .parking(let slot): .parking(slot: slot)
        // One's own box is nobody else's.
        case .mailbox, .paging, .refused(.forbidden): .nowhere(.transferForbidden)
        case .refused: .nowhere(.invalid)
        }
    }

    /// The number is complete and he is still there: he hears ringing until somebody answers, or where the partner is parked.
    private mutating func sendOn(_ number: String, _ keying: Keying, on floor: inout Floor) {
        guard let partner = partner(of: keying.leg) else { return }
        switch way(number, keying, floor) {
        case .nowhere(let phrase): tellInTalk([phrase], keying.leg, keying.member, on: &floor)
        case .parking(let slot):
            let isParked = park(
                partner, in: slot, dialled: number, by: keying.member, staying: keying.leg, isKeyed: true, on: &floor)
            if !isParked { tellInTalk([.parkFailed], keying.leg, keying.member, on: &floor) }
        case .target(let target):
            self.keying = nil
            send(partner, to: target, dialled: number, by: keying.member, staying: keying.leg, isKeyed: true, on: &floor)
        }
    }

    /// He hung up after `##` and a number: his partner is sent there; where that cannot be, he gets him back. False: he only hung up.
    mutating func hungUpKeying(_ leg: LegID, _ cause: Cause, on floor: inout Floor) -> Bool {
        guard let keying, keying.leg == leg, cause == .normalClearing, let partner = partner(of: leg) else { return false }
        let number: String
        switch keying.step {
        case .hash, .number(""): return false
        case .number(let digits): number = digits
        case .told: number = ""
        }
        self.keying = nil
        switch way(number, keying, floor) {
        case .target(let target):
            send(partner, to: target, dialled: number, by: keying.member, staying: nil, isKeyed: true, on: &floor)
        case .parking(let slot):
            let isParked = park(partner, in: slot, dialled: number, by: keying.member, staying: nil, isKeyed: true, on: &floor)
            if !isParked { bringBack(partner, to: keying.member, leaving: leg, on: &floor) }
        case .nowhere: bringBack(partner, to: keying.member, leaving: leg, on: &floor)
        }
        return true
    }

    // MARK: Attended

    /// He talks to the third one first, in a call of its own, which the switchboard begins on his line.
    private mutating func consult(_ number: String, _ keying: Keying, on floor: inout Floor) {
        guard case .talking(let one, _) = stage, let partner = partner(of: keying.leg) else { return }
        switch way(number, keying, floor) {
        // Nobody is consulted there.
        case .nowhere, .parking: return sendOn(number, keying, on: &floor)
        case .target: break
        }
        self.keying = nil
        stage = .consulting(
            Consulting(partner: partner, isFirst: partner == one, leg: keying.leg, member: keying.member, number: number))
    }
}
