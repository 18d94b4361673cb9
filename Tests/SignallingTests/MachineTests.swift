import Telephony
import Testing

@testable import Signalling

@Suite("Dialog, RFC 3261 §12")
struct DialogTests {
    @Test("§12.1.1 as callee: Record-Route in order, their Contact is the target, CSeq must not fall")
    func callee() {
        var phone = Phone("101")
        var invite = phone.request(.invite)
        invite.recordRoutes = ["a", "b"].map { NameAddress(uri: SIPURI(host: $0, parameters: [Parameter("lr")])) }
        var dialog = Dialog(callee: invite, tag: "ours", phone.flow)
        let bye = dialog.request(.bye, branch: "z9hG4bK1")
        #expect(bye.requestURI == phone.contact.uri)
        #expect(bye.routes.map(\.uri.host) == ["a", "b"])
        #expect(bye.from.tag == "ours" && bye.to.tag == phone.tag && bye.sequence == 1)
        #expect(bye.vias[0].text == "SIP/2.0/UDP 10.0.0.1:5060;branch=z9hG4bK1;rport")
        var late = invite
        late.sequence = 0
        #expect(dialog.receive(late, phone.flow) == .tooLate)
        late.sequence = 1
        #expect(dialog.receive(late, phone.flow) == .inTurn)
    }

    @Test("§12.1.2 as caller: Record-Route turned round; §12.2.1.1 a strict router gets the Request-URI")
    func caller() {
        var phone = Phone("102")
        var answer = phone.answer(200, to: phone.request(.invite), tag: "theirs")
        answer.recordRoutes = [
            NameAddress(uri: SIPURI(host: "near", parameters: [Parameter("lr")])), NameAddress(uri: SIPURI(host: "strict")),
        ]
        var dialog = Dialog(caller: phone.request(.invite), answer, phone.flow)
        let info = dialog.request(.info, branch: "b")
        #expect(info.requestURI?.host == "strict")
        #expect(info.routes.map(\.uri.host) == ["near", "10.0.0.101"])
        #expect(info.to.tag == "theirs" && info.sequence == 3)
        #expect(dialog.acknowledgement(sequence: 2, branch: "b").sequence == 2)
    }

    @Test("a stream's Contact says transport=tcp")
    func stream() {
        var phone = Phone("101", tcp: 3)
        let dialog = Dialog(callee: phone.request(.invite), tag: "x", phone.flow)
        #expect(dialog.contact.uri.description == "sip:102@10.0.0.1:5060;transport=tcp")
    }
}

@Suite("Offer and answer as a machine, RFC 3264 §4")
struct OfferAnswerMachineTests {
    @Test("ours, and its answer or refusal")
    func ours() {
        var machine = OfferAnswer()
        #expect(machine.offer(sdp(1)) == true)
        #expect(machine.offer(sdp(9)) == false)
        #expect(machine.receiveOffer(sdp(9)) == .glare)
        machine.receiveAnswer(sdp(2))
        #expect(machine.local == sdp(1) && machine.remote == sdp(2) && machine.isStable)
        #expect(machine.offer(sdp(3)) == true)
        machine.refuse()
        #expect(machine.local == sdp(1) && machine.isStable)
        machine.receiveAnswer(sdp(7))
        #expect(machine.remote == sdp(2))
    }

    @Test("theirs, with and without an offer")
    func theirs() {
        var machine = OfferAnswer()
        #expect(machine.receiveOffer(sdp(1)) == .taken)
        #expect(machine.receiveOffer(sdp(2)) == .pending)
        machine.answer(sdp(3))
        #expect(machine.local == sdp(3) && machine.remote == sdp(1) && machine.isStable)
        #expect(machine.receiveOffer(nil) == .taken)
        machine.answer(sdp(4))
        #expect(machine.state == .offered(sdp(4)))
        machine.receiveAnswer(sdp(5))
        #expect(machine.local == sdp(4) && machine.remote == sdp(5))
    }
}

@Suite("What two descriptions settle, RFC 3264 §6")
struct NegotiationTests {
    let here = Endpoint(.v4(0x0A00_0001), 10_000)

