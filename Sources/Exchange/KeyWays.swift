import CallControl
import Telephony

/// The one place that decides what a key press is: the same press may come in the media (RFC 4733, or a tone in the voice) and by
/// SIP INFO, and counts once.
struct KeyWays: Equatable, Sendable {
    /// The way that a key came.
    enum Way: Sendable {
        case media, signalling
    }

    /// The same key by the other way within this time is the same press: INFO tells of its beginning, RFC 4733 of its end.
    static let window = Duration.seconds(2)
    /// Presses that are remembered.
    private static let memory = 32

    private struct Press: Equatable {
        var digit: Digit, way: Way, at: Instant
    }

    /// Presses that came by one way and not yet by the other.
    private var unmatched: [Press] = []

    /// Whether this is a press of its own.
    mutating func admit(_ digit: Digit, by way: Way, at now: Instant) -> Bool {
        unmatched.removeAll { now - $0.at > Self.window }
        if let same = unmatched.firstIndex(where: { $0.digit == digit && $0.way != way }) {
            unmatched.remove(at: same)
            return false
        }
        if unmatched.count == Self.memory { unmatched.removeFirst() }
        unmatched.append(Press(digit: digit, way: way, at: now))
        return true
    }
}

/// Who hands the keys of a leg on to whoever it talks to.
enum KeyBearer: Equatable, Sendable {
    /// The media plane, with the voice: RFC 4733 and nothing else.
    case mediaPlane
    /// We do: once a key has come by SIP INFO, which the media plane never sees.
    case exchange
    /// The call: what its employees press may be meant for us.
    case call
}

extension Exchange {
    /// The far end of a leg pressed a key; told once, whichever ways it came. `isTone`: it was heard in the voice, from which the media
    /// plane has taken it away.
    mutating func press(_ id: LegID, _ digit: Digit, by way: KeyWays.Way, isTone: Bool = false) {
        guard legs[id]?.keys.admit(digit, by: way, at: now.uptime) == true else { return }
        handOn(digit, of: id, comesByMedia: way == .media && !isTone)
        tell(.pressed(id, digit))
    }

    private mutating func handOn(_ digit: Digit, of id: LegID, comesByMedia: Bool) {
        guard let leg = legs[id], case .leg(let partner) = leg.hearing else { return }
        switch leg.keyBearer {
        case .call: return
        case .exchange: break
        case .mediaPlane:
            if comesByMedia { return }
            legs[id]?.keyBearer = .exchange
            withhold(id)
        }
        pass(digit, to: partner)
    }
}

extension Exchange {
    /// From now on the leg's keys go no further than to us.
    mutating func withholdKeys(of id: LegID) {
        legs[id]?.keyBearer = .call
        withhold(id)
        listen(id)
    }

    /// The leg gets a key.
    mutating func pass(_ digit: Digit, to id: LegID) {
        if let media = legs[id]?.media { effects.append(.media(.press(media.id, digit))) }
    }

    /// Tells the media plane that keys of this leg are not passed on, once it has a media leg.
    mutating func withhold(_ id: LegID) {
        guard let leg = legs[id], leg.keyBearer != .mediaPlane, !leg.isWithholding, let media = leg.media else { return }
        legs[id]?.isWithholding = true
        effects.append(.media(.withhold(media.id)))
    }
}
