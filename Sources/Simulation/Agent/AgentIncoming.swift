import Signalling
import Telephony

/// Calls that come to this agent.
extension SimulatedAgent {
    mutating func takeInvite(_ invite: Message, _ key: TransactionKey, from source: Endpoint) {
        count += 1
        let id = count
        var local = invite.to
        local.tag = unique("tag")
        servers[key]?.call = id
        let inUse = calls.count { $0.isLive }
        calls.append(
            AgentCall(
                id: id, isOutgoing: false, began: now, state: .ringing, peer: invite.from.uri.user,
                person: role == .trunk ? invite.requestURI?.user ?? "" : user, callID: invite.callID, local: local,
                remote: invite.from, target: invite.contacts.first?.uri ?? invite.from.uri,
                routes: invite.recordRoutes, localSequence: 0, remoteSequence: invite.sequence, invite: invite, inviteKey: key,
                port: nextPort()))
        if inUse >= manners.lines { return decline(id, status: 486) }
        welcome(id, key, invite)
    }

    private mutating func welcome(_ id: Int, _ key: TransactionKey, _ invite: Message) {
        if let offer = invite.sessionDescription {
            settle(id, ours: nil, theirs: offer)
            if answer(id, to: offer) == nil { return decline(id, status: 488) }
        }
        let contact = contact
        switch manners.welcome {
        case .ring:
            respond(key, 180, "Ringing") { $0.contacts = [contact] }
            notice(.rings(id))
        case .earlyMedia:
            let description = invite.sessionDescription.flatMap { answer(id, to: $0) }
            settle(id, ours: description, theirs: nil)
            respond(key, 183, "Session Progress") {
                $0.contacts = [contact]
                $0.setSessionDescription(description)
            }
            notice(.rings(id))
        case .answer:
            notice(.rings(id))
            answer(id)
        case .refuse(let status): decline(id, status: status)
        case .redirect(let user): redirect(id, to: user)
        case .trying: respond(key, 100, "Trying")
        case .nothing: break
        }
    }

    /// A provisional answer by hand; 183 brings SDP.
    mutating func progress(_ id: Int, _ status: Int) {
        guard let call = call(id), call.state == .ringing else { return }
        let description = status == 183 ? call.invite.sessionDescription.flatMap { answer(id, to: $0) } : nil
        settle(id, ours: description, theirs: nil)
        let contact = contact
        respond(call.inviteKey, status, status == 180 ? "Ringing" : "Session Progress") {
            $0.contacts = [contact]
            $0.setSessionDescription(description)
        }
    }

    /// The handset is lifted: 200, repeated until its ACK comes.
    mutating func answer(_ id: Int) {
        guard let call = call(id), call.state == .ringing else { return }
        let offer = call.invite.sessionDescription
        let description = offer.map { answer(id, to: $0) } ?? self.offer(id)
        guard let description else { return decline(id, status: 488) }
        settle(id, ours: description, theirs: nil)
        withCall(id) {
            $0.state = .answered
            $0.offerPending = offer == nil
        }
        accept(id, call.inviteKey, call.invite, description)
    }

    /// 200 to an INVITE or re-INVITE.
    mutating func accept(_ id: Int, _ key: TransactionKey, _ invite: Message, _ description: SessionDescription?) {
        guard let source = servers[key]?.from else { return }
        let (contact, timer) = (contact, grantTimer(id, invite))
        respond(key, 200, "OK") {
            $0.contacts = [contact]
            $0.setHeader("Allow", Self.allowed)
            $0.headers += timer
            $0.setSessionDescription(description)
        }
        guard let response = servers[key]?.response else { return }
        withCall(id) { $0.unacknowledged = (invite.sequence, response, source, Timing.t1) }
        timers.set(.repeat2xx(id), at: now + Timing.t1)
        timers.set(.giveUp2xx(id), at: now + Timing.giveUp)
    }

    mutating func repeat2xx(_ id: Int) {
        guard let waiting = call(id)?.unacknowledged else { return }
        let next = min(waiting.interval * 2, Timing.t2)
        withCall(id) { $0.unacknowledged?.interval = next }
        timers.set(.repeat2xx(id), at: now + next)
        send(waiting.response, to: waiting.to)
    }

    /// No ACK for 64·T1: the session is ended by BYE (RFC 3261 §13.3.1.4).
    mutating func giveUp2xx(_ id: Int) {
        guard call(id)?.unacknowledged != nil else { return }
        withCall(id) {
            $0.unacknowledged = nil
            $0.state = .talking
        }
        timers.cancel(.repeat2xx(id))
        hangUp(id)
        notice(.released(id, .timeout))
    }

    mutating func confirmed(_ id: Int, _ ack: Message) {
        guard let call = call(id) else { return }
        if call.offerPending {
            settle(id, ours: nil, theirs: ack.sessionDescription)
            withCall(id) { $0.offerPending = false }
        }
        if call.state == .answered { withCall(id) { $0.state = .talking } }
        if call.hangsUpWhenConfirmed { hangUp(id) }
    }

    /// The INVITE is refused.
    mutating func decline(_ id: Int, status: Int) {
        guard let call = call(id), call.state == .ringing else { return }
        respond(call.inviteKey, status, Self.phrase(status))
        end(id, noticing: nil)
    }

    mutating func redirect(_ id: Int, to user: String) {
        guard let call = call(id), call.state == .ringing else { return }
        let place = NameAddress(uri: SIPURI(user: user, host: domain))
        respond(call.inviteKey, 302, "Moved Temporarily") { $0.contacts = [place] }
        end(id, noticing: nil)
    }

    /// CANCEL: 200 to it, 487 to its INVITE if that is not answered yet (RFC 3261 §9.2).
    mutating func takeCancel(_ cancel: Message, _ key: TransactionKey) {
        var invite = key
        invite.method = .invite
        guard let id = servers[invite]?.call, let call = call(id) else { return respond(key, 481, "No Such Transaction") }
        servers[key]?.call = id
        respond(key, 200, "OK")
        guard call.state == .ringing else { return }
        respond(invite, 487, "Request Terminated")
        let reason = Cause(reasonOf: cancel) ?? .cancelled
        end(id, noticing: reason == .normalClearing ? .cancelled : reason)
    }

    static func phrase(_ status: Int) -> String {
        switch status {
        case 404: "Not Found"
        case 480: "Temporarily Unavailable"
        case 486: "Busy Here"
        case 487: "Request Terminated"
        case 488: "Not Acceptable Here"
        case 503: "Service Unavailable"
        case 600: "Busy Everywhere"
        case 603: "Decline"
        default: "Refused"
        }
    }
}
