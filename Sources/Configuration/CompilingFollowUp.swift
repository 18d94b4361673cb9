import Routing
import Telephony

extension ConfigurationDocument {
    /// What happens to calls that nobody answered: `office missed`, `office keep`, `task`.
    var followUp: FollowUpRules {
        var rules = FollowUpRules()
        for entry in item("office")?.entries("missed") ?? [] {
            let words = entry.words.map(\.value)
            guard words.count > 1 else { continue }
            switch words[0] {
            case "due": rules.due = Read.duration(words[1]) ?? rules.due
            case "due-at": rules.dueAt = Read.clock(words[1][...]) ?? rules.dueAt
            case "digest": rules.digestAt = words[1] == "off" ? nil : Read.clock(words[1][...]) ?? rules.digestAt
            case "lamp": rules.lamp = words[1]
            case "assignee": rules.assignee = Responsible(words[1...].joined(separator: " "))
            default: break
            }
        }
        for entry in item("office")?.entries("keep") ?? [] where entry.words.count == 2 && entry.words[0].value == "calls" {
            rules.keptDays = Read.age(entry.words[1].value) ?? rules.keptDays
        }
        for item in items("task") {
            guard let kind = item.path.name.flatMap(TaskKind.init), let word = item.entries("auto-close").first?.words.first
            else { continue }
            rules.autoClose[kind] = AutoClose(rawValue: word.value)
        }
        return rules
    }

    /// The object that a line of `office missed assignee` names.
    static func assignee(of entry: Entry) -> ConfigurationPath? {
        let words = entry.words.map(\.value)
        guard entry.key == "missed", words.first == "assignee", words.count == 3 else { return nil }
        return ConfigurationPath(words[1], words[2])
    }
}
