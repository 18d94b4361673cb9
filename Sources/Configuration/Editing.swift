import OrderedCollections
import Telephony

/// What a person needs who changes a document line by line.
extension ConfigurationDocument {
    /// The document after one line more, `set …` or `delete …`, and what was wrong with it: then it is the same as before. A line of a
    /// chain is added at its end, unless it stands there already.
    public func after(_ line: String) -> (document: ConfigurationDocument, error: ConfigurationError?) {
        let reading = ConfigurationReading(line, onto: self, growsChains: true)
        guard let error = reading.errors.first else { return (reading.document, nil) }
        return (self, error)
    }

    /// What changed from `base` to this document, put upon `other`, which grew from the same base elsewhere. Objects that both have
    /// changed, each in its own way, are `conflicts`: they are as in this document.
    public func rebased(from base: ConfigurationDocument, onto other: ConfigurationDocument) -> (
        document: ConfigurationDocument, conflicts: [ConfigurationPath]
    ) {
        if other == base { return (self, []) }
        var (result, conflicts) = (other, [ConfigurationPath]())
        let paths = items.map(\.path) + base.items.map(\.path).filter { objects[$0] == nil }
        for path in paths where objects[path] != base.objects[path] {
            if other.objects[path] != base.objects[path], other.objects[path] != objects[path] { conflicts.append(path) }
            result.objects[path] = objects[path]
        }
        // The order of an ordered section's objects is a change too; where both have one, this one's holds.
        var ordered: OrderedDictionary<ConfigurationPath, Item> = [:]
        for path in Array(objects.keys) + Array(result.objects.keys) { ordered[path] = result.objects[path] }
        result.objects = ordered
        return (result, conflicts)
    }

    /// What an object is called by people; nil where it has no name.
    public func displayName(_ section: String, _ name: String) -> String? {
        item(section, name)?.entries("name").first?.words.first?.value
    }

    /// The line of the canonical text with this number, from 1, its secrets masked.
    public func line(_ number: Int) -> String? {
        let all = items.lazy.flatMap { lines(of: $0, maskingSecrets: true) }
        return all.dropFirst(number - 1).first
    }
}

/// A length of time as people write it, `30s`, `2m`, `1h`; nil for anything else.
public func duration(_ text: String) -> Duration? { Read.duration(text) }

/// Words of a line as a person types them.
public enum TypedLine {
    /// The longest in bytes.
    public static let limit = Lexer.lineLimit

    /// The words, without quotes; nil where a quote is open or the line is no text.
    public static func words(_ line: String) -> [String]? { (try? Lexer.words(line[...]))?.map(\.text) }

    /// Cuts off the word that is being typed: what comes before it, and it; nil inside a quoted text.
    public static func atEnd(_ line: String) -> (before: String, word: String)? {
        guard (try? Lexer.words(line[...])) != nil else { return nil }
        let start = line.lastIndex { $0 == " " || $0 == "\t" }.map(line.index(after:)) ?? line.startIndex
        let word = String(line[start...])
        return word.contains("\"") ? (line, "") : (String(line[..<start]), word)
    }

    /// A text in quotes.
    public static func quoted(_ text: String) -> String { Word.text(text).printed(maskingSecrets: false) }

    /// The words put into one line again, in quotes where they must be.
    public static func joined(_ words: [String]) -> String {
        words.map { Word.plain($0).printed(maskingSecrets: false) }.joined(separator: " ")
    }
}

extension Schema {
    /// A line whose words were cut short, written in full as far as each is unmistakable. Values and quoted texts stay.
    public func completed(_ line: String) -> String {
        guard let tokens = try? Lexer.words(line[...]) else { return line }
        var full = ""
        for token in tokens {
            let word = token.isQuoted ? Word.text(token.text).printed(maskingSecrets: false) : completed(token.text, after: full)
            full += (full.isEmpty ? "" : " ") + word
        }
        return full
    }

    private func completed(_ word: String, after line: String) -> String {
        let expected = expectations(after: line)
        let words = Set(expected.lazy.filter { !$0.isValue }.map(\.word))
        let candidates = words.filter { $0.hasPrefix(word) }
        let isValue = expected.contains { $0.isValue } || words.contains(word)
        return !isValue && candidates.count == 1 ? candidates.first ?? word : word
    }
}
