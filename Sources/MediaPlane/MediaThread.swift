import Glibc
import Host
import Telephony

/// The media thread's body and everything it owns. Made, used and released on that thread alone.
final class MediaThread {
    /// Nanoseconds between our own packets, and between rounds of housekeeping.
    static let tickLength: Int64 = 20_000_000, roundLength: Int64 = 100_000_000
    /// Late ticks that are still made up for; more are left out.
    static let catchUpLimit = 5
    private static let mailboxTag = 0, stopTag = 1, clipsTag = 2, firstLegTag = 3

    let legs: UnsafeMutablePointer<Leg>
    let legLimit: Int
    let path: PacketPath
    let music: Music
    var tones: [ToneLoop] = []
    let library: ClipLibrary
    /// By the row of the leg that hears it.
    var players: [Int: SpeechPlayer] = [:]
    var lastTicket = 0, clipsAwaited = 0, clipsUnplayable = 0
    let recorder: Recorder
    /// By the row of the leg whose far end gets keys of ours, and of the leg whose tones may turn out to be keys.
    var typing: [Int: KeyTyping] = [:], untold: [Int: UntoldTones] = [:]
    /// By the row of the leg whose far end is listened to.
    var taps: [Int: Tap] = [:]
    var recordings: [Clip: RunningRecording] = [:]
    var lastRecording = 0
    /// Recordings that are over, which the recorder does not know yet.
    var endings: [(number: Int, clip: Clip)] = []
    /// Conferences, by their number.
    var rooms: [Int: Room] = [:]
    private let silence: Silence
    /// Pairs of ports that are bound already.
    let stock: PortStock
    /// Row of the leg table of each open leg.
    var rows: [MediaLegID: Int] = [:]
    var freeRows: [Int]
    /// By the row of the leg whose voice it takes.
    var transcoders: [Int: Transcoder] = [:]
    var facts: [MediaFact] = []
    var closed = MediaCounters()
    var tick = 0, ticksMissed = 0
    /// Rows whose far end hears what we make: sounds, and voice from a jitter buffer.
    var tickedRows: [Int] = []
    /// The name in our RTCP (RFC 7022 §4.2: random, tells nothing about us).
    let name = Array((0..<16).map { _ in String(UInt8.random(in: 0...15), radix: 16) }.joined().utf8)

    private let poller: Poller, mailbox: Mailbox<MediaOrder>, stopBell: Wakeup, shared: MediaShared
    private let report: @Sendable ([MediaFact]) -> Void
    private let frame = UnsafeMutableRawPointer.allocate(byteCount: RTPHeader.size + Voice.frame, alignment: 8)
    private var nextRound: Int64 = 0
    private let start = Instant.now.nanoseconds

    init(
        _ configuration: MediaPlane.Configuration, poller: Poller, library: ClipLibrary, recorder: Recorder,
        stock: PortStock, mailbox: Mailbox<MediaOrder>, stopBell: Wakeup, shared: MediaShared,
        report: @escaping @Sendable ([MediaFact]) -> Void
    ) {
        (self.poller, self.mailbox, self.stopBell, self.shared, self.report) = (poller, mailbox, stopBell, shared, report)
        self.stock = stock
        legLimit = max(0, configuration.legLimit)
        legs = .allocate(capacity: legLimit)
        freeRows = Array((0..<legLimit).reversed())
        (self.library, self.recorder, silence) = (library, recorder, Silence())
        path = PacketPath(legs: legs, silence: silence.frame(.g722))
        music = Music { library.fetchMusic($0) }
    }

    deinit {
        path.deallocate()
        frame.deallocate()
        legs.deallocate()
    }

    /// Runs until the bell is rung.
    func run() {
        do {
            try poller.add(mailbox.fileDescriptor, tag: Self.mailboxTag)
            try poller.add(stopBell.fileDescriptor, tag: Self.stopTag)
            try poller.add(library.answers.fileDescriptor, tag: Self.clipsTag)
        } catch {
            // Only a system without memory refuses three descriptors; without them the thread could never be told to end.
            fatalError("media thread: \(error)")
        }
        publish()
        while turn() {}
        for row in rows.values.sorted() { close(row, at: Instant.now.nanoseconds) }
        publish()
        flush()
    }

