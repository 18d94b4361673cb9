import Telephony
import Testing

@testable import Signalling

@Suite("Inside a dialog")
struct DialogFlowTests {
    var bench = Bench()
    var phone = Phone("101")

    /// Our end of the dialog as their requests write it.
    func here() -> NameAddress { bench.last(.invite).to }

    @Test("a BYE from a third address is refused and counted; another port of the same address is a new flow")
    mutating func thirdParty() {
        let id = bench.talking(with: &phone)
        var thief = phone.flow
        thief.remote.address = .v4(0x0A00_0099)
        #expect(bench.receive(phone.request(.bye, to: here()), thief) == ["refused", "→ 403 BYE"])
        #expect(bench.core.counters.foreignRequests == 1)
        phone.flow.remote.port = 33_333
        #expect(bench.receive(phone.request(.options, to: here()), phone.flow) == ["→ 200 OPTIONS"])
        _ = bench.order(.end(id, .normalClearing))
        #expect(bench.sent.last?.flow.remote.port == 33_333)
    }

    @Test(
        "no such dialog: 481", arguments: [Method.bye, .invite, .refer, .info, .update, .notify] as [Method])
    mutating func unknown(method: Method) {
        var (bench, phone) = (bench, phone)
        let to = NameAddress(uri: SIPURI(host: "10.0.0.1"), parameters: [Parameter("tag", "nobody")])
        #expect(bench.receive(phone.request(method, to: to), phone.flow) == ["refused", "→ 481 \(method)"])
        #expect(bench.receive(phone.request(.ack, to: to), phone.flow) == [])
        #expect(bench.core.counters.strayAcknowledgements == 1)
    }

    @Test("§12.2.2 a lower CSeq: 500")
    mutating func outOfTurn() {
        _ = bench.talking(with: &phone)
        #expect(bench.receive(phone.request(.info, to: here(), sequence: 1), phone.flow) == ["→ 500 INFO"])
    }

    @Test("re-INVITE: told, answered, repeated until its ACK; the version may be the same")
    mutating func reoffered() {
        let id = bench.talking(with: &phone)
        let hold = phone.request(.invite, to: here(), sdp: sdp(1))
        #expect(bench.receive(hold, phone.flow) == ["→ 100 INVITE", "1 reoffered v1"])
        #expect(bench.order(.acceptReoffer(id, sdp(3))) == ["→ 200 INVITE sdp"])
        #expect(bench.pass(.seconds(1)) == ["0.5 → 200 INVITE sdp"])
        #expect(bench.receive(phone.acknowledge(bench.last), phone.flow) == [])
        #expect(bench.pass(.seconds(40)) == [])
        #expect(bench.receive(phone.request(.update, to: here(), sdp: sdp(4)), phone.flow) == ["1 reoffered v4"])
        #expect(bench.order(.refuseReoffer(id)) == ["→ 488 UPDATE"])
        #expect(bench.receive(phone.request(.invite, to: here()), phone.flow) == ["→ 100 INVITE", "1 reoffered"])
        #expect(bench.order(.acceptReoffer(id, sdp(5))) == ["→ 200 INVITE sdp"])
        #expect(bench.receive(phone.acknowledge(bench.last, sdp: sdp(6)), phone.flow) == ["1 confirmed v6"])
    }

    @Test("§14.2 a second offer before the first is answered: 500 with Retry-After")
    mutating func pending() {
        _ = bench.talking(with: &phone)
        _ = bench.receive(phone.request(.invite, to: here(), sdp: sdp(4)), phone.flow)
        #expect(bench.receive(phone.request(.update, to: here(), sdp: sdp(5)), phone.flow) == ["→ 500 UPDATE"])
        #expect(bench.last.header("Retry-After").flatMap { Int($0) }.map { (0..<10).contains($0) } == true)
    }

    @Test("a re-INVITE may be cancelled; the session goes on")
    mutating func reofferCancelled() {
        let id = bench.talking(with: &phone)
        _ = bench.receive(phone.request(.invite, to: here(), sdp: sdp(4)), phone.flow)
        var cancel = phone.request(.cancel, to: here(), sequence: phone.sequence)
        cancel.vias = bench.last.vias
        #expect(bench.receive(cancel, phone.flow) == ["→ 200 CANCEL", "→ 487 INVITE"])
        #expect(bench.order(.acceptReoffer(id, sdp(5))) == [])
        #expect(bench.order(.reinvite(id, sdp(6))) == ["→ INVITE sdp"])
    }

