import COsip
import Signalling
import Telephony

/// A Request-Line or Status-Line that has the right shape (RFC 3261 §7.1, §7.2): single spaces, SIP/2.0.
enum StartLine {
    case request(Method)
    case response(status: Int, reason: String)

    /// Throws what is wrong with the first line.
    init(_ outline: Outline) throws(MessageFault) {
        let line = outline.bytes[outline.start]
        if line.starts(with: "SIP/".utf8) {
            let words = line.split(separator: 32, maxSplits: 2, omittingEmptySubsequences: false)
            guard Self.isVersion2(words[0]) else { throw .version }
            guard words.count >= 2, words[1].count == 3, let status = words[1].number(upTo: 699), status >= 100 else {
                throw .status
            }
            self = .response(status: Int(status), reason: words.count > 2 ? String(decoding: words[2], as: UTF8.self) : "")
        } else {
            let words = line.split(separator: 32, omittingEmptySubsequences: false)
            guard words.count == 3, !words[0].isEmpty, words[0].allSatisfy(\.isTokenCharacter), !words[1].isEmpty else {
                throw .startLine
            }
            guard Self.isVersion2(words[2]) else { throw Self.isVersion(words[2]) ? .version : .startLine }
            try AddressCheck.checkURI(words[1])
            self = .request(Method(rawValue: String(decoding: words[0], as: UTF8.self)))
        }
    }

    /// The line as a value, the URI as osip took it apart.
    func value(_ osip: osip_message_t) throws(MessageFault) -> Message.Start {
        switch self {
        case .response(let status, let reason):
            return .response(status: status, reason: reason)
        case .request(let method):
            guard let url = osip.req_uri else { throw .uri }
            let uri = try OsipReader.uri(url.pointee)
            // RFC 3261 §19.1.1: a Request-URI has no headers.
            guard uri.headers.isEmpty else { throw .uri }
            return .request(method, uri)
        }
    }

    private static func isVersion2(_ word: ArraySlice<UInt8>) -> Bool { word.elementsEqual("SIP/2.0".utf8) }

    /// `SIP/` digits `.` digits.
    private static func isVersion(_ word: ArraySlice<UInt8>) -> Bool {
        let numbers = word.dropFirst(4).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return numbers.count == 2 && numbers.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
    }
}

/// What osip lets pass in address headers and URIs, looked for in the text itself.
enum AddressCheck {
    /// A Request-URI: no angle brackets, no white space, a scheme, no escaped NUL.
    static func checkURI(_ uri: ArraySlice<UInt8>) throws(MessageFault) {
        if hasEscapedNUL(uri) { throw .escapedNUL }
        guard uri.first != UInt8(ascii: "<"), !uri.contains(UInt8(ascii: ">")), !uri.contains(UInt8(ascii: "\"")) else {
            throw .uri
        }
        guard let colon = uri.firstIndex(of: UInt8(ascii: ":")), colon > uri.startIndex else { throw .uri }
        let scheme = String(decoding: uri[..<colon], as: UTF8.self)
        guard scheme.utf8.allSatisfy({ $0.isDigit || (97...122).contains($0 | 0x20) || "+-.".utf8.contains($0) }) else {
            throw .uri
        }
        guard ["sip", "sips", "tel"].contains(where: { scheme.equalsIgnoringCase($0) }) else { throw .scheme }
    }

    /// A Via, From, To, Contact, Route or Record-Route value: quotes and brackets closed, nothing empty between two
    /// separators (RFC 4475 §3.1.2.1), no `?` outside of brackets (§3.1.2.13), no escaped NUL.
    static func check(_ value: ArraySlice<UInt8>, isVia: Bool) throws(MessageFault) {
        if hasEscapedNUL(value) { throw .escapedNUL }
        var (quoted, bracketed, escaped, afterSeparator) = (false, false, false, true)
        for byte in value {
            if quoted {
                if escaped {
                    escaped = false
                } else if byte == UInt8(ascii: "\\") {
                    escaped = true
                } else if byte == UInt8(ascii: "\"") {
                    quoted = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): (quoted, afterSeparator) = (true, false)
            case UInt8(ascii: "<"):
                if bracketed { throw .addressHeader }
                (bracketed, afterSeparator) = (true, false)
            case UInt8(ascii: ">"):
                if !bracketed { throw .addressHeader }
                bracketed = false
            case UInt8(ascii: ";"), UInt8(ascii: ","):
                if bracketed { continue }
                if afterSeparator { throw .addressHeader }
                afterSeparator = true
            case UInt8(ascii: "?"):
                if !bracketed && !isVia { throw .addressHeader }
            case 32: break
            default: afterSeparator = false
            }
        }
        if quoted || bracketed { throw .addressHeader }
    }

    private static func hasEscapedNUL(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            if bytes[percent...].prefix(3).elementsEqual("%00".utf8) { return true }
            rest = bytes[bytes.index(after: percent)...]
        }
        return false
    }
}
