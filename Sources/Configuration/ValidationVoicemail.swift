import Routing
import Telephony

/// What is allowed of answering machines and probably not meant.
extension Validation {
    mutating func checkVoicemail() {
        for item in document.items("extension") + document.items("voicemail") {
            guard let name = item.path.name else { continue }
            for entry in item.entries("pin") {
                guard let pin = entry.words.first?.value, Self.isGuessed(pin, of: name) else { continue }
                warn(entry.line, Catalogue.weakPIN("\(item.path)"), Catalogue.betterPIN)
            }
        }
    }

    /// One figure again and again, figures in a row, or the number of the box.
    static func isGuessed(_ pin: String, of name: String) -> Bool {
        let digits = pin.utf8.map { Int($0) - 48 }
        let steps = Set(zip(digits, digits.dropFirst()).map { $1 - $0 })
        return steps.count <= 1 && steps.isSubset(of: [0, 1, -1]) || pin == name || pin.contains(name) && name.utf8.count > 2
    }
}
