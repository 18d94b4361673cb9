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
            case "fallback": rules.fallback = Read.target(words[1...])
            default: break
            }
        }
        return rules
    }

    func hook(_ item: Item) -> LookUpHook? {
        guard let id = item.path.name, let url = words("url", of: item.path)?.first else { return nil }
        let timeout = words("timeout", of: item.path)?.first.flatMap(Read.shortDuration)
        return LookUpHook(id, url: url, timeout: timeout ?? LookUpHook(id, url: url).timeout)
    }
}
