import FollowUp
import Telephony

extension SimulatedOffice {
    /// A record agrees with itself: who talked was answered, who was missed did not talk, nothing lasts less than nothing, and
    /// the records are counted without a gap.
    func checkCountersSum() -> [Complaint] {
        var complaints: [Complaint] = []
        for record in store.records {
            var texts: [String] = []
            let answered = record.legs.filter { $0.outcome == .answered }
            switch record.result {
            case .answered:
                if answered.isEmpty { texts.append("nobody answered it") }
                if record.employee == nil { texts.append("nobody is named who answered") }
            case .missed, .refused:
                if !answered.isEmpty { texts.append("somebody answered it") }
                if record.talk != .zero { texts.append("it talked \(record.talk)") }
            case .served, .interrupted: break
            }
            if record.wait < .zero || record.talk < .zero { texts.append("time runs backwards") }
            if record.legs.contains(where: { $0.rang < .zero || $0.at < record.at }) {
                texts.append("a leg is older than its call")
            }
            for text in texts {
                let start = Instant(nanoseconds: (record.at - Self.epoch) * 1_000_000)
                complaints.append(
                    Complaint(
                        checker: "counters sum", text: "record \(record.id) is \(record.result.rawValue) but \(text)",
                        ladder: excerpt(from: start, to: start + record.wait + record.talk, concerning: [record.from, record.to]))
                )
            }
        }
        let ids = store.records.map(\.id).sorted()
        if Set(ids).count != ids.count { complaints.append(Complaint(checker: "counters sum", text: "an id twice", ladder: "")) }
        return complaints
    }
}
