import FollowUp
import Telephony

extension SimulatedOffice {
    /// The talk of a record is as long as the caller's own telephone saw it: from our 200 to the first BYE on his line. One whom we
    /// answered to play to him while he waits talks from the moment at which somebody took him.
    func checkTalkTimes() -> [Complaint] {
        var complaints: [Complaint] = []
        for evidence in evidence() {
            guard let record = evidence.records.first, evidence.records.count == 1, record.result == .answered,
                evidence.incoming.final == 200, let start = evidence.incoming.finalAt, let end = evidence.incoming.ended
            else { continue }
            let taken = Instant(nanoseconds: (record.at - Self.epoch + record.wait.milliseconds) * 1_000_000)
            let seen = end - max(start, taken)
            let difference = abs(seen.milliseconds - record.talk.milliseconds)
            guard difference > Self.slack.milliseconds, !evidence.incoming.isReferred, !isTransferred(record) else { continue }
            complaints.append(
                Complaint(
                    checker: "talk times", text: "record \(record.id) talks \(record.talk.ladder), the phone saw \(seen.ladder)",
                    ladder: excerpt(from: start - record.wait, to: end, concerning: [evidence.callID, record.from])))
        }
        return complaints
    }

    /// A transferred call goes on without the caller's first telephone.
    private func isTransferred(_ record: CallRecord) -> Bool { record.legs.count { $0.outcome == .answered } > 1 }
}
