import Routing
import Signalling
import Telephony

/// What the configuration says about media.
public struct MediaSettings: Equatable, Sendable {
    /// RTP ports; the first is even.
    public var ports: ClosedRange<UInt16>
    /// In order of preference.
    public var codecs: [Codec]
    /// Release a call in which no RTP arrived for this long.
    public var noRTP: Duration

    /// The factory's media settings.
    public init(
        ports: ClosedRange<UInt16> = 10_000...10_999, codecs: [Codec] = [.alaw, .ulaw, .g722], noRTP: Duration = .seconds(60)
    ) {
        (self.ports, self.codecs, self.noRTP) = (ports, codecs, noRTP)
    }
}

/// Everything the exchange is told by its configuration; immutable, replaced as a whole.
public struct Settings: Equatable, Sendable {
    /// Who there is and where calls go.
    public var office: Office
    /// SIP itself.
    public var sip: SIPSettings
    /// Voice.
    public var media: MediaSettings

    /// Settings from their parts.
    public init(office: Office = Office(), sip: SIPSettings = SIPSettings(), media: MediaSettings = MediaSettings()) {
        (self.office, self.sip, self.media) = (office, sip, media)
    }
}
