import Telephony

/// A message's header section cut into unfolded lines, before any grammar: what every later check stands on, and what
/// a stateless answer can copy even when the rest is rubbish. Control characters are spaces afterwards.
struct Outline {
    /// Headers that the transport reads itself or gives to osip; everything else is carried as text.
    enum Kind: UInt8 {
        case via, from, to, callID, sequence, contact, route, recordRoute, maxForwards, contentType, contentLength, other

        /// RFC 3261 allows it once.
        var isSingle: Bool {
            switch self {
            case .from, .to, .callID, .sequence, .maxForwards, .contentType, .contentLength: true
            case .via, .contact, .route, .recordRoute, .other: false
            }
        }

        /// osip takes it apart.
        var isAddress: Bool {
            switch self {
            case .via, .from, .to, .contact, .route, .recordRoute: true
            case .callID, .sequence, .maxForwards, .contentType, .contentLength, .other: false
            }
        }
    }

    /// One header line; the ranges are into `bytes`, without surrounding space.
    struct Field {
        var kind: Kind
        var name: Range<Int>, value: Range<Int>
    }

    /// The header section, unfolded in place.
    private(set) var bytes: [UInt8]
    /// The first line.
    private(set) var start: Range<Int> = 0..<0
    /// In the order written.
    private(set) var fields: [Field] = []
    /// The first fault seen; reading went on behind it.
    private(set) var fault: MessageFault?

    /// Cuts a header section, which must include the empty line at its end.
    init(_ section: UnsafeRawBufferPointer) {
        bytes = Array(section)
        fields.reserveCapacity(24)
        var lineStart = 0
        while let end = endOfLine(from: lineStart), end > lineStart {
            if lineStart == 0 { start = 0..<end } else { note(lineStart..<end) }
            if fields.count > MessageParser.maxHeaders { break }
            lineStart = end + 2
        }
    }

    /// Every field of one kind.
    func all(_ kind: Kind) -> some Sequence<Field> { fields.lazy.filter { $0.kind == kind } }
    /// The first field of one kind.
    func first(_ kind: Kind) -> Field? { fields.first { $0.kind == kind } }
    /// A part as text; bytes that are not UTF-8 are replaced.
    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    private mutating func blame(_ fault: MessageFault) {
        if self.fault == nil { self.fault = fault }
    }

    /// The place of the CR that ends the line at `from`; folds (RFC 3261 §7.3.1) become spaces on the way.
    private mutating func endOfLine(from: Int) -> Int? {
        var hasControl = false
        let end: Int? = bytes.withUnsafeMutableBufferPointer { bytes in
            var quoted = false
            var index = from
            while index < bytes.count {
                let byte = bytes[index]
                if byte == UInt8(ascii: "\""), index == from || bytes[index - 1] != UInt8(ascii: "\\") { quoted.toggle() }
                guard byte < 0x20 || byte == 0x7F else {
                    index += 1
                    continue
                }
                if byte == 13, index + 1 < bytes.count, bytes[index + 1] == 10 {
                    let folds = index > from && index + 2 < bytes.count && (bytes[index + 2] == 32 || bytes[index + 2] == 9)
                    guard folds else { return index }
                    bytes[index + 1] = 32
                } else if byte != 9, !(quoted && bytes[index - 1] == UInt8(ascii: "\\")) {
                    // A quoted pair may hold a control character (§25.1); it is harmless as a space. Elsewhere it is a fault.
                    hasControl = true
                }
                bytes[index] = 32
                index += 1
            }
            return nil
        }
        if hasControl { blame(.controlCharacter) }
        return end
    }

    private mutating func note(_ line: Range<Int>) {
        guard fields.count < MessageParser.maxHeaders else {
            fields.append(Field(kind: .other, name: 0..<0, value: 0..<0))
            return blame(.tooManyHeaders)
        }
        guard let colon = bytes[line].firstIndex(of: UInt8(ascii: ":")) else { return blame(.headerLine) }
        let name = trimmed(line.lowerBound..<colon)
        guard !name.isEmpty, bytes[name].allSatisfy(\.isTokenCharacter) else { return blame(.headerLine) }
        let field = Field(kind: kind(of: name), name: name, value: trimmed(colon + 1..<line.upperBound))
        if field.kind.isSingle, first(field.kind) != nil { return blame(.repeatedHeader) }
        fields.append(field)
    }

