import Telephony

/// That something of the office says a prompt.
public struct PromptUse: Equatable, Sendable {
    /// The prompt's id.
    public var id: String
    /// The line of the configuration, as `config show` prints it.
    public var text: String
    /// The line of the text that was read; nil: it was in force before.
    var line: Int?
    /// Whether a call goes there; else it is only heard on the way.
    var isTarget: Bool
}

extension ConfigurationDocument {
    /// Everything that says a prompt, in canonical order: targets, greetings, menus, whispers, announcements.
    public var promptUses: [PromptUse] {
        items.flatMap { item in
            item.entries.flatMap { entry in
                Self.prompts(of: entry, in: item.path.section).map { id, isTarget in
                    let words = entry.words.map { $0.printed(maskingSecrets: true) }.joined(separator: " ")
                    return PromptUse(
                        id: id, text: "set \(item.path) \(entry.key) \(words)", line: entry.line, isTarget: isTarget)
                }
            }
        }
    }

    private static func prompts(of entry: Entry, in section: String) -> [(id: String, isTarget: Bool)] {
        let words = entry.words.map(\.value)
        var found: [(String, Bool)] = []
        if case .prompt(let id)? = target(of: entry) { found.append((id, true)) }
        switch (section, entry.key) {
        case ("scheme", "greeting"), ("menu", "prompt"), ("voicemail", "greeting"):
            if let id = words.first { found.append((id, false)) }
        case ("menu", "key"):
            if words.count > 2, words[1] == "say" { found.append((words[2], false)) }
        case ("department", "whisper"):
            if words.first == "prompt", words.count > 1 { found.append((words[1], false)) }
        default:
            if let place = words.firstIndex(of: "announce"), words.indices.contains(place + 1),
                !["default", "none"].contains(words[place + 1])
            {
                found.append((words[place + 1], false))
            }
        }
        return found
    }
}

extension Validation {
    /// A prompt that is only heard on the way, and that nobody has: the call goes on without it.
    mutating func checkPromptUses() {
        let own = document.items("prompt").compactMap(\.path.name)
        for use in document.promptUses where !use.isTarget && !own.contains(use.id) && PromptPhrase(rawValue: use.id) == nil {
            let near = nearest(to: use.id, among: own)
            warn(use.line, Catalogue.promptIsMissing(use.id), near.map(Catalogue.didYouMean) ?? Catalogue.importPrompt(use.id))
        }
    }
}
