import Signalling
import Telephony

/// The agent's side of offer and answer (RFC 3264), one audio line.
extension SimulatedAgent {
    /// An offer for this call: every codec it likes.
    mutating func offer(_ id: Int) -> SessionDescription? {
        describe(id, formats: manners.codecs.map(format), direction: wanted(id))
    }

    /// The answer to `offer`: the first of its codecs that we know too; nil where there is none.
    mutating func answer(_ id: Int, to offer: SessionDescription) -> SessionDescription? {
        guard let audio = offer.audio,
            let chosen = audio.formats.first(where: { $0.codec.map(manners.codecs.contains) ?? false })
        else { return nil }
        let offered =
            (audio.address ?? offer.address).isUnspecified ? SessionDescription.Direction.recvonly : audio.direction.reversed
        return describe(
            id, formats: [chosen], events: audio.formats.first(where: \.isTelephoneEvent),
            direction: wanted(id).limited(to: offered))
    }

    /// Both sides' descriptions are known, or ours waits for theirs.
    mutating func settle(_ id: Int, ours: SessionDescription?, theirs: SessionDescription?) {
        withCall(id) {
            if let ours { $0.ours = ours }
            if let theirs { $0.theirs = theirs }
        }
    }

    private func wanted(_ id: Int) -> SessionDescription.Direction {
        switch call(id)?.holding {
        case nil, .zero: .sendrecv
        case .sendonly: .sendonly
        case .inactive: .inactive
        }
    }

    private func format(_ codec: Codec) -> SessionDescription.Format {
        SessionDescription.Format(payloadType: codec.payloadType, encoding: codec.encodingName, clockRate: 8000)
    }

    private mutating func describe(
        _ id: Int, formats: [SessionDescription.Format], events: SessionDescription.Format? = nil,
        direction: SessionDescription.Direction
    ) -> SessionDescription? {
        guard let call = call(id) else { return nil }
        withCall(id) { $0.version += 1 }
        var all = formats
        if manners.telephoneEvents {
            let own = SessionDescription.Format(
                payloadType: 101, encoding: "telephone-event", clockRate: 8000, parameters: "0-15")
            if let events { all.append(events) } else if formats.count > 1 || !call.isAnswering { all.append(own) }
        }
        let isZero = call.holding == .zero
        let media = SessionDescription.Media(
            port: call.port, formats: all, direction: direction, packetTime: 20)
        return SessionDescription(
            user: user, sessionID: UInt64(1000 + id), version: call.version, address: isZero ? .any : address.address,
            media: [media])
    }
}

extension AgentCall {
    /// Whether the description to be made is an answer: theirs came first.
    var isAnswering: Bool { theirs != nil && !offerPending }
}

/// RFC 4028 as a phone does it.
extension SimulatedAgent {
    /// What our INVITE or refresh says about session timers.
    func askForTimer(_ request: inout Message) {
        switch manners.sessionTimer {
        case .unknown: break
        case .supported: request.setHeader("Supported", "timer, replaces")
        case .asks(let interval): ask(&request, interval, refresher: "uas")
        case .refreshes(let interval, _): ask(&request, interval, refresher: "uac")
        }
    }

    private func ask(_ request: inout Message, _ interval: Duration, refresher: String) {
        request.setHeader("Supported", "timer, replaces")
        request.setHeader("Session-Expires", "\(interval.components.seconds);refresher=\(refresher)")
    }

    /// What our 200 says to an INVITE or UPDATE that asks for a session timer.
    mutating func grantTimer(_ id: Int, _ request: Message) -> [Header] {
        guard manners.sessionTimer != .unknown, let asked = SessionExpires(request) else { return [] }
        startTimer(id, .seconds(Int64(asked.seconds)), weRefresh: asked.refresher == "uas")
        return [
            Header("Session-Expires", "\(asked.seconds);refresher=\(asked.refresher ?? "uac")"), Header("Require", "timer"),
        ]
    }

    /// What their 200 says to our INVITE or refresh.
    mutating func acceptTimer(_ id: Int, _ response: Message) {
        guard manners.sessionTimer != .unknown, let granted = SessionExpires(response) else { return }
        startTimer(id, .seconds(Int64(granted.seconds)), weRefresh: granted.refresher != "uas")
    }

    private mutating func startTimer(_ id: Int, _ interval: Duration, weRefresh: Bool) {
        withCall(id) { $0.session = (interval, weRefresh) }
        timers.cancel(.refreshSession(id))
        if weRefresh { timers.set(.refreshSession(id), at: now + interval / 2) }
        let grace = min(Duration.seconds(32), interval / 3)
        timers.set(.expireSession(id), at: now + interval - grace)
    }

    /// Half the interval is over and it is for us to refresh.
    mutating func refreshSession(_ id: Int) {
        guard let call = call(id), call.state == .talking else { return }
        guard call.change == nil else { return timers.set(.refreshSession(id), at: now + .seconds(5)) }
        sendChange(id, .refresh)
    }
}

/// A Session-Expires header.
struct SessionExpires {
    var seconds: Int, refresher: String?

    init?(_ message: Message) {
        guard let value = message.header("Session-Expires") else { return nil }
        let parts = value.split(separator: ";").map { String($0.trimmed) }
        guard let first = parts.first, let seconds = Int(first) else { return nil }
        self.seconds = seconds
        refresher = parts.dropFirst().first { $0.hasPrefix("refresher=") }.map { String($0.dropFirst(10)) }
    }
}
