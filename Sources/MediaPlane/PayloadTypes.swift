import Telephony

/// What a packet carries.
enum Payload: Equatable {
    /// Nothing that was agreed.
    case foreign
    case voice(Codec)
    /// A key (RFC 4733).
    case event
    /// What the far end's silence sounds like (RFC 3389): it lives, and there is nothing to hear.
    case comfortNoise
}

/// What each payload type means on a leg, as agreed. Plain data, so that it lives in the leg table.
struct PayloadTypes {
    /// Comfort noise at 8 kHz has this number from RFC 3551, and comes unasked from many gateways.
    private static let comfortNoise = 13

    private var meanings = InlineArray<128, Payload>(repeating: .foreign)

    /// Nothing is agreed yet.
    init() {}

    /// What we asked for goes before what the far end wrote in its own words.
    init(_ stream: MediaStream) {
        meanings[Self.comfortNoise] = .comfortNoise
        if let type = stream.otherEventType { meanings[Int(type & 127)] = .event }
        for voice in stream.alsoReceives.reversed() { meanings[Int(voice.payloadType & 127)] = .voice(voice.codec) }
        if let type = stream.receiveEventType { meanings[Int(type & 127)] = .event }
        meanings[Int(stream.receivePayloadType & 127)] = .voice(stream.codec)
    }

    /// What a packet of this type carries.
    @inline(__always)
    subscript(type: UInt8) -> Payload { meanings[Int(type & 127)] }
}
