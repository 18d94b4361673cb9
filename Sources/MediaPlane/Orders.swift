import Glibc
import Telephony

/// How orders change the leg table. Who hears whom is always mutual: a leg that hears another is heard by it.
extension MediaThread {
    func perform(_ order: MediaOrder, at now: Int64) {
        switch order {
        // Carried out by whoever ordered it, before any other order of its.
        case .reserve, .unreserve: return
        case .open(let id, let local): open(id, local, at: now)
        case .describe(let id, let stream): if let row = rows[id] { describe(row, stream, at: now) }
        case .connect(let first, let second):
            guard let first = rows[first], let second = rows[second] else { return }
            if legs[first].hearing != .leg(second) {
                hear(.nothing, first)
                hear(.nothing, second)
            }
            (legs[first].hearing, legs[second].hearing) = (.leg(second), .leg(first))
            join(first, second)
        case .play(let id, let sound):
            guard let row = rows[id] else { return }
            play(sound, row)
        case .quiet(let id):
            guard let row = rows[id] else { return }
            hear(.nothing, row)
        case .mix(let id, let room): if let row = rows[id] { mix(row, room: room) }
        case .attend(let id, let room): if let row = rows[id] { attend(row, room: room) }
        case .announce(let room, let clips): announce(clips, room: room)
        case .listen(let id, let isOn): if let row = rows[id] { listen(row, isOn) }
        case .withhold(let id): if let row = rows[id] { legs[row].withholdsKeys = true }
        case .press(let id, let digit): if let row = rows[id] { press(digit, row) }
        case .record(let id, let recording):
            guard let row = rows[id] else { return }
            record(row, recording, at: now)
        case .unrecord(let id, let clip):
            guard let row = rows[id] else { return }
            unrecord(row, clip)
        case .endRecording(let clip): endRecording(clip)
        case .close(let id):
            // One that never opened is closed all the same: its port is waited for.
            guard let row = rows[id] else { return facts.append(.closed(id, MediaStatistics())) }
            close(row, at: now)
        }
        listTicked()
    }

    /// What the leg hears goes on in its new codec.
    private func describe(_ row: Int, _ stream: MediaStream, at now: Int64) {
        legs[row].describe(stream, at: now)
        if case .tone(let number, let since) = legs[row].hearing, tones[number].codec != stream.codec {
            legs[row].hearing = .tone(loop(tones[number].tone, tones[number].country, stream.codec), since: since)
        }
        switch legs[row].hearing {
        case .leg(let other): join(row, other)
        case .room(let number):
            if rooms[number]?.isListening(row) == true { attend(row, room: number) } else { mix(row, room: number) }
        case .nothing, .music, .tone, .speech: break
        }
        if let player = players[row], player.codec != stream.codec { fetch(row) }
    }

    private func open(_ id: MediaLegID, _ local: Endpoint, at now: Int64) {
        guard rows[id] == nil else { return }
        guard let pair = stock.take(local) else { return facts.append(.failed(id)) }
        guard let row = freeRows.popLast() else {
            pair.close()
            return facts.append(.failed(id))
        }
        (legs + row).initialize(to: Leg(id, rtp: pair.rtp, rtcp: pair.rtcp, at: now))
        guard watch(row) else {
            release(row)
            return facts.append(.failed(id))
        }
        rows[id] = row
    }

    func close(_ row: Int, at now: Int64) {
        hear(.nothing, row)
        untap(row)
        listen(row, false)
        (typing[row], untold[row]) = (nil, nil)
        let leg = legs + row
        sendReport(leg, goodbye: true, at: now)
        closed.add(leg.pointee)
        facts.append(.closed(leg.pointee.id, leg.pointee.statistics))
        rows[leg.pointee.id] = nil
        release(row)
        listTicked()
    }

    /// Closing a socket also takes it off the poller.
    private func release(_ row: Int) {
        Glibc.close(legs[row].rtp)
        Glibc.close(legs[row].rtcp)
        (legs + row).deinitialize(count: 1)
        freeRows.append(row)
    }

    private func play(_ sound: Sound, _ row: Int) {
        switch sound {
        case .music:
            hear(.music, row)
            music.prepare(for: tick + 1)
        case .speech(let speech): speak(speech, row)
        case .tone(let tone, let country): hear(.tone(loop(tone, country, legs[row].codec), since: tick), row)
        }
    }

    /// The number of a tone's loop in a codec; made when it is first heard, kept for good: there are only so many tones.
    private func loop(_ tone: Tone, _ country: Country, _ codec: Codec) -> Int {
        if let number = tones.firstIndex(where: { $0.tone == tone && $0.country == country && $0.codec == codec }) {
            return number
        }
        tones.append(ToneLoop(tone, country, codec))
        return tones.count - 1
    }

    /// The leg hears this from now on; whoever heard it before hears nothing.
    func hear(_ hearing: Hearing, _ row: Int) {
        if case .leg(let other) = legs[row].hearing {
            legs[other].hearing = .nothing
            mute(other)
        }
        if case .room(let number) = legs[row].hearing { leaveRoom(number, row) }
        legs[row].hearing = hearing
        players[row] = nil
        mute(row)
    }

    /// What the leg says goes nowhere; its own stream waits for another source.
    private func mute(_ row: Int) {
        legs[row].delivery = .nowhere
        legs[row].stream.detach()
        transcoders[row] = nil
    }

    /// Sets both ways of a conversation by what the two speak.
    private func join(_ first: Int, _ second: Int) {
        for (speaker, listener) in [(first, second), (second, first)] { deliver(speaker, to: listener) }
    }

    private func deliver(_ speaker: Int, to listener: Int) {
        switch (legs[speaker].voice, legs[listener].codec) {
        case (.alaw, .alaw), (.ulaw, .ulaw), (.g722, .g722), (.alaw, .ulaw), (.ulaw, .alaw):
            transcoders[speaker] = nil
            legs[speaker].delivery = .relay(listener)
        case (.g722, .alaw), (.g722, .ulaw), (.alaw, .g722), (.ulaw, .g722):
            transcode(speaker, for: listener)
        }
    }

    /// From now on all that the speaker says goes through a jitter buffer, in whichever codec it comes.
    func transcode(_ speaker: Int, for listener: Int) {
        if case .buffer(listener, _) = legs[speaker].delivery, transcoders[speaker]?.codec == legs[listener].codec { return }
        let transcoder = Transcoder(to: legs[listener].codec)
        transcoders[speaker] = transcoder
        legs[speaker].delivery = if let transcoder { .buffer(listener, transcoder.queue) } else { .nowhere }
    }

    func listTicked() {
        tickedRows = rows.values.filter { row in
            switch legs[row].hearing {
            case .nothing: false
            case .music, .tone, .speech, .room: true
            case .leg(let speaker): transcoders[speaker] != nil
            }
        }.sorted()
    }
}
