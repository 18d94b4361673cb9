import Telephony

extension Schema {
    /// The language of this version.
    public static let current = Schema(
        sections: [
            .office, .sip, .media, .extensions, .departments, .prompts, .menus, .conferences, .paging, .voicemail, .numbers,
            .schemes,
            .callers,
            .regions,
            .trunks, .routes, .hooks, .webhooks, .telegram, .email, .sms, .codes, .parking, .tasks, .users, .expectations,
        ],
        later: [
            "fxs", "speaker", "provision",
        ])
}

extension Schema.Key {
    init(
        _ word: String, _ ru: String, _ en: String, lines cardinality: Schema.Cardinality = .one, standard: String? = nil,
        joins: Bool = false, excludes: [String] = [], isInheritable: Bool = false, _ pattern: [Schema.Element]
    ) {
        (self.word, help, self.cardinality, self.pattern) = (word, Wording(ru: ru, en: en), cardinality, pattern)
        (self.standard, self.joins, self.excludes, self.isInheritable) = (standard, joins, excludes, isInheritable)
    }
}

extension Schema.Element {
    static func word(_ word: String, _ ru: String, _ en: String) -> Self { .word(word, Wording(ru: ru, en: en)) }
    static func value(_ label: String, _ form: Schema.Form, _ ru: String, _ en: String) -> Self {
        .value(Schema.Value(label, form, Wording(ru: ru, en: en)))
    }
}

extension Schema.Choice {
    init(_ word: String, _ ru: String, _ en: String) { self.init(word, Wording(ru: ru, en: en)) }
}

extension Schema.Value {
    static let extensionNumber = Self(
        "N", .internalNumber(all: false), Wording(ru: "номер сотрудника", en: "an extension's number"), names: "extension")
    static let member = Self(
        "N", .member,
        Wording(ru: "номер сотрудника или external:+79161234567", en: "an extension's number, or external:+79161234567"),
        names: "extension")
    static let schemeID = Self("ID", .id, Wording(ru: "имя схемы", en: "a scheme's name"), names: "scheme")
    static let trunkID = Self("ID", .id, Wording(ru: "имя линии", en: "a trunk's name"), names: "trunk")
    static let regionID = Self("ID", .id, Wording(ru: "имя региона: spb", en: "a region's name: spb"), names: "region")
    static let language = Self("LANGUAGE", .language, Wording(ru: "код языка: en, de", en: "a language code: en, de"))
    static let promptID = Self("ID", .id, Wording(ru: "имя сообщения", en: "a prompt's name"), names: "prompt")
    static let departmentID = Self("ID", .id, Wording(ru: "имя отдела", en: "a department's name"), names: "department")
}

extension Schema.TargetKind {
    static let `extension` = Self(
        word: "extension", help: Wording(ru: "сотруднику, по его правилам", en: "to an employee, by his own rules"),
        value: .extensionNumber)
    static let department = Self(
        word: "department", help: Wording(ru: "отделу", en: "to a department"), value: .departmentID)
    static let external = Self(
        word: "external", help: Wording(ru: "на внешний номер, через исходящий маршрут", en: "to an outside number, by a route"),
        value: Schema.Value("NUMBER", .number, Wording(ru: "телефонный номер", en: "a telephone number")))
    static let scheme = Self(word: "scheme", help: Wording(ru: "в схему", en: "to a scheme"), value: .schemeID)
    static let prompt = Self(
        word: "prompt", help: Wording(ru: "сообщение, затем отбой", en: "a prompt, then release"), value: .promptID)
    static let busy = Self(
        word: "busy", help: Wording(ru: "короткие гудки, затем отбой", en: "national busy tone, then release"), value: nil)
    static let drop = Self(word: "drop", help: Wording(ru: "отбой сразу", en: "release at once"), value: nil)
    static let all: [Self] = [.extension, .department, .menu, .external, .scheme, .prompt, .conference, .voicemail, .busy, .drop]
}

extension Schema.Element {
    /// `to TARGET`.
    static let toTarget: [Self] = [
        .word("to", "куда направить вызов", "where the call goes"), .target,
    ]

    static let target = Self.value(
        "TARGET", .target(Schema.TargetKind.all, later: []), "куда направить вызов",
        "where the call goes")