    func description(_ media: String, address: String = "10.0.0.101") throws -> SessionDescription {
        try #require(
            SessionDescription("v=0\r\no=- 1 1 IN IP4 10.0.0.101\r\ns=-\r\nc=IN IP4 \(address)\r\nt=0 0\r\n" + media))
    }

    func answer(
        _ offer: SessionDescription, codecs: [Codec] = [.alaw, .ulaw, .g722], prefer: Codec? = nil,
        limit: SessionDescription.Direction = .sendrecv
    ) -> (description: SessionDescription, agreement: VoiceAgreement)? {
        SessionDescription.answer(
            to: offer, codecs: codecs, prefer: prefer, endpoint: here, sessionID: 5, version: 6, limit: limit)
    }

    @Test(
        "lines cut where a word should be are no description",
        arguments: ["c=IN IP4 /", "m=audio / RTP/AVP 8", "c=IN IP4 ", "m=audio"])
    func cutWords(line: String) {
        #expect(SessionDescription("v=0\r\no=- 1 1 IN IP4 10.0.0.101\r\ns=-\r\nt=0 0\r\n\(line)\r\n") == nil)
    }

    @Test("the offerer's order among ours, or what we prefer if it is there")
    func order() throws {
        let offer = try description("m=audio 4000 RTP/AVP 18 0 8 96\r\na=rtpmap:96 telephone-event/8000\r\n")
        #expect(answer(offer)?.agreement.codec == .ulaw)
        #expect(answer(offer, prefer: .alaw)?.agreement.codec == .alaw)
        #expect(answer(offer, prefer: .g722)?.agreement.codec == .ulaw)
        let both = try #require(answer(offer))
        #expect(both.description.media[0].formats.map(\.payloadType) == [0, 96])
        #expect(both.agreement.sendEventType == 96 && both.agreement.receiveEventType == 96)
        #expect(both.agreement.remote == Endpoint(.v4(0x0A00_0065), 4000))
        #expect(both.agreement.remoteRTCP?.port == 4001)
    }

    @Test("dynamic payload types are the offerer's")
    func dynamic() throws {
        let offer = try description("m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 PCMA/8000\r\na=rtcp:5555\r\n")
        let result = try #require(answer(offer))
        #expect(result.agreement.codec == .alaw)
        #expect(result.agreement.sendPayloadType == 97 && result.agreement.receivePayloadType == 97)
        #expect(result.agreement.sendEventType == nil)
        #expect(result.agreement.remoteRTCP?.port == 5555)
        #expect(result.description.text.contains("a=rtpmap:97 PCMA/8000"))
    }

    @Test("every other line keeps its place with port 0")
    func otherLines() throws {
        let offer = try description(
            "m=video 5000 RTP/AVP 31\r\nm=audio 6000 RTP/SAVP 8\r\nm=audio 4000 RTP/AVP 8\r\nm=image 7000 udptl t38\r\n")
        let media = try #require(answer(offer)).description.media
        #expect(media.map(\.kind) == ["video", "audio", "audio", "image"])
        #expect(media.map(\.port) == [0, 0, 10_000, 0])
        #expect(media.map(\.proto) == ["RTP/AVP", "RTP/SAVP", "RTP/AVP", "udptl"])
    }

    @Test(
        "holds, 0.0.0.0 included",
        arguments: [
            ("sendrecv", "10.0.0.101", "sendrecv", true, true), ("sendonly", "10.0.0.101", "recvonly", false, true),
            ("recvonly", "10.0.0.101", "sendonly", true, false), ("inactive", "10.0.0.101", "inactive", false, false),
            ("sendrecv", "0.0.0.0", "recvonly", false, true), ("recvonly", "0.0.0.0", "inactive", false, false),
        ])
    func hold(theirs: String, address: String, ours: String, sends: Bool, receives: Bool) throws {
        let result = try #require(
            answer(try description("m=audio 4000 RTP/AVP 8\r\na=\(theirs)\r\n", address: address)))
        #expect(result.description.media[0].direction.rawValue == ours)
        #expect(result.agreement.sends == sends && result.agreement.receives == receives)
        #expect((result.agreement.remote == nil) == (address == "0.0.0.0"))
    }

    @Test("we do no more than the limit")
    func limit() throws {
        let offer = try description("m=audio 4000 RTP/AVP 8\r\n")
        #expect(answer(offer, limit: .sendonly)?.description.media[0].direction == .sendonly)
        #expect(answer(offer, limit: .inactive)?.description.media[0].direction == .inactive)
    }

    @Test("nothing common: nil, and a warning that names both lists")
    func mismatch() throws {
        let offer = try description(
            "m=audio 4000 RTP/AVP 18 101\r\na=rtpmap:18 G729/8000\r\na=rtpmap:101 telephone-event/8000\r\n")
        #expect(answer(offer) == nil)
        #expect(
            SessionDescription.mismatch(offer: offer, codecs: [.alaw, .g722])
                == "305 apus \"Incompatible media format: offered RTP/AVP G729, here RTP/AVP PCMA G722\"")
        let video = try description("m=video 4000 RTP/AVP 31\r\n")
        #expect(answer(video) == nil)
        #expect(SessionDescription.mismatch(offer: video, codecs: [.alaw]).hasPrefix("304 apus "))
    }

    @Test("our offer and their answer: both payload types may differ")
    func ourOffer() throws {
        let offer = SessionDescription.offer(codecs: [.alaw, .ulaw], endpoint: here, sessionID: 1, version: 1)
        #expect(offer.media[0].formats.map(\.payloadType) == [8, 0, 101])
        let reply = try description(
            "m=audio 4000 RTP/AVP 99 100\r\na=rtpmap:99 PCMU/8000\r\na=rtpmap:100 telephone-event/8000\r\n")
        let agreement = try #require(SessionDescription.agreement(offer: offer, answer: reply))
        #expect(agreement.codec == .ulaw)
        #expect(agreement.sendPayloadType == 99 && agreement.receivePayloadType == 0)
        #expect(agreement.sendEventType == 100 && agreement.receiveEventType == 101)
        #expect(agreement.sends && agreement.receives)
        #expect(SessionDescription.agreement(offer: offer, answer: try description("m=audio 0 RTP/AVP 8\r\n")) == nil)
        #expect(SessionDescription.agreement(offer: offer, answer: try description("m=audio 4000 RTP/AVP 9\r\n")) == nil)
        let held = try description("m=audio 4000 RTP/AVP 8\r\na=recvonly\r\n")
        #expect(SessionDescription.agreement(offer: offer, answer: held)?.receives == false)
    }

    @Test("§6.1, §7: all that an answer took may come, by our numbers and by its own; nothing that it did not take")
    func severalTaken() throws {
        let offer = SessionDescription.offer(codecs: [.alaw, .ulaw, .g722], endpoint: here, sessionID: 1, version: 1)
        func taken(_ lines: String) throws -> VoiceAgreement {
            try #require(SessionDescription.agreement(offer: offer, answer: try description(lines)))
        }
        let two = try taken("m=audio 4000 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n")
        #expect(two.codec == .alaw && two.alsoReceives == [VoiceType(0, .ulaw)] && two.otherEventType == nil)
        #expect(try taken("m=audio 4000 RTP/AVP 9 8\r\n").alsoReceives == [VoiceType(8, .alaw)])
        #expect(try taken("m=audio 4000 RTP/AVP 8 18\r\n").alsoReceives == [])
        let own = try taken(
            "m=audio 4000 RTP/AVP 97 98 96\r\na=rtpmap:97 PCMU/8000\r\na=rtpmap:98 PCMA/8000\r\na=rtpmap:96 telephone-event/8000\r\n"
        )
        #expect(own.codec == .ulaw && own.receivePayloadType == 0 && own.sendPayloadType == 97)
        #expect(Set(own.alsoReceives) == [VoiceType(97, .ulaw), VoiceType(98, .alaw), VoiceType(8, .alaw)])
        #expect(own.sendEventType == 96 && own.receiveEventType == 101 && own.otherEventType == 96)
        // A number of ours keeps our meaning.
        let crossed = try taken("m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 PCMU/8000\r\n")
        #expect(crossed.alsoReceives == [VoiceType(0, .ulaw)])
    }
}

