import Routing
import Telephony

/// Transfers as the one who orders them sees them: blind (to a number) and attended (to the partner of his other call).
extension Call {
    /// Blind: the partner waits while the number rings; the transferor stays until it is known how that ends, or hangs up before.
    mutating func transfer(_ leg: LegID, to number: String, on floor: inout Floor) {
        guard case .talking(let one, let other) = stage, leg == one || leg == other,
            case .extension(let transferor)? = floor.party(leg)
        else {
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        let decision = floor.router.dialled(number, by: transferor)
        switch decision.outcome {
        case .refused(let cause):
            floor.orders.append(.report(leg, .failed(cause)))
        case .mailbox, .paging:
            // One's own box is nobody else's, and to telephones that switch themselves on only an employee speaks.
            floor.orders.append(.report(leg, .failed(.forbidden)))
        case .target(let target):
            note(.transferred(by: transferor, to: number), floor)
            let partner = leg == one ? other : one
            if conversation?.leg == leg { endConversation(on: &floor) }
            floor.orders += [.quiet(leg), .play(partner, .music)]
            alerted = false
            var hunt = Hunt(caller: partner, transferor: leg)
            enter(target, chain: [], dialled: true, &hunt, on: &floor)
        }
    }

    /// The partner of `leg`, while two talk.
    func partner(of leg: LegID) -> LegID? {
        guard case .talking(let one, let other) = stage else { return nil }
        return leg == one ? other : leg == other ? one : nil
    }

    /// Attended: `leg`'s partner is connected to whomever `consulting` reached in `consultation`, which ends thereby.
    /// Refused where either is not in a state to be joined.
    mutating func join(_ leg: LegID, with consultation: inout Call, _ consulting: LegID, on floor: inout Floor) {
        guard let partner = partner(of: leg), case .extension(let transferor)? = floor.party(leg) else {
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        switch consultation.stage {
        case .talking:
            guard let third = consultation.partner(of: consulting) else {
                floor.orders.append(.report(leg, .failed(.forbidden)))
                return
            }
            take(third, from: consultation, transferor, floor)
            answered.insert(third)
            if consultation.holding.contains(third) { holding.insert(third) }
            note(.answered(third), floor)
            stage = .talking(partner, third)
            holding.remove(leg)
            arrangeMedia(on: &floor)
        case .hunting(var hunt) where hunt.caller == consulting:
            // The consulted phone still rings: the partner takes the transferor's place in waiting.
            note(.transferred(by: transferor, to: hunt.attempts.values.first?.target.name ?? ""), floor)
            for (attempt, what) in hunt.attempts {
                note(.dialled(attempt, target: what.target.name, member: what.otherName), floor)
            }
            hunt.caller = partner
            alerted = false
            holding.remove(leg)
            stage = .hunting(hunt)
            floor.orders.append(.play(partner, .tone(.ringback, floor.router.office.country)))
            alerted = true
        case .conference(let visit) where visit.step == .seated:
            note(.transferred(by: transferor, to: "conference \(visit.room.id)"), floor)
            holding.remove(leg)
            giveSeat(to: partner, of: visit, on: &floor)
        case .lookingUp, .paging, .conference, .menu, .announcing, .feature, .mailbox, .visit, .hunting, .callingBack, .tone,
            .over:
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        if conversation?.leg == leg { endConversation(on: &floor) }
        floor.orders.append(.report(leg, .succeeded))
        release(leg, .normalClearing, on: &floor)
        release(consulting, .normalClearing, on: &floor)
        consultation.note(.transferred(by: transferor, to: callerID.number), floor)
        consultation.close(.normalClearing, on: &floor)
        floor.orders.append(.open(journal))
    }

    private mutating func take(_ third: LegID, from consultation: Call, _ transferor: ExtensionNumber, _ floor: Floor) {
        let name: String
        switch floor.party(third) {
        case .extension(let number): name = number
        case .trunk(let id): name = consultation.outsideName(of: third) ?? id
        case nil: name = ""
        }
        note(.transferred(by: transferor, to: name), floor)
        note(.dialled(third, target: name, member: floor.employee(third).flatMap { $0 == name ? nil : $0 }), floor)
        note(.rang(third), floor)
    }

    /// The number that was dialled, or that called, on an outside leg.
    func outsideName(of leg: LegID) -> String? {
        for line in journal.lines {
            if case .dialled(leg, let target, _) = line.entry { return target }
        }
        return callerID.number
    }
}
