import Signalling
import Telephony

/// Who hears whom, from end to end: what the phones agreed to, and what the media plane was told to do.
extension SimulatedOffice {
    /// The voices of one instant.
    private struct Voices {
        var ears: [Ear] = []
        /// Which ear listens at an RTP address, and which leg of ours an ear talks to.
        var byAddress: [Endpoint: Ear] = [:], leg: [Ear: MediaLegID] = [:], ear: [MediaLegID: Ear] = [:]
    }

    /// What this ear hears now.
    public func hearing(of ear: Ear) -> Hearing { heard[ear] ?? .nothing }

    /// Works out who hears what, writes down what changed, and watches for voices that stay away.
    mutating func settle() {
        guard isUnsettled else { return }
        isUnsettled = false
        let voices = voices()
        var heardNow: [Ear: Hearing] = [:]
        for ear in voices.ears { heardNow[ear] = hearing(ear, voices) }
        logHearings(heardNow)
        var told: Set<Ear> = []
        for ear in voices.ears where heardNow[ear] != heard[ear, default: .nothing] && !told.contains(ear) {
            if case .party(let other) = heardNow[ear], heardNow[other] == .party(ear) {
                told.insert(other)
                let isCaller = call(ear)?.isOutgoing ?? false
                let second = isCaller || call(other)?.isOutgoing != true ? other : ear
                note(.bridged(person(second == other ? ear : other), person(second)))
            } else {
                note(.hears(person(ear), text(heardNow[ear] ?? .nothing)))
            }
        }
        heard = heardNow
        watch(voices)
    }

    func call(_ ear: Ear) -> AgentCall? { agents[ear.agent].call(ear.call) }

    /// Who holds this ear.
    func person(_ ear: Ear) -> String {
        let agent = agents[ear.agent]
        return agent.role == .trunk ? call(ear)?.person ?? agent.name : agent.name
    }

    private func text(_ hearing: Hearing) -> String {
        switch hearing {
        case .nothing: "nothing"
        case .tone(let tone): tone.rawValue
        case .music: "music"
        case .room(let number): "room \(number)"
        case .speech(let clips): "“" + clips.joined(separator: " ") + "”"
        case .party(let other): alias(person(other))
        }
    }

    private func voices() -> Voices {
        var voices = Voices()
        for (index, agent) in agents.enumerated() {
            for call in agent.calls where call.isLive {
                let ear = Ear(agent: index, call: call.id)
                voices.ears.append(ear)
                voices.byAddress[Endpoint(agent.address.address, call.port)] = ear
                guard call.hasVoice, let leg = media.leg(at: call.theirs?.audioEndpoint) else { continue }
                voices.leg[ear] = leg
                voices.ear[leg] = ear
            }
        }
        return voices
    }

    private func hearing(_ ear: Ear, _ voices: Voices) -> Hearing {
        guard let call = call(ear) else { return .nothing }
        if case .early(180) = call.state, call.theirs == nil { return .tone(.ringback) }
        guard call.listens, !offline.contains(ear.agent) else { return .nothing }
        guard let id = voices.leg[ear], let leg = media.legs[id] else { return direct(call, voices) }
        guard let stream = leg.stream, stream.sends, reaches(stream, ear, call) else { return .nothing }
        guard call.ours?.audio?.formats.contains(where: { $0.codec == stream.codec }) == true else { return .nothing }
        switch leg.hears {
        case .nothing: return .nothing
        case .sound(.tone(let tone, _)): return .tone(tone)
        case .sound(.music): return .music
        case .sound(.speech(let speech)): return .speech(speech.clips.map(\.name))
        case .room(let number): return .room(number)
        case .leg(let other):
            guard let speaker = voices.ear[other], arrives(other, voices) else { return .nothing }
            return .party(speaker)
        }
    }

    /// The far end of a leg gets a key from us.
    mutating func handOver(_ digit: Digit, to leg: MediaLegID) {
        if let ear = voices().ear[leg] { note(.digit(digit, by: person(ear))) }
    }

    /// Two phones that talk without an exchange in between.
    private func direct(_ call: AgentCall, _ voices: Voices) -> Hearing {
        guard let end = call.theirs?.audioEndpoint, let other = voices.byAddress[end], let theirs = self.call(other) else {
            return .nothing
        }
        return theirs.speaks && !agents[other.agent].isMuted && !offline.contains(other.agent) ? .party(other) : .nothing
    }

    /// Whether what we send gets to the phone: straight, or back the way its own RTP comes.
    private func reaches(_ stream: MediaStream, _ ear: Ear, _ call: AgentCall) -> Bool {
        let agent = agents[ear.agent]
        if stream.remote == Endpoint(agent.address.address, call.port) { return agent.address == agent.seenAs || call.speaks }
        return false
    }

    /// Whether the far end's voice gets to this leg.
    private func arrives(_ leg: MediaLegID, _ voices: Voices) -> Bool {
        guard let ear = voices.ear[leg], let call = call(ear), let stream = media.legs[leg]?.stream else { return false }
        let agent = agents[ear.agent]
        return call.speaks && !agent.isMuted && !offline.contains(ear.agent) && stream.receives
            && stream.sources.contains(agent.seenAs.address)
    }

    /// Starts and stops the clocks of legs whose voice stays away.
    private mutating func watch(_ voices: Voices) {
        for id in media.legs.keys.sorted() {
            guard let leg = media.legs[id] else { continue }
            if !leg.hasSpoken, arrives(id, voices) {
                media.spoke(id)
                agenda.add(.tell(.media(.spoke(id))), at: now)
            }
            guard let stream = leg.stream, let patience = stream.watch, stream.receives, !arrives(id, voices) else {
                silences.cancel(id)
                media.voiceCame(id)
                continue
            }
            if !leg.isLostTold, !silences.isSet(id) { silences.set(id, at: now + patience) }
        }
    }
}
