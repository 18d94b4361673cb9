import Telephony

/// Sections that say which callers go where.
extension Schema.Section {
    static let callers = Self(
        word: "caller",
        help: Wording(ru: "звонящий, которого направить мимо схемы", en: "a caller who goes elsewhere than the scheme says"),
        name: Schema.Value("ID", .id, Wording(ru: "имя правила: vip", en: "the rule's name: vip")), isOrdered: true,
        keys: [
            .init(
                "mask", "номер, диапазон или маска; маски — только для тех, кого нет в книге",
                "a number, a range or a mask; masks only for callers who are not in the book", lines: .named,
                [.value("MASK", .mask, "номер, диапазон или маска: 7495200*", "a number, a range or a mask: 7495200*")]
                    + Schema.Element.toTarget + Schema.Element.callerOptions),
            .init(
                "anonymous", "кто скрывает номер", "who hides his number", Schema.Element.toTarget + Schema.Element.callerOptions),
        ],
        later: [])

    static let regions = Self(
        word: "region", help: Wording(ru: "регион: чьи номера как начинаются", en: "a region: how its numbers begin"),
        name: .regionID, isOrdered: false,
        keys: [
            .init("name", "название", "name", [.value("TEXT", .text, "название в кавычках", "the name in quotes")]),
            .init(
                "prefix", "начала номеров; добавляются к поставленным", "how its numbers begin; added to those shipped",
                lines: .several,
                [
                    .some(
                        Schema.Value(
                            "DIGITS", .prefix,
                            Wording(ru: "цифры с кодом страны: 7812", en: "digits with the country code: 7812")))
                ]),
            .init(
                "language", "на каких языках там говорят, главный первым", "what is spoken there, the main language first",
                [.some(.language)]),
        ],
        later: [])
}

extension Schema.Element {
    /// `class vip until 2026-12-31`.
    fileprivate static let callerOptions: [Self] = [
        .optional([
            .word("class", "кем его считать", "what he is treated as"),
            .value("CLASS", .id, "например vip", "for instance vip"),
        ]),
        .optional([
            .word("until", "до какого дня или часа", "until which day or hour"),
            .value(
                "MOMENT", .moment, "дата включительно или время: 2026-12-31T18:00",
                "a date, included, or a time: 2026-12-31T18:00"),
        ]),
    ]
}
