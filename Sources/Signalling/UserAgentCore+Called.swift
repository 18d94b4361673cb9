import Telephony

/// Calls in: from their INVITE to our final answer and its ACK (RFC 3261 §13.3).
extension UserAgentCore {
    /// 18x, with SDP where early media is to be heard.
    mutating func progress(_ id: SessionID, _ status: Int, _ description: SessionDescription?) {
        guard case .called(var called) = sessions[id]?.stage, (101...199).contains(status) else { return }
        var response = provisional(called, status)
        // Without an offer there is nothing that an unreliable 1xx could answer (RFC 3262 would be needed for an offer).
        if let description, called.media.state != .asked(nil) {
            called.earlyAnswer = called.earlyAnswer ?? description
            response.setSessionDescription(called.earlyAnswer)
        }
        called.provisional = response
        sessions[id]?.stage = .called(called)
        respond(called.key, response)
        timers.set(.session(id, .progress), at: now.uptime + SIPTimer.progress)
    }

    private func provisional(_ called: InviteSession.Called, _ status: Int) -> Message {
        var response = Message.response(status, to: called.request, tag: called.dialog.id.localTag)
        response.recordRoutes = called.request.recordRoutes
        response.contacts = [called.dialog.contact]
        response.headers.append(Header("Allow", Product.allow))
        return response
    }

    mutating func repeatProgress(_ id: SessionID) {
        guard case .called(let called) = sessions[id]?.stage else { return }
        respond(called.key, called.provisional)
        timers.set(.session(id, .progress), at: now.uptime + SIPTimer.progress)
    }

    /// 200, repeated until its ACK. Where a 18x carried an answer already, the 200 carries the same.
    mutating func accept(_ id: SessionID, _ description: SessionDescription) {
        guard case .called(let called) = sessions[id]?.stage else { return }
        let description = called.earlyAnswer ?? description
        var media = called.media
        media.answer(description)
        let timer = agreedTimer(called.request)
        let response = acceptance(called.request, called.dialog, description, timer)
        timers.cancel(.session(id, .progress))
        respond(called.key, response)
        sessions[id]?.stage = .up(
            InviteSession.Up(
                dialog: called.dialog, media: media, timer: timer,
                allowsUpdate: called.request.lists("UPDATE", in: "Allow"),
                unacknowledged: InviteSession.Unacknowledged(
                    response: response, isInitial: true, wantsAnswer: !media.isStable),
                isIncoming: true))
        awaitAcknowledgement(id)
        run(timer, id)
    }

    func agreedTimer(_ request: Message) -> SessionTimer? {
        switch SessionTimer.demand(of: request, wanted: sessionInterval) {
        case .agreed(let timer): timer
        case .none, .tooSmall: nil
        }
    }

    /// A 2xx to INVITE or UPDATE.
    func acceptance(
        _ request: Message, _ dialog: Dialog, _ description: SessionDescription?, _ timer: SessionTimer?
    ) -> Message {
        var response = Message.response(200, to: request, tag: dialog.id.localTag)
        response.recordRoutes = request.recordRoutes
        response.contacts = [dialog.contact]
        response.headers += [Header("Allow", Product.allow), Header("Supported", Product.supported)]
        response.headers += timer?.answerHeaders ?? []
        response.setSessionDescription(description)
        return response
    }

    /// A final refusal.
    mutating func reject(_ id: SessionID, _ status: Int, _ cause: Cause, _ warning: String? = nil, retryAfter: Duration? = nil) {
        guard case .called(let called) = sessions[id]?.stage else { return }
        let status = (300...699).contains(status) ? status : cause.sipStatus
        var response = Message.response(status, to: called.request, tag: called.dialog.id.localTag)
        response.headers.append(cause.releaseReason)
        if let retryAfter { response.headers.append(Header("Retry-After", String(retryAfter.components.seconds))) }
        if let warning {
            let hasCode = warning.prefix(3).allSatisfy(\.isNumber) && warning.dropFirst(3).hasPrefix(" ")
            let text = warning.filter { $0 != "\"" && $0 != "\\" }
            response.headers.append(Header("Warning", hasCode ? warning : "399 apus \"\(text)\""))
        }
        respond(called.key, response)
        finish(id, called.dialog)
        tell(id, .ended(cause, status: status, byFarEnd: false))
    }

    // MARK: The 2xx and its ACK

    mutating func awaitAcknowledgement(_ id: SessionID) {
        timers.set(.session(id, .acknowledgement), at: now.uptime + SIPTimer.t1)
        timers.set(.session(id, .abandoned), at: now.uptime + SIPTimer.timeout)
    }

    /// RFC 3261 §13.3.1.4, on streams too: the ACK comes from end to end.
    mutating func repeatAcceptance(_ id: SessionID) {
        guard case .up(var up) = sessions[id]?.stage, var waiting = up.unacknowledged else { return }
        counters.retransmissions += 1
        outputs.append(.send(waiting.response, up.dialog.flow))
        waiting.interval = min(waiting.interval * 2, SIPTimer.t2)
        timers.set(.session(id, .acknowledgement), at: now.uptime + waiting.interval)
        up.unacknowledged = waiting
        sessions[id]?.stage = .up(up)
    }

    /// 64*T1 and no ACK.
    mutating func abandon(_ id: SessionID) {
        guard case .up(let up) = sessions[id]?.stage else { return }
        counters.timeouts += 1
        let told = up.leaving != nil
        hangUp(id, up.dialog, up.leaving ?? .timeout)
        if !told { tell(id, .ended(.timeout, status: nil, byFarEnd: false)) }
    }

    mutating func acknowledged(_ request: Message, _ key: ServerKey, _ flow: Flow) {
        if let server = layer.servers[key] {
            switch server.state {
            case .completed, .confirmed: return advance(key, .acknowledged)
            case .trying, .proceeding, .accepted, .ended: break
            }
        }
        let dialog = DialogID(
            callID: request.callID, localTag: request.to.tag ?? "", remoteTag: request.from.tag ?? "")
        guard let id = dialogs[dialog], case .up(var up) = sessions[id]?.stage else {
            counters.strayAcknowledgements += 1
            return
        }
        guard up.dialog.flow.remote.address == flow.remote.address else {
            counters.foreignRequests += 1
            return
        }
        guard let waiting = up.unacknowledged, waiting.response.sequence == request.sequence else { return }
        timers.cancel(.session(id, .acknowledgement))
        timers.cancel(.session(id, .abandoned))
        (up.unacknowledged, up.dialog.flow) = (nil, flow)
        confirm(id, up, waiting, answer: request.sessionDescription)
    }

    private mutating func confirm(
        _ id: SessionID, _ up: InviteSession.Up, _ waiting: InviteSession.Unacknowledged, answer: SessionDescription?
    ) {
        var up = up
        if let cause = up.leaving { return hangUp(id, up.dialog, cause) }
        switch (waiting.wantsAnswer, answer) {
        case (true, let answer?):
            up.media.receiveAnswer(answer)
            sessions[id]?.stage = .up(up)
            tell(id, .confirmed(answer))
        case (true, nil) where waiting.isInitial:
            hangUp(id, up.dialog, .incompatibleMedia)
            return tell(id, .ended(.incompatibleMedia, status: nil, byFarEnd: false))
        case (true, nil):
            up.media.refuse()
            sessions[id]?.stage = .up(up)
            tell(id, .confirmed(nil))
        case (false, _):
            sessions[id]?.stage = .up(up)
            if waiting.isInitial { tell(id, .confirmed(nil)) }
        }
        settle(id)
    }
}