@Suite("Session timers, RFC 4028")
struct SessionTimerTests {
    func request(_ interval: String?, floor: String? = nil, supported: String = "timer") -> Message {
        var phone = Phone("101")
        var invite = phone.request(.invite)
        invite.setHeader("Supported", supported)
        invite.setHeader("Session-Expires", interval)
        invite.setHeader("Min-SE", floor)
        return invite
    }

    @Test(
        "§9 as the answering side",
        arguments: [
            ("1800", 1800, SessionTimer.Refresher.them), ("7200", 1800, .them), ("90;refresher=uas", 90, .us),
            ("600 ; Refresher=UAC", 600, .them), ("nonsense", 1800, .them),
        ])
    func answering(header: String, interval: Int, refresher: SessionTimer.Refresher) {
        #expect(
            SessionTimer.demand(of: request(header), wanted: 1800)
                == .agreed(SessionTimer(interval: interval, refresher: refresher)))
    }

    @Test("§9 too small, too small for somebody on the way, not supported")
    func limits() {
        #expect(SessionTimer.demand(of: request("89"), wanted: 1800) == .tooSmall)
        #expect(
            SessionTimer.demand(of: request("4000", floor: "3600"), wanted: 1800)
                == .agreed(SessionTimer(interval: 3600, refresher: .them)))
        #expect(SessionTimer.demand(of: request("1800", supported: "100rel"), wanted: 1800) == .none)
    }

    @Test("§10 refresh at half, end at the interval less the smaller of 32 s and a third")
    func times() {
        #expect(SessionTimer(interval: 1800, refresher: .us).refreshesAfter == .seconds(900))
        #expect(SessionTimer(interval: 1800, refresher: .them).refreshesAfter == nil)
        #expect(SessionTimer(interval: 1800, refresher: .them).expiresAfter == .seconds(1768))
        #expect(SessionTimer(interval: 90, refresher: .them).expiresAfter == .seconds(60))
    }
}

