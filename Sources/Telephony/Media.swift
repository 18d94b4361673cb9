/// A call-progress tone; frequencies and cadence come from the country's plan (ITU-T E.180).
public enum Tone: String, Sendable, CaseIterable, Hashable {
    case dial, ringback, busy, congestion, specialInformation, callWaiting
    /// 0 dBm0 for measuring, about 1 kHz (ITU-T O.6).
    case milliwatt
}

/// A country whose tones, numbers and customs the exchange knows.
public enum Country: String, Sendable, CaseIterable, Hashable {
    case ru = "RU", us = "US"

    /// The E.164 country code without "+".
    public var callingCode: String {
        switch self {
        case .ru: "7"
        case .us: "1"
        }
    }
}

/// Something that the exchange itself makes heard on a leg.
public enum Sound: Hashable, Sendable {
    /// A tone of a national plan, repeated until stopped.
    case tone(Tone, Country)
    /// Music on hold, repeated until stopped; each listener enters where the music is now.
    case music
    /// Speech, heard once; a `played` fact follows at its end.
    case speech(Speech)
}

/// A recorded piece of speech.
public struct Clip: Hashable, Sendable {
    /// `ru/closed`: a phrase of the product in a language; `own/hello`: a prompt of the office.
    public var name: String

    /// A clip by its name.
    public init(_ name: String) { self.name = name }
}

/// Clips that are heard one after the other.
public struct Speech: Hashable, Sendable {
    /// Tells this one from those before and after it on the same leg.
    public var id: Int
    /// In order; one that is missing or cannot be played is passed over.
    public var clips: [Clip]

    /// Speech from its parts.
    public init(_ id: Int, _ clips: [Clip]) { (self.id, self.clips) = (id, clips) }
}

/// What the far end of a leg says, kept in a file that can be played as a clip once it is over.
public struct Recording: Hashable, Sendable {
    /// Names the file.
    public var clip: Clip
    /// It ends by itself when it is this long.
    public var limit: Duration
    /// Silence at both ends is left out, as of a message; a call is kept as it was.
    public var trims: Bool

    /// A recording from its parts.
    public init(_ clip: Clip, limit: Duration, trims: Bool) { (self.clip, self.limit, self.trims) = (clip, limit, trims) }
}

/// A payload type, and the codec that it stands for.
public struct VoiceType: Hashable, Sendable {
    /// 0…127.
    public var payloadType: UInt8
    /// What packets of this type carry.
    public var codec: Codec

    /// A voice type from its parts.
    public init(_ payloadType: UInt8, _ codec: Codec) { (self.payloadType, self.codec) = (payloadType, codec) }
}

/// What negotiation settled for one media leg: where its RTP goes, whence it may come, and how the voice is packed.
public struct MediaStream: Equatable, Sendable {
    /// Where we send until the far end proves another port; nil: nowhere (a hold by 0.0.0.0).
    public var remote: Endpoint?
    /// Where RTCP goes.
    public var remoteRTCP: Endpoint?
    /// The only addresses that RTP is accepted from: the one in the SDP and, for a phone behind NAT, the registered one.
    public var sources: [IPAddress]
    /// The codec of what we send, and of what the far end sends unless it changes to one of `alsoReceives`.
    public var codec: Codec
    /// The payload type of `codec` in packets that we send, and in those that we get.
    public var sendPayloadType: UInt8, receivePayloadType: UInt8
    /// RFC 4733 payload types; nil where the far end has none.
    public var sendEventType: UInt8?, receiveEventType: UInt8?
    /// Further types that the far end may send at any time, from one packet to the next (RFC 3264 §7).
    public var alsoReceives: [VoiceType] = []
    /// Its own number for RFC 4733 events where that is another than `receiveEventType`: many send what they wrote.
    public var otherEventType: UInt8?
    /// Whether we may send RTP to it, and whether its RTP is to be heard.
    public var sends: Bool, receives: Bool
    /// Report `lost` once when no RTP came for this long; nil: do not watch (held).
    public var watch: Duration?

    /// A stream from its parts.
    public init(
        remote: Endpoint?, remoteRTCP: Endpoint? = nil, sources: [IPAddress], codec: Codec, sendPayloadType: UInt8? = nil,
        receivePayloadType: UInt8? = nil, sendEventType: UInt8? = nil, receiveEventType: UInt8? = nil, sends: Bool = true,
        receives: Bool = true, watch: Duration? = nil
    ) {
        (self.remote, self.remoteRTCP, self.sources, self.codec) = (remote, remoteRTCP, sources, codec)
        self.sendPayloadType = sendPayloadType ?? codec.payloadType
        self.receivePayloadType = receivePayloadType ?? codec.payloadType
        (self.sendEventType, self.receiveEventType) = (sendEventType, receiveEventType)
        (self.sends, self.receives, self.watch) = (sends, receives, watch)
    }
}

