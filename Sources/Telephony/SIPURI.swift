/// A SIP, SIPS or TEL URI (RFC 3261 §19.1, RFC 3966). User and host are unescaped text.
public struct SIPURI: Hashable, Sendable, CustomStringConvertible {
    /// `sip`, `sips` or `tel`.
    public var scheme: String
    /// The part before the `@`, or the number of a `tel:` URI; empty if absent.
    public var user: String
    /// A host name or address as written; IPv6 in brackets; empty for `tel:`.
    public var host: String
    /// The port, if written.
    public var port: UInt16?
    /// `;name=value` in the order written; an absent value is nil.
    public var parameters: [Parameter]
    /// `?name=value`, unescaped, in the order written (a Refer-To's Replaces stands here).
    public var headers: [Parameter]

    /// A URI from its parts.
    public init(
        scheme: String = "sip", user: String = "", host: String, port: UInt16? = nil, parameters: [Parameter] = [],
        headers: [Parameter] = []
    ) {
        (self.scheme, self.user, self.host, self.port) = (scheme, user, host, port)
        (self.parameters, self.headers) = (parameters, headers)
    }

    /// A URI at an endpoint.
    public init(user: String, at endpoint: Endpoint, transport: TransportKind = .udp) {
        self.init(user: user, host: endpoint.address.host, port: endpoint.port)
        if transport != .udp { parameters = [Parameter("transport", transport.rawValue)] }
    }

    /// The value of `;name=`, found without regard to case; "" for a parameter without a value, nil if absent.
    public func parameter(_ name: String) -> String? { parameters[name] }

    /// The host as an address; nil for a name.
    public var address: IPAddress? { IPAddress(host) }

    /// RFC 3261 §19.1.1 text, user part and headers escaped.
    public var description: String {
        var text = scheme + ":"
        if scheme == "tel" { text += user } else { text += (user.isEmpty ? "" : user.escaped(keeping: .user) + "@") + host }
        if let port { text += ":\(port)" }
        for parameter in parameters { text += ";" + parameter.description }
        for (index, header) in headers.enumerated() {
            text += (index == 0 ? "?" : "&") + header.name + "=" + (header.value ?? "").escaped(keeping: .header)
        }
        return text
    }
}

/// `name` or `name=value`, as SIP writes parameters.
public struct Parameter: Hashable, Sendable, CustomStringConvertible {
    /// The name as written; compare without regard to case.
    public var name: String
    /// The value as written, quotes included; nil if there is no `=`.
    public var value: String?

    /// A parameter from its parts.
    public init(_ name: String, _ value: String? = nil) { (self.name, self.value) = (name, value) }

    /// `name=value`, the value as it is.
    public var description: String { value.map { "\(name)=\($0)" } ?? name }
}

extension [Parameter] {
    /// The value of the first parameter of this name, found without regard to case; "" where it has none, nil if absent.
    public subscript(_ name: String) -> String? {
        get { first { $0.name.equalsIgnoringCase(name) }.map { $0.value ?? "" } }
        set {
            let place = firstIndex { $0.name.equalsIgnoringCase(name) }
            switch (place, newValue) {
            case (let place?, let value?): self[place].value = value
            case (let place?, nil): remove(at: place)
            case (nil, let value?): append(Parameter(name, value))
            case (nil, nil): break
            }
        }
    }
}

extension StringProtocol {
    /// ASCII comparison without regard to case, as SIP compares tokens.
    @inlinable public func equalsIgnoringCase(_ other: some StringProtocol) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).allSatisfy { (left: UInt8, right: UInt8) -> Bool in
            if left == right { return true }
            let small = left | 0x20
            return small == right | 0x20 && small >= 97 && small <= 122
        }
    }

    /// Without ASCII white space at both ends.
    public var trimmed: SubSequence {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.value == 32 || (9...13).contains(scalar.value) }
        let scalars = unicodeScalars
        guard let start = scalars.firstIndex(where: { !isSpace($0) }) else { return self[endIndex...] }
        var end = scalars.endIndex
        while end > start, isSpace(scalars[scalars.index(before: end)]) { end = scalars.index(before: end) }
        return self[start..<end]
    }
}

/// What may stand unescaped in a part of a URI.
enum URIPart {
    case user, header

    func allows(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: return true
        default: break
        }
        let mark = "-_.!~*'()"
        let extra = self == .user ? "&=+$,;?/" : "[]/?:+$"
        return mark.utf8.contains(byte) || extra.utf8.contains(byte)
    }
}

extension String {
    /// `%HH` for every byte that `part` does not allow.
    func escaped(keeping part: URIPart) -> String {
        if utf8.allSatisfy(part.allows) { return self }
        var text = ""
        for byte in utf8 {
            if part.allows(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return text
    }

    /// `%HH` turned back; nil where the result is not UTF-8, holds a NUL, or an escape is cut short.
    public var unescaped: String? {
        if !utf8.contains(37) { return self }
        var bytes: [UInt8] = []
        var rest = Substring(self).utf8
        while let byte = rest.popFirst() {
            guard byte == 37 else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, let value = UInt8(String(Substring(rest.prefix(2))), radix: 16), value != 0 else { return nil }
            rest = rest.dropFirst(2)
            bytes.append(value)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
