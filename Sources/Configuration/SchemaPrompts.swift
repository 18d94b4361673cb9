import Telephony

extension Schema.Section {
    static let prompts = Self(
        word: "prompt", help: Wording(ru: "сообщение, которое слышат звонящие", en: "a message that callers hear"),
        name: .promptID,
        isOrdered: false,
        keys: [
            .init(
                "text", "слова; озвучивает их apus prompt say", "its words, spoken by apus prompt say", excludes: ["file"],
                [.value("TEXT", .text, "текст в кавычках", "the text in quotes")]),
            .init(
                "file", "запись; её загружает apus prompt import", "a recording, loaded by apus prompt import",
                excludes: ["text"],
                [.value("FILE", .soundFile, "имя файла: ID.wav", "the file's name: ID.wav")]),
            .init(
                "number", "номер, по которому его можно услышать", "the number that is dialled to hear it",
                [.value("N", .internalNumber(all: false), "внутренний номер: 801", "an internal number: 801")]),
            .init(
                "speaker", "кто может наговорить его по телефону: *77 и его номер; нет — никто",
                "who may speak it by telephone: *77 and its number; absent: nobody", lines: .named, [.value(.extensionNumber)]),
        ], later: [])
}

extension Schema.Key {
    /// `office announce answered`.
    static let announce = Self(
        "announce", "когда слова звучат клиенту, которому ещё никто не ответил",
        "how words reach a caller whom nobody has answered yet", standard: "early",
        [
            .value(
                "HOW",
                .choice(
                    [
                        .init("early", "до ответа, для него бесплатно", "before the answer, free of charge for him"),
                        .init(
                            "answered", "после ответа: если оператор до ответа ничего не пропускает",
                            "after an answer: where the operator lets nothing through before it"),
                    ], later: []), "как", "how")
        ])
}
