import Telephony

extension Schema.Section {
    static let departments = Self(
        word: "department", help: Wording(ru: "отдел: группа под одним номером", en: "a department: a group under one number"),
        name: .departmentID, isOrdered: false,
        keys: [
            .init("name", "название", "name", [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "number", "внутренний номер; нет — будет выбран", "its number; absent: allocated",
                [.value("N", .internalNumber(all: false), "внутренний номер: 200", "a number inside the office: 200")]),
            .init(
                "strategy", "кому звонить", "who rings", standard: "all",
                [.value("STRATEGY", .choice(strategies, later: []), "порядок обзвона", "ring strategy")] + strategyOptions),
            .init(
                "step", "сколько звонит один, когда по очереди", "how long one rings where it goes one by one", standard: "15s",
                [.value("DUR", .duration(1...600), "от 1s до 10m", "1s to 10m")]),
            .init(
                "member", "сотрудник отдела; порядок строк важен", "a member; the order of the lines counts", lines: .named,
                [
                    .value(.member),
                    .optional([
                        .word(
                            "priority", "чем больше, тем раньше; для balance — вес",
                            "the higher the earlier; for balance a weight"),
                        .value("N", .integer(0...1000), "от 0 до 1000", "0 to 1000"),
                    ]),
                ]),
            .init(
                "add", "кто присоединится позже, пока остальные звонят", "who joins later while the others go on ringing",
                lines: .several,
                [.value("DUR", .duration(1...3600), "через сколько: 10s", "after how long: 10s"), .value(.member)]),
            .init(
                "familiar", "сегодняшнему клиенту — того, с кем он уже говорил", "who talked to the client today rings first",
                standard: "off", [.onOff]),
            .recordDepartment,
            .init(
                "wrap-up", "пауза сотрудника после разговора, во всех отделах",
                "a member's pause after a talk, in every department",
                standard: "0s", [.value("DUR", .duration(0...3600), "от 0s до 1h", "0s to 1h")]),
            .init(
                "no-answer", "если никто не ответил; несколько строк — цепочка",
                "when nobody answers; several lines are a chain, each begins where the one before ended", lines: .chain,
                Schema.Element.noAnswer),
            .init(
                "on-busy", "если все заняты; нет — как без ответа, сразу",
                "when every member is busy; absent: as when nobody answers, at once", Schema.Element.toTargetOrQueue),
            .queue, .impatient,
            .init(
                "whisper", "что услышит сотрудник перед соединением", "what a member hears before he is connected",
                [.whisper]),
            .init(
                "on-closed", "куда вне часов отдела; нет — как без ответа, сразу",
                "out of its hours; absent: as when nobody answers, at once", Schema.Element.toTarget),
            .init(
                "hours", "когда отдел принимает звонки; строки складываются, нет — всегда",
                "when it takes calls; several lines add up, none: always", lines: .several, Schema.Element.hours),
            .init(
                "count", "какие разговоры — нагрузка; нет — для balance in+out, для fewest in, иначе in-group",
                "which talks count as load; absent: in+out for balance, in for fewest, else in-group",
                [
                    .value(
                        "SCOPE",
                        .choice(
                            [
                                .init("in-group", "пришедшие в этот отдел", "those that came to this department"),
                                .init("in", "все принятые извне", "every one taken from outside"),
                                .init("in+out", "принятые и исходящие", "those and the member's calls out"),
                            ], later: []), "что считать", "what counts")
                ]),
        ],
        later: [])

    private static let strategies: [Schema.Choice] = [
        .init("all", "все свободные сразу", "every free member at once"),
        .init("ascending", "первый, затем ещё по одному каждый step", "the first, then one more each step"),
        .init("sequential", "один за другим, каждый step", "one after another, each for step"),
        .init("linear", "всегда с первого; занятого пропустить", "always from the first; who is busy is passed over"),
        .init("even", "кто дольше всех не разговаривал", "whose last talk ended longest ago"),
        .init("priority", "по одному, больший приоритет раньше", "one at a time, the higher priority first"),
        .init(
            "tiers", "все с высшим приоритетом, через step — и следующие", "all of the highest priority, after step also the next"
        ),
        .init("fewest", "кто меньше ответил сегодня", "the fewest calls answered today"),
        .init("random", "по жребию, без повторов", "drawn by lot without repetition"),
        .init("least-talk", "кто меньше говорил сегодня", "the least talk time today"),
        .init("balance", "наименьшая нагрузка с учётом веса", "the smallest load by weight"),
    ]

    private static let strategyOptions: [Schema.Element] = [
        .optional([.word("received", "even: по последнему предложенному вызову", "even: by the last call offered")]),
        .optional([.word("switch", "tiers: следующие вместо прежних", "tiers: the next instead of those before")]),
        .optional([.word("calls", "balance: по числу звонков", "balance: by calls")]),
        .optional([.word("talk", "balance: по времени разговоров", "balance: by talk time")]),
    ]

    static let numbers = Self(
        word: "number",
        help: Wording(ru: "номер организации: куда идёт вызов извне", en: "a company number: where a call from outside goes"),
        name: Schema.Value("NUMBER", .mask, Wording(ru: "номер или маска; * — любой", en: "a number or mask; * = every number")),
        isOrdered: true,
        keys: [
            .init("trunk", "только вызовы этой линии", "only calls of this trunk", joins: true, [.value(.trunkID)]),
            .init(
                "direct", "личный номер сотрудника", "an employee's personal number", joins: true, excludes: ["scheme"],
                [.value(.extensionNumber)]),
            .init("scheme", "по схеме", "by a scheme", joins: true, excludes: ["direct"], [.value(.schemeID)]),
            .init(
                "label", "пометка в отчётах", "shown in reports", joins: true,
                [.value("TEXT", .text, "пометка в кавычках", "the label in quotes")]),
            .init(
                "region", "какому региону он дан; нет — по самому номеру", "the region it is for; absent: by its digits",
                joins: true,
                [.value(.regionID)]),
        ],
        later: [])

    static let schemes = Self(
        word: "scheme", help: Wording(ru: "схема приёма вызовов", en: "how calls to a company number are taken"), name: .schemeID,
        isOrdered: false,
        keys: [
            .init(
                "rule", "правило; проверяются по номерам, решает первое",
                "a rule; asked by their numbers, the first that holds decides",
                lines: .named,
                [
                    .value("NUMBER", .integer(1...9999), "номер правила: 10", "the rule's number: 10"),
                    .word("when", "когда", "when"), .conditions,
                ] + Schema.Element.toTarget),
            .init(
                "otherwise", "куда идёт вызов, который не взяло ни одно правило", "where a call goes that no rule took",
                Schema.Element.toTarget),
            .init(
                "greeting", "приветствие; во время него можно набрать внутренний номер",
                "the greeting; an extension may be dialled meanwhile",
                [.value("ID", .id, "имя подсказки", "a prompt's name")]),
            .init(
                "night-key", "клавиша «ночь»: пока включена, офис закрыт; сама выключится утром рабочего дня",
                "the night key: while it is on the office is closed; goes off by itself on the next working morning",
                [.value("ID", .id, "имя клавиши: 1", "the key's name: 1")]),
            .closedText,
        ],
        later: [])

    static let trunks = Self(
        word: "trunk", help: Wording(ru: "линия связи с внешним миром", en: "a line to the outside world"), name: .trunkID,
        isOrdered: false,
        keys: [
            .init(
                "peer", "адрес другой станции; по нему её узнают", "the other exchange's address; it is known by it",
                [.value("ADDR[:PORT]", .peer, "адрес IP: 10.0.0.2:5060", "an IP address: 10.0.0.2:5060")]),
            .init(
                "transport", "транспорт SIP", "SIP transport", standard: "udp", joins: true,
                [
                    .value(
                        "TRANSPORT", .choice([.init("udp", "UDP", "UDP"), .init("tcp", "TCP", "TCP")], later: ["tls"]),
                        "транспорт", "transport")
                ]),
            .init(
                "channels", "сколько разговоров сразу; нет — без предела", "calls at once; absent: no limit",
                [.value("COUNT", .integer(1...1000), "от 1 до 1000", "1 to 1000")]),
            .init(
                "reserve-in", "сколько из них оставить входящим", "how many of them are kept for incoming calls", standard: "0",
                joins: true, [.value("COUNT", .integer(0...999), "от 0 до 999", "0 to 999")]),
            .init(
                "did-from", "где стоит набранный номер", "where the called number stands", standard: "request-uri",
                [
                    .value(
                        "HEADER",
                        .choice(
                            [
                                .init("request-uri", "в Request-URI", "in the Request-URI"), .init("to", "в To", "in To"),
                                .init("called-party", "в P-Called-Party-ID", "in P-Called-Party-ID"),
                                .init("diversion", "в Diversion", "in Diversion"),
                            ], later: []), "заголовок", "header")
                ]),
            .init(
                "caller-id", "номер, который видят при исходящих", "the number shown on outgoing calls",
                [.value("NUMBER", .number, "телефонный номер", "a telephone number")]),
            .init(
                "ringing-limit", "дольше линия звонить не даёт", "the longest the trunk lets a call ring",
                [.value("DUR", .duration(10...3600), "от 10s до 1h", "10s to 1h")]),
        ],
        later: ["registrar", "user", "secret"])

    static let routes = Self(
        word: "route",
        help: Wording(
            ru: "исходящий маршрут; маршрут emergency проходит всегда, как и 112",
            en: "a way out for dialled numbers; the route emergency always passes, as 112 does"),
        name: Schema.Value("ID", .id, Wording(ru: "имя маршрута", en: "the route's name")), isOrdered: true,
        keys: [
            .init(
                "mask", "какие набранные номера", "which dialled numbers", joins: true,
                [.value("MASK", .mask, "набранные цифры: 8##########, 810*", "digits as dialled: 8##########, 810*")]),
            .init(
                "strip", "сколько первых цифр снять", "how many leading digits to take off", standard: "0", joins: true,
                [.value("COUNT", .integer(0...20), "от 0 до 20", "0 to 20")]),
            .init(
                "prefix", "какие цифры поставить впереди", "digits to put in front", joins: true,
                [.value("DIGITS", .digits, "цифры", "digits")]),
            .init(
                "class", "какой класс связи нужен", "the toll class that it takes", standard: "local", joins: true, [.tollClass]),
            .init(
                "trunk", "через какие линии, лучшая первой", "by which trunks, the best first", joins: true,
                [
                    .separated(
                        by: "then", Wording(ru: "а если она занята", en: "and where that one is busy"), .trunkID)
                ]),
            .init(
                "budget", "сколько можно проговорить за день; потом новые вызовы не выпускаются",
                "how much may be talked on a day; then no new call goes out", joins: true,
                [
                    .value("DUR", .duration(1...86_400), "от 1s до 24h", "1s to 24h"),
                    .word("per-day", "за день", "on a day"),
                ]),
        ],
        later: [])
}
