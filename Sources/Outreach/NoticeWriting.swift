import FollowUp
import Routing
import Telephony

/// How a notice is said to each kind of server.
struct NoticeWriting {
    /// What goes out.
    enum Request: Equatable {
        case http(HTTPRequest)
        case mail(MailRequest)
        /// Nothing can: why, and whether that is for good.
        case none(Wording, isLasting: Bool)
    }

    /// How long a server may take: a letter with a sound in it takes longest.
    private static let patience = Duration.seconds(20), mailPatience = Duration.seconds(120)
    /// Telegram takes no more, in characters.
    private static let chatLimit = 4096
    /// Words for a caller are for the moment; later they only puzzle him.
    private static let callerPatience: Int64 = 2 * 3_600_000

    let settings: OutreachSettings
    /// The office's name, for letters.
    let sender: String
    /// Signs bytes by a key, in hexadecimal.
    let sign: @Sendable ([UInt8], String) -> String
    /// The sound of a voicemail message; nil: it is no more.
    let sound: @Sendable (Int) -> [UInt8]?

    /// What is to be sent for a notice at this moment.
    func request(for posted: PostedNotice, at now: Instant, utc: Int64) -> Request {
        let notice = posted.notice
        let missing = Request.none(Catalogue.channelMissing(notice.address.description), isLasting: false)
        switch notice.address {
        case .list: return missing
        case .email(let address): return settings.mail.map { .mail(mail(notice, to: address, by: $0, now)) } ?? missing
        case .telegram(let chat):
            guard let bot = settings.telegram, let id = settings.chats[chat] else { return missing }
            return .http(telegram(notice, to: id, by: bot, now))
        case .webhook(let id): return settings.webhooks[id].map { .http(webhook(notice, $0, now)) } ?? missing
        case .sms(let number):
            if utc - notice.at > Self.callerPatience { return .none(Catalogue.noticeTooOld, isLasting: true) }
            return settings.sms.map { .http(sms(notice, to: number, by: $0, now)) } ?? missing
        }
    }

    private func webhook(_ notice: OutgoingNotice, _ hook: Webhook, _ now: Instant) -> HTTPRequest {
        let body = Array(notice.text.utf8)
        var headers = [
            "Content-Type: application/json", "Idempotency-Key: \(notice.key)", "X-Apus-Event: \(notice.kind.rawValue)",
        ]
        if let secret = hook.secret { headers.append("X-Apus-Signature: sha256=" + sign(body, secret)) }
        return HTTPRequest(hook.url, method: .post(body), headers: headers, deadline: now + Self.patience)
    }

    private func telegram(_ notice: OutgoingNotice, to chat: String, by bot: TelegramBot, _ now: Instant) -> HTTPRequest {
        let body = JSON.object([
            ("chat_id", .string(chat)), ("text", .string(String(notice.text.prefix(Self.chatLimit)))),
            ("disable_web_page_preview", .bool(true)),
        ])
        let api = bot.api.hasSuffix("/") ? String(bot.api.dropLast()) : bot.api
        var request = HTTPRequest(
            "\(api)/bot\(bot.token)/sendMessage", method: .post(Array("\(body)".utf8)),
            headers: ["Content-Type: application/json"],
            deadline: now + Self.patience)
        request.proxy = bot.proxy
        return request
    }

    private func sms(_ notice: OutgoingNotice, to number: String, by gateway: SMSGateway, _ now: Instant) -> HTTPRequest {
        var url = gateway.url
        for (place, text) in [("{number}", number), ("{text}", notice.text), ("{secret}", gateway.secret ?? "")] {
            url = url.split(separator: place, omittingEmptySubsequences: false).joined(separator: Self.escaped(text))
        }
        return HTTPRequest(url, deadline: now + Self.patience)
    }

