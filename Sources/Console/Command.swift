import Configuration
import FollowUp
import Routing
import Telephony

/// A command of `apus`.
public enum Command: Equatable, Sendable {
    case showPhones, showCalls, showNumbers, showDepartments, showTrunks, showHealth
    /// All regions, or those that a word or a number means.
    case showRegions(String?)
    /// Effective values and phones; or its secrets.
    case showExtension(ExtensionNumber, secrets: Bool)
    case reportCalls(ReportPeriod, ReportScope)
    /// The text comes with the request. `check`: nothing is put in force.
    case configLoad(replace: Bool, check: Bool)
    case configShow(section: String?, name: String?, secrets: Bool)
    /// Think a call through, now or at an office time.
    case explainCall(from: String, to: String, at: CivilTime?)
    /// What changed from one revision to another; nil is the one in force, and its predecessor.
    case configDiff(from: Int?, to: Int?)
    case configHistory
    case configRollback(Int)
    /// The commands; or what may follow the beginning of a configuration line.
    case help([String])

    /// Whether it is answered without asking the exchange anything.
    public var isLocal: Bool { if case .help = self { true } else { false } }
}

/// Words that are no command.
public struct UsageError: Error, Equatable, Sendable {
    /// What is wrong.
    public var text: Wording
    /// The nearest right usages, as typed after `apus`.
    public var usage: [String]

    /// An error from its parts.
    public init(text: Wording, usage: [String]) { (self.text, self.usage) = (text, usage) }

    /// For standard error; exit code 2 goes with it.
    public func message(in language: Language) -> String {
        let head = Catalogue.usage.text(in: language)
        return text.text(in: language) + "\n" + usage.map { "\(head): apus \($0)\n" }.joined()
    }

    /// The same as a reply.
    public func reply(in language: Language) -> Reply { Reply(exitCode: 2, errors: message(in: language)) }
}

/// A command line read: what to do, and how to print it.
public struct Invocation: Equatable, Sendable {
    /// What to do.
    public var command: Command
    /// How to print it.
    public var format: OutputFormat
    /// The file that goes with it, `-` for standard input.
    public var file: String?

    /// One command as help tells it.
    public struct Usage: Equatable, Sendable {
        /// How it is typed after `apus`.
        public var words: String
        /// What it does.
        public var help: Wording
    }

    /// All commands of this version.
    public static let usages = [
        Usage(words: "show phones", help: Catalogue.helpShowPhones), Usage(words: "show calls", help: Catalogue.helpShowCalls),
        Usage(words: "show numbers", help: Catalogue.helpShowNumbers),
        Usage(words: "show extension N [secret]", help: Catalogue.helpShowExtension),
        Usage(words: "show departments", help: Catalogue.helpShowDepartments),
        Usage(words: "show regions [TEXT|NUMBER]", help: Catalogue.helpShowRegions),
        Usage(words: "show trunks", help: Catalogue.helpShowTrunks), Usage(words: "show health", help: Catalogue.helpShowHealth),
        Usage(
            words: "report calls [today|yesterday|day DATE|month YYYY-MM|from DATE to DATE]"
                + " [department ID|operator N|number N]", help: Catalogue.helpReportCalls),
        Usage(words: "explain call from NUMBER to NUMBER [at YYYY-MM-DDTHH:MM]", help: Catalogue.helpExplainCall),
        Usage(words: "config load FILE [--replace] [--check]", help: Catalogue.helpConfigLoad),
        Usage(words: "config show [SECTION [NAME]] [--secrets]", help: Catalogue.helpConfigShow),
        Usage(words: "config diff [N [M]]", help: Catalogue.helpConfigDiff),
        Usage(words: "config history", help: Catalogue.helpConfigHistory),
        Usage(words: "config rollback N", help: Catalogue.helpConfigRollback),
        Usage(words: "selftest [CALLER CALLEE] [--through ADDRESS:PORT]", help: Catalogue.helpSelfTest),
        Usage(words: "help [set …]", help: Catalogue.helpHelp),
    ]

