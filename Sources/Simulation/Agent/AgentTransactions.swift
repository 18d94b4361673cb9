import Signalling
import Telephony

/// A request of ours that waits for its answer (RFC 3261 §17.1).
struct ClientTransaction: Sendable {
    /// What the request is for.
    enum Purpose: Equatable, Sendable {
        case register(leaving: Bool)
        case invite(Int), change(Int), cancel, bye(Int), refer(Int), subscribe, watch(String), other
    }

    var request: Message, to: Endpoint, purpose: Purpose
    /// Until the next repetition; nil once it need not be repeated.
    var interval: Duration?
    /// Whether a final answer came; it stays to absorb repetitions.
    var isDone = false
    /// The ACK that a non-2xx got.
    var ack: Message?
    var hasProvisional = false
}

/// A request of theirs and what we said to it (RFC 3261 §17.2).
struct ServerTransaction: Sendable {
    var request: Message, from: Endpoint
    var response: Message?
    /// Until a non-2xx to INVITE is repeated.
    var interval: Duration?
    /// The call that the INVITE belongs to.
    var call: Int?
}

// MARK: - As a client

extension SimulatedAgent {
    /// Sends a request with a branch of its own.
    @discardableResult
    mutating func request(_ message: Message, to: Endpoint, for purpose: ClientTransaction.Purpose) -> TransactionKey {
        var message = message
        if message.sequenceMethod != .cancel {
            message.vias = [via]
            message.vias[0].parameters = [Parameter("branch", unique("z9hG4bK")), Parameter("rport")]
        }
        let key = TransactionKey(message)
        let isReliable = transport == .tcp
        clients[key] = ClientTransaction(request: message, to: to, purpose: purpose, interval: isReliable ? nil : Timing.t1)
        if !isReliable { timers.set(.resend(key), at: now + Timing.t1) }
        timers.set(.timeOut(key), at: now + Timing.giveUp)
        send(message, to: to)
        return key
    }

    /// Timers A and E.
    mutating func resend(_ key: TransactionKey) {
        guard var transaction = clients[key], let interval = transaction.interval else { return }
        let isInvite = key.method == .invite
        let next = transaction.hasProvisional ? Timing.t2 : isInvite ? interval * 2 : min(interval * 2, Timing.t2)
        transaction.interval = next
        clients[key] = transaction
        timers.set(.resend(key), at: now + next)
        send(transaction.request, to: transaction.to)
    }

    /// Timers B and F.
    mutating func timeOut(_ key: TransactionKey) {
        guard let transaction = clients.removeValue(forKey: key), !transaction.isDone else { return }
        timers.cancel(.resend(key))
        conclude(transaction, status: 408, response: nil, from: transaction.to)
    }

    mutating func takeResponse(_ status: Int, _ response: Message, from source: Endpoint) {
        let key = TransactionKey(response)
        guard var transaction = clients[key] else { return }
        if transaction.isDone {
            repeatAcknowledgement(transaction, status: status, response)
            return
        }
        if status < 200 {
            transaction.hasProvisional = true
            if key.method == .invite {
                transaction.interval = nil
                timers.cancel(.resend(key))
                timers.cancel(.timeOut(key))
            }
            clients[key] = transaction
            if case .invite(let id) = transaction.purpose { takeProgress(id, status, response) }
            return
        }
        transaction.isDone = true
        transaction.interval = nil
        timers.cancel(.resend(key))
        timers.cancel(.timeOut(key))
        timers.set(.forget(key), at: now + (key.method == .invite ? Timing.giveUp : Timing.t4))
        if key.method == .invite, status >= 300 {
            let ack = acknowledgement(of: transaction.request, to: response)
            transaction.ack = ack
            send(ack, to: transaction.to)
        }
        clients[key] = transaction
        conclude(transaction, status: status, response: response, from: source)
    }

    /// The ACK of a non-2xx (RFC 3261 §17.1.1.3): the INVITE's own branch, the response's To.
    private func acknowledgement(of invite: Message, to response: Message) -> Message {
        var ack = Message(
            .request(.ack, invite.requestURI!), vias: [invite.vias[0]], from: invite.from, to: response.to, callID: invite.callID,
            sequence: invite.sequence, sequenceMethod: .ack)
        ack.routes = invite.routes
        ack.maxForwards = 70
        return ack
    }

    private mutating func repeatAcknowledgement(_ transaction: ClientTransaction, status: Int, _ response: Message) {
        if let ack = transaction.ack, status >= 300 {
            send(ack, to: transaction.to)
        } else if (200..<300).contains(status) {
            switch transaction.purpose {
            case .invite(let id), .change(let id):
                if let sent = call(id)?.acknowledgements[response.sequence] { send(sent.ack, to: sent.to) }
            case .register, .cancel, .bye, .refer, .subscribe, .watch, .other: break
            }
        }
    }

