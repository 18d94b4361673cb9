import Routing
import Signalling
import Telephony

/// One word of a line, and how it is printed.
public enum Word: Hashable, Sendable {
    /// As it is; in quotes only where it must.
    case plain(String)
    /// In quotes.
    case text(String)
    /// In quotes, or masked.
    case secret(String)

    /// The word itself.
    public var value: String {
        switch self {
        case .plain(let text), .text(let text), .secret(let text): text
        }
    }

    /// What stands for a secret that is not shown; when loaded: the secret stays as it was.
    public static let mask = "********"

    func printed(maskingSecrets: Bool) -> String {
        switch self {
        case .plain(let text): Self.mustQuote(text) ? Self.quoted(text) : text
        case .text(let text): Self.quoted(text)
        case .secret(let text): Self.quoted(maskingSecrets ? Self.mask : text)
        }
    }

    private static func mustQuote(_ text: String) -> Bool {
        text.isEmpty || text == "#" || text.contains { $0.isWhitespace || $0 == "\"" || $0 == "\\" }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text.unicodeScalars {
            if character == "\"" || character == "\\" { result += "\\" }
            result.unicodeScalars.append(character)
        }
        return result + "\""
    }
}

/// Values read from their words; nil where the words have another form.
enum Read {
    /// The longest TEXT, in characters.
    static let textLimit = 200
    /// The longest ID.
    static let idLimit = 32
    /// The longest secret.
    static let secretLimit = 64
    /// The longest number to dial.
    static let digitsLimit = 32
    /// An extension's or department's number has at most so many digits.
    static let internalLimit = 8

    static func duration(_ text: String) -> Duration? {
        guard let unit = text.last, let count = natural(text.dropLast()), count <= 1_000_000 else { return nil }
        switch unit {
        case "s": return .seconds(count)
        case "m": return .seconds(count * 60)
        case "h": return .seconds(count * 3600)
        default: return nil
        }
    }

    /// Also in milliseconds: `700ms`.
    static func shortDuration(_ text: String) -> Duration? {
        guard text.hasSuffix("ms") else { return duration(text) }
        return natural(text.dropLast(2)).map { .milliseconds($0) }
    }

    static func natural(_ text: some StringProtocol) -> Int? {
        isDigits(text) && text.utf8.count <= 9 ? Int(text) : nil
    }

    static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (48...57).contains($0) }
    }

    static func isID(_ text: String) -> Bool {
        let letters = text.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == 45 }
        return letters && !text.isEmpty && text.utf8.count <= idLimit && !text.hasPrefix("-")
    }

    static func isInternalNumber(_ text: String) -> Bool { isDigits(text) && text.utf8.count <= internalLimit }

    static func isNumber(_ text: String) -> Bool {
        let dialled = PhoneNumber.dialled(text)
        let shape = text.utf8.enumerated().allSatisfy { index, byte in
            (48...57).contains(byte) || " -().*#".utf8.contains(byte) || (byte == 43 && index == 0)
        }
        return shape && !dialled.isEmpty && dialled.utf8.count <= digitsLimit && text.utf8.count <= 2 * digitsLimit
    }

    static func isLanguage(_ text: String) -> Bool { text.utf8.count == 2 && text.utf8.allSatisfy { (97...122).contains($0) } }

    static func isMask(_ text: String) -> Bool { text.utf8.count <= 2 * digitsLimit && NumberMask(text) != nil }

    static func peer(_ text: String) -> (address: IPAddress, port: UInt16?)? {
        if let endpoint = Endpoint(text), endpoint.port > 0 { return (endpoint.address, endpoint.port) }
        return IPAddress(text).map { ($0, nil) }
    }

    static func endpoint(_ text: String) -> Endpoint? { Endpoint(text).flatMap { $0.port > 0 ? $0 : nil } }

    static func ports(_ text: String) -> ClosedRange<UInt16>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, isDigits(parts[0]), isDigits(parts[1]), let low = UInt16(parts[0]), let high = UInt16(parts[1]),
            low > 0, low <= high
        else { return nil }
        return low...high
    }

    static func isHost(_ text: String) -> Bool {
        if IPAddress(text) != nil { return true }
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.utf8.first != 45 && label.utf8.last != 45
                    && label.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || $0 == 45 }
            }
    }

    /// The longest address of HTTP.
    static let urlLimit = 500

    /// `http://HOST[:PORT][/…]`, or `https`.
    static func isURL(_ text: String) -> Bool {
        guard text.utf8.count <= urlLimit, text.utf8.allSatisfy({ (33...126).contains($0) && $0 != 34 && $0 != 35 && $0 != 92 }),
            let scheme = ["http://", "https://"].first(where: text.hasPrefix)
        else { return false }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" }
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]"), IPAddress(String(authority[...end].dropFirst().dropLast())) != nil
            else {
                return false
            }
            return isPort(authority[authority.index(after: end)...])
        }
        let host = authority.prefix { $0 != ":" }
        return isHost(String(host)) && isPort(authority[host.endIndex...])
    }

    /// Nothing, or `:8080`.
    private static func isPort(_ text: Substring) -> Bool {
        text.isEmpty || text.first == ":" && isDigits(text.dropFirst()) && (1...65_535).contains(Int(text.dropFirst()) ?? 0)
    }

    static func isTimezone(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        return (1...3).contains(parts.count) && text.utf8.count <= 64
            && parts.allSatisfy { part in
                part.utf8.first.map { (65...90).contains($0 & 0xDF) } ?? false
                    && part.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || "+-_".utf8.contains($0) }
            }
    }

    static func isSecret(_ text: String) -> Bool {
        (1...secretLimit).contains(text.utf8.count) && text.utf8.allSatisfy { (33...126).contains($0) }
    }

    static func isPassword(_ text: String) -> Bool { isText(text) && (8...160).contains(text.count) }

    static func isText(_ text: String) -> Bool {
        text.count <= textLimit && text.utf8.count <= 8 * textLimit
            && text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
    }

    /// The number of a member outside: `external:+79161234567`.
    static func outsideMember(_ text: String) -> String? {
        text.hasPrefix("external:") ? String(text.dropFirst("external:".count)) : nil
    }

    /// What a caller hears before he is sent on.
    static func announcement(_ word: String) -> Announcement {
        switch word {
        case "none": .none
        case "default": .standard
        default: .prompt(word)
        }
    }

    /// A target from its words, which are known to be well-formed.
    static func target(_ words: ArraySlice<String>) -> Target? {
        guard let kind = words.first else { return nil }
        let name = words.dropFirst().first
        switch (kind, name) {
        case ("extension", let name?): return .extension(name)
        case ("department", let name?): return .department(name)
        case ("external", let name?): return .external(name)
        case ("scheme", let name?): return .scheme(name)
        case ("menu", let name?): return .menu(name)
        case ("prompt", let name?): return .prompt(name)
        case ("conference", let name?): return .conference(name)
        case ("voicemail", let name?): return .voicemail(name)
        case ("busy", _): return .busy
        case ("drop", _): return .drop
        default: return nil
        }
    }
}