/// An order to the media plane. Orders for a leg that is not open are ignored.
public enum MediaOrder: Equatable, Sendable {
    /// Bind RTP here (even port) and RTCP one above, for a leg to come; `reserved` or `unreserved` follows at once.
    case reserve(Endpoint)
    /// The pair is not wanted any more.
    case unreserve(Endpoint)
    /// The leg's RTP is at `local` (even port) and its RTCP one above: what is reserved there, else both are bound now.
    case open(MediaLegID, local: Endpoint)
    /// From now on this is where the leg's RTP goes and how it is packed; SSRC, sequence and timestamps go on.
    case describe(MediaLegID, MediaStream)
    /// The two hear each other (and nothing else): relayed where both speak one codec, transcoded where not. A leg that is connected
    /// to itself hears its own echo.
    case connect(MediaLegID, MediaLegID)
    /// The leg hears this instead of whatever it heard; what it says goes nowhere.
    case play(MediaLegID, Sound)
    /// The leg hears nothing; what it says goes nowhere.
    case quiet(MediaLegID)
    /// The leg hears everybody else in this room (16 at most) and is heard by them, and by nobody else.
    case mix(MediaLegID, room: Int)
    /// The leg hears everybody in this room and is not heard by them; there is room for any number of such.
    case attend(MediaLegID, room: Int)
    /// Everybody in the room hears these clips over the talk, once; a room that nobody is in has no ears.
    case announce(room: Int, [Clip])
    /// Whether keys that the far end sends as tones in its voice are told too, and kept from whoever hears it. Where the stream has
    /// RFC 4733 events they count only if no event comes for a while, and not at all once one has come.
    case listen(MediaLegID, Bool)
    /// From now on keys that the far end tells by RFC 4733 are only told, and passed on to nobody: whoever orders this passes them on
    /// by `press` as far as they are meant for the other side.
    case withhold(MediaLegID)
    /// The far end gets this key, after those before it: by RFC 4733 besides what it hears, or where it has no events as a tone
    /// (ITU-T Q.23) instead of it.
    case press(MediaLegID, Digit)
    /// What the leg says is recorded, whatever it hears meanwhile. A further leg with the same clip is a further side of the
    /// same recording; the recording is over when `endRecording` says so, its limit is reached or its last side is closed.
    case record(MediaLegID, Recording)
    /// The leg is no side of this recording any more, which goes on without it.
    case unrecord(MediaLegID, Clip)
    /// The recording of this clip is over.
    case endRecording(Clip)
    /// Both sockets are closed and a `closed` fact follows.
    case close(MediaLegID)
}

/// What a leg's RTP was like, told when it closes.
public struct MediaStatistics: Equatable, Sendable {
    /// RTP packets that came from the far end and were accepted, and those that we sent.
    public var received: Int, sent: Int
    /// Packets that never came, by sequence numbers (RFC 3550 A.3).
    public var lost: Int
    /// Packets refused: from a third address, not RTP, or of a foreign payload type.
    public var refused: Int
    /// Interarrival jitter in milliseconds (RFC 3550 A.8), the highest seen.
    public var jitter: Double
    /// The same of what we sent, as the far end last reported it (RTCP, RFC 3550 §6.4): packets that it never got, and jitter in
    /// milliseconds; nil: it has reported nothing.
    public var farEnd: FarEnd?

    /// What a far end has reported.
    public struct FarEnd: Equatable, Sendable {
        /// Packets that it never got; jitter in milliseconds.
        public var lost: Int, jitter: Double
        /// A report from its parts.
        public init(lost: Int, jitter: Double) { (self.lost, self.jitter) = (lost, jitter) }
    }

    /// Statistics from their parts.
    public init(
        received: Int = 0, sent: Int = 0, lost: Int = 0, refused: Int = 0, jitter: Double = 0, farEnd: FarEnd? = nil
    ) {
        (self.received, self.sent, self.lost, self.refused, self.jitter) = (received, sent, lost, refused, jitter)
        self.farEnd = farEnd
    }
}

/// Why a pair of ports could not be bound.
public enum PortRefusal: Equatable, Sendable {
    /// Another program holds one of the two.
    case taken
    /// The process may open no more sockets, or the address is none of ours: another port would fare no better.
    case noSocket
}

/// A fact from the media plane.
public enum MediaFact: Equatable, Sendable {
    /// The pair is bound and waits for a leg.
    case reserved(Endpoint)
    /// It could not be bound.
    case unreserved(Endpoint, PortRefusal)
    /// The ports could not be bound; the leg is not open.
    case failed(MediaLegID)
    /// The far end is heard for the first time: its first packet of voice; told once per leg.
    case spoke(MediaLegID)
    /// The far end pressed a key: RFC 4733, told once per key when it is released or a new one begins.
    case digit(MediaLegID, Digit)
    /// The far end pressed a key, heard as a tone in its voice; where `listen` says so.
    case toneDigit(MediaLegID, Digit)
    /// The speech of this id was heard to its end, or there was nothing in it that could be played. Not told of one that
    /// something else has replaced.
    case played(MediaLegID, speech: Int)
    /// A recording is over and safe on the disk: how long it is; zero where nothing was said, then there is no file; nil where it
    /// could not be written.
    case recorded(Clip, length: Duration?)
    /// No RTP came for as long as the stream's `watch` says, nor RTCP (a far end that keeps silent may still be there);
    /// told once per description.
    case lost(MediaLegID)
    /// The leg is closed; its ports may be used again.
    case closed(MediaLegID, MediaStatistics)
}
