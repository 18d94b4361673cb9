import Telephony

/// Subscriptions (RFC 6665), with us as the notifier: whoever has an account may ask; who is told what is decided above.
extension UserAgentCore {
    /// Event packages, as a header tells them.
    private static var packages: Header {
        Header("Allow-Events", (EventPackage.allCases.map(\.rawValue) + ["refer"]).joined(separator: ", "))
    }

    /// Whether a phone of the account is told by a subscription.
    public func isSubscribed(_ account: String, to package: EventPackage) -> Bool {
        subscriptions.values.contains {
            $0.subscriber.account == account && $0.subscriber.package == package && $0.request == nil
        }
    }

    /// Every subscription that was granted, the oldest first, with the moment of its end.
    public var subscribers: [(id: SubscriptionID, subscriber: Subscriber, until: Instant)] {
        subscriptions.filter { $0.value.request == nil }.sorted { $0.key < $1.key }.map {
            ($0.key, $0.value.subscriber, $0.value.until)
        }
    }

    // MARK: SUBSCRIBE

    mutating func receivedSubscribe(_ request: Message, _ key: ServerKey, _ flow: Flow) {
        guard let package = Self.package(of: request) else {
            return refuse(489, request, flow, headers: [Self.packages], because: "no such event package")
        }
        guard let account = authenticate(request, flow) else { return }
        open(request, key, flow)
        let refusal = { (status: Int, headers: [Header]) in Message.response(status, to: request, tag: nil, headers: headers) }
        guard request.contacts.count == 1 else { return respond(key, refusal(400, [])) }
        let accepts = request.headerList("Accept")
        if !accepts.isEmpty, !accepts.contains(where: { Self.covers($0, package.contentType) }) {
            return respond(key, refusal(406, [Header("Accept", package.contentType)]))
        }
        let seconds = Self.seconds(request, package)
        if (1..<Subscription.minimum).contains(seconds) {
            return respond(key, refusal(423, [Header("Min-Expires", String(Subscription.minimum))]))
        }
        guard subscriptions.count < Subscription.limit else {
            counters.overloaded += 1
            return respond(key, refusal(503, [Header("Retry-After", "60")]))
        }
        makeRoom(for: account)
        let id = SubscriptionID(nextSubscription)
        nextSubscription += 1
        let dialog = Dialog(callee: request, tag: entropy.token(), flow)
        let subscriber = Subscriber(account: account, package: package, resource: request.requestURI?.user ?? "")
        subscriptions[id] = Subscription(
            subscriber: subscriber, event: request.header("Event")?.trimmed.description ?? package.rawValue, dialog: dialog,
            until: now.uptime + .seconds(seconds), request: .init(message: request, key: key, seconds: seconds))
        subscriptionOf[dialog.id] = id
        timers.set(.subscription(id), at: now.uptime + SIPTimer.timeout)
        outputs.append(.subscription(id, .requested(subscriber)))
    }

    private static func package(of request: Message) -> EventPackage? {
        let name = request.header("Event")?.split(separator: ";").first.map { String($0.trimmed) } ?? ""
        return EventPackage.allCases.first { $0.rawValue.equalsIgnoringCase(name) }
    }

    /// Whether a media range of Accept holds the type.
    private static func covers(_ range: String, _ type: String) -> Bool {
        let range = range.split(separator: ";").first.map { String($0.trimmed) } ?? ""
        return range == "*/*" || range.equalsIgnoringCase(type) || range.equalsIgnoringCase("application/*")
    }

