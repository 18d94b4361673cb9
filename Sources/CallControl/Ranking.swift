import Routing
import Telephony

/// Why a department's members ring in this order, where their day decides it.
extension Call {
    /// More members than a sentence can name.
    private static let namedMembers = 20

    /// Tells the order of the plan, and each member's time or figure.
    func ranking(in department: Department, _ hunt: Hunt, _ floor: Floor) -> Wording? {
        guard let merit = department.strategy.merit else { return nil }
        let order = ([hunt.plan] + hunt.afterwards).flatMap(\.waves).flatMap(\.rings)
        var list = order.prefix(Self.namedMembers).map { number in
            let load = floor.ledger.load(of: number, in: department, today: floor.now.civil.dayNumber)
            return "\(number) \(merit.figure(of: load, weight: department.weight(of: number), floor.now))"
        }
        if order.count > list.count { list.append("…") }
        let text = list.joined(separator: ", ")
        return switch merit {
        case .lastEnded: Catalogue.rankedByLastTalk(text)
        case .lastOffered: Catalogue.rankedByLastOffer(text)
        case .calls: Catalogue.rankedByCalls(text)
        case .talk: Catalogue.rankedByTalk(text)
        }
    }

    /// Writes down the order in which members ring, where the strategy ranks them by their day.
    mutating func explainRanking(in department: Department, _ hunt: Hunt, _ floor: Floor) {
        guard let why = ranking(in: department, hunt, floor) else { return }
        explain(.department, .taken, why, floor)
    }
}

extension Department {
    /// What his load is divided by; nil: nothing.
    fileprivate func weight(of number: ExtensionNumber) -> Int? {
        guard case .balance = strategy, let member = members.first(where: { $0.number == number }), member.priority > 1 else {
            return nil
        }
        return member.priority
    }
}

extension RingStrategy.Merit {
    /// A time of today by its clock, one of another day with its date; `—`: never; a figure over its weight.
    fileprivate func figure(of load: MemberLoad, weight: Int?, _ now: Moment) -> String {
        let share = weight.map { "/\($0)" } ?? ""
        switch self {
        case .lastEnded: return Self.clock(load.lastEnded, now)
        case .lastOffered: return Self.clock(load.lastOffered, now)
        case .calls: return "\(load.calls)" + share
        case .talk:
            let seconds = Int(load.talk.milliseconds / 1000)
            return "\(seconds / 60):\((seconds % 60).padded(2))" + share
        }
    }

    private static func clock(_ utc: Int64?, _ now: Moment) -> String {
        guard let utc else { return "—" }
        let time = CivilTime(utc: utc, offset: now.utcOffset)
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        return time.dayNumber == now.civil.dayNumber ? clock : "\(time.isoDate) \(clock)"
    }
}