    /// Waits for the next thing and does it; false when the bell was rung.
    private func turn() -> Bool {
        let count = poller.wait(until: deadline)
        let now = Instant.now.nanoseconds
        var hasOrders = false, goesOn = true
        for index in 0..<count {
            let tag = poller.tag(index)
            if tag >= Self.firstLegTag {
                receive(tag - Self.firstLegTag, at: now)
            } else if tag == Self.mailboxTag {
                hasOrders = true
            } else if tag == Self.clipsTag {
                take(library.answers.takeAll())
                if rows.isEmpty { publish() }
            } else {
                goesOn = false
            }
        }
        let current = Int((now - start) / Self.tickLength)
        // Where nobody heard us the ticks went by uncounted.
        if hasNoTick { tick = current }
        if hasOrders {
            for order in mailbox.takeAll() { perform(order, at: now) }
            publish()
        }
        runTicks(to: current, at: now)
        if !rows.isEmpty, now >= nextRound {
            nextRound = now + Self.roundLength
            keepHouse(at: now)
            publish()
        }
        flush()
        return goesOn
    }

    private var hasNoTick: Bool { tickedRows.isEmpty && taps.isEmpty && typing.isEmpty }

    private var deadline: Instant? {
        if !hasNoTick { return Instant(nanoseconds: min(nextRound, start + Int64(tick + 1) * Self.tickLength)) }
        return rows.isEmpty ? nil : Instant(nanoseconds: nextRound)
    }

    /// Tags count two to a leg: RTP, then RTCP.
    @inline(__always)
    private func receive(_ number: Int, at now: Int64) {
        let row = number >> 1
        guard number & 1 == 0 else { return path.receiveReport(row, at: now) }
        let news = path.receive(row, at: now)
        if news != .none { take(news, of: row, at: now) }
    }

    @inline(never)
    private func take(_ news: PacketPath.News, of row: Int, at now: Int64) {
        if news.isFirstVoice { facts.append(.spoke(legs[row].id)) }
        for digit in news.keys.digits { pressed(digit, row) }
        for digit in news.tones.digits { heard(digit, of: row, at: now) }
        if news.needsTranscoder, case .relay(let listener) = legs[row].delivery {
            transcode(row, for: listener)
            listTicked()
        }
    }

    /// Lets the poller tell of a leg's sockets; false where it refuses.
    func watch(_ row: Int) -> Bool {
        do {
            try poller.add(legs[row].rtp, tag: Self.firstLegTag + 2 * row)
            try poller.add(legs[row].rtcp, tag: Self.firstLegTag + 2 * row + 1)
            return true
        } catch {
            return false
        }
    }

    private func flush() {
        guard !facts.isEmpty else { return }
        report(facts)
        facts.removeAll(keepingCapacity: true)
    }

    // MARK: The tick

    private func runTicks(to current: Int, at now: Int64) {
        if hasNoTick { return }
        if current - tick > Self.catchUpLimit {
            ticksMissed += current - tick - 1
            tick = current - 1
        }
        while tick < current {
            tick += 1
            for row in tickedRows { send(row, at: now) }
            for row in typing.keys { type(row, at: now) }
        }
        if !taps.isEmpty { drainTaps(at: now) }
    }

    /// Sends one leg the 20 ms that are due.
    private func send(_ row: Int, at now: Int64) {
        let payload = frame + RTPHeader.size
        let octets = payload.assumingMemoryBound(to: UInt8.self)
        switch legs[row].hearing {
        case .nothing: return
        case .music: payload.copyMemory(from: music.frame(legs[row].codec, at: tick), byteCount: Voice.frame)
        case .tone(let number, let since):
            let loop = tones[number]
            loop.frame((tick - since - 1) % loop.frames, into: payload)
        case .speech:
            switch players[row]?.next(into: payload) ?? .end {
            case .voice: break
            case .silence: payload.copyMemory(from: silence.frame(legs[row].codec), byteCount: Voice.frame)
            case .end: return finish(row)
            }
        case .room(let number):
            rooms[number]?.frame(row, at: tick, into: octets)
            if let announcer = rooms[number]?.announcer { fetchOn(announcer, -number) }
        case .leg(let speaker):
            guard let transcoder = transcoders[speaker], transcoder.frame(into: octets) else { return }
        }
        if legs[row].isReachable, !legs[row].hearsKey { send(frame, to: row, at: now) }
        guard let player = players[row] else { return }
        // Told with its last 20 ms, so that what follows begins without a gap.
        if player.isOver { finish(row) } else { fetchOn(player, row) }
    }

