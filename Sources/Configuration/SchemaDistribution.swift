import Telephony

/// Sections that say which callers go where.
extension Schema.Section {
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
