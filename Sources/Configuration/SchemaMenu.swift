import Routing
import Telephony

extension Schema.TargetKind {
    static let menu = Self(
        word: "menu", help: Wording(ru: "в голосовое меню", en: "to a voice menu"),
        value: Schema.Value("ID", .id, Wording(ru: "имя меню", en: "a menu's name")))
}

extension Schema.Section {
    static let menus = Self(
        word: "menu",
        help: Wording(ru: "голосовое меню: звонящий выбирает клавишей", en: "a voice menu: the caller chooses by keys"),
        name: Schema.Value("ID", .id, Wording(ru: "имя меню", en: "the menu's name")), isOrdered: false,
        keys: [
            .init(
                "prompt", "что говорит меню", "what the menu says", [.value("ID", .id, "имя подсказки", "a prompt's name")]),
            .init(
                "key", "что делает клавиша", "what a key does", lines: .named,
                [
                    .value("KEY", .choice(keys, later: []), "клавиша: 0–9, * или #", "a key: 0–9, * or #"),
                    .oneOf([
                        .init(
                            word: "to", help: Wording(ru: "куда направить вызов", en: "where the call goes"), pattern: [.target]),
                        .init(
                            word: "say",
                            help: Wording(ru: "сказать подсказку и снова меню", en: "say a prompt, then the menu again"),
                            pattern: [.value("ID", .id, "имя подсказки", "a prompt's name")]),
                        .init(word: "repeat", help: Wording(ru: "повторить меню", en: "say the menu again"), pattern: []),
                        .init(word: "back", help: Wording(ru: "в предыдущее меню", en: "to the menu before"), pattern: []),
                    ]),
                ]),
            .init(
                "extensions", "можно ли набрать внутренний номер", "whether an extension may be dialled", standard: "off",
                [.onOff]),
            .init(
                "silence", "сколько ждать клавишу и куда потом; нет — повторить и попрощаться",
                "how long to wait for a key, and where to then; absent: said again, then goodbye",
                [.value("DUR", .duration(1...60), "от 1s до 60s", "1s to 60s")] + Schema.Element.toTarget),
            .init(
                "invalid", "после скольких неверных клавиш и куда; нет — попрощаться после трёх",
                "after how many wrong keys, and where to; absent: goodbye after three",
                [.value("COUNT", .integer(1...20), "от 1 до 20", "1 to 20")] + Schema.Element.toTarget),
        ],
        later: [])

    private static let keys: [Schema.Choice] = Digit.allCases.filter { "0123456789*#".contains($0.rawValue) }.map { digit in
        Schema.Choice(String(digit.rawValue), "клавиша \(digit.rawValue)", "the key \(digit.rawValue)")
    }
}

extension ConfigurationDocument {
    func menu(_ item: Item) -> Menu? {
        guard let id = item.path.name else { return nil }
        var menu = Menu(id, prompt: words("prompt", of: item.path)?.first)
        for entry in item.entries("key") {
            let words = entry.words.map(\.value)
            guard words.count > 1, let digit = words[0].first.flatMap(Digit.init) else { continue }
            switch words[1] {
            case "say": menu.keys[digit] = words.count > 2 ? .say(words[2]) : nil
            case "repeat": menu.keys[digit] = .again
            case "back": menu.keys[digit] = .back
            default: menu.keys[digit] = Read.target(words[2...]).map { .target($0) }
            }
        }
        menu.dialsNumbers = words("extensions", of: item.path)?.first == "on"
        if let words = words("silence", of: item.path), words.count > 2, let limit = Read.duration(words[0]) {
            menu.silence = Read.target(words[2...]).map { .init(limit, to: $0) }
        }
        if let words = words("invalid", of: item.path), words.count > 2, let limit = Int(words[0]) {
            menu.invalid = Read.target(words[2...]).map { .init(limit, to: $0) }
        }
        return menu
    }
}
