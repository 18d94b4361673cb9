import Telephony

/// What stands behind `|`.
enum LineFilter: Equatable {
    /// Only lines with this text, however it is written.
    case match(String)
    case count, noMore

    /// A line without its filters, and they. `show | compare` is `compare`. Throws for a filter that there is not.
    static func split(_ line: String) throws(Refusal) -> (command: String, filters: [LineFilter]) {
        var parts = [""]
        var isQuoted = false
        for character in line {
            if character == "\"" { isQuoted.toggle() }
            if character == "|", !isQuoted { parts.append("") } else { parts[parts.count - 1].append(character) }
        }
        // A bar inside a word of the configuration, as in a help text pasted by mistake, is the line's own affair.
        var command = parts[0].trimmedEnd
        var filters: [LineFilter] = []
        for part in parts.dropFirst() {
            let words = part.split(separator: " ", maxSplits: 1).map(String.init)
            let names = Catalogue.filters.map(\.word).filter { $0.hasPrefix(words.first ?? "?") }
            switch (names.first, names.count, words.count) {
            case ("match", 1, 2): filters.append(.match(unquoted(words[1].trimmedEnd)))
            case ("count", 1, 1): filters.append(.count)
            case ("no-more", 1, 1): filters.append(.noMore)
            case ("compare", 1, 1): command = "compare"
            default: throw Refusal(Catalogue.unknownFilter(words.joined(separator: " ")))
            }
        }
        return (command, filters)
    }

    private static func unquoted(_ text: String) -> String {
        text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"") ? String(text.dropFirst().dropLast()) : text
    }

    func apply(to answer: inout ConsoleAnswer, language: Language) {
        let lines = answer.output.split(separator: "\n")
        switch self {
        case .match(let text):
            let wanted = text.lowercased()
            answer.output = lines.filter { $0.lowercased().contains(wanted) }.map { $0 + "\n" }.joined()
        case .count: answer.output = Catalogue.lineCount(lines.count, in: language) + "\n"
        case .noMore: answer.isPaged = false
        }
    }
}
