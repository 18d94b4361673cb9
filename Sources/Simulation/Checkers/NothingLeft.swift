import Exchange
import Telephony

extension SimulatedOffice {
    /// No call, leg or session is left in the exchange, no call at a phone, no open row on the disk, no recording goes on, and the loop
    /// came to rest. What was recorded is talks.
    func checkNothingLeft() -> [Complaint] {
        var texts = faults
        if let exchange, !exchange.isQuiet {
            texts.append("the exchange is not quiet: \(exchange.calls)")
        }
        if exchange == nil { texts.append("the exchange is not running") }
        if !store.open.isEmpty { texts.append("calls \(store.open.keys.sorted()) are still open on the disk") }
        if !media.recordings.isEmpty { texts.append("recordings go on: \(media.recordings.keys.map(\.name).sorted())") }
        let talks = Set(store.records.filter(\.isTalk).map(\.id))
        for call in store.recordings.keys.sorted() where !talks.contains(call) {
            texts.append("call \(call) has a recording, and nobody talked in it")
        }
        var complaints = texts.map { Complaint(checker: "nothing left", text: $0, ladder: "") }
        for agent in agents {
            for call in agent.calls where call.state != .over {
                complaints.append(
                    Complaint(
                        checker: "nothing left", text: "\(agent.name) is still \(call.state) in \(call.callID)",
                        ladder: excerpt(from: .zero, to: now, concerning: [call.callID])))
            }
        }
        return complaints
    }
}
