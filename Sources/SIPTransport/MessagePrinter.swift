import COsip
import Signalling
import Telephony

/// `Message` → bytes. osip is given the parts as text and prints them, so what it cannot read back never gets on the wire;
/// reading and printing an INVITE with SDP takes 10 µs (release, x86_64).
public enum MessagePrinter {
    /// The message as it goes on the wire; nil where a part is not one that SIP can carry (a control character in a name
    /// that nobody checked, a header without a name).
    public static func print(_ message: Message) -> [UInt8]? {
        let osip = OsipMessage()
        guard isPrintable(message), fill(osip.pointer, from: message) else { return nil }
        var text: UnsafeMutablePointer<CChar>?
        var count = 0
        guard osip_message_to_str(osip.pointer, &text, &count) == 0, let text else { return nil }
        defer { apus_osip_free(text) }
        return Array(UnsafeRawBufferPointer(start: text, count: count))
    }

    private static func fill(_ osip: UnsafeMutablePointer<osip_message_t>, from message: Message) -> Bool {
        osip.pointee.sip_version = apus_osip_copy("SIP/2.0")
        switch message.start {
        case .request(let method, let uri):
            osip.pointee.sip_method = apus_osip_copy(method.rawValue)
            guard osip_uri_init(&osip.pointee.req_uri) == 0, osip_uri_parse(osip.pointee.req_uri, uri.description) == 0 else {
                return false
            }
        case .response(let status, let reason):
            osip.pointee.status_code = Int32(status)
            osip.pointee.reason_phrase = apus_osip_copy(reason)
        }
        for via in message.vias where osip_message_set_via(osip, via.text) != 0 { return false }
        for route in message.recordRoutes where osip_message_set_record_route(osip, route.text) != 0 { return false }
        for route in message.routes where osip_message_set_route(osip, route.text) != 0 { return false }
        guard osip_message_set_from(osip, message.from.text) == 0, osip_message_set_to(osip, message.to.text) == 0,
            osip_message_set_call_id(osip, message.callID) == 0,
            osip_message_set_cseq(osip, "\(message.sequence) \(message.sequenceMethod)") == 0
        else { return false }
        if message.isStarContact, osip_message_set_contact(osip, "*") != 0 { return false }
        for contact in message.contacts where osip_message_set_contact(osip, contact.text) != 0 { return false }
        if let hops = message.maxForwards, osip_message_set_header(osip, "Max-Forwards", String(hops)) != 0 { return false }
        for header in message.headers where osip_message_set_header(osip, header.name, header.value) != 0 { return false }
        guard !message.body.isEmpty else { return true }
        if osip_message_set_content_type(osip, message.contentType ?? "application/octet-stream") != 0 { return false }
        return message.body.withUnsafeBytes {
            osip_message_set_body(osip, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count) == 0
        }
    }

    /// A line end in a value would begin a header of somebody else's choosing. The parser lets none in; this is the lock
    /// on the way out, whoever made the value.
    private static func isPrintable(_ message: Message) -> Bool {
        switch message.start {
        case .request(let method, let uri): if method.rawValue.hasControlCharacter || !isPrintable(uri) { return false }
        case .response(_, let reason): if reason.hasControlCharacter { return false }
        }
        let addresses = [[message.from, message.to], message.contacts, message.routes, message.recordRoutes].joined()
        return !message.callID.hasControlCharacter && !message.sequenceMethod.rawValue.hasControlCharacter
            && message.vias.allSatisfy { !$0.text.hasControlCharacter }
            && addresses.allSatisfy { !($0.name ?? "").hasControlCharacter && isPrintable($0.uri) && isPrintable($0.parameters) }
            && message.headers.allSatisfy { !$0.name.hasControlCharacter && !$0.value.hasControlCharacter }
            && !(message.contentType ?? "").hasControlCharacter
    }

    private static func isPrintable(_ uri: SIPURI) -> Bool {
        !uri.scheme.hasControlCharacter && !uri.host.hasControlCharacter && isPrintable(uri.parameters)
            && (uri.scheme != "tel" || !uri.user.hasControlCharacter)
    }

    private static func isPrintable(_ parameters: [Parameter]) -> Bool {
        parameters.allSatisfy { !$0.name.hasControlCharacter && !($0.value ?? "").hasControlCharacter }
    }
}
