import Signalling
import Telephony

/// Calls that this agent makes.
extension SimulatedAgent {
    /// Dials `number`, shown as `caller` (a trunk speaks for many); answers the call's id.
    @discardableResult
    public mutating func dial(_ number: String, as caller: NameAddress? = nil, at now: Instant) -> (Int, [AgentOutput]) {
        self.now = now
        count += 1
        let id = count
        let host = role == .trunk ? server.address.host : domain
        var local = caller ?? NameAddress(uri: SIPURI(user: user, host: domain))
        local.tag = unique("tag")
        let remote = NameAddress(uri: SIPURI(user: number, host: host))
        let target = SIPURI(user: number, host: host, port: role == .trunk && server.port != 5060 ? server.port : nil)
        let callID = unique("call") + "@" + address.address.host
        var invite = Message(
            .request(.invite, target), from: local, to: remote, callID: callID, sequence: 1, sequenceMethod: .invite)
        dress(&invite)
        askForTimer(&invite)
        calls.append(
            AgentCall(
                id: id, isOutgoing: true, began: now, state: .calling, peer: number, person: local.uri.user, callID: callID,
                local: local,
                remote: remote,
                target: target, localSequence: 1, invite: invite, inviteKey: TransactionKey(invite), port: nextPort()))
        if !manners.lateOffer {
            let offer = offer(id)
            invite.setSessionDescription(offer)
            withCall(id) {
                $0.ours = offer
                $0.offerPending = true
            }
        }
        if case .phone = role { credentials(for: &invite) }
        sendInvite(id, invite)
        return (id, flush())
    }

    /// What every request of ours that opens something carries.
    func dress(_ request: inout Message) {
        request.contacts = [contact]
        request.maxForwards = 70
        request.setHeader("Allow", Self.allowed)
        request.setHeader("User-Agent", "Simulated \(name)")
    }

    /// Each call has an even port of its own.
    func nextPort() -> UInt16 { UInt16(20_000 + (calls.last.map { Int($0.port) - 20_000 + 2 } ?? 0) % 20_000) }

    mutating func sendInvite(_ id: Int, _ invite: Message) {
        let key = request(invite, to: server, for: .invite(id))
        let sent = clients[key]?.request ?? invite
        withCall(id) {
            $0.invite = sent
            $0.mayCancel = false
            $0.inviteKey = key
            $0.localSequence = sent.sequence
        }
    }

    mutating func takeProgress(_ id: Int, _ status: Int, _ response: Message) {
        guard let call = call(id) else { return }
        withCall(id) { $0.mayCancel = true }
        switch call.state {
        case .calling, .early:
            guard status > 100 else { return }
            if let description = response.sessionDescription { settle(id, ours: nil, theirs: description) }
            withCall(id) {
                $0.state = .early(status: status)
                if response.to.tag != nil { $0.remote.tag = response.to.tag }
                if let contact = response.contacts.first { $0.target = contact.uri }
            }
        case .cancelling(sent: false): sendCancel(id)
        case .cancelling, .ringing, .answered, .talking, .leaving, .over: break
        }
    }

    mutating func inviteConcluded(_ id: Int, _ status: Int, _ response: Message?, from source: Endpoint) {
        guard let call = call(id) else { return }
        guard status < 300, let response else {
            let isOurDoing = if case .cancelling = call.state { true } else { call.state == .over }
            let cause = response.flatMap(Cause.init(reasonOf:)) ?? Cause(sipStatus: status)
            end(id, noticing: isOurDoing ? nil : cause)
            return
        }
        withCall(id) {
            $0.remote = response.to
            if let contact = response.contacts.first { $0.target = contact.uri }
            $0.routes = response.recordRoutes.reversed()
        }
        let description = response.sessionDescription
        let isLate = call.ours == nil || !call.offerPending
        var answer: SessionDescription?
        if isLate, let description {
            settle(id, ours: nil, theirs: description)
            answer = self.answer(id, to: description)
        }
        settle(id, ours: answer, theirs: description)
        let wasCancelling = if case .cancelling = call.state { true } else { false }
        withCall(id) {
            $0.offerPending = false
            $0.state = .talking
        }
        acceptTimer(id, response)
        if manners.acknowledges || wasCancelling { acknowledge(id, sequence: response.sequence, with: answer) }
        if wasCancelling {
            hangUp(id)
        } else {
            notice(.answered(id))
        }
    }

