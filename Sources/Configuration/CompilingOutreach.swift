import Routing
import Telephony

/// What carries notices out of the office, as the exchange is told.
extension ConfigurationDocument {
    var outreach: OutreachSettings {
        var settings = OutreachSettings()
        let word = { (key: String, path: ConfigurationPath) in words(key, of: path)?.first }
        for item in items("webhook") {
            guard let id = item.path.name, let url = word("url", item.path) else { continue }
            settings.webhooks[id] = Webhook(
                id, url: url, secret: word("secret", item.path), isNamedOnly: word("events", item.path) == "named")
        }
        let telegram = ConfigurationPath("telegram")
        if let token = word("bot", telegram) {
            settings.telegram = TelegramBot(
                token: token, api: word("api", telegram) ?? TelegramBot.standardAPI, proxy: word("proxy", telegram))
        }
        for entry in item("telegram")?.entries("chat") ?? [] where entry.words.count == 2 {
            settings.chats[entry.words[0].value] = entry.words[1].value
        }
        settings.mail = mail
        let sms = ConfigurationPath("sms")
        if let url = word("url", sms) {
            var gateway = SMSGateway(url: url, secret: word("secret", sms))
            gateway.interval = word("every", sms).flatMap(Read.duration) ?? gateway.interval
            settings.sms = gateway
        }
        return settings
    }

    private var mail: MailServer? {
        let path = ConfigurationPath("email")
        guard let server = words("smtp", of: path)?.first.flatMap(Read.server), let from = words("from", of: path)?.first else {
            return nil
        }
        let port = server.port ?? 587
        let security = words("tls", of: path)?.first.flatMap(MailServer.Security.init) ?? (port == 465 ? .implicit : .starttls)
        return MailServer(
            host: server.host, port: port, security: security, from: from, user: words("user", of: path)?.first,
            secret: words("secret", of: path)?.first)
    }
}

extension Read {
    /// `lamp`, `email:a@b.c`, `telegram:anna`, `webhook:crm`; nil also for `none`.
    static func channel(_ text: String) -> NoticeChannel? {
        if text == "lamp" { return .lamp }
        switch recipient(text) {
        case .email(let address)?: return .email(address)
        case .telegram(let chat)?: return .telegram(chat)
        case .webhook(let id)?: return .webhook(id)
        case .extension?, nil: return nil
        }
    }

    static func isChat(_ text: String) -> Bool {
        if text.hasPrefix("@") {
            return (2...33).contains(text.utf8.count)
                && text.utf8.dropFirst().allSatisfy { isDigit($0) || (65...90).contains($0 & 0xDF) || $0 == 95 }
        }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        return isDigits(digits) && digits.utf8.count <= 20
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    static func isProxy(_ text: String) -> Bool {
        let schemes = ["socks5h://", "socks5://", "http://", "https://"]
        guard let scheme = schemes.first(where: text.hasPrefix) else { return false }
        return server(String(text.dropFirst(scheme.count))) != nil
    }

    /// `HOST`, `HOST:PORT`, `[::1]:25`.
    static func server(_ text: String) -> (host: String, port: UInt16?)? {
        if let endpoint = endpoint(text) { return (endpoint.address.description, endpoint.port) }
        if isHost(text) { return (text, nil) }
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let (host, port) = (String(text[..<colon]), text[text.index(after: colon)...])
        guard isHost(host), isDigits(port), let number = UInt16(port), number > 0 else { return nil }
        return (host, number)
    }

    /// `/sys/class/leds/red`: a whole path, and no way up in it.
    static func isFolder(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        return text.hasPrefix("/") && text.utf8.count <= 200 && !parts.isEmpty
            && parts.allSatisfy { $0 != "" && $0 != "." && $0 != ".." } && text.utf8.allSatisfy { (33...126).contains($0) }
    }

    /// A template as it will be asked for.
    static func filled(_ template: String) -> String {
        ["{number}", "{text}", "{secret}"].reduce(template) { text, place in
            text.split(separator: place, omittingEmptySubsequences: false).joined(separator: "1")
        }
    }
}
