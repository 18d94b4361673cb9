import Cryptography
import SIPTransport
import Signalling
import Telephony
import Testing

/// What osip lets through and the transport does not.
@Suite struct Cages {
    @Test(
        "Faults are told apart, and answered as RFC 4475 says",
        arguments: [
            (request(), nil, nil),
            (request(length: "Content-Length: -1"), .contentLength, 400),
            (request(length: "Content-Length: 99999999999999999999999"), .contentLength, 400),
            (request(length: "Content-Length: 0x10"), .contentLength, 400),
            (request(length: "Content-Length: 0\r\nl: 0"), .repeatedHeader, 400),
            (request(length: "Content-Length: 10", body: "short"), .bodyCutShort, 400),
            (request(start: "OPTIONS sip:101@pbx SIP/7.0"), .version, 505),
            (request(start: "OPTIONS sip:101@pbx SIP/2.01"), .version, 505),
            (request(start: "OPTIONS sip:101@pbx XIP/2.0"), .notSIP, nil),
            (request(start: "OPTIONS  sip:101@pbx SIP/2.0"), .startLine, 400),
            (request(start: "OPT\u{7f}IONS sip:101@pbx SIP/2.0"), .startLine, 400),
            (request(uri: "nobody:101"), .scheme, 416),
            (request(uri: "sip:1%0001@pbx"), .escapedNUL, 400),
            (request(uri: "101"), .uri, 400),
            (request(uri: "sip:101@"), .addressHeader, 400),
            (request(uri: "sip:101@pbx:99999"), .uri, 400),
            (request(uri: "sip:101@pbx:0"), .uri, 400),
            (request(from: nil), .missingHeader, 400), (request(to: nil), .missingHeader, 400),
            (request(callID: nil), .missingHeader, 400), (request(cseq: ""), .missingHeader, 400),
            (request(via: nil), .missingHeader, nil),
            (request(from: "From: "), .addressHeader, 400),
            (request(callID: "Call-ID: "), .callID, 400), (request(callID: "Call-ID: a b"), .callID, 400),
            (request(cseq: "CSeq: 7 INVITE"), .sequenceMethod, 400),
            (request(cseq: "CSeq: 2147483648 OPTIONS"), .sequence, 400),
            (request(cseq: "CSeq: -7 OPTIONS"), .sequence, 400), (request(cseq: "CSeq: OPTIONS"), .sequence, 400),
            (request(cseq: "CSeq: 7 OPTIONS extra"), .sequence, 400),
            (request(from: "From: <sip:1%00@pbx>;tag=1"), .escapedNUL, 400),
            (request(from: "From: \"Anna <sip:1@pbx>;tag=1"), .addressHeader, 400),
            (request(from: "From: <name:John>;tag=1"), .addressHeader, 400),
            (request(to: "To: <sip:1@pbx"), .addressHeader, 400),
            (request(via: "Via: SIP/7.0/UDP 192.0.2.1;branch=z9hG4bKx"), .addressHeader, 400),
            (request(more: ["Subject: a\u{1}b"]), .controlCharacter, 400),
            (request(more: ["Subject: a\nb: c"]), .controlCharacter, 400),
            (request(more: ["Subject: a\rb"]), .controlCharacter, 400),
            (request(more: ["Subject: a\u{0}b"]), .controlCharacter, 400),
            (request(more: ["no colon here"]), .headerLine, 400), (request(more: [": no name"]), .headerLine, 400),
            (request(more: ["Max-Forwards: 256"]), .maxForwards, 400), (request(more: ["Max-Forwards: many"]), .maxForwards, 400),
            (request(more: ["Contact: *, <sip:1@2>"]), .addressHeader, 400),
            (request(more: Array(repeating: "X-Pad: 1", count: 200)), .tooManyHeaders, 400),
            (request("ACK", length: "Content-Length: -1"), .contentLength, nil),
            (request(start: "SIP/2.0 700 Odd"), .status, nil), (request(start: "SIP/2.0 099 Odd"), .status, nil),
            (request(start: "SIP/2.0 -20 Odd"), .status, nil), (request(start: "SIP/2.0 4294967301 Odd"), .status, nil),
            (request(start: "SIP/3.0 200 OK"), .version, nil),
            ("GET / HTTP/1.1\r\n\r\n", .notSIP, nil), ("", .notSIP, nil), ("OPTIONS sip:a SIP/2.0\r\nVia: x", .cutShort, nil),
            (request(more: ["X-Long: " + String(repeating: "a", count: 16_384)]), .tooLong, nil),
        ] as [(String, MessageFault?, Int?)])
    func faults(_ text: String, _ expected: MessageFault?, _ status: Int?) {
        #expect(fault(text) == expected)
        #expect(answer(text) == status)
    }

