import FollowUp
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

/// A fact that the outside world tells the exchange.
public enum Event: Equatable, Sendable {
    /// A well-formed SIP message came.
    case received(Message, Flow)
    /// A message could not be sent: nothing listens there, or the connection failed.
    case sendFailed(Message, Flow)
    /// A stream was closed.
    case disconnected(Flow)
    /// Something happened in the voice.
    case media(MediaFact)
    /// A new configuration was committed.
    case reconfigured(Settings)
    /// Our own addresses.
    case networks(LocalNetworks)
    /// Unguessable bytes for tags, branches and nonces.
    case entropy([UInt8])
    /// What the last run left: bindings that are still good, and the next free call id.
    case restored(bindings: [Binding], nextCall: Int)
    /// What was ordered with this ticket is on the disk.
    case stored(StoreTicket)
    /// What was ordered with this ticket could not be written.
    case storeFailed(StoreTicket)
}

/// An order that the exchange gives to the outside world.
public enum Effect: Equatable, Sendable {
    /// Put this on the wire.
    case send(Message, Flow)
    /// To the media plane.
    case media(MediaOrder)
    /// To the store.
    case persist(Persistence)
    /// The pool of unguessable bytes runs low: bring `entropy`, at least 4096 bytes.
    case replenishEntropy
}

/// An order to the store.
public enum Persistence: Equatable, Sendable {
    /// A call is up: if we are killed, this row becomes an `interrupted` record.
    case open(CallRecord)
    /// A call ended: the row is final. Answer with `stored` once it is durable.
    case close(CallRecord, StoreTicket)
    /// A phone came or refreshed; may lag.
    case bind(Binding)
    /// A phone left; may lag.
    case unbind(Binding)
}
