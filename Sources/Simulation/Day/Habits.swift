import Signalling
import Telephony

/// What a person does with a call, some time after something was noticed.
public enum Habit: Equatable, Sendable {
    case answer, hangUp, giveUp
    case decline(Int), redirect(String)
    case hold(AgentCall.Hold), resume
    case transfer(String), consult(String), join
    case fallSilent
    /// The keys are pressed, half a second apart.
    case press(String)
}

/// Somebody outside who calls once more.
struct Redial: Equatable, Sendable {
    var trunk: Int, number: String, caller: String
}

/// How the people of a generated office use their telephones: drawn, never scripted.
struct Habits: Sendable {
    var dice: Dice
    /// Numbers that somebody may be sent to.
    var numbers: [String]

    private mutating func seconds(_ range: ClosedRange<Int>) -> Duration {
        .milliseconds(Int64(range.lowerBound * 1000 + dice.roll((range.upperBound - range.lowerBound) * 1000 + 1)))
    }

    private mutating func number() -> String { numbers[dice.roll(numbers.count)] }

    /// What follows from it, and after how long.
    mutating func react(to fact: AgentFact, isOutside: Bool) -> [(Habit, Duration)] {
        switch fact {
        case .rings: ring()
        case .answered: talk() + (isOutside ? dialOn() : [])
        case .registered, .unregistered, .registrationRefused, .released, .changed, .transfer, .lamp, .lampRefused, .shows,
            .watchRefused:
            []
        }
    }

    private mutating func ring() -> [(Habit, Duration)] {
        switch dice.roll(100) {
        case 0..<60:
            let answer = seconds(1...20)
            return [(.answer, answer), (.hangUp, answer + seconds(3...120))] + accept(after: answer)
        case 60..<67: return [(.decline(486), seconds(0...3))]
        case 67..<73: return [(.decline(603), seconds(1...8))]
        case 73..<75: return [(.decline(480), seconds(1...8))]
        case 75..<77: return [(.redirect(number()), seconds(1...4))]
        case 77..<80:
            // Two deeds that race each other.
            let answer = seconds(1...10)
            return [(.answer, answer), (.hangUp, answer + .milliseconds(Int64(dice.roll(60))))]
        default: return []
        }
    }

    private mutating func talk() -> [(Habit, Duration)] {
        let length = seconds(3...120)
        var habits: [(Habit, Duration)] = [(.hangUp, length)]
        switch dice.roll(100) {
        case 0..<8: habits += [(.hold(.sendonly), length / 4), (.resume, length / 2)]
        case 8..<11: habits += [(.hold(.inactive), length / 4), (.resume, length / 2)]
        case 11..<13: habits += [(.hold(.zero), length / 4), (.resume, length / 2)]
        case 13..<14: habits += [(.hold(.sendonly), length / 4)]
        case 14..<19: habits += [(.transfer(number()), length / 2)]
        case 19..<24: habits += [(.consult(number()), length / 4), (.join, length / 2 + .seconds(10))]
        case 24..<26: habits += [(.fallSilent, length / 4)]
        case 26..<30: habits += [(.press("##" + number()), length / 3)]
        case 30..<34: habits += [(.press("##" + number() + "#"), length / 4), (.press("*"), length * 3 / 4)]
        default: break
        }
        return habits
    }

    /// A person outside who picks up presses 1; a machine, or somebody who does not want to, does not.
    private mutating func accept(after answer: Duration) -> [(Habit, Duration)] {
        dice.chance(2, in: 3) ? [(.press("1"), answer + seconds(1...9))] : []
    }

    /// A caller who hears a greeting or a menu may choose or dial; in a talk nobody minds the keys.
    private mutating func dialOn() -> [(Habit, Duration)] {
        guard dice.chance(1, in: 2) else { return [] }
        let keys = ["1", "2", "3", "9", "91", "99", "4", "999", number(), number()][dice.roll(10)]
        return [(.press(keys), .milliseconds(Int64(200 + dice.roll(2500))))]
    }

    /// Whether a caller who gave up calls again, and how much later.
    mutating func callsAgain() -> Duration? { dice.chance(1, in: 3) ? seconds(5...40) : nil }

    /// Whether the caller has no patience.
    mutating func dialled() -> [(Habit, Duration)] {
        return dice.chance(1, in: 5) ? [(.giveUp, seconds(1...40))] : []
    }

    /// Whether somebody lifts the handset in the very moment that the caller gives up, and how much later.
    mutating func crossing() -> Duration? { dice.chance(1, in: 3) ? .milliseconds(Int64(dice.roll(60))) : nil }
}

