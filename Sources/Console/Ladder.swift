import FollowUp
import Telephony

extension CallRecord {
    /// The call as a ladder of the scenarios (`Tests/Scenarios`): left what people did, right what happened, to be pasted into a test. Who
    /// hung up, what was heard and when a transfer came, no record knows.
    var ladder: String {
        var rows: [(at: Int64, deed: String?, facts: [String])] = []
        for step in steps.enumerated().sorted(by: { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }).map(\.element) {
            if step.deed == nil, let last = rows.last, last.at == step.at {
                rows[rows.count - 1].facts.append(step.fact)
            } else {
                rows.append((step.at, step.deed, step.fact.isEmpty ? [] : [step.fact]))
            }
        }
        let left = rows.map { Self.seconds($0.at).paddedLeft(8) + "  " + ($0.deed ?? "·") }
        let width = left.map(\.count).max() ?? 0
        return zip(rows, left).map { row, head in
            (head.paddedRight(width) + "  → " + row.facts.joined(separator: ", ")).trimmedEnd + "\n"
        }.joined()
    }

    private struct Step {
        /// Milliseconds since the call came.
        var at: Int64
        var deed: String?
        var fact = ""
    }

    private var steps: [Step] {
        var steps = [Step(at: 0, deed: "\(from) \(direction == .incoming ? "calls" : "dials") \(to)")]
        var partner: String?
        for leg in legs {
            let start = max(0, leg.at - at)
            if leg.rang > .zero { steps.append(Step(at: start, fact: "\(leg.target) rings")) }
            if leg.outcome == .cancelled { continue }
            steps += Self.end(of: leg, at: start + leg.rang.milliseconds, caller: from)
            if leg.outcome == .answered { partner = leg.target }
        }
        let end = (wait + talk).milliseconds
        let isCallersEnd = cause == .cancelled || cause == .normalClearing
        steps.append(Step(at: end, deed: isCallersEnd ? "\(from) hangs up" : nil, fact: summary))
        // Telephones that still rang are let go after the caller has.
        steps += legs.filter { $0.outcome == .cancelled }.map { Step(at: end, fact: "\($0.target) released (cancelled)") }
        // Whoever has neither hung up nor a partner is let go by the exchange.
        if let released = partner ?? (isCallersEnd ? nil : from) {
            steps.append(Step(at: end, fact: "\(released) released (\(cause.rawValue))"))
        }
        return steps
    }

    private static func end(of leg: Leg, at time: Int64, caller: String) -> [Step] {
        let released = { (cause: Cause) in [Step(at: time, fact: "\(leg.target) released (\(cause.rawValue))")] }
        switch leg.outcome {
        case .answered:
            return [
                Step(at: time, deed: "\(leg.target) answers", fact: "\(caller) answered"),
                Step(at: time, fact: "\(caller) ↔ \(leg.target)"),
            ]
        case .busy: return [Step(at: time, deed: "\(leg.target) is busy")]
        case .declined: return [Step(at: time, deed: "\(leg.target) declines")]
        case .noAnswer: return released(.noAnswer)
        case .unreachable: return released(.unreachable)
        case .cancelled: return released(.cancelled)
        case .elsewhere: return released(.answeredElsewhere)
        case .machine: return released(.noAnswer)
        }
    }

    private var summary: String {
        let head = "record \(from)→\(to)"
        switch result {
        case .answered:
            let times = "wait \(Self.seconds(wait.milliseconds)) talk \(Self.seconds(talk.milliseconds))"
            return "\(head) by \(employee ?? "?") \(times)"
        case .interrupted: return "\(head) interrupted"
        case .missed, .served, .refused:
            return "\(head) \(result.rawValue) (\(cause.rawValue)) wait \(Self.seconds(wait.milliseconds))"
        }
    }

    /// With as few decimals as are exact, but at least one.
    private static func seconds(_ milliseconds: Int64) -> String {
        var digits = Int(milliseconds % 1000).padded(3)
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        return "\(milliseconds / 1000).\(digits)"
    }
}
