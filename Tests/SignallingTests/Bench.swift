import Telephony

@testable import Signalling

/// The core on a bench: virtual time, and every output as one short line.
struct Bench {
    var core: UserAgentCore
    var now = Moment(uptime: .zero, utc: 1_800_000_000_000)
    /// Everything sent so far, oldest first.
    var sent: [(message: Message, flow: Flow)] = []

    static let local = Endpoint(.v4(0x0A00_0001), 5060)
    static let secrets = ["101": "blue", "102": "green", "101-kitchen": "red"]

    init(sessionTimer: Duration = .seconds(1800), peers: [SIPSettings.Peer] = []) {
        let settings = SIPSettings(
            listen: [.init(.udp, Self.local), .init(.tcp, Self.local)], domain: "office", sessionTimer: sessionTimer,
            accounts: Self.secrets, peers: peers)
        core = UserAgentCore(settings: settings, hashing: .standIn)
        var dice = Dice(seed: 1)
        core.addEntropy((0..<65_536).map { _ in UInt8(truncatingIfNeeded: dice.next()) })
    }

    mutating func receive(_ message: Message, _ flow: Flow) -> [String] { note(core.received(message, flow, at: now)) }
    mutating func order(_ order: SessionOrder) -> [String] { note(core.perform(order, at: now)) }
    mutating func fail(_ message: Message, _ flow: Flow) -> [String] { note(core.sendFailed(message, flow, at: now)) }
    mutating func disconnect(_ flow: Flow) -> [String] { note(core.disconnected(flow, at: now)) }

    /// Lets time pass; lines carry the second, counted from now.
    mutating func pass(_ duration: Duration) -> [String] {
        let start = now.uptime
        let end = start + duration
        var lines: [String] = []
        while let due = core.deadline, due <= end {
            advance(to: due)
            let second = Double((due - start).milliseconds) / 1000
            lines += note(core.wake(at: now)).map { "\(second) \($0)" }
        }
        advance(to: end)
        return lines
    }

    private mutating func advance(to instant: Instant) {
        now.utc += (instant - now.uptime).milliseconds
        now.uptime = instant
    }

    /// The last message sent.
    var last: Message { sent[sent.count - 1].message }

    /// The last message sent of this method or to this method.
    func last(_ method: Method) -> Message { sent.last { $0.message.sequenceMethod == method }?.message ?? last }

    mutating func note(_ outputs: [SignallingOutput]) -> [String] {
        outputs.map { output in
            switch output {
            case .send(let message, let flow):
                sent.append((message, flow))
                let what = message.status.map { "\($0) \(message.sequenceMethod)" } ?? "\(message.sequenceMethod)"
                return "→ \(what)" + (message.body.isEmpty ? "" : " sdp")
            case .session(let id, let fact): return "\(id) \(Self.line(fact))"
            case .registered(let binding): return "registered \(binding.contact)"
            case .unregistered(let binding): return "unregistered \(binding.contact)"
            case .turnedAway(let incoming, let cause): return "turned away \(incoming.sender) \(cause)"
            case .subscription(let id, .requested(let who)):
                return "subscription \(id) \(who.account) wants \(who.package.rawValue) of \(who.resource)"
            case .subscription(let id, .ended): return "subscription \(id) ended"
            case .refused: return "refused"
            }
        }
    }

    private static func line(_ fact: SessionFact) -> String {
        func sdp(_ description: SessionDescription?) -> String { description.map { " v\($0.version)" } ?? "" }
        switch fact {
        case .invited(let incoming): return "invited by \(incoming.sender)" + sdp(incoming.offer)
        case .progressed(let status, let description): return "progressed \(status)" + sdp(description)
        case .answered(let description): return "answered" + sdp(description)
        case .confirmed(let description): return "confirmed" + sdp(description)
        case .reoffered(let description): return "reoffered" + sdp(description)
        case .reanswered(let description): return "reanswered" + sdp(description)
        case .referred(let uri, let replaces): return "referred \(uri)" + (replaces.map { " replaces \($0)" } ?? "")
        case .digit(let digit): return "digit \(digit.rawValue)"
        case .ended(let cause, let status, let byFarEnd):
            return "ended \(cause)" + (status.map { " \($0)" } ?? "") + (byFarEnd ? " by far end" : "")
        }
    }
}

extension Hashing {
    /// Not a hash, but different texts give different digits, always the same.
    static let standIn = Hashing(md5: { fold($0, words: 2) }, sha256: { fold($0, words: 4) })