extension SimulatedOffice {
    /// A person at this ear does it now, if it still makes sense.
    mutating func perform(_ habit: Habit, at ear: Ear) {
        // One hangs up without a network, too; nobody is told of it.
        guard let call = call(ear), call.isLive, habit == .hangUp || !offline.contains(ear.agent) else { return }
        let who = alias(person(ear))
        switch (habit, call.state) {
        case (.answer, .ringing): deed("\(who) answers", ear) { $0.answer($1) }
        case (.hangUp, _) where call.state != .ringing: deed("\(who) hangs up", ear) { $0.hangUp($1) }
        case (.giveUp, .calling), (.giveUp, .early): giveUp(ear, call)
        case (.decline(let status), .ringing): deed("\(who) refuses \(status)", ear) { $0.decline($1, status: status) }
        case (.redirect(let number), .ringing): deed("\(who) redirects to \(number)", ear) { $0.redirect($1, to: number) }
        case (.hold(let how), .talking): deed("\(who) holds \(how.rawValue)", ear) { $0.hold($1, how) }
        case (.resume, .talking) where call.holding != nil: deed("\(who) resumes", ear) { $0.hold($1, nil) }
        case (.transfer(let number), .talking) where agents[ear.agent].role != .trunk:
            deed("\(who) transfers to \(number)", ear) { $0.transfer($1, to: number) }
        case (.consult(let number), .talking) where agents[ear.agent].role != .trunk && number != call.peer:
            deed("\(who) consults \(number)", ear) { $0.hold($1, .sendonly) }
            dialByHabit(ear.agent, number, as: nil)
        case (.join, .talking): join(ear, who)
        case (.fallSilent, .talking): agents[ear.agent].isMuted = true
        case (.press(let digits), .talking): press(digits, at: ear)
        default: break
        }
    }

    private mutating func deed(_ words: String, _ ear: Ear, _ body: (inout SimulatedAgent, Int) -> Void) {
        note(.deed(words))
        act(ear.agent) { body(&$0, ear.call) }
    }

    private mutating func join(_ ear: Ear, _ who: String) {
        let second = agents[ear.agent].calls.last { $0.isOutgoing && $0.id != ear.call && ($0.state == .talking) }
        guard let second else { return }
        deed("\(who) joins them", ear) { $0.transfer($1, to: second.peer, replacing: second.id) }
    }

    /// The caller gives up, and in one of three cases somebody lifts a handset within the packet's way.
    private mutating func giveUp(_ ear: Ear, _ call: AgentCall) {
        if let delay = habits?.crossing() {
            for (index, agent) in agents.enumerated() {
                for other in agent.calls where other.state == .ringing && other.peer == call.person {
                    agenda.add(.habit(.answer, Ear(agent: index, call: other.id)), at: now + delay)
                }
            }
        }
        deed("\(alias(call.person)) gives up", ear) { $0.hangUp($1) }
        guard agents[ear.agent].role == .trunk, let delay = habits?.callsAgain() else { return }
        agenda.add(.redial(Redial(trunk: ear.agent, number: call.peer, caller: call.person)), at: now + delay)
    }

    /// The same person dials the same number once more.
    mutating func redial(_ call: Redial) {
        guard exchange != nil else { return }
        dialByHabit(call.trunk, call.number, as: call.caller)
    }

    /// Presses the first of the keys, and later the others.
    private mutating func press(_ digits: String, at ear: Ear) {
        guard let digit = digits.first.flatMap({ Digit(rawValue: $0) }), let leg = media.leg(at: call(ear)?.theirs?.audioEndpoint)
        else { return }
        note(.deed("\(alias(person(ear))) presses \(digit.rawValue)"))
        keys.append(Keystroke(at: now, ear: ear, digit: digit))
        tell(.media(.digit(leg, digit)))
        let rest = String(digits.dropFirst())
        if !rest.isEmpty { agenda.add(.habit(.press(rest), ear), at: now + .milliseconds(500)) }
    }

    /// Somebody dials, and may give up later.
    mutating func dialByHabit(_ index: Int, _ number: String, as caller: String?) {
        let host = agents[index].address.address.host
        note(.deed("\(alias(caller ?? agents[index].name)) dials \(number)"))
        agents[index].isMuted = false
        var id = 0
        act(index) {
            let from = caller.map { NameAddress(uri: SIPURI(user: $0, host: host)) }
            let (call, outputs) = $0.dial(number, as: from, at: $0.now)
            (id, $0.outputs) = (call, outputs)
        }
        for (habit, delay) in habits?.dialled() ?? [] {
            agenda.add(.habit(habit, Ear(agent: index, call: id)), at: now + delay)
        }
    }
}
