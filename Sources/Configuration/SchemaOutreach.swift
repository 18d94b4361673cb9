import Telephony

/// Forms of what notices need on their way out of the office.
public enum OutreachForm: Equatable, Sendable {
    /// `lamp`, `none`, or `email:`, `telegram:`, `webhook:` and an address.
    case channel
    /// A chat's id at Telegram: digits, after a `-` a group's; or a channel's `@name`.
    case chat
    /// `socks5://HOST:PORT` or `http://HOST:PORT`.
    case proxy
    /// An address of mail, `a@b.c`.
    case mailbox
    /// A host, with or without a port.
    case server
    /// An address of HTTP with `{number}` and `{text}` in it.
    case template
    /// A time of day, or `off`.
    case morning
    /// A folder by its whole path.
    case folder

    func accepts(_ text: String) -> Bool {
        switch self {
        case .channel: text == "none" || Read.channel(text) != nil
        case .chat: Read.isChat(text)
        case .proxy: Read.isProxy(text)
        case .mailbox: Read.isEmail(text)
        case .server: Read.server(text) != nil
        case .morning: text == "off" || Read.clock(text[...]).map { $0 < 86_400 } ?? false
        case .folder: Read.isFolder(text)
        case .template: text.contains("{number}") && text.contains("{text}") && Read.isURL(Read.filled(text))
        }
    }
}

extension Schema.Key {
    /// `extension N notify …`.
    static let notify = Self(
        "notify", "как сообщать о пропущенных; нет — только в списке show notices",
        "how it is told of missed calls; absent: only in the list, show notices", isInheritable: true,
        [
            .some(
                Schema.Value(
                    "CHANNEL", .outreach(.channel),
                    Wording(
                        ru: "lamp (лампа сообщений на телефоне), email:a@b.c, telegram:ИМЯ, webhook:ИМЯ или none",
                        en: "lamp (of waiting messages on its phones), email:a@b.c, telegram:ID, webhook:ID, or none")))
        ])

    /// `scheme ID sms closed …`.
    static let closedText = Self(
        "sms", "SMS на мобильный тому, кто не дозвонился", "a text message to the mobile of who reached nobody",
        [
            .word("closed", "пока офис не работает", "while the office is closed"),
            .value(
                "TEXT", .text, "текст в кавычках: \"Мы работаем с 9 до 18\"", "the text in quotes: \"We are open from 9 to 18\""),
        ])
}

extension Schema.Section {
    static let webhooks = Self(
        word: "webhook",
        help: Wording(
            ru: "программа, которой сообщают о пропущенных: CRM", en: "a program that is told of missed calls: a CRM"),
        name: Schema.Value("ID", .id, Wording(ru: "её имя здесь", en: "its name here")), isOrdered: false,
        keys: [
            .init(
                "url", "куда сообщать", "where to",
                [.value("URL", .url, "адрес: http://127.0.0.1:8900/events", "an address: http://127.0.0.1:8900/events")]),
            .init(
                "secret", "чем подписывать; нет — без подписи", "what bodies are signed with; absent: they are not", joins: true,
                [.value("SECRET", .secret, "ключ без пробелов", "a key without spaces")]),
            .init(
                "events", "о чём сообщать", "what it is told", standard: "all", joins: true,
                [
                    .value(
                        "WHICH",
                        .choice(
                            [
                                .init(
                                    "all", "обо всех пропущенных, сообщениях и просьбах перезвонить",
                                    "every missed call, message and call back that is ordered"),
                                .init(
                                    "named", "только там, где он назван в notify или recipients",
                                    "only where notify or recipients name it"),
                            ], later: []), "что", "which")
                ]),
        ], later: [])

    static let telegram = Self(
        word: "telegram", help: Wording(ru: "уведомления в Telegram", en: "notices to Telegram"), name: nil, isOrdered: false,
        keys: [
            .init(
                "bot", "токен бота, от @BotFather", "the bot's token, from @BotFather",
                [.value("TOKEN", .secret, "токен: \"123456:AbC…\"", "the token: \"123456:AbC…\"")]),
            .init(
                "api", "где Bot API", "where the Bot API is", standard: "https://api.telegram.org", joins: true,
                [.value("URL", .url, "адрес: https://api.telegram.org", "an address: https://api.telegram.org")]),
            .init(
                "proxy", "через какой прокси; нет — напрямую", "by which proxy; absent: straight", joins: true,
                [
                    .value(
                        "PROXY", .outreach(.proxy), "socks5://адрес:порт или http://адрес:порт",
                        "socks5://HOST:PORT or http://HOST:PORT")
                ]),
            .init(
                "chat", "чат: имя здесь и номер в Telegram", "a chat: its name here and its id at Telegram", lines: .named,
                [
                    .value("ID", .id, "имя: anna", "its name: anna"),
                    .value(
                        "CHAT", .outreach(.chat), "номер чата: 123456789, группы: -1001234567890",
                        "the chat's id: 123456789, a group's: -1001234567890"),
                ]),
        ], later: [])

    static let email = Self(
        word: "email", help: Wording(ru: "уведомления письмами", en: "notices by mail"), name: nil, isOrdered: false,
        keys: [
            .init(
                "smtp", "почтовый сервер", "the mail server",
                [
                    .value(
                        "HOST[:PORT]", .outreach(.server), "имя или адрес; порт сам по себе 587",
                        "a name or address; the port is 587 by itself")
                ]),
            .init(
                "tls", "шифрование; нет — implicit на порту 465, иначе starttls",
                "encryption; absent: implicit on port 465, else starttls", joins: true,
                [
                    .value(
                        "HOW",
                        .choice(
                            [
                                .init("starttls", "командой STARTTLS, иначе не отправлять", "by STARTTLS, or nothing is sent"),
                                .init("implicit", "с первого байта", "from the first byte on"),
                                .init("off", "без шифрования", "none"),
                            ], later: []), "как", "how")
                ]),
            .init(
                "from", "от кого письма", "whom letters are from", joins: true,
                [.value("ADDRESS", .outreach(.mailbox), "адрес: pbx@office.lan", "an address: pbx@office.lan")]),
            .init(
                "user", "имя на сервере; нет — без входа", "the user name there; absent: no login", joins: true,
                [.value("USER", .text, "имя в кавычках", "the name in quotes")]),
            .init(
                "secret", "пароль на сервере", "the password there", joins: true,
                [.value("SECRET", .secret, "пароль без пробелов", "a password without spaces")]),
        ], later: [])

    static let sms = Self(
        word: "sms", help: Wording(ru: "SMS звонившим", en: "text messages to callers"), name: nil, isOrdered: false,
        keys: [
            .init(
                "url", "адрес, который отправляет SMS", "the address that sends them",
                [
                    .value(
                        "URL", .outreach(.template), "адрес с {number} и {text}: \"http://шлюз/send?to={number}&text={text}\"",
                        "an address with {number} and {text}: \"http://gateway/send?to={number}&text={text}\"")
                ]),
            .init(
                "secret", "что подставить вместо {secret}; в show config не видно",
                "what stands for {secret}; show config hides it", joins: true,
                [.value("SECRET", .secret, "ключ шлюза без пробелов", "the gateway's key without spaces")]),
            .init(
                "every", "одному номеру не чаще", "to one number no more often than", standard: "24h", joins: true,
                [.value("DUR", .duration(60...2_592_000), "от 1m до 720h", "1m to 720h")]),
        ], later: [])
}
