import Routing
import Telephony

/// A call that is only thought through: who would ring when if nobody answered, and why. Nothing rings.
public struct Rehearsal: Equatable, Sendable {
    /// One phone or line that would ring.
    public struct Ring: Equatable, Sendable {
        /// The extension, or the number as the trunk gets it.
        public var target: String
        /// The trunk, for a call out.
        public var trunk: TrunkID?
        /// From the call's arrival; `until` nil: until the end.
        public var from: Duration, until: Duration?

        /// A ring from its parts.
        public init(target: String, trunk: TrunkID? = nil, from: Duration, until: Duration?) {
            (self.target, self.trunk, self.from, self.until) = (target, trunk, from, until)
        }
    }

    /// How it ends where nobody answers.
    public enum Ending: Equatable, Sendable {
        case busyTone(after: Duration)
        /// An answering machine takes a message for this box.
        case voicemail(BoxID, after: Duration)
        case released(Cause, after: Duration)
        /// It does not end within the time that is thought through.
        case open
    }

    /// Every layer asked, in order.
    public var layers: [Explanation] = []
    /// In the order they would begin.
    public var rings: [Ring] = []
    /// Departments and people that the call comes to, and when: `department sales`.
    public var stations: [(target: Target, at: Duration)] = []
    /// What the caller hears of our voice, and when.
    public var speeches: [(clips: [Clip], at: Duration)] = []
    /// The end.
    public var ending = Ending.open

    /// Nothing thought through yet.
    public init() {}

    /// The same would be heard and rung, for the same reasons.
    public static func == (left: Self, right: Self) -> Bool {
        left.layers == right.layers && left.hasSameCourse(as: right)
    }

    /// The same would be heard and rung at the same times, whatever the reasons.
    public func hasSameCourse(as other: Self) -> Bool {
        rings == other.rings && ending == other.ending && speeches.elementsEqual(other.speeches) { $0 == $1 }
            && stations.elementsEqual(other.stations) { $0 == $1 }
    }
}

extension Switchboard {
    /// How far ahead is thought.
    static let horizon = Duration.seconds(3600)
    /// More steps than any office's rules can need in an hour.
    static let stepLimit = 10_000

    /// The office at another time: what its strategies, boxes and people remember is there, and every phone; nobody is in a call.
    public func planned(at moment: Moment) -> Switchboard {
        var board = Switchboard(office: floor.router.office)
        (board.floor.ledger, board.floor.messages, board.floor.dice) = (floor.ledger, floor.messages, floor.dice)
        (board.floor.states, board.floor.nights) = (floor.states, floor.nights)
        for number in floor.router.office.extensions.keys.sorted() { _ = board.handle(.reachable(number, true), at: moment) }
        return board
    }

    /// Thinks a call through on a copy, as things stand now: phones that are registered ring, and nobody answers. `card` is what is
    /// known of the client; `length` tells how long a speech takes.
    public func rehearse(
        _ offer: Offer, card: ClientCard = .blank, at moment: Moment, length: (Speech) -> Duration = { _ in .zero }
    ) -> Rehearsal {
        var copy = self
        var rehearsal = Rehearsal()
        let caller = copy.newLeg()
        var (now, ringing) = (moment, [LegID: Int]())
        var speaking: (speech: Int, until: Instant)?
        var todo = copy.handle(.offered(caller, offer), at: now)[...]
        for _ in 0..<Self.stepLimit {
            let after = now.uptime - moment.uptime
            guard let order = todo.popFirst() else {
                let due = [copy.deadline, speaking?.until].compactMap { $0 }.min()
                guard let due, due - moment.uptime <= Self.horizon else { break }
                now.utc += (due - now.uptime).milliseconds
                now.uptime = due
                if let speech = speaking, speech.until <= due {
                    speaking = nil
                    todo = copy.handle(.played(caller, speech: speech.speech), at: now)[...]
                } else {
                    todo = copy.wake(at: now)[...]
                }
                continue
            }
            switch order {
            case .dial(let leg, let target, _, _, for: caller):
                ringing[leg] = rehearsal.rings.count
                rehearsal.rings.append(.init(target: target.name, trunk: target.trunk, from: after, until: nil))
                todo += copy.handle(.rang(leg), at: now)
            case .release(caller, let cause):
                if rehearsal.ending == .open { rehearsal.ending = .released(cause, after: after) }
            case .release(let leg, _):
                if let index = ringing.removeValue(forKey: leg) { rehearsal.rings[index].until = after }
            case .play(caller, .tone(.busy, _)):
                rehearsal.ending = .busyTone(after: after)
            case .play(caller, .speech(let speech)):
                rehearsal.speeches.append((speech.clips, after))
                speaking = (speech.id, now.uptime + length(speech))
            case .record(caller, _): return copy.atMachine(caller, rehearsal, after: after)
            case .lookUp(let call, _): todo += copy.handle(.lookedUp(call, card), at: now)
            case .file(let journal) where journal.lines.first?.at == moment && rehearsal.ending != .open:
                rehearsal.take(journal)
                return rehearsal
            case .alert, .dial, .answer, .bridge, .play, .quiet, .mix, .attend, .announce, .withhold, .press, .record, .unrecord,
                .endRecording, .recorded, .awaitRecord, .report, .open, .file, .tally, .acquaint, .met, .night, .own, .mark,
                .configure, .askOwed, .keep, .erase, .greet, .adopt, .measure, .untested:
                break
            }
        }
        if let journal = copy.journal(of: caller) { rehearsal.take(journal) }
        return rehearsal
    }

    /// It ends where a machine listens to the caller.
    private func atMachine(_ leg: LegID, _ rehearsal: Rehearsal, after: Duration) -> Rehearsal {
        var rehearsal = rehearsal
        guard let call = call(of: leg).flatMap({ calls[$0] }), case .mailbox(let stay) = call.stage else { return rehearsal }
        rehearsal.ending = .voicemail(stay.box.id, after: after)
        rehearsal.take(call.journal)
        return rehearsal
    }

    private func journal(of leg: LegID) -> CallJournal? { call(of: leg).flatMap { calls[$0]?.journal } }
}

extension Rehearsal {
    /// The reasons that the call's journal tells, and where it came by.
    fileprivate mutating func take(_ journal: CallJournal) {
        guard let begin = journal.lines.first?.at.uptime else { return }
        for line in journal.lines {
            switch line.entry {
            case .because(let reason): layers.append(reason)
            case .department(let id): stations.append((.department(id), line.at.uptime - begin))
            case .menu(let id): stations.append((.menu(id), line.at.uptime - begin))
            case .addressed(let number): stations.append((.extension(number), line.at.uptime - begin))
            case .served(let what) where what.hasPrefix("conference "):
                stations.append((.conference(String(what.dropFirst("conference ".count))), line.at.uptime - begin))
            case .arrived, .number, .received, .away, .conference, .served, .callbackOrdered, .voicemail, .message, .dialled,
                .rang, .pickedUp, .answered, .ended, .transferred, .closed:
                break
            }
        }
    }
}

extension DialTarget {
    fileprivate var trunk: TrunkID? {
        switch self {
        case .extension: nil
        case .line(let line): line.trunk
        }
    }
}