    @Test("the end of the session answers a re-INVITE that still waits")
    mutating func reofferAtTheEnd() {
        let id = bench.talking(with: &phone)
        _ = bench.receive(phone.request(.invite, to: here(), sdp: sdp(4)), phone.flow)
        #expect(bench.order(.end(id, .normalClearing)) == ["→ BYE", "→ 487 INVITE", "1 ended normalClearing"])
    }

    @Test("our re-INVITE: answered, refused; a 200 without ACK is acknowledged again")
    mutating func reinvite() {
        let id = bench.talking(with: &phone)
        #expect(bench.order(.reinvite(id, sdp(3))) == ["→ INVITE sdp"])
        let ok = phone.answer(200, to: bench.last, sdp: sdp(4))
        #expect(bench.receive(ok, phone.flow) == ["→ ACK", "1 reanswered v4"])
        #expect(bench.receive(ok, phone.flow) == ["→ ACK"])
        #expect(bench.order(.reinvite(id, sdp(5))) == ["→ INVITE sdp"])
        #expect(bench.receive(phone.answer(488, to: bench.last), phone.flow) == ["→ ACK", "1 reanswered"])
        #expect(bench.core.info(id) != nil)
        #expect(bench.order(.reinvite(id, sdp(6))) == ["→ INVITE sdp"])
        #expect(bench.receive(phone.answer(481, to: bench.last), phone.flow) == ["→ ACK", "→ BYE", "1 ended timeout 481"])
    }

    @Test("§14.1 glare: theirs gets 491 while ours is under way, ours is tried again after 0–2 s")
    mutating func glare() {
        let id = bench.talking(with: &phone)
        _ = bench.order(.reinvite(id, sdp(3)))
        let ours = bench.last
        let theirs = phone.request(.invite, to: NameAddress(uri: ours.from.uri, parameters: ours.from.parameters), sdp: sdp(9))
        #expect(bench.receive(theirs, phone.flow) == ["→ 100 INVITE", "→ 491 INVITE"])
        var ack = theirs
        (ack.start, ack.sequenceMethod) = (.request(.ack, SIPURI(host: "x")), .ack)
        _ = bench.receive(ack, phone.flow)
        #expect(bench.receive(phone.answer(491, to: ours), phone.flow) == ["→ ACK"])
        let lines = bench.pass(.seconds(2))
        #expect(lines.first?.hasSuffix("→ INVITE sdp") == true)
        #expect(bench.last.sequence == ours.sequence + 1)
        #expect(bench.last.sessionDescription == sdp(3))
    }

    @Test("§14.1 who owns the Call-ID waits 2.1–4 s; a newer order takes the place of the refused one")
    mutating func glareAsOwner() {
        phone = Phone("102")
        let id = bench.answered(by: phone)
        _ = bench.order(.reinvite(id, sdp(3)))
        _ = bench.receive(phone.answer(491, to: bench.last), phone.flow)
        #expect(bench.order(.reinvite(id, sdp(4))) == [])
        #expect(bench.pass(.milliseconds(2099)) == [])
        #expect(bench.pass(.milliseconds(1901)).isEmpty == false)
        #expect(bench.last.sessionDescription == sdp(4))
    }

    @Test("§14.1 an order given while the refused one was under way takes its place too")
    mutating func glareSuperseded() {
        let id = bench.talking(with: &phone)
        _ = bench.order(.reinvite(id, sdp(3)))
        let ours = bench.last
        #expect(bench.order(.reinvite(id, sdp(4))) == [])
        _ = bench.receive(phone.answer(491, to: ours), phone.flow)
        _ = bench.pass(.seconds(2))
        #expect(bench.last.sessionDescription == sdp(4))
    }

    @Test("an order that comes too early waits its turn, the latest only")
    mutating func waits() {
        _ = bench.called(by: &phone)
        let id = SessionID(1)
        _ = bench.order(.accept(id, sdp(2)))
        let ok = bench.last
        #expect(bench.order(.reinvite(id, sdp(3))) == [])
        #expect(bench.order(.reinvite(id, sdp(4))) == [])
        #expect(bench.receive(phone.acknowledge(ok), phone.flow) == ["1 confirmed", "→ INVITE sdp"])
        #expect(bench.last.sessionDescription == sdp(4))
    }

