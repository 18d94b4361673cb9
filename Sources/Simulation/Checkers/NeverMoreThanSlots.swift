import Routing
import Telephony

extension SimulatedOffice {
    /// No department offers a call to somebody who has one, whatever his slots: one that rings or talks at his telephones, or
    /// one of his own.
    func checkNeverMoreThanSlots() -> [Complaint] {
        var legs: [ExtensionNumber: [Wiretap.Outgoing]] = [:]
        var own: [ExtensionNumber: [Wiretap.Incoming]] = [:]
        for callID in wiretap.order {
            if let leg = wiretap.outgoing[callID], let agent = leg.agent, agents[agent].role != .trunk {
                legs[owner(leg.to), default: []].append(leg)
            }
            if let incoming = wiretap.incoming[callID], let agent = incoming.agent, agents[agent].role != .trunk {
                own[caller(incoming), default: []].append(incoming)
            }
        }
        var complaints: [Complaint] = []
        for duty in duties where duty.what == .offered {
            guard settings.office.extensions[duty.member] != nil else { continue }
            let rung = (legs[duty.member] ?? []).filter { $0.at < duty.at && isUp($0, at: duty.at) }
            let dialled = (own[duty.member] ?? []).count { isUp($0, at: duty.at) }
            let taken = Set(rung.map(\.from)).count + dialled
            guard taken > 0 else { continue }
            complaints.append(
                complaint(
                    "never more than slots",
                    "\(duty.member) has \(taken) calls, and \(duty.department) offers one more", at: duty.at,
                    concerning: [duty.member]))
        }
        return complaints
    }

    /// Whether a call that somebody made was up at that moment, as the exchange's socket shows it.
    private func isUp(_ call: Wiretap.Incoming, at moment: Instant) -> Bool {
        guard let told = call.told, told < moment, !wasKilled(from: told, to: moment) else { return false }
        guard let final = call.final, let at = call.finalAt else { return true }
        return at > moment || final < 300 && (call.ended ?? now) > moment
    }
}
