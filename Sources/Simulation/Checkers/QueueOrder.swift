import FollowUp
import Telephony

extension SimulatedOffice {
    /// Of two callers in the queue of one department the one who came first has a telephone ring first, or has given up before.
    func checkQueueOrder() -> [Complaint] {
        let queued = store.records.filter { record in
            record.reasons.contains { $0.verdict == .taken && $0.line?.hasSuffix(" on-busy to queue") == true }
        }.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
        var complaints: [Complaint] = []
        for (index, later) in queued.enumerated() {
            guard let served = later.legs.first?.at else { continue }
            let passedOver = queued[..<index].first { earlier in
                earlier.department == later.department && earlier.at < later.at && end(earlier) > served
                    && earlier.result != .interrupted && earlier.legs.first?.at ?? .max > served
            }
            guard let passedOver else { continue }
            let start = Instant(nanoseconds: (passedOver.at - Self.epoch) * 1_000_000)
            complaints.append(
                Complaint(
                    checker: "queue order",
                    text: "\(later.from) was served before \(passedOver.from), who had waited longer",
                    ladder: excerpt(from: start, to: start + passedOver.wait, concerning: [passedOver.from, later.from])))
        }
        return complaints
    }

    private func end(_ record: CallRecord) -> Int64 { record.at + (record.wait + record.talk).milliseconds }
}
