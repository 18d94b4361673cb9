import Telephony

/// Calls out: from the INVITE to its final answer (RFC 3261 §13.2), forking and CANCEL included.
extension UserAgentCore {
    mutating func invite(_ id: SessionID, _ invitation: Invitation) {
        guard sessions[id] == nil else { return }
        guard hasRoom, layer.count < SignallingLimit.transactions else {
            counters.overloaded += 1
            return tell(id, .ended(.noCircuit, status: 503, byFarEnd: false))
        }
        nextSession = max(nextSession, id.number + 1)
        let flow = concrete(invitation.flow)
        let request = invite(invitation, flow)
        guard let key = ClientKey(request) else { return }
        var media = OfferAnswer()
        _ = media.offer(invitation.offer)
        let calling = InviteSession.Calling(
            request: request, key: key, flow: flow, media: media, patience: invitation.patience)
        sessions[id] = InviteSession(id: id, sender: nil, stage: .calling(calling))
        send(request, flow, for: .invite(id))
        wait(id, calling.patience?.answer)
    }

    /// Not even a 100 came, or nothing after it: the far end is taken for dead. One that wakes up after all gets its CANCEL, or ACK
    /// and BYE.
    mutating func loseHope(_ id: SessionID) {
        guard case .calling(let calling) = sessions[id]?.stage else { return }
        giveUp(id, calling, calling.isProceeding ? .timeout : .unreachable)
    }

    /// The first sign of life: from a 100 on more is waited for, from anything else on nothing is.
    private mutating func takeHeart(_ id: SessionID, _ calling: InviteSession.Calling, _ status: Int) {
        if status > 100 {
            wait(id, nil)
        } else if !calling.isProceeding {
            wait(id, calling.patience?.progress)
        }
    }

    private mutating func wait(_ id: SessionID, _ length: Duration?) {
        if let length {
            timers.set(.session(id, .patience), at: now.uptime + length)
        } else {
            timers.cancel(.session(id, .patience))
        }
    }

    private mutating func invite(_ invitation: Invitation, _ flow: Flow) -> Message {
        let here = flow.local
        var target = invitation.target
        target.headers = []
        var from = NameAddress(
            name: invitation.fromName,
            uri: SIPURI(user: invitation.fromUser, host: here.address.host, port: here.port == 5060 ? nil : here.port))
        from.tag = entropy.token()
        let to = NameAddress(
            uri: target.scheme == "tel" ? target : SIPURI(user: invitation.toUser, host: target.host, port: target.port))
        var request = Message(
            .request(.invite, target), vias: [Via(flow: flow, branch: newBranch())], from: from, to: to,
            callID: entropy.token() + entropy.token(), sequence: 1, sequenceMethod: .invite)
        request.contacts = [NameAddress(uri: SIPURI(user: invitation.fromUser, at: here, transport: flow.transport))]
        request.maxForwards = 70
        request.headers = [
            Header("User-Agent", Product.name), Header("Allow", Product.allow), Header("Supported", Product.supported),
            SessionTimer.request(interval: sessionInterval, refresher: nil),
        ]
        request.headers += invitation.headers
        request.setSessionDescription(invitation.offer)
        return request
    }

    // MARK: Answers

    mutating func inviteAnswered(_ id: SessionID, _ response: Message, _ status: Int) {
        guard let session = sessions[id] else { return }
        switch session.stage {
        case .calling(let calling):
            if status < 200 {
                progressed(id, calling, response, status)
            } else if status < 300 {
                connected(id, calling, response)
            } else {
                refused(id, calling, response, status)
            }
        case .up, .leaving, .over:
            if (200..<300).contains(status) { answeredAgain(id, session, response) }
        case .called: break
        }
    }

    private mutating func progressed(
        _ id: SessionID, _ calling: InviteSession.Calling, _ response: Message, _ status: Int
    ) {
        var calling = calling
        let isFirst = !calling.isProceeding
        takeHeart(id, calling, status)
        calling.isProceeding = true
        defer { sessions[id]?.stage = .calling(calling) }
        if let cause = calling.givenUp {
            if isFirst { sendCancel(id, calling, cause) }
            return
        }
        guard status > 100 else { return }
        let description = response.sessionDescription
        if let tag = response.to.tag {
            let dialog = DialogID(callID: response.callID, localTag: response.from.tag ?? "", remoteTag: tag)
            if sessions[id]?.dialogIDs.contains(dialog) == false {
                guard let count = sessions[id]?.dialogIDs.count, count < SignallingLimit.earlyDialogs else { return }
                sessions[id]?.dialogIDs.insert(dialog)
                dialogs[dialog] = id
            }
            // The first answer of a dialog stands; later ones repeat it (RFC 3261 §13.2.1).
            if calling.earlyAnswers[tag] == nil { calling.earlyAnswers[tag] = description }
        }
        let news = InviteSession.Told(status: status, description: description)
        guard news != calling.told else { return }
        calling.told = news
        tell(id, .progressed(status: status, description))
    }

