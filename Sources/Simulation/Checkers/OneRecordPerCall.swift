import FollowUp
import Telephony

extension SimulatedOffice {
    /// A call as its caller's INVITEs show it, and the records that may be its.
    struct Evidence {
        var callID: String, incoming: Wiretap.Incoming, records: [CallRecord]
    }

    /// Every INVITE that reached the exchange, with the records of its caller that begin when one of its INVITEs arrived.
    func evidence() -> [Evidence] {
        var byStart: [Int64: [CallRecord]] = [:]
        for record in store.records { byStart[record.at, default: []].append(record) }
        return wiretap.order.compactMap { callID in
            guard let incoming = wiretap.incoming[callID] else { return nil }
            let records = incoming.arrivals.flatMap { byStart[utc($0)] ?? [] }
                .filter { $0.from == caller(incoming) }
            return Evidence(callID: callID, incoming: incoming, records: records)
        }
    }

    /// How a caller is written who hides his number.
    static let hidden = "anonymous"

    func utc(_ instant: Instant) -> Int64 { startedAt + instant.nanoseconds / 1_000_000 }

    /// The caller as the record names him: the extension of a phone's account, or the outside number.
    func caller(_ incoming: Wiretap.Incoming) -> String {
        guard let index = incoming.agent, case .phone(let account, _) = agents[index].role else {
            return incoming.from == Self.hidden ? "" : incoming.from
        }
        return owner(account)
    }

    func owner(_ account: String) -> String {
        settings.office.extensions.values.first { $0.phones.contains { $0.name == account } }?.number ?? account
    }

    /// Whether the exchange was killed between the two moments.
    func wasKilled(from start: Instant, to end: Instant) -> Bool { kills.contains { start <= $0 && $0 <= end } }

    /// A call that the exchange took up has exactly one record, a record belongs to exactly one call, and none is written twice.
    /// A call that a kill caught before anybody answered may have none.
    func checkOneRecordPerCall() -> [Complaint] {
        var complaints: [Complaint] = []
        func complain(_ text: String, _ evidence: Evidence? = nil) {
            let ladder = evidence.map {
                excerpt(
                    from: $0.incoming.arrivals[0], to: $0.incoming.ended ?? $0.incoming.arrivals[0] + .minutes(3),
                    concerning: [$0.callID, caller($0.incoming)])
            }
            complaints.append(Complaint(checker: "one record per call", text: text, ladder: ladder ?? ""))
        }
        for (call, count) in store.writes.sorted(by: { $0.key < $1.key }) where count != 1 {
            complain("call \(call) was written \(count) times")
        }
        var claimed: Set<CallID> = []
        for evidence in evidence() {
            let fresh = evidence.records.filter { !claimed.contains($0.id) }
            claimed.formUnion(fresh.prefix(1).map(\.id))
            let last = evidence.incoming.ended ?? evidence.incoming.finalAt ?? now
            if fresh.isEmpty, evidence.incoming.told != nil, !wasKilled(from: evidence.incoming.arrivals[0], to: last) {
                complain("\(caller(evidence.incoming))'s call \(evidence.callID) has no record", evidence)
            }
        }
        // Whoever consults somebody by keys in a talk begins a call without an INVITE.
        let consulted = Set(keys.filter { $0.digit == .pound }.map { utc($0.at) })
        for record in store.records where !claimed.contains(record.id) && !consulted.contains(record.at) {
            complain("record \(record.id) of \(record.from)→\(record.to) belongs to no call")
        }
        return complaints
    }
}
