import Routing
import Telephony

/// Which callers go where, as the exchange is told.
extension ConfigurationDocument {
    func region(_ item: Item) -> RegionSetting? {
        guard let id = item.path.name else { return nil }
        return RegionSetting(
            id, name: words("name", of: item.path)?.first,
            prefixes: item.entries("prefix").flatMap { $0.words.map(\.value) },
            languages: words("language", of: item.path) ?? [])
    }

    /// The lines of a caller's rule, in the order written.
    func callers(_ item: Item, country: Country) -> [CallerRule] {
        guard let id = item.path.name else { return [] }
        return item.entries.compactMap { entry in
            let words = entry.words.map(\.value)
            guard let place = words.firstIndex(of: "to"), let target = Read.target(words[(place + 1)...]) else { return nil }
            let mask = place == 0 ? nil : NumberMask(words[0], country: country)
            if place > 0, mask == nil { return nil }
            let option = { (word: String) in
                words[place...].firstIndex(of: word).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
            }
            let text = entry.words.map { $0.printed(maskingSecrets: false) }.joined(separator: " ")
            return CallerRule(
                id, mask: mask, target: target, preset: option("class"), until: option("until").flatMap(Read.end),
                line: "set caller \(id) \(entry.key) \(text)")
        }
    }

    /// Hours of an extension or a department; nil where none are set.
    func hours(of path: ConfigurationPath) -> WeeklyHours? {
        let spans = effective("hours", of: path).lines.compactMap { Read.hours($0.map(\.value)) }
        return spans.isEmpty ? nil : WeeklyHours(spans)
    }

    static func absence(_ words: [String]) -> Absence? {
        guard words.count >= 2, let days = Read.dates(words[0]), let kind = Absence.Kind(rawValue: words[1]) else { return nil }
        let target = words.count > 3 ? Read.target(words[3...]) : nil
        return Absence(first: days.lowerBound, last: days.upperBound, kind: kind, target: target)
    }
}