    @Test("INFO: a key, in each of its forms; other bodies 415")
    mutating func info() {
        _ = bench.talking(with: &phone)
        let bodies = [
            ("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", ["→ 200 INFO", "1 digit 5"]),
            ("application/dtmf-relay", "signal= 11\r\n", ["→ 200 INFO", "1 digit #"]),
            ("application/dtmf", "*", ["→ 200 INFO", "1 digit *"]), ("application/dtmf", "flash", ["→ 200 INFO"]),
            ("application/dtmf", "Signal=7\r\nDuration=250\r\n", ["→ 200 INFO", "1 digit 7"]),
            // RFC 4733: a press in three messages, the same key again, one that says its end alone, and one that says no end.
            ("audio/telephone-event", "\u{5}\u{0A}\u{0}\u{50}", ["→ 200 INFO", "1 digit 5"]),
            ("audio/telephone-event", "\u{5}\u{0A}\u{0}\u{60}", ["→ 200 INFO"]),
            ("audio/telephone-event", "\u{5}\u{0A}\u{0}\u{50}", ["→ 200 INFO", "1 digit 5"]),
            ("audio/telephone-event", "\u{B}\u{0A}\u{0}\u{60}", ["→ 200 INFO", "1 digit #"]),
            ("audio/telephone-event", "\u{B}", ["→ 200 INFO"]),
            ("audio/telephone-event", "\u{20}\u{0A}\u{0}\u{60}", ["→ 200 INFO"]),
            ("text/plain", "5", ["→ 415 INFO"]),
        ]
        for (type, text, lines) in bodies {
            var message = phone.request(.info, to: here())
            message.contentType = type
            message.body = Array(text.utf8)
            #expect(bench.receive(message, phone.flow) == lines)
        }
        for (octets, lines) in [
            ([5, 0x0A, 0, 80], ["→ 200 INFO", "1 digit 5"]), ([5, 0x8A, 1, 64], ["→ 200 INFO"]),
            ([5, 0x8A, 1, 64], ["→ 200 INFO", "1 digit 5"]),
        ] as [([UInt8], [String])] {
            var message = phone.request(.info, to: here())
            (message.contentType, message.body) = ("audio/telephone-event", octets)
            #expect(bench.receive(message, phone.flow) == lines)
        }
        #expect(bench.receive(phone.request(.notify, to: here()), phone.flow) == ["→ 481 NOTIFY"])
        #expect(bench.receive(phone.request("MESSAGE", to: here()), phone.flow) == ["→ 405 MESSAGE"])
    }

    // MARK: Session timers

    @Test("RFC 4028 §9: they refresh; without it the call ends 32 s before the interval")
    mutating func theyRefresh() {
        _ = bench.talking(with: &phone, timer: "1800;refresher=uac")
        let ok = bench.last(.invite)
        #expect(ok.header("Session-Expires") == "1800;refresher=uac" && ok.header("Require") == "timer")
        _ = bench.pass(.seconds(1000))
        var update = phone.request(.update, to: here())
        update.setHeader("Supported", "timer")
        update.setHeader("Session-Expires", "1800;refresher=uac")
        #expect(bench.receive(update, phone.flow) == ["→ 200 UPDATE"])
        #expect(bench.pass(.seconds(1767)) == [])
        #expect(bench.pass(.seconds(1)) == ["1.0 → BYE", "1.0 1 ended timeout"])
    }

    @Test("§9 too small: 422 with Min-SE")
    mutating func tooSmall() {
        #expect(bench.called(by: &phone, timer: "60") == ["→ 100 INVITE", "→ 422 INVITE"])
        #expect(bench.last.header("Min-SE") == "90")
    }

    @Test("§10 we refresh at half by UPDATE, silently; no answer ends the call")
    mutating func weRefresh() {
        phone = Phone("102")
        _ = bench.answered(
            by: phone, headers: [Header("Session-Expires", "600;refresher=uac"), Header("Allow", "INVITE, UPDATE")])
        #expect(bench.pass(.seconds(300)) == ["300.0 → UPDATE"])
        #expect(bench.last.header("Session-Expires") == "600;refresher=uac")
        var ok = phone.answer(200, to: bench.last)
        ok.headers = [Header("Session-Expires", "600;refresher=uac")]
        #expect(bench.receive(ok, phone.flow) == [])
        let lines = bench.pass(.seconds(340))
        #expect(lines.first == "300.0 → UPDATE")
        #expect(lines.contains("332.0 → BYE") && lines.contains("332.0 1 ended timeout 408"))
    }

