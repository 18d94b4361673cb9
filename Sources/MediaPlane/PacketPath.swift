import Glibc
import Telephony

/// The way of one packet: read, checked, counted, and passed on. Runs thousands of times a second, so it touches only plain
/// memory: no allocation, no lock, no reference counting.
struct PacketPath {
    /// One octet more than the longest packet, so that a longer one is seen to be.
    static let capacity = RTPHeader.longestPacket + 1

    /// What a packet brought that the thread has to see to; nearly all bring nothing.
    struct News: Equatable {
        /// Keys by RFC 4733, and keys heard in the voice.
        var keys = KeyPresses.Pressed.none, tones = KeyPresses.Pressed.none
        /// The leg's first packet of voice.
        var isFirstVoice = false
        /// The leg has changed to a codec that its listener is not to be sent. This one packet stays behind.
        var needsTranscoder = false
        /// The usual.
        static let none = News()
    }

    let legs: UnsafeMutablePointer<Leg>
    private let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)
    /// The tables of `G711`.
    private let ulawOfAlaw = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private let alawOfUlaw = UnsafeMutablePointer<UInt8>.allocate(capacity: 256)
    private let silence: UnsafePointer<UInt8>
    /// A packet's voice while keys are looked for in it, whichever leg's.
    private let samples = UnsafeMutablePointer<Int16>.allocate(capacity: RTPHeader.longestPacket)

    /// `silence`: 20 ms of it in G.722, which must live as long as the path.
    init(legs: UnsafeMutablePointer<Leg>, silence: UnsafePointer<UInt8>) {
        (self.legs, self.silence) = (legs, silence)
        ulawOfAlaw.initialize(from: G711.ulawOfAlaw, count: 256)
        alawOfUlaw.initialize(from: G711.alawOfUlaw, count: 256)
    }

    func deallocate() {
        buffer.deallocate()
        ulawOfAlaw.deallocate()
        alawOfUlaw.deallocate()
        samples.deallocate()
    }

    /// Reads one datagram from a leg's RTP socket.
    func receive(_ index: Int, at now: Int64) -> News {
        let leg = legs + index
        var from = SocketAddress()
        let count = from.receive(leg.pointee.rtp, into: buffer, capacity: Self.capacity)
        guard count >= 0 else { return .none }
        guard leg.pointee.isDescribed, let header = RTPHeader(buffer, count: count) else { return refuse(leg) }
        let payload = leg.pointee.types[header.payloadType], isVoice: Bool
        switch payload {
        case .foreign: return refuse(leg)
        case .voice: isVoice = true
        case .event, .comfortNoise: isVoice = false
        }
        switch leg.pointee.filter.admit(from.packed, at: now) {
        case .refused: return refuse(leg)
        case .heard: break
        case .latched: leg.pointee.destination = from
        }
        leg.pointee.heardAt = now
        let arrival = leg.pointee.reception.note(
            header, arrival: UInt32(truncatingIfNeeded: RTPClock.units(now)), timed: isVoice)
        if case .stray = arrival { return refuse(leg) }
        var restarted = false
        if case .first = arrival { restarted = true }
        switch payload {
        case .foreign: return .none
        case .voice(let codec): return voice(leg, header, codec, restarted: restarted, at: now)
        case .event: return event(leg, header, restarted: restarted, at: now)
        case .comfortNoise:
            if case .relay(let listener) = leg.pointee.delivery { legs[listener].stream.skip(header) }
            return .none
        }
    }

    /// Voice: listened to where that is wanted, and handed to whoever hears it.
    @inline(__always)
    private func voice(
        _ leg: UnsafeMutablePointer<Leg>, _ header: RTPHeader, _ codec: Codec, restarted: Bool, at now: Int64
    ) -> News {
        var news = News.none
        news.isFirstVoice = !leg.pointee.hasSpoken
        (leg.pointee.voice, leg.pointee.hasSpoken) = (codec, true)
        if leg.pointee.receives {
            if let tap = leg.pointee.tap { tap.pointee.push(header, buffer, codec) }
            if let ear = leg.pointee.ear, !leg.pointee.hasSentEvents {
                let octets = (buffer + header.payload).assumingMemoryBound(to: UInt8.self)
                news.tones = ear.pointee.hear(octets, header.end - header.payload, codec, by: samples)
                if ear.pointee.hearsTone { fallSilent(octets, header.end - header.payload, codec) }
            }
        }
        switch leg.pointee.delivery {
        case .nowhere: break
        case .relay(let listener):
            switch (codec, legs[listener].codec) {
            case (.alaw, .alaw), (.ulaw, .ulaw), (.g722, .g722): break
            case (.alaw, .ulaw): translate(header, by: ulawOfAlaw)
            case (.ulaw, .alaw): translate(header, by: alawOfUlaw)
            case (.g722, .alaw), (.g722, .ulaw), (.alaw, .g722), (.ulaw, .g722):
                news.needsTranscoder = true
                return news
            }
            relay(leg, to: legs + listener, header, restarted: restarted, at: now)
        case .buffer(_, let queue):
            if leg.pointee.receives { queue.pointee.push(header, buffer, codec) }
        case .seat(let queue):
            if leg.pointee.receives { queue.pointee.push(header, buffer, codec) }
        }
        return news
    }

    @inline(__always)
    private func translate(_ header: RTPHeader, by table: UnsafeMutablePointer<UInt8>) {
        for offset in header.payload..<header.end {
            let octet = buffer.load(fromByteOffset: offset, as: UInt8.self)
            buffer.storeBytes(of: table[Int(octet)], toByteOffset: offset, as: UInt8.self)
        }
    }

    /// A key's tone goes no further: whoever is to have it gets it from us.
    private func fallSilent(_ octets: UnsafeMutablePointer<UInt8>, _ count: Int, _ codec: Codec) {
        switch codec {
        case .alaw: octets.update(repeating: 0xD5, count: count)
        case .ulaw: octets.update(repeating: 0xFF, count: count)
        case .g722: for index in 0..<count { octets[index] = silence[index % Voice.frame] }
        }
    }

    private func refuse(_ leg: UnsafeMutablePointer<Leg>) -> News {
        leg.pointee.refused += 1
        return .none
    }

    /// Passes voice on; contributing sources, extension and padding stay behind, they mean nothing to the other side.
    @inline(__always)
    private func relay(
        _ leg: UnsafeMutablePointer<Leg>, to listener: UnsafeMutablePointer<Leg>, _ header: RTPHeader, restarted: Bool,
        at now: Int64
    ) {
        guard leg.pointee.receives, listener.pointee.isReachable else { return listener.pointee.stream.detach() }
        guard !listener.pointee.hearsKey else { return listener.pointee.stream.skip(header) }
        guard let place = listener.pointee.stream.relay(header, restarted: restarted, voice: true, at: now) else { return }
        listener.pointee.send(
            buffer + (header.payload - RTPHeader.size), place, payloadType: listener.pointee.sendType,
            count: header.end - header.payload)
    }

    /// A key of RFC 4733: reported in every path, passed on where there is somebody who understands it and it is not withheld.
    private func event(_ leg: UnsafeMutablePointer<Leg>, _ header: RTPHeader, restarted: Bool, at now: Int64) -> News {
        let count = header.end - header.payload
        guard count >= KeyPresses.payloadSize else { return refuse(leg) }
        leg.pointee.hasSentEvents = true
        var news = News.none
        news.keys = leg.pointee.keys.note(
            buffer + header.payload, timestamp: header.timestamp, marker: header.marker, at: now)
        let target: Int, isRelayed: Bool
        switch leg.pointee.delivery {
        case .nowhere, .seat: return news
        case .relay(let listener): (target, isRelayed) = (listener, true)
        case .buffer(let listener, _): (target, isRelayed) = (listener, false)
        }
        let listener = legs + target
        guard leg.pointee.receives, listener.pointee.isReachable else {
            listener.pointee.stream.detach()
            return news
        }
        guard listener.pointee.sendEventType != Leg.none, !leg.pointee.withholdsKeys else {
            if isRelayed { listener.pointee.stream.skip(header) }
            return news
        }
        let place =
            isRelayed
            ? listener.pointee.stream.relay(header, restarted: restarted, voice: false, at: now)
            : listener.pointee.stream.event(header, at: now)
        if let place {
            listener.pointee.send(
                buffer + (header.payload - RTPHeader.size), place, payloadType: listener.pointee.sendEventType, count: count)
        }
        return news
    }

    /// Reads one datagram from a leg's RTCP socket. The far end's reports are a sign of life and say where ours must go;
    /// they are never passed on.
    func receiveReport(_ index: Int, at now: Int64) {
        let leg = legs + index
        var from = SocketAddress()
        let count = from.receive(leg.pointee.rtcp, into: buffer, capacity: Self.capacity)
        guard count >= 0, count <= RTPHeader.longestPacket, RTCP.isPlausible(buffer, count: count), leg.pointee.isDescribed,
            leg.pointee.filter.allows(from.packed.address)
        else { return }
        (leg.pointee.heardAt, leg.pointee.reportDestination) = (now, from)
        if let report = RTCP.report(on: leg.pointee.stream.source, in: buffer, count: count) { leg.pointee.farEnd = report }
    }
}
