import COsip
import Signalling
import Telephony

/// Bytes → `Message`. osip takes addresses apart; everything that it is lenient about is checked here, before or after it
/// (RFC 4475): osip sees only lines that were cut, unfolded and cleaned, and only those that it is needed for.
/// A desk phone's INVITE with SDP takes 9 µs (release, x86_64).
public enum MessageParser {
    /// The longest message, body included, in bytes.
    public static let maxLength = 16_384
    /// The most header lines.
    public static let maxHeaders = 200
    /// RFC 3261 §8.1.1.5: CSeq is below 2³¹.
    private static let maxSequence: UInt64 = 0x7FFF_FFFF

    /// What came of some bytes.
    public enum Outcome: Equatable, Sendable {
        /// A message that keeps what `Message` promises.
        case message(Message)
        /// Something else. `answer` is the whole response to send back where RFC 4475 wants one and enough was readable; `call` is
        /// what it would have begun.
        case refused(MessageFault, answer: [UInt8]?, call: BrokenCall?)
    }

    /// Parses one datagram: bytes behind Content-Length are dropped, a shorter body is refused.
    public static func parse(datagram: UnsafeRawBufferPointer) -> Outcome {
        guard datagram.count <= maxLength else { return .refused(.tooLong, answer: nil, call: nil) }
        // RFC 3261 §7.5: line ends before the first line are ignored.
        let start = datagram.firstIndex { $0 != 13 && $0 != 10 } ?? datagram.count
        let bytes = UnsafeRawBufferPointer(rebasing: datagram[start...])
        guard looksLikeSIP(bytes) else { return .refused(.notSIP, answer: nil, call: nil) }
        guard let end = endOfHeaders(in: bytes) else { return .refused(.cutShort, answer: nil, call: nil) }
        let outline = Outline(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        do throws(MessageFault) {
            let body = UnsafeRawBufferPointer(rebasing: bytes[end...])
            let length = try contentLength(outline) ?? body.count
            guard length <= body.count else { throw .bodyCutShort }
            return .message(try message(outline, body: body[..<length]))
        } catch {
            return .refused(error, answer: StatelessAnswer.to(outline, fault: error), call: BrokenCall(outline))
        }
    }

    /// Parses one datagram.
    public static func parse(_ text: String) -> Outcome {
        var text = text
        return text.withUTF8 { parse(datagram: UnsafeRawBufferPointer($0)) }
    }

    /// The place behind the empty line.
    static func endOfHeaders(in bytes: some RandomAccessCollection<UInt8>, from start: Int = 0) -> Int? {
        var index = bytes.index(bytes.startIndex, offsetBy: start)
        while let cr = bytes[index...].firstIndex(of: 13) {
            let rest = bytes[cr...].prefix(4)
            if rest.count < 4 { return nil }
            if rest.elementsEqual([13, 10, 13, 10]) { return bytes.distance(from: bytes.startIndex, to: cr) + 4 }
            index = bytes.index(after: cr)
        }
        return nil
    }

    /// Whether the first line begins or ends with a SIP version.
    static func looksLikeSIP(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let line = bytes[..<(bytes.firstIndex { $0 == 13 || $0 == 10 } ?? bytes.count)]
        let mark = Array("SIP/".utf8)
        if line.prefix(4).elementsEqual(mark) { return true }
        let lastWord = line.reversed().drop { $0 == 32 || $0 == 9 }.prefix { $0 != 32 && $0 != 9 }
        return lastWord.count > 4 && lastWord.suffix(4).elementsEqual(mark.reversed())
    }

    /// The length that the message announces; nil if it does not. Throws for anything but one sensible number.
    static func contentLength(_ outline: Outline) throws(MessageFault) -> Int? {
        guard let field = outline.first(.contentLength) else { return nil }
        guard let length = outline.bytes[field.value].number(upTo: UInt64(maxLength)) else { throw .contentLength }
        return Int(length)
    }

    /// The message that these lines and this body make.
    static func message(_ outline: Outline, body: some Collection<UInt8>) throws(MessageFault) -> Message {
        let start = try StartLine(outline)
        if let fault = outline.fault { throw fault }
        guard outline.first(.via) != nil, outline.first(.from) != nil, outline.first(.to) != nil,
            let callID = outline.first(.callID), let cseq = outline.first(.sequence)
        else { throw .missingHeader }
        let (sequence, method) = try self.sequence(outline, cseq)
        guard !callID.value.isEmpty, !outline.bytes[callID.value].contains(32) else { throw .callID }
        var message = try addresses(outline, start)
        (message.callID, message.sequence, message.sequenceMethod) = (outline.text(callID.value), sequence, method)
        if let own = message.method, own != method { throw .sequenceMethod }
        if let field = outline.first(.maxForwards) {
            guard let hops = outline.bytes[field.value].number(upTo: 255) else { throw .maxForwards }
            message.maxForwards = Int(hops)
        }
        if !body.isEmpty {
            message.body = Array(body)
            message.contentType = outline.first(.contentType).map { field in
                let type = outline.bytes[field.value].prefix { $0 != UInt8(ascii: ";") && $0 != 32 }
                return String(decoding: type, as: UTF8.self).lowercased()
            }
        }
        for field in outline.all(.other) { message.headers.append(Header(outline.longName(field), outline.text(field.value))) }
        return message
    }

    private static func sequence(_ outline: Outline, _ field: Outline.Field) throws(MessageFault) -> (UInt32, Method) {
        let parts = outline.bytes[field.value].split(separator: 32)
        guard parts.count == 2, let number = parts[0].number(upTo: maxSequence), parts[1].allSatisfy(\.isTokenCharacter) else {
            throw .sequence
        }
        return (UInt32(number), Method(rawValue: String(decoding: parts[1], as: UTF8.self)))
    }

    /// The part that osip reads.
    private static func addresses(_ outline: Outline, _ start: StartLine) throws(MessageFault) -> Message {
        var text: [UInt8] = []
        text.reserveCapacity(outline.bytes.count)
        text += outline.bytes[outline.start]
        text += [13, 10]
        for field in outline.fields where field.kind.isAddress {
            try AddressCheck.check(outline.bytes[field.value], isVia: field.kind == .via)
            text += outline.bytes[field.name]
            text += [58, 32]
            text += outline.bytes[field.value]
            text += [13, 10]
        }
        text += [13, 10]
        let parsed = OsipMessage()
        guard parsed.parse(text) else { throw .addressHeader }
        let osip = parsed.pointer.pointee
        guard let from = osip.from, let to = osip.to else { throw .addressHeader }
        var message = Message(
            try start.value(osip), from: try headerAddress(from.pointee), to: try headerAddress(to.pointee), callID: "",
            sequence: 0, sequenceMethod: "")
        for via in OsipReader.elements(osip.vias, osip_via_t.self) { message.vias.append(try OsipReader.via(via.pointee)) }
        for contact in OsipReader.elements(osip.contacts, osip_contact_t.self) {
            if contact.pointee.url == nil, OsipReader.text(contact.pointee.displayname) == "*" {
                message.isStarContact = true
            } else {
                message.contacts.append(try headerAddress(contact.pointee))
            }
        }
        for route in OsipReader.elements(osip.routes, osip_route_t.self) {
            message.routes.append(try headerAddress(route.pointee))
        }
        for route in OsipReader.elements(osip.record_routes, osip_record_route_t.self) {
            message.recordRoutes.append(try headerAddress(route.pointee))
        }
        guard !message.vias.isEmpty, !(message.isStarContact && !message.contacts.isEmpty) else { throw .addressHeader }
        return message
    }

    /// 416 speaks of the Request-URI alone; a foreign scheme elsewhere is a bad request.
    private static func headerAddress(_ from: osip_from_t) throws(MessageFault) -> NameAddress {
        do throws(MessageFault) {
            return try OsipReader.nameAddress(from)
        } catch {
            throw error == .scheme ? .addressHeader : error
        }
    }
}
