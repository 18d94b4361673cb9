import Routing
import Telephony

/// Who looks after clients, as the exchange is told.
extension ConfigurationDocument {
    var owners: OwnerRules {
        var rules = OwnerRules()
        for entry in item("office")?.entries("owner") ?? [] {
            let words = entry.words.map(\.value)
            switch words.first {
            case "source": rules.source = words.count == 3 ? .hook(words[2]) : .book
            case "timer": rules.timer = words.last.flatMap(Read.duration) ?? rules.timer
            case "learn": rules.learning = words.last.flatMap(OwnerLearning.init) ?? rules.learning
            case "respect-office-hours": rules.respectsOfficeHours = words.last == "on"
            case "fallback": rules.fallback = Read.target(words[1...])
            default: break
            }
        }
        if case .hook(let id) = rules.source, let hook = item("hook", id).flatMap(hook) {
            // What the book knows still comes with the news that the hook was late.
            rules.patience = hook.timeout + Self.hookGrace
        }
        return rules
    }

    private static let hookGrace = Duration.milliseconds(50)

    func hook(_ item: Item) -> LookUpHook? {
        guard let id = item.path.name, let url = words("url", of: item.path)?.first else { return nil }
        let timeout = words("timeout", of: item.path)?.first.flatMap(Read.shortDuration)
        return LookUpHook(id, url: url, timeout: timeout ?? LookUpHook(id, url: url).timeout)
    }
}