    /// `after DUR to TARGET [announce none]`.
    static let noAnswer: [Self] =
        [
            .word("after", "сколько ждать ответа", "how long to wait for an answer"),
            .value("DUR", .duration(1...3600), "время звонка: 20s, 2m", "ringing time: 20s, 2m"),
        ] + toTarget + [
            .optional([
                .word("announce", "что услышит клиент перед этим", "what the caller hears before that"),
                .value(
                    "ANNOUNCE", .announcement, "default — стандартные слова, none — только гудки, или имя подсказки",
                    "default = the standard words, none = nothing but ringing, or a prompt's name"),
            ])
        ]

    /// `on` or `off`.
    static let onOff = Self.value(
        "ON|OFF", .choice([.init("on", "включено", "on"), .init("off", "выключено", "off")], later: []), "включить или нет",
        "on or off")

    /// What a rule of a scheme asks.
    static let conditions = Self.clauses(
        by: "and", Wording(ru: "и ещё условие", en: "and one more condition"),
        [
            .init(word: "holiday", help: Wording(ru: "праздник", en: "a holiday"), pattern: []),
            .init(word: "closed", help: Wording(ru: "офис не работает", en: "the office does not work"), pattern: []),
            .init(
                word: "hours", help: Wording(ru: "в эти часы", en: "in these hours"), pattern: Schema.Element.hours),
            .init(
                word: "caller", help: Wording(ru: "кто звонит", en: "who calls"),
                pattern: [
                    .clauses(
                        by: ",", Wording(ru: "и", en: "and"),
                        [
                            .init(
                                word: "known", help: Wording(ru: "есть в книге контактов", en: "is in the contact book"),
                                pattern: []),
                            .init(
                                word: "unknown",
                                help: Wording(ru: "номер виден, но никто его не знает", en: "shows a number that nobody knows"),
                                pattern: []),
                            .init(word: "anonymous", help: Wording(ru: "номер скрыт", en: "hides his number"), pattern: []),
                            .init(word: "abroad", help: Wording(ru: "из другой страны", en: "from another country"), pattern: []),
                            .init(
                                word: "mask", help: Wording(ru: "номер по маске", en: "a number that fits a mask"),
                                pattern: [.value("MASK", .mask, "маска: 7916*", "a mask: 7916*")]),
                            .init(
                                word: "region",
                                help: Wording(ru: "номер региона или страны", en: "a number of a region or country"),
                                pattern: [.value(.regionID)]),
                            .init(
                                word: "language",
                                help: Wording(
                                    ru: "говорит на этом языке; без кода — на чужом, который знают в отделе",
                                    en: "speaks this language; without a code: a foreign one that the department speaks"),
                                pattern: [.maybe(.language, before: ["to", "and"])]),
                        ], later: [])
                ]),
            .init(
                word: "number", help: Wording(ru: "на какой номер звонят", en: "the number that was called"),
                pattern: [
                    .word("region", "номер этого региона", "a number of this region"), .value(.regionID),
                ]),
        ], later: [])

    /// What is whispered.
    static let whisper = Self.oneOf(
        [
            .init(
                word: "prompt", help: Wording(ru: "подсказка", en: "a prompt"),
                pattern: [.value("ID", .id, "имя подсказки", "a prompt's name")]),
            .init(
                word: "number", help: Wording(ru: "номер организации, на который звонят", en: "the company number called"),
                pattern: []),
            .init(
                word: "label",
                help: Wording(
                    ru: "пометка этого номера: подсказка label-НОМЕР, без неё — сам номер",
                    en: "that number's label: the prompt label-NUMBER, without one the number itself"), pattern: []),
        ])

    /// `mon-fri 09:00-18:00`.
    static let hours: [Self] = [
        .value("DAYS", .days, "дни: mon-fri, sat,sun или daily", "days: mon-fri, sat,sun or daily"),
        .value("SPAN", .span, "часы: 09:00-18:00, через полночь 22:00-06:00", "hours: 09:00-18:00, over midnight 22:00-06:00"),
    ]

    /// A language that the exchange itself speaks.
    static let officeLanguage = Self.value(
        "LANGUAGE", .choice([.init("ru", "русский", "Russian"), .init("en", "английский", "English")], later: []), "язык",
        "language")

    /// A choice among the toll classes.
    static let tollClass = Self.value(
        "CLASS",
        .choice(
            [
                .init("internal", "только внутри офиса и экстренные", "inside the office, and emergency"),
                .init("local", "и город", "and the city"), .init("national", "и вся страна", "and the whole country"),
                .init("international", "и весь мир", "and the world"),
            ], later: []), "класс связи", "toll class")
}

