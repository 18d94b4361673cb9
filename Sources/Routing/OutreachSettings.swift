import Telephony

/// An address of a program that is told of missed calls: `webhook ID`.
public struct Webhook: Hashable, Sendable {
    /// Its id.
    public var id: String
    /// Where to.
    public var url: String
    /// What the bodies are signed with; nil: they are not.
    public var secret: String?
    /// Whether it is told only where an extension or a mailbox names it; else of everything.
    public var isNamedOnly: Bool

    /// A webhook that is told of everything.
    public init(_ id: String, url: String, secret: String? = nil, isNamedOnly: Bool = false) {
        (self.id, self.url, self.secret, self.isNamedOnly) = (id, url, secret, isNamedOnly)
    }
}

/// A bot of Telegram: `telegram bot`.
public struct TelegramBot: Hashable, Sendable {
    /// Telegram's own address.
    public static let standardAPI = "https://api.telegram.org"

    /// What it is known by.
    public var token: String
    /// Where its API is.
    public var api: String
    /// The way there, `socks5://…` or `http://…`; nil: straight.
    public var proxy: String?

    /// A bot from its parts.
    public init(token: String, api: String = standardAPI, proxy: String? = nil) {
        (self.token, self.api, self.proxy) = (token, api, proxy)
    }
}

/// The server that takes our letters: `email smtp`.
public struct MailServer: Hashable, Sendable {
    /// How the connection is made secret.
    public enum Security: String, Hashable, Sendable, CaseIterable {
        /// By STARTTLS, or nothing is sent.
        case starttls
        /// From the first byte on.
        case implicit
        /// Not at all.
        case off
    }

    /// Where it is.
    public var host: String, port: UInt16
    /// How it is talked to.
    public var security: Security
    /// Whom letters are from.
    public var from: String
    /// What we show there; nil: it asks for nothing.
    public var user: String?, secret: String?

    /// A server from its parts.
    public init(
        host: String, port: UInt16 = 587, security: Security = .starttls, from: String, user: String? = nil, secret: String? = nil
    ) {
        (self.host, self.port, self.security) = (host, port, security)
        (self.from, self.user, self.secret) = (from, user, secret)
    }
}

/// Who sends text messages for us: `sms url`.
public struct SMSGateway: Hashable, Sendable {
    /// An address of HTTP with `{number}` and `{text}` in it, and `{secret}` where it needs that.
    public var url: String
    /// What stands for `{secret}`; nil: nothing does.
    public var secret: String?
    /// A caller gets at most one within so long.
    public var interval: Duration

    /// A gateway from its parts.
    public init(url: String, secret: String? = nil, interval: Duration = .seconds(86_400)) {
        (self.url, self.secret, self.interval) = (url, secret, interval)
    }
}

/// Everything that carries notices out of the office.
public struct OutreachSettings: Hashable, Sendable {
    /// By id.
    public var webhooks: [String: Webhook] = [:]
    /// Nil: there is no bot.
    public var telegram: TelegramBot?
    /// Telegram's ids of chats, by the configuration's.
    public var chats: [String: String] = [:]
    /// Nil: no letters.
    public var mail: MailServer?
    /// Nil: no text messages.
    public var sms: SMSGateway?

    /// Nothing set.
    public init() {}
}

extension Router {
    /// The scheme that calls to this company number take; nil: another rule does, or none.
    public func scheme(of number: String) -> Scheme? {
        guard case .scheme(let id)? = rule(for: number, on: nil)?.target else { return nil }
        return office.schemes[id]
    }

    /// Whom calls to this company number are for as long as no rule of a scheme says otherwise: an employee, or a department's members.
    public func addressees(of number: String) -> [ExtensionNumber] {
        var target = rule(for: number, on: nil)?.target
        if case .scheme(let id)? = target { target = office.schemes[id]?.otherwise }
        switch target {
        case .extension(let person)?: return office.extensions[person] == nil ? [] : [person]
        case .department(let id)?:
            return office.departments[id]?.members.map(\.number).filter { office.extensions[$0] != nil } ?? []
        case .external?, .scheme?, .menu?, .prompt?, .voicemail?, .conference?, .busy?, .drop?, nil: return []
        }
    }
}
