import CallControl
import Routing
import Telephony

/// From now on somebody hears this.
public struct Heard: Equatable, Sendable {
    /// When, and at which handset.
    public var at: Instant, ear: Ear
    /// Who holds it, and whether he called; else he was called.
    public var person: String, isCaller: Bool
    /// What; nil: the handset is down.
    public var hearing: Hearing?
    /// Whether his silence is his own or his partner's: he keeps him waiting, or is connected to one who does not speak.
    public var isQuietTalk = false
}

/// A key that somebody pressed in a call.
struct Keystroke: Equatable, Sendable {
    var at: Instant, ear: Ear, digit: Digit
}

/// What a department did to a member, as the counts on the disk show it.
struct Duty: Equatable, Sendable {
    enum What: Equatable, Sendable {
        case offered
        /// A talk that it had given him is over.
        case talked
    }

    var what: What, at: Instant, member: ExtensionNumber, department: DepartmentID
}

extension SimulatedOffice {
    /// Writes down whose hearing changes.
    mutating func logHearings(_ next: [Ear: Hearing]) {
        let holding = Set(next.keys.filter { call($0)?.holding != nil })
        defer { held = holding }
        for ear in Set(next.keys).union(heard.keys).sorted()
        where heard[ear] != next[ear] || heard[ear] == nil || held.contains(ear) != holding.contains(ear) {
            let isCaller = call(ear)?.isOutgoing ?? false
            var heard = Heard(at: now, ear: ear, person: person(ear), isCaller: isCaller, hearing: next[ear])
            let leg = media.leg(at: call(ear)?.theirs?.audioEndpoint).flatMap { media.legs[$0] }
            if case .leg? = leg?.hears { heard.isQuietTalk = true }
            if holding.contains(ear) { heard.isQuietTalk = true }
            hearings.append(heard)
        }
    }

    /// Writes down what a change of counts tells of a department.
    mutating func note(_ row: Ledger.Row) {
        guard case .department(let id) = row.account else { return }
        let before = store.loads[row.account.text + " " + row.member]?.load
        if row.load.lastOffered == moment.utc, before?.lastOffered != moment.utc {
            duties.append(Duty(what: .offered, at: now, member: row.member, department: id))
        }
        if row.load.lastEnded == moment.utc, before?.lastEnded != moment.utc {
            duties.append(Duty(what: .talked, at: now, member: row.member, department: id))
        }
    }

    /// The wall clock at an instant of the day that is over.
    func moment(at instant: Instant) -> Moment {
        Moment(uptime: instant, utc: utc(instant), utcOffset: moment.utcOffset)
    }

    /// Whether nothing that was sent got lost: then what people hear is what the exchange meant them to hear.
    var isFairDay: Bool { network.lost == 0 && kills.isEmpty }

    /// A complaint about a moment, with what happened around it.
    func complaint(_ checker: String, _ text: String, at moment: Instant, concerning people: Set<String>) -> Complaint {
        Complaint(
            checker: checker, text: text,
            ladder: excerpt(from: moment - .seconds(90), to: moment + .seconds(10), concerning: people))
    }
}
