/// A voice codec that the exchange speaks.
public enum Codec: String, Sendable, CaseIterable, Hashable {
    /// G.711 A-law, 8 kHz (RTP "PCMA", payload type 8).
    case alaw
    /// G.711 µ-law, 8 kHz (RTP "PCMU", payload type 0).
    case ulaw
    /// G.722 at 64 kbit/s, 16 kHz; its RTP clock says 8000 by an old mistake (RFC 3551 §4.5.2), payload type 9.
    case g722

    /// The static payload type of RFC 3551.
    public var payloadType: UInt8 {
        switch self {
        case .alaw: 8
        case .ulaw: 0
        case .g722: 9
        }
    }

    /// The encoding name in `a=rtpmap`.
    public var encodingName: String {
        switch self {
        case .alaw: "PCMA"
        case .ulaw: "PCMU"
        case .g722: "G722"
        }
    }

    /// Audio samples per second once decoded.
    public var sampleRate: Int { self == .g722 ? 16_000 : 8_000 }

    /// The codec of an encoding name, found without regard to case.
    public init?(encodingName: some StringProtocol) {
        guard let codec = Self.allCases.first(where: { $0.encodingName.equalsIgnoringCase(encodingName) }) else { return nil }
        self = codec
    }

    /// The codec of a static payload type.
    public init?(staticPayloadType: UInt8) {
        guard let codec = Self.allCases.first(where: { $0.payloadType == staticPayloadType }) else { return nil }
        self = codec
    }
}
