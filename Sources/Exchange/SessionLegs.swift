import CallControl
import FollowUp
import Routing
import Signalling
import Telephony

/// Where SIP sessions become legs: what a session tells, as facts about the leg that it is or tries to be.
extension Exchange {
    mutating func handle(_ fact: SessionFact, of session: SessionID) {
        if case .invited(let incoming) = fact { return invited(session, incoming) }
        guard let id = legOfSession[session], let leg = legs[id] else {
            if case .ended(_, _, byFarEnd: true) = fact { perform(.answerBye(session)) }
            return
        }
        switch fact {
        case .invited:
            break
        case .progressed(let status, let description):
            progressed(leg, status, description)
        case .answered(let description):
            answered(leg, by: session, description)
        case .confirmed(let description):
            if let description { takeAnswer(id, description) }
            tellHold(id, before: leg.holds)
        case .reoffered(let description):
            reoffered(leg, session, description)
        case .reanswered(let description):
            if let description { takeAnswer(id, description) }
            tellHold(id, before: leg.holds)
        case .referred(let target, let replaces):
            referred(leg, session, to: target, replaces)
        case .digit(let digit):
            press(id, digit, by: .signalling)
        case .ended(let cause, let status, let byFarEnd):
            ended(leg, session, cause, status: status, byFarEnd: byFarEnd)
        }
    }

    // MARK: Coming in

    /// When a caller whom no port was free for may try again: calls end all the time.
    private static let portPause = Duration.seconds(10)

    private mutating func invited(_ session: SessionID, _ incoming: Incoming) {
        guard let offer = read(incoming) else { return perform(.reject(session, status: 403, .forbidden)) }
        if let description = incoming.offer, !canSpeak(description) {
            let warning = SessionDescription.mismatch(offer: description, codecs: settings.media.codecs)
            perform(.reject(session, status: 488, .incompatibleMedia, warning: warning))
            return tell(.turnedAway(offer, .incompatibleMedia))
        }
        let id = switchboard.newLeg()
        var leg = SIPLeg(id, party: offer.caller, local: localAddress(on: incoming.flow), phase: .offered(incoming.offer))
        leg.sessions = [session]
        legs[id] = leg
        legOfSession[session] = id
        // A call that nobody could be heard in rings nowhere.
        guard openMedia(id) != nil else { return refuseForPorts(id, session, offer) }
        guard ports.available > 0 else {
            missPort()
            return refuseForPorts(id, session, offer)
        }
        tell(.offered(id, offer))
    }

    /// A call that SIP refused by itself has a record like any other (R-094), one for all repetitions of it.
    mutating func turnAway(_ incoming: Incoming, _ cause: Cause) {
        guard refusals.isNew(incoming.request.callID), let offer = read(incoming) else { return }
        tell(.turnedAway(offer, cause))
    }

    /// The same for what was not even a message, where it came from a trunk; strangers are only counted.
    mutating func turnAway(_ from: String, _ to: String, _ callID: String, _ flow: Flow) {
        guard let peer = settings.sip.peers.first(where: { $0.address == flow.remote.address }), refusals.isNew(callID) else {
            return
        }
        tell(.turnedAway(Offer(caller: .trunk(peer.id), callerID: shownCaller(from, name: ""), dialled: to), .networkFailure))
    }

    /// Who calls whom, as the request says it; nil for an account that no extension owns any more.
    private func read(_ incoming: Incoming) -> Offer? {
        let request = incoming.request
        switch incoming.sender {
        case .account(let name):
            guard let number = owners[name] else { return nil }
            let person = settings.office.extensions[number]
            return Offer(
                caller: .extension(number), callerID: CallerID(number: number, name: person?.name ?? ""),
                dialled: request.requestURI?.user ?? "")
        case .peer(let id):
            guard let trunk = settings.office.trunks[id] else { return nil }
            return Offer(caller: .trunk(id), callerID: callerID(of: request), dialled: calledNumber(in: request, trunk))
        }
    }

    private func callerID(of request: Message) -> CallerID {
        let asserted = request.header("P-Asserted-Identity").flatMap(Self.userPart)
        let shown = asserted ?? request.from.uri.user
        let hides =
            (request.header("Privacy")?.contains("id") ?? false) || shown.isEmpty || shown.equalsIgnoringCase("anonymous")
            || request.from.uri.host.equalsIgnoringCase("anonymous.invalid") && asserted == nil
        if hides { return CallerID(number: "") }
        return shownCaller(shown, name: request.from.name ?? "")
    }

    /// A number that a phone would dial is digits; whatever else a network says shall never be dialled back, a code least of all.
    private func shownCaller(_ shown: String, name: String) -> CallerID {
        let number = PhoneNumber(shown, country: settings.office.country)
        let isNumber = !number.digits.isEmpty && number.digits.utf8.allSatisfy { (48...57).contains($0) }
        return CallerID(number: isNumber ? number.description : "", name: name, received: shown)
    }

    private func calledNumber(in request: Message, _ trunk: Trunk) -> String {
        let header: String? =
            switch trunk.didSource {
            case .requestURI: request.requestURI?.user
            case .to: request.to.uri.user
            case .calledParty: request.header("P-Called-Party-ID").flatMap(Self.userPart)
            case .diversion: request.header("Diversion").flatMap(Self.userPart)
            }
        return header ?? request.requestURI?.user ?? ""
    }

