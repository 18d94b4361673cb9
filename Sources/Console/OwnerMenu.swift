import Telephony

/// What an owner sees when he logs in: today's missed calls and a short list of numbers to press.
struct OwnerMenu {
    private struct Item {
        var title: Wording
        /// What the number alone says, and what it says with a word behind it.
        var command: [String]
        var more: (String) -> [String]? = { _ in nil }
    }

    /// What he sees first.
    static let first = ["report", "missed", "today"]

    private let items: [Item]

    /// The menu of whoever the commands are done for: absence is for who has an extension, night mode where there is a key.
    init(_ runner: CommandRunner) {
        let today = runner.view.now.civil
        var items = [
            Item(title: Catalogue.menuToday, command: Self.first),
            Item(title: Catalogue.menuYesterday, command: ["report", "missed", "yesterday"]),
            Item(title: Catalogue.menuMonth, command: ["report", "missed", "month", String(today.isoDate.prefix(7))]),
            Item(title: Catalogue.menuTasks, command: ["show", "tasks"]),
            Item(title: Catalogue.menuVoicemail, command: ["show", "voicemail"]),
        ]
        if runner.user.extension != nil {
            items.append(
                Item(title: Catalogue.menuAbsence(items.count + 1, today.isoDate), command: ["my", "show"]) { word in
                    word == "off" ? ["my", "delete", "absence"] : ["my", "set", "absence", word, "vacation"]
                })
        }
        if let key = Set(runner.settings.office.schemes.values.compactMap(\.nightKey)).min() {
            items.append(
                Item(title: Catalogue.menuNight(items.count + 1), command: ["show", "night"]) { word in
                    ["on", "off"].contains(word) ? ["night", key, word] : nil
                })
        }
        items.append(Item(title: Catalogue.menuExit, command: ["exit"]))
        self.items = items
    }

    /// The list.
    func text(in language: Language) -> String {
        items.enumerated().map { "  \($0 + 1)  \($1.title.text(in: language))\n" }.joined()
    }

    /// The command behind a number, or behind a number and a word.
    func command(_ words: [String]) -> [String]? {
        guard let index = words.first.flatMap({ Int($0) }), items.indices.contains(index - 1) else { return nil }
        switch words.count {
        case 1: return items[index - 1].command
        case 2: return items[index - 1].more(words[1])
        default: return nil
        }
    }
}
