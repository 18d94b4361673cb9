import Routing
import Telephony

/// What an employee wants of another call, as he has dialled it; the switchboard, which knows all calls, gives it to him.
enum Wish: Sendable {
    /// To take a call that rings at this number's telephones, an extension's or a department's; nil: at any colleague's.
    case pickUp(String?)
    /// To take the call that is parked there; nil: he has named no place.
    case unpark(slot: String?)
}

/// Why he does not get it: what he hears, and the reason.
private struct WishRefusal: Error {
    var phrase: PromptPhrase, why: Wording
}

extension Call {
    /// He has dialled a place where calls are parked.
    mutating func beginUnparking(_ leg: LegID, _ slot: String?, on floor: inout Floor) {
        guard case .extension(let person) = caller else { return }
        note(.served(by: "parking \(slot ?? "")"), floor)
        let visit = FeatureVisit(leg: leg, person: person, step: .wishing, until: floor.now.uptime + FeatureVisit.patience)
        (stage, wish) = (.feature(visit), .unpark(slot: slot))
    }

    /// He does not get it, and hears why.
    fileprivate mutating func refuseWish(_ refusal: WishRefusal, on floor: inout Floor) {
        guard case .feature(let visit) = stage else { return }
        if answered.insert(visit.leg).inserted { floor.orders.append(.answer(visit.leg, matching: nil)) }
        refuse(visit, refusal.phrase, Explanation(.extension, .refused, refusal.why), on: &floor)
    }

    /// Members whose telephones ring for this call, where somebody else may take it.
    fileprivate var ringingMembers: [ExtensionNumber] {
        guard case .hunting(let hunt) = stage, hunt.whisperEnds == nil, !hunt.isBooked else { return [] }
        return hunt.attempts.values.map(\.member)
    }

    fileprivate func isFor(_ department: DepartmentID) -> Bool {
        guard case .hunting(let hunt) = stage else { return false }
        return hunt.department == department
    }

    /// He takes the call from whomever it rings at.
    fileprivate mutating func pickUp(_ leg: LegID, _ person: ExtensionNumber, on floor: inout Floor) {
        guard case .hunting(var hunt) = stage else { return }
        let others = hunt.attempts.values.map(\.member).filter { $0 != person }
        explain(.extension, .taken, Catalogue.picksUp(person, at: others), floor)
        if let id = hunt.department, !(floor.router.office.departments[id]?.members.contains { $0.number == person } ?? false) {
            // What he does for another department is not counted there, nor does it call for a pause.
            hunt.department = nil
        }
        join(leg, person, hunt.caller, &floor)
        hunt.attempts[leg] = Hunt.Attempt(target: .extension(person), member: person)
        connect(leg, hunt, on: &floor)
    }

    /// His leg becomes one of this call.
    private mutating func join(_ leg: LegID, _ person: ExtensionNumber, _ partner: LegID, _ floor: inout Floor) {
        floor.move(leg, to: id)
        note(.dialled(leg, target: person), floor)
        note(.rang(leg), floor)
        floor.orders.append(.answer(leg, matching: partner))
    }

    /// He takes the one who is parked.
    fileprivate mutating func unpark(_ leg: LegID, _ person: ExtensionNumber, on floor: inout Floor) {
        guard case .parked(let parked) = stage else { return }
        if let parker = parked.parker { release(parker.leg, .normalClearing, on: &floor) }
        explain(.extension, .taken, Catalogue.takesParked(person, at: parked.slot), floor)
        join(leg, person, parked.leg, &floor)
        note(.answered(leg), floor)
        answered.insert(leg)
        stage = .talking(parked.leg, leg)
        beginConversation(leg, for: parked.leg, in: nil, on: &floor)
        arrangeMedia(on: &floor)
        floor.orders.append(.open(journal))
    }
}

extension Switchboard {
    /// Gives the employee what he wants: his line goes over to the other call, and his own is done.
    mutating func fulfil(_ wish: Wish, of id: CallID) {
        guard var call = calls[id], case .feature(let visit) = call.stage else { return }
        call.wish = nil
        let other: CallID
        do throws(WishRefusal) {
            switch wish {
            case .pickUp(let number): other = try ringing(at: number, for: visit.person, besides: id)
            case .unpark(let slot): other = try parked(in: slot)
            }
        } catch { return act(on: id, call) { call, floor in call.refuseWish(error, on: &floor) } }
        guard var joined = calls[other] else { return }
        let before = (call.legs, joined.legs)
        call.close(.normalClearing, on: &floor)
        switch wish {
        case .pickUp: joined.pickUp(visit.leg, visit.person, on: &floor)
        case .unpark: joined.unpark(visit.leg, visit.person, on: &floor)
        }
        settle(call, before: before.0)
        settle(joined, before: before.1)
    }

    /// The call that has waited longest of those that he may take.
    private func ringing(
        at number: String?, for person: ExtensionNumber, besides own: CallID
    ) throws(WishRefusal) -> CallID {
        let office = floor.router.office
        let department = office.departments.values.first { $0.number == number }?.id
        if let number, office.extensions[number] == nil, department == nil {
            throw WishRefusal(phrase: .invalid, why: Catalogue.unknownTarget("extension \(number)"))
        }
        let mine = Set(office.departments.values.filter { $0.members.contains { $0.number == person } }.map(\.id))
        let fits = { (call: Call, member: ExtensionNumber) -> Bool in
            if let department { return call.isFor(department) }
            if let number { return member == number }
            return office.areColleagues(person, member) || mine.contains(where: call.isFor)
        }
        let there = calls.values.filter { call in
            call.id != own && !call.legs.contains { floor.member($0) == person && callerLeg(of: call) == $0 }
                && call.ringingMembers.contains { fits(call, $0) }
        }
        let allowed = there.filter { call in
            call.ringingMembers.contains { fits(call, $0) && office.mayPickUp(person, at: $0) }
        }
        if let first = allowed.min(by: { $0.huntPlace < $1.huntPlace }) { return first.id }
        if there.isEmpty { throw WishRefusal(phrase: .pickupNothing, why: Catalogue.nothingRings) }
        throw WishRefusal(phrase: .notPermitted, why: Catalogue.mayNotPickUp(person))
    }

    private func callerLeg(of call: Call) -> LegID? {
        guard case .hunting(let hunt) = call.stage else { return nil }
        return hunt.caller
    }

    private func parked(in slot: String?) throws(WishRefusal) -> CallID {
        guard let slot, let call = floor.parked[slot] else {
            throw WishRefusal(phrase: .parkEmpty, why: Catalogue.nobodyParked(slot ?? ""))
        }
        return call
    }
}
