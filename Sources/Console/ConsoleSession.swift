import Configuration
import Telephony

/// What a console shows after a line, and how it goes on.
public struct ConsoleAnswer: Equatable, Sendable {
    /// What the terminal does next.
    public enum Turn: Equatable, Sendable {
        /// Reads a line.
        case line
        /// Reads text up to a line `end` or Ctrl-D and sends it with the same line.
        case text
        /// Sends the same line with the text of this file.
        case read(String)
        /// Sends the same line with the sound of this recording, as prompts are kept.
        case hear(String)
        /// Sends the same line with the sound of these words.
        case speak(String)
        /// Does this command itself.
        case perform([String])
        /// Asks again and again until a key is pressed.
        case watch
        /// Ends.
        case end
    }

    /// What is printed.
    public var output = ""
    /// Where it is written instead, if the command names a file; and whether it is sound (`SoundText`).
    public var file: String?, isSound = false
    /// Whether it takes the place of what was shown by the same command.
    public var isScreen = false
    /// Whether the line was refused.
    public var isFault = false
    /// Whether the terminal stops at every page.
    public var isPaged = true
    /// What stands before the next line.
    public var prompt = ""
    /// The language of the session.
    public var language = Language.ru
    /// What the terminal does next.
    public var turn = Turn.line

    /// An answer from its parts.
    public init(_ output: String = "", isFault: Bool = false, turn: Turn = .line) {
        (self.output, self.isFault, self.turn) = (output, isFault, turn)
    }

    init(_ reply: Reply) {
        self.init(reply.output + reply.errors, isFault: reply.exitCode != 0)
    }
}

/// Somebody at a console: what the next line means. Lines go in, answers come out; the terminal only edits and shows.
public struct ConsoleSession: Sendable {
    /// What the words mean.
    enum Mode: Equatable, Sendable {
        case operational
        /// Lines work on what is at this path: `extension 101`.
        case configuration(edit: [String])
        /// Lines answer the questions of `setup`.
        case interview(Interview)
        /// The terminal watches calls.
        case live(LiveTrace)
        /// The terminal shows what these words answer, again and again.
        case screen([String])
    }

    /// Its number, among all since the exchange was started.
    public let id: Int
    /// Who.
    public let user: ConsoleUser
    /// Where: `ttyS0`, `ssh 192.0.2.7`.
    public let place: String
    /// How he came.
    public let door: ConsoleOpening.Door
    /// The language that was asked for; nil: the office's.
    public internal(set) var language: Language?
    /// Columns of the terminal.
    public var width: Int
    var mode = Mode.operational

    /// A session in operational mode.
    public init(
        id: Int, user: ConsoleUser, place: String, door: ConsoleOpening.Door = .box, language: Language? = nil, width: Int = 80
    ) {
        (self.id, self.user, self.place, self.door) = (id, user, place, door)
        (self.language, self.width) = (language, width)
    }

    /// At a line that anybody may sit at, the terminal's files are the box's own: those are the installer's.
    private var mayUseFiles: Bool { door != .login || user.role == .installer }

    /// What is said at first.
    public mutating func greet(in environment: CommandEnvironment) -> ConsoleAnswer {
        let runner = runner(in: environment)
        let welcome =
            runner.say(Catalogue.welcome(runner.settings.office.name, user: user.name)).cut(width) + "\n" + runner.clockNote
        guard user.role != .installer else { return finished(ConsoleAnswer(welcome), runner) }
        var answer = ConsoleAnswer()
        // Each lands on what he came for: the owner on the day, an employee on his own settings.
        let landing = user.role == .owner ? OwnerMenu.first : ["my", "show"]
        if user.role == .owner || user.extension != nil, let page = try? operate(landing, runner) { answer = page }
        answer.output = welcome + answer.output + (user.role == .owner ? OwnerMenu(runner).text(in: runner.language) : "")
        return finished(answer, runner)
    }

    /// Does what a line says; `attachment` is the text that the turn before asked for.
    public mutating func answer(_ line: String, attachment: String? = nil, in environment: CommandEnvironment) -> ConsoleAnswer {
        let runner = runner(attachment, in: environment)
        let told = leaveLostCandidate(environment).map { runner.say($0) + "\n" } ?? ""
        var answer: ConsoleAnswer
        do throws(Refusal) {
            let (command, filters) = try LineFilter.split(line)
            answer = try self.answer(command, runner)
            for filter in filters { filter.apply(to: &answer, language: runner.language) }
        } catch {
            answer = ConsoleAnswer(error.text(in: runner.language), isFault: true)
        }
        answer.output = told + answer.output
        return finished(answer, runner)
    }

    /// The line was lost: what its holder was doing waits for him.
    public func leave(_ environment: CommandEnvironment) { environment.withDesk { $0.leave(session: id) } }

    func runner(_ attachment: String? = nil, in environment: CommandEnvironment) -> CommandRunner {
        environment.runner(for: ControlRequest([], language: language, width: width, attachment: attachment), by: user)
    }

    func finished(_ answer: ConsoleAnswer, _ runner: CommandRunner) -> ConsoleAnswer {
        var answer = answer
        answer.language = language ?? runner.settings.office.language
        answer.prompt = prompt(runner)
        return answer
    }

    // MARK: Lines

