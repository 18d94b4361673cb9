import Telephony

/// Requests inside a dialog: taken only from where the dialog runs.
extension UserAgentCore {
    mutating func receivedInDialog(_ request: Message, _ method: Method, _ key: ServerKey, _ flow: Flow) {
        let dialogID = DialogID(
            callID: request.callID, localTag: request.to.tag ?? "", remoteTag: request.from.tag ?? "")
        if let id = subscriptionOf[dialogID] { return receivedInSubscription(id, request, method, key, flow) }
        guard let id = dialogs[dialogID], let session = sessions[id] else {
            guard admission.admits(strangerAt: flow.remote.address, at: now.uptime) else { return flooded(flow) }
            counters.unknownDialogs += 1
            return refuse(481, request, flow, because: "no such dialog")
        }
        guard runs(session, at: flow) else {
            counters.foreignRequests += 1
            return refuse(403, request, flow, because: "the dialog does not run there")
        }
        open(request, key, flow, session: id)
        let unknown = request.unknownOptions
        guard unknown.isEmpty else {
            return respond(
                key, .response(420, to: request, tag: nil, headers: [Header("Unsupported", unknown.joined(separator: ", "))]))
        }
        switch session.stage {
        case .calling: receivedEarly(request, method, key)
        case .called(var called):
            guard called.dialog.receive(request, flow) == .inTurn else { return outOfTurn(request, key) }
            sessions[id]?.stage = .called(called)
            guard method == .bye else { return receivedEarly(request, method, key) }
            // §15.1.2: the caller may say BYE where it could CANCEL.
            respond(key, .response(200, to: request, tag: nil))
            respond(called.key, .response(487, to: called.request, tag: called.dialog.id.localTag))
            finish(id, called.dialog)
            tell(id, .ended(.cancelled, status: 487, byFarEnd: true))
        case .up(var up):
            guard up.dialog.receive(request, flow) == .inTurn else { return outOfTurn(request, key) }
            sessions[id]?.stage = .up(up)
            receivedWhileUp(id, up, request, method, key)
        case .leaving, .over:
            // A BYE that crossed ours.
            respond(key, .response(method == .bye ? 200 : 481, to: request, tag: nil))
        }
    }

    private func runs(_ session: InviteSession, at flow: Flow) -> Bool {
        let address = flow.remote.address
        if case .calling(let calling) = session.stage { return calling.flow.remote.address == address }
        return session.dialog?.flow.remote.address == address
    }

    private mutating func outOfTurn(_ request: Message, _ key: ServerKey) {
        counters.refused += 1
        respond(key, .response(500, to: request, tag: nil))
    }

    /// Before the answer little can be asked for; an offer has to wait for the first one's answer (RFC 3311 §5.2).
    private mutating func receivedEarly(_ request: Message, _ method: Method, _ key: ServerKey) {
        switch method {
        case .options: respond(key, .response(200, to: request, tag: nil, headers: Self.abilities))
        case .info: respond(key, .response(200, to: request, tag: nil))
        case .update where request.body.isEmpty: respond(key, .response(200, to: request, tag: nil))
        case .invite, .update: respond(key, .response(500, to: request, tag: nil, headers: [retryAfter()]))
        default: respond(key, .response(481, to: request, tag: nil))
        }
    }

    private mutating func retryAfter() -> Header { Header("Retry-After", String(entropy.number(below: 10))) }

    private mutating func receivedWhileUp(
        _ id: SessionID, _ up: InviteSession.Up, _ request: Message, _ method: Method, _ key: ServerKey
    ) {
        switch method {
        case .bye: receivedBye(id, up, request, key)
        case .invite, .update: receivedModification(id, up, request, key)
        case .info: receivedInfo(id, request, key)
        case .refer: receivedRefer(id, up, request, key)
        case .options: respond(key, .response(200, to: request, tag: nil, headers: Self.abilities))
        case .notify: respond(key, .response(481, to: request, tag: nil))
        case .subscribe, "PUBLISH": respond(key, .response(489, to: request, tag: nil))
        default: respond(key, .response(405, to: request, tag: nil, headers: [Header("Allow", Product.allow)]))
        }
    }

    // MARK: BYE

    private mutating func receivedBye(_ id: SessionID, _ up: InviteSession.Up, _ request: Message, _ key: ServerKey) {
        if let theirs = up.theirs { respond(theirs.key, .response(487, to: theirs.request, tag: nil)) }
        stopClocks(id)
        guard up.leaving == nil else {
            respond(key, .response(200, to: request, tag: nil))
            return finish(id, up.dialog)
        }
        sessions[id]?.stage = .leaving(up.dialog, bye: request, key)
        timers.set(.session(id, .bye), at: now.uptime + SIPTimer.heldBye)
        tell(id, .ended(request.reasonCause ?? .normalClearing, status: nil, byFarEnd: true))
    }

