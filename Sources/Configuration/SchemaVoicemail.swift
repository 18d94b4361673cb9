import Telephony

extension Schema.Section {
    static let voicemail = Self(
        word: "voicemail",
        help: Wording(
            ru: "ящик автоответчика; у каждого сотрудника и отдела он есть и без этих строк",
            en: "a voicemail box; every extension and department has one without these lines, too"),
        name: .boxID, isOrdered: false,
        keys: [
            .init("name", "название", "name", [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "recipients", "кто узнаёт о сообщении; нет — сам сотрудник или весь отдел",
                "who learns of a message; absent: the employee himself, or the whole department", joins: true,
                [.some(.recipient)]),
            .init(
                "greeting", "что слышит клиент; нет — стандартные слова", "what callers hear; absent: the standard words",
                [.value("ID", .id, "имя подсказки", "a prompt's name")]),
            .init(
                "limit", "самое длинное сообщение", "the longest message", standard: "3m",
                [.value("DUR", .duration(10...1800), "от 10s до 30m", "10s to 30m")]),
            .init(
                "keep", "сколько хранить сообщения", "how long messages are kept", standard: "60d", joins: true,
                [.value("AGE", .age(1...36_600), "от 1d до 100y", "1d to 100y")]),
            .init(
                "pin", "код для прослушивания с телефона", "the code for listening by telephone", [.value(.pin)]),
        ], later: [])
}

extension Schema.Key {
    /// `extension N voicemail recipients …`.
    static let voicemail = Self(
        "voicemail", "кто узнаёт о сообщении на его автоответчике; нет — он сам",
        "who learns of a message in its voicemail box; absent: itself", isInheritable: true,
        [.word("recipients", "получатели", "recipients"), .some(.recipient)])

    static let pin = Self(
        "pin", "код для автоответчика с телефона", "the code of its voicemail box by telephone", [.value(.pin)])
}

extension Schema.Value {
    static let boxID = Self(
        "ID", .id,
        Wording(ru: "внутренний номер, имя отдела или ящика", en: "an extension's number, a department's or box's name"))
    static let recipient = Self(
        "RECIPIENT", .recipient,
        Wording(
            ru: "внутренний номер (лампа), email:a@b.c, telegram:ИМЯ или webhook:ИМЯ",
            en: "an extension (its lamp), email:a@b.c, telegram:ID or webhook:ID"))
    static let pin = Self("PIN", .pin, Wording(ru: "от 4 до 10 цифр", en: "4 to 10 digits"))
}

extension Schema.TargetKind {
    static let voicemail = Self(
        word: "voicemail", help: Wording(ru: "на автоответчик", en: "to an answering machine"), value: .boxID)
}
