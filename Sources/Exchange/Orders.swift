import CallControl
import FollowUp
import Routing
import Signalling
import Telephony

/// Where orders about legs become SIP and media.
extension Exchange {
    mutating func carryOut(_ orders: [Order]) {
        for order in orders { carryOut(order) }
    }

    private mutating func carryOut(_ order: Order) {
        switch order {
        case .alert(let id): if let session = legs[id]?.session { perform(.progress(session, status: 180, nil)) }
        case .dial(let id, let target, let callerID, let ring, let caller):
            dial(id, target, callerID, ring, for: caller)
        case .answer(let id, let partner): answer(id, matching: partner)
        case .release(let id, let cause): endSessions(of: id, cause)
        case .bridge(let one, let other):
            hear(one, .leg(other))
            hear(other, .leg(one))
            connect(one)
        case .play(let id, let sound): hear(id, .sound(sound))
        case .quiet(let id): hear(id, .nothing)
        case .mix(let id, let room): hear(id, .room(room))
        case .attend(let id, let room): hear(id, .audience(room))
        case .announce(let room, let clips): effects.append(.media(.announce(room: room, clips)))
        case .withhold(let id): withholdKeys(of: id)
        case .press(let id, let digit): pass(digit, to: id)
        case .record(let id, let recording):
            guard let media = legs[id]?.media else { return tell(.recorded(recording.clip, length: .zero)) }
            effects.append(.media(.record(media.id, recording)))
        case .unrecord(let id, let clip): if let media = legs[id]?.media { effects.append(.media(.unrecord(media.id, clip))) }
        case .endRecording(let clip):
            effects.append(.media(.endRecording(clip)))
        case .report(let id, .succeeded):
            if let session = legs[id]?.session { perform(.notifyReferral(session, status: 200)) }
        case .report(let id, .failed(let cause)):
            if let session = legs[id]?.session { perform(.notifyReferral(session, status: cause.sipStatus)) }
        case .awaitRecord(let call): postponeByes(of: call)
        case .keep, .erase, .greet, .tally, .acquaint, .night, .mark:
            if let kept = order.kept { effects.append(.persist(kept)) }
        case .recorded(let recording): effects.append(.persist(.recording(recording, quota: settings.office.recording.quota)))
        case .open(let journal): follow(journal)
        case .file(let journal): file(journal)
        case .own(let client, let name, let owner):
            effects.append(.persist(.met(client: client, name: name, owner, .last)))
        case .configure(let call, let lines, let number):
            effects.append(.configure(call, lines, by: number))
        case .askOwed(let call, let responsible, let person, let skipped):
            tellOwed(call, responsible, by: person, skipping: skipped)
        case .measure(let id, let number): measure(id, of: number)
        case .untested(let number): effects.append(.measured(number, nil))
        case .adopt(let prompt, let number): effects.append(.adopt(prompt: prompt, by: number))
        case .lookUp(let call, let client):
            asked.insert(call)
            effects.append(.lookUp(call, client: client))
        case .met(let client, let name, let owner):
            effects.append(.persist(.met(client: client, name: name, owner, settings.office.owners.learning)))
        }
    }

    /// What the leg's voice is like is told when it closes.
    private mutating func measure(_ id: LegID, of number: ExtensionNumber) {
        guard let media = legs[id]?.media else { return effects.append(.measured(number, MediaStatistics())) }
        measured[media.id] = number
    }

    // MARK: Dialling

    private mutating func dial(
        _ id: LegID, _ target: DialTarget, _ callerID: CallerID, _ ring: RingClass, for caller: LegID
    ) {
        let ways = ways(to: target)
        guard let first = ways.first else { return tell(.ended(id, .unreachable)) }
        let party: Caller =
            switch target {
            case .extension(let number): .extension(number)
            case .line(let line): .trunk(line.trunk)
            }
        legs[id] = SIPLeg(id, party: party, local: localAddress(on: first.flow), phase: .dialling)
        guard let offer = makeOffer(for: id, preferring: legs[caller]?.knownCodecs ?? []) else {
            legs[id] = nil
            return tell(.ended(id, .noCircuit))
        }
        for way in ways {
            let session = core.newSession()
            legs[id]?.sessions.append(session)
            legOfSession[session] = id
            let user = callerID.number.isEmpty ? "anonymous" : callerID.number
            perform(
                .invite(
                    session,
                    Invitation(
                        target: way.uri, flow: way.flow, fromUser: user, fromName: callerID.name.isEmpty ? nil : callerID.name,
                        toUser: target.name, offer: offer, headers: ring.headers, patience: target.patience)))
        }
    }

