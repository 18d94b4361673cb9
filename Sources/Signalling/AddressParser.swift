import Telephony

extension SIPURI {
    /// Parses `sip:`, `sips:` and `tel:` text (RFC 3261 §19.1); nil for anything else. A password in the user part is dropped.
    public init?(_ text: some StringProtocol) {
        let text = text.trimmed
        guard text.utf8.count <= 1024, let colon = text.firstIndex(of: ":") else { return nil }
        let scheme = text[..<colon].lowercased()
        var rest = Substring(text[text.index(after: colon)...])
        var headers: [Parameter] = []
        // A "?" may stand in a user part, so the headers begin only behind the host.
        let behindUser = rest.lastIndex(of: "@") ?? rest.startIndex
        if let question = rest[behindUser...].firstIndex(of: "?") {
            for field in rest[rest.index(after: question)...].split(separator: "&").prefix(16) {
                guard let parameter = Parameter(text: field), let value = (parameter.value ?? "").unescaped else { return nil }
                headers.append(Parameter(parameter.name, value))
            }
            rest = rest[..<question]
        }
        switch scheme {
        case "tel":
            let parts = rest.split(separator: ";", omittingEmptySubsequences: false)
            guard let number = parts.first, !number.isEmpty else { return nil }
            self.init(
                scheme: scheme, user: String(number), host: "", parameters: parts.dropFirst().compactMap { Parameter(text: $0) })
        case "sip", "sips":
            var user = ""
            if let at = rest.lastIndex(of: "@") {
                guard let name = String(rest[..<at].prefix { $0 != ":" }).unescaped, !name.isEmpty else { return nil }
                user = name
                rest = rest[rest.index(after: at)...]
            }
            let parts = rest.split(separator: ";", omittingEmptySubsequences: false)
            guard let place = parts.first, let (host, port) = Self.hostPort(place) else { return nil }
            self.init(
                scheme: scheme, user: user, host: host, port: port,
                parameters: parts.dropFirst().prefix(32).compactMap { Parameter(text: $0) }, headers: headers)
        default:
            return nil
        }
    }

    private static func hostPort(_ text: Substring) -> (String, UInt16?)? {
        let end = text.hasPrefix("[") ? text.firstIndex(of: "]").map { text.index(after: $0) } : text.firstIndex(of: ":")
        if text.hasPrefix("["), end == nil { return nil }
        let host = text[..<(end ?? text.endIndex)]
        guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 && $0 != 64 }) else { return nil }
        let rest = text[host.endIndex...]
        if rest.isEmpty { return (String(host), nil) }
        guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()) else { return nil }
        return (String(host), port)
    }
}

extension Parameter {
    /// `name` or `name=value`; nil without a name.
    init?(text: some StringProtocol) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first?.trimmed, !name.isEmpty else { return nil }
        self.init(String(name), parts.count > 1 ? String(parts[1].trimmed) : nil)
    }
}

extension NameAddress {
    /// Parses one value of From, To, Contact, Refer-To and the like: `"Anna" <sip:101@host>;tag=…`, or a bare URI.
    public init?(_ text: some StringProtocol) {
        let text = text.trimmed
        guard let open = text.firstIndex(of: "<") else {
            // Without brackets whatever follows a ";" belongs to the header (RFC 3261 §20).
            let parts = text.split(separator: ";", omittingEmptySubsequences: false)
            guard let uri = parts.first.flatMap({ SIPURI($0) }) else { return nil }
            self.init(uri: uri, parameters: parts.dropFirst().compactMap { Parameter(text: $0) })
            return
        }
        guard let close = text[open...].firstIndex(of: ">"), let uri = SIPURI(text[text.index(after: open)..<close]) else {
            return nil
        }
        let name = String(text[..<open].trimmed.filter { $0 != "\"" && $0 != "\\" })
        let parameters = text[text.index(after: close)...].split(separator: ";").compactMap { Parameter(text: $0) }
        self.init(name: name.isEmpty ? nil : name, uri: uri, parameters: parameters.filter { !$0.name.isEmpty })
    }
}

extension ReplacedDialog {
    /// Parses a Replaces value, `call-id;to-tag=…;from-tag=…` (RFC 3891 §6.1); nil if a part is missing.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: ";")
        guard let callID = parts.first?.trimmed, !callID.isEmpty else { return nil }
        let parameters = parts.dropFirst().compactMap { Parameter(text: $0) }
        guard let toTag = parameters["to-tag"], let fromTag = parameters["from-tag"] else { return nil }
        self.init(callID: String(callID), toTag: toTag, fromTag: fromTag)
    }
}
