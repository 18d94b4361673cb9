import Telephony

/// A called network that described its voice before the answer and has not been heard yet. Many say 183 with SDP and mean nothing by
/// it: a caller who was given that description has stopped making a ringback of his own.
struct EarlySilence: Equatable, Sendable {
    /// How long a voice that is meant to be heard takes to come.
    static let patience = Duration.milliseconds(300)

    /// It is taken for silence from this moment on.
    var until: Instant
    /// The network has said that it rings, and the caller hears from us that it does.
    var rings = false, isCovered = false
}

extension Hunt {
    /// The attempt that is silent where it rings, and since when that is to be covered.
    private var silent: (leg: LegID, until: Instant)? {
        for (leg, attempt) in attempts {
            if let silence = attempt.silence, silence.rings, !silence.isCovered { return (leg, silence.until) }
        }
        return nil
    }

    /// When silence is to be covered.
    var silenceEnds: Instant? { silent?.until }

    /// The attempt of which the caller hears nothing where it rings.
    func silentAttempt(at now: Instant) -> LegID? { silent.flatMap { $0.until <= now ? $0.leg : nil } }
}

extension Call {
    /// Only a network that the caller dialled himself may speak to him before the answer; another one's words would be taken for the
    /// office's. Of several attempts nobody could say whom he hears.
    mutating func earlyMediaBegan(_ leg: LegID, on floor: inout Floor) {
        if case .callingBack(let attempt) = stage { return clientRings(leg, attempt, on: &floor) }
        guard case .hunting(var hunt) = stage, let attempt = hunt.attempts[leg] else { return }
        guard hunt.attempts.count == 1, !hunt.isQueued, hunt.waiting?.speech == nil, !hunt.isChoosing,
            hunt.isDialled || !mustAccept(attempt, hunt, floor)
        else {
            return rang(leg, on: &floor)
        }
        if !attempt.hasSpoken, attempt.silence == nil {
            hunt.attempts[leg]?.silence = EarlySilence(until: floor.now.uptime + EarlySilence.patience, rings: attempt.rang)
        }
        noteRinging(leg, &hunt, floor)
        stage = .hunting(hunt)
        (hasEarlyMedia, alerted) = (true, true)
        if hunt.attempts[leg]?.silence?.isCovered != true { floor.orders.append(.bridge(hunt.caller, leg)) }
    }

    /// A party is heard for the first time.
    mutating func spoke(_ leg: LegID, on floor: inout Floor) {
        switch stage {
        case .callingBack(let attempt): clientSpeaks(leg, attempt, on: &floor)
        case .hunting(var hunt):
            guard let attempt = hunt.attempts[leg] else { return }
            hunt.attempts[leg]?.hasSpoken = true
            hunt.attempts[leg]?.silence = nil
            stage = .hunting(hunt)
            if attempt.silence?.isCovered == true, hunt.attempts.count == 1 { floor.orders.append(.bridge(hunt.caller, leg)) }
        case .lookingUp, .menu, .announcing, .feature, .mailbox, .visit, .paging, .conference, .house, .talking, .consulting,
            .parked, .tone, .over:
            break
        }
    }

    /// It rings, and nothing is heard of it: the caller hears a ringback of ours until the network is heard.
    mutating func coverSilence(_ before: Hunt, on floor: inout Floor) {
        guard let leg = before.silentAttempt(at: floor.now.uptime) else { return }
        var hunt = before
        hunt.attempts[leg]?.silence?.isCovered = true
        stage = .hunting(hunt)
        floor.orders.append(.play(hunt.caller, .tone(.ringback, floor.router.office.country)))
    }
}