    /// A request of ours got its final answer; 408 without a response if none came.
    private mutating func conclude(_ transaction: ClientTransaction, status: Int, response: Message?, from source: Endpoint) {
        if status == 401 || status == 407, let response, authorise(transaction, status, response) { return }
        switch transaction.purpose {
        case .register(let leaving): registerConcluded(leaving: leaving, status, response)
        case .invite(let id): inviteConcluded(id, status, response, from: source)
        case .change(let id): changeConcluded(id, status, response, from: source)
        case .bye(let id): end(id, noticing: nil)
        case .refer(let id): if status >= 300 { notice(.transfer(id, status: status)) }
        case .subscribe: subscribeConcluded(status, response)
        case .watch(let callID): watchConcluded(callID, status, response)
        case .cancel, .other: break
        }
    }
}

// MARK: - As a server

extension SimulatedAgent {
    mutating func takeRequest(_ method: Method, _ request: Message, from source: Endpoint) {
        if method == .ack { return takeAcknowledgement(request) }
        let key = TransactionKey(request)
        if let known = servers[key] {
            if let response = known.response { send(response, to: source) }
            return
        }
        servers[key] = ServerTransaction(request: request, from: source)
        if method != .invite { timers.set(.forgetServer(key), at: now + Timing.giveUp) }
        if method == .cancel { return takeCancel(request, key) }
        if method == .notify, findCall(request) == nil, request.header("Event")?.hasPrefix("refer") != true {
            let isLamp = request.header("Event")?.hasPrefix("message-summary") == true
            return isLamp ? takeLamp(request, key) : takeWatch(request, key)
        }
        if request.to.tag != nil { return takeInDialog(method, request, key) }
        switch method {
        case .invite: takeInvite(request, key, from: source)
        case .options: respond(key, 200, "OK") { $0.setHeader("Allow", Self.allowed) }
        default: respond(key, 405, "Method Not Allowed") { $0.setHeader("Allow", Self.allowed) }
        }
    }

    static var allowed: String { "INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY, UPDATE, INFO" }

    /// Answers a request; the answer is kept for its repetitions.
    mutating func respond(
        _ key: TransactionKey, _ status: Int, _ reason: String, tag: String? = nil, _ fill: (inout Message) -> Void = { _ in }
    ) {
        guard var transaction = servers[key] else { return }
        let request = transaction.request
        var response = Message(
            .response(status: status, reason: reason), vias: request.vias, from: request.from, to: request.to,
            callID: request.callID, sequence: request.sequence, sequenceMethod: request.sequenceMethod)
        if response.to.tag == nil, status > 100 {
            let known = transaction.call.flatMap { call($0)?.local.tag }
            response.to.tag = tag ?? known ?? unique("tag")
        }
        response.recordRoutes = request.recordRoutes
        fill(&response)
        transaction.response = response
        if key.method == .invite, status >= 300 {
            transaction.interval = Timing.t1
            if transport == .udp { timers.set(.repeatResponse(key), at: now + Timing.t1) }
            timers.set(.forgetServer(key), at: now + Timing.giveUp)
        } else if key.method == .invite, status >= 200 {
            timers.set(.forgetServer(key), at: now + Timing.giveUp)
        }
        servers[key] = transaction
        send(response, to: transaction.from)
    }

    /// Timer G.
    mutating func repeatResponse(_ key: TransactionKey) {
        guard var transaction = servers[key], let interval = transaction.interval, let response = transaction.response else {
            return
        }
        transaction.interval = min(interval * 2, Timing.t2)
        servers[key] = transaction
        timers.set(.repeatResponse(key), at: now + min(interval * 2, Timing.t2))
        send(response, to: transaction.from)
    }

    /// ACK: of a non-2xx by its branch, of a 2xx by its dialog (RFC 3261 §13.3.1.4).
    private mutating func takeAcknowledgement(_ ack: Message) {
        let key = TransactionKey(ack)
        if servers[key]?.interval != nil {
            servers[key]?.interval = nil
            timers.cancel(.repeatResponse(key))
        }
        guard let call = findCall(ack), call.unacknowledged?.sequence == ack.sequence else { return }
        withCall(call.id) { $0.unacknowledged = nil }
        timers.cancel(.repeat2xx(call.id))
        timers.cancel(.giveUp2xx(call.id))
        confirmed(call.id, ack)
    }

    /// The call that an in-dialog request of theirs is for.
    func findCall(_ request: Message) -> AgentCall? {
        calls.first {
            $0.callID == request.callID && $0.local.tag == request.to.tag && $0.remote.tag == request.from.tag
        }
    }
}
