import Telephony

/// What an owner sees when he logs in: today's missed calls and a short list of numbers to press. Only what this version does is in it.
enum OwnerMenu {
    private static let items: [(title: Wording, command: [String])] = [
        (Wording(ru: "сегодня", en: "today"), ["report", "missed", "today"]),
        (Wording(ru: "вчера", en: "yesterday"), ["report", "missed", "yesterday"]),
        (Wording(ru: "звонки за сегодня", en: "today's calls"), ["report", "calls", "today"]),
        (Wording(ru: "звонки за вчера", en: "yesterday's calls"), ["report", "calls", "yesterday"]),
        (Wording(ru: "задачи", en: "tasks"), ["show", "tasks"]),
        (Wording(ru: "автоответчик", en: "voicemail"), ["show", "voicemail"]),
        (Wording(ru: "мои настройки и отсутствие", en: "my settings and absence"), ["my", "show"]),
        (Wording(ru: "ночной режим", en: "night mode"), ["show", "night"]),
        (Wording(ru: "выйти", en: "log out"), ["exit"]),
    ]

    private static func isKnown(_ words: [String]) -> Bool {
        (try? Invocation(words, role: .owner, among: CommandSyntax.operationalMode)) != nil
    }

    private static var known: [(title: Wording, command: [String])] { items.filter { isKnown($0.command) } }

    /// The list.
    static func text(in language: Language) -> String {
        let list = known.enumerated().map { "  \($0 + 1)  \($1.title.text(in: language))" }
        return list.map { $0 + "\n" }.joined()
    }

    /// The command behind a number.
    static func command(_ number: String) -> [String]? {
        guard let index = Int(number), known.indices.contains(index - 1) else { return nil }
        return known[index - 1].command
    }

    /// What he sees first.
    static var first: [String] { known.first?.command ?? ["report", "calls", "today"] }
}