    private mutating func answer(_ line: String, _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer {
        guard line.utf8.count <= TypedLine.limit else { throw Refusal(Catalogue.lineTooLong(TypedLine.limit), Catalogue.shorten) }
        guard let words = TypedLine.words(line) else {
            if case .interview(let state) = mode { return interview(state, line, runner) }
            throw Refusal(Catalogue.openQuote, Catalogue.closeQuote)
        }
        if case .interview(let state) = mode { return interview(state, line, runner) }
        switch mode {
        case .live, .screen: mode = .operational
        case .operational, .configuration, .interview: break
        }
        if words.isEmpty { return ConsoleAnswer() }
        switch mode {
        case .operational, .interview, .live, .screen:
            let words = user.role == .owner ? OwnerMenu(runner).command(words) ?? words : words
            return try operate(words, runner)
        case .configuration: return try configure(words, line, runner)
        }
    }

    mutating func operate(_ words: [String], _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer {
        let invocation = try Refusal.usage { () throws(UsageError) in
            do throws(UsageError) {
                return try Invocation(words, role: user.role, among: CommandSyntax.operationalMode)
            } catch {
                // A word of the other mode is known, only not here.
                let isOfOther = user.role == .installer && CommandSyntax.configurationMode.contains { $0.head.first == words[0] }
                let here = CommandSyntax.operationalMode.contains { $0.head.first == words[0] }
                throw isOfOther && !here ? UsageError(text: Catalogue.onlyInConfiguration(words[0]), usage: ["configure"]) : error
            }
        }
        if invocation.file != nil, !mayUseFiles { throw Refusal(Catalogue.noFilesHere) }
        // An option may have a value, which stands where it was said.
        if case .apus = invocation.syntax.deed, !invocation.said.options.isEmpty {
            return ConsoleAnswer(turn: .perform(Array(invocation.said.words.prefix(1)) + words.dropFirst()))
        }
        if invocation.isHelp, invocation.said.rest.isEmpty { return ConsoleAnswer(help("", in: runner.environment) ?? "") }
        return try perform(invocation, runner)
    }

    mutating func perform(_ invocation: Invocation, _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer {
        switch invocation.syntax.deed {
        case .apus: return ConsoleAnswer(turn: .perform(invocation.words))
        case .console(let word): return try Refusal.failure { () throws(CommandFailure) in try self.do(word, invocation, runner) }
        case .exchange:
            let isSound = invocation.syntax.file == .sound
            if invocation.file == "-", isSound { throw Refusal(Catalogue.badValue("-", "FILE")) }
            if runner.attachment == nil, let turn = try turn(fetching: invocation, runner) { return ConsoleAnswer(turn: turn) }
            var answer = ConsoleAnswer(runner.run(invocation))
            if invocation.isWatch, invocation.format == .text, !answer.isFault, mode == .operational {
                mode = .screen(invocation.words)
                (answer.turn, answer.isScreen) = (.watch, true)
            }
            if isSound || invocation.syntax.file == .written, !answer.isFault, invocation.file != "-" {
                (answer.file, answer.isSound) = (invocation.file, isSound)
            }
            return answer
        }
    }

    /// How the terminal fetches what goes with a command; nil: nothing does.
    private func turn(fetching invocation: Invocation, _ runner: CommandRunner) throws(Refusal) -> ConsoleAnswer.Turn? {
        switch invocation.syntax.file {
        case .read: invocation.file.map { .read($0) }
        case .recording: invocation.file.map { .hear($0) }
        case .spoken: .speak(try Refusal.failure { () throws(CommandFailure) in try runner.words(toSpeak: invocation.said) })
        case .written, .sound: nil
        }
    }

    // MARK: Prompt

    /// `apus>`; in configuration mode `apus[extension 101]#*`, the star where something is not in force yet, and how long until an
    /// unconfirmed configuration goes back.
    func prompt(_ runner: CommandRunner) -> String {
        let (candidate, pending) = runner.environment.withDesk { ($0.candidate, $0.pending) }
        let reverts = pending.map { " (\(runner.say(Catalogue.reverts(runner.left($0)))))" } ?? ""
        switch mode {
        case .operational, .live, .screen: return "apus\(reverts)> "
        case .interview(let state): return state.prompt(runner.view.document, tongue(state, runner))
        case .configuration(let path):
            let place = path.isEmpty ? "" : "[\(path.joined(separator: " "))]"
            let star = candidate?.isChanged == true ? "*" : ""
            return "apus\(place)\(reverts)#\(star) "
        }
    }
}

/// Why a line was not done.
struct Refusal: Error {
    private let texts: [Wording]
    private let usages: [String]

    init(_ texts: Wording..., usages: [String] = []) { (self.texts, self.usages) = (texts, usages) }

    func text(in language: Language) -> String {
        let usage = usages.map { "\(Catalogue.usage.text(in: language)): \($0)\n" }
        return texts.enumerated().map { ($0 == 0 ? "" : "   ") + $1.text(in: language) + "\n" }.joined() + usage.joined()
    }

    static func usage<Value>(_ body: () throws(UsageError) -> Value) throws(Refusal) -> Value {
        do throws(UsageError) { return try body() } catch { throw Refusal(error.text, usages: error.usage) }
    }

    static func failure<Value>(_ body: () throws(CommandFailure) -> Value) throws(Refusal) -> Value {
        do throws(CommandFailure) { return try body() } catch { throw Refusal(error.text) }
    }
}