    /// Commands of the product that this version does not do.
    static let later = [
        "report missed", "config commit", "config confirm", "show schedule", "show bans", "show tasks", "show voicemail",
        "contacts", "prompt", "backup", "restore", "support-bundle", "setup", "configure",
    ]

    /// Reads the words after `apus`. Throws what is wrong with them and the nearest right usage.
    public init(_ words: [String]) throws(UsageError) {
        var reader = CommandReader(words)
        command = try reader.command()
        (format, file) = (reader.format, reader.file)
    }
}

/// Reads words from left to right; options stand anywhere.
struct CommandReader {
    private var rest: ArraySlice<String>
    private var spoken: [String] = []
    private var options: Set<String> = []
    private(set) var format = OutputFormat.text
    private(set) var file: String?

    init(_ words: [String]) {
        // The beginning of a configuration line is not ours to read.
        let isHelp = words.first == "help" || words.first == "?"
        rest = isHelp ? words[...] : words.filter { !$0.hasPrefix("--") }[...]
        options = isHelp ? [] : Set(words.filter { $0.hasPrefix("--") })
    }

    mutating func command() throws(UsageError) -> Command {
        if options.contains("--help") { return .help([]) }
        if options.contains("--json"), options.contains("--csv") { throw error(Catalogue.excludesEachOther("--json", "--csv")) }
        format = options.contains("--json") ? .json : options.contains("--csv") ? .csv : .text
        let command = try first()
        if let extra = rest.first { throw error(Catalogue.extraWord(extra)) }
        var allowed = Self.options(of: command)
        allowed.formUnion(command.isLocal ? [] : ["--json"])
        if let wrong = options.subtracting(allowed).sorted().first { throw error(Catalogue.wrongOption(wrong)) }
        return command
    }

    /// The options that a command knows besides `--json`.
    private static func options(of command: Command) -> Set<String> {
        switch command {
        case .showPhones, .showCalls, .showNumbers, .showDepartments, .showTrunks, .showRegions, .reportCalls, .configHistory:
            ["--csv"]
        case .configLoad: ["--replace", "--check"]
        case .configShow: ["--secrets"]
        case .showHealth, .showExtension, .configDiff, .configRollback, .explainCall, .help: []
        }
    }

    private mutating func first() throws(UsageError) -> Command {
        guard let word = next() else { return .help([]) }
        switch word {
        case "show": return try show()
        case "report": return try report()
        case "config": return try config()
        case "explain": return try explain()
        case "help", "?":
            defer { rest = [] }
            return .help(Array(rest))
        default: throw unknown(word, among: ["show", "report", "config", "explain", "selftest", "help"])
        }
    }

    private static let shown = ["phones", "calls", "numbers", "extension", "departments", "trunks", "regions", "health"]

    private mutating func show() throws(UsageError) -> Command {
        switch try required() {
        case "phones": return .showPhones
        case "calls": return .showCalls
        case "numbers": return .showNumbers
        case "departments": return .showDepartments
        case "trunks": return .showTrunks
        case "health": return .showHealth
        case "regions": return .showRegions(next())
        case "extension":
            let number = try required()
            return .showExtension(number, secrets: take("secret"))
        case let word:
            throw unknown(word, among: Self.shown)
        }
    }

    private mutating func report() throws(UsageError) -> Command {
        let word = try required()
        guard word == "calls" else { throw unknown(word, among: ["calls"]) }
        let period = try period()
        return .reportCalls(period, try scope())
    }

    private mutating func period() throws(UsageError) -> ReportPeriod {
        switch rest.first {
        case "today":
            _ = next()
            return .today
        case "yesterday":
            _ = next()
            return .yesterday
        case "day":
            _ = next()
            return .day(try date())
        case "month":
            _ = next()
            return try month()
        case "from":
            _ = next()
            let first = try date()
            guard take("to") else { throw error(Catalogue.missing("to DATE", after: first.iso)) }
            return .days(first, try date())
        default: return .today
        }
    }

    private mutating func date() throws(UsageError) -> CivilDate {
        let word = try required()
        guard let date = CivilDate(word) else { throw error(Catalogue.badValue(word, "DATE (2026-12-31)")) }
        return date
    }