    @Test("§10 without UPDATE the refresh is a re-INVITE that changes nothing")
    mutating func refreshByInvite() {
        phone = Phone("102")
        _ = bench.answered(by: phone, headers: [Header("Session-Expires", "600;refresher=uac")])
        #expect(bench.pass(.seconds(300)) == ["300.0 → INVITE sdp"])
        #expect(bench.last.sessionDescription == sdp(1))
        var ok = phone.answer(200, to: bench.last, sdp: sdp(2))
        ok.headers = [Header("Session-Expires", "600;refresher=uac")]
        #expect(bench.receive(ok, phone.flow) == ["→ ACK"])
        _ = bench.pass(.seconds(300))
        ok = phone.answer(200, to: bench.last, sdp: sdp(7))
        #expect(bench.receive(ok, phone.flow) == ["→ ACK", "1 reanswered v7"])
    }
}

@Suite("REFER, RFC 3515 and RFC 3891")
struct ReferralTests {
    var bench = Bench()
    var phone = Phone("101")
    var id = SessionID(1)

    mutating func refer(_ to: String?, quiet: Bool = false) -> [String] {
        id = bench.talking(with: &phone)
        var request = phone.request(.refer, to: bench.last(.invite).to)
        request.setHeader("Refer-To", to)
        if quiet { request.setHeader("Refer-Sub", "false") }
        return bench.receive(request, phone.flow)
    }

    @Test("blind: 202, NOTIFY 100 at once, NOTIFY with the outcome ends the subscription")
    mutating func blind() {
        let lines = refer("<sip:103@10.0.0.1>")
        #expect(lines == ["→ 202 REFER", "→ NOTIFY sdp", "1 referred sip:103@10.0.0.1"])
        #expect(String(decoding: bench.last.body, as: UTF8.self) == "SIP/2.0 100 Trying\r\n")
        #expect(bench.last.header("Event") == "refer" && bench.last.contentType == "message/sipfrag")
        #expect(bench.last.header("Subscription-State") == "active;expires=60")
        #expect(bench.order(.notifyReferral(id, status: 200)) == ["→ NOTIFY sdp"])
        #expect(bench.last.header("Subscription-State") == "terminated;reason=noresource")
        #expect(bench.order(.notifyReferral(id, status: 200)) == [])
    }

    @Test("Replaces by Call-ID and tags alone, whatever the host; early dialogs too")
    mutating func attended() {
        var other = Phone("101", port: 5066)
        _ = bench.called(by: &other)
        _ = bench.order(.progress(SessionID(1), status: 180, nil))
        let tag = bench.last.to.tag ?? ""
        let reference = "\(other.callID);to-tag=\(tag);from-tag=\(other.tag)".replacing(";", with: "%3B").replacing(
            "=", with: "%3D")
        let lines = refer("<sip:102@elsewhere?Replaces=\(reference)>")
        #expect(lines.last == "2 referred sip:102@elsewhere replaces 1")
    }

    @Test("a Replaces of nobody, a malformed Refer-To, another method")
    mutating func refused() {
        let faults: [(String?, String)] = [
            ("<sip:1@x?Replaces=a%3Bto-tag%3D1%3Bfrom-tag%3D2>", "481"), ("<sip:1@x?Replaces=a>", "400"), ("rubbish", "400"),
            (nil, "400"), ("<sip:1@x>, <sip:2@x>", "400"), ("<sip:1@x;method=BYE>", "403"),
        ]
        for (target, status) in faults {
            bench = Bench()
            phone = Phone("101")
            let lines = refer(target)
            #expect(lines == ["→ \(status) REFER"])
        }
    }

    @Test("norefersub: no NOTIFY")
    mutating func quiet() {
        let lines = refer("sip:103@10.0.0.1", quiet: true)
        #expect(lines == ["→ 202 REFER", "1 referred sip:103@10.0.0.1"])
        #expect(bench.order(.notifyReferral(id, status: 200)) == [])
    }

    @Test("outside a dialog: 403")
    mutating func outside() {
        var request = phone.request(.refer)
        request.setHeader("Refer-To", "<sip:103@x>")
        #expect(bench.receive(request, phone.flow) == ["refused", "→ 403 REFER"])
    }
}

@Suite("Requests outside a dialog, RFC 3261 §8.2")
struct RequestTests {
    var bench = Bench()
    var phone = Phone("101")

    @Test("OPTIONS needs nobody's password, not even with Max-Forwards 0")
    mutating func options() {
        var request = phone.request(.options)
        request.maxForwards = 0
        #expect(bench.receive(request, phone.flow) == ["→ 200 OPTIONS"])
        #expect(bench.last.header("Allow")?.contains("INVITE") == true && bench.last.header("Accept") == "application/sdp")
        let tag = bench.last.to.tag
        _ = bench.receive(request, phone.flow)
        #expect(bench.last.to.tag == tag && bench.core.layer.count == 0)
    }

