import Configuration
import Telephony

/// What Tab does to a line that is being typed.
public struct Completion: Equatable, Sendable {
    /// What is put in at the cursor.
    public var insertion = ""
    /// What there is to choose from, where several are possible.
    public var list = ""

    /// A completion from its parts.
    public init(insertion: String = "", list: String = "") { (self.insertion, self.list) = (insertion, list) }
}

extension ConsoleSession {
    /// Something that may come next.
    private struct Candidate {
        var word: String, help: String
        var isValue = false
    }

    /// What Tab puts in behind `line`, the line up to the cursor.
    public func complete(_ line: String, in environment: CommandEnvironment) -> Completion {
        guard let (before, word) = Self.atEnd(line) else { return Completion() }
        let runner = runner(in: environment)
        let all = candidates(after: before, runner).filter { !$0.isValue && $0.word.hasPrefix(word) }
        guard let first = all.first else { return Completion() }
        if all.count == 1 { return Completion(insertion: first.word.dropFirst(word.count) + " ") }
        let common = all.dropFirst().reduce(first.word) { $0.commonPrefix(with: $1.word) }
        if common.count > word.count { return Completion(insertion: String(common.dropFirst(word.count))) }
        return Completion(list: table(all, runner))
    }

    /// What `?` tells behind `line`, the line up to the cursor; nil where `?` is a letter of a quoted text or of an answer.
    public func help(_ line: String, in environment: CommandEnvironment) -> String? {
        guard let (before, word) = Self.atEnd(line) else { return nil }
        if case .interview(let state) = mode, state.question != .unanswered { return nil }
        let runner = runner(in: environment)
        let all = candidates(after: before, runner).filter { $0.isValue || $0.word.hasPrefix(word) }
        return all.isEmpty ? runner.say(Catalogue.noHelp(line.trimmedEnd)) + "\n" : table(all, runner)
    }

    /// The line before the word that is typed, and that word; after a `|` a filter is typed.
    private static func atEnd(_ line: String) -> (before: String, word: String)? { TypedLine.atEnd(line) }

    private func candidates(after line: String, _ runner: CommandRunner) -> [Candidate] {
        if let bar = line.lastIndex(of: "|") {
            let isFresh = line[line.index(after: bar)...].allSatisfy { $0 == " " }
            return isFresh ? Catalogue.filters.map { Candidate(word: $0.word, help: runner.say($0.help)) } : []
        }
        guard let words = TypedLine.words(line) else { return [] }
        let document = runner.environment.withDesk { $0.candidate?.document } ?? runner.view.document
        return expectations(words, line, document).flatMap { candidates(of: $0, document, runner) }
    }

    private func expectations(_ words: [String], _ line: String, _ document: ConfigurationDocument) -> [Expectation] {
        if case .interview(let state) = mode { return state.expectations(after: words, document) }
        guard case .configuration(let path) = mode else {
            return Invocation.expectations(after: words, role: user.role, among: CommandSyntax.operationalMode)
        }
        let all = CommandSyntax.configurationMode
        guard let first = words.first, let invocation = try? Invocation([first], among: all),
            case .console(let word) = invocation.syntax.deed
        else { return Invocation.expectations(after: words, role: user.role, among: all) }
        let rest = line.drop { $0 == " " }.drop { $0 != " " }
        let place = path.isEmpty ? "" : " " + TypedLine.joined(path)
        switch word {
        case .set: return document.schema.expectations(after: document.schema.completed("set\(place)\(rest)"))
        case .delete: return document.schema.expectations(after: document.schema.completed("delete\(place)\(rest)"))
        case .edit:
            return words.count > 2 ? [] : document.schema.expectations(after: document.schema.completed("delete \(rest)"))
        case .show where words.count <= 2:
            return words.count == 1 && path.isEmpty
                ? document.schema.expectations(after: "delete")
                : document.schema.expectations(after: document.schema.completed("delete \(rest)")).filter { $0.names != nil }
        case .run: return Invocation.expectations(after: Array(words.dropFirst()), among: CommandSyntax.operationalMode)
        case .exit, .language, .help, .configure, .setup, .live, .menu, .up, .top, .show, .compare, .check, .commit, .confirm,
            .discard, .rollback, .load:
            return Invocation.expectations(after: words, role: user.role, among: all)
        }
    }

    private func candidates(of expectation: Expectation, _ document: ConfigurationDocument, _ runner: CommandRunner)
        -> [Candidate]
    {
        var help = runner.say(expectation.help)
        if let standard = expectation.standard, !standard.isEmpty {
            help += " (\(runner.say(Catalogue.standardValue(standard))))"
        }
        let itself = Candidate(word: expectation.word, help: help, isValue: expectation.isValue)
        guard expectation.isValue, let section = expectation.names else { return [itself] }
        let names = document.items(section).compactMap(\.path.name).map { name in
            Candidate(word: TypedLine.joined([name]), help: document.displayName(section, name) ?? "")
        }
        return [itself] + names
    }

    private func table(_ candidates: [Candidate], _ runner: CommandRunner) -> String {
        let words = candidates.map { $0.isValue ? "<\($0.word)>" : $0.word }
        let column = 2 + min(24, words.map(\.count).max() ?? 0)
        return zip(words, candidates).flatMap { word, candidate in
            candidate.help.printable.wrapped(after: "  " + word.paddedRight(column), indent: column + 2, width: width)
        }.map { $0 + "\n" }.joined()
    }
}

extension String {
    /// The characters that both begin with.
    func commonPrefix(with other: String) -> String { String(zip(self, other).prefix { $0 == $1 }.map(\.0)) }
}
