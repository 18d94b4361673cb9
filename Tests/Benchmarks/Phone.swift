import Cryptography
import Host
import SIPTransport
import Signalling
import Telephony

/// A telephone of a load: registers, calls and hangs up when told, takes every call at once. Sends no voice.
final class Phone {
    /// The request that waits for its answer.
    private struct Request {
        var method: String, uri: String, to: String, callID: String
        var branch = "", sequence = 0, isAuthorized = false
    }

    let number: String, socket: UDPSocket
    /// What it does when what it was told is done.
    var next: (Phone) -> Void = { _ in }
    private let server: Endpoint
    private var pending: Request?
    private var dialog: (target: String, to: String, callID: String)?
    private var sequence = 0
    private var buffer = [UInt8](repeating: 0, count: 8192)

    init(_ number: String, at server: Endpoint) throws {
        (self.number, self.server) = (number, server)
        socket = try UDPSocket(bind: Endpoint(.loopback, 0))
    }

    func register() {
        begin(Request(method: "REGISTER", uri: "sip:\(server)", to: "<sip:\(number)@\(server)>", callID: "register-\(number)"))
    }

    func call(_ callee: String) {
        let uri = "sip:\(callee)@\(server)"
        begin(Request(method: "INVITE", uri: uri, to: "<\(uri)>", callID: "call-\(number)-\(sequence)"))
    }

    /// Ends the talk that was begun last.
    func hangUp() {
        guard let dialog else { return }
        begin(Request(method: "BYE", uri: dialog.target, to: dialog.to, callID: dialog.callID))
    }

    /// Takes what was received; throws where the exchange refuses something.
    func receive() throws {
        while let text = try arrival() {
            if let status = text.status { try take(text, status) } else { answer(text) }
        }
    }

    /// Takes what was received; whether there was a challenge.
    func isChallenged() throws -> Bool {
        while let text = try arrival() { if text.status == 401 { return true } }
        return false
    }

    private func arrival() throws -> SIPText? {
        guard let arrival = try buffer.withUnsafeMutableBytes({ try socket.receive(into: $0) }) else { return nil }
        return SIPText(String(decoding: buffer[..<arrival.count], as: UTF8.self))
    }

    private func take(_ response: SIPText, _ status: Int) throws {
        guard var request = pending, response.value("CSeq") == "\(request.sequence) \(request.method)", status >= 200 else {
            return
        }
        pending = nil
        switch status {
        case 401 where !request.isAuthorized:
            if request.method == "INVITE" { acknowledge(request.uri, request, response) }
            request.isAuthorized = true
            let nonce = response.quoted("nonce", in: "WWW-Authenticate"), realm = response.quoted("realm", in: "WWW-Authenticate")
            begin(request, credentials(request, realm: realm, nonce: nonce))
        case 200:
            if request.method == "INVITE" {
                dialog = (String(response.contact), String(response.value("To")), request.callID)
                request.branch += "-ack"
                acknowledge(String(response.contact), request, response)
            }
            next(self)
        default:
            throw Failure("\(request.method) of \(number) was answered with \(status)")
        }
    }

    /// Digest of RFC 7616 with SHA-256, the first of the challenges.
    private func credentials(_ request: Request, realm: Substring, nonce: Substring) -> String {
        let hash = Hashing.openSSL.sha256, clientNonce = "\(number)\(sequence)"
        let who = hash("\(number):\(realm):\(ExchangeProcess.secret(of: number))"),
            what = hash("\(request.method):\(request.uri)")
        return "Authorization: Digest username=\"\(number)\", realm=\"\(realm)\", nonce=\"\(nonce)\", uri=\"\(request.uri)\", "
            + "response=\"\(hash("\(who):\(nonce):00000001:\(clientNonce):auth:\(what)"))\", algorithm=SHA-256, qop=auth, "
            + "nc=00000001, cnonce=\"\(clientNonce)\"\r\n"
    }

    private func begin(_ request: Request, _ credentials: String = "") {
        var request = request
        sequence += 1
        request.sequence = sequence
        request.branch = "z9hG4bK-\(number)-\(sequence)"
        pending = request
        send(head(request, request.method, uri: request.uri, to: request.to) + credentials, body: request.method == "INVITE")
    }

    private func acknowledge(_ uri: String, _ request: Request, _ response: SIPText) {
        send(head(request, "ACK", uri: uri, to: String(response.value("To"))), body: false)
    }

    private func head(_ request: Request, _ method: String, uri: String, to: String) -> String {
        "\(method) \(uri) SIP/2.0\r\nVia: SIP/2.0/UDP \(socket.local);branch=\(request.branch);rport\r\nMax-Forwards: 70\r\n"
            + "From: <sip:\(number)@\(server)>;tag=\(number)\r\nTo: \(to)\r\nCall-ID: \(request.callID)\r\n"
            + "CSeq: \(request.sequence) \(method)\r\nContact: <sip:\(number)@\(socket.local)>\r\nUser-Agent: Apus load\r\n"
    }

    /// Every call rings and is taken, everything else is agreed to.
    private func answer(_ request: SIPText) {
        if request.method == "ACK" { return }
        let isCall = request.method == "INVITE", to = request.value("To")
        let head =
            request.lines("Via") + request.lines("Record-Route") + request.lines("From")
            + "To: \(to)\(to.contains(";tag=") ? "" : ";tag=\(number)")\r\n" + request.lines("Call-ID") + request.lines("CSeq")
            + "Contact: <sip:\(number)@\(socket.local)>\r\n"
        if isCall { send("SIP/2.0 180 Ringing\r\n" + head, body: false) }
        send("SIP/2.0 200 OK\r\n" + head, body: isCall)
    }

    /// A packet that the kernel refuses is one that is lost.
    private func send(_ head: String, body hasBody: Bool) {
        // Nobody listens at port 9: there is no voice.
        let body =
            !hasBody
            ? ""
            : "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 8 101\r\n"
                + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=sendrecv\r\n"
        let type = hasBody ? "Content-Type: application/sdp\r\n" : ""
        try? socket.send(Array("\(head)\(type)Content-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8), to: server)
    }
}

/// Phones on one thread.
final class Fleet {
    private static let patience = Duration.seconds(10)

    let phones: [Phone]
    private let poller: Poller

    /// Registers all of them.
    init(_ count: Int, at exchange: ExchangeProcess) throws {
        poller = try Poller()
        phones = try (0..<count).map { try Phone(String(ExchangeProcess.firstNumber + $0), at: exchange.server) }
        for (index, phone) in phones.enumerated() { try poller.add(phone.socket.fileDescriptor, tag: index) }
        var registered = 0
        for phone in phones {
            phone.next = { _ in registered += 1 }
            phone.register()
        }
        try run { registered == count }
    }

    /// Lets them talk to the exchange until it is done; throws where the exchange refuses something or falls silent.
    func run(until isDone: () -> Bool) throws {
        while !isDone() {
            let count = poller.wait(until: .now + Self.patience)
            guard count > 0 else { throw Failure("the exchange is silent") }
            for index in 0..<count { try phones[poller.tag(index)].receive() }
        }
    }
}
