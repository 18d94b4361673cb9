import SIPTransport
import Signalling
import Telephony
import Testing

/// Message → text → the same message, for every kind that the exchange sends.
@Suite struct RoundTrip {
    private static func base(_ start: Message.Start, _ method: Method) -> Message {
        var message = Message(
            start,
            vias: [
                Via(
                    transport: "UDP", host: "10.0.0.1", port: 5060,
                    parameters: [Parameter("branch", "z9hG4bKa1"), Parameter("rport")]),
                Via(
                    transport: "TCP", host: "[2001:db8::9]",
                    parameters: [Parameter("branch", "z9hG4bKb2"), Parameter("received", "10.0.0.7")]),
            ],
            from: NameAddress(
                name: "Анна \"Аня\" П.", uri: SIPURI(user: "101", host: "pbx.office.lan"), parameters: [Parameter("tag", "f1")]),
            to: NameAddress(uri: SIPURI(user: "+74951234567", host: "[::1]", port: 5080), parameters: [Parameter("tag", "t2")]),
            callID: "c4ll@10.0.0.1", sequence: 2_147_483_647, sequenceMethod: method)
        message.maxForwards = 69
        return message
    }

    static let kinds: [Message] = {
        var all: [Message] = []
        let methods: [Method] = [
            .invite, .ack, .bye, .cancel, .register, .options, .info, .update, .refer, .notify, .subscribe, "X-odd!",
        ]
        for method in methods {
            var message = base(.request(method, SIPURI(user: "a b%c", host: "192.0.2.7", parameters: [Parameter("lr")])), method)
            message.routes = [NameAddress(uri: SIPURI(host: "proxy", parameters: [Parameter("lr")]))]
            message.recordRoutes = [NameAddress(uri: SIPURI(host: "p1")), NameAddress(uri: SIPURI(host: "p2"))]
            message.contacts = [
                NameAddress(
                    name: "Kitchen, 2",
                    uri: SIPURI(user: "101", host: "10.0.0.9", port: 5062, parameters: [Parameter("transport", "tcp")]),
                    parameters: [Parameter("expires", "3600"), Parameter("+sip.instance", "\"<urn:uuid:1>\"")])
            ]
            message.headers = [
                Header("User-Agent", "Apus"), Header("Allow", "INVITE, ACK"),
                Header("Reason", "SIP;cause=200;text=\"Call completed elsewhere\""),
            ]
            message.headers += [
                Header("Refer-To", "<sip:103@10.0.0.3?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2>"), Header("Subject", "Привет"),
            ]
            message.headers += [Header("Authorization", "Digest username=\"101\", realm=\"apus\", nc=00000001")]
            all.append(message)
        }
        for (status, reason) in [
            (100, "Trying"), (180, "Ringing"), (200, "OK"), (401, "Unauthorized"), (488, "Нет общего кодека"), (603, ""),
        ] {
            var message = base(.response(status: status, reason: reason), .invite)
            message.maxForwards = nil
            message.headers = [
                Header("WWW-Authenticate", "Digest realm=\"apus\", nonce=\"n\", algorithm=SHA-256, qop=\"auth\""),
                Header("Server", "Apus"),
            ]
            message.setSessionDescription(SessionDescription(deskPhoneInvite.components(after: "\r\n\r\n")))
            all.append(message)
        }
        var star = base(.request(.register, SIPURI(host: "pbx")), .register)
        star.isStarContact = true
        var telephone = base(
            .request(
                .invite, SIPURI(scheme: "tel", user: "+74951234567", host: "", parameters: [Parameter("phone-context", "ru")])),
            .invite)
        telephone.body = Array("Signal=5\r\n".utf8) + [0, 255, 10]
        telephone.contentType = "application/x-binary"
        return all + [star, telephone]
    }()

    @Test("A message is read back as it was printed", arguments: kinds)
    func readBack(_ message: Message) throws {
        let text = try #require(MessagePrinter.print(message))
        let outcome = text.withUnsafeBytes { MessageParser.parse(datagram: $0) }
        #expect(outcome == .message(message))
    }

    @Test("Folded, compact and quoted headers come out long and whole")
    func deskPhone() throws {
        let message = try #require(parsed(deskPhoneInvite))
        #expect(message.from.name == "Анна \"А.\" Petrova")
        #expect(message.from.tag == "as58f4201b")
        #expect(
            message.vias == [
                Via(
                    transport: "UDP", host: "192.168.1.20", port: 5062,
                    parameters: [Parameter("branch", "z9hG4bK1234567890"), Parameter("rport")])
            ])
        #expect(message.contacts.first?.parameters["+sip.instance"] == "\"<urn:uuid:00000000-0000-1000-8000-00156523A4B5>\"")
        #expect(
            message.headers.map(\.name) == [
                "User-Agent", "Allow", "Supported", "Session-Expires", "Refer-To", "Referred-By", "Event", "Allow-Events",
                "Subject",
            ])
        #expect(message.contentType == "application/sdp")
        #expect(message.sessionDescription?.media.first?.port == 11_780)
        #expect(message.header("Subject") == "Привет")
        #expect(message.maxForwards == 70)
    }

    @Test("A line end in any value keeps the message off the wire")
    func noInjection() {
        let clean = Self.kinds[0]
        let edits: [(inout Message) -> Void] = [
            { $0.headers.append(Header("X", "a\r\nEvil: 1")) }, { $0.headers.append(Header("X\r\nEvil", "1")) },
            { $0.callID = "a\nb" }, { $0.from.name = "a\r\nEvil: 1" }, { $0.to.parameters.append(Parameter("x", "\u{0}")) },
            { $0.contacts[0].uri.parameters.append(Parameter("x", "\r\n")) }, { $0.vias[0].host = "a\r\n" },
            { $0.start = .response(status: 200, reason: "OK\r\nEvil: 1") }, { $0.sequenceMethod = "A\r\nB" },
        ]
        for edit in edits {
            var message = clean
            edit(&message)
            #expect(MessagePrinter.print(message) == nil)
        }
        #expect(MessagePrinter.print(clean) != nil)
    }

    @Test("Escaped line ends and brackets of a URI never come to life")
    func escapes() throws {
        let text = request(more: ["Contact: <sip:1%0D%0A1@h;x=a%0D%0AEvil:%20a;y=%3E>"])
        #expect(fault(text) == .uri)
        let message = try #require(parsed(request(more: ["Contact: <sip:1%3E1@h;x=a%0D%0AEvil%3a%20a;y=%3E>"])))
        #expect(message.contacts[0].uri.user == "1>1")
        let printed = String(decoding: try #require(MessagePrinter.print(message)), as: UTF8.self)
        #expect(printed.contains("<sip:1%3E1@h;x=a%0D%0AEvil:%20a;y=%3E>"))
    }
}

extension String {
    /// What follows the first occurrence of `mark`.
    func components(after mark: String) -> String {
        var rest = self[...]
        while !rest.isEmpty, !rest.hasPrefix(mark) { rest = rest.dropFirst() }
        return String(rest.dropFirst(mark.count))
    }
}
