import Configuration
import Telephony

/// Words that are no command.
public struct UsageError: Error, Equatable, Sendable {
    /// What is wrong.
    public var text: Wording
    /// The nearest right usages, as typed after `apus`.
    public var usage: [String]

    /// An error from its parts.
    public init(text: Wording, usage: [String]) { (self.text, self.usage) = (text, usage) }

    /// For standard error; exit code 2 goes with it. `program` is what usages begin with.
    public func message(in language: Language, program: String = "apus ") -> String {
        let head = Catalogue.usage.text(in: language)
        return text.text(in: language) + "\n" + usage.map { "\(head): \(program)\($0)\n" }.joined()
    }

    /// The same as a reply.
    public func reply(in language: Language, program: String = "apus ") -> Reply {
        Reply(exitCode: 2, errors: message(in: language, program: program))
    }
}

/// A command line read: which command, with which words, and how to print it.
public struct Invocation: Sendable {
    /// The command.
    public let syntax: CommandSyntax
    /// What was said.
    public let said: SpokenCommand
    /// How to print it.
    public let format: OutputFormat

    /// The file that goes with it, `-` for standard input or output.
    public var file: String? { said["FILE"] }
    /// The words as they would be typed in full, options last.
    public var words: [String] { said.words + said.options.sorted() }
    /// Whether its output is to be shown anew as long as somebody looks.
    public var isWatch: Bool { syntax.head.first == "watch" }
    /// Whether it is answered without asking the exchange anything.
    public var isHelp: Bool { syntax.head == ["help"] }

    /// Reads the words after `apus`; words may be cut as far as they are unmistakable. Throws what is wrong with them and the nearest
    /// right usage, or that `role` may not say it.
    public init(_ words: [String], role: Role = .installer, among all: [CommandSyntax] = CommandSyntax.all) throws(UsageError) {
        var reader = CommandReader(words, among: all)
        (syntax, said, format) = try reader.command()
        if syntax.role > role { throw UsageError(text: Catalogue.notForYou(syntax.head.joined(separator: " ")), usage: []) }
    }

    /// What may come after the words of a command that is not finished, for `?` and Tab.
    public static func expectations(
        after words: [String], role: Role = .installer, among all: [CommandSyntax] = CommandSyntax.all
    ) -> [Expectation] {
        var reader = CommandReader(words.filter { !$0.hasPrefix("--") }, among: all)
        return (try? reader.expectations(for: role)) ?? []
    }
}

/// Reads words from left to right by all usages at once; options stand anywhere.
struct CommandReader {
    /// A usage that the words so far fit, and what of it is left.
    private struct Position {
        var syntax: CommandSyntax, rest: ArraySlice<CommandPart>, said: SpokenCommand
    }

    private var positions: [Position]
    private var words: ArraySlice<String>
    private var spoken: [String] = []
    private var options: Set<String> = []

    private let all: [CommandSyntax]

    init(_ words: [String], among all: [CommandSyntax]) {
        self.all = all
        // The beginning of a configuration line is not ours to read.
        let isHelp = words.first == "help" || words.first == "?"
        var plain = isHelp ? words : words.filter { !$0.hasPrefix("--") }
        options = isHelp ? [] : Set(words.filter { $0.hasPrefix("--") })
        if plain.isEmpty || options.contains("--help") { plain = ["help"] }
        if plain[0] == "?" { plain[0] = "help" }
        self.words = plain[...]
        positions = all.map { Position(syntax: $0, rest: $0.parts[...], said: SpokenCommand()) }
    }

    mutating func command() throws(UsageError) -> (CommandSyntax, SpokenCommand, OutputFormat) {
        if options.contains("--help") { options = [] }
        if options.contains("--json"), options.contains("--csv") { throw error(Catalogue.excludesEachOther("--json", "--csv")) }
        while let word = words.popFirst() { try take(word) }
        let whole = positions.first { CommandPart.first(of: $0.rest).contains { $0.part == nil || $0.part == .rest } }
        guard let whole else { throw error(Catalogue.unfinished(spoken.joined(separator: " "))) }
        let allowed = whole.syntax.options.union(whole.syntax.isList ? ["--json", "--csv"] : ["--json"])
        if let wrong = options.subtracting(allowed).sorted().first { throw error(Catalogue.wrongOption(wrong)) }
        var said = whole.said
        said.options = options.subtracting(["--json", "--csv"])
        return (whole.syntax, said, options.contains("--json") ? .json : options.contains("--csv") ? .csv : .text)
    }

