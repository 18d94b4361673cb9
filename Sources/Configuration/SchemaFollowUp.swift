import Telephony

/// What is written about missed calls and what has to be done about them.
extension Schema.Key {
    static let missed = Self(
        "missed", "когда и кто перезванивает по пропущенному", "when a missed call is returned, and by whom", lines: .named,
        [
            .oneOf(
                [
                    .init(
                        word: "due",
                        help: Wording(
                            ru: "пропущен в рабочее время: перезвонить за столько; само по себе 10m",
                            en: "missed in working time: call back within this; factory 10m"),
                        pattern: [.value("DUR", .duration(60...86_400), "от 1m до 24h", "1m to 24h")]),
                    .init(
                        word: "due-at",
                        help: Wording(
                            ru: "пропущен в другое время: перезвонить до этого часа рабочего дня; само по себе 10:00",
                            en: "missed at any other time: by this hour of the next working day; factory 10:00"),
                        pattern: [.value("CLOCK", .clock, "время: 10:00", "a time of day: 10:00")]),
                    .init(
                        word: "digest",
                        help: Wording(
                            ru: "когда утром рабочего дня напомнить, кому перезвонить; само по себе 09:00",
                            en: "when on a working morning each is told whom to call; factory 09:00"),
                        pattern: [.value("CLOCK", .outreach(.morning), "время: 09:00, или off", "a time of day: 09:00, or off")]),
                    .init(
                        word: "lamp",
                        help: Wording(
                            ru: "лампа на плате горит, пока кому-то не перезвонили",
                            en: "a lamp on the board is lit while anybody waits to be called"),
                        pattern: [
                            .value(
                                "FOLDER", .outreach(.folder), "папка лампы: /sys/class/leds/red",
                                "the lamp's folder: /sys/class/leds/red")
                        ]),
                    .init(
                        word: "assignee",
                        help: Wording(
                            ru: "кто перезванивает, если у клиента нет своего сотрудника",
                            en: "who calls back when nobody else has to"),
                        pattern: [
                            .value(
                                "TARGET", .target([.extension, .department], later: []), "сотрудник или отдел",
                                "an extension or a department")
                        ]),
                ])
        ])

    static let keep = Self(
        "keep", "сколько хранить", "how long things are kept", lines: .named,
        [
            .clauses(
                by: "and", Wording(ru: "и", en: "and"),
                [
                    .init(
                        word: "calls",
                        help: Wording(
                            ru: "звонки и закрытые задачи; само по себе 3y", en: "calls and closed tasks; factory 3y"),
                        pattern: [.value("AGE", .age(30...36_600), "от 30d до 100y", "30d to 100y")]),
                    .init(
                        word: "voicemail",
                        help: Wording(
                            ru: "место под все сообщения; дальше уходят старые, прослушанные первыми; само по себе 500mb",
                            en: "room for all messages; beyond it the oldest go, heard ones first; factory 500mb"),
                        pattern: [.value("SIZE", .size, "место: 500mb, 2gb", "room: 500mb, 2gb")]),
                    .keepRecordings,
                ], later: [])
        ])
}

extension Schema.Section {
    static let tasks = Self(
        word: "task", help: Wording(ru: "задачи перезвонить, по видам", en: "call-back tasks, by type"),
        name: Schema.Value(
            "TYPE",
            .choice(
                [
                    .init("missed", "пропущенный звонок", "a missed call"),
                    .init("voicemail", "сообщение на автоответчике", "a message on the answering machine"),
                    .init("callback", "клиент попросил перезвонить", "the client asked to be called"),
                ], later: []), Wording(ru: "вид задачи", en: "the type of task")), isOrdered: false,
        keys: [
            .init(
                "auto-close", "какой разговор с клиентом закрывает задачу", "which talk with the client closes the task",
                standard: "any",
                [
                    .value(
                        "CALL",
                        .choice(
                            [
                                .init("any", "любой", "any"),
                                .init("incoming", "только если позвонил он", "only if he called"),
                                .init("outgoing", "только если позвонили мы", "only if we called"),
                                .init(
                                    "outgoing-assignee", "только если позвонил исполнитель задачи",
                                    "only if the one it is assigned to called"),
                            ], later: []), "разговор", "the talk")
                ])
        ], later: [])
}
