import COsip
import Signalling
import Telephony

/// The one owner of an osip message.
struct OsipMessage: ~Copyable {
    let pointer: UnsafeMutablePointer<osip_message_t>

    /// osip's tables and its silence; once, before anything is parsed.
    private static let isStarted: Bool = apus_osip_start() == 0

    /// An empty message. Traps where memory is gone, as Swift itself does.
    init() {
        var pointer: UnsafeMutablePointer<osip_message_t>?
        guard Self.isStarted, osip_message_init(&pointer) == 0, let pointer else { fatalError("osip has no memory") }
        self.pointer = pointer
    }

    /// Parses into an empty message; false where osip refuses.
    func parse(_ text: [UInt8]) -> Bool {
        text.withUnsafeBytes { osip_message_parse(pointer, $0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count) == 0 }
    }

    deinit { osip_message_free(pointer) }
}

/// osip's structures as values. A string of osip's is unescaped already, so it is looked at once more.
struct OsipReader {
    typealias CString = UnsafeMutablePointer<CChar>

    /// Text of osip's; nil for a null pointer.
    static func text(_ pointer: CString?) -> String? { pointer.map { String(cString: $0) } }

    /// The elements of a list.
    static func elements<Element>(_ list: osip_list_t, _: Element.Type) -> [UnsafeMutablePointer<Element>] {
        var result: [UnsafeMutablePointer<Element>] = []
        var node = list.node
        // osip counts separately from the chain; a list holds no more than the message had bytes.
        while let current = node, result.count < Int(list.nb_elt) {
            if let element = current.pointee.element { result.append(element.assumingMemoryBound(to: Element.self)) }
            node = current.pointee.next
        }
        return result
    }

    static func via(_ via: osip_via_t) throws(MessageFault) -> Via {
        guard let version = text(via.version), version == "2.0", let transport = text(via.protocol), !transport.isEmpty,
            transport.utf8.allSatisfy(\.isTokenCharacter), let host = text(via.host), isHost(host)
        else { throw .addressHeader }
        return Via(
            transport: transport, host: bracketed(host), port: try port(via.port), parameters: try parameters(via.via_params))
    }

    static func nameAddress(_ from: osip_from_t) throws(MessageFault) -> NameAddress {
        guard let url = from.url else { throw .addressHeader }
        return NameAddress(
            name: displayName(text(from.displayname)), uri: try uri(url.pointee), parameters: try parameters(from.gen_params))
    }

    static func uri(_ uri: osip_uri_t) throws(MessageFault) -> SIPURI {
        guard let scheme = text(uri.scheme)?.lowercased() else { throw .uri }
        switch scheme {
        case "sip", "sips":
            let user = text(uri.username) ?? ""
            guard let host = text(uri.host), isHost(host), !user.hasControlCharacter else { throw .uri }
            return SIPURI(
                scheme: scheme, user: user, host: bracketed(host), port: try port(uri.port),
                parameters: try uriParameters(uri.url_params), headers: try uriHeaders(uri.url_headers))
        case "tel":
            let parts = (text(uri.string) ?? "").split(separator: ";", omittingEmptySubsequences: false)
            guard let number = parts.first, !number.isEmpty, !number.hasControlCharacter, !number.contains(where: \.isWhitespace)
            else { throw .uri }
            return SIPURI(scheme: scheme, user: String(number), host: "", parameters: parts.dropFirst().map { pair($0) })
        default:
            throw .scheme
        }
    }

    /// A quoted name without its quotes and escapes, a bare one as it is; nil for an empty one.
    static func displayName(_ raw: String?) -> String? {
        guard let raw = raw?.trimmed, !raw.isEmpty else { return nil }
        guard raw.count >= 2, raw.hasPrefix("\""), raw.hasSuffix("\"") else { return String(raw) }
        var name = ""
        var escaped = false
        for character in raw.dropFirst().dropLast() {
            if character == "\\" && !escaped {
                escaped = true
            } else {
                name.append(character)
                escaped = false
            }
        }
        return name.isEmpty ? nil : name
    }

    private static func pair(_ text: Substring) -> Parameter {
        let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return Parameter(String(halves[0].trimmed), halves.count > 1 ? String(halves[1].trimmed) : nil)
    }

    private static func parameters(_ list: osip_list_t) throws(MessageFault) -> [Parameter] {
        var result: [Parameter] = []
        for element in elements(list, osip_generic_param_t.self) {
            guard let name = text(element.pointee.gname), !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
                throw .addressHeader
            }
            result.append(Parameter(name, text(element.pointee.gvalue)))
        }
        return result
    }

    /// osip unescapes the parameters of a URI; they are escaped again, else `%0D` or `%3E` would come to life when printed.
    private static func uriParameters(_ list: osip_list_t) throws(MessageFault) -> [Parameter] {
        var result: [Parameter] = []
        for element in elements(list, osip_uri_param_t.self) {
            guard let name = text(element.pointee.gname), !name.isEmpty else { throw .uri }
            result.append(Parameter(name.escapedParameter, text(element.pointee.gvalue)?.escapedParameter))
        }
        return result
    }

    private static func uriHeaders(_ list: osip_list_t) throws(MessageFault) -> [Parameter] {
        var result: [Parameter] = []
        for element in elements(list, osip_uri_param_t.self) {
            guard let name = text(element.pointee.gname), !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else {
                throw .uri
            }
            result.append(Parameter(name, text(element.pointee.gvalue)))
        }
        return result
    }

    private static func port(_ pointer: CString?) throws(MessageFault) -> UInt16? {
        guard let text = text(pointer), !text.isEmpty else { return nil }
        guard let number = text.utf8.number(upTo: 65_535), number > 0 else { throw .uri }
        return UInt16(number)
    }

    /// Letters, digits, `-`, `.` and `_` (seen in the wild), or an IPv6 address.
    private static func isHost(_ host: String) -> Bool {
        if host.utf8.contains(UInt8(ascii: ":")) { return IPAddress(host) != nil }
        return !host.isEmpty && host.utf8.count <= 255
            && host.utf8.allSatisfy { $0.isDigit || (97...122).contains($0 | 0x20) || $0 == 45 || $0 == 46 || $0 == 95 }
    }

    private static func bracketed(_ host: String) -> String {
        host.utf8.contains(UInt8(ascii: ":")) && !host.hasPrefix("[") ? "[\(host)]" : host
    }
}

extension StringProtocol {
    /// A byte below space, or DEL.
    var hasControlCharacter: Bool { utf8.contains { $0 < 32 || $0 == 127 } }
}

extension String {
    /// As a URI's parameter writes it (RFC 3261 §25.1 paramchar).
    var escapedParameter: String {
        if utf8.allSatisfy(\.isParameterCharacter) { return self }
        var text = ""
        for byte in utf8 {
            if byte.isParameterCharacter {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }
}

extension UInt8 {
    fileprivate var isParameterCharacter: Bool {
        switch self {
        case 48...57, 65...90, 97...122: true
        default: "-_.!~*'()[]/:&+$".utf8.contains(self)
        }
    }
}
