import Telephony

extension Schema.Key {
    /// `office owner …`: each word is a setting of its own.
    static let owner = Self(
        "owner", "кто ведёт клиента и что делает его звонок", "who looks after a client, and what his call does", lines: .named,
        [
            .oneOf([
                .init(
                    word: "source", help: Wording(ru: "кому верить", en: "who is believed"),
                    pattern: [
                        .oneOf([
                            .init(
                                word: "book", help: Wording(ru: "книге контактов", en: "the contact book"), pattern: []),
                            .init(
                                word: "hook", help: Wording(ru: "запросу к CRM", en: "a look-up hook"),
                                pattern: [.value("ID", .id, "имя запроса", "a hook's name")]),
                        ])
                    ]),
                .init(
                    word: "timer",
                    help: Wording(ru: "сколько звонить ответственному", en: "how long the owner rings"),
                    pattern: [.value("DUR", .duration(1...600), "от 1s до 10m", "1s to 10m")]),
                .init(
                    word: "learn", help: Wording(ru: "как закреплять клиентов", en: "how owners are learnt"),
                    pattern: [.value("RULE", .choice(learning, later: []), "правило", "a rule")]),
                .init(
                    word: "respect-office-hours",
                    help: Wording(
                        ru: "звонить ему, только пока офис открыт", en: "ring him only while the office is open"),
                    pattern: [.onOff]),
                .init(
                    word: "fallback",
                    help: Wording(ru: "куда, если ответственный не ответил", en: "where to, when the owner does not answer"),
                    pattern: [.target]),
            ])
        ])

    private static let learning: [Schema.Choice] = [
        .init("on-answer", "новый клиент — за тем, кто ответил первым", "a new client's owner is who answers him first"),
        .init("last", "за тем, кто говорил последним", "who talked to him last"),
        .init("first", "за тем, кто говорил самым первым", "who ever talked to him first"),
        .init("off", "только вручную и из таблицы", "only by hand and by import"),
    ]
}

extension Schema.Section {
    static let hooks = Self(
        word: "hook",
        help: Wording(ru: "запрос к CRM: кто звонит и кто его ведёт", en: "a question to a CRM: who calls, and who owns him"),
        name: Schema.Value("ID", .id, Wording(ru: "имя запроса", en: "the hook's name")), isOrdered: false,
        keys: [
            .init(
                "url", "куда спрашивать", "where to ask",
                [.value("URL", .url, "адрес: http://127.0.0.1:8900/owner", "an address: http://127.0.0.1:8900/owner")]),
            .init(
                "timeout", "сколько звонок ждёт ответа", "how long a call waits for the answer", standard: "700ms", joins: true,
                [.value("DUR", .milliseconds(50...5000), "от 50ms до 5s", "50ms to 5s")]),
        ], later: [])
}
