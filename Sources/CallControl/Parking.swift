import Routing
import Telephony

/// Somebody is put aside in a slot: he hears music until one dials its number, or his time there is over.
struct Parked: Sendable {
    /// Whoever parked him and still hears in which slot.
    struct Parker: Sendable {
        let leg: LegID, speech: Int, until: Instant
    }

    let leg: LegID, slot: String
    /// Whom he comes back to, and when.
    let by: ExtensionNumber, until: Instant
    var parker: Parker?

    /// When it wants to be woken.
    var deadline: Instant { min(until, parker?.until ?? until) }
}

extension Call {
    /// Parks the partner in this slot, or in the first that is free. False: none is.
    mutating func park(
        _ partner: LegID, in wanted: String?, dialled number: String, by member: ExtensionNumber, staying leg: LegID?,
        isKeyed: Bool, on floor: inout Floor
    ) -> Bool {
        guard let slot = floor.freeSlot(wanted) else { return false }
        note(.transferred(by: member, to: number), floor)
        explain(.extension, .taken, Catalogue.parks(member, in: slot), line: "set parking", floor)
        if conversation != nil, conversation?.leg != partner { endConversation(on: &floor) }
        keying = nil
        floor.orders.append(.play(partner, .music))
        var parked = Parked(
            leg: partner, slot: slot, by: member, until: floor.now.uptime + floor.router.office.parking.recall)
        if let leg, isKeyed {
            let speaking = floor.speaking(to: member)
            let speech = floor.newSpeech(speaking.say(.parkedAt) + speaking.figures(slot))
            parked.parker = Parked.Parker(leg: leg, speech: speech.id, until: floor.now.uptime + Keying.toldTime)
            floor.orders.append(.play(leg, .speech(speech)))
        } else if let leg {
            floor.orders.append(.report(leg, .succeeded))
            release(leg, .normalClearing, on: &floor)
        }
        stage = .parked(parked)
        floor.parked[slot] = id
        floor.orders.append(.open(journal))
        return true
    }

    /// The parker has heard it, or enough of it.
    mutating func releaseParker(_ before: Parked, on floor: inout Floor) {
        guard let parker = before.parker else { return }
        var parked = before
        parked.parker = nil
        stage = .parked(parked)
        release(parker.leg, .normalClearing, on: &floor)
    }

    mutating func wake(_ parked: Parked, on floor: inout Floor) {
        let now = floor.now.uptime
        if let parker = parked.parker, parker.until <= now { releaseParker(parked, on: &floor) }
        guard parked.until <= now else { return }
        if let parker = parked.parker { release(parker.leg, .normalClearing, on: &floor) }
        alerted = false
        var hunt = Hunt(caller: parked.leg)
        hunt.recall = parked.by
        comeBack(&hunt, .noAnswer, on: &floor)
    }

    mutating func ended(_ leg: LegID, _ cause: Cause, _ before: Parked, on floor: inout Floor) {
        guard leg == before.leg else {
            var parked = before
            if leg == parked.parker?.leg { parked.parker = nil }
            stage = .parked(parked)
            return
        }
        if let parker = before.parker { release(parker.leg, .normalClearing, on: &floor) }
        close(cause, on: &floor)
    }
}

extension Floor {
    /// The slot that is wanted, or the first one, if it is free.
    func freeSlot(_ wanted: String?) -> String? {
        let slots = router.office.parking.slots
        return (wanted.map { [$0] } ?? slots).first { slots.contains($0) && parked[$0] == nil }
    }

    /// Who is parked where, after a call has changed.
    mutating func keepParked(_ call: Call) {
        for (slot, id) in parked where id == call.id { parked[slot] = nil }
        if case .parked(let stay) = call.stage { parked[stay.slot] = call.id }
    }
}

extension Switchboard {
    /// What a lamp shows of a slot.
    public func light(ofSlot slot: String) -> Light { Light(floor.parked[slot] != nil) }
}
