import Telephony

/// Changes of a running session: re-INVITE and UPDATE both ways (RFC 3261 §14, RFC 3311), and session timers (RFC 4028).
extension UserAgentCore {
    // MARK: Theirs

    mutating func receivedModification(_ id: SessionID, _ up: InviteSession.Up, _ request: Message, _ key: ServerKey) {
        var up = up
        let offer = request.sessionDescription
        let isMalformed = offer == nil && !request.body.isEmpty
        if let (status, headers) = bodyRefusal(request) ?? (isMalformed ? Self.malformedDescription : nil) {
            return respond(key, .response(status, to: request, tag: nil, headers: headers))
        }
        if SessionTimer.demand(of: request, wanted: sessionInterval) == .tooSmall {
            let header = Header("Min-SE", String(SessionTimer.minimum))
            return respond(key, .response(422, to: request, tag: nil, headers: [header]))
        }
        guard up.leaving == nil else { return respond(key, .response(481, to: request, tag: nil)) }
        if request.sequenceMethod == .update, offer == nil {
            return refreshed(id, up, request, key)
        }
        let verdict = up.unacknowledged == nil ? up.media.receiveOffer(offer) : .pending
        switch verdict {
        case .taken:
            up.theirs = (request, key)
            sessions[id]?.stage = .up(up)
            tell(id, .reoffered(offer))
        case .glare: respond(key, .response(491, to: request, tag: nil))
        case .pending:
            let wait = Header("Retry-After", String(entropy.number(below: 10)))
            respond(key, .response(500, to: request, tag: nil, headers: [wait]))
        }
    }

    /// An UPDATE without SDP: the far end lives.
    private mutating func refreshed(_ id: SessionID, _ up: InviteSession.Up, _ request: Message, _ key: ServerKey) {
        var up = up
        up.dialog.refreshTarget(request)
        up.timer = agreedTimer(request)
        sessions[id]?.stage = .up(up)
        respond(key, acceptance(request, up.dialog, nil, up.timer))
        run(up.timer, id)
    }

    mutating func acceptReoffer(_ id: SessionID, _ description: SessionDescription) {
        guard case .up(var up) = sessions[id]?.stage, let theirs = up.theirs else { return }
        up.theirs = nil
        up.dialog.refreshTarget(theirs.request)
        up.timer = agreedTimer(theirs.request)
        up.media.answer(description)
        let response = acceptance(theirs.request, up.dialog, description, up.timer)
        let isInvite = theirs.request.sequenceMethod == .invite
        if isInvite {
            up.unacknowledged = InviteSession.Unacknowledged(
                response: response, isInitial: false, wantsAnswer: !up.media.isStable)
        }
        sessions[id]?.stage = .up(up)
        respond(theirs.key, response)
        run(up.timer, id)
        if isInvite { awaitAcknowledgement(id) } else { settle(id) }
    }

    mutating func refuseReoffer(_ id: SessionID) {
        guard case .up(var up) = sessions[id]?.stage, let theirs = up.theirs else { return }
        up.theirs = nil
        up.media.refuse()
        sessions[id]?.stage = .up(up)
        respond(theirs.key, .response(488, to: theirs.request, tag: nil))
        settle(id)
    }

    // MARK: Ours

    /// A new offer, at once or as soon as nothing else is under way; a later one takes its place.
    mutating func reinvite(_ id: SessionID, _ description: SessionDescription) {
        guard case .up(var up) = sessions[id]?.stage, up.leaving == nil else { return }
        up.wanted = description
        sessions[id]?.stage = .up(up)
        settle(id)
    }

    /// Sends what has been waiting, if it may go now.
    mutating func settle(_ id: SessionID) {
        guard case .up(var up) = sessions[id]?.stage, let wanted = up.wanted, up.isQuiet,
            !timers.isSet(.session(id, .glare))
        else { return }
        up.wanted = nil
        modify(id, up, wanted, isRefresh: false)
    }

    private mutating func modify(_ id: SessionID, _ up: InviteSession.Up, _ offer: SessionDescription?, isRefresh: Bool) {
        var up = up
        var request = up.dialog.request(offer == nil ? .update : .invite, branch: newBranch())
        let interval = max(up.timer?.interval ?? sessionInterval, up.minimumInterval)
        request.headers += [
            Header("Allow", Product.allow), Header("Supported", Product.supported),
            SessionTimer.request(interval: interval, refresher: up.timer?.refresher),
        ]
        if up.minimumInterval > SessionTimer.minimum {
            request.headers.append(Header("Min-SE", String(up.minimumInterval)))
        }
        request.setSessionDescription(offer)
        if let offer { _ = up.media.offer(offer) }
        up.ours = InviteSession.Modification(
            method: request.sequenceMethod, sequence: request.sequence, isRefresh: isRefresh)
        sessions[id]?.stage = .up(up)
        send(request, up.dialog.flow, for: .modify(id))
    }

