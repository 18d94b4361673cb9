import Configuration
import Telephony

/// The words of a session, and its way into and out of the candidate.
extension ConsoleSession {
    private var path: [String] { if case .configuration(let path) = mode { path } else { [] } }

    /// The words of configuration mode; `line` is what they stood in, for what the language itself reads.
    mutating func configure(_ words: [String], _ line: String, _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer {
        let invocation = try Refusal.usage { () throws(UsageError) in
            try Invocation(words, role: user.role, among: CommandSyntax.configurationMode)
        }
        guard case .console(let word) = invocation.syntax.deed else { return try perform(invocation, runner) }
        switch word {
        case .set, .delete: return try change(word == .set ? "set" : "delete", Self.tail(line), runner)
        case .run:
            guard !invocation.said.rest.isEmpty else { throw Refusal(Catalogue.unfinished("run")) }
            return try operate(invocation.said.rest, runner)
        default: return try perform(invocation, runner)
        }
    }

    /// What follows the first word.
    private static func tail(_ line: String) -> String {
        let text = line.drop { $0 == " " || $0 == "\t" }
        return String(text.drop { $0 != " " && $0 != "\t" })
    }

    mutating func `do`(_ word: ConsoleWord, _ invocation: Invocation, _ runner: CommandRunner) throws(CommandFailure)
        -> ConsoleAnswer
    {
        let said = invocation.said
        switch word {
        case .exit: return leave(runner)
        case .language:
            language = Language(rawValue: said.words[1])
            return ConsoleAnswer()
        case .help: return ConsoleAnswer(help("", in: runner.environment) ?? "")
        case .setup:
            mode = .interview(Interview())
            return ConsoleAnswer(runner.clockNote)
        case .live:
            mode = .live(LiveTrace())
            return watch(in: runner.environment)
        case .menu: return ConsoleAnswer(OwnerMenu(runner).text(in: runner.language))
        case .configure: return try begin(isTakeover: said.has("takeover"), runner)
        case .edit: return try edit(said.rest, runner)
        case .up, .top: return move(to: [])
        case .show: return try show(said, runner)
        case .compare: return try compare(said["N"].flatMap { Int($0) }, runner)
        case .check: return ConsoleAnswer(try runner.checkCandidate())
        case .commit: return ConsoleAnswer(try runner.commitCandidate(said))
        case .confirm: return ConsoleAnswer(try runner.confirm())
        case .discard: return ConsoleAnswer(try runner.discardCandidate())
        case .rollback: return try take(try runner.document(said["N"].flatMap { Int($0) } ?? 0), runner)
        case .load: return try load(invocation, runner)
        case .set, .delete, .run: return ConsoleAnswer()
        }
    }

    private mutating func move(to path: [String]) -> ConsoleAnswer {
        mode = .configuration(edit: path)
        return ConsoleAnswer()
    }

    // MARK: In and out

    private mutating func begin(isTakeover: Bool, _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        let view = runner.view
        let told: Result<Wording?, CommandFailure> = runner.environment.withDesk { desk in
            guard var held = desk.candidate else {
                desk.candidate = HeldCandidate(
                    base: view.document, document: view.document, holder: user.name, place: place, since: view.now.utc,
                    session: id)
                return .success(nil)
            }
            let since = runner.dateAndTime(held.since)
            let isMine = held.holder == user.name && held.session == nil
            if !isMine, !isTakeover {
                return .failure(
                    CommandFailure(
                        Catalogue.candidateHeld(by: held.holder, at: held.place, since: since, isThere: held.session != nil)))
            }
            let before = held.holder
            (held.holder, held.place, held.session) = (user.name, place, id)
            desk.candidate = held
            return .success(isMine ? Catalogue.candidateFound(since: since) : Catalogue.candidateTaken(from: before))
        }
        let wording = try told.get()
        mode = .configuration(edit: [])
        return ConsoleAnswer(wording.map { runner.say($0) + "\n" } ?? "")
    }

    private mutating func leave(_ runner: CommandRunner) -> ConsoleAnswer {
        guard case .configuration = mode else {
            runner.environment.withDesk { $0.leave(session: id) }
            return ConsoleAnswer(turn: .end)
        }
        mode = .operational
        let waits = runner.environment.withDesk { desk in
            desk.leave(session: id)
            return desk.candidate != nil
        }
        return ConsoleAnswer(waits ? runner.say(Catalogue.changesWait) + "\n" : "")
    }

    /// Back to operational mode where the candidate is not ours any more; why.
    mutating func leaveLostCandidate(_ environment: CommandEnvironment) -> Wording? {
        guard case .configuration = mode, let candidate = environment.withDesk({ Optional($0.candidate) }) else { return nil }
        if candidate?.session == id { return nil }
        mode = .operational
        return Catalogue.candidateLost(to: candidate?.holder)
    }

    // MARK: Changes

    private func held(_ runner: CommandRunner) throws(CommandFailure) -> HeldCandidate { try runner.candidate() }

    @discardableResult
    private func take(_ document: ConfigurationDocument, _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        runner.environment.withDesk { $0.candidate?.document = document }
        return ConsoleAnswer()
    }

    private func change(_ verb: String, _ tail: String, _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer {
        let document = try Refusal.failure { () throws(CommandFailure) in try held(runner).document }
        let place = path.isEmpty ? "" : " " + TypedLine.joined(path)
        let line = document.schema.completed("\(verb)\(place)\(tail)")
        let (after, error) = document.after(line)
        if let error { throw Refusal(error.text, error.hint) }
        return try Refusal.failure { () throws(CommandFailure) in try take(after, runner) }
    }

    private mutating func edit(_ words: [String], _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        let schema = runner.view.document.schema
        let full = TypedLine.words(schema.completed(TypedLine.joined(["set"] + words))) ?? []
        guard let section = full.dropFirst().first.flatMap(schema.section), full.count == (section.name == nil ? 2 : 3) else {
            throw CommandFailure(Catalogue.editNeedsObject)
        }
        return move(to: Array(full.dropFirst()))
    }

    private func show(_ said: SpokenCommand, _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        let document = try held(runner).document
        let section = said["SECTION"].map { document.schema.completed("set \($0)") }.map { String($0.dropFirst(4)) } ?? path.first
        if let section, document.schema.section(section) == nil {
            throw CommandFailure(Catalogue.notASection(section, document.schema.sections.map(\.word)))
        }
        let name = said["NAME"] ?? (said["SECTION"] == nil ? path.dropFirst().first : nil)
        return ConsoleAnswer(document.text(maskingSecrets: true, section: section, name: name))
    }

    private func compare(_ revision: Int?, _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        let older: ConfigurationDocument
        if let revision { older = try runner.document(revision) } else { older = runner.view.document }
        let lines = try held(runner).document.difference(from: older).map(\.text)
        return ConsoleAnswer(lines.isEmpty ? runner.say(Catalogue.nothingToCompare) + "\n" : lines.map { $0 + "\n" }.joined())
    }

    private func load(_ invocation: Invocation, _ runner: CommandRunner) throws(CommandFailure) -> ConsoleAnswer {
        guard let text = runner.attachment else {
            return ConsoleAnswer(turn: invocation.file.map { .read($0) } ?? .text)
        }
        let held = try held(runner)
        let reading = ConfigurationReading(text, onto: held.document, replace: invocation.said.has("--replace"))
        try take(reading.document, runner)
        let lines = text.split(whereSeparator: \.isNewline).count { line in !line.allSatisfy(\.isWhitespace) && line.first != "#"
        }
        let good = Catalogue.taken(max(0, lines - reading.errors.count), in: runner.language) + "\n"
        if reading.errors.isEmpty { return ConsoleAnswer(good) }
        let bad = Catalogue.notTaken(reading.errors.count, in: runner.language) + "\n"
        return ConsoleAnswer(good + bad + reading.errors.map { runner.told($0) }.joined(), isFault: true)
    }
}