    @Test("Longer than Content-Length: the rest is dropped; without one the body ends with the datagram")
    func bodies() {
        #expect(parsed(request(length: "Content-Length: 4", body: "bodytail"))?.body == Array("body".utf8))
        #expect(parsed(request(length: nil, body: "all of it"))?.body == Array("all of it".utf8))
    }

    @Test("R-094: of an INVITE that is no message it can be told whose it was; of anything else, and inside a dialog, nothing")
    func brokenCalls() {
        let invite = { (start: String, to: String) in
            "\(start) sip:74951234567@10.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.9;branch=z9hG4bKa\r\n"
                + "From: \"Vera\" <sip:79161234567@10.0.0.9>;tag=1\r\nTo: \(to)\r\nCall-ID: a@b\r\nCSeq: x \(start)\r\n\r\n"
        }
        let call = { (text: String) -> BrokenCall? in
            guard case .refused(_, _, let call) = MessageParser.parse(text) else { return nil }
            return call
        }
        let to = "<sip:74951234567@10.0.0.1>"
        #expect(call(invite("INVITE", to)) == BrokenCall(from: "79161234567", to: "74951234567", callID: "a@b"))
        #expect(call(invite("INVITE", to + ";tag=2")) == nil && call(invite("OPTIONS", to)) == nil)
        #expect(call(invite("INVITE", "<sip:@>")) == BrokenCall(from: "79161234567", to: "", callID: "a@b"))
    }

    @Test("An answer copies what there was, gets a tag once, and is the same for every repetition")
    func answers() throws {
        let text = request(length: "Content-Length: -1")
        guard case .refused(_, let first?, _) = MessageParser.parse(text),
            case .refused(_, let second?, _) = MessageParser.parse(text)
        else {
            Issue.record("not answered")
            return
        }
        #expect(first == second)
        let response = try #require(parsed(String(decoding: first, as: UTF8.self)))
        let source = try #require(parsed(request()))
        #expect(response.status == 400)
        #expect(response.vias == source.vias)
        #expect(response.callID == source.callID)
        #expect(response.to.uri == source.to.uri)
        #expect(response.to.tag?.isEmpty == false)
        let tagged = request(to: "To: <sip:101@pbx.office.lan>;tag=5", length: "Content-Length: -1")
        guard case .refused(_, let third?, _) = MessageParser.parse(tagged) else {
            Issue.record("not answered")
            return
        }
        #expect(parsed(String(decoding: third, as: UTF8.self))?.to.parameters == [Parameter("tag", "5")])
    }

    @Test("200 header lines are taken")
    func manyHeaders() { #expect(parsed(request(more: Array(repeating: "X-Pad: 1", count: 194)))?.headers.count == 194) }

    @Test("OpenSSL's hashes are the known ones")
    func hashes() {
        #expect(Hashing.openSSL.md5("") == "d41d8cd98f00b204e9800998ecf8427e")
        #expect(Hashing.openSSL.md5("abc") == "900150983cd24fb0d6963f7d28e17f72")
        #expect(Hashing.openSSL.sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }
}