    private static func seconds(_ request: Message, _ package: EventPackage) -> Int64 {
        guard let text = request.header("Expires")?.trimmed, !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) })
        else { return package.standardExpiry }
        return min(Int64(text) ?? package.longest, package.longest)
    }

    /// A phone that forgets its subscriptions with every start must not hold on to them: the one that would end first goes.
    private mutating func makeRoom(for account: String) {
        let theirs = subscriptions.filter { $0.value.subscriber.account == account }
        guard theirs.count >= Subscription.accountLimit,
            let first = theirs.min(by: { ($0.value.until, $0.key) < ($1.value.until, $1.key) })
        else { return }
        forget(first.key)
    }

    /// A refresh, or the end that the phone wants. Its address may have changed: the password says who it is.
    mutating func receivedInSubscription(
        _ id: SubscriptionID, _ request: Message, _ method: Method, _ key: ServerKey, _ flow: Flow
    ) {
        guard var subscription = subscriptions[id], subscription.request == nil, method == .subscribe else {
            return refuse(method == .subscribe ? 491 : 405, request, flow, because: "not in a subscription")
        }
        guard let account = authenticate(request, flow) else { return }
        open(request, key, flow)
        guard account == subscription.subscriber.account else { return respond(key, .response(403, to: request, tag: nil)) }
        guard Self.package(of: request) == subscription.subscriber.package else {
            return respond(key, .response(489, to: request, tag: nil, headers: [Self.packages]))
        }
        let seconds = Self.seconds(request, subscription.subscriber.package)
        if (1..<Subscription.minimum).contains(seconds) {
            let header = Header("Min-Expires", String(Subscription.minimum))
            return respond(key, .response(423, to: request, tag: nil, headers: [header]))
        }
        guard subscription.dialog.receive(request, flow) == .inTurn else {
            return respond(key, .response(500, to: request, tag: nil))
        }
        subscription.dialog.refreshTarget(request)
        subscription.until = now.uptime + .seconds(seconds)
        // A refresh is always answered by how things are (§4.2.1.2).
        (subscription.told, subscription.mayNotify) = (nil, now.uptime)
        subscriptions[id] = subscription
        respond(key, grant(request, subscription, seconds))
        if seconds == 0 { end(id, because: "timeout") } else { watch(id) }
        sendNotify(id)
    }

    private func grant(_ request: Message, _ subscription: Subscription, _ seconds: Int64) -> Message {
        var response = Message.response(200, to: request, tag: subscription.dialog.id.localTag)
        response.recordRoutes = request.recordRoutes
        response.contacts = [subscription.dialog.contact]
        response.headers.append(Header("Expires", String(seconds)))
        return response
    }

    // MARK: Orders

    /// An order about a subscription. One about a subscription that is over is ignored.
    public mutating func perform(_ order: SubscriptionOrder, at moment: Moment) -> [SignallingOutput] {
        now = moment
        switch order {
        case .grant(let id, let state):
            guard let subscription = subscriptions[id], let request = subscription.request else { break }
            subscriptions[id]?.request = nil
            subscriptions[id]?.state = state
            respond(request.key, grant(request.message, subscription, request.seconds))
            // Nothing but a look at how things are (§4.4.3).
            if request.seconds == 0 { end(id, because: "timeout") } else { watch(id) }
            sendNotify(id)
        case .refuse(let id, let status):
            guard let request = subscriptions[id]?.request else { break }
            counters.refused += 1
            respond(request.key, .response(status, to: request.message, tag: entropy.token()))
            forget(id)
        case .notify(let id, let state):
            guard subscriptions[id]?.request == nil else { break }
            subscriptions[id]?.state = state
            sendNotify(id)
        case .inform(let binding, let state): inform(binding, state)
        }
        return drain()
    }

    /// A NOTIFY that nobody asked for, as most phones like it: on no dialog.
    private mutating func inform(_ binding: Binding, _ state: EventState) {
        let flow = concrete(binding.flow)
        var from = NameAddress(uri: SIPURI(user: binding.account, host: settings.domain))
        let to = from
        from.tag = entropy.token()
        var uri = binding.contact
        uri.headers = []
        var request = Message(
            .request(.notify, uri), vias: [Via(flow: flow, branch: newBranch())], from: from, to: to,
            callID: entropy.token() + entropy.token(), sequence: 1, sequenceMethod: .notify)
        request.contacts = [NameAddress(uri: SIPURI(user: binding.account, at: flow.local, transport: flow.transport))]
        request.maxForwards = 70
        request.headers = [
            Header("User-Agent", Product.name), Header("Event", state.package.rawValue),
            Header("Subscription-State", "active"),
        ]
        request.contentType = state.package.contentType
        request.body = Array(state.body(at: flow.local, of: to.uri, version: 0).utf8)
        send(request, flow, for: .farewell)
    }

    // MARK: NOTIFY

    /// Tells how things are, if that was not told already; one NOTIFY at a time.
    private mutating func sendNotify(_ id: SubscriptionID, final reason: String? = nil, inTurn: Bool = false) {
        guard var subscription = subscriptions[id], let state = subscription.state, reason != nil || !subscription.isNotifying,
            reason != nil || subscription.told != state
        else { return }
        if reason == nil, !inTurn, mustWait(id) { return }
        var request = subscription.dialog.request(.notify, branch: newBranch())
        let left = max(0, (subscription.until - now.uptime).milliseconds / 1000)
        request.headers += [
            Header("Event", subscription.event),
            Header("Subscription-State", reason.map { "terminated;reason=\($0)" } ?? "active;expires=\(left)"),
        ]
        request.contentType = state.package.contentType
        let body = state.body(at: subscription.dialog.flow.local, of: subscription.entity, version: subscription.version)
        request.body = Array(body.utf8)
        (subscription.told, subscription.isNotifying) = (state, true)
        subscription.version += 1
        subscription.mayNotify = now.uptime + state.package.pace
        subscriptions[id] = subscription
        send(request, subscription.dialog.flow, for: reason == nil ? .event(id) : .farewell)
    }

    /// The phone has got it, and hears of what has changed meanwhile; or it knows of no subscription any more.
    mutating func eventAnswered(_ id: SubscriptionID, _ status: Int) {
        guard status >= 200, subscriptions[id] != nil else { return }
        guard status < 300 else { return forget(id) }
        subscriptions[id]?.isNotifying = false
        sendNotify(id)
    }

    // MARK: Pace

    /// Whether the next NOTIFY has to wait: for the pace of its kind, and for that of all lamps together. Its turn is kept then.
    private mutating func mustWait(_ id: SubscriptionID) -> Bool {
        guard let subscription = subscriptions[id], subscription.subscriber.package.pace > .zero else { return false }
        if subscription.isWaiting { return true }
        let earliest = now.uptime - Subscription.interval * Subscription.burst
        let common = max(lastTurn.map { $0 + Subscription.interval } ?? earliest, earliest)
        lastTurn = common
        let turn = max(common, subscription.mayNotify)
        guard turn > now.uptime else { return false }
        subscriptions[id]?.isWaiting = true
        timers.set(.turn(id), at: turn)
        return true
    }

    /// How things are now is told, whatever has changed since the wait began.
    mutating func turnCame(_ id: SubscriptionID) {
        subscriptions[id]?.isWaiting = false
        sendNotify(id, inTurn: true)
    }

    // MARK: The end

    private mutating func watch(_ id: SubscriptionID) {
        if let until = subscriptions[id]?.until { timers.set(.subscription(id), at: until) }
    }

    /// Its time is over; or whoever was to grant it never did.
    mutating func subscriptionRanOut(_ id: SubscriptionID) {
        if let request = subscriptions[id]?.request { respond(request.key, .response(500, to: request.message, tag: nil)) }
        end(id, because: "timeout")
    }

    private mutating func end(_ id: SubscriptionID, because reason: String) {
        sendNotify(id, final: reason)
        forget(id)
    }

    private mutating func forget(_ id: SubscriptionID) {
        guard let subscription = subscriptions.removeValue(forKey: id) else { return }
        subscriptionOf[subscription.dialog.id] = nil
        timers.cancel(.subscription(id))
        timers.cancel(.turn(id))
        outputs.append(.subscription(id, .ended))
    }

    /// Those that went over a stream which is closed.
    mutating func forgetSubscriptions(over flow: Flow) {
        for id in subscriptions.keys.sorted() where subscriptions[id]?.dialog.flow.runs(over: flow) == true { forget(id) }
    }

    /// Those of accounts that are no more.
    mutating func forgetSubscriptionsOfStrangers() {
        for id in subscriptions.keys.sorted() {
            guard let account = subscriptions[id]?.subscriber.account, settings.accounts[account] == nil else { continue }
            end(id, because: "rejected")
        }
    }
}
