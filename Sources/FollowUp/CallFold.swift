import Telephony

extension CallRecord {
    /// The record that `journal` tells, as far as it goes.
    ///
    /// - A call that is not closed yet reads as what it becomes if we are killed now: `interrupted`, lasting until its last line.
    /// - Times are differences of the monotonic clock, so a corrected wall clock bends no duration.
    /// - `employee` is the first who answered, also after a transfer; where nobody did, the first who was addressed: a forwarded
    ///   call is missed by the one it was meant for, whoever else it rang, and a department's call by nobody in person. An outgoing call's employee is the one who dialled.
    /// - Unanswered is `missed`; for an outgoing call that means: tried, and not reached. It is `served` where a menu or prompt told
    ///   the caller all he wanted, and `refused` only where the exchange neither knew whom it was for nor tried anybody, and the
    ///   caller did not give up by himself.
    /// - A machine is nobody: a call that left a message is missed, with the message.
    /// - The outside party is known by number alone; who that is, the contact book tells later.
    public init(journal: CallJournal) {
        var fold = JournalFold(call: journal.call)
        for line in journal.lines { fold.take(line) }
        self = fold.record
    }
}

/// The journal read so far.
private struct JournalFold {
    /// A leg and the moments that its times are differences of.
    struct LegStory {
        var id: LegID?, target: String, member: String?, dialled: Moment
        var rang: Instant?, settled: Instant?, outcome: LegOutcome?, cause: Cause?
        /// Somebody or something picked up, and never said that he takes the call.
        var pickedUp = false

        var rings: Bool { rang != nil && settled == nil }
    }

    let call: CallID
    var direction = CallDirection.internal, from = "", name = "", to = ""
    var number: String?, label: String?, department: String?, addressee: String?, received: String?
    var message: Int?, isAway = false, isServed = false, cameToMenu = false, callback: CallRecord.CallbackOrder?
    /// How many phones ring, since when, and how long any did before.
    var ringing = (count: 0, since: Instant.zero, before: Duration.zero)
    var arrived: Moment?, last: Moment?, closed: (at: Moment, cause: Cause)?
    var legs: [LegStory] = []
    var reasons: [Explanation] = []
    /// More reasons than a person reads.
    static let reasonLimit = 64
    var partner: (target: String, since: Instant)?
    /// Whoever he talked to first was a room full of people: nobody in person has answered him.
    var isInConference = false

    mutating func take(_ line: CallJournal.Line) {
        if arrived == nil { arrived = line.at }
        last = line.at
        switch line.entry {
        case .arrived(let direction, let from, let name, let to):
            (self.direction, self.from, self.name, self.to) = (direction, from, name, to)
        case .number(let number, let label): if self.number == nil { (self.number, self.label) = (number, label) }
        case .received(let number): received = received ?? number
        case .department(let id):
            asksFurther()
            department = department ?? id
        // Whoever a department's call is passed on to does not answer for the department.
        case .addressed(let person):
            asksFurther()
            if addressee == nil, department == nil { addressee = person }
        case .away(let person): if person == addressee { isAway = true }
        case .served: isServed = true
        case .conference(let room):
            let target = "conference \(room)"
            legs.append(LegStory(id: nil, target: target, member: nil, dialled: line.at, outcome: .answered))
            if partner == nil { (partner, isInConference) = ((target, line.at.uptime), true) }
        case .callbackOrdered(let number, let department, let since):
            isServed = true
            callback = CallRecord.CallbackOrder(number: number, department: department, since: since)
        case .voicemail(let box):
            legs.append(LegStory(id: nil, target: "voicemail \(box)", member: nil, dialled: line.at, outcome: .machine))
        case .message(let id): message = message ?? id
        case .dialled(let id, let target, let member):
            asksFurther()
            legs.append(LegStory(id: id, target: target, member: member, dialled: line.at))
        case .pickedUp(let id): change(id, at: line.at.uptime) { $0.pickedUp = true }
        case .rang(let id): change(id, at: line.at.uptime) { $0.rang = $0.rang ?? line.at.uptime }
        case .answered(let id): answered(id, at: line.at.uptime)
        case .ended(let id, let cause):
            change(id, at: line.at.uptime) {
                $0.settled = $0.settled ?? line.at.uptime
                $0.cause = $0.cause ?? cause
            }
        case .because(let reason): if reasons.count < Self.reasonLimit { reasons.append(reason) }
        case .menu: cameToMenu = true
        case .transferred: break
        case .closed(let cause): closed = closed ?? (line.at, cause)
        }
    }

