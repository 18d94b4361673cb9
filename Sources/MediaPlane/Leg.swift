import Glibc
import Telephony

/// What a leg's far end hears at present.
enum Hearing: Equatable {
    case nothing
    /// What the other leg's far end says.
    case leg(Int)
    case music
    /// The tone loop of this number, begun at this tick.
    case tone(Int, since: Int)
    /// What its player says.
    case speech
    /// Everybody else in this room.
    case room(Int)
}

/// What becomes of the voice that a leg's far end sends.
enum Delivery {
    case nowhere
    /// Straight on to this leg; octet by octet through a table of 256 where one speaks A-law and the other µ-law.
    case relay(Int)
    /// Into a jitter buffer that the tick of this leg empties.
    case buffer(Int, UnsafeMutablePointer<PacketQueue>)
    /// Into the jitter buffer of a seat in a room.
    case seat(UnsafeMutablePointer<PacketQueue>)
}

/// One RTP port pair and everything about it: a row of the leg table. Plain data without references, touched by the media
/// thread only, so that the packet path neither counts references nor allocates.
struct Leg {
    /// No payload type.
    static let none: UInt8 = 0xFF

    let id: MediaLegID
    let rtp: Int32, rtcp: Int32
    var isDescribed = false
    var filter = SourceFilter(remote: nil, sources: [])
    /// Where our RTP and RTCP go.
    var destination = SocketAddress(), reportDestination = SocketAddress()
    /// The codec that it is sent, and the one that it has spoken last.
    var codec = Codec.alaw, voice = Codec.alaw
    var sendType = Leg.none, sendEventType = Leg.none
    /// What may come.
    var types = PayloadTypes()
    /// Whether it may send events, and has ever done so; and whether its tones are keys all the same.
    var hasEvents = false, hasSentEvents = false, pressesByTones = false
    /// Whether its voice was ever heard.
    var hasSpoken = false
    /// It hears a key as a tone: what else it hears is left out meanwhile.
    var hearsKey = false
    var sends = false, receives = false
    /// Keys of the far end are told and not passed on.
    var withholdsKeys = false
    /// Nanoseconds without a packet until `lost`; 0: not watched.
    var watch: Int64 = 0
    var heardAt: Int64 = 0
    var isLostTold = false
    var hearing = Hearing.nothing
    var delivery = Delivery.nowhere
    /// Takes a copy of every voice packet, for recordings.
    var tap: UnsafeMutablePointer<PacketQueue>?
    /// Listens for keys in the voice.
    var ear: UnsafeMutablePointer<KeyEar>?
    var reception = Reception()
    /// What the far end last reported of our stream: packets lost, and jitter in timestamp units.
    var farEnd: (lost: Int, jitter: UInt32)?
    var stream: OutgoingStream
    var keys = KeyPresses()
    var refused = 0, unsent = 0
    var reportDue: Int64

    /// A leg on two bound sockets that nobody has described yet.
    init(_ id: MediaLegID, rtp: Int32, rtcp: Int32, at now: Int64) {
        (self.id, self.rtp, self.rtcp) = (id, rtp, rtcp)
        // RFC 3550 §5.1: all three begin at random.
        stream = OutgoingStream(
            source: .random(in: 1...UInt32.max), sequence: .random(in: 0...0x7FFF), timestamp: .random(in: 0...UInt32.max))
        reportDue = now + Leg.reportGap()
    }

    /// Until the next report (RFC 3550 §6.2: spread, so that legs do not speak in step).
    static func reportGap() -> Int64 { .random(in: RTCP.interval / 2...RTCP.interval * 3 / 2) }

    /// Whether a packet would leave if there were one.
    @inline(__always)
    var isReachable: Bool { sends && destination.isSet }

    /// What the leg was like so far.
    var statistics: MediaStatistics {
        MediaStatistics(
            received: reception.received, sent: stream.packets, lost: reception.lost, refused: refused,
            jitter: reception.highestJitter, farEnd: farEnd.map { .init(lost: $0.lost, jitter: Double($0.jitter) / 8) })
    }

    /// Takes a new description; what was learnt of the same far end holds, and the stream goes on.
    mutating func describe(_ stream: MediaStream, at now: Int64) {
        let remote = stream.remote.flatMap { $0.address.isUnspecified || $0.port == 0 ? nil : $0 }
        let filter = SourceFilter(remote: remote, sources: stream.sources)
        if !isDescribed || !self.filter.isSame(as: filter) {
            self.filter = filter
            destination = remote.map(SocketAddress.init) ?? SocketAddress()
            let next = remote.flatMap { $0.port < UInt16.max ? Endpoint($0.address, $0.port + 1) : nil }
            reportDestination = (stream.remoteRTCP ?? next).map(SocketAddress.init) ?? SocketAddress()
        }
        if codec != stream.codec || sends != stream.sends || sendType != stream.sendPayloadType { self.stream.detach() }
        (codec, voice, sends, receives) = (stream.codec, stream.codec, stream.sends, stream.receives)
        (sendType, sendEventType) = (stream.sendPayloadType, stream.sendEventType ?? Leg.none)
        (types, hasEvents) = (PayloadTypes(stream), stream.receiveEventType != nil)
        watch = stream.watch.map { max(1, $0.nanoseconds) } ?? 0
        (heardAt, isLostTold, isDescribed) = (now, false, true)
    }

    /// Sends `count` payload octets that follow the 12 octets at `packet`, which the header is written to.
    @inline(__always)
    mutating func send(_ packet: UnsafeMutableRawPointer, _ place: OutgoingStream.Place, payloadType: UInt8, count: Int) {
        RTPHeader.write(
            to: packet, payloadType: payloadType, marker: place.marker, sequence: place.sequence, timestamp: place.timestamp,
            source: stream.source)
        if destination.send(rtp, packet, count: RTPHeader.size + count) {
            stream.sent(octets: count)
        } else {
            unsent += 1
        }
    }
}
