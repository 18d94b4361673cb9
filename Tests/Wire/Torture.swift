import SIPTransport
import Signalling
import Telephony
import Testing

/// The torture messages of RFC 4475, by their names there.
@Suite struct Torture {
    @Test("wsinv (§3.1.1.1): folds, spaces and odd case in every place that allows them")
    func shortTortuous() throws {
        let message = try #require(
            parsed(
                wire(
                    """
                    INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
                    TO :
                     sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
                    from   : "J Rosenberg \\\\\\""       <sip:jdrosen@example.com>
                      ;
                      tag = 98asjd8
                    MaX-fOrWaRdS: 0068
                    Call-ID: wsinv.ndaksdj@192.0.2.1
                    Content-Length   : 0
                    cseq: 0009
                      INVITE
                    Via  : SIP  /   2.0
                     /UDP
                        192.0.2.2;branch=390skdjuw
                    s :
                    NewFangledHeader:   newfangled value
                     continued newfangled value
                    UnknownHeaderWithUnusualValue: ;;,,;;,;
                    Route:
                     <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
                    v:  SIP  / 2.0  / TCP     spindle.example.com   ;
                      branch  =   z9hG4bK9ikj8  ,
                     SIP  /    2.0   / UDP  192.168.255.111   ; branch=
                     z9hG4bK30239
                    m:"Quoted string \\"\\"" <sip:jdrosen@example.com> ; newparam =
                          newvalue ;
                      secondparam ; q = 0.33


                    """)))
        #expect(message.to.tag == "1918181833n")
        #expect(message.from.name == "J Rosenberg \\\"")
        #expect(message.maxForwards == 68)
        #expect((message.sequence, message.sequenceMethod) == (9, .invite))
        #expect(message.vias.map(\.branch) == ["390skdjuw", "z9hG4bK9ikj8", "z9hG4bK30239"])
        #expect(message.vias.map(\.transport) == ["UDP", "TCP", "UDP"])
        #expect(message.contacts.first?.parameters["q"] == "0.33")
        #expect(message.header("UnknownHeaderWithUnusualValue") == ";;,,;;,;")
        #expect(message.routes.first?.uri.parameter("unknown-no-value") == "")
    }

    @Test("intmeth (§3.1.1.2): every character that a method, a token, a user and a display name may have")
    func wideRange() throws {
        let method = "!interesting-Method0123456789_*+`.%indeed'~"
        let message = try #require(
            parsed(
                wire(
                    """
                    \(method) sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@example.com SIP/2.0
                    Via: SIP/2.0/UDP host1.example.com;branch=z9hG4bK-.!%66*_+`'~
                    To: "BEL:\\\u{7} NUL:\\\u{0} DEL:\\\u{7F}" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>
                    From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%="работающий";tag=_token~1'+`*%!-.
                    Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/"][?}{
                    CSeq: 139122385 \(method)
                    Max-Forwards: 255
                    extensionHeader-!.%*+_`'~: \u{FEFF}大停電
                    Content-Length: 0


                    """)))
        #expect(message.method?.rawValue == method)
        #expect(message.requestURI?.user == "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*")
        #expect(message.requestURI?.host == "example.com")
        #expect(message.from.name == "token1~` token2'+_ token3*%!.-")
        #expect(message.from.tag == "_token~1'+`*%!-.")
        #expect(message.to.name == "BEL:  NUL:  DEL: ")
        #expect(message.callID == "intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{")
    }

    @Test("esc01, esc02 (§3.1.1.3, .5): a % that is an escape, and one that is not")
    func escapes() throws {
        let message = try #require(
            parsed(
                request(
                    "INVITE", uri: "sip:sips%3Auser%40example.com@example.net",
                    from: "From: <sip:I%20have%20spaces@example.net>;tag=938",
                    to: "To: sip:%75se%72@example.com",
                    more: ["Contact: <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>"])))
        #expect(message.requestURI?.user == "sips:user@example.com")
        #expect(message.to.uri.user == "user")
        #expect(message.from.uri.user == "I have spaces")
        #expect(message.contacts.first?.uri.parameters == [Parameter("lr"), Parameter("name", "value%2541")])
        #expect(parsed(request("RE%47IST%45R"))?.method?.rawValue == "RE%47IST%45R")
    }

    @Test("Well-formed ones are taken")
    func wellFormed() {
        // lwsdisp (§3.1.1.6): no space between display name and bracket.
        #expect(parsed(request(from: "From: caller<sip:caller@example.com>;tag=323"))?.from.name == "caller")
        // dblreq (§3.1.1.8): a second request behind the body is nobody's.
        #expect(parsed(request("REGISTER") + request("INVITE"))?.method == .register)
        // semiuri (§3.1.1.9): a user part with a semicolon.
        let semicolon = parsed(request(uri: "sip:user;par=u%40example.net@example.com"))?.requestURI
        #expect(semicolon?.user == "user;par=u@example.net")
        #expect(semicolon?.parameters == [])
        // transports (§3.1.1.10)
        let vias = ["UDP", "SCTP", "TLS", "UNKNOWN", "TCP"].map { "Via: SIP/2.0/\($0) t1.example.com;branch=z9hG4bK\($0)" }
        #expect(parsed(request(more: vias))?.vias.map(\.transport) == ["UDP", "UDP", "SCTP", "TLS", "UNKNOWN", "TCP"])
        // mpart01 (§3.1.1.11): a binary body is carried untouched.
        let part = request(
            "MESSAGE", more: ["Content-Type: multipart/mixed;boundary=x"], length: "Content-Length: 6", body: "--x\0\r\n")
        #expect(parsed(part)?.body == [45, 45, 120, 0, 13, 10])
        #expect(parsed(part)?.contentType == "multipart/mixed")
        // unreason, noreason (§3.1.1.12, .13)
        let unusual = parsed(request(start: "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое"))
        #expect(unusual?.start == .response(status: 200, reason: "= 2**3 * 5**2 но сто девяносто девять - простое"))
        #expect(parsed(request(start: "SIP/2.0 100 "))?.start == .response(status: 100, reason: ""))
    }

    @Test("longreq (§3.1.1.7): long values everywhere")
    func longValues() throws {
        let long = String(repeating: "looooong", count: 40)
        let vias = (0..<30).map { "Via: SIP/2.0/TCP sip\($0).example.com;branch=z9hG4bK\($0)\(long)" }
        let message = try #require(
            parsed(
                request(
                    uri: "sip:user@example.com;\(long)param=v", from: "From: \"\(long)\" <sip:caller@example.net>;tag=1\(long)",
                    callID: "Call-ID: longreq.one\(long)call",
                    more: vias + ["Unknown\(long): \(long)", "Contact: <sip:a@b;\(long)=\(long)>"])))
        #expect(message.vias.count == 31)
        #expect(message.from.name == long)
        #expect(message.from.tag == "1\(long)")
        #expect(message.header("unknown\(long)") == long)
    }

    @Test("escnull (§3.1.1.4): well-formed, but refused: a NUL in a user part has no honest use")
    func escapedNull() {
        #expect(fault(request("REGISTER", to: "To: sip:null-%00-null@example.com")) == .escapedNUL)
    }

    static let brokenRequests: [(String, Int)] = [
        // badinv01 (§3.1.2.1)
        (request("INVITE", via: "Via: SIP/2.0/UDP 192.0.2.15;;,;,,"), 400),
        (request("INVITE", more: ["Contact: \"Joe\" <sip:joe@example.org>;;;;"]), 400),
        // clerr, ncl (.2, .3)
        (request("INVITE", length: "Content-Length: 9999", body: "v=0"), 400),
        (request("INVITE", length: "Content-Length: -999"), 400),
        // scalar02 (.4)
        (request("REGISTER", cseq: "CSeq: 36893488147419103232 REGISTER", more: ["Max-Forwards: 300"]), 400),
        (request("REGISTER", more: ["Max-Forwards: 300"]), 400),
        // quotbal (.6)
        (request("INVITE", to: "To: \"Mr. J. User <sip:j.user@example.com>"), 400),
        // ltgtruri, lwsruri, lwsstart, trws, escruri (.7 to .11)
        (request("INVITE", uri: "<sip:user@example.com>"), 400),
        (request("INVITE", uri: "sip:user@example.com; lr"), 400),
        (request(start: "INVITE  sip:user@example.com  SIP/2.0", cseq: "CSeq: 1 INVITE"), 400),
        (request(start: "OPTIONS sip:remote-target@example.com SIP/2.0  "), 400),
        (request("INVITE", uri: "sip:user@example.com?Route=%3Csip:example.com%3E"), 400),
        // regbadct (.13)
        (request("REGISTER", more: ["Contact: sip:user@example.com?Route=%3Csip:sip.example.com%3E"]), 400),
        // badvers, mismatch01, mismatch02 (.16 to .18)
        (request(start: "OPTIONS sip:t.watson@example.org SIP/7.0"), 505),
        (request("OPTIONS", cseq: "CSeq: 8 INVITE"), 400),
        (request("NEWMETHOD", cseq: "CSeq: 8 INVITE"), 400),
        // insuf (§3.3.1), unkscm, novelsc (.2, .3), unksm2 (.4)
        (request("INVITE", from: nil, to: nil, callID: nil), 400),
        (request(uri: "nobodyKnowsThisScheme:totallyopaquecontent"), 416),
        (request(uri: "soap.beep://192.0.2.103:3002"), 416),
        (
            request(
                "REGISTER", from: "From: <http://www.example.com>;tag=3", to: "To: isbn:2983792873",
                more: ["Contact: <name:John_Smith>"]), 400
        ),
        // multi01, mcl01 (.8, .9)
        (request("INVITE", more: ["CSeq: 59 INVITE", "Call-ID: b", "Max-Forwards: 5", "From: <sip:a@b>;tag=7"]), 400),
        (request(more: ["Content-Length: 13"], length: "Content-Length: 5", body: "There's no way"), 400),
    ]

    @Test("Broken ones are answered", arguments: brokenRequests)
    func broken(_ text: String, _ status: Int) { #expect(answer(text) == status) }

    @Test("scalarlg, bigcode (§3.1.2.5, .19): broken responses are dropped")
    func responses() {
        for text in [
            request("INVITE", start: "SIP/2.0 503 Service Unavailable", cseq: "CSeq: 9292394834772304023312 OPTIONS"),
            request("INVITE", start: "SIP/2.0 4294967301 better not break the receiver"),
        ] {
            #expect(fault(text) != nil)
            #expect(answer(text) == nil)
        }
    }

    @Test("baddate, badbranch, zeromf, inv2543: left to those who care")
    func harmless() {
        #expect(parsed(request("INVITE", more: ["Date: Fri, 01 Jan 2010 16:00:00 EST"])) != nil)
        #expect(parsed(request(via: "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"))?.vias.first?.branch == "z9hG4bK")
        #expect(parsed(request(more: ["Max-Forwards: 0"]))?.maxForwards == 0)
        let old = parsed(
            request(
                "INVITE", via: "Via: SIP/2.0/UDP iftgw.example.com",
                from: "From: <sip:+13035551111@ift.client.example.net;user=phone>"))
        #expect(old?.vias.first?.branch == nil)
        #expect(old?.from.tag == nil)
    }
}
