import Routing
import Telephony

/// Transfers: blind (to a number) and attended (to the partner of one's other call), however they are ordered; and how whoever was sent
/// on comes back.
extension Call {
    /// How long a person to whom somebody was sent rings before that one comes back (G-4).
    static let recallTime = Duration.seconds(25)

    /// Blind, by the telephone's own means (REFER).
    mutating func transfer(_ leg: LegID, to number: String, on floor: inout Floor) {
        guard let partner = partner(of: leg), loan == nil, case .extension(let transferor)? = floor.party(leg) else {
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        switch floor.router.dialled(number, by: transferor).outcome {
        case .refused(let cause):
            floor.orders.append(.report(leg, .failed(cause)))
        case .mailbox, .paging:
            // One's own box is nobody else's, and to telephones that switch themselves on only an employee speaks.
            floor.orders.append(.report(leg, .failed(.forbidden)))
        case .parking(let slot):
            let isParked = park(
                partner, in: slot, dialled: number, by: transferor, staying: leg, isKeyed: false, on: &floor)
            if !isParked { floor.orders.append(.report(leg, .failed(.busy))) }
        case .target(let target):
            send(partner, to: target, dialled: number, by: transferor, staying: leg, isKeyed: false, on: &floor)
        }
    }

    /// The partner waits while the number rings; the transferor stays until it is known how that ends, or is gone already.
    mutating func send(
        _ partner: LegID, to target: Target, dialled number: String, by transferor: ExtensionNumber, staying leg: LegID?,
        isKeyed: Bool, on floor: inout Floor
    ) {
        note(.transferred(by: transferor, to: number), floor)
        // One who stays has his partner back where nobody takes him: for him the talk goes on until then.
        if leg == nil, conversation?.leg != partner { endConversation(on: &floor) }
        keying = nil
        if let leg { pauseRecording(of: leg, on: &floor) }
        if let leg { floor.orders.append(isKeyed ? .play(leg, .tone(.ringback, floor.router.office.country)) : .quiet(leg)) }
        floor.orders.append(.play(partner, .music))
        alerted = false
        var hunt = Hunt(caller: partner, transferor: leg)
        hunt.isKeyed = isKeyed
        if target.isPerson { hunt.recall = transferor }
        enter(target, chain: target.isPerson ? [Self.recallStep(transferor)] : [], dialled: true, &hunt, on: &floor)
    }

    private static func recallStep(_ transferor: ExtensionNumber) -> NoAnswerStep {
        NoAnswerStep(after: recallTime, target: .extension(transferor))
    }

    // MARK: Back

    /// Nobody took the one who was sent on: whoever sent him has him back, on the line where he waits for news, or by a call.
    mutating func comeBack(_ hunt: inout Hunt, _ cause: Cause, on floor: inout Floor) {
        guard let transferor = hunt.recall else { return }
        hunt.recall = nil
        if hunt.transferor != nil { return refuse(&hunt, cause, on: &floor) }
        explain(.extension, .taken, Catalogue.comesBack(to: transferor), floor)
        isReturned = true
        enter(.extension(transferor), chain: [], &hunt, on: &floor)
    }

    /// The transferor is gone and the number leads nowhere.
    mutating func bringBack(_ partner: LegID, to transferor: ExtensionNumber, leaving leg: LegID, on floor: inout Floor) {
        if conversation?.leg == leg { endConversation(on: &floor) }
        floor.orders.append(.play(partner, .music))
        alerted = false
        var hunt = Hunt(caller: partner)
        hunt.recall = transferor
        comeBack(&hunt, .unallocated, on: &floor)
    }

    // MARK: Attended

    /// The partner of `leg`, while two talk.
    func partner(of leg: LegID) -> LegID? {
        guard case .talking(let one, let other) = stage else { return nil }
        return leg == one ? other : leg == other ? one : nil
    }

    /// Attended, by the telephone's own means: `leg`'s partner is connected to whomever `consulting` reached in `consultation`, which
    /// ends thereby. Refused where either is not in a state to be joined.
    mutating func join(_ leg: LegID, with consultation: inout Call, _ consulting: LegID, on floor: inout Floor) {
        guard let partner = partner(of: leg), case .extension(let transferor)? = floor.party(leg), loan == nil,
            consultation.loan == nil, adopt(partner, from: &consultation, consulting, by: transferor, on: &floor)
        else {
            floor.orders.append(.report(leg, .failed(.forbidden)))
            return
        }
        (keying, consultation.keying) = (nil, nil)
        holding.remove(leg)
        if conversation?.leg == leg { endConversation(on: &floor) }
        floor.orders.append(.report(leg, .succeeded))
        release(leg, .normalClearing, on: &floor)
        release(consulting, .normalClearing, on: &floor)
        close(&consultation, by: transferor, on: &floor)
    }

    /// The consultation has served its purpose.
    func close(_ consultation: inout Call, by transferor: ExtensionNumber, on floor: inout Floor) {
        consultation.note(.transferred(by: transferor, to: callerID.number), floor)
        consultation.close(.normalClearing, on: &floor)
        floor.orders.append(.open(journal))
    }

    /// The partner gets whomever `consulting` talks to in `consultation`, or takes its place in waiting. False: there is nobody.
    mutating func adopt(
        _ partner: LegID, from consultation: inout Call, _ consulting: LegID, by transferor: ExtensionNumber,
        on floor: inout Floor
    ) -> Bool {
        switch consultation.stage {
        case .talking:
            guard let third = consultation.partner(of: consulting) else { return false }
            take(third, from: consultation, transferor, &floor)
            if conversation?.leg != partner { endConversation(on: &floor) }
            if conversation == nil { beginConversation(third, for: partner, in: nil, on: &floor) }
            stage = .talking(partner, third)
            arrangeMedia(on: &floor)
        case .hunting(var hunt) where hunt.caller == consulting:
            // The consulted phone still rings: the partner takes the transferor's place in waiting.
            note(.transferred(by: transferor, to: hunt.attempts.values.first?.target.name ?? ""), floor)
            for (attempt, what) in hunt.attempts {
                note(.dialled(attempt, target: what.target.name, member: what.otherName), floor)
                if what.rang { note(.rang(attempt), floor) }
                floor.move(attempt, to: id)
            }
            hunt.caller = partner
            if hunt.department == nil {
                (hunt.recall, hunt.chain) = (transferor, [Self.recallStep(transferor)])
                hunt.chainEnds = floor.now.uptime + Self.recallTime
            }
            stage = .hunting(hunt)
            if hunt.isQueued {
                playWaiting(hunt, on: &floor)
            } else {
                floor.orders.append(.play(partner, .tone(.ringback, floor.router.office.country)))
            }
            alerted = true
        case .conference(let visit) where visit.step == .seated:
            note(.transferred(by: transferor, to: "conference \(visit.room.id)"), floor)
            giveSeat(to: partner, of: visit, on: &floor)
        case .lookingUp, .paging, .conference, .menu, .announcing, .feature, .mailbox, .visit, .hunting, .callingBack, .house,
            .consulting, .parked, .tone, .over:
            return false
        }
        return true
    }

    private mutating func take(
        _ third: LegID, from consultation: Call, _ transferor: ExtensionNumber, _ floor: inout Floor
    ) {
        let name: String
        switch floor.party(third) {
        case .extension(let number): name = number
        case .trunk(let id): name = consultation.outsideName(of: third) ?? id
        case nil: name = ""
        }
        note(.transferred(by: transferor, to: name), floor)
        note(.dialled(third, target: name, member: floor.employee(third).flatMap { $0 == name ? nil : $0 }), floor)
        note(.rang(third), floor)
        note(.answered(third), floor)
        answered.insert(third)
        if consultation.holding.contains(third) { holding.insert(third) }
        floor.move(third, to: id)
    }

    /// Who somebody in this call is: the one who called, or whoever was reached under a number.
    func identity(of leg: LegID, in office: Office) -> CallerID {
        guard let number = outsideName(of: leg), number != callerID.number else { return callerID }
        return CallerID(number: number, name: office.extensions[number]?.name ?? "")
    }

    /// The number that was dialled, or that called, on an outside leg.
    func outsideName(of leg: LegID) -> String? {
        for line in journal.lines {
            if case .dialled(leg, let target, _) = line.entry { return target }
        }
        return callerID.number
    }
}

extension Target {
    /// Whether one person is called there; others have rules of their own for callers whom nobody takes.
    fileprivate var isPerson: Bool {
        switch self {
        case .extension, .external: true
        case .department, .scheme, .menu, .prompt, .conference, .voicemail, .busy, .drop: false
        }
    }
}
