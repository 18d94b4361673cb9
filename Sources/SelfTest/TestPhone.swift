import Host
import SIPTransport
import Signalling
import Telephony

/// A telephone with one line, over UDP: registers, calls or answers, hangs up. As much of SIP as that needs.
final class TestPhone {
    /// What the phone is in the middle of; a dialog exists only where it is carried along.
    private enum State {
        case idle
        case calling(Message)
        case ringing(Message)
        case answered(Dialog, response: Message)
        case talking(Dialog)
        case hangingUp
        case failed
    }

    /// The far end of a talk, as requests within it are addressed.
    private struct Dialog {
        var target: SIPURI, local: NameAddress, remote: NameAddress, callID: String
    }

    /// Requests and unacknowledged answers go out again after this long.
    private static let repeatAfter = Duration.milliseconds(500)

    let account: SelfTest.Account
    let voice: VoiceStream
    private let server: Endpoint, socket: UDPSocket, hashing: Hashing
    private var state = State.idle
    private var tokens: [EventLoop.Token] = []
    /// The request that waits for its answer, and whether its challenge was answered already.
    private var pending: Message?, hasAuthorized = false
    private var repeatAt = Instant.now
    private var sequence: UInt32 = 0

    private(set) var isRegistered = false
    /// The last final status that was a refusal.
    private(set) var lastRefusal: Int?
    /// When our call was answered.
    private(set) var answeredAt: Instant?

    /// Binds its sockets at the address that the exchange sees it by. Throws what the kernel refuses.
    init(_ account: SelfTest.Account, at server: Endpoint, tone: Int, hashing: Hashing) throws(SystemError) {
        let address = server.address == .loopback ? .loopback : localNetworks().source(for: server.address)
        (self.account, self.server, self.hashing) = (account, server, hashing)
        socket = try UDPSocket(bind: Endpoint(address, 0))
        voice = try VoiceStream(at: address, tone: ToneMaker(frequency: Double(tone), level: SelfTest.level))
    }

    var isRinging: Bool { if case .ringing = state { true } else { false } }
    var isTalking: Bool { if case .talking = state { true } else { false } }
    var isIdle: Bool { if case .idle = state { true } else { false } }
    var hasFailed: Bool { if case .failed = state { true } else { false } }

    /// Listens on the loop. Throws what epoll refuses.
    func attach(to loop: EventLoop) throws(SystemError) {
        tokens = [
            try loop.add(socket.fileDescriptor, for: .readable) { [unowned self] _ in receive() },
            try loop.add(voice.fileDescriptor, for: .readable) { [unowned self] _ in voice.receive() },
        ]
    }

    /// Listens no more.
    func detach(from loop: EventLoop) { tokens.forEach(loop.remove) }

    /// Registers for so long.
    func register(for time: Duration) {
        var request = request(.register, to: SIPURI(host: server.address.host, port: server.port), dialog: nil)
        request.contacts = [NameAddress(uri: contact, parameters: [Parameter("expires", "\(time.milliseconds / 1000)")])]
        begin(request)
    }

    /// Takes the registration back, and whatever talk is left.
    func leave() {
        hangUp()
        if isRegistered { register(for: .zero) }
    }

    /// Calls a number.
    func call(_ number: String) {
        var request = request(.invite, to: SIPURI(user: number, at: server), dialog: nil)
        request.contacts = [NameAddress(uri: contact)]
        request.setSessionDescription(description)
        state = .calling(request)
        begin(request)
    }

    /// Lifts the handset of a ringing phone.
    func answer() {
        guard case .ringing(let invite) = state else { return }
        var answer = response(200, to: invite)
        answer.setSessionDescription(description)
        voice.remote = invite.sessionDescription?.audioEndpoint
        let dialog = Dialog(
            target: invite.contacts.first?.uri ?? invite.from.uri, local: answer.to, remote: invite.from, callID: invite.callID)
        state = .answered(dialog, response: answer)
        send(answer)
        repeatAt = .now + Self.repeatAfter
    }