    /// The first 2xx wins (§13.2.2.4).
    private mutating func connected(_ id: SessionID, _ calling: InviteSession.Calling, _ response: Message) {
        let dialog = Dialog(caller: calling.request, response, calling.flow)
        acknowledge(id, dialog, sequence: response.sequence)
        for other in sessions[id]?.dialogIDs ?? [] where other != dialog.id { dialogs[other] = nil }
        sessions[id]?.dialogIDs = [dialog.id]
        dialogs[dialog.id] = id
        if let cause = calling.givenUp { return hangUp(id, dialog, cause) }
        guard let answer = response.sessionDescription ?? calling.earlyAnswers[dialog.id.remoteTag] else {
            hangUp(id, dialog, .incompatibleMedia)
            return tell(id, .ended(.incompatibleMedia, status: nil, byFarEnd: false))
        }
        var media = calling.media
        media.receiveAnswer(answer)
        let timer = SessionTimer(answer: response)
        sessions[id]?.stage = .up(
            InviteSession.Up(
                dialog: dialog, media: media, timer: timer, allowsUpdate: response.lists("UPDATE", in: "Allow"),
                isIncoming: false))
        run(timer, id)
        tell(id, .answered(answer))
    }

    /// A 2xx after the first: repeated because our ACK was lost, or of another branch of a fork, which is let go (§13.2.2.4).
    private mutating func answeredAgain(_ id: SessionID, _ session: InviteSession, _ response: Message) {
        let key = InviteSession.AcknowledgementKey(tag: response.to.tag ?? "", sequence: response.sequence)
        guard let client = ClientKey(response).flatMap({ layer.clients[$0] }) else { return }
        if let ack = session.acknowledgements[key] {
            counters.retransmissions += 1
            outputs.append(.send(ack, client.flow))
            return
        }
        guard session.acknowledgements.count < SignallingLimit.earlyDialogs else { return }
        var loser = Dialog(caller: client.machine.request, response, client.flow)
        acknowledge(id, loser, sequence: response.sequence)
        var bye = loser.request(.bye, branch: newBranch())
        bye.headers.append(Cause.answeredElsewhere.releaseReason)
        send(bye, loser.flow, for: .farewell)
    }

    mutating func acknowledge(_ id: SessionID, _ dialog: Dialog, sequence: UInt32) {
        let ack = dialog.acknowledgement(sequence: sequence, branch: newBranch())
        let key = InviteSession.AcknowledgementKey(tag: dialog.id.remoteTag, sequence: sequence)
        // Older re-INVITEs of this dialog are over.
        let old = sessions[id]?.acknowledgements.keys.filter { $0.tag == key.tag && $0.sequence < sequence } ?? []
        for key in old { sessions[id]?.acknowledgements[key] = nil }
        sessions[id]?.acknowledgements[key] = ack
        outputs.append(.send(ack, dialog.flow))
    }

    private mutating func refused(
        _ id: SessionID, _ calling: InviteSession.Calling, _ response: Message, _ status: Int
    ) {
        if status == 422, calling.givenUp == nil, calling.attempts < SignallingLimit.retries,
            let floor = response.header("Min-SE").flatMap(SessionTimer.seconds)
        {
            return tryAgain(id, calling, interval: max(floor, sessionInterval), floor: floor)
        }
        finish(id, nil)
        if calling.givenUp == nil { tell(id, .ended(Cause(sipStatus: status), status: status, byFarEnd: false)) }
    }

    /// RFC 4028 §7.4: once more with the interval that is wanted on the way.
    private mutating func tryAgain(_ id: SessionID, _ calling: InviteSession.Calling, interval: Int, floor: Int) {
        var calling = calling
        calling.attempts += 1
        (calling.isProceeding, calling.earlyAnswers) = (false, [:])
        calling.request.sequence += 1
        calling.request.vias = [Via(flow: calling.flow, branch: newBranch())]
        calling.request.setHeader("Session-Expires", String(interval))
        calling.request.setHeader("Min-SE", String(floor))
        guard let key = ClientKey(calling.request) else { return }
        calling.key = key
        sessions[id]?.stage = .calling(calling)
        wait(id, calling.patience?.answer)
        send(calling.request, calling.flow, for: .invite(id))
    }

    /// Nobody answered at all (408), or it could not be sent (503).
    mutating func inviteFailed(_ id: SessionID, status: Int) {
        guard case .calling(let calling) = sessions[id]?.stage else { return }
        finish(id, nil)
        if calling.givenUp == nil { tell(id, .ended(.unreachable, status: status, byFarEnd: false)) }
    }

    // MARK: CANCEL

    /// We do not want it any more. CANCEL goes out once there was a provisional answer (§9.1); a 200 that crosses it gets ACK and BYE.
    mutating func giveUp(_ id: SessionID, _ calling: InviteSession.Calling, _ cause: Cause) {
        guard calling.givenUp == nil else { return }
        var calling = calling
        calling.givenUp = cause
        sessions[id]?.stage = .calling(calling)
        if calling.isProceeding { sendCancel(id, calling, cause) }
        tell(id, .ended(cause, status: nil, byFarEnd: false))
    }

    private mutating func sendCancel(_ id: SessionID, _ calling: InviteSession.Calling, _ cause: Cause) {
        let request = calling.request
        var cancel = Message(
            .request(.cancel, request.requestURI ?? request.to.uri), vias: request.vias, from: request.from, to: request.to,
            callID: request.callID, sequence: request.sequence, sequenceMethod: .cancel)
        cancel.routes = request.routes
        cancel.maxForwards = 70
        cancel.headers = [Header("User-Agent", Product.name), cause.cancelReason]
        send(cancel, calling.flow, for: .farewell)
        timers.set(.session(id, .cancelled), at: now.uptime + SIPTimer.timeout)
    }

    /// 64*T1 after CANCEL the INVITE is over even without a final answer (§9.1).
    mutating func cancelTimedOut(_ id: SessionID) {
        guard case .calling(let calling) = sessions[id]?.stage, calling.givenUp != nil else { return }
        drop(calling.key)
        finish(id, nil)
    }
}
