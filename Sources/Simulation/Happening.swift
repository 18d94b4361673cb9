import FollowUp
import Signalling
import Telephony

/// One call of one agent: a handset held to an ear.
public struct Ear: Hashable, Comparable, Sendable {
    /// The agent's place in the office, and its count of its calls.
    public var agent: Int, call: Int

    /// In the order of the office.
    public static func < (left: Ear, right: Ear) -> Bool { (left.agent, left.call) < (right.agent, right.call) }
}

/// What somebody hears.
public enum Hearing: Equatable, Sendable {
    case nothing
    /// The phone's own ringback, after 180, or one that we play.
    case tone(Tone)
    case music
    /// The names of the clips.
    case speech([String])
    /// Everybody else in this conference.
    case room(Int)
    case party(Ear)
}

/// Something that happened in a simulated office.
public struct Happening: Equatable, Sendable {
    /// What.
    public enum What: Equatable, Sendable {
        /// A message was sent; `byHand` where a person did nothing but send it.
        case message(Message, from: String, to: String, byHand: Bool)
        /// An agent noticed something; who is at it.
        case noticed(AgentFact, by: String, Ear)
        /// What somebody hears changed.
        case hears(String, String)
        /// Two began to hear each other.
        case bridged(String, String)
        /// Somebody got a key that the other pressed.
        case digit(Digit, by: String)
        /// A call's record went to the store.
        case record(CallRecord)
        /// People or fate did something.
        case deed(String)
        /// Something else that is worth a line.
        case note(String)
    }

    /// When.
    public var at: Instant
    /// What.
    public var what: What
}

extension Duration {
    /// Seconds with as few decimals as are exact to the millisecond, but at least one.
    var ladder: String {
        let all = milliseconds
        let fraction = (all % 1000).magnitude
        var digits = String(repeating: "0", count: 3 - String(fraction).count) + String(fraction)
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        return "\(all < 0 ? "-" : "")\((all / 1000).magnitude).\(digits)"
    }
}

extension SimulatedOffice {
    /// How much of what happened a ladder shows.
    public enum Level: Sendable {
        /// What people notice, and records.
        case calls
        /// Every message too.
        case sip
    }

    /// The line of a ladder for what happened; nil where this level does not show it.
    public func text(_ what: Happening.What, _ level: Level) -> String? {
        switch what {
        case .message(let message, let from, let to, let byHand):
            guard level == .sip, !byHand else { return nil }
            return to == Self.ownName ? "\(alias(from)) ⇒ \(message.ladder)" : "\(alias(to)) ⇐ \(message.ladder)"
        case .noticed(let fact, let person, _): return text(fact, alias(person))
        case .hears(let person, let what): return "\(alias(person)) hears \(what)"
        case .bridged(let one, let other): return "\(alias(one)) ↔ \(alias(other))"
        case .digit(let digit, let person): return "\(alias(person)) gets \(digit.rawValue)"
        case .record(let record): return text(record)
        case .deed: return nil
        case .note(let text): return text
        }
    }

    /// Nil for what nobody sees: that a phone's wish to hold was granted shows in who hears what.
    private func text(_ fact: AgentFact, _ person: String) -> String? {
        switch fact {
        case .registered: "\(person) registered"
        case .unregistered: "\(person) unregistered"
        case .registrationRefused(let status): "\(person) refused (\(status))"
        case .rings: "\(person) rings"
        case .answered: "\(person) answered"
        case .released(_, let cause): "\(person) released (\(cause.rawValue))"
        case .changed(_, let accepted): accepted ? nil : "\(person) cannot hold"
        case .transfer(_, let status): "\(person) transfer \(status)"
        case .lamp(let new, let old): "\(person) lamp \(new)/\(old)"
        case .lampRefused(let status): "\(person) lamp refused (\(status))"
        case .shows(let resource, let what): "\(person) sees \(resource) \(what)"
        case .watchRefused(let resource, let status): "\(person) sees no \(resource) (\(status))"
        }
    }

    private func text(_ record: CallRecord) -> String {
        let head = "record \(alias(record.from))→\(alias(record.to))"
        switch record.result {
        case .answered:
            return "\(head) by \(alias(record.employee ?? "?")) wait \(record.wait.ladder) talk \(record.talk.ladder)"
        case .interrupted: return "\(head) interrupted"
        case .missed, .served, .refused:
            return "\(head) \(record.result.rawValue) (\(record.cause.rawValue)) wait \(record.wait.ladder)"
        }
    }
}

extension Message {
    /// How the phone is asked to ring: ` ring vip`.
    private var ringWord: String { header("Alert-Info")?.split(separator: "=").last.map { " ring \($0)" } ?? "" }

    /// `INVITE 200`, `INVITE 101 ring vip`, `200`, `200 BYE`, `CANCEL (answeredElsewhere)`.
    var ladder: String {
        let reason = Cause(reasonOf: self).map { " (\($0.rawValue))" } ?? ""
        switch start {
        case .request(.invite, let uri): return to.tag == nil ? "INVITE \(uri.user)" + ringWord : "re-INVITE"
        case .request(let method, _): return method.rawValue + reason
        case .response(let status, _): return sequenceMethod == .invite ? "\(status)" : "\(status) \(sequenceMethod)"
        }
    }
}
