import Telephony

extension SimulatedOffice {
    /// The longest that a caller may be kept without an answer of any kind: rules may chain.
    static let longestWait = Duration.minutes(10)
    /// The longest until he hears of it at all: who he is may be asked before.
    static let longestQuestion = Duration.milliseconds(5500)

    /// Every caller whom the exchange took up gets a final answer, and not after an eternity; a kill excuses.
    func checkEveryCallerTold() -> [Complaint] {
        var complaints: [Complaint] = []
        for callID in wiretap.order {
            guard let incoming = wiretap.incoming[callID], let told = incoming.told else { continue }
            let end = incoming.finalAt ?? now
            if wasKilled(from: incoming.arrivals[0], to: end) { continue }
            if isFairDay, told - incoming.arrivals[0] > Self.longestQuestion {
                let text = "\(incoming.from) hears of his call after \((told - incoming.arrivals[0]).ladder) s"
                complaints.append(complaint("every caller told", text, at: told, concerning: [callID]))
            }
            guard incoming.finalAt == nil || end - told > Self.longestWait else { continue }
            complaints.append(
                Complaint(
                    checker: "every caller told",
                    text:
                        "\(incoming.from) waits for \(incoming.finalAt == nil ? "ever" : (end - told).ladder + " s") in \(callID)",
                    ladder: excerpt(from: incoming.arrivals[0], to: min(end, told + .minutes(10)), concerning: [callID])))
        }
        return complaints
    }
}