    /// RFC 3986: everything but unreserved characters.
    static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            (48...57).contains(byte) || (65...90).contains(byte & 0xDF) || "-._~".utf8.contains(byte)
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private func mail(_ notice: OutgoingNotice, to address: String, by server: MailServer, _ now: Instant) -> MailRequest {
        var letter = MailLetter(
            from: server.from, sender: sender, to: address, date: CivilTime(utc: notice.at, offset: notice.utcOffset),
            id: notice.key, subject: notice.subject, text: notice.text)
        if let message = notice.message, let bytes = sound(message) {
            letter.attachment = .init(name: "message-\(message).wav", type: "audio/wav", bytes: bytes)
        }
        let scheme = server.security == .implicit ? "smtps" : "smtp"
        let host = server.host.contains(":") && !server.host.hasPrefix("[") ? "[\(server.host)]" : server.host
        var request = MailRequest(
            "\(scheme)://\(host):\(server.port)", from: server.from, to: address, letter: letter.bytes,
            deadline: now + Self.mailPatience)
        request.requiresTLS = server.security == .starttls
        (request.user, request.secret) = (server.user, server.secret)
        return request
    }
}

/// What a server made of a notice.
enum NoticeVerdict: Equatable {
    case taken
    /// It will never take this one.
    case refused(Wording)
    /// Not now; perhaps not before so long.
    case later(Wording, retryAfter: Duration?)

    /// Reads the answer of the server behind an address.
    init(_ result: HTTPResult, of address: NoticeAddress) {
        switch result {
        case .failed(let failure): self = .later(failure.wording, retryAfter: nil)
        case .answered(let status, let body, let retryAfter):
            switch address {
            case .email: self = Self.mail(status, body)
            case .telegram: self = Self.telegram(status, body, retryAfter)
            case .webhook, .sms, .list: self = Self.http(status, body, retryAfter)
            }
        }
    }

    /// The request itself is wrong, whoever reads it.
    private static let lasting: Set = [400, 410, 413, 415, 422]

    private static func http(_ status: Int, _ body: [UInt8], _ retryAfter: Duration?) -> Self {
        if (200...299).contains(status) { return .taken }
        let reason = Catalogue.channelRefused(status, excerpt(body))
        return lasting.contains(status) ? .refused(reason) : .later(reason, retryAfter: retryAfter)
    }

    /// A chat that is not there or has thrown the bot out takes nothing; a wrong token is the installer's to put right.
    private static func telegram(_ status: Int, _ body: [UInt8], _ retryAfter: Duration?) -> Self {
        let answer = try? JSON(body)
        if status == 200 {
            return answer?["ok"] == .bool(true)
                ? .taken : .later(Catalogue.channelRefused(status, excerpt(body)), retryAfter: nil)
        }
        var (words, pause) = (excerpt(body), retryAfter)
        if case .string(let text)? = answer?["description"] { words = excerpt(Array(text.utf8)) }
        if case .integer(let seconds)? = answer?["parameters"]?["retry_after"], seconds > 0 { pause = .seconds(seconds) }
        let reason = Catalogue.channelRefused(status, words)
        return status == 400 || status == 403 ? .refused(reason) : .later(reason, retryAfter: pause)
    }

    /// Statuses about the login and the connection: the letter itself may be good (RFC 4954, RFC 3207).
    private static let aboutUs: Set = [500, 502, 503, 504, 530, 534, 535, 538]

    private static func mail(_ status: Int, _ body: [UInt8]) -> Self {
        if status == 250 { return .taken }
        var words = excerpt(body)
        if words.hasPrefix("\(status)") { words = words.dropFirst(3).drop { $0 == " " || $0 == "-" }.description }
        let reason = Catalogue.channelRefused(status, words)
        return status >= 500 && !aboutUs.contains(status) ? .refused(reason) : .later(reason, retryAfter: nil)
    }

    /// The beginning of a text, in one line.
    private static func excerpt(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(200), as: UTF8.self).unicodeScalars
        let line = text.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(String(line).trimmed.prefix(100))
    }
}