    private func trimmed(_ range: Range<Int>) -> Range<Int> {
        var (low, high) = (range.lowerBound, range.upperBound)
        while low < high, bytes[low] == 32 { low += 1 }
        while low < high, bytes[high - 1] == 32 { high -= 1 }
        return low..<high
    }

    private func kind(of name: Range<Int>) -> Kind {
        switch name.count {
        case 1:
            switch bytes[name.lowerBound] | 0x20 {
            case UInt8(ascii: "v"): return .via
            case UInt8(ascii: "f"): return .from
            case UInt8(ascii: "t"): return .to
            case UInt8(ascii: "i"): return .callID
            case UInt8(ascii: "m"): return .contact
            case UInt8(ascii: "c"): return .contentType
            case UInt8(ascii: "l"): return .contentLength
            default: return .other
            }
        case 2: return isNamed("to", name) ? .to : .other
        case 3: return isNamed("via", name) ? .via : .other
        case 4: return isNamed("from", name) ? .from : isNamed("cseq", name) ? .sequence : .other
        case 5: return isNamed("route", name) ? .route : .other
        case 7: return isNamed("call-id", name) ? .callID : isNamed("contact", name) ? .contact : .other
        case 12:
            return isNamed("max-forwards", name)
                ? .maxForwards
                : isNamed("record-route", name) ? .recordRoute : isNamed("content-type", name) ? .contentType : .other
        case 14: return isNamed("content-length", name) ? .contentLength : .other
        default: return .other
        }
    }

    private func isNamed(_ lowercase: StaticString, _ range: Range<Int>) -> Bool {
        let wanted = UnsafeBufferPointer(start: lowercase.utf8Start, count: lowercase.utf8CodeUnitCount)
        return zip(wanted, bytes[range]).allSatisfy { (small: UInt8, byte: UInt8) -> Bool in
            if small == byte { return true }
            return small == byte | 0x20 && small >= 97 && small <= 122
        }
    }

    /// The long name of a header that is carried as text: compact forms of RFC 3261 and its extensions expanded.
    func longName(_ field: Field) -> String {
        let name = text(field.name)
        guard field.name.count == 1 else { return name }
        return Self.compactForms[bytes[field.name.lowerBound] | 0x20] ?? name
    }

    private static let compactForms: [UInt8: String] = [
        UInt8(ascii: "a"): "Accept-Contact", UInt8(ascii: "b"): "Referred-By", UInt8(ascii: "d"): "Request-Disposition",
        UInt8(ascii: "e"): "Content-Encoding", UInt8(ascii: "j"): "Reject-Contact", UInt8(ascii: "k"): "Supported",
        UInt8(ascii: "n"): "Identity-Info", UInt8(ascii: "o"): "Event", UInt8(ascii: "r"): "Refer-To",
        UInt8(ascii: "s"): "Subject", UInt8(ascii: "u"): "Allow-Events", UInt8(ascii: "x"): "Session-Expires",
        UInt8(ascii: "y"): "Identity",
    ]
}

extension UInt8 {
    /// RFC 3261 §25.1 `token`.
    var isTokenCharacter: Bool {
        switch self {
        case 48...57, 65...90, 97...122: true
        case 0x21, 0x25, 0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x5F, 0x60, 0x7E: true  // ! % ' * + - . _ ` ~
        default: false
        }
    }

    var isDigit: Bool { (48...57).contains(self) }
}

extension Collection<UInt8> {
    /// The number that these digits write; nil for anything but digits, or beyond `limit`.
    func number(upTo limit: UInt64) -> UInt64? {
        guard !isEmpty, count <= 20, allSatisfy(\.isDigit) else { return nil }
        var value: UInt64 = 0
        for digit in self {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(UInt64(digit - 48))
            if overflow || carry || sum > limit { return nil }
            value = sum
        }
        return value
    }
}
