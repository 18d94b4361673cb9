import Console
import Glibc
import Host
import Telephony
import Terminal

/// `apus` without words: the console. Edits lines, shows pages; what they mean the exchange knows.
final class ConsoleCommand {
    /// After so many minutes without a key a terminal is left.
    static let idleMinutes = 15
    /// A pasted text that pauses so long has ended, in milliseconds.
    private static let pastePause: Int32 = 400
    /// Does what the exchange leaves to us; its answer.
    typealias Perform = ([String], Language) -> Reply

    private let client: ConsoleClient
    private let terminal: TerminalLine
    private let isTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1
    private let perform: Perform
    private var answer = ConsoleAnswer()
    private var faults = 0
    /// The prompt at which an errand is done.
    private var home: String?
    /// After so long without a key a terminal is left; nil: never.
    private var idleLimit: Duration?

    init(_ client: ConsoleClient, _ terminal: TerminalLine, perform: @escaping Perform) {
        (self.client, self.terminal, self.perform) = (client, terminal, perform)
    }

    /// Talks until the user leaves, or is through with what is said first for him; the exit code: 1 where a line of a pipe was refused.
    func run(first: ConsoleAnswer, saying errand: String? = nil, idleMinutes: Int = idleMinutes, asksTerminal: Bool) -> Int {
        ignoreSignals([SIGINT, SIGQUIT, SIGTSTP, SIGPIPE])
        answer = first
        if let errand {
            say(errand)
            home = first.prompt
        }
        guard isTerminal, let editor = LineEditor(terminal, asksTerminal: asksTerminal) else { return readAll() }
        idleLimit = idleMinutes > 0 ? .minutes(Int64(idleMinutes)) : nil
        editor.idleLimit = idleLimit.map { Int32($0.milliseconds) }
        editor.complete = { [unowned self] line in
            if case .completion(let completion)? = client.exchange(.complete(line)) { completion } else { Completion() }
        }
        editor.help = { [unowned self] line in
            if case .help(let text)? = client.exchange(.help(line)) { text } else { nil }
        }
        editor.resized = { [unowned self] columns in resize(columns) }
        if errand == nil { show(first) }
        var typed = ""
        while answer.turn != .end, answer.prompt != home {
            switch editor.read(prompt: answer.prompt, typed: typed) {
            case .line(let line):
                typed = ""
                say(line)
                if answer.turn != .end, terminal.hasMore { typed = takePaste() }
            case .cancelled: typed = ""
            case .left: say("exit")
            case .silent(.idle): leaveIdle()
            case .silent(.hungUp): return 0
            }
        }
        return 0
    }

    /// Nobody has typed for too long.
    private func leaveIdle() {
        terminal.write("\n" + Catalogue.idle.text(in: answer.language) + "\n")
        answer.turn = .end
    }

    private func resize(_ columns: Int) {
        client.opening.width = columns
        _ = client.exchange(.resized(columns))
    }

    /// Lines of a pipe.
    private func readAll() -> Int {
        while answer.turn != .end, answer.prompt != home, case .line(let line) = terminal.pastedLine(within: -1) { say(line) }
        return faults == 0 ? 0 : 1
    }

    // MARK: One line

    /// Says a line, gives what the exchange asks for on top, and shows what it answers.
    private func say(_ line: String) {
        var attachment: String?
        while true {
            guard case .answer(let answer)? = client.exchange(.line(line, attachment: attachment)) else { return findExchange() }
            self.answer = answer
            switch answer.turn {
            case .line, .end: return show(answer)
            case .text:
                guard let text = takeText() else {
                    return terminal.write(Catalogue.pasteForgotten.text(in: answer.language) + "\n")
                }
                attachment = text
            case .read(let file):
                do throws(SystemError) {
                    let bytes = try Files.read(file, limit: ControlWire.requestLimit / 2)
                    attachment = TextFile.text(bytes) ?? String(decoding: bytes, as: UTF8.self)
                } catch { return fault(Catalogue.cannotRead(file, error.reason)) }
            case .hear, .speak:
                do throws(CommandFailure) { attachment = try sound(answer.turn) } catch { return fault(error.text) }
            case .perform(let words):
                if !answer.output.isEmpty { show(answer) }
                return doHere(words)
            case .watch: return watch(answer)
            }
        }
    }

    /// The sound that the exchange asks for.
    private func sound(_ turn: ConsoleAnswer.Turn) throws(CommandFailure) -> String? {
        switch turn {
        case .hear(let file): try PromptSource.recording(file)
        case .speak(let words): try PromptSource.speech(words)
        case .line, .text, .read, .perform, .watch, .end: nil
        }
    }

    private func fault(_ wording: Wording) {
        faults += 1
        terminal.write(wording.text(in: answer.language) + "\n")
    }

    private func findExchange() {
        fault(Catalogue.reconnecting)
        guard let greeting = client.reopen() else {
            answer.turn = .end
            return fault(Catalogue.noAnswer)
        }
        answer = greeting
        terminal.write(Catalogue.reconnected.text(in: answer.language) + "\n")
    }