    mutating func expectations(for role: Role) throws(UsageError) -> [Expectation] {
        if words == ["help"] { words = [] }
        while let word = words.popFirst() { try take(word) }
        var found: [Expectation] = []
        for position in positions where position.syntax.role <= role {
            for (part, _) in CommandPart.first(of: position.rest) {
                guard let expectation = expectation(part, in: position), !found.contains(where: { $0.word == expectation.word })
                else { continue }
                found.append(expectation)
            }
        }
        return found
    }

    private func expectation(_ part: CommandPart?, in position: Position) -> Expectation? {
        switch part {
        case .word(let word):
            let index = position.said.said.count
            let isHead = index < position.syntax.head.count
            let help = (isHead ? position.syntax.help(at: index) : nil) ?? Catalogue.commandWord(word)
            return Expectation(word, help ?? position.syntax.help)
        case .value(let label, let word):
            guard let value = CommandValue.named(label, after: word) else { return nil }
            return Expectation(label, value.help, isValue: true, names: value.names)
        case .rest, .optional, .choice, nil: return nil
        }
    }

    private mutating func take(_ word: String) throws(UsageError) {
        let next = positions.flatMap { position in CommandPart.first(of: position.rest).map { (position, $0.part, $0.rest) } }
        if next.contains(where: { $0.1 == .rest }) {
            spoken.append(word)
            positions = next.filter { $0.1 == .rest }.map { position, _, _ in
                var position = position
                position.said.rest.append(word)
                return position
            }
            return
        }
        let known = Set(next.compactMap { _, part, _ -> String? in if case .word(let known) = part { known } else { nil } })
        let values = next.filter { Self.accepts($0.1, word) }
        let full: String
        if known.contains(word) {
            full = word
        } else if !values.isEmpty {
            spoken.append(word)
            positions = values.map { Self.stepped($0.0, label: Self.label($0.1), word, $0.2) }
            return
        } else {
            let candidates = known.filter { $0.hasPrefix(word) }.sorted()
            guard candidates.count == 1 else { throw fault(word, known, candidates, next.map(\.1)) }
            full = candidates[0]
        }
        spoken.append(full)
        positions = next.filter { $0.1 == .word(full) }.map { Self.stepped($0.0, label: nil, full, $0.2) }
    }

    private static func accepts(_ part: CommandPart?, _ word: String) -> Bool {
        guard case .value(let label, let before) = part else { return false }
        return CommandValue.named(label, after: before)?.accepts(word) ?? false
    }

    private static func label(_ part: CommandPart?) -> String? { if case .value(let label, _) = part { label } else { nil } }

    private static func stepped(_ position: Position, label: String?, _ word: String, _ rest: ArraySlice<CommandPart>) -> Position
    {
        var position = position
        position.said.said.append(.init(label: label, text: word))
        position.rest = rest
        return position
    }

    // MARK: What is wrong

    private func fault(_ word: String, _ known: Set<String>, _ candidates: [String], _ parts: [CommandPart?]) -> UsageError {
        if candidates.count > 1 { return error(Catalogue.ambiguous(word, candidates)) }
        for part in parts {
            guard case .value(let label, let before) = part, let value = CommandValue.named(label, after: before) else {
                continue
            }
            return error(Catalogue.badValue(word, value.example.map { "\(label) (\($0))" } ?? label))
        }
        if known.isEmpty { return error(Catalogue.extraWord(word)) }
        let line = (spoken + [word]).joined(separator: " ")
        if CommandSyntax.later.contains(line) { return error(Catalogue.notInThisVersion(line)) }
        return error(Catalogue.unknownWord(word), nearest: Configuration.nearest(to: word, among: known.sorted()))
    }

    /// The usages that share the most words with what was typed, `nearest` after them.
    private func error(_ text: Wording, nearest: String? = nil) -> UsageError {
        let typed = spoken + (nearest.map { [$0] + words } ?? [])
        let scored = all.map { syntax in
            (syntax.usage, zip(syntax.usage.split(separator: " "), typed).prefix { $0 == $1 }.count)
        }
        let best = scored.map(\.1).max() ?? 0
        return UsageError(text: text, usage: best == 0 ? ["help"] : scored.filter { $0.1 == best }.map(\.0))
    }
}