    private mutating func month() throws(UsageError) -> ReportPeriod {
        let word = try required()
        guard let first = CivilDate(word + "-01") else { throw error(Catalogue.badValue(word, "YYYY-MM (2026-12)")) }
        return .month(year: first.year, month: first.month)
    }

    private mutating func scope() throws(UsageError) -> ReportScope {
        guard let word = next() else { return .all }
        switch word {
        case "department": return .department(try required())
        case "operator": return .operator(try required())
        case "number": return .number(try required())
        default:
            throw unknown(word, among: ["today", "yesterday", "day", "month", "from", "department", "operator", "number"])
        }
    }

    private mutating func explain() throws(UsageError) -> Command {
        let word = try required()
        guard word == "call" else { throw unknown(word, among: ["call"]) }
        guard take("from") else { throw error(Catalogue.missing("from NUMBER", after: "call")) }
        let from = try required()
        guard take("to") else { throw error(Catalogue.missing("to NUMBER", after: from)) }
        let to = try required()
        guard take("at") else { return .explainCall(from: from, to: to, at: nil) }
        let moment = try required()
        guard let time = Self.civilTime(moment) else { throw error(Catalogue.badValue(moment, "TIME (2026-11-23T12:00)")) }
        return .explainCall(from: from, to: to, at: time)
    }

    private static func civilTime(_ word: String) -> CivilTime? {
        let parts = word.split(separator: "T", omittingEmptySubsequences: false)
        guard parts.count == 2, let date = CivilDate(String(parts[0])) else { return nil }
        let clock = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard clock.count == 2, clock.allSatisfy({ $0.utf8.count == 2 }), let hour = UInt(clock[0]), let minute = UInt(clock[1]),
            hour < 24,
            minute < 60
        else { return nil }
        return CivilTime(year: date.year, month: date.month, day: date.day, hour: Int(hour), minute: Int(minute))
    }

    private mutating func config() throws(UsageError) -> Command {
        switch try required() {
        case "load":
            file = try required()
            return .configLoad(replace: options.contains("--replace"), check: options.contains("--check"))
        case "show":
            let section = next()
            return .configShow(section: section, name: section == nil ? nil : next(), secrets: options.contains("--secrets"))
        case "diff":
            let from = try revision()
            return .configDiff(from: from, to: from == nil ? nil : try revision())
        case "history": return .configHistory
        case "rollback":
            guard let number = try revision() else { throw error(Catalogue.missing("N", after: "rollback")) }
            return .configRollback(number)
        case let word: throw unknown(word, among: ["load", "show", "diff", "history", "rollback"])
        }
    }

    private mutating func revision() throws(UsageError) -> Int? {
        guard let word = next() else { return nil }
        guard let number = Int(word), number > 0 else { throw error(Catalogue.badValue(word, "N")) }
        return number
    }

    // MARK: Words

    private mutating func next() -> String? {
        guard let word = rest.popFirst() else { return nil }
        spoken.append(word)
        return word
    }

    private mutating func take(_ word: String) -> Bool {
        guard rest.first == word else { return false }
        return next() != nil
    }

    private mutating func required() throws(UsageError) -> String {
        guard let word = next() else { throw error(Catalogue.unfinished(spoken.joined(separator: " "))) }
        return word
    }

    private func unknown(_ word: String, among words: [String]) -> UsageError {
        let line = spoken.joined(separator: " ")
        if Invocation.later.contains(where: { line == $0 }) { return error(Catalogue.notInThisVersion(line)) }
        return error(Catalogue.unknownWord(word), nearest: Configuration.nearest(to: word, among: words))
    }

    /// The usages that share the most words with what was typed, `nearest` in place of the last one.
    private func error(_ text: Wording, nearest: String? = nil) -> UsageError {
        let typed = nearest.map { spoken.dropLast() + [$0] } ?? spoken
        let scored = Invocation.usages.map { usage in
            (usage.words, zip(usage.words.split(separator: " "), typed).prefix { $0 == $1 }.count)
        }
        let best = scored.map(\.1).max() ?? 0
        return UsageError(text: text, usage: best == 0 ? ["help"] : scored.filter { $0.1 == best }.map(\.0))
    }
}