    /// The user part of the first URI in a header of name-address form.
    private static func userPart(_ header: String) -> String? {
        guard let colon = header.firstIndex(of: ":") else { return nil }
        let rest = header[header.index(after: colon)...]
        let user = rest.prefix { $0 != "@" && $0 != ">" && $0 != ";" }
        return user.isEmpty ? nil : String(user)
    }

    private func canSpeak(_ offer: SessionDescription) -> Bool {
        offer.media.contains { line in
            line.kind == "audio" && line.port != 0 && line.proto == "RTP/AVP"
                && line.formats.contains { $0.codec.map(settings.media.codecs.contains) ?? false }
        }
    }

    // MARK: Going on

    private mutating func progressed(_ leg: SIPLeg, _ status: Int, _ description: SessionDescription?) {
        guard case .dialling = leg.phase else { return }
        if let description, !leg.isPhone, leg.sessions.count == 1 {
            takeAnswer(leg.id, description)
            tell(.earlyMediaBegan(leg.id))
            if status == 180 { tell(.rang(leg.id)) }
        } else if status == 180 || legs[leg.id]?.stream == nil {
            tell(.rang(leg.id))
        }
    }

    /// The first phone that answers is the leg; the others are told that somebody took it.
    private mutating func answered(_ leg: SIPLeg, by session: SessionID, _ description: SessionDescription) {
        guard case .dialling = leg.phase else { return perform(.end(session, .answeredElsewhere)) }
        for other in leg.sessions where other != session {
            legOfSession[other] = nil
            perform(.end(other, .answeredElsewhere))
        }
        legs[leg.id]?.sessions = [session]
        legs[leg.id]?.phase = .answered
        guard takeAnswer(leg.id, description) else {
            endSessions(of: leg.id, .incompatibleMedia)
            return tell(.ended(leg.id, .incompatibleMedia))
        }
        tell(.answered(leg.id))
    }

    private mutating func reoffered(_ leg: SIPLeg, _ session: SessionID, _ description: SessionDescription?) {
        guard let description else {
            // No offer: we make it, with what is agreed now; the answer comes with the ACK.
            guard let ours = makeOffer(for: leg.id, preferring: leg.knownCodecs) else { return perform(.refuseReoffer(session)) }
            return perform(.acceptReoffer(session, ours))
        }
        guard let ours = answer(leg.id, to: description, preferring: leg.stream?.codec) else {
            return perform(.refuseReoffer(session))
        }
        perform(.acceptReoffer(session, ours))
        tellHold(leg.id, before: leg.holds)
    }

    /// Whether the party holds its partner may change with every description of its own, also one that answers ours.
    private mutating func tellHold(_ id: LegID, before: Bool) {
        guard let leg = legs[id], leg.phase == .answered, leg.holds != before else { return }
        tell(leg.holds ? .held(id) : .resumed(id))
    }

    private mutating func referred(_ leg: SIPLeg, _ session: SessionID, to target: SIPURI, _ replaces: SessionID?) {
        let consulting = replaces.flatMap { legOfSession[$0] }
        // The consultation is over: nobody is to be rung in its stead (RFC 3891 §3).
        if replaces != nil, consulting == nil { return perform(.notifyReferral(session, status: 481)) }
        tell(.transferRequested(leg.id, to: target.user, replacing: consulting))
    }

    // MARK: Ending

    private mutating func ended(_ leg: SIPLeg, _ session: SessionID, _ cause: Cause, status: Int?, byFarEnd: Bool) {
        legOfSession[session] = nil
        legs[leg.id]?.sessions.removeAll { $0 == session }
        if byFarEnd { pendingByes.append(session) }
        guard case .dialling = leg.phase else {
            forget(leg.id)
            return tell(.ended(leg.id, cause))
        }
        // One phone of several gave up. A "no" speaks for the person, anything else only for the phone.
        let told = cause == .noAnswer && status == 480 && leg.isPhone ? .unreachable : cause
        let known = (leg.cause ?? .unreachable).orMoreTelling(told)
        legs[leg.id]?.cause = known
        if cause == .declined {
            endSessions(of: leg.id, .answeredElsewhere)
            return tell(.ended(leg.id, .declined))
        }
        if legs[leg.id]?.sessions.isEmpty ?? false {
            forget(leg.id)
            tell(.ended(leg.id, known))
        }
    }

    /// Ends every session of the leg and forgets it.
    mutating func endSessions(of id: LegID, _ cause: Cause) {
        for session in legs[id]?.sessions ?? [] {
            legOfSession[session] = nil
            perform(.end(session, cause))
        }
        forget(id)
    }

    /// Refuses a call for lack of ports.
    private mutating func refuseForPorts(_ id: LegID, _ session: SessionID, _ offer: Offer) {
        legOfSession[session] = nil
        perform(.reject(session, status: 503, .noCircuit, retryAfter: Self.portPause))
        forget(id)
        tell(.turnedAway(offer, .noCircuit))
    }

    private mutating func forget(_ id: LegID) {
        guard let leg = legs.removeValue(forKey: id) else { return }
        if let media = leg.media {
            legOfMedia[media.id] = nil
            closingPorts[media.id] = media.port
            effects.append(.media(.close(media.id)))
        }
    }
}

/// Calls that were refused a moment ago, by their Call-ID: a trunk repeats them until it hears our answer.
struct Refusals: Sendable {
    private static let capacity = 64
    private var known: [String] = []

    /// Whether it has not been asked for before.
    mutating func isNew(_ callID: String) -> Bool {
        if !callID.isEmpty, known.contains(callID) { return false }
        known.append(callID)
        if known.count > Self.capacity { known.removeFirst() }
        return true
    }
}