    /// The ACK of a 2xx is a request of its own (RFC 3261 §13.2.2.4).
    mutating func acknowledge(_ id: Int, sequence: UInt32, with answer: SessionDescription? = nil) {
        guard let call = call(id) else { return }
        var ack = Message(
            .request(.ack, call.target), vias: [via], from: call.local, to: call.remote, callID: call.callID,
            sequence: sequence, sequenceMethod: .ack)
        ack.vias[0].parameters = [Parameter("branch", unique("z9hG4bK")), Parameter("rport")]
        ack.routes = call.routes
        ack.maxForwards = 70
        ack.setSessionDescription(answer)
        let to = destination(of: call)
        withCall(id) { $0.acknowledgements[sequence] = (ack, to) }
        send(ack, to: to)
    }

    /// Where an in-dialog request goes: the first route, else the remote target, if that is an address; else the server.
    func destination(of call: AgentCall) -> Endpoint {
        let uri = call.routes.first?.uri ?? call.target
        return uri.address.map { Endpoint($0, uri.port ?? 5060) } ?? server
    }

    /// A request inside the call's dialog.
    mutating func inDialog(_ method: Method, _ id: Int) -> Message? {
        guard let call = call(id) else { return nil }
        withCall(id) { $0.localSequence += 1 }
        var request = Message(
            .request(method, call.target), from: call.local, to: call.remote, callID: call.callID,
            sequence: call.localSequence + 1, sequenceMethod: method)
        request.routes = call.routes
        dress(&request)
        return request
    }

    /// A key by SIP INFO.
    mutating func signal(_ id: Int, _ key: String) {
        guard var info = inDialog(.info, id) else { return }
        info.contentType = "application/dtmf-relay"
        info.body = Array("Signal=\(key)\r\nDuration=160\r\n".utf8)
        if let call = call(id) { request(info, to: destination(of: call), for: .other) }
    }

    /// The handset goes down, whatever the call's state.
    mutating func hangUp(_ id: Int) {
        guard let call = call(id) else { return }
        switch call.state {
        case .calling, .early:
            withCall(id) { $0.state = .cancelling(sent: false) }
            if call.mayCancel { sendCancel(id) }
        case .ringing: decline(id, status: 603)
        case .answered: withCall(id) { $0.hangsUpWhenConfirmed = true }
        case .talking:
            guard let bye = inDialog(.bye, id) else { return }
            withCall(id) { $0.state = .leaving }
            for timer in [AgentTimer.refreshSession(id), .expireSession(id), .retryChange(id)] { timers.cancel(timer) }
            request(bye, to: destination(of: call), for: .bye(id))
        case .cancelling, .leaving, .over: break
        }
    }

    /// CANCEL has the INVITE's branch and CSeq number (RFC 3261 §9.1).
    private mutating func sendCancel(_ id: Int) {
        guard let call = call(id) else { return }
        var cancel = Message(
            .request(.cancel, call.invite.requestURI!), vias: [call.invite.vias[0]], from: call.invite.from, to: call.invite.to,
            callID: call.callID, sequence: call.invite.sequence, sequenceMethod: .cancel)
        cancel.routes = call.invite.routes
        cancel.maxForwards = 70
        withCall(id) { $0.state = .cancelling(sent: true) }
        request(cancel, to: server, for: .cancel)
        timers.set(.timeOut(call.inviteKey), at: now + Timing.giveUp)
    }
}

extension Cause {
    /// What a message's Reason headers say (RFC 3326): an answer elsewhere, else the Q.850 cause.
    init?(reasonOf message: Message) {
        let reasons = message.headerList("Reason")
        if reasons.contains(where: { $0.hasPrefix("SIP") && $0.contains("cause=200") }) {
            self = .answeredElsewhere
            return
        }
        for reason in reasons where reason.hasPrefix("Q.850") {
            let number = reason.split(separator: ";").map { $0.trimmed }.first { $0.hasPrefix("cause=") }.flatMap {
                Int($0.dropFirst(6))
            }
            guard let cause = Cause.allCases.first(where: { $0.q850 == number }) else { continue }
            self = cause
            return
        }
        return nil
    }
}
