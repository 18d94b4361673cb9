import Routing
import Telephony

/// Answering machines, as the exchange is told.
extension ConfigurationDocument {
    var voicemail: VoicemailRules {
        var rules = VoicemailRules()
        for item in items("extension") {
            guard let number = item.path.name, number != "*" else { continue }
            let recipients = words("voicemail", of: item.path).map { $0.dropFirst().compactMap(Read.recipient) }
            let pin = words("pin", of: item.path)?.first
            guard recipients != nil || pin != nil else { continue }
            var box = VoicemailBox(number, name: words("name", of: item.path)?.first ?? "")
            (box.recipients, box.pin) = (recipients, pin)
            rules.boxes[number] = box
        }
        for item in items("voicemail") {
            guard let id = item.path.name else { continue }
            // Whose box it is tells its name where nothing else does; the box's own lines outrank the employee's.
            let owner = self.item("extension", id) ?? self.item("department", id)
            let name = words("name", of: item.path) ?? owner.flatMap { words("name", of: $0.path) }
            var box = rules.boxes[id] ?? VoicemailBox(id)
            box.name = name?.first ?? box.name
            if let recipients = words("recipients", of: item.path) { box.recipients = recipients.compactMap(Read.recipient) }
            box.greeting = words("greeting", of: item.path)?.first
            box.limit = words("limit", of: item.path)?.first.flatMap(Read.duration) ?? box.limit
            box.keptDays = words("keep", of: item.path)?.first.flatMap(Read.age) ?? box.keptDays
            box.pin = words("pin", of: item.path)?.first ?? box.pin
            rules.boxes[id] = box
        }
        for entry in item("office")?.entries("keep") ?? [] where entry.words.first?.value == "voicemail" {
            rules.quota = entry.words.last.flatMap { Read.size($0.value) } ?? rules.quota
        }
        return rules
    }

    /// What a box's id stands for: a box of its own, an extension or a department; where there is none, the line that is missing.
    func path(ofBox id: String) -> ConfigurationPath {
        let candidates = ["voicemail", "extension", "department"].map { ConfigurationPath($0, id) }
        return candidates.first { objects[$0] != nil } ?? candidates[0]
    }
}

extension Read {
    /// Whoever is told of something: `101`, `email:a@b.c`, `telegram:anna`, `webhook:crm`.
    static func recipient(_ text: String) -> VoicemailBox.Recipient? {
        if isInternalNumber(text) { return .extension(text) }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "email": return isEmail(rest) ? .email(rest) : nil
        case "telegram": return isID(rest) ? .telegram(rest) : nil
        case "webhook": return isID(rest) ? .webhook(rest) : nil
        default: return nil
        }
    }

    static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count) else { return false }
        let isLocal = parts[0].utf8.allSatisfy { (33...126).contains($0) && !"\"(),:;<>@[]\\".utf8.contains($0) }
        return isLocal && isHost(String(parts[1]))
    }

    static func isPIN(_ text: String) -> Bool { isDigits(text) && (4...10).contains(text.utf8.count) }

    /// Bytes: `500mb`, `2gb`.
    static func size(_ text: String) -> Int? {
        let unit = text.suffix(2).lowercased()
        guard let count = natural(text.dropLast(2)), (1...100_000).contains(count) else { return nil }
        switch unit {
        case "mb": return count << 20
        case "gb": return count << 30
        default: return nil
        }
    }
}
