import Telephony

/// One offer at a time, each with one answer (RFC 3264 §4, RFC 6337).
///
///     stable ──our offer──▶ offered ──answer / refusal──▶ stable
///        └──their offer, or INVITE without one──▶ asked ──our answer / refusal──▶ stable
///     their offer while offered: 491       their offer while asked: 500
struct OfferAnswer: Equatable, Sendable {
    enum State: Equatable {
        case stable
        /// Ours waits for its answer.
        case offered(SessionDescription)
        /// Theirs waits for our answer; nil: they want our offer.
        case asked(SessionDescription?)
    }

    /// What a received offer meets.
    enum Verdict: Equatable {
        case taken
        /// Ours is under way (RFC 3261 §14.2): 491.
        case glare
        /// Their last one is not answered yet: 500 with Retry-After.
        case pending
    }

    private(set) var state = State.stable
    /// What is in force.
    private(set) var local: SessionDescription?, remote: SessionDescription?

    var isStable: Bool { state == .stable }

    /// Ours goes out; false if it must wait.
    mutating func offer(_ description: SessionDescription) -> Bool {
        guard isStable else { return false }
        state = .offered(description)
        return true
    }

    /// Theirs came.
    mutating func receiveOffer(_ description: SessionDescription?) -> Verdict {
        switch state {
        case .stable:
            state = .asked(description)
            return .taken
        case .offered: return .glare
        case .asked: return .pending
        }
    }

    /// Our answer goes out. Where they asked for an offer it is that, and it waits for its answer.
    mutating func answer(_ description: SessionDescription) {
        switch state {
        case .asked(let offer?): (local, remote, state) = (description, offer, .stable)
        case .asked(nil): state = .offered(description)
        case .stable, .offered: break
        }
    }

    /// Their answer came.
    mutating func receiveAnswer(_ description: SessionDescription) {
        if case .offered(let offer) = state { (local, remote, state) = (offer, description, .stable) }
    }

    /// Either side refused: what was in force stays.
    mutating func refuse() { state = .stable }
}

/// What two descriptions settle about the voice, seen from our side.
public struct VoiceAgreement: Equatable, Sendable {
    /// The codec of what we send, and of what we get at first.
    public var codec: Codec
    /// The payload type of `codec` in packets that we send, and in those that we get.
    public var sendPayloadType: UInt8, receivePayloadType: UInt8
    /// RFC 4733 payload types; nil where there is none.
    public var sendEventType: UInt8?, receiveEventType: UInt8?
    /// Whether we may send, and whether we shall hear something.
    public var sends: Bool, receives: Bool
    /// Where our RTP goes; nil: nowhere (a hold by 0.0.0.0).
    public var remote: Endpoint?
    /// Where our RTCP goes.
    public var remoteRTCP: Endpoint?
    /// Whatever else an answer took of our offer: the far end may change to it at any time (RFC 3264 §6.1, §7). An answer may have
    /// numbers of its own for what it wants to get (§6.1); many send by these too.
    public var alsoReceives: [VoiceType] = [], otherEventType: UInt8?
}

extension SessionDescription.Direction {
    /// Whether the writer sends, and whether it wants to hear.
    public var sends: Bool { self == .sendrecv || self == .sendonly }
    /// Whether the writer wants to hear.
    public var receives: Bool { self == .sendrecv || self == .recvonly }

    /// A direction from its halves.
    public init(sends: Bool, receives: Bool) {
        switch (sends, receives) {
        case (true, true): self = .sendrecv
        case (true, false): self = .sendonly
        case (false, true): self = .recvonly
        case (false, false): self = .inactive
        }
    }
}

extension SessionDescription.Media {
    /// Plain audio that is not refused.
    fileprivate var isVoice: Bool { kind == "audio" && port != 0 && proto == "RTP/AVP" }

    fileprivate func format(of codec: Codec) -> SessionDescription.Format? { formats.first { $0.codec == codec } }
    fileprivate var telephoneEvent: SessionDescription.Format? { formats.first(where: \.isTelephoneEvent) }
}

extension SessionDescription {
    /// Our offer: one audio line with `codecs` in order of preference and RFC 4733 events.
    public static func offer(
        codecs: [Codec], endpoint: Endpoint, telephoneEvent: UInt8 = 101, sessionID: UInt64, version: UInt64,
        direction: Direction = .sendrecv
    ) -> SessionDescription {
        let formats = codecs.map { Format(payloadType: $0.payloadType, encoding: $0.encodingName, clockRate: 8000) }
        let audio = Media(port: endpoint.port, formats: formats + [.telephoneEvent(telephoneEvent)], direction: direction)
        return SessionDescription(sessionID: sessionID, version: version, address: endpoint.address, media: [audio])
    }

