import Configuration
import Telephony

/// What `help` and `?` print.
public enum Help {
    /// The commands and what they do; with words, what may follow them in a configuration line. No line is wider than `width`.
    public static func text(_ words: [String], language: Language, width: Int) -> String {
        if words.isEmpty { return commands(language, width) }
        // Words that the shell has taken out of their quotes are put back.
        let line = words.map { $0.contains(" ") || $0.isEmpty ? "\"\($0)\"" : $0 }.joined(separator: " ")
        let expected = Schema.current.expectations(after: line)
        if expected.isEmpty { return Catalogue.noHelp(line).text(in: language) + "\n" }
        let column = 2 + min(24, expected.map(\.word.count).max() ?? 0)
        return expected.flatMap { expectation in
            let help = expectation.help.text(in: language)
            return help.wrapped(after: "  " + expectation.word.paddedRight(column), indent: column + 2, width: width)
        }.map { $0 + "\n" }.joined()
    }

    private static func commands(_ language: Language, _ width: Int) -> String {
        let heads = CommandSyntax.all.flatMap { syntax in
            broken("apus " + syntax.usage, width)
                + syntax.help.text(in: language).wrapped(after: "      ", indent: 6, width: width)
        }
        let tail = [Catalogue.helpOptions, Catalogue.helpExitCodes].map { $0.text(in: language) }
        return (heads + [""] + tail).map { $0.cut(width) + "\n" }.joined()
    }

    /// A usage on as many lines as it takes, broken before a bracket.
    private static func broken(_ usage: String, _ width: Int) -> [String] {
        guard usage.count > width, let space = usage.range(" [", before: width) else { return [usage] }
        return [String(usage[..<space])] + ["          " + usage[usage.index(after: space)...]]
    }
}

extension String {
    /// Where the last `mark` begins that starts within the first `limit` characters.
    fileprivate func range(_ mark: String, before limit: Int) -> Index? {
        indices.prefix(limit).last { self[$0...].hasPrefix(mark) }
    }
}
