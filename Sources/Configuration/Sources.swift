import Telephony

/// Where a decision's line comes from.
extension ConfigurationDocument {
    /// The line that says what `line` says, or its beginning, as it stands here: what is said for everybody stands under `*`. Nil where
    /// none does: that is how it is by default.
    public func source(of line: String) -> String? {
        guard var words = TypedLine.words(line)?.dropFirst(), let word = words.popFirst(), let section = schema.section(word)
        else {
            return line
        }
        let name = section.name == nil ? nil : words.popFirst()
        guard let key = words.popFirst() else { return item(word, name) == nil && name == nil ? nil : line }
        for owner in [name, name.map { _ in "*" }].compactMap({ item(word, $0) }) {
            let entries = owner.entries(key)
            let same = entries.first { $0.words.map(\.value).starts(with: words) }
            guard let entry = same ?? section.key(key).flatMap({ Self.entry($0, words, among: entries) }) else {
                // Of several lines this may be one that is written in another way.
                if !entries.isEmpty, section.key(key)?.cardinality == .several { return line }
                continue
            }
            let value = (same == nil ? entry.words[...] : entry.words.prefix(words.count)).map {
                $0.printed(maskingSecrets: true)
            }
            return (["set \(owner.path)", key] + value).joined(separator: " ")
        }
        // An object that is written in another way than the decision names it is there all the same.
        return name != nil && item(word, name) == nil ? line : nil
    }

    /// The entry that says it in other words, where there can be only one.
    private static func entry(_ key: Schema.Key, _ words: ArraySlice<String>, among entries: [Entry]) -> Entry? {
        switch key.cardinality {
        case .one, .switched: entries.first
        case .named: entries.first { $0.words.first?.value == words.first }
        case .several, .chain: nil
        }
    }
}