    private static func fold(_ text: String, words: Int) -> String {
        var dice = Dice(seed: text.utf8.reduce(UInt64(words)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
        return (0..<words).map { _ in
            let digits = String(dice.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

/// Whoever is at the other end.
struct Phone {
    let user: String
    var flow: Flow
    var tag: String
    var callID: String
    var sequence: UInt32 = 0
    private var branches = 0

    init(_ user: String, at host: UInt32 = 0x0A00_0065, port: UInt16 = 5060, tcp connection: Int? = nil) {
        self.user = user
        flow = Flow(
            connection == nil ? .udp : .tcp, local: Bench.local, remote: Endpoint(.v4(host), port), connection: connection)
        (tag, callID) = ("tag-\(user)-\(port)", "call-\(user)-\(port)")
    }

    var contact: NameAddress { NameAddress(uri: SIPURI(user: user, at: flow.remote, transport: flow.transport)) }

    mutating func branch() -> String {
        branches += 1
        return "z9hG4bK-\(callID)-\(branches)"
    }

    /// A request outside a dialog, or inside one when `to` has a tag.
    mutating func request(
        _ method: Method, to: NameAddress? = nil, sequence: UInt32? = nil, sdp: SessionDescription? = nil
    ) -> Message {
        self.sequence = sequence ?? self.sequence + 1
        let address = to ?? NameAddress(uri: SIPURI(user: method == .register ? user : "102", host: "10.0.0.1"))
        var message = Message(
            .request(method, SIPURI(user: "102", host: "10.0.0.1")),
            vias: [
                Via(
                    transport: flow.transport.viaName, host: flow.remote.address.host, port: flow.remote.port,
                    parameters: [Parameter("branch", branch()), Parameter("rport")])
            ], from: NameAddress(uri: SIPURI(user: user, host: "office"), parameters: [Parameter("tag", tag)]), to: address,
            callID: callID, sequence: self.sequence, sequenceMethod: method)
        message.maxForwards = 70
        message.contacts = [contact]
        message.setSessionDescription(sdp)
        return message
    }

    /// The same request again with credentials for the challenge.
    mutating func authorized(
        _ request: Message, _ challenge: Message, count: UInt32 = 1, secret: String? = nil, md5: Bool = false
    ) -> Message {
        var request = request
        sequence += 1
        request.sequence = sequence
        request.vias[0].parameters["branch"] = branch()
        let offered =
            challenge.headers.first { $0.value.contains("algorithm=" + (md5 ? "MD5" : "SHA-256")) }?.value ?? "nonce=\"\""
        let nonce = String(offered.split(separator: "nonce=\"")[1].prefix { $0 != "\"" })
        let nc = "0000000" + String(count, radix: 16)
        let start = "Digest username=\"\(user)\", realm=\"office\", nonce=\"\(nonce)\", uri=\"sip:office\""
        let end = ", algorithm=\(md5 ? "MD5" : "SHA-256"), qop=auth, nc=\(nc), cnonce=\"c0ffee\""
        let credentials = DigestCredentials(start + ", response=\"\"" + end)
        let response = credentials?.expectedResponse(
            method: request.sequenceMethod, password: secret ?? Bench.secrets[user] ?? "", .standIn)
        request.setHeader("Authorization", start + ", response=\"\(response ?? "")\"" + end)
        return request
    }

    /// An answer to a request of ours.
    func answer(_ status: Int, to request: Message, tag: String? = nil, sdp: SessionDescription? = nil) -> Message {
        var response = Message.response(status, to: request, tag: tag ?? self.tag)
        response.headers = []
        response.contacts = [contact]
        response.setSessionDescription(sdp)
        return response
    }

    /// ACK of a 2xx of ours.
    mutating func acknowledge(_ response: Message, sdp: SessionDescription? = nil) -> Message {
        let kept = sequence
        defer { sequence = kept }
        return request(.ack, to: response.to, sequence: response.sequence, sdp: sdp)
    }
}

/// A description whose version tells it from others.
func sdp(_ version: UInt64) -> SessionDescription {
    .offer(codecs: [.alaw], endpoint: Endpoint(.v4(0x0A00_0065), 4000), sessionID: 1, version: version)
}

extension Bench {
    /// REGISTER with credentials; the lines of the second answer.
    mutating func register(
        _ phone: inout Phone, expires: String? = nil, change: (inout Message) -> Void = { _ in }
    ) -> [String] {
        var request = phone.request(.register)
        request.setHeader("Expires", expires)
        change(&request)
        _ = receive(request, phone.flow)
        return receive(phone.authorized(request, last), phone.flow)
    }

    /// A phone's INVITE up to the point where it is told; the phone then has its sequence and tags.
    mutating func called(by phone: inout Phone, sdp offer: SessionDescription? = sdp(1), timer: String? = nil) -> [String] {
        var invite = phone.request(.invite, sdp: offer)
        invite.setHeader("Allow", "INVITE, ACK, BYE, CANCEL, UPDATE")
        if let timer {
            invite.setHeader("Supported", "timer")
            invite.setHeader("Session-Expires", timer)
        }
        _ = receive(invite, phone.flow)
        return receive(phone.authorized(invite, last), phone.flow)
    }

    /// A call from a phone that talks.
    mutating func talking(with phone: inout Phone, timer: String? = nil) -> SessionID {
        _ = called(by: &phone, timer: timer)
        let id = SessionID(core.nextSession - 1)
        _ = order(.accept(id, sdp(2)))
        _ = receive(phone.acknowledge(last), phone.flow)
        return id
    }

    /// Our INVITE to a phone.
    mutating func call(_ phone: Phone) -> (SessionID, [String]) {
        let id = core.newSession()
        let invitation = Invitation(
            target: phone.contact.uri, flow: phone.flow, fromUser: "101", fromName: "Анна \"А\"", toUser: phone.user,
            offer: sdp(1))
        return (id, order(.invite(id, invitation)))
    }

    /// A call to a phone that talks.
    mutating func answered(by phone: Phone, headers: [Header] = []) -> SessionID {
        let (id, _) = call(phone)
        var response = phone.answer(200, to: last, sdp: sdp(2))
        response.headers = headers
        _ = receive(response, phone.flow)
        return id
    }
}
