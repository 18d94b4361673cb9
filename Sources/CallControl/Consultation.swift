import Routing
import Telephony

/// A talk that waits while an employee consults somebody by `##number#`: his partner hears music, his own line is lent to the call with
/// the third one. He hangs up: the two are connected, or the partner waits for the third one (G-4). The third one is gone, or the
/// employee presses `*`: he has his partner back.
struct Consulting: Sendable {
    /// Who waits; and whether that is who called.
    let partner: LegID, isFirst: Bool
    /// Whose line is lent.
    let leg: LegID, member: ExtensionNumber
    /// Whom he consults, and the call; nil: it is about to begin.
    let number: String
    var call: CallID?
}

/// The line of this call's caller is lent by another call, which gets it back.
struct Loan: Sendable {
    let leg: LegID, call: CallID
}

extension Call {
    /// The consultation begins on the line that is lent.
    mutating func beginConsultation(_ offer: Offer, on floor: inout Floor) {
        guard let leg = loan?.leg else { return }
        floor.move(leg, to: id)
        answered.insert(leg)
        watched.insert(leg)
        let outcome = arrive(offer, on: &floor)
        floor.orders.append(.open(journal))
        var hunt = Hunt(caller: leg)
        switch outcome {
        case .target(let target): enter(target, chain: [], dialled: true, &hunt, on: &floor)
        case .mailbox, .parking, .paging: refuse(&hunt, .forbidden, on: &floor)
        case .refused(let cause): refuse(&hunt, cause, on: &floor)
        }
    }

    /// The employee wants his partner back: whoever he consults is let go.
    mutating func giveBack(on floor: inout Floor) {
        guard let leg = loan?.leg else { return }
        left(leg, .normalClearing, on: &floor)
    }

    /// The employee is back.
    mutating func takeBack(on floor: inout Floor) {
        guard case .consulting(let consulting) = stage else { return }
        floor.move(consulting.leg, to: id)
        stage =
            consulting.isFirst
            ? .talking(consulting.partner, consulting.leg) : .talking(consulting.leg, consulting.partner)
        arrangeMedia(on: &floor)
    }

    /// The one for whose sake he consults is gone: a talk goes on, a search does not.
    mutating func keepLoan(on floor: inout Floor) {
        loan = nil
        guard case .hunting(var hunt) = stage else { return }
        stopRinging(&hunt, .cancelled, on: &floor)
        refuse(&hunt, .cancelled, on: &floor)
    }

    /// The employee's telephone is gone, and with it the talk that waited for him.
    mutating func lost(_ cause: Cause, on floor: inout Floor) {
        guard case .consulting(let consulting) = stage else { return }
        note(.ended(consulting.leg, cause), floor)
        release(consulting.partner, cause, on: &floor)
        close(cause, on: &floor)
    }

    /// He hung up in the consultation: his partner gets the third one, or waits for him, or goes where the number leads.
    mutating func handOver(_ consultation: inout Call, on floor: inout Floor) {
        guard case .consulting(let consulting) = stage else { return }
        let (leg, partner) = (consulting.leg, consulting.partner)
        consultation.loan = nil
        if adopt(partner, from: &consultation, leg, by: consulting.member, on: &floor) {
            floor.disengage(leg)
            if conversation?.leg == leg { endConversation(on: &floor) }
            return close(&consultation, by: consulting.member, on: &floor)
        }
        let wasRefused = if case .tone = consultation.stage { true } else { false }
        floor.disengage(leg)
        consultation.left(leg, .normalClearing, on: &floor)
        if !wasRefused, case .target(let target) = floor.router.dialled(consulting.number, by: consulting.member).outcome {
            send(partner, to: target, dialled: consulting.number, by: consulting.member, staying: nil, isKeyed: true, on: &floor)
        } else {
            bringBack(partner, to: consulting.member, leaving: leg, on: &floor)
        }
    }
}

extension Switchboard {
    /// An employee's line is lent to a call of its own.
    mutating func beginConsultation(for origin: CallID, _ before: Consulting) {
        guard let call = calls[origin] else { return }
        let id = newCall()
        var consulting = before
        consulting.call = id
        calls[origin]?.stage = .consulting(consulting)
        let member = consulting.member
        let name = floor.router.office.extensions[member]?.name ?? ""
        let offer = Offer(
            caller: .extension(member), callerID: CallerID(number: member, name: name), dialled: consulting.number)
        callOf[consulting.leg] = id
        var consultation = Call(id, offer)
        consultation.loan = Loan(leg: consulting.leg, call: call.id)
        act(on: id, consultation) { call, floor in call.beginConsultation(offer, on: &floor) }
    }

    /// A leg of a consultation ended. False: it is of none.
    mutating func consultationEnded(_ leg: LegID, _ cause: Cause) -> Bool {
        guard let id = callOf[leg], let call = calls[id] else { return false }
        if let loan = call.loan, loan.leg == leg {
            employeeLeft(call, loan, cause)
            return true
        }
        guard case .consulting(let consulting) = call.stage, leg == consulting.partner else { return false }
        act(on: id, call) { call, floor in call.handle(.ended(leg, cause), on: &floor) }
        if let other = consulting.call, let consultation = calls[other] {
            act(on: other, consultation) { call, floor in call.keepLoan(on: &floor) }
        }
        return true
    }

    private mutating func employeeLeft(_ call: Call, _ loan: Loan, _ cause: Cause) {
        var consultation = call
        guard var origin = calls[loan.call] else { return }
        let before = (origin.legs, consultation.legs)
        if cause == .interrupted {
            consultation.loan = nil
            consultation.handle(.ended(loan.leg, cause), on: &floor)
            origin.lost(cause, on: &floor)
        } else {
            origin.handOver(&consultation, on: &floor)
        }
        settle(consultation, before: before.1)
        settle(origin, before: before.0)
    }

    /// The consultation has no need of the line any more.
    mutating func takeBack(_ loan: Loan) {
        guard let call = calls[loan.call] else { return }
        act(on: loan.call, call) { call, floor in call.takeBack(on: &floor) }
    }
}