    /// Every contact of an extension, or the one address of a trunk.
    private func ways(to target: DialTarget) -> [(uri: SIPURI, flow: Flow)] {
        switch target {
        case .extension(let number):
            let accounts = settings.office.extensions[number]?.phones ?? []
            return accounts.flatMap { core.bindings(of: $0.name) }.map { ($0.contact, $0.flow) }
        case .line(let line):
            guard let trunk = settings.office.trunks[line.trunk] else { return [] }
            let listener = settings.sip.listen.first { $0.transport == trunk.transport }
            let local = Endpoint(networks.source(for: trunk.peer), listener?.endpoint.port ?? 5060)
            let flow = Flow(trunk.transport, local: local, remote: trunk.endpoint)
            return [(SIPURI(user: line.number, at: trunk.endpoint, transport: trunk.transport), flow)]
        }
    }

    func localAddress(on flow: Flow) -> IPAddress {
        flow.local.address.isUnspecified ? networks.source(for: flow.remote.address) : flow.local.address
    }

    // MARK: Answering and hearing

    private mutating func answer(_ id: LegID, matching partner: LegID?) {
        guard let leg = legs[id], let session = leg.session, case .offered(let offer) = leg.phase else { return }
        let ours: SessionDescription? =
            if let offer {
                leg.description ?? answer(id, to: offer, preferring: partner.flatMap { legs[$0]?.stream?.codec })
            } else {
                makeOffer(for: id, preferring: partner.flatMap { legs[$0]?.knownCodecs } ?? [])
            }
        guard let ours else {
            endSessions(of: id, .incompatibleMedia)
            return tell(.ended(id, .incompatibleMedia))
        }
        legs[id]?.phase = .answered
        perform(.accept(session, ours))
        watch(id)
    }

    private mutating func hear(_ id: LegID, _ hearing: SIPLeg.Hearing) {
        guard legs[id] != nil else { return }
        legs[id]?.hearing = hearing
        if hearing != .nothing { openEarlyMedia(id, hearing) }
        guard let media = legs[id]?.media, legs[id]?.hasVoice == true else { return tellWithoutVoice(id, hearing) }
        switch hearing {
        case .nothing: effects.append(.media(.quiet(media.id)))
        case .sound(let sound): effects.append(.media(.play(media.id, sound)))
        case .room(let room): effects.append(.media(.mix(media.id, room: room)))
        case .audience(let room): effects.append(.media(.attend(media.id, room: room)))
        case .leg: break
        }
        listen(id)
    }

    /// Whether keys are looked for in the leg's voice is looked at when the turn is over: whoever answers hears nothing for a moment before
    /// the partner, and most calls never need it.
    mutating func listen(_ id: LegID) { toListen.append(id) }

    /// Keys are looked for in the voice while the far end hears us, also of one that might tell them by RFC 4733 and does not. In a talk,
    /// where a voice might be taken for a key, only of one that cannot, and only where somebody needs them: its partner, who has
    /// events, or we.
    mutating func reviewListening() {
        for id in toListen {
            guard let leg = legs[id], let media = leg.media, let stream = leg.stream else { continue }
            let hasEvents = stream.receiveEventType != nil
            let listens =
                switch leg.hearing {
                case .sound: true
                case .nothing: leg.phase == .answered
                case .room: !hasEvents
                case .leg(let partner): !hasEvents && (leg.keyBearer == .call || legs[partner]?.stream?.sendEventType != nil)
                case .audience: false
                }
            guard listens != leg.isListenedTo else { continue }
            legs[id]?.isListenedTo = listens
            effects.append(.media(.listen(media.id, listens)))
        }
        toListen.removeAll(keepingCapacity: true)
    }

