import Telephony

extension SimulatedOffice {
    /// No phone is rung twice at once for one caller, and no extension for more calls than it takes.
    func checkNobodyRungTwice() -> [Complaint] {
        var complaints: [Complaint] = []
        var ringing: [Int: [(callID: String, leg: Wiretap.Outgoing)]] = [:]
        for callID in wiretap.order {
            guard let leg = wiretap.outgoing[callID], let agent = leg.agent, case .phone = agents[agent].role else { continue }
            let earlier = (ringing[agent] ?? []).filter { isUp($0.leg, at: leg.at) }
            let same = earlier.filter { $0.leg.from == leg.from && $0.leg.answered == nil }
            if let twice = same.first, same.count >= callsUp(of: leg.from, at: leg.at) {
                complaints.append(
                    Complaint(
                        checker: "nobody rung twice", text: "\(agents[agent].name) is rung twice at once for \(leg.from)",
                        ladder: excerpt(from: twice.leg.at, to: leg.at, concerning: [twice.callID, callID, leg.from])))
            }
            guard case .phone(let account, _) = agents[agent].role else { continue }
            let limit = settings.office.extensions[owner(account)]?.calls ?? 1
            if earlier.count >= limit {
                complaints.append(
                    Complaint(
                        checker: "nobody rung twice", text: "\(agents[agent].name) takes \(limit) calls and gets one more",
                        ladder: excerpt(
                            from: earlier[0].leg.at, to: leg.at, concerning: [agents[agent].name])))
            }
            ringing[agent] = earlier + [(callID, leg)]
        }
        return complaints
    }

    /// How many calls this caller has up at that moment: an extension with several phones may have several, and so may callers who
    /// hide. One whom a greeting has answered waits still.
    private func callsUp(of caller: String, at moment: Instant) -> Int {
        wiretap.incoming.values.count { incoming in
            guard self.caller(incoming) == (caller == Self.hidden ? "" : caller), incoming.arrivals[0] <= moment else {
                return false
            }
            let isAnswered = incoming.final.map { $0 < 300 } ?? false
            return (isAnswered ? incoming.ended : incoming.finalAt) ?? now >= moment
        }
    }

    /// Whether the exchange held this leg for up at that moment, as far as its socket shows.
    func isUp(_ leg: Wiretap.Outgoing, at moment: Instant) -> Bool {
        if wasKilled(from: leg.at, to: moment) { return false }
        // Cancelled or hung up in the very moment of the first sign of life: given up before, but it could not be said sooner
        // (RFC 3261 §9.1).
        if let answered = leg.answered { return leg.ended != answered && (leg.ended ?? now) > moment }
        return leg.rang != nil && leg.settled != leg.rang && (leg.settled ?? now) > moment
    }
}