extension Schema.Section {
    static let office = Self(
        word: "office", help: Wording(ru: "офис в целом", en: "the office as a whole"), name: nil, isOrdered: false,
        keys: [
            .init(
                "name", "название организации", "the company's name", standard: "",
                [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "language", "язык подсказок, консоли и отчётов", "language of prompts, console and reports", standard: "ru",
                [.officeLanguage]),
            .init(
                "timezone", "часовой пояс", "time zone", standard: "Europe/Moscow",
                [.value("ZONE", .timezone, "имя пояса: Europe/Moscow", "zone name: Europe/Moscow")]),
            .init(
                "country", "страна: гудки, запись номеров", "country: tones, how numbers are written", standard: "RU",
                [
                    .value(
                        "COUNTRY", .choice([.init("RU", "Россия", "Russia"), .init("US", "США", "United States")], later: []),
                        "страна", "country")
                ]),
            .init(
                "hours", "часы работы; строки складываются, нет строк — всегда открыто",
                "working hours; several lines add up, none: always open", lines: .several, Schema.Element.hours),
            .init(
                "holiday", "нерабочие дни", "days off", lines: .several,
                [
                    .value(
                        "DATES", .date(range: true), "даты: 2026-12-31 или 2026-12-31..2027-01-08",
                        "dates: 2026-12-31 or 2026-12-31..2027-01-08"),
                    .note(.init("TEXT", .text, Wording(ru: "название в кавычках", en: "its name in quotes"))),
                ]),
            .init(
                "workday", "выходной день, который работают", "a day off that is worked", lines: .several,
                [.value("DATE", .date(range: false), "дата: 2026-11-01", "a date: 2026-11-01")]),
            .init(
                "external-accept", "как берут вызов на внешнем номере", "how a call is taken on an outside number",
                standard: "press-1",
                [
                    .value(
                        "HOW",
                        .choice(
                            [
                                .init(
                                    "press-1", "нажать 1: автоответчик оператора вызов не возьмёт",
                                    "press 1: the operator's answering machine cannot take it"),
                                .init("answer", "просто ответить", "any answer takes it"),
                            ], later: []), "как", "how")
                ]),
            .init(
                "no-answer", "прямой вызов без ответа, когда у сотрудника нет своего правила",
                "an unanswered direct call where the extension says nothing", standard: "after 2m to busy",
                Schema.Element.noAnswer),
            .announce, .missed, .keep, .recordAnnounce, .owner,
        ],
        later: [])

    static let sip = Self(
        word: "sip", help: Wording(ru: "сигнализация SIP", en: "SIP signalling"), name: nil, isOrdered: false,
        keys: [
            .init(
                "listen", "где принимать SIP; строк может быть несколько", "where SIP is received; several lines add up",
                lines: .several,
                [
                    .value(
                        "TRANSPORT", .choice([.init("udp", "UDP", "UDP"), .init("tcp", "TCP", "TCP")], later: ["tls"]),
                        "транспорт", "transport"),
                    .value("ADDR:PORT", .endpoint, "адрес и порт: 0.0.0.0:5060", "address and port: 0.0.0.0:5060"),
                ]),
            .init(
                "domain", "домен SIP, он же область паролей", "SIP domain, also the realm of passwords", standard: "apus",
                [.value("DOMAIN", .host, "имя домена или адрес", "a domain name or address")]),
            .init(
                "session-timer", "как часто проверять, что разговор жив", "how often a talk is checked to be alive",
                standard: "1800s",
                [.value("DUR", .duration(90...86_400), "от 90s до 24h", "90s to 24h")]),
        ],
        later: ["public-address", "certificate"])

    static let media = Self(
        word: "media", help: Wording(ru: "голос", en: "voice"), name: nil, isOrdered: false,
        keys: [
            .init(
                "ports", "порты RTP, первый чётный", "RTP ports, the first is even", standard: "10000-10999",
                [.value("PORTS", .ports, "от и до: 10000-10999", "from and to: 10000-10999")]),
            .init(
                "codecs", "кодеки, лучший первым", "codecs, the best first", standard: "alaw ulaw g722",
                [
                    .some(
                        Schema.Value(
                            "CODEC",
                            .choice(
                                [
                                    .init("alaw", "G.711 A-закон", "G.711 A-law"), .init("ulaw", "G.711 µ-закон", "G.711 µ-law"),
                                    .init("g722", "G.722, широкая полоса", "G.722, wide band"),
                                ], later: []), Wording(ru: "кодек", en: "codec")))
                ]),
            .init(
                "no-rtp", "отбой, если голоса нет так долго", "release a call without voice for this long", standard: "60s",
                [.value("DUR", .duration(5...3600), "от 5s до 1h", "5s to 1h")]),
        ],
        later: ["srtp"])

    static let extensions = Self(
        word: "extension", help: Wording(ru: "сотрудник, комната, домофон", en: "an employee, a room, a door phone"),
        name: Schema.Value(
            "N", .internalNumber(all: true),
            Wording(ru: "внутренний номер; * — правила для всех", en: "its number; * = defaults of all")),
        isOrdered: false,
        keys: [
            .init("name", "имя", "name", [.value("TEXT", .text, "имя в кавычках", "the name in quotes")]),
            .init(
                "secret", "пароль первого телефона; нет — будет создан", "password of the first phone; absent: generated",
                [.value("SECRET", .secret, "пароль без пробелов", "a password without spaces")]),
            .init(
                "phone", "ещё один телефон, регистрируется как N-NAME", "one more phone, registers as N-NAME", lines: .named,
                [
                    .value("NAME", .id, "имя телефона: kitchen", "the phone's name: kitchen"),
                    .optional([
                        .word("secret", "пароль; нет — будет создан", "password; absent: generated"),
                        .value("SECRET", .secret, "пароль без пробелов", "a password without spaces"),
                    ]),
                ]),
            .init(
                "no-answer", "если не ответил; несколько строк — цепочка", "when not answered; several lines are a chain",
                lines: .chain,
                isInheritable: true, Schema.Element.noAnswer),
            .init(
                "on-busy", "если занят; нет — как без ответа, сразу", "when busy; absent: as when not answered, at once",
                isInheritable: true, Schema.Element.toTarget),
            .init(
                "on-unreachable", "если телефон не подключён; нет — как без ответа, сразу",
                "when no phone is registered; absent: as when not answered, at once", isInheritable: true, Schema.Element.toTarget
            ),
            .init(
                "forward", "переадресовать все прямые вызовы", "forward every direct call", isInheritable: true,
                Schema.Element.toTarget),
            .init(
                "hours", "когда принимает звонки; строки складываются, нет — всегда",
                "when it takes calls; several lines add up, none: always", lines: .several, isInheritable: true,
                Schema.Element.hours),
            .init(
                "absence", "отсутствие и кто замещает", "days away, and who takes the calls", lines: .named,
                [
                    .value(
                        "DATES", .date(range: true), "даты: 2026-12-01..2026-12-14", "dates: 2026-12-01..2026-12-14"),
                    .value(
                        "KIND",
                        .choice(
                            [
                                .init("vacation", "отпуск", "vacation"), .init("sick", "болезнь", "sick leave"),
                                .init("other", "другое", "other"),
                            ], later: []), "почему", "why"),
                    .optional(Schema.Element.toTarget),
                ]),
            .pickup,
            .init(
                "calls", "сколько вызовов сразу; 1 — без второй линии", "calls at once; 1 = no call waiting", standard: "1",
                isInheritable: true, [.value("COUNT", .integer(1...16), "от 1 до 16", "1 to 16")]),
            .init(
                "class", "куда может звонить и переадресовать", "what it may dial, and where it may send calls",
                standard: "national", isInheritable: true, [.tollClass]),
            .init(
                "mobile", "мобильный, звонит вместе с телефоном; принять вызов — клавиша 1",
                "a mobile that rings too; pressing 1 takes the call",
                [.value("NUMBER", .number, "телефонный номер", "a telephone number")]),
            .init(
                "language", "язык подсказок для него; нет — язык офиса", "language of prompts; absent: the office's",
                isInheritable: true,
                [.officeLanguage]),
            .init(
                "speaks", "на каких ещё языках говорит с клиентами", "further languages for talking to clients",
                isInheritable: true,
                [.some(.language)]),
            .voicemail, .notify, .pin, .autoAnswer, .record,
        ],
        later: [
            "line"
        ])
}
