import Routing
import Telephony

extension SimulatedOffice {
    /// No telephone is called of somebody who is away or off duty, at his desk or on his mobile, nor one that is not registered.
    func checkNobodyTroubled() -> [Complaint] {
        let router = Router(settings.office)
        var mobiles: [String: ExtensionNumber] = [:]
        for person in settings.office.extensions.values {
            if let mobile = person.mobile { mobiles[normal(mobile)] = person.number }
        }
        var complaints: [Complaint] = []
        for callID in wiretap.order {
            guard let leg = wiretap.outgoing[callID] else { continue }
            let isPhone = leg.agent.map { agents[$0].role != .trunk } ?? false
            guard let number = isPhone ? owner(leg.to) : mobiles[normal(leg.to)] else { continue }
            let moment = moment(at: leg.at)
            var why: String?
            if !leg.wasRegistered { why = "is not registered" }
            if router.absence(of: number, at: moment) != nil { why = "is away" }
            if router.isOffDuty(number, at: moment) { why = "is off duty" }
            guard let why else { continue }
            complaints.append(
                complaint("nobody troubled", "\(number) \(why) and is called for \(leg.from)", at: leg.at, concerning: [callID]))
        }
        return complaints
    }

    /// No department offers a call to a member who still has his pause after a talk.
    func checkPauses() -> [Complaint] {
        var free: [ExtensionNumber: (at: Instant, since: Instant)] = [:]
        var complaints: [Complaint] = []
        for duty in duties {
            switch duty.what {
            case .talked:
                let pause = settings.office.departments[duty.department]?.wrapUp ?? .zero
                free[duty.member] = (max(free[duty.member]?.at ?? .zero, duty.at + pause), duty.at)
            case .offered:
                guard let rest = free[duty.member], duty.at < rest.at, !wasKilled(from: rest.since, to: duty.at) else { continue }
                complaints.append(
                    complaint(
                        "pauses", "\(duty.member) rests until \((rest.at - .zero).ladder), and \(duty.department) offers a call",
                        at: duty.at, concerning: [duty.member]))
            }
        }
        return complaints
    }

    /// Whoever said no to a call is not asked again for it, at his desk or on his mobile.
    func checkNoIsNo() -> [Complaint] {
        var complaints: [Complaint] = []
        for record in store.records {
            var unwilling: [String: Int64] = [:]
            // A transfer is another question.
            let answer = record.legs.filter { $0.outcome == .answered }.map { $0.at + $0.rang.milliseconds }.min() ?? .max
            for leg in record.legs.sorted(by: { $0.at < $1.at }) where leg.at < answer {
                let person = settings.office.extensions.values.first { person in
                    person.mobile.map { normal($0) == normal(leg.target) } ?? false
                }
                let who = person?.number ?? leg.target
                if let since = unwilling[who], leg.at > since {
                    let at = Instant(nanoseconds: (leg.at - Self.epoch) * 1_000_000)
                    complaints.append(
                        complaint("no is no", "\(who) declined call \(record.id), and is asked again", at: at, concerning: [who]))
                }
                if leg.outcome == .declined { unwilling[who] = leg.at + leg.rang.milliseconds }
            }
        }
        return complaints
    }
}