@Suite("URIs as text")
struct AddressParserTests {
    @Test(
        "what is read is written the same",
        arguments: [
            "sip:101@10.0.0.1:5060", "sips:office", "sip:a%20b@[::1]:5070;transport=tcp;lr", "tel:+74951234567;phone-context=x",
            "sip:103@127.0.0.1?Replaces=a%40b%3Bto-tag%3D1%3Bfrom-tag%3D2",
        ])
    func roundTrip(text: String) { #expect(SIPURI(text)?.description == text) }

    @Test(
        "what is not one",
        arguments: [
            "", "sip:", "http://x", "sip:@host", "sip:a@", "sip:a@h:99999", "sip:a@h:", "sip:%00@h", "sip:a%4@h", "sip:a@b c",
            "sip:1@[::1", "tel:",
        ])
    func malformed(text: String) { #expect(SIPURI(text) == nil) }

    @Test("with a name, with brackets, without")
    func named() {
        let full = NameAddress("\"Anna, P\" <sip:101@h;x=1>;tag=ab")
        #expect(full?.name == "Anna, P" && full?.uri.parameter("x") == "1" && full?.tag == "ab")
        let bare = NameAddress("sip:101@h;tag=ab")
        #expect(bare?.uri.parameters.isEmpty == true && bare?.tag == "ab")
        #expect(NameAddress("<sip:101@h") == nil)
        #expect(NameAddress("<>") == nil)
    }

    @Test("Replaces, RFC 3891 §6.1")
    func replaces() {
        #expect(
            ReplacedDialog("12@h;from-tag=f;to-tag=t;early-only") == ReplacedDialog(callID: "12@h", toTag: "t", fromTag: "f"))
        #expect(ReplacedDialog("12@h;to-tag=t") == nil)
        #expect(ReplacedDialog("") == nil)
    }
}