    private func doHere(_ words: [String]) {
        if words.first == "charset", let charset = Charset(rawValue: words.last ?? "") {
            terminal.charset = charset
            return
        }
        let reply = perform(words, answer.language)
        if reply.exitCode != 0 { faults += 1 }
        page(reply.output + reply.errors)
    }

    /// How often a terminal that watches asks what is new, in milliseconds.
    private static let watchInterval: Int32 = 500

    /// Shows what happens until a key is pressed, the line is gone, or nobody has typed for too long.
    private func watch(_ first: ConsoleAnswer) {
        var (next, screen) = (first, LiveScreen(height: terminal.rows))
        let started = Instant.now
        watching: while true {
            // A pipe has no screen to draw on anew.
            terminal.write(next.isScreen && isTerminal ? screen.show(next.output) : next.output)
            guard next.turn == .watch, isTerminal || !next.isScreen else { break }
            switch terminal.byte(within: Self.watchInterval) {
            case .success: break watching
            case .failure(let error) where error.silence == .hungUp: break watching
            case .failure: if let idleLimit, .now - started >= idleLimit { return leaveIdle() }
            }
            guard case .answer(let answer)? = client.exchange(.watch) else { return findExchange() }
            next = answer
        }
        if case .answer(let last)? = client.exchange(.line("", attachment: nil)) { answer = last }
    }

    // MARK: Text that comes faster than anybody types

    /// Lines that were pasted behind one that was typed: without an echo, so that a slow line keeps up, their faults at the end. What
    /// is left of a last line that has no end.
    private func takePaste() -> String {
        var (count, bad, complaints) = (0, 0, "")
        while answer.turn != .end {
            switch terminal.pastedLine(within: Self.pastePause) {
            case .line(let line):
                guard case .answer(let next)? = client.exchange(.line(line, attachment: nil)) else {
                    findExchange()
                    return ""
                }
                guard next.turn == .line || next.turn == .end else {
                    say(line)
                    continue
                }
                answer = next
                count += 1
                if next.isFault {
                    bad += 1
                    complaints += line + "\n" + next.output
                } else if !next.output.isEmpty {
                    terminal.write(next.output)
                }
            case .paused(let rest):
                report(count, bad, complaints)
                return rest
            case .end, .cancelled:
                report(count, bad, complaints)
                return ""
            }
        }
        return ""
    }

    private func report(_ count: Int, _ bad: Int, _ complaints: String) {
        faults += bad
        if count > 0 { page(complaints + Catalogue.pasted(count, faults: bad, in: answer.language) + "\n") }
    }

    /// A text up to `end` or Ctrl-D; nil where it was cancelled.
    private func takeText() -> String? {
        if isTerminal { terminal.write(Catalogue.pasteNow.text(in: answer.language) + "\n") }
        var text = ""
        while text.utf8.count < ControlWire.requestLimit / 2 {
            switch terminal.pastedLine(within: isTerminal ? Int32(Self.idleMinutes * 60_000) : -1) {
            case .line("end"), .end: return text
            case .line(let line): text += line + "\n"
            case .paused, .cancelled: return nil
            }
        }
        return text
    }

    // MARK: Pages

    private func show(_ answer: ConsoleAnswer) {
        if answer.isFault { faults += 1 }
        if let file = answer.file {
            do throws(SystemError) {
                let bytes = answer.isSound ? SoundText.bytes(answer.output) : Array(answer.output.utf8)
                try Files.writeAtomically(bytes, to: file)
                terminal.write(Catalogue.saved(file).text(in: answer.language) + "\n")
            } catch { fault(Catalogue.cannotWrite(file, error.reason)) }
        } else if answer.isPaged {
            page(answer.output)
        } else {
            terminal.write(answer.output)
        }
    }

    /// A page at a time: space the next page, Enter the next line, q no more.
    private func page(_ text: String) {
        guard isTerminal else { return terminal.write(text) }
        var room = terminal.rows - 1
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where index < lines.count - 1 || !line.isEmpty {
            let height = max(1, (line.count + terminal.columns - 1) / terminal.columns)
            if room < height {
                switch askForMore() {
                case .page: room = terminal.rows - 1
                case .line: room = height
                case .stop: return
                }
            }
            terminal.write(line + (index < lines.count - 1 ? "\n" : ""))
            room -= height
        }
    }

    private enum More { case page, line, stop }

    private func askForMore() -> More {
        let mark = Catalogue.more.text(in: answer.language)
        terminal.write(mark)
        defer { terminal.write("\r" + String(repeating: " ", count: mark.count) + "\r") }
        while case .success(let key) = terminal.byte(within: Int32(Self.idleMinutes * 60_000)) {
            switch key {
            case UInt8(ascii: " "): return .page
            case 0x0A, 0x0D: return .line
            case UInt8(ascii: "q"), UInt8(ascii: "Q"), 0x03, 0x04, 0x1B: return .stop
            default: continue
            }
        }
        return .stop
    }
}