    /// A client whom a menu has told something wants somebody all the same: that did not serve him.
    mutating func asksFurther() { if direction == .incoming, callback == nil { isServed = false } }

    mutating func answered(_ id: LegID, at moment: Instant) {
        change(id, at: moment) { leg in
            leg.outcome = .answered
            leg.settled = leg.settled ?? moment
        }
        guard partner == nil, let leg = legs.last(where: { $0.id == id }) else { return }
        partner = (leg.member ?? leg.target, moment)
        if ringing.count > 0 { ringing = (0, moment, ringing.before + (moment - ringing.since)) }
    }

    mutating func change(_ id: LegID, at moment: Instant, _ body: (inout LegStory) -> Void) {
        guard let index = legs.lastIndex(where: { $0.id == id }) else { return }
        let rang = legs[index].rings
        body(&legs[index])
        guard partner == nil, legs[index].rings != rang else { return }
        if rang {
            ringing.count -= 1
            if ringing.count == 0 { ringing.before += moment - ringing.since }
        } else {
            if ringing.count == 0 { ringing.since = moment }
            ringing.count += 1
        }
    }

    var record: CallRecord {
        var record = CallRecord(
            id: call, at: (arrived?.utc ?? 0) + shift, utcOffset: arrived?.utcOffset ?? 0, direction: direction, from: from,
            to: to)
        record.isDated = (closed?.at ?? last)?.clockTrust ?? .trusted == .trusted
        (record.number, record.label, record.department, record.message) = (number, label, department, message)
        (record.received, record.addressee, record.isAway) = (received, addressee, isAway)
        record.callback = callback
        // Who hides his number and gives one to be called on is known by that.
        let shown = from.isEmpty ? callback?.number ?? "" : from
        if direction == .incoming, !shown.isEmpty { record.client = CallRecord.Client(number: shown, name: name) }
        let answerer = isInConference ? nil : partner?.target
        record.employee = direction == .outgoing ? from : answerer ?? addressee
        record.reasons = reasons
        record.cause = closed?.cause ?? .interrupted
        record.result = result
        let begin = arrived?.uptime ?? .zero
        let end = (closed?.at ?? last)?.uptime ?? begin
        record.wait = (partner?.since ?? end) - begin
        record.talk = partner.map { end - $0.since } ?? .zero
        record.ringing = ringing.before + (ringing.count > 0 ? end - ringing.since : .zero)
        record.legs = legs.map { leg in
            CallRecord.Leg(
                target: leg.target, at: leg.dialled.utc + shift, rang: leg.rang.map { (leg.settled ?? end) - $0 } ?? .zero,
                outcome: outcome(of: leg))
        }
        return record
    }

    /// Who picked up outside and let the time run out was a machine: a person says that he takes the call.
    func outcome(of leg: LegStory) -> LegOutcome {
        if let outcome = leg.outcome { return outcome }
        if leg.pickedUp, leg.cause == .noAnswer { return .machine }
        return LegOutcome(unanswered: leg.cause ?? .cancelled)
    }

    /// By how many milliseconds the clock was set while the call was up and nobody vouched for it.
    private var shift: Int64 {
        guard let arrived, let end = closed?.at, arrived.clockTrust == .untrusted else { return 0 }
        return end.utc - arrived.utc - (end.uptime - arrived.uptime).milliseconds
    }

    var result: CallResult {
        guard let closed, closed.cause != .interrupted else { return .interrupted }
        if partner != nil { return .answered }
        if isServed, message == nil { return .served }
        let meantForSomebody = direction != .outgoing && (addressee != nil || department != nil)
        // Whoever listened to a menu has been answered for SIP, and ends his call like anybody who talked.
        let gaveUp = closed.cause == .cancelled || closed.cause == .normalClearing
        return meantForSomebody || cameToMenu || !legs.isEmpty || gaveUp ? .missed : .refused
    }
}
