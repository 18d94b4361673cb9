import Telephony

/// What somebody may do; each may also do what the ones before may.
public enum Role: String, Sendable, CaseIterable, Comparable {
    /// Sees and sets what is his own.
    case employee
    /// Sees everything that happens in the office.
    case owner
    /// Configures.
    case installer

    /// Who may less comes first.
    public static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .employee: 0
        case .owner: 1
        case .installer: 2
        }
    }
}

/// One command, told once: how it is typed, what it does, who may say it and what carries it out. Reading, `?`, Tab, help and the list
/// of usages all come from here.
///
/// The usage is the grammar: small words are typed as they are (or as far as they are unmistakable), `CAPITALS` stand for values of
/// `CommandValue`, `[a|b]` may be left out, `(a|b)` is one of them, `…` is the rest of the line, `--options` stand anywhere.
public struct CommandSyntax: Sendable {
    /// Carries a command out.
    typealias Handler = @Sendable (CommandRunner, SpokenCommand) throws(CommandFailure) -> Reply

    /// What carries a command out.
    enum Deed: Sendable {
        /// The exchange, by its view and its records.
        case exchange(Handler)
        /// `apus` itself, where the user sits.
        case apus
        /// The session: it changes what the next words mean.
        case console(ConsoleWord)
    }

    /// What the file that a usage names is for, and what goes with the command.
    public enum FileUse: Sendable {
        /// Its text goes to the exchange with the command.
        case read
        /// The command's output is written to it.
        case written
        /// The same, for sound: the output is `SoundText`.
        case sound
        /// It is a recording: its sound goes to the exchange with the command, as prompts are kept.
        case recording
        /// There is none: the sound of the words of TEXT goes with the command.
        case spoken
    }

    /// How it is typed.
    public let usage: String
    /// What it does.
    public let help: Wording
    /// Who may say it, and everybody above.
    public let role: Role
    /// Whether it prints a list, so that there is `--csv`.
    public let isList: Bool
    /// What its FILE is for.
    public let file: FileUse
    /// What carries it out.
    let deed: Deed

    let parts: [CommandPart]
    let options: Set<String>

    init(
        _ usage: String, _ help: Wording, for role: Role = .installer, isList: Bool = false, file: FileUse = .read,
        _ deed: Deed
    ) {
        (self.usage, self.help, self.role, self.isList, self.file, self.deed) = (usage, help, role, isList, file, deed)
        let parsed = CommandPart.parse(usage)
        (parts, options) = (parsed.0, parsed.options)
    }

    init(
        _ usage: String, _ help: Wording, for role: Role = .installer, isList: Bool = false, file: FileUse = .read,
        _ handler: @escaping Handler
    ) {
        self.init(usage, help, for: role, isList: isList, file: file, .exchange(handler))
    }

    /// Words and values of the usage that nobody has explained; a right grammar has none.
    public var unexplained: [String] { Self.unexplained(parts, head: head.count == 1 ? head : Array(head.dropFirst().prefix(1))) }

    private static func unexplained(_ parts: [CommandPart], head: [String]) -> [String] {
        parts.flatMap { part -> [String] in
            switch part {
            case .word(let word): head.contains(word) || Catalogue.commandWord(word) != nil ? [] : [word]
            case .value(let label, let before): CommandValue.named(label, after: before) == nil ? [label] : []
            case .optional(let choices), .choice(let choices): choices.flatMap { unexplained($0, head: head) }
            case .rest: []
            }
        }
    }

    /// The words before the first value or choice.
    var head: [String] {
        parts.prefix { if case .word = $0 { true } else { false } }.map { if case .word(let word) = $0 { word } else { "" } }
    }

    /// What the word at `index` of the head means: the second one tells what the command does, the first one what its family is about.
    func help(at index: Int) -> Wording? {
        index == min(1, head.count - 1) ? help : nil
    }
}

/// A part of a usage.
indirect enum CommandPart: Equatable, Sendable {
    /// This word.
    case word(String)
    /// A value, and the word before it.
    case value(String, after: String)
    /// One of these, or nothing.
    case optional([[CommandPart]])
    /// One of these.
    case choice([[CommandPart]])
    /// All words that are left.
    case rest

    /// The parts of a usage, and its options.
    static func parse(_ usage: String) -> ([CommandPart], options: Set<String>) {
        var spaced = ""
        for character in usage { spaced += "[]()|".contains(character) ? " \(character) " : String(character) }
        var tokens = spaced.split(separator: " ").map(String.init)[...]
        var options: Set<String> = []
        let parts = sequence(&tokens, after: "", &options)
        return (parts, options)
    }

    private static func sequence(_ tokens: inout ArraySlice<String>, after word: String, _ options: inout Set<String>)
        -> [CommandPart]
    {
        var parts: [CommandPart] = []
        var last = word
        while let token = tokens.first, !["]", ")", "|"].contains(token) {
            tokens.removeFirst()
            switch token {
            case "[", "(":
                let before = options.count
                var choices = [sequence(&tokens, after: last, &options)]
                while tokens.popFirst() == "|" { choices.append(sequence(&tokens, after: last, &options)) }
                guard options.count == before || choices.contains(where: { !$0.isEmpty }) else { continue }
                parts.append(token == "[" ? .optional(choices) : .choice(choices))
            case "…": parts.append(.rest)
            case _ where token.hasPrefix("--"): options.insert(token)
            case _ where token.first?.isUppercase == true: parts.append(.value(token, after: last))
            default:
                parts.append(.word(token))
                last = token
            }
        }
        return parts
    }

    /// Every part that may come first of `parts`, with what follows it then; nil stands for the end.
    static func first(of parts: ArraySlice<CommandPart>) -> [(part: CommandPart?, rest: ArraySlice<CommandPart>)] {
        guard let part = parts.first else { return [(nil, [])] }
        let rest = parts.dropFirst()
        switch part {
        case .optional(let choices): return choices.flatMap { first(of: ($0 + rest)[...]) } + first(of: rest)
        case .choice(let choices): return choices.flatMap { first(of: ($0 + rest)[...]) }
        case .word, .value, .rest: return [(part, rest)]
        }
    }
}

/// A command as it was said: every word, and for values what they are called.
public struct SpokenCommand: Equatable, Sendable {
    /// A word of it.
    struct Said: Equatable, Sendable {
        /// What its value is called; nil: it is a word of the usage.
        var label: String?
        /// As it would be typed in full.
        var text: String
    }

    var said: [Said] = []
    /// The words of `…`.
    public internal(set) var rest: [String] = []
    /// The options that were given.
    var options: Set<String> = []

    /// The first value that is called so.
    public subscript(label: String) -> String? { said.first { $0.label == label }?.text }

    /// All values that are called so.
    func all(_ label: String) -> [String] { said.filter { $0.label == label }.map(\.text) }

    /// Whether this word or option was said.
    func has(_ word: String) -> Bool { options.contains(word) || said.contains { $0.label == nil && $0.text == word } }

    /// The words, as they would have been typed in full.
    var words: [String] { said.map(\.text) + rest }
}
