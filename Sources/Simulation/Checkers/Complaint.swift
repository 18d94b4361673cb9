import Telephony

/// Something that must hold at the end of a day and does not.
public struct Complaint: Equatable, Sendable {
    /// Which checker found it.
    public var checker: String
    /// What is wrong.
    public var text: String
    /// The part of the day that shows it.
    public var ladder: String
}

extension SimulatedOffice {
    /// The longest that a packet, with all repetitions, may bend a time that both sides should agree on.
    static let slack = Duration.seconds(33)

    /// Every checker's verdict on the day that is over.
    public func complaints() -> [Complaint] {
        checkNothingLeft() + checkPorts() + checkOneRecordPerCall() + checkNobodyRungTwice() + checkCountersSum()
            + checkEveryCallerTold() + checkTalkTimes() + checkOneDecision() + checkNobodyTroubled() + checkPauses()
            + checkNoIsNo() + checkNeverMoreThanSlots() + checkNoSilence() + checkWordsForTheRightEar() + checkAcceptedByKey()
            + checkQueueOrder()
    }

    /// What happened from a moment before `start` to a moment after `end`, message by message, of those whom `concerns` names.
    func excerpt(from start: Instant, to end: Instant, concerning people: Set<String>) -> String {
        let window = (start - .seconds(2))...(end + .seconds(2))
        var lines: [String] = []
        for happening in happenings where window.contains(happening.at) {
            guard let line = line(happening.what), line.contains("apus") || people.contains(where: { line.contains($0) })
            else { continue }
            lines.append("\((happening.at - .zero).ladder)  \(line)")
            if lines.count == 200 { break }
        }
        return lines.joined(separator: "\n")
    }

    private func line(_ what: Happening.What) -> String? {
        if case .deed(let words) = what { return "· " + words }
        guard case .message(let message, _, _, _) = what else { return text(what, .calls) }
        return text(what, .sip).map { "\($0)   [\(message.callID)]" }
    }
}