    /// Hangs up, if there is anything to hang up.
    func hangUp() {
        guard case .talking(let dialog) = state else { return }
        state = .hangingUp
        voice.remote = nil
        begin(request(.bye, to: dialog.target, dialog: dialog))
    }

    /// Presses keys, as they are written.
    func press(_ keys: String) { voice.press(keys.compactMap(Digit.init)) }

    /// Every 20 ms: one packet of voice, and whatever was not answered once more.
    func tick(at now: Instant) {
        voice.tick()
        guard now >= repeatAt else { return }
        repeatAt = now + Self.repeatAfter
        if let pending { send(pending) }
        if case .answered(_, let response) = state { send(response) }
    }
}

extension TestPhone {
    private var contact: SIPURI { SIPURI(user: account.number, at: socket.local) }

    private var description: SessionDescription {
        let formats = [
            SessionDescription.Format(payloadType: 8, encoding: "PCMA", clockRate: 8000),
            SessionDescription.Format(
                payloadType: VoiceStream.eventType, encoding: "telephone-event", clockRate: 8000, parameters: "0-15"),
        ]
        return SessionDescription(
            sessionID: 1, version: 1, address: voice.local.address,
            media: [SessionDescription.Media(port: voice.local.port, formats: formats, packetTime: 20)])
    }

    private static func token() -> String { String(UInt64.random(in: .min ... .max), radix: 36) }

    private func via() -> Via {
        Via(
            transport: "UDP", host: socket.local.address.host, port: socket.local.port,
            parameters: [Parameter("branch", "z9hG4bK" + Self.token()), Parameter("rport")])
    }

    private func request(_ method: Method, to uri: SIPURI, dialog: Dialog?) -> Message {
        sequence += 1
        let home = SIPURI(user: account.number, host: server.address.host, port: server.port)
        let local = dialog?.local ?? NameAddress(uri: home, parameters: [Parameter("tag", Self.token())])
        let remote = dialog?.remote ?? NameAddress(uri: method == .register ? home : uri)
        var message = Message(
            .request(method, uri), vias: [via()], from: local, to: remote, callID: dialog?.callID ?? Self.token(),
            sequence: sequence, sequenceMethod: method)
        message.maxForwards = 70
        message.setHeader("User-Agent", "Apus self-test")
        return message
    }

    private func response(_ status: Int, to request: Message) -> Message {
        var message = Message(
            .response(status: status, reason: status == 180 ? "Ringing" : "OK"), vias: request.vias, from: request.from,
            to: request.to, callID: request.callID, sequence: request.sequence, sequenceMethod: request.sequenceMethod)
        message.recordRoutes = request.recordRoutes
        if message.to.tag == nil { message.to.tag = account.number }
        if request.method == .invite { message.contacts = [NameAddress(uri: contact)] }
        return message
    }

    private func begin(_ request: Message) {
        (pending, hasAuthorized, lastRefusal) = (request, false, nil)
        repeatAt = .now + Self.repeatAfter
        send(request)
    }

    /// What cannot be sent now goes out again with the next repeat.
    private func send(_ message: Message) {
        guard let bytes = MessagePrinter.print(message) else { return }
        try? bytes.withUnsafeBytes { try socket.send($0, to: server) }
    }

    private func receive() {
        var buffer = [UInt8](repeating: 0, count: MessageParser.maxLength)
        while let arrival = try? buffer.withUnsafeMutableBytes({ try socket.receive(into: $0) }) {
            guard arrival.remote == server else { continue }
            let outcome = buffer.withUnsafeBytes {
                MessageParser.parse(datagram: UnsafeRawBufferPointer(rebasing: $0.prefix(arrival.count)))
            }
            guard case .message(let message) = outcome else { continue }
            if let status = message.status { take(message, status) } else if let method = message.method { take(message, method) }
        }
    }

