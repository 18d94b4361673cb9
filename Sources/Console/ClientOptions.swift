import Telephony

/// What `apus` itself reads of its arguments and environment; the other words go to the exchange as they are.
public struct ClientOptions: Equatable, Sendable {
    /// The exchange's folder.
    public var state: String
    /// The language that the user wants; nil: the office's.
    public var language: Language?
    /// The command.
    public var words: [String]

    /// Where an installed exchange keeps everything.
    public static let standardState = "/var/lib/apus"

    /// Reads `--state DIR` and `--lang ru|en` wherever they stand; else `APUS_STATE`, and the language of the first of `LC_ALL`,
    /// `LC_MESSAGES` and `LANG` that is set. Throws where an option has no value or another one.
    public init(_ arguments: [String], environment: (String) -> String?) throws(UsageError) {
        state = environment("APUS_STATE").flatMap { $0.isEmpty ? nil : $0 } ?? Self.standardState
        language = Self.language(of: environment)
        words = []
        var rest = arguments[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts[0] == "--state" || parts[0] == "--lang" else {
                words.append(word)
                continue
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst(), !value.isEmpty else {
                throw UsageError(
                    text: Catalogue.optionNeedsValue(parts[0]), usage: ["\(parts[0]) \(parts[0] == "--lang" ? "ru|en" : "DIR") …"]
                )
            }
            if parts[0] == "--state" {
                state = value
            } else if let wanted = Language(rawValue: value) {
                language = wanted
            } else {
                throw UsageError(text: Catalogue.badValue(value, "LANGUAGE"), usage: ["--lang ru|en …"])
            }
        }
    }

    /// The language of the locale; nil: it has none of ours.
    public static func language(of environment: (String) -> String?) -> Language? {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty }
        return locale.flatMap { Language(rawValue: String($0.prefix { $0 != "_" && $0 != "." })) }
    }

    /// Where the exchange keeps the office's language, a word, for a command that cannot ask it.
    public static func languageFile(in state: String) -> String { state + "/language" }

    /// The control socket.
    public var socket: String { (state.hasSuffix("/") ? String(state.dropLast()) : state) + "/apus.sock" }
}
