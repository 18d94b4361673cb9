import Signalling
import Telephony

/// What happens inside a call: hang-up, hold, transfer, refresh.
extension SimulatedAgent {
    mutating func takeInDialog(_ method: Method, _ request: Message, _ key: TransactionKey) {
        guard let call = findCall(request), call.state != .over else {
            return respond(key, 481, "Call/Transaction Does Not Exist")
        }
        servers[key]?.call = call.id
        if let last = call.remoteSequence, request.sequence <= last { return respond(key, 500, "CSeq Out Of Order") }
        withCall(call.id) {
            $0.remoteSequence = request.sequence
            if let contact = request.contacts.first, method != .bye { $0.target = contact.uri }
        }
        switch method {
        case .bye:
            respond(key, 200, "OK")
            let cause = Cause(reasonOf: request) ?? .normalClearing
            end(call.id, noticing: call.state == .leaving ? nil : cause)
        case .invite: takeReinvite(call, request, key)
        case .update: takeUpdate(call, request, key)
        case .notify: takeNotify(call, request, key)
        case .info, .options: respond(key, 200, "OK")
        case .refer: respond(key, 603, "Decline")
        default: respond(key, 405, "Method Not Allowed") { $0.setHeader("Allow", Self.allowed) }
        }
    }

    private mutating func takeReinvite(_ call: AgentCall, _ request: Message, _ key: TransactionKey) {
        if call.change != nil || call.unacknowledged != nil { return respond(key, 491, "Request Pending") }
        if let offer = request.sessionDescription {
            guard let answer = answer(call.id, to: offer) else { return respond(key, 488, "Not Acceptable Here") }
            settle(call.id, ours: answer, theirs: offer)
            accept(call.id, key, request, answer)
        } else {
            let offer = offer(call.id)
            settle(call.id, ours: offer, theirs: nil)
            withCall(call.id) { $0.offerPending = true }
            accept(call.id, key, request, offer)
        }
    }

    private mutating func takeUpdate(_ call: AgentCall, _ request: Message, _ key: TransactionKey) {
        var answer: SessionDescription?
        if let offer = request.sessionDescription {
            if call.change != nil { return respond(key, 491, "Request Pending") }
            answer = self.answer(call.id, to: offer)
            guard answer != nil else { return respond(key, 488, "Not Acceptable Here") }
            settle(call.id, ours: answer, theirs: offer)
        }
        let (contact, timer) = (contact, grantTimer(call.id, request))
        respond(key, 200, "OK") {
            $0.contacts = [contact]
            $0.headers += timer
            $0.setSessionDescription(answer)
        }
    }

    /// A NOTIFY tells how a transfer goes (RFC 3515 §2.4.4).
    private mutating func takeNotify(_ call: AgentCall, _ request: Message, _ key: TransactionKey) {
        respond(key, 200, "OK")
        guard request.header("Event")?.hasPrefix("refer") == true, request.contentType == "message/sipfrag",
            let line = String(validating: request.body, as: UTF8.self),
            let status = Int(line.split(separator: " ").dropFirst().first ?? "")
        else { return }
        guard status >= 200 else { return }
        notice(.transfer(call.id, status: status))
        if status < 300, manners.leavesAfterTransfer {
            // The second call of an attended transfer goes with the first.
            for other in calls where other.isLive && (other.id == call.id || transferring[call.id] == other.id) {
                hangUp(other.id)
            }
        }
        transferring[call.id] = nil
    }

    /// Puts the other side on hold, or takes it back.
    mutating func hold(_ id: Int, _ hold: AgentCall.Hold?) {
        guard let call = call(id), call.state == .talking, call.change == nil else { return }
        withCall(id) { $0.holding = hold }
        sendChange(id, .hold(before: call.holding))
    }

    mutating func sendChange(_ id: Int, _ change: AgentCall.Change) {
        guard let call = call(id), call.state == .talking else { return }
        withCall(id) { $0.change = change }
        var method = Method.invite
        if change == .refresh, case .refreshes(_, byUpdate: true) = manners.sessionTimer { method = .update }
        guard var message = inDialog(method, id) else { return }
        if method == .invite { message.setSessionDescription(change == .refresh ? call.ours : offer(id)) }
        if let session = call.session {
            message.setHeader("Supported", "timer, replaces")
            message.setHeader(
                "Session-Expires", "\(session.interval.components.seconds);refresher=\(session.weRefresh ? "uac" : "uas")")
        }
        request(message, to: destination(of: call), for: .change(id))
    }

    /// Our re-INVITE or UPDATE got its final answer.
    mutating func changeConcluded(_ id: Int, _ status: Int, _ response: Message?, from source: Endpoint) {
        guard let call = call(id), let change = call.change else { return }
        if status < 300, let response {
            withCall(id) { $0.change = nil }
            if response.sequenceMethod == .invite {
                let sent = clients[TransactionKey(response)]?.request.sessionDescription
                settle(id, ours: sent, theirs: response.sessionDescription)
                acknowledge(id, sequence: response.sequence)
            }
            acceptTimer(id, response)
            if case .hold = change { notice(.changed(id, accepted: true)) }
            return
        }
        if status == 491, call.state == .talking {
            // RFC 3261 §14.1: the owner of the Call-ID waits longer.
            timers.set(.retryChange(id), at: now + (call.isOutgoing ? .seconds(3) : .seconds(1)))
            return
        }
        withCall(id) {
            $0.change = nil
            if case .hold(let before) = change { $0.holding = before }
        }
        if status == 408 || status == 481 {
            hangUp(id)
            notice(.released(id, .timeout))
        } else if case .hold = change {
            notice(.changed(id, accepted: false))
        }
    }

    /// REFER: send the other side to `target`, or to the far end of call `second` (RFC 3515, RFC 3891).
    mutating func transfer(_ id: Int, to target: String, replacing second: Int? = nil) {
        guard let call = call(id), call.state == .talking, var refer = inDialog(.refer, id) else { return }
        var uri = SIPURI(user: target, host: domain)
        if let second, let other = self.call(second) {
            uri = SIPURI(user: target, host: other.target.host, port: manners.dropsReferPort ? nil : other.target.port)
            let replaces = "\(other.callID);to-tag=\(other.remote.tag ?? "");from-tag=\(other.local.tag ?? "")"
            uri.headers = [Parameter("Replaces", replaces)]
            transferring[id] = second
        }
        refer.setHeader("Refer-To", "<\(uri)>")
        refer.setHeader("Referred-By", "<\(call.local.uri)>")
        request(refer, to: destination(of: call), for: .refer(id))
    }
}
