import CallControl
import Signalling
import Telephony

/// What is agreed about a leg's voice: offers, answers, and the media stream that follows from them.
extension Exchange {
    /// Our offer for a leg; codecs in `preferring` come first, so that the partner's need not be transcoded. Nil: no port is free.
    mutating func makeOffer(for id: LegID, preferring: [Codec]) -> SessionDescription? {
        guard let port = openMedia(id), let leg = legs[id] else { return nil }
        let ours = settings.media.codecs
        let wanted = preferring.filter(ours.contains)
        let offer = SessionDescription.offer(
            codecs: wanted + ours.filter { !wanted.contains($0) }, endpoint: Endpoint(leg.local, port),
            sessionID: UInt64(id.number), version: nextVersion(leg))
        legs[id]?.description = offer
        return offer
    }

    /// Our answer to a leg's offer, and the stream that follows. Nil: nothing in common, or no port is free.
    mutating func answer(_ id: LegID, to offer: SessionDescription, preferring codec: Codec?) -> SessionDescription? {
        guard let port = openMedia(id), let leg = legs[id] else { return nil }
        guard
            let (answer, agreement) = SessionDescription.answer(
                to: offer, codecs: settings.media.codecs, prefer: codec, endpoint: Endpoint(leg.local, port),
                sessionID: UInt64(id.number), version: nextVersion(leg))
        else { return nil }
        legs[id]?.description = answer
        agree(on: id, agreement)
        return answer
    }

    /// The far end's answer to our last offer, and the stream that follows. False where it took no codec of ours.
    @discardableResult
    mutating func takeAnswer(_ id: LegID, _ answer: SessionDescription) -> Bool {
        guard let ours = legs[id]?.description, let agreement = SessionDescription.agreement(offer: ours, answer: answer)
        else { return false }
        agree(on: id, agreement)
        return true
    }

    private func nextVersion(_ leg: SIPLeg) -> UInt64 { (leg.description?.version ?? 0) + 1 }

    /// Binds the leg's ports if that is not done yet; gives the RTP port, or nil when none is free.
    @discardableResult
    mutating func openMedia(_ id: LegID) -> UInt16? {
        guard let leg = legs[id] else { return nil }
        if let media = leg.media { return media.port }
        let address = settings.sip.mediaAddress(for: leg.local)
        guard let (port, unreserve) = ports.take(at: address) else {
            missPort()
            return nil
        }
        if let unreserve { effects.append(.media(.unreserve(unreserve))) }
        let media = MediaLegID(nextMedia)
        nextMedia += 1
        legs[id]?.media = (media, port)
        legOfMedia[media] = id
        effects.append(.media(.open(media, local: Endpoint(address, port))))
        return port
    }

    /// A leg that no port is free for, which health tells.
    mutating func missPort() { portless = (portless.legs + 1, now.utc) }

    /// Turns an agreement into a stream: where RTP may come from, and whether silence means that the far end is gone.
    private mutating func agree(on id: LegID, _ agreement: VoiceAgreement) {
        guard let leg = legs[id], let media = leg.media else { return }
        var sources = agreement.remote.map { [$0.address] } ?? []
        if leg.isPhone, let session = leg.session, let seen = core.info(session)?.flow.remote.address, !sources.contains(seen) {
            sources.append(seen)
        }
        var stream = MediaStream(
            remote: agreement.remote, remoteRTCP: agreement.remoteRTCP, sources: sources, codec: agreement.codec,
            sendPayloadType: agreement.sendPayloadType, receivePayloadType: agreement.receivePayloadType,
            sendEventType: agreement.sendEventType, receiveEventType: agreement.receiveEventType, sends: agreement.sends,
            receives: agreement.receives)
        (stream.alsoReceives, stream.otherEventType) = (agreement.alsoReceives, agreement.otherEventType)
        legs[id]?.stream = stream
        legs[id]?.holds = !agreement.sends
        describe(id, media.id)
        connect(id)
    }

    /// Tells the media plane how the stream is now.
    private mutating func describe(_ id: LegID, _ media: MediaLegID) {
        guard let leg = legs[id], var stream = leg.stream else { return }
        let talks = leg.phase == .answered && stream.sends && stream.receives
        stream.watch = talks ? settings.media.noRTP : nil
        guard legs[id]?.described != stream else { return }
        legs[id]?.described = stream
        effects.append(.media(.describe(media, stream)))
        withhold(id)
        listen(id)
    }

    /// The leg is answered: from now on silence for too long means that the far end is gone.
    mutating func watch(_ id: LegID) {
        if let media = legs[id]?.media { describe(id, media.id) }
    }
}
