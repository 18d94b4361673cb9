import Telephony

/// People who all hear each other: everybody gets the sum of the others. Owned by the media thread.
final class Room {
    /// Seats in it.
    static let limit = 16
    /// By how much the room gets louder again in 20 ms, after it had to be turned down.
    private static let recovery: Float = 1.02

    private final class Seat {
        let source: VoiceSource, encoder: VoiceEncoder
        var voice: UnsafePointer<Int16>?

        init(_ source: VoiceSource, _ codec: Codec) { (self.source, encoder) = (source, VoiceEncoder(codec)) }
    }

    /// By the row of the leg.
    private var seats: [Int: Seat] = [:]
    /// Rows of those who only listen, and what they hear in a tick: coded once for all who have the codec.
    private var audience: [Int: Codec] = [:]
    private var broadcasts: [Codec: (encoder: VoiceEncoder, octets: [UInt8], tick: Int)] = [:]
    private let sum: UnsafeMutablePointer<Int32>, mixed: UnsafeMutablePointer<Int16>
    private var gain: Float = 1
    private var tick = -1
    /// What everybody hears over the talk.
    var announcer: SpeechPlayer?
    private let announced: UnsafeMutablePointer<UInt8>, announcedVoice: UnsafeMutablePointer<Int16>

    init() {
        sum = .allocate(capacity: Voice.frame)
        mixed = .allocate(capacity: Voice.frame)
        (announced, announcedVoice) = (.allocate(capacity: Voice.frame), .allocate(capacity: Voice.frame))
        announced.initialize(repeating: 0, count: Voice.frame)
        announcedVoice.initialize(repeating: 0, count: Voice.frame)
        sum.initialize(repeating: 0, count: Voice.frame)
        mixed.initialize(repeating: 0, count: Voice.frame)
    }

    deinit {
        sum.deallocate()
        mixed.deallocate()
        announced.deallocate()
        announcedVoice.deallocate()
    }

    /// Whether nobody is in it.
    var isEmpty: Bool { seats.isEmpty && audience.isEmpty }

    /// The leg hears the room from now on, and is not heard in it.
    func listen(_ row: Int, _ codec: Codec) {
        seats[row] = nil
        audience[row] = codec
    }

    /// Whether the leg is one of those.
    func isListening(_ row: Int) -> Bool { audience[row] != nil }

    /// Where the packets of this leg go from now on; nil where no seat is free.
    func seat(_ row: Int, _ codec: Codec) -> UnsafeMutablePointer<PacketQueue>? {
        if let seat = seats[row], seat.encoder.codec == codec { return seat.source.buffer.queue }
        guard seats[row] != nil || seats.count < Self.limit, let source = VoiceSource() else { return nil }
        audience[row] = nil
        seats[row] = Seat(source, codec)
        return source.buffer.queue
    }

    /// The leg is gone.
    func leave(_ row: Int) { (seats[row], audience[row]) = (nil, nil) }

    /// What the leg hears in this tick, in its codec.
    func frame(_ row: Int, at tick: Int, into octets: UnsafeMutablePointer<UInt8>) {
        if self.tick != tick {
            self.tick = tick
            addUp()
        }
        guard let seat = seats[row] else { return broadcast(audience[row] ?? .alaw, into: octets) }
        for index in 0..<Voice.frame {
            let others = sum[index] - Int32(seat.voice?[index] ?? 0)
            mixed[index] = Int16(clamping: gain == 1 ? Int(others) : Int(Float(others) * gain))
        }
        seat.encoder.encode(mixed, Voice.frame, into: octets)
    }

    /// What everybody says, for somebody who says nothing.
    private func broadcast(_ codec: Codec, into octets: UnsafeMutablePointer<UInt8>) {
        var one = broadcasts[codec] ?? (VoiceEncoder(codec), [UInt8](repeating: 0, count: Voice.frame), tick - 1)
        if one.tick != tick {
            for index in 0..<Voice.frame {
                mixed[index] = Int16(clamping: gain == 1 ? Int(sum[index]) : Int(Float(sum[index]) * gain))
            }
            one.encoder.encode(mixed, Voice.frame, into: &one.octets)
            one.tick = tick
            broadcasts[codec] = one
        }
        octets.update(from: one.octets, count: Voice.frame)
    }

    /// Adds up everybody's 20 ms; where that is too loud the room is turned down at once, and up again bit by bit.
    private func addUp() {
        sum.update(repeating: 0, count: Voice.frame)
        for seat in seats.values {
            seat.voice = seat.source.frame()
            guard let voice = seat.voice else { continue }
            for index in 0..<Voice.frame { sum[index] &+= Int32(voice[index]) }
        }
        addAnnouncement()
        var peak: Int32 = 0
        for index in 0..<Voice.frame { peak = max(peak, abs(sum[index])) }
        gain = min(1, gain * Self.recovery, Float(Int16.max) / Float(max(1, peak)))
    }

    /// Adds the next 20 ms of what is announced, until it is over.
    private func addAnnouncement() {
        guard let announcer else { return }
        switch announcer.next(into: announced) {
        case .voice:
            VoiceDecoder(.alaw).decode(announced, Voice.frame, into: announcedVoice)
            for index in 0..<Voice.frame { sum[index] &+= Int32(announcedVoice[index]) }
        case .silence: break
        case .end: self.announcer = nil
        }
    }
}

extension MediaThread {
    /// Everybody in the room hears these clips over the talk; what was announced before is broken off.
    func announce(_ clips: [Clip], room number: Int) {
        guard let room = rooms[number] else { return }
        let player = SpeechPlayer(Speech(0, clips))
        if fetch(player.ask(in: .alaw, ticket: newTicket(), for: -number)) { room.announcer = player }
    }

    /// The leg sits down in a room; where no seat is free it hears nothing.
    func mix(_ row: Int, room number: Int) {
        if legs[row].hearing != .room(number) { hear(.room(number), row) }
        let room = rooms[number] ?? Room()
        rooms[number] = room
        guard let queue = room.seat(row, legs[row].codec) else { return hear(.nothing, row) }
        legs[row].delivery = .seat(queue)
    }

    /// The leg listens at the door of a room.
    func attend(_ row: Int, room number: Int) {
        if legs[row].hearing != .room(number) { hear(.room(number), row) }
        let room = rooms[number] ?? Room()
        rooms[number] = room
        room.listen(row, legs[row].codec)
        legs[row].delivery = .nowhere
    }

    /// The leg gets up.
    func leaveRoom(_ number: Int, _ row: Int) {
        rooms[number]?.leave(row)
        if rooms[number]?.isEmpty == true { rooms[number] = nil }
    }
}
