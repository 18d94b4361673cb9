import Glibc
import Telephony

/// The way of one packet: read, checked, counted, and passed on. Runs thousands of times a second, so it touches only plain
/// memory: no allocation, no lock, no reference counting.
struct PacketPath {
    /// One octet more than the longest packet, so that a longer one is seen to be.
    static let capacity = RTPHeader.longestPacket + 1

    let legs: UnsafeMutablePointer<Leg>
    private let buffer = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 8)

    init(legs: UnsafeMutablePointer<Leg>) { self.legs = legs }

    func deallocate() { buffer.deallocate() }

    /// Reads one datagram from a leg's RTP socket; the keys that it tells of.
    func receive(_ index: Int, at now: Int64) -> KeyPresses.Pressed {
        let leg = legs + index
        var from = SocketAddress()
        let count = from.receive(leg.pointee.rtp, into: buffer, capacity: Self.capacity)
        guard count >= 0 else { return .none }
        guard leg.pointee.isDescribed, let header = RTPHeader(buffer, count: count) else { return refuse(leg) }
        let isEvent = header.payloadType == leg.pointee.receiveEventType
        guard isEvent || header.payloadType == leg.pointee.receiveType else { return refuse(leg) }
        switch leg.pointee.filter.admit(from.packed, at: now) {
        case .refused: return refuse(leg)
        case .heard: break
        case .latched: leg.pointee.destination = from
        }
        leg.pointee.heardAt = now
        let arrival = leg.pointee.reception.note(
            header, arrival: UInt32(truncatingIfNeeded: RTPClock.units(now)), timed: !isEvent)
        if case .stray = arrival { return refuse(leg) }
        var restarted = false
        if case .first = arrival { restarted = true }
        if isEvent { return event(leg, header, restarted: restarted, at: now) }
        if let tap = leg.pointee.tap, leg.pointee.receives { tap.pointee.push(header, buffer) }
        switch leg.pointee.delivery {
        case .nowhere: break
        case .relay(let listener): relay(leg, to: legs + listener, header, restarted: restarted, at: now)
        case .translate(let listener, let table):
            for offset in header.payload..<header.end {
                let octet = buffer.load(fromByteOffset: offset, as: UInt8.self)
                buffer.storeBytes(of: table[Int(octet)], toByteOffset: offset, as: UInt8.self)
            }
            relay(leg, to: legs + listener, header, restarted: restarted, at: now)
        case .buffer(_, let queue):
            if leg.pointee.receives { queue.pointee.push(header, buffer) }
        case .seat(let queue):
            if leg.pointee.receives { queue.pointee.push(header, buffer) }
        }
        return .none
    }

    private func refuse(_ leg: UnsafeMutablePointer<Leg>) -> KeyPresses.Pressed {
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
        guard let place = listener.pointee.stream.relay(header, restarted: restarted, voice: true, at: now) else { return }
        listener.pointee.send(
            buffer + (header.payload - RTPHeader.size), place, payloadType: listener.pointee.sendType,
            count: header.end - header.payload)
    }

    /// A key of RFC 4733: reported in every path, passed on where there is somebody who understands it and it is not withheld.
    private func event(
        _ leg: UnsafeMutablePointer<Leg>, _ header: RTPHeader, restarted: Bool, at now: Int64
    ) -> KeyPresses.Pressed {
        let count = header.end - header.payload
        guard count >= KeyPresses.payloadSize else { return refuse(leg) }
        let pressed = leg.pointee.keys.note(
            buffer + header.payload, timestamp: header.timestamp, marker: header.marker, at: now)
        let target: Int, isRelayed: Bool
        switch leg.pointee.delivery {
        case .nowhere, .seat: return pressed
        case .relay(let listener), .translate(let listener, _): (target, isRelayed) = (listener, true)
        case .buffer(let listener, _): (target, isRelayed) = (listener, false)
        }
        let listener = legs + target
        guard leg.pointee.receives, listener.pointee.isReachable else {
            listener.pointee.stream.detach()
            return pressed
        }
        guard listener.pointee.sendEventType != Leg.none, !leg.pointee.withholdsKeys else {
            if isRelayed { listener.pointee.stream.skip(header) }
            return pressed
        }
        let place =
            isRelayed
            ? listener.pointee.stream.relay(header, restarted: restarted, voice: false, at: now)
            : listener.pointee.stream.event(header, at: now)
        if let place {
            listener.pointee.send(
                buffer + (header.payload - RTPHeader.size), place, payloadType: listener.pointee.sendEventType, count: count)
        }
        return pressed
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
    }
}