    private func send(_ frame: UnsafeMutableRawPointer, to row: Int, at now: Int64) {
        let place = legs[row].stream.tick(tick, at: now)
        legs[row].send(frame, place, payloadType: legs[row].sendType, count: Voice.frame)
    }

    /// Sends one leg the packet of a key that is due; a tone instead of what else it hears.
    private func type(_ row: Int, at now: Int64) {
        legs[row].hearsKey = legs[row].sendEventType == Leg.none
        guard !legs[row].hearsKey else {
            typing[row]?.tick(in: legs[row].codec, into: (frame + RTPHeader.size).assumingMemoryBound(to: UInt8.self))
            if legs[row].isReachable { send(frame, to: row, at: now) }
            guard typing[row]?.isOver == true else { return }
            (typing[row], legs[row].hearsKey) = (nil, false)
            return
        }
        let packet = typing[row]?.tick(at: legs[row].stream.timestamp(at: now))
        if typing[row]?.isOver == true { typing[row] = nil }
        guard let packet, legs[row].isReachable, legs[row].sendEventType != Leg.none else { return }
        packet.write(to: frame + RTPHeader.size)
        let place = legs[row].stream.key(since: packet.begin, marker: packet.isFirst)
        legs[row].send(frame, place, payloadType: legs[row].sendEventType, count: KeyPresses.payloadSize)
    }

    // MARK: Housekeeping

    private func keepHouse(at now: Int64) {
        endLongRecordings(at: now)
        if !untold.isEmpty { tellTones(at: now) }
        for row in rows.values {
            let leg = legs + row
            if let event = leg.pointee.keys.expired(at: now), let digit = Digit(event: event) { pressed(digit, row) }
            if leg.pointee.watch > 0, !leg.pointee.isLostTold, now - leg.pointee.heardAt >= leg.pointee.watch {
                leg.pointee.isLostTold = true
                facts.append(.lost(leg.pointee.id))
            }
            if now >= leg.pointee.reportDue {
                leg.pointee.reportDue = now + Leg.reportGap()
                sendReport(leg, goodbye: false, at: now)
            }
        }
    }

    /// Sends our RTCP where the far end has a place for it.
    func sendReport(_ leg: UnsafeMutablePointer<Leg>, goodbye: Bool, at now: Int64) {
        guard leg.pointee.reportDestination.isSet, leg.pointee.stream.packets > 0 || leg.pointee.reception.received > 0 else {
            return
        }
        var wallClock = timespec()
        clock_gettime(CLOCK_REALTIME, &wallClock)
        withUnsafeTemporaryAllocation(byteCount: RTCP.capacity, alignment: 8) { bytes in
            guard let bytes = bytes.baseAddress else { return }
            let count = RTCP.write(
                to: bytes, leg.pointee.stream, &leg.pointee.reception, name: name, goodbye: goodbye,
                wallClock: Int64(wallClock.tv_sec) * 1_000_000_000 + Int64(wallClock.tv_nsec), now: now)
            _ = leg.pointee.reportDestination.send(leg.pointee.rtcp, bytes, count: count)
        }
    }

    private func publish() {
        var counters = closed
        for row in rows.values { counters.add(legs[row]) }
        (counters.legs, counters.ticksMissed, counters.music) = (rows.count, ticksMissed, music.report)
        (counters.clipsUnplayable, counters.recordingsTorn) = (clipsUnplayable, recorder.refused)
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        counters.cpuTime = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        shared.counters.withLock { $0 = counters }
    }
}

extension MediaCounters {
    /// Adds a leg's packets.
    mutating func add(_ leg: Leg) {
        received += leg.reception.received
        sent += leg.stream.packets
        refused += leg.refused
        unsent += leg.unsent
    }
}