    private func take(_ request: Message, _ method: Method) {
        switch (state, method) {
        case (.idle, .invite), (.ringing, .invite):
            state = .ringing(request)
            send(response(180, to: request))
        case (.answered(let dialog, _), .ack):
            state = .talking(dialog)
        case (.answered(let dialog, _), .bye), (.talking(let dialog), .bye):
            guard dialog.callID == request.callID else { return }
            voice.remote = nil
            state = .idle
            send(response(200, to: request))
        case (.ringing, .cancel):
            state = .idle
            send(response(200, to: request))
        default:
            if method != .ack { send(response(200, to: request)) }
        }
    }

    private func take(_ response: Message, _ status: Int) {
        guard let request = pending, response.sequence == request.sequence, response.callID == request.callID else {
            // A repeated 200: our ACK was lost.
            if response.sequenceMethod == .invite, status / 100 == 2, case .talking = state { acknowledge(response) }
            return
        }
        if status < 200 {
            repeatAt = .now + .seconds(60)
            return
        }
        pending = nil
        if status == 401 || status == 407 {
            if request.method == .invite { refuseAcknowledged(response, of: request) }
            if !hasAuthorized, let next = authorized(request, by: response, status: status) {
                pending = next
                hasAuthorized = true
                repeatAt = .now + Self.repeatAfter
                return send(next)
            }
        }
        if status >= 300 { lastRefusal = status }
        conclude(request, response, status)
    }

    private func conclude(_ request: Message, _ response: Message, _ status: Int) {
        switch request.method {
        case .register?:
            isRegistered = status < 300 && request.contacts.first?.parameters["expires"] != "0"
        case .invite?:
            guard status < 300 else {
                if status != 401 && status != 407 { refuseAcknowledged(response, of: request) }
                state = .failed
                return
            }
            answeredAt = .now
            voice.remote = response.sessionDescription?.audioEndpoint
            state = .talking(
                Dialog(
                    target: response.contacts.first?.uri ?? request.to.uri, local: response.from, remote: response.to,
                    callID: response.callID))
            acknowledge(response)
        case .bye?:
            state = .idle
        default:
            break
        }
    }

    /// ACK of a 2xx: a request of its own within the dialog (RFC 3261 §13.2.2.4).
    private func acknowledge(_ response: Message) {
        guard case .talking(let dialog) = state else { return }
        var ack = request(.ack, to: dialog.target, dialog: dialog)
        ack.sequence = response.sequence
        send(ack)
    }

    /// ACK of a refusal: part of the INVITE's transaction (RFC 3261 §17.1.1.3).
    private func refuseAcknowledged(_ response: Message, of invite: Message) {
        guard case .request(_, let uri) = invite.start else { return }
        var ack = Message(
            .request(.ack, uri), vias: invite.vias, from: invite.from, to: response.to, callID: invite.callID,
            sequence: invite.sequence, sequenceMethod: .ack)
        ack.maxForwards = 70
        send(ack)
    }

    /// The same request again with an answer to the first challenge that we know (RFC 8760: the best one stands first).
    private func authorized(_ request: Message, by response: Message, status: Int) -> Message? {
        guard case .request(let method, let uri) = request.start else { return nil }
        let name = status == 401 ? "WWW-Authenticate" : "Proxy-Authenticate"
        let challenges = response.headers.filter { $0.name.equalsIgnoringCase(name) }
        for challenge in challenges {
            guard let digest = DigestAnswer(challenge: challenge.value, hashing: hashing) else { continue }
            var next = request
            sequence += 1
            next.sequence = sequence
            next.vias = [via()]
            let text = digest.text(account: account, method: method.rawValue, uri: uri.description, clientNonce: Self.token())
            next.setHeader(status == 401 ? "Authorization" : "Proxy-Authorization", text)
            return next
        }
        return nil
    }
}
