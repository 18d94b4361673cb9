import FollowUp
import Telephony

extension SimulatedOffice {
    /// The talk of a record is as long as the caller's own telephone saw it: from our 200, or where we answered him ourselves, to greet him or
    /// to play to him while he waits, from the end of his wait, to the first BYE on his line.
    func checkTalkTimes() -> [Complaint] {
        var complaints: [Complaint] = []
        for evidence in evidence() {
            guard let record = evidence.records.first, evidence.records.count == 1, record.result == .answered,
                evidence.incoming.final == 200, let answer = evidence.incoming.finalAt, let end = evidence.incoming.ended
            else { continue }
            let taken = Instant(nanoseconds: (record.at - Self.epoch) * 1_000_000) + record.wait
            let seen = end - max(answer, taken)
            let difference = abs(seen.milliseconds - record.talk.milliseconds)
            guard difference > Self.slack.milliseconds, !evidence.incoming.isReferred, !isTransferred(record),
                !keys.contains(where: {
                    $0.digit == .pound && $0.ear.agent == evidence.incoming.agent && $0.at > answer && $0.at < end
                })
            else { continue }
            complaints.append(
                Complaint(
                    checker: "talk times", text: "record \(record.id) talks \(record.talk.ladder), the phone saw \(seen.ladder)",
                    ladder: excerpt(from: answer - record.wait, to: end, concerning: [evidence.callID, record.from])))
        }
        return complaints
    }

    /// A transferred call goes on without the caller's first telephone.
    private func isTransferred(_ record: CallRecord) -> Bool { record.legs.count { $0.outcome == .answered } > 1 }
}
