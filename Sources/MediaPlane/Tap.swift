import Host
import Telephony

/// A copy of what one leg's far end says for recordings, beside the way that its voice takes. Owned by the media thread, and emptied on
/// its tick.
final class Tap {
    /// The packet path's end; valid while this object lives.
    let queue: UnsafeMutablePointer<PacketQueue>
    /// Recordings that the leg is a side of.
    var sides: [RecordingSide] = []
    private let packet: UnsafeMutableRawPointer

    init() {
        queue = .allocate(capacity: 1)
        queue.initialize(to: PacketQueue())
        packet = .allocate(byteCount: PacketQueue.slotSize, alignment: 8)
    }

    deinit {
        queue.pointee.deallocate()
        queue.deallocate()
        packet.deallocate()
    }

    /// Takes what has come.
    func drain(into recorder: Recorder, at now: Int64) {
        while true {
            let length = queue.pointee.pop(into: packet, capacity: PacketQueue.slotSize)
            guard length >= 0 else { return }
            guard let header = RTPHeader(packet, count: length) else { continue }
            let octets = (packet + header.payload).assumingMemoryBound(to: UInt8.self), count = header.end - header.payload - 1
            guard count > 0, let codec = Codec(staticPayloadType: octets[0]) else { continue }
            for index in sides.indices { sides[index].take(header, octets + 1, count, codec, into: recorder, at: now) }
        }
    }
}

/// One leg as a side of a recording: where its packets stand on the recording's time.
struct RecordingSide {
    /// Samples by which a packet may be off the clock before the numbering counts as another one: a second.
    private static let leeway: Int64 = 8000

    let recording: Int, side: Int
    /// When the recording began, on the monotonic clock.
    let begunAt: Int64
    private var source: UInt32 = 0, origin: UInt32 = 0
    private var base: Int64 = -1

    init(recording: Int, side: Int, begunAt: Int64) { (self.recording, self.side, self.begunAt) = (recording, side, begunAt) }

    mutating func take(
        _ header: RTPHeader, _ octets: UnsafePointer<UInt8>, _ count: Int, _ codec: Codec, into recorder: Recorder, at now: Int64
    ) {
        let clock = Int64(RTPClock.units(now - begunAt))
        var place = base + Int64(Int32(bitPattern: header.timestamp &- origin))
        if base < 0 || header.source != source || abs(place - clock) > Self.leeway {
            (base, source, origin) = (max(0, clock - Int64(count)), header.source, header.timestamp)
            place = base
        }
        recorder.take(recording, side: side, at: Int(place), codec, Array(UnsafeBufferPointer(start: octets, count: count)))
    }
}

extension MediaThread {
    /// The leg becomes a side of a recording, which begins with its first side.
    func record(_ row: Int, _ order: Recording, at now: Int64) {
        if recordings[order.clip] == nil {
            lastRecording += 1
            recorder.begin(lastRecording, order, legs[row].codec)
            recordings[order.clip] = RunningRecording(
                number: lastRecording, begunAt: now, endsAt: now + max(0, order.limit.nanoseconds), rows: [])
        }
        guard var running = recordings[order.clip], !running.rows.contains(row) else { return }
        running.sides += 1
        running.rows.insert(row)
        recordings[order.clip] = running
        tap(row).sides.append(RecordingSide(recording: running.number, side: running.sides, begunAt: running.begunAt))
    }

    /// The leg is no side of a recording any more; the others are.
    func unrecord(_ row: Int, _ clip: Clip) {
        guard let running = recordings[clip], running.rows.contains(row) else { return }
        drain(row, at: Instant.now.nanoseconds)
        taps[row]?.sides.removeAll { $0.recording == running.number }
        recordings[clip]?.rows.remove(row)
        dropIdleTap(row)
    }

    /// The recording is over; the recorder tells when it is safe.
    func endRecording(_ clip: Clip) {
        guard let running = recordings.removeValue(forKey: clip) else { return }
        for row in running.rows {
            drain(row, at: Instant.now.nanoseconds)
            taps[row]?.sides.removeAll { $0.recording == running.number }
            dropIdleTap(row)
        }
        endings.append((running.number, clip))
        tellEndings()
    }

    /// Tells the recorder what is over; what it cannot take now is told again in the next round.
    func tellEndings() {
        while let (number, clip) = endings.first, recorder.end(number, clip) { endings.removeFirst() }
    }

    /// The leg is about to close: recordings of which it was the last side are over.
    func untap(_ row: Int) {
        for (clip, running) in recordings where running.rows.contains(row) {
            guard running.rows.count > 1 else {
                endRecording(clip)
                continue
            }
            recordings[clip]?.rows.remove(row)
        }
        legs[row].tap = nil
        taps[row] = nil
    }

    /// Recordings that have reached their limit are over.
    func endLongRecordings(at now: Int64) {
        tellEndings()
        for (clip, running) in recordings where running.endsAt <= now { endRecording(clip) }
    }

    /// Empties every tap.
    func drainTaps(at now: Int64) {
        for row in taps.keys { drain(row, at: now) }
    }

    private func drain(_ row: Int, at now: Int64) {
        taps[row]?.drain(into: recorder, at: now)
    }

    private func tap(_ row: Int) -> Tap {
        if let tap = taps[row] { return tap }
        let tap = Tap()
        taps[row] = tap
        legs[row].tap = tap.queue
        return tap
    }

    private func dropIdleTap(_ row: Int) {
        guard taps[row]?.sides.isEmpty == true else { return }
        legs[row].tap = nil
        taps[row] = nil
    }
}

/// A recording as the media thread knows it.
struct RunningRecording {
    let number: Int
    /// On the monotonic clock.
    let begunAt: Int64, endsAt: Int64
    /// Legs that are sides of it now.
    var rows: Set<Int>
    /// Sides so far.
    var sides = 0
}
