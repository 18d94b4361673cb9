import SIPTransport
import Signalling
import Telephony

/// Lines as they go on the wire.
func wire(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
}

/// A request that needs nothing else; further headers and other values by argument.
func request(
    _ method: String = "OPTIONS", uri: String = "sip:101@pbx.office.lan", start: String? = nil,
    via: String? = "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKkdjuw", from: String? = "From: <sip:102@pbx.office.lan>;tag=88",
    to: String? = "To: <sip:101@pbx.office.lan>", callID: String? = "Call-ID: 8721@192.0.2.1", cseq: String? = nil,
    more: [String] = [], length: String? = "Content-Length: 0", body: String = ""
) -> String {
    let lines: [String?] =
        [start ?? "\(method) \(uri) SIP/2.0", via, from, to, callID, cseq ?? "CSeq: 7 \(method)"] + more + [length]
    return lines.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "\r\n") + "\r\n\r\n" + body
}

/// The message in a text; nil if it is refused.
func parsed(_ text: String) -> Message? { if case .message(let message) = MessageParser.parse(text) { message } else { nil } }

/// Why a text is refused; nil if it is not.
func fault(_ text: String) -> MessageFault? {
    if case .refused(let fault, _, _) = MessageParser.parse(text) { fault } else { nil }
}

/// The status that a text is answered with at once; nil if it is taken or dropped.
func answer(_ text: String) -> Int? {
    guard case .refused(_, let answer?, _) = MessageParser.parse(text) else { return nil }
    // Every answer must itself be a message that a phone can read, unless the request lacked a header that it copies.
    return String(decoding: answer, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) }
}

let deskPhoneInvite = wire(
    """
    INVITE sip:101@pbx.office.lan SIP/2.0
    Via: SIP/2.0/UDP 192.168.1.20:5062;branch=z9hG4bK1234567890;rport
    Max-Forwards: 70
    From: "Анна \\"А.\\" Petrova" <sip:102@pbx.office.lan>;tag=as58f4201b
    To: <sip:101@pbx.office.lan>
    Contact: <sip:102@192.168.1.20:5062;transport=udp>;+sip.instance="<urn:uuid:00000000-0000-1000-8000-00156523A4B5>"
    Call-ID: 6a3c7f2e5d8b4a19@192.168.1.20
    CSeq: 102 INVITE
    User-Agent: Yealink SIP-T31P 124.86.0.40
    Allow: INVITE, ACK, CANCEL, OPTIONS, BYE, REFER
    k: replaces, timer
    x: 1800;refresher=uac
    r: <sip:103@pbx.office.lan>
    b: <sip:102@pbx.office.lan>
    o: dialog
    u: presence
    s: Привет
    Content-Type: Application/SDP; charset=utf-8
    Content-Length: 102

    v=0
    o=- 20000 20000 IN IP4 192.168.1.20
    s=-
    c=IN IP4 192.168.1.20
    t=0 0
    m=audio 11780 RTP/AVP 8

    """)
