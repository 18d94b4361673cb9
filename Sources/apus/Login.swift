import Console
import Glibc
import Host
import Telephony
import Terminal

/// `apus` without words, and `apus login`: who sits there, and what his terminal is like.
struct Login {
    private let options: ClientOptions
    private let door: ConsoleOpening.Door
    private let idleMinutes: Int
    /// Only the interview is wanted.
    private let isSetup: Bool
    private let perform: ConsoleCommand.Perform
    private let language: Language

    /// Reads the words after `login`; without that word the door is the box itself. Throws what is wrong with them.
    init(_ options: ClientOptions, language: Language, perform: @escaping ConsoleCommand.Perform) throws(UsageError) {
        (self.options, self.language, self.perform) = (options, language, perform)
        isSetup = options.words == ["setup"]
        var (door, minutes) = (options.words.isEmpty || isSetup ? ConsoleOpening.Door.box : .login, ConsoleCommand.idleMinutes)
        var rest = options.words.dropFirst()
        while let word = rest.popFirst() {
            switch word {
            case "--ssh": door = .ssh
            case "--idle":
                guard let count = rest.popFirst().flatMap({ Int($0) }), (0...1440).contains(count) else { throw Self.usage(word) }
                minutes = count
            default: throw Self.usage(word)
            }
        }
        (self.door, idleMinutes) = (door, minutes)
    }

    private static func usage(_ word: String) -> UsageError {
        UsageError(text: Catalogue.badValue(word, "login"), usage: ["login [--ssh] [--idle MINUTES]"])
    }

    /// Opens a session and stays in it; the exit code.
    func run() -> Int {
        let terminal = TerminalLine()
        defer { terminal.restore() }
        let place = Self.place
        let asksTerminal = door != .ssh && !place.hasPrefix("pts/") && isatty(STDIN_FILENO) == 1
        terminal.measure(asking: asksTerminal)
        let user = Self.variable("USER") ?? Self.variable("LOGNAME") ?? "root"
        let opening = ConsoleOpening(
            door, user: door == .login ? "" : user, place: place, language: options.language, width: terminal.columns)
        let client = ConsoleClient(path: options.socket, opening: opening)
        guard let first = open(client, terminal) else { return 3 }
        // A command that came with the connection is a line of the console like any other, with the same rights.
        if door == .ssh, let line = Self.variable("SSH_ORIGINAL_COMMAND") { return once(line, client, terminal) }
        let console = ConsoleCommand(client, terminal, perform: perform)
        return console.run(
            first: first, saying: isSetup ? "setup" : nil, idleMinutes: idleMinutes, asksTerminal: asksTerminal)
    }

    private func once(_ line: String, _ client: ConsoleClient, _ terminal: TerminalLine) -> Int {
        guard case .answer(let answer)? = client.exchange(.line(line, attachment: nil)) else { return 3 }
        switch answer.turn {
        case .line where answer.file == nil, .end:
            terminal.write(answer.output)
            return answer.isFault ? 1 : 0
        case .line, .text, .read, .hear, .speak, .perform, .watch:
            terminal.write(Catalogue.onlyInConsole.text(in: answer.language) + "\n")
            return 1
        }
    }

    /// How often a line looks for an exchange that does not run, in seconds.
    private static let patience = 3

    /// The greeting; nil where there is no session, and why was said. A line waits for its exchange.
    private func open(_ client: ConsoleClient, _ terminal: TerminalLine) -> ConsoleAnswer? {
        let waits = door == .login && isatty(STDIN_FILENO) == 1
        var said: Wording?
        while true {
            let why: Wording
            do throws(SystemError) {
                switch try client.open() {
                case .answer(let answer)?: return answer
                case .refused(let why, let wait)?:
                    terminal.write(why)
                    if wait > 0 { pause(seconds: wait) }
                    guard waits, ask(client, terminal) else { return nil }
                    continue
                case .completion, .help, nil: why = Catalogue.noAnswer
                }
            } catch {
                why =
                    error.isWriteProtected
                    ? Catalogue.noAccess(options.socket, error.reason) : Catalogue.notRunning(options.socket, error.reason)
            }
            if why != said { terminal.write(why.text(in: language) + "\n") }
            guard waits else { return nil }
            if said == nil { terminal.write(Catalogue.waitingForExchange.text(in: language) + "\n") }
            said = why
            pause(seconds: Self.patience)
        }
    }

    private func ask(_ client: ConsoleClient, _ terminal: TerminalLine) -> Bool {
        while true {
            guard let name = line(Catalogue.askName, terminal, isShown: true) else { return false }
            if name.isEmpty { continue }
            guard let secret = line(Catalogue.askSecret, terminal, isShown: false) else { return false }
            (client.opening.user, client.opening.secret) = (name, secret)
            return true
        }
    }

    /// A line typed without an editor; nil at Ctrl-D, or where nobody types.
    private func line(_ prompt: Wording, _ terminal: TerminalLine, isShown: Bool) -> String? {
        terminal.write(prompt.text(in: language))
        var text = ""
        while case .success(let scalar) = terminal.scalar(within: 60_000) {
            switch scalar.value {
            case 0x0A, 0x0D:
                terminal.write("\n")
                return text
            case 0x04 where text.isEmpty: return nil
            case 0x03, 0x15:
                terminal.write("\n" + prompt.text(in: language))
                text = ""
            case 0x08, 0x7F:
                if !text.isEmpty, isShown { terminal.write("\u{8} \u{8}") }
                text = String(text.dropLast())
            case ..<0x20: continue
            default:
                guard text.unicodeScalars.count < 100 else { continue }
                text.unicodeScalars.append(scalar)
                if isShown { terminal.write(String(scalar)) }
            }
        }
        return nil
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `ttyS0`, `ssh 192.0.2.7`, `pts/3`, `pipe`.
    private static var place: String {
        if let from = variable("SSH_CONNECTION")?.split(separator: " ").first { return "ssh \(from)" }
        guard let name = ttyname(STDIN_FILENO).map({ String(cString: $0) }) else { return "pipe" }
        return name.hasPrefix("/dev/") ? String(name.dropFirst(5)) : name
    }
}
