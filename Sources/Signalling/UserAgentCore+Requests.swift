import Telephony

/// Requests before they belong to a session: who sends them, and may he.
extension UserAgentCore {
    mutating func received(request original: Message, _ method: Method, over flow: Flow) {
        var request = original
        request.stampSource(flow)
        let key = ServerKey(request)
        if method == .ack {
            acknowledged(request, key, flow)
        } else if layer.servers[key] != nil {
            counters.repeatedRequests += 1
            advance(key, .repeated)
        } else if method == .cancel {
            cancelled(request, key, flow)
        } else if layer.count >= SignallingLimit.transactions {
            counters.overloaded += 1
            refuse(503, request, flow, headers: [Header("Retry-After", "10")], because: "too many transactions")
            turnAway(request, flow, status: 503)
        } else if request.to.tag != nil, method != .register {
            receivedInDialog(request, method, key, flow)
        } else {
            receivedOutOfDialog(request, method, key, flow)
        }
    }

    private mutating func receivedOutOfDialog(_ request: Message, _ method: Method, _ key: ServerKey, _ flow: Flow) {
        let isPeer = settings.peer(of: request, flow) != nil
        guard isPeer || admission.admits(strangerAt: flow.remote.address, at: now.uptime) else { return flooded(flow) }
        let unknown = request.unknownOptions
        guard unknown.isEmpty else {
            let header = Header("Unsupported", unknown.joined(separator: ", "))
            turnAway(request, flow, status: 420)
            return refuse(420, request, flow, headers: [header], because: "requires \(header.value)")
        }
        if request.maxForwards == 0, method != .options {
            turnAway(request, flow, status: 483)
            return refuse(483, request, flow, because: "Max-Forwards is 0")
        }
        switch method {
        case .options: answerOptions(request, flow)
        case .register: receivedRegister(request, key, flow)
        case .invite: receivedInvite(request, key, flow)
        case .refer: refuse(403, request, flow, because: "REFER outside a dialog")
        case .subscribe: receivedSubscribe(request, key, flow)
        case .notify, "PUBLISH":
            refuse(489, request, flow, headers: [Header("Allow-Events", "refer")], because: "no such event package")
        case .bye, .update, .info: refuse(481, request, flow, because: "no dialog")
        default: refuse(405, request, flow, headers: [Header("Allow", Product.allow)], because: "unknown method")
        }
    }

    /// A call of a trunk that is refused before anything else is known of it leaves a record; strangers are only counted, or scanners would fill
    /// the disk.
    private mutating func turnAway(_ request: Message, _ flow: Flow, status: Int) {
        guard request.sequenceMethod == .invite, request.to.tag == nil, let peer = settings.peer(of: request, flow) else {
            return
        }
        let incoming = Incoming(sender: .peer(peer.id), request: request, flow: flow, offer: request.sessionDescription)
        outputs.append(.turnedAway(incoming, Cause(sipStatus: status)))
    }

    mutating func flooded(_ flow: Flow) {
        counters.flooded += 1
        outputs.append(.refused(reason: "dropped: too many requests from one address", from: flow.remote))
    }

    static var abilities: [Header] {
        [
            Header("Allow", Product.allow), Header("Accept", Product.accept), Header("Supported", Product.supported),
        ]
    }

    private mutating func answerOptions(_ request: Message, _ flow: Flow) {
        answerStatelessly(200, request, flow, headers: Self.abilities)
    }

    // MARK: Who it is

    /// The account that proved to be the one in From; nil: it was sent a challenge.
    mutating func authenticate(_ request: Message, _ flow: Flow) -> String? {
        let user = request.from.uri.user
        switch digest.judge(request, user: user, settings: settings, hashing: hashing, at: now.uptime) {
        case .accepted(let account):
            admission.vouch(for: flow.remote.address)
            puzzledPhones.understood(request, from: flow.remote.address)
            return account
        case .missing: challenge(request, flow, isStale: false)
        case .stale: challenge(request, flow, isStale: true)
        case .replayed:
            counters.replays += 1
            outputs.append(.refused(reason: "nonce count of \(user) was used before", from: flow.remote))
            challenge(request, flow, isStale: true)
        case .wrong:
            counters.wrongCredentials += 1
            outputs.append(.refused(reason: "wrong credentials for \(user)", from: flow.remote))
            challenge(request, flow, isStale: false)
        }
        return nil
    }

    /// Little is remembered of a stranger: the nonce, and whether he understood the last challenge.
    private mutating func challenge(_ request: Message, _ flow: Flow, isStale: Bool) {
        counters.challenges += 1
        let nonce = entropy.token() + entropy.token()
        let algorithms = puzzledPhones.algorithms(
            for: request, from: flow.remote.address, hasCredentials: request.header("Authorization") != nil)
        let headers = digest.challenges(
            algorithms, realm: settings.domain, nonce: nonce, isStale: isStale, at: now.uptime)
        answerStatelessly(401, request, flow, headers: headers)
    }

    // MARK: REGISTER