    @Test(
        "what we do not do",
        arguments: [
            ("SUBSCRIBE", 489), ("PUBLISH", 489), ("NOTIFY", 489), ("MESSAGE", 405), ("FOO", 405), ("BYE", 481), ("INFO", 481),
            ("UPDATE", 481),
        ] as [(Method, Int)])
    mutating func others(method: Method, status: Int) {
        var (bench, phone) = (bench, phone)
        #expect(bench.receive(phone.request(method), phone.flow) == ["refused", "→ \(status) \(method)"])
    }

    @Test("§8.2.2.3 Require: 420 names what is unknown")
    mutating func require() {
        var request = phone.request(.invite, sdp: sdp(1))
        request.setHeader("Require", "timer, 100rel, foo")
        #expect(bench.receive(request, phone.flow) == ["refused", "→ 420 INVITE"])
        #expect(bench.last.header("Unsupported") == "100rel, foo")
    }

    @Test("§16.3 Max-Forwards 0: 483")
    mutating func hops() {
        var request = phone.request(.invite, sdp: sdp(1))
        request.maxForwards = 0
        #expect(bench.receive(request, phone.flow) == ["refused", "→ 483 INVITE"])
    }

    @Test("§8.2.2.2 the same INVITE by another way: 482")
    mutating func merged() {
        _ = bench.called(by: &phone)
        var copy = phone.request(.invite, sequence: phone.sequence, sdp: sdp(1))
        copy.setHeader("X", "y")
        #expect(bench.receive(copy, phone.flow) == ["refused", "→ 482 INVITE"])
    }

    @Test(
        "§8.2.3 bodies and URIs that we cannot use",
        arguments: [
            ("text/plain", "hello", nil, "sip", 415), ("application/sdp", "rubbish", nil, "sip", 400),
            ("application/sdp", "v=0", "gzip", "sip", 415), (nil, "", nil, "http", 416),
        ] as [(String?, String, String?, String, Int)])
    mutating func bodies(type: String?, text: String, encoding: String?, scheme: String, status: Int) {
        var bench = Bench(peers: [.init(id: "mtt", address: .v4(0x0A00_0065), port: nil)])
        var phone = phone
        var request = phone.request(.invite)
        request.contentType = type
        request.body = Array(text.utf8)
        request.setHeader("Content-Encoding", encoding)
        request.start = .request(.invite, SIPURI(scheme: scheme, user: "1", host: "h"))
        let told = "turned away peer(\"mtt\") \(Cause(sipStatus: status))"
        #expect(bench.receive(request, phone.flow) == ["refused", told, "→ 100 INVITE", "→ \(status) INVITE"])
        #expect(bench.core.sessions.isEmpty)
    }

    @Test("RFC 3581: rport and received tell where it came from; the answer goes there")
    mutating func source() {
        var request = phone.request(.options)
        request.vias[0].host = "192.168.7.7"
        request.vias[0].parameters["rport"] = nil
        _ = bench.receive(request, phone.flow)
        #expect(bench.last.vias[0].text.hasSuffix(";received=10.0.0.101"))
        #expect(bench.last.vias[0].parameters["rport"] == nil)
        #expect(bench.sent.last?.flow == phone.flow)
    }

    @Test("our own address where we listen on all of them")
    mutating func listeningAnywhere() {
        var settings = bench.core.settings
        settings.listen = [.init(.udp, Endpoint(.any, 5070))]
        let networks = LocalNetworks(interfaces: [.init(.v4(0x0A00_0005), prefixLength: 24)])
        _ = bench.core.reconfigure(settings, networks: networks, at: bench.now)
        #expect(bench.core.flow(to: phone.flow.remote).local == Endpoint(.v4(0x0A00_0005), 5070))
    }

    @Test("five thousand transactions alive do not change an answer, and all of them end")
    mutating func many() {
        bench = Bench(peers: [.init(id: "mtt", address: .v4(0x0A00_0065), port: nil)])
        for _ in 0..<3000 {
            phone.callID = "many-\(phone.sequence)"
            _ = bench.receive(phone.request(.invite, sdp: sdp(1)), phone.flow)
            _ = bench.order(.reject(SessionID(bench.core.nextSession - 1), status: 486, .busy))
        }
        #expect(bench.core.layer.count == 3000)
        _ = bench.pass(.seconds(64))
        #expect(bench.core.layer.count == 0 && bench.core.sessions.isEmpty && bench.core.deadline == nil)
    }
}