    /// Our answer to `offer` (RFC 3264 §6): the first audio line with a codec of ours is taken, every other line keeps its place
    /// with port 0. The codec is `prefer` if it was offered, else the first that the offerer wants among `codecs`; payload types
    /// are the offerer's. `limit` is what we are ready to do at most. Nil if nothing is common: 488 with `mismatch`.
    public static func answer(
        to offer: SessionDescription, codecs: [Codec], prefer: Codec?, endpoint: Endpoint, sessionID: UInt64, version: UInt64,
        limit: Direction = .sendrecv
    ) -> (description: SessionDescription, agreement: VoiceAgreement)? {
        for (index, line) in offer.media.enumerated() where line.isVoice {
            let common = line.formats.compactMap(\.codec).filter(codecs.contains)
            let wanted = prefer.flatMap { common.contains($0) ? $0 : nil }
            guard let codec = wanted ?? common.first, let format = line.format(of: codec) else { continue }
            let theirs = offer.direction(of: line)
            let ours = Direction(sends: theirs.receives && limit.sends, receives: theirs.sends && limit.receives)
            var media = offer.media.map {
                Media(kind: $0.kind, port: 0, proto: $0.proto, formats: $0.formats)
            }
            let event = line.telephoneEvent
            media[index] = Media(
                kind: line.kind, port: endpoint.port, proto: line.proto,
                formats: [format] + (event.map { [.telephoneEvent($0.payloadType)] } ?? []), direction: ours)
            let answer = SessionDescription(
                sessionID: sessionID, version: version, address: endpoint.address, media: media)
            let agreement = VoiceAgreement(
                codec: codec, sendPayloadType: format.payloadType, receivePayloadType: format.payloadType,
                sendEventType: event?.payloadType, receiveEventType: event?.payloadType, sends: ours.sends,
                receives: ours.receives, remote: offer.endpoint(of: line), remoteRTCP: offer.controlEndpoint(of: line))
            return (answer, agreement)
        }
        return nil
    }

    /// What an answer to our offer settles; nil if it took none of our voice lines or no codec of ours.
    public static func agreement(offer: SessionDescription, answer: SessionDescription) -> VoiceAgreement? {
        for (ours, theirs) in zip(offer.media, answer.media) where ours.isVoice && theirs.isVoice {
            let codecs = ours.formats.compactMap(\.codec)
            guard let codec = theirs.formats.compactMap(\.codec).first(where: codecs.contains),
                let send = theirs.format(of: codec), let receive = ours.format(of: codec)
            else { continue }
            let direction = answer.direction(of: theirs)
            let (sendEvent, receiveEvent) = (theirs.telephoneEvent, ours.telephoneEvent)
            let theirOwn = theirs.formats.filter { format in !ours.formats.contains { $0.payloadType == format.payloadType } }
            let taken = theirs.formats.compactMap(\.codec).compactMap(ours.format(of:)) + theirOwn
            return VoiceAgreement(
                codec: codec, sendPayloadType: send.payloadType, receivePayloadType: receive.payloadType,
                sendEventType: receiveEvent == nil ? nil : sendEvent?.payloadType,
                receiveEventType: sendEvent == nil ? nil : receiveEvent?.payloadType,
                sends: direction.receives && ours.direction.sends, receives: direction.sends && ours.direction.receives,
                remote: answer.endpoint(of: theirs), remoteRTCP: answer.controlEndpoint(of: theirs),
                alsoReceives: taken.compactMap { format in
                    guard let codec = format.codec, codecs.contains(codec), format.payloadType != receive.payloadType else {
                        return nil
                    }
                    return VoiceType(format.payloadType, codec)
                },
                otherEventType: receiveEvent == nil ? nil : theirOwn.first(where: \.isTelephoneEvent)?.payloadType)
        }
        return nil
    }

    /// The Warning (RFC 3261 §20.43) that goes with a 488 to `offer`: both lists of codecs, so that one look finds the fault.
    public static func mismatch(offer: SessionDescription, codecs: [Codec]) -> String {
        let ours = codecs.map(\.encodingName).joined(separator: " ")
        guard let audio = offer.media.first(where: { $0.kind == "audio" && $0.port != 0 }) else {
            return "304 apus \"Media type not available: no audio offered, here \(ours)\""
        }
        let theirs = audio.formats.filter { !$0.isTelephoneEvent }
            .map { $0.encoding.isEmpty ? String($0.payloadType) : $0.encoding.filter { $0 != "\"" && $0 != "\\" } }
        let offered = ([audio.proto] + theirs.prefix(16)).joined(separator: " ")
        return "305 apus \"Incompatible media format: offered \(offered), here RTP/AVP \(ours)\""
    }

    /// The line's direction, the hold of RFC 2543 (address 0.0.0.0) taken for what it means: do not send to me.
    private func direction(of line: Media) -> Direction {
        (line.address ?? address).isUnspecified ? Direction(sends: line.direction.sends, receives: false) : line.direction
    }

    private func endpoint(of line: Media) -> Endpoint? {
        let address = line.address ?? address
        return address.isUnspecified ? nil : Endpoint(address, line.port)
    }

    private func controlEndpoint(of line: Media) -> Endpoint? {
        endpoint(of: line).map { Endpoint($0.address, line.rtcpPort ?? ($0.port == .max ? $0.port : $0.port + 1)) }
    }
}

extension SessionDescription.Format {
    /// RFC 4733 events 0 to 15.
    fileprivate static func telephoneEvent(_ type: UInt8) -> Self {
        Self(payloadType: type, encoding: "telephone-event", clockRate: 8000, parameters: "0-15")
    }
}
