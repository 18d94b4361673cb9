import Host
import Telephony

/// One end of a conversation: says a tone and presses keys, hears a tone and keys. RTP of A-law and RFC 4733 in 20 ms packets.
final class VoiceStream {
    static let samplesPerPacket = 160
    static let eventType: UInt8 = 101
    /// A key is held for eight packets, then let go for four; its end is told three times (RFC 4733 §2.5.1).
    private static let heldPackets = 8, endPackets = 3, pausePackets = 4
    /// More keys than anybody presses here.
    private static let digitLimit = 64

    private let socket: UDPSocket
    private var tone: ToneMaker
    private var meter = ToneMeter()
    private var sequence = UInt16.random(in: 0...UInt16.max), timestamp = UInt32.random(in: 0...UInt32.max)
    private let source = UInt32.random(in: 0...UInt32.max)
    private var isFirst = true
    /// The keys still to press; `progress` counts the packets of the one being pressed.
    private var keys: [Digit] = [], progress = 0, keyStart: UInt32 = 0
    private var lastEvent: UInt32?
    private var firstSequence: Int?, highestSequence = 0

    /// Where we send; nil before the answer.
    var remote: Endpoint?
    /// What was heard.
    private(set) var digits: [Digit] = [], received = 0, sent = 0

    /// Binds an even port at `address`. Throws what the kernel refuses.
    init(at address: IPAddress, tone: ToneMaker) throws(SystemError) {
        var socket = try UDPSocket(bind: Endpoint(address, 0))
        while socket.local.port % 2 != 0 { socket = try UDPSocket(bind: Endpoint(address, 0)) }
        (self.socket, self.tone) = (socket, tone)
    }

    var fileDescriptor: Int32 { socket.fileDescriptor }
    var local: Endpoint { socket.local }

    /// Packets that never came.
    var lost: Int { firstSequence.map { max(0, highestSequence - $0 + 1 - received) } ?? 0 }
    /// The tone of the last second.
    var heard: HeardTone? { meter.measure() }
    var hasHeardEnough: Bool { meter.isFull }
    /// Whether every key was pressed and let go.
    var isQuiet: Bool { keys.isEmpty }

    /// Presses these keys, one after the other.
    func press(_ keys: [Digit]) { self.keys += keys }

    /// Sends one packet; call it every 20 ms.
    func tick() {
        guard let remote else { return }
        if let key = keys.first { pressOn(key, to: remote) } else { speak(to: remote) }
        timestamp &+= UInt32(Self.samplesPerPacket)
    }

    private func speak(to remote: Endpoint) {
        let voice = (0..<Self.samplesPerPacket).map { _ in ALaw.encode(tone.next()) }
        send(type: Codec.alaw.payloadType, marker: isFirst, timestamp: timestamp, voice, to: remote)
        isFirst = false
    }

    private func pressOn(_ key: Digit, to remote: Endpoint) {
        if progress == 0 { keyStart = timestamp }
        let held = Self.heldPackets, told = held + Self.endPackets
        if progress < told {
            let duration = UInt16((min(progress, held - 1) + 1) * Self.samplesPerPacket)
            let end: UInt8 = progress >= held ? 0x80 : 0
            let payload = [key.event, end | 10, UInt8(duration >> 8), UInt8(duration & 255)]
            send(type: Self.eventType, marker: progress == 0, timestamp: keyStart, payload, to: remote)
        } else {
            speak(to: remote)
        }
        progress += 1
        if progress == told + Self.pausePackets {
            keys.removeFirst()
            progress = 0
        }
    }

    private func send(type: UInt8, marker: Bool, timestamp: UInt32, _ payload: [UInt8], to remote: Endpoint) {
        var packet: [UInt8] = [0x80, type | (marker ? 0x80 : 0), UInt8(sequence >> 8), UInt8(sequence & 255)]
        for word in [timestamp, source] { packet += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> $0) } }
        packet += payload
        sequence &+= 1
        // A packet that the kernel refuses is missing at the far end, which is what is measured there.
        guard (try? packet.withUnsafeBytes { try socket.send($0, to: remote) }) != nil else { return }
        sent += 1
    }

    /// Takes what came.
    func receive() {
        var buffer = [UInt8](repeating: 0, count: 2048)
        while let arrival = try? buffer.withUnsafeMutableBytes({ try socket.receive(into: $0) }) {
            take(buffer.prefix(arrival.count))
        }
    }

    private func take(_ packet: ArraySlice<UInt8>) {
        guard packet.count >= 12, packet[0] >> 6 == 2, packet[0] & 0x3F == 0 else { return }
        count(sequence: Int(packet[2]) << 8 | Int(packet[3]))
        let timestamp = packet[4..<8].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let payload = packet.dropFirst(12)
        switch packet[1] & 0x7F {
        case Codec.alaw.payloadType:
            meter.hear(payload.map(ALaw.decode))
        case Self.eventType:
            guard let event = payload.first, timestamp != lastEvent, digits.count < Self.digitLimit else { return }
            lastEvent = timestamp
            if let digit = Digit(event: event) { digits.append(digit) }
        default:
            break
        }
    }

    /// Extends the sequence number round its wraps, and counts (RFC 3550 A.1, without probation).
    private func count(sequence: Int) {
        received += 1
        guard firstSequence != nil else {
            (firstSequence, highestSequence) = (sequence, sequence)
            return
        }
        let step = Int(Int16(truncatingIfNeeded: sequence - highestSequence))
        highestSequence = max(highestSequence, highestSequence + step)
    }

    /// Forgets the tone heard so far.
    func listenAnew() { meter.reset() }
}
