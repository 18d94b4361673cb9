import Telephony

/// Orders, and the referrals that lead to them (RFC 3515).
extension UserAgentCore {
    mutating func carryOut(_ order: SessionOrder) {
        switch order {
        case .invite(let id, let invitation): invite(id, invitation)
        case .progress(let id, let status, let description): progress(id, status, description)
        case .accept(let id, let description): accept(id, description)
        case .reject(let id, let status, let cause, let warning, let pause): reject(id, status, cause, warning, retryAfter: pause)
        case .end(let id, let cause): end(id, cause)
        case .reinvite(let id, let description): reinvite(id, description)
        case .acceptReoffer(let id, let description): acceptReoffer(id, description)
        case .refuseReoffer(let id): refuseReoffer(id)
        case .notifyReferral(let id, let status): notify(id, status)
        case .answerBye(let id): answerBye(id)
        }
    }

    private mutating func end(_ id: SessionID, _ cause: Cause) {
        switch sessions[id]?.stage {
        case .calling(let calling): giveUp(id, calling, cause)
        case .called: reject(id, cause.sipStatus, cause)
        case .up(var up):
            guard up.leaving == nil else { return }
            if up.unacknowledged == nil {
                hangUp(id, up.dialog, cause)
            } else {
                // §15.1.1: no BYE before the ACK.
                (up.leaving, up.wanted) = (cause, nil)
                sessions[id]?.stage = .up(up)
            }
            tell(id, .ended(cause, status: nil, byFarEnd: false))
        case .leaving: answerBye(id)
        case .over, nil: break
        }
    }

    // MARK: REFER

    mutating func receivedRefer(_ id: SessionID, _ up: InviteSession.Up, _ request: Message, _ key: ServerKey) {
        var up = up
        guard up.leaving == nil, up.referral == nil else { return respond(key, .response(491, to: request, tag: nil)) }
        let values = request.headerList("Refer-To")
        guard values.count == 1, let target = NameAddress(values[0])?.uri else {
            return respond(key, .response(400, to: request, tag: nil))
        }
        if let method = target.parameter("method"), method != "INVITE" {
            return respond(key, .response(403, to: request, tag: nil))
        }
        var replaced: SessionID?
        if let text = target.headers["Replaces"] {
            guard let reference = ReplacedDialog(text) else { return respond(key, .response(400, to: request, tag: nil)) }
            replaced = session(replacing: reference)
            guard replaced != nil else { return respond(key, .response(481, to: request, tag: nil)) }
        }
        let isQuiet = request.header("Refer-Sub")?.trimmed.equalsIgnoringCase("false") ?? false
        respond(
            key,
            .response(202, to: request, tag: nil, headers: isQuiet ? [Header("Refer-Sub", "false")] : []))
        up.referrals += 1
        up.referral = InviteSession.Referral(
            event: up.referrals == 1 ? "refer" : "refer;id=\(request.sequence)", notifies: !isQuiet)
        sessions[id]?.stage = .up(up)
        notify(id, 100)
        var plain = target
        plain.headers = []
        tell(id, .referred(to: plain, replaces: replaced))
    }

    /// How far the referral is; a final status ends the implicit subscription.
    private mutating func notify(_ id: SessionID, _ status: Int) {
        guard case .up(var up) = sessions[id]?.stage, let referral = up.referral else { return }
        if status >= 200 { up.referral = nil }
        defer { sessions[id]?.stage = .up(up) }
        guard referral.notifies, up.leaving == nil else { return }
        var request = up.dialog.request(.notify, branch: newBranch())
        request.headers += [
            Header("Event", referral.event),
            Header("Subscription-State", status < 200 ? "active;expires=60" : "terminated;reason=noresource"),
        ]
        request.contentType = "message/sipfrag"
        request.body = Array("SIP/2.0 \(status) \(Message.reasonPhrase(status))\r\n".utf8)
        send(request, up.dialog.flow, for: .notify(id))
    }

    /// The referrer does not want to know.
    mutating func notifyAnswered(_ id: SessionID, _ status: Int) {
        guard status >= 300, case .up(var up) = sessions[id]?.stage, up.referral != nil else { return }
        up.referral?.notifies = false
        sessions[id]?.stage = .up(up)
    }
}