    mutating func modificationAnswered(_ id: SessionID, _ response: Message, _ status: Int) {
        guard status >= 200, let session = sessions[id] else { return }
        if status < 300, response.sequenceMethod == .invite, let dialog = session.dialog {
            let key = InviteSession.AcknowledgementKey(tag: dialog.id.remoteTag, sequence: response.sequence)
            if let ack = session.acknowledgements[key] {
                counters.retransmissions += 1
                return outputs.append(.send(ack, dialog.flow))
            }
            acknowledge(id, dialog, sequence: response.sequence)
        }
        guard case .up(var up) = session.stage, let ours = up.ours, ours.sequence == response.sequence else { return }
        up.ours = nil
        if (200..<300).contains(status) {
            modificationAccepted(id, up, ours, response)
        } else {
            modificationRefused(id, up, ours, response, status)
        }
        settle(id)
    }

    private mutating func modificationAccepted(
        _ id: SessionID, _ up: InviteSession.Up, _ ours: InviteSession.Modification, _ response: Message
    ) {
        var up = up
        up.dialog.refreshTarget(response)
        up.timer = SessionTimer(answer: response)
        let before = up.media.remote
        let answer = ours.method == .invite ? response.sessionDescription : nil
        if let answer { up.media.receiveAnswer(answer) } else { up.media.refuse() }
        sessions[id]?.stage = .up(up)
        run(up.timer, id)
        // A refresh is our own affair unless the far end used it to change something.
        if !ours.isRefresh || (answer != nil && answer != before) { tell(id, .reanswered(answer)) }
    }

    private mutating func modificationRefused(
        _ id: SessionID, _ up: InviteSession.Up, _ ours: InviteSession.Modification, _ response: Message, _ status: Int
    ) {
        var up = up
        var offer: SessionDescription?
        if case .offered(let description) = up.media.state { offer = description }
        if ours.method == .invite { up.media.refuse() }
        sessions[id]?.stage = .up(up)
        let floor = response.header("Min-SE").flatMap(SessionTimer.seconds) ?? 0
        switch status {
        case 408, 481:
            // RFC 3261 §12.2.1.2: the dialog is gone.
            guard up.leaving == nil else { return }
            hangUp(id, up.dialog, .timeout)
            tell(id, .ended(.timeout, status: status, byFarEnd: false))
        case 491:
            if ours.isRefresh { return timers.set(.session(id, .refresh), at: now.uptime + glarePause(up)) }
            up.wanted = up.wanted ?? offer
            sessions[id]?.stage = .up(up)
            timers.set(.session(id, .glare), at: now.uptime + glarePause(up))
        case 422 where floor > up.minimumInterval:
            up.minimumInterval = floor
            modify(id, up, ours.method == .invite ? offer : nil, isRefresh: ours.isRefresh)
        case 405 where ours.method == .update, 501 where ours.method == .update:
            up.allowsUpdate = false
            sessions[id]?.stage = .up(up)
            refresh(id)
        default:
            if ours.isRefresh {
                timers.set(.session(id, .refresh), at: now.uptime + .seconds(10))
            } else {
                tell(id, .reanswered(nil))
            }
        }
    }

    /// RFC 3261 §14.1: who owns the Call-ID waits 2.1 to 4 s, the other up to 2 s, so that they do not meet again.
    private mutating func glarePause(_ up: InviteSession.Up) -> Duration {
        up.isIncoming
            ? .milliseconds(10 * Int64(entropy.number(below: 201))) : .milliseconds(2100 + 10 * Int64(entropy.number(below: 191)))
    }

    // MARK: Session timer

    mutating func run(_ timer: SessionTimer?, _ id: SessionID) {
        guard let timer else {
            timers.cancel(.session(id, .refresh))
            return timers.cancel(.session(id, .expiry))
        }
        timers.set(.session(id, .expiry), at: now.uptime + timer.expiresAfter)
        if let pause = timer.refreshesAfter {
            timers.set(.session(id, .refresh), at: now.uptime + pause)
        } else {
            timers.cancel(.session(id, .refresh))
        }
    }

    /// Our turn to prove that the session lives: UPDATE where the far end knows it, else a re-INVITE that changes nothing.
    mutating func refresh(_ id: SessionID) {
        guard case .up(let up) = sessions[id]?.stage, up.timer != nil, up.leaving == nil else { return }
        guard up.isQuiet, let local = up.media.local else {
            // Whatever is under way now will refresh the session too.
            return timers.set(.session(id, .refresh), at: now.uptime + .seconds(2))
        }
        modify(id, up, up.allowsUpdate ? nil : local, isRefresh: true)
    }

    /// RFC 4028 §10: no refresh came in time.
    mutating func expire(_ id: SessionID) {
        guard case .up(let up) = sessions[id]?.stage else { return }
        let told = up.leaving != nil
        hangUp(id, up.dialog, .timeout)
        if !told { tell(id, .ended(.timeout, status: nil, byFarEnd: false)) }
    }
}