    /// The record is durable, or has taken too long.
    mutating func answerBye(_ id: SessionID) {
        guard case .leaving(let dialog, let bye, let key) = sessions[id]?.stage else { return }
        respond(key, .response(200, to: bye, tag: nil))
        finish(id, dialog)
    }

    /// Our BYE; the far end's answer changes nothing any more.
    mutating func hangUp(_ id: SessionID, _ dialog: Dialog, _ cause: Cause) {
        var dialog = dialog
        var bye = dialog.request(.bye, branch: newBranch())
        bye.headers.append(cause.releaseReason)
        send(bye, dialog.flow, for: .farewell)
        finish(id, dialog)
    }

    // MARK: The end

    private mutating func stopClocks(_ id: SessionID) {
        for clock in InviteSession.Clock.allCases { timers.cancel(.session(id, clock)) }
    }

    /// The session is over; it stays for 64*T1 to answer echoes.
    mutating func finish(_ id: SessionID, _ dialog: Dialog?) {
        stopClocks(id)
        if case .up(let up) = sessions[id]?.stage, let theirs = up.theirs {
            respond(theirs.key, .response(487, to: theirs.request, tag: nil))
        }
        if dialog == nil {
            for early in sessions[id]?.dialogIDs ?? [] { dialogs[early] = nil }
        }
        if sessions[id]?.isOver == false { lingering += 1 }
        sessions[id]?.stage = .over(dialog)
        timers.set(.session(id, .linger), at: now.uptime + SIPTimer.timeout)
    }

    private mutating func forget(_ id: SessionID) {
        guard let session = sessions.removeValue(forKey: id) else { return }
        lingering -= 1
        for dialog in session.dialogIDs where dialogs[dialog] == id { dialogs[dialog] = nil }
    }

    mutating func fired(_ id: SessionID, _ clock: InviteSession.Clock) {
        switch clock {
        case .patience: loseHope(id)
        case .cancelled: cancelTimedOut(id)
        case .acknowledgement: repeatAcceptance(id)
        case .abandoned: abandon(id)
        case .progress: repeatProgress(id)
        case .bye: answerBye(id)
        case .refresh: refresh(id)
        case .expiry: expire(id)
        case .glare: settle(id)
        case .linger: forget(id)
        }
    }

    // MARK: INFO

    /// A key in `application/dtmf-relay` (`Signal=5`), `application/dtmf` (`5`, of some phones `Signal=5`) or `audio/telephone-event` (the
    /// four octets of RFC 4733).
    private mutating func receivedInfo(_ id: SessionID, _ request: Message, _ key: ServerKey) {
        let text = String(decoding: request.body.prefix(256), as: UTF8.self)
        let signal: Substring?
        switch request.contentType {
        case nil: signal = nil
        case "application/dtmf-relay": signal = Self.signal(in: text)
        case "application/dtmf": signal = Self.signal(in: text) ?? text.trimmed
        case "audio/telephone-event":
            respond(key, .response(200, to: request, tag: nil))
            return receivedEvent(id, request.body)
        default:
            let header = Header("Accept", "application/sdp, application/dtmf-relay, application/dtmf, audio/telephone-event")
            return respond(key, .response(415, to: request, tag: nil, headers: [header]))
        }
        respond(key, .response(200, to: request, tag: nil))
        guard let signal, let digit = Digit(signal: signal) else { return }
        tell(id, .digit(digit))
    }

    private static func signal(in text: String) -> Substring? {
        text.split(whereSeparator: \.isNewline).lazy.compactMap { Parameter(text: $0) }
            .first { $0.name.equalsIgnoringCase("Signal") }?.value.map { $0[...] }
    }

    /// Event, end bit and volume, duration (RFC 4733 §2.3). A press may come in several messages, of which the first counts: a later one
    /// ends it or lasts longer.
    private mutating func receivedEvent(_ id: SessionID, _ body: [UInt8]) {
        guard body.count >= 4, let digit = Digit(event: body[0]) else { return }
        let ends = body[1] & 0x80 != 0, duration = UInt16(body[2]) << 8 | UInt16(body[3])
        let begun = sessions[id]?.begunEvent
        sessions[id]?.begunEvent = ends ? nil : (digit, duration)
        if let begun, begun.digit == digit, ends || duration > begun.duration { return }
        tell(id, .digit(digit))
    }
}

extension Digit {
    /// A key as INFO bodies write it: `5`, `*`, `#`, `A`, or the event numbers 10 and 11.
    init?(signal: Substring) {
        switch signal {
        case "10": self = .star
        case "11": self = .pound
        default:
            guard signal.count == 1, let key = signal.uppercased().first else { return nil }
            self.init(rawValue: key)
        }
    }
}