extension Schema.Form {
    /// The word as it is kept, or nil where it has another form. Targets are read by the grammar, word for word.
    func accept(_ text: String) -> Word? {
        switch self {
        case .text: Read.isText(text) ? .text(text) : nil
        case .recipient: plain(text, Read.recipient(text) != nil)
        case .outreach(let form): plain(text, form.accepts(text))
        case .pin: Read.isPIN(text) || text == Word.mask ? .secret(text) : nil
        case .size: plain(text.lowercased(), Read.size(text) != nil)
        case .secret: Read.isSecret(text) ? .secret(text) : nil
        case .password: Read.isPassword(text) ? .secret(text) : nil
        case .id: plain(text, Read.isID(text))
        case .soundFile: plain(text, text.hasSuffix(".wav") && Read.isID(String(text.dropLast(4))))
        case .internalNumber(let all): plain(text, Read.isInternalNumber(text) || (all && text == "*"))
        case .member: plain(text, Read.isInternalNumber(text) || Read.outsideMember(text).map(Read.isNumber) ?? false)
        case .caller: plain(text, ["unknown", "known", "anonymous"].contains(text) || Read.isNumber(text))
        case .dateAndTime: plain(text, WrittenTime(text) != nil)
        case .announcement: plain(text, Read.isID(text))
        case .number: plain(text, Read.isNumber(text))
        case .mask: plain(text, Read.isMask(text))
        case .digits: plain(text, Read.isDigits(text) && text.utf8.count <= Read.digitsLimit)
        case .prefix: plain(text, Read.isDigits(text) && text.utf8.count <= 15 && !text.hasPrefix("0"))
        case .language: plain(text, Read.isLanguage(text))
        case .duration(let limits): plain(text, Read.duration(text).map { limits.contains(Int($0.components.seconds)) } ?? false)
        case .milliseconds(let limits):
            plain(text, Read.shortDuration(text).map { limits.contains(Int($0.milliseconds)) } ?? false)
        case .url: plain(text, Read.isURL(text))
        case .integer(let limits): plain(text, Read.natural(text).map(limits.contains) ?? false)
        case .choice(let choices, later: _): plain(text, choices.contains { $0.word == text })
        case .peer: plain(text, Read.peer(text).map { !$0.address.isUnspecified } ?? false)
        case .endpoint: plain(text, Read.endpoint(text) != nil)
        case .ports: plain(text, Read.ports(text) != nil)
        case .host: plain(text, Read.isHost(text))
        case .timezone: plain(text, Read.isTimezone(text))
        case .days: plain(text, Read.days(text) != nil)
        case .span: plain(text, Read.span(text) != nil)
        case .clock: plain(text, Read.clock(text[...]).map { $0 < 86_400 } ?? false)
        case .age(let limits): plain(text, Read.age(text).map(limits.contains) ?? false)
        case .date(let range): plain(text, Read.dates(text).map { range || $0.count == 1 } ?? false)
        case .moment: plain(text, Read.end(text) != nil)
        case .target: nil
        }
    }

    private func plain(_ text: String, _ isRight: Bool) -> Word? { isRight ? .plain(text) : nil }
}