    private mutating func receivedRegister(_ request: Message, _ key: ServerKey, _ flow: Flow) {
        guard let account = authenticate(request, flow) else { return }
        open(request, key, flow)
        guard request.to.uri.user == account else {
            counters.refused += 1
            return respond(key, .response(403, to: request, tag: entropy.token()))
        }
        sightingBook.note(request, from: .account(account), flow)
        let (outcome, changes) = registrar.register(request, account: account, flow: flow, at: now)
        switch outcome {
        case .accepted(let contacts):
            var response = Message.response(200, to: request, tag: entropy.token())
            response.contacts = contacts
            if now.clockTrust == .trusted { response.headers.append(Header("Date", now.sipDate)) }
            respond(key, response)
        case .refused(let status, let headers):
            counters.refused += 1
            respond(key, .response(status, to: request, tag: entropy.token(), headers: headers))
        }
        for change in changes {
            switch change {
            case .registered(let binding):
                watch(binding)
                outputs.append(.registered(binding))
            case .unregistered(let binding): unregister(binding)
            }
        }
    }

    // MARK: INVITE

    private mutating func receivedInvite(_ request: Message, _ key: ServerKey, _ flow: Flow) {
        guard !layer.isMerged(request) else { return refuse(482, request, flow, because: "merged request") }
        let sender: Sender
        if let peer = settings.peer(of: request, flow) {
            sender = .peer(peer.id)
        } else {
            guard let account = authenticate(request, flow) else { return }
            sender = .account(account)
        }
        switch sender {
        case .account(let account): sightingBook.note(request, from: .account(account), flow)
        case .peer(let id): sightingBook.note(request, from: .trunk(id), flow)
        }
        let offer = request.sessionDescription
        let isMalformed = offer == nil && !request.body.isEmpty
        if let (status, headers) = bodyRefusal(request) ?? (isMalformed ? Self.malformedDescription : nil)
            ?? targetRefusal(request) ?? capacityRefusal()
        {
            counters.refused += 1
            outputs.append(.refused(reason: "\(status) INVITE", from: flow.remote))
            let incoming = Incoming(sender: sender, request: request, flow: flow, offer: offer)
            outputs.append(.turnedAway(incoming, Cause(sipStatus: status)))
            open(request, key, flow)
            return respond(key, .response(status, to: request, tag: entropy.token(), headers: headers))
        }
        if SessionTimer.demand(of: request, wanted: sessionInterval) == .tooSmall {
            open(request, key, flow)
            let header = Header("Min-SE", String(SessionTimer.minimum))
            return respond(key, .response(422, to: request, tag: entropy.token(), headers: [header]))
        }
        let id = newSession()
        let dialog = Dialog(callee: request, tag: entropy.token(), flow)
        var media = OfferAnswer()
        _ = media.receiveOffer(offer)
        let called = InviteSession.Called(
            dialog: dialog, request: request, key: key, media: media,
            provisional: .response(100, to: request, tag: nil))
        var session = InviteSession(id: id, sender: sender, stage: .called(called))
        session.dialogIDs = [dialog.id]
        sessions[id] = session
        dialogs[dialog.id] = id
        open(request, key, flow, session: id)
        tell(id, .invited(Incoming(sender: sender, request: request, flow: flow, offer: offer)))
    }

    /// Our Session-Expires in seconds.
    var sessionInterval: Int { max(SessionTimer.minimum, Int(settings.sessionTimer.components.seconds)) }

    /// A body that we cannot read (RFC 3261 §8.2.3).
    func bodyRefusal(_ request: Message) -> (Int, [Header])? {
        if let encoding = request.header("Content-Encoding"), !encoding.trimmed.equalsIgnoringCase("identity") {
            return (415, [Header("Accept-Encoding", "identity")])
        }
        if request.body.isEmpty { return nil }
        if request.contentType != Product.accept { return (415, [Header("Accept", Product.accept)]) }
        return nil
    }

    /// A body that says it is SDP and is none.
    static let malformedDescription = (400, [Header("Warning", "399 apus \"The session description is malformed\"")])

    private func targetRefusal(_ request: Message) -> (Int, [Header])? {
        ["sip", "sips", "tel"].contains(request.requestURI?.scheme) ? nil : (416, [])
    }

    private func capacityRefusal() -> (Int, [Header])? {
        hasRoom ? nil : (503, [Header("Retry-After", "10")])
    }

    // MARK: CANCEL

    /// RFC 3261 §9.2. CANCEL has the branch of its INVITE; 200 says only that it was understood.
    private mutating func cancelled(_ request: Message, _ key: ServerKey, _ flow: Flow) {
        guard let server = layer.servers[key.cancelled], let id = server.session,
            server.flow.remote.address == flow.remote.address, let session = sessions[id]
        else { return refuse(481, request, flow, because: "nothing to cancel") }
        let tag = session.dialog?.id.localTag ?? request.statelessTag
        outputs.append(.send(.response(200, to: request, tag: tag), flow))
        switch session.stage {
        case .called(let called):
            respond(called.key, .response(487, to: called.request, tag: tag))
            finish(id, called.dialog)
            let cause = request.reasonCause == .answeredElsewhere ? Cause.answeredElsewhere : .cancelled
            tell(id, .ended(cause, status: 487, byFarEnd: true))
        case .up(var up):
            guard let theirs = up.theirs, theirs.key == key.cancelled else { return }
            respond(theirs.key, .response(487, to: theirs.request, tag: tag))
            up.theirs = nil
            up.media.refuse()
            sessions[id]?.stage = .up(up)
            settle(id)
        case .calling, .leaving, .over: break
        }
    }
}
