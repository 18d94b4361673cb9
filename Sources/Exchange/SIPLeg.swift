import Routing
import Signalling
import Telephony

/// A leg of a call that SIP carries: the sessions that try to be it, its media, and what was agreed about its voice.
struct SIPLeg: Sendable {
    /// What the leg hears, as ordered last.
    enum Hearing: Equatable, Sendable {
        case nothing
        case sound(Sound)
        case leg(LegID)
        case room(Int)
        /// Heard there it is not.
        case audience(Int)
    }

    /// How far the leg is.
    enum Phase: Equatable, Sendable {
        /// The far end called us, and waits for the answer to its offer; nil: it has made none and waits for ours.
        case offered(SessionDescription?)
        /// We call it, with this offer.
        case dialling
        /// Answered; for a late offer of ours the far end's answer comes with the ACK.
        case answered
    }

    let id: LegID
    let party: Caller
    /// Where our media is, seen from the far end.
    let local: IPAddress
    var phase: Phase
    /// Every session that still tries to be this leg; once it is answered, the one that is.
    var sessions: [SessionID] = []
    var media: (id: MediaLegID, port: UInt16)?
    /// What we said last about our voice, and its version.
    var description: SessionDescription?
    /// What both agreed on.
    var stream: MediaStream?
    /// What the media plane was told of it last.
    var described: MediaStream?
    var hearing = Hearing.nothing
    /// Whether the media plane looks for keys in its voice.
    var isListenedTo = false
    /// Who hands on what it presses, and whether the media plane knows that it is not the one.
    var keyBearer = KeyBearer.mediaPlane, isWithholding = false
    /// What it pressed of late, whichever way that came.
    var keys = KeyWays()
    /// The far end holds its partner.
    var holds = false
    /// The most telling cause among the phones that have given up.
    var cause: Cause?

    init(_ id: LegID, party: Caller, local: IPAddress, phase: Phase) {
        (self.id, self.party, self.local, self.phase) = (id, party, local, phase)
    }

    /// The session that the leg is; nil while several phones ring.
    var session: SessionID? { sessions.count == 1 ? sessions[0] : nil }

    /// Whether anything can be heard there: whoever called and made no offer has no voice before the answer.
    var hasVoice: Bool {
        if case .offered = phase { description != nil } else { true }
    }

    /// Codecs that the far end has named, in its order; empty where it has named none yet.
    var knownCodecs: [Codec] {
        if let stream { return [stream.codec] }
        guard case .offered(let offer) = phase else { return [] }
        return offer?.audio?.formats.compactMap(\.codec) ?? []
    }

    /// Whether RTP may come from the phone's registered address as well as from the one in its SDP.
    var isPhone: Bool {
        switch party {
        case .extension: true
        case .trunk: false
        }
    }
}
