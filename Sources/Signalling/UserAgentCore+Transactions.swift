import Telephony

/// Carries out what the transaction machines order.
extension UserAgentCore {
    /// Sends a request in a transaction of its own.
    @discardableResult
    mutating func send(_ request: Message, _ flow: Flow, for purpose: Purpose) -> ClientKey? {
        guard let key = ClientKey(request) else { return nil }
        let machine = ClientTransaction(request, isReliable: flow.transport == .tcp)
        layer.insert(TransactionLayer.Client(machine: machine, flow: flow, purpose: purpose), key)
        advance(key, .began)
        return key
    }

    mutating func advance(_ key: ClientKey, _ event: ClientTransaction.Event) {
        guard let client = layer.clients[key] else { return }
        for action in layer.handle(event, key) {
            switch action {
            case .send(let message): outputs.append(.send(message, client.flow))
            case .start(let timer, let duration): timers.set(.client(key, timer), at: now.uptime + duration)
            case .stop(let timer): timers.cancel(.client(key, timer))
            case .deliver(let response): answered(client.purpose, response, response.status ?? 0)
            case .reportTimeout:
                counters.timeouts += 1
                unanswered(client.purpose, client.machine.request, status: 408)
            case .reportFailure: unanswered(client.purpose, client.machine.request, status: 503)
            case .end: drop(key)
            }
        }
    }

    mutating func advance(_ key: ServerKey, _ event: ServerTransaction.Event) {
        guard let flow = layer.servers[key]?.flow else { return }
        for action in layer.handle(event, key) {
            switch action {
            case .send(let message): outputs.append(.send(message, flow))
            case .start(let timer, let duration): timers.set(.server(key, timer), at: now.uptime + duration)
            case .stop(let timer): timers.cancel(.server(key, timer))
            case .end:
                for timer in TransactionTimer.allCases { timers.cancel(.server(key, timer)) }
                layer.remove(key)
            }
        }
    }

    mutating func drop(_ key: ClientKey) {
        for timer in TransactionTimer.allCases { timers.cancel(.client(key, timer)) }
        layer.remove(key)
    }

    /// A response of ours, through its transaction.
    mutating func respond(_ key: ServerKey, _ response: Message) { advance(key, .respond(response)) }

    /// Remembers a request until its answer has surely arrived; an INVITE is told 100 at once.
    mutating func open(_ request: Message, _ key: ServerKey, _ flow: Flow, session: SessionID? = nil) {
        var transaction = ServerTransaction(request, flow)
        transaction.session = session
        layer.insert(transaction, key)
        if request.sequenceMethod == .invite { respond(key, .response(100, to: request, tag: nil)) }
    }

    /// Answers a request without remembering it (RFC 3261 §8.2.7): a copy of it gets the same answer again.
    mutating func answerStatelessly(_ status: Int, _ request: Message, _ flow: Flow, headers: [Header] = []) {
        guard request.sequenceMethod != .ack else { return }
        outputs.append(.send(.response(status, to: request, tag: request.statelessTag, headers: headers), flow))
    }

    /// The same for a refusal, which is counted and told.
    mutating func refuse(_ status: Int, _ request: Message, _ flow: Flow, headers: [Header] = [], because reason: String) {
        counters.refused += 1
        outputs.append(.refused(reason: "\(status) \(request.sequenceMethod): \(reason)", from: flow.remote))
        answerStatelessly(status, request, flow, headers: headers)
    }

    /// A response came.
    mutating func received(response: Message, over flow: Flow) {
        guard let key = ClientKey(response), let client = layer.clients[key] else {
            counters.strayResponses += 1
            return
        }
        // Only the host that was asked may answer.
        guard client.flow.remote.address == flow.remote.address else {
            counters.foreignRequests += 1
            outputs.append(.refused(reason: "response from a third address", from: flow.remote))
            return
        }
        let party = sightingBook.byRemote[client.flow.remote]?.party ?? party(at: client.flow.remote)
        if let party { sightingBook.note(answer: response, over: client.flow, by: party) }
        advance(key, .received(response))
    }

    private mutating func answered(_ purpose: Purpose, _ response: Message, _ status: Int) {
        switch purpose {
        case .invite(let id): inviteAnswered(id, response, status)
        case .modify(let id): modificationAnswered(id, response, status)
        case .notify(let id): notifyAnswered(id, status)
        case .event(let id): eventAnswered(id, status)
        case .farewell: break
        }
    }

    /// A request that got no answer is taken as answered 408, one that could not be sent as 503 (RFC 3261 §8.1.3.1).
    private mutating func unanswered(_ purpose: Purpose, _ request: Message, status: Int) {
        switch purpose {
        case .invite(let id): inviteFailed(id, status: status)
        case .modify(let id):
            modificationAnswered(id, .response(status, to: request, tag: nil), status)
        case .notify(let id): notifyAnswered(id, status)
        case .event(let id): eventAnswered(id, status)
        case .farewell: break
        }
    }
}