    /// Who cannot be made to hear anything yet, as he offered no voice, has nothing to wait for. That it rings he is told by a signal,
    /// and his own phone has a busy tone.
    private mutating func tellWithoutVoice(_ id: LegID, _ hearing: SIPLeg.Hearing) {
        if case .sound(.speech(let speech)) = hearing { return tell(.played(id, speech: speech.id)) }
        guard case .offered? = legs[id]?.phase else { return }
        switch hearing {
        case .sound(.tone(.busy, _)):
            endSessions(of: id, .busy)
            tell(.ended(id, .busy))
        case .sound(.tone), .leg: carryOut(.alert(id))
        case .sound, .room, .audience, .nothing: break
        }
    }

    /// A caller who shall hear something before the answer gets his SDP answer with 183. One who made no offer cannot.
    private mutating func openEarlyMedia(_ id: LegID, _ hearing: SIPLeg.Hearing) {
        guard let leg = legs[id], case .offered(let offer?) = leg.phase, leg.description == nil, let session = leg.session else {
            return
        }
        var codec: Codec?
        if case .leg(let partner) = hearing { codec = legs[partner]?.stream?.codec }
        guard let ours = answer(id, to: offer, preferring: codec) else { return }
        perform(.progress(session, status: 183, ours))
    }

    /// Joins two media legs where both sides have agreed on their voice.
    mutating func connect(_ id: LegID) {
        guard let leg = legs[id], case .leg(let partner) = leg.hearing, let other = legs[partner], other.hearing == .leg(id),
            leg.stream != nil, other.stream != nil, let one = leg.media, let two = other.media
        else { return }
        effects.append(.media(.connect(one.id, two.id)))
        listen(id)
        listen(partner)
    }
}

extension Order {
    /// What is to be kept over a restart; nil for an order that is about something else.
    fileprivate var kept: Persistence? {
        switch self {
        case .keep(let message): .message(message)
        case .erase(let message): .erase(message)
        case .greet(let box, let recording): .greeting(box, recording)
        case .tally(let row): .tally(row)
        case .acquaint(let line): .acquaint(line)
        case .night(let key, let until): .night(key, until: until)
        case .mark(let number, let state, let isOn): .mark(number, state, isOn)
        case .alert, .dial, .answer, .release, .bridge, .play, .quiet, .mix, .announce, .withhold, .press, .record, .unrecord,
            .endRecording, .awaitRecord, .report, .open, .file, .lookUp, .met, .own, .askOwed, .configure, .measure, .untested,
            .adopt, .attend, .recorded:
            nil
        }
    }
}

extension RingClass {
    /// By one of these phones of all makers know that they are to switch themselves on: RFC 5373, the way of Yealink, Grandstream, Snom
    /// and Cisco, and that of Polycom.
    private static let automaticAnswer = [
        Header("Call-Info", "<sip:127.0.0.1>;answer-after=0"),
        Header("Alert-Info", "<http://127.0.0.1/intercom>;info=alert-autoanswer;delay=0"),
        Header("Alert-Info", "<http://127.0.0.1/intercom>;info=RingAnswer"), Header("Answer-Mode", "Auto"),
    ]

    /// Alert-Info: a URI that nobody need fetch, and the word by which phones of most makers choose a ring.
    fileprivate var headers: [Header] {
        switch self {
        case .plain: []
        case .automatic: Self.automaticAnswer
        case .named(let word): [Header("Alert-Info", "<http://127.0.0.1/\(word)>;info=\(word)")]
        }
    }
}

extension DialTarget {
    /// How long a dead trunk may keep a caller waiting before the next one is tried: three repetitions of the INVITE; and one that says
    /// 100 and finds nobody, where there is a next one: longer than a call abroad takes to ring. A phone has as long as its
    /// transaction lasts.
    fileprivate var patience: Invitation.Patience? {
        switch self {
        case .extension: nil
        case .line(let line): Invitation.Patience(answer: .seconds(5), progress: line.isLast ? nil : .seconds(20))
        }
    }
}
