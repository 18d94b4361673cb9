import COrtp
import Glibc
import Telephony

/// Packets that passed the source check and wait for oRTP to fetch them; a fixed block, no references, one thread.
struct PacketQueue {
    /// Packets and octets that it holds; what does not fit is lost, as on a bad line.
    static let slots = 32, slotSize = 600
    private let bytes: UnsafeMutableRawPointer, counts: UnsafeMutablePointer<Int32>
    private var head = 0, count = 0

    init() {
        bytes = .allocate(byteCount: Self.slots * Self.slotSize, alignment: 8)
        counts = .allocate(capacity: Self.slots)
        counts.initialize(repeating: 0, count: Self.slots)
    }

    func deallocate() {
        bytes.deallocate()
        counts.deallocate()
    }

    /// Queues a plain packet: the header anew with payload type 0, so that oRTP sees one kind of packet only; in front of the payload an
    /// octet for the codec.
    @inline(__always)
    mutating func push(_ header: RTPHeader, _ packet: UnsafeRawPointer, _ codec: Codec) {
        let length = header.end - header.payload
        guard count < Self.slots, RTPHeader.size + 1 + length <= Self.slotSize else { return }
        let slot = (head + count) % Self.slots
        let place = bytes + slot * Self.slotSize
        RTPHeader.write(
            to: place, payloadType: 0, marker: header.marker, sequence: header.sequence, timestamp: header.timestamp,
            source: header.source)
        place.storeBytes(of: codec.payloadType, toByteOffset: RTPHeader.size, as: UInt8.self)
        (place + RTPHeader.size + 1).copyMemory(from: packet + header.payload, byteCount: length)
        counts[slot] = Int32(RTPHeader.size + 1 + length)
        count += 1
    }

    /// Moves the oldest packet into `buffer`; its length, or -1 where none waits.
    mutating func pop(into buffer: UnsafeMutableRawPointer, capacity: Int) -> Int {
        guard count > 0 else { return -1 }
        let length = min(Int(counts[head]), capacity)
        buffer.copyMemory(from: bytes + head * Self.slotSize, byteCount: length)
        head = (head + 1) % Self.slots
        count -= 1
        return length
    }
}

/// oRTP's jitter buffer behind our own socket: an `RtpTransport` of ours hands it the packets that passed the source check,
/// and the 20 ms tick asks it for what is due. It never sees a socket, a scheduler or the wall clock's timestamps.
///
/// Owned by the media thread: oRTP calls the transport only from within `drain`.
final class JitterBuffer {
    /// Milliseconds of delay it starts with, and the most it grows to.
    static let nominalDelay: Int32 = 40, longestDelay: Int32 = 250
    /// Packets it may hold.
    static let packetLimit: Int32 = 25

    /// The packet path's end of the queue; valid while this object lives.
    let queue: UnsafeMutablePointer<PacketQueue>
    private let session: UnsafeMutablePointer<RtpSession>
    private var timestamp: UInt32 = 0

    private static let prepared: Bool = {
        ortp_init()
        bctbx_set_log_level_mask("ortp", Int32(BCTBX_LOG_FATAL.rawValue))
        return true
    }()

    /// Nil where oRTP has no memory.
    init?() {
        guard Self.prepared, let session = rtp_session_new(Int32(RTP_SESSION_RECVONLY.rawValue)) else { return nil }
        self.session = session
        queue = .allocate(capacity: 1)
        queue.initialize(to: PacketQueue())
        rtp_session_set_scheduling_mode(session, 0)
        rtp_session_set_blocking_mode(session, 0)
        rtp_session_set_symmetric_rtp(session, 0)
        rtp_session_enable_rtcp(session, 0)
        rtp_session_set_payload_type(session, 0)
        rtp_session_set_recv_buf_size(session, Int32(PacketQueue.slotSize))
        rtp_session_set_ssrc_changed_threshold(session, 1)
        rtp_session_set_time_jump_limit(session, 500)
        var parameters = JBParameters()
        rtp_session_get_jitter_buffer_params(session, &parameters)
        (parameters.enabled, parameters.adaptive) = (1, 1)
        (parameters.nom_size, parameters.min_size, parameters.max_size) = (
            Self.nominalDelay, Self.nominalDelay, Self.longestDelay
        )
        parameters.max_packets = Self.packetLimit
        rtp_session_set_jitter_buffer_params(session, &parameters)
        for signal in ["timestamp_jump", "ssrc_changed"] {
            rtp_session_signal_connect(
                session, signal, { @Sendable session, _, _, _ in if let session { rtp_session_resync(session) } }, nil)
        }
        attach()
    }

    private func attach() {
        let transport = UnsafeMutablePointer<RtpTransport>.allocate(capacity: 1)
        transport.initialize(to: RtpTransport())
        transport.pointee.data = UnsafeMutableRawPointer(queue)
        transport.pointee.t_getsocket = { @Sendable _ in -1 }
        // A receiver: nothing is ever sent through oRTP.
        transport.pointee.t_sendto = { @Sendable _, _, _, _, _ in 0 }
        transport.pointee.t_recvfrom = { @Sendable transport, message, _, _, length in
            length?.pointee = 0
            guard let data = transport?.pointee.data, let start = message?.pointee.b_wptr else { return -1 }
            // `rtp_session_set_recv_buf_size` made every message this large.
            let count = data.assumingMemoryBound(to: PacketQueue.self).pointee.pop(
                into: UnsafeMutableRawPointer(start), capacity: PacketQueue.slotSize)
            if count < 0 { errno = EWOULDBLOCK }
            return Int32(count)
        }
        transport.pointee.t_close = { @Sendable _ in }
        transport.pointee.t_destroy = { @Sendable transport in transport?.deallocate() }
        var rtp: UnsafeMutablePointer<RtpTransport>?
        var rtcp: UnsafeMutablePointer<RtpTransport>?
        rtp_session_get_transports(session, &rtp, &rtcp)
        meta_rtp_transport_set_endpoint(rtp, transport)
    }

    deinit {
        rtp_session_destroy(session)
        queue.pointee.deallocate()
        queue.deallocate()
    }

    /// Twenty milliseconds went by: hands over the payload of every packet that is due, and its codec.
    func drain(_ take: (UnsafePointer<UInt8>, Int, Codec) -> Void) {
        timestamp &+= RTPClock.frame
        while let message = rtp_session_recvm_with_ts(session, timestamp) {
            var payload: UnsafeMutablePointer<UInt8>?
            let count = rtp_get_payload(message, &payload)
            if let payload, count > 1, let codec = Codec(staticPayloadType: payload[0]) {
                take(payload + 1, Int(count) - 1, codec)
            }
            freemsg(message)
        }
    }
}
