import Console
import Glibc
import Host
import Telephony

/// `apus`: says one command to the exchange and prints its answer; without words it is the console.
@main struct Main {
    /// What is said where the exchange does not: in the user's language, else the office's as the exchange has left it in its folder, else
    /// the factory's.
    private static func language(_ own: Language?, state: String) -> Language {
        let kept = try? Files.read(ClientOptions.languageFile(in: state), limit: 100)
        return own ?? kept.flatMap { Language(rawValue: String(decoding: $0.prefix { $0 != 0x0A }, as: UTF8.self)) } ?? .ru
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    static func main() {
        let reply = answer(Array(CommandLine.arguments.dropFirst()))
        print(reply.output, to: STDOUT_FILENO)
        print(reply.errors, to: STDERR_FILENO)
        exit(Int32(reply.exitCode))
    }

    private static func answer(_ arguments: [String]) -> Reply {
        var language = Self.language(
            ClientOptions.language(of: variable), state: variable("APUS_STATE") ?? ClientOptions.standardState)
        do throws(UsageError) {
            let options = try ClientOptions(arguments, environment: variable)
            language = Self.language(options.language, state: options.state)
            if options.words.isEmpty || options.words.first == "login" || options.words == ["setup"] {
                let login = try Login(options, language: language) { words, language in perform(words, options, language) }
                return Reply(exitCode: login.run())
            }
            if options.words.first == "selftest" {
                return try SelfTestCommand(options.words.dropFirst()).run(language) { words throws(UsageError) in
                    try ask(options, words, language)
                }
            }
            let invocation = try Invocation(options.words)
            if let reply = try whole(invocation.words, options, language) { return reply }
            if invocation.words.starts(with: ["clock", "set"]) { return try set(invocation.words.last ?? "", options, language) }
            if invocation.words.first == "ping" { return Ping.reply(invocation.words.last ?? "") }
            if invocation.isHelp { return Reply(output: Help.text(invocation.said.rest, language: language, width: width)) }
            if invocation.isWatch, invocation.format == .text, WatchCommand.isPossible {
                return try WatchCommand.run(height: height) { () throws(UsageError) in try ask(options, options.words, language) }
            }
            return try ask(options, options.words, language)
        } catch {
            return error.reply(in: language)
        }
    }

    /// What a session leaves to us.
    private static func perform(_ words: [String], _ options: ClientOptions, _ language: Language) -> Reply {
        do throws(UsageError) {
            switch words.first {
            case "selftest":
                return try SelfTestCommand(words.dropFirst()).run(language) { words throws(UsageError) in
                    try ask(options, words, language)
                }
            case "ping": return Ping.reply(words.last ?? "")
            case "clock": return try set(words.last ?? "", options, language)
            case "prompt": return try ask(options, words, language)
            case "backup", "restore": return try whole(words, options, language) ?? Reply(exitCode: 2)
            default: return Reply(exitCode: 2, errors: Catalogue.unknownWord(words.first ?? "").text(in: language) + "\n")
            }
        } catch { return error.reply(in: language) }
    }

    /// Saves or puts back all that the exchange has; nil for other words.
    private static func whole(_ words: [String], _ options: ClientOptions, _ language: Language) throws(UsageError) -> Reply? {
        guard words.first == "backup" || words.first == "restore" else { return nil }
        return try BackupCommand(
            ask: { words throws(UsageError) in try ask(options, words, language) }, state: options.state, language: language
        ).run(words)
    }

    private static func set(_ time: String, _ options: ClientOptions, _ language: Language) throws(UsageError) -> Reply {
        try ClockCommand.set(time, language) { words throws(UsageError) in try ask(options, words, language) }
    }

    private static func ask(_ options: ClientOptions, _ words: [String], _ language: Language) throws(UsageError) -> Reply {
        let invocation = try Invocation(words, among: CommandSyntax.all + CommandSyntax.inner)
        let refused = { (text: Wording, code: Int) in Reply(exitCode: code, errors: text.text(in: language) + "\n") }
        let attachment: String?
        do throws(CommandFailure) {
            attachment = try self.attachment(of: invocation) { words throws(UsageError) in try ask(options, words, language) }
        } catch { return refused(error.text, 1) }
        let socket: StreamSocket
        do throws(SystemError) {
            socket = try StreamSocket(unix: options.socket)
        } catch {
            return error.isWriteProtected
                ? refused(Catalogue.noAccess(options.socket, error.reason), 1)
                : refused(Catalogue.notRunning(options.socket, error.reason), 3)
        }
        let request = ControlRequest(
            words, language: options.language, width: width, attachment: attachment,
            user: variable("USER") ?? "apus")
        var reply = exchange(request, over: socket) ?? refused(Catalogue.noAnswer, 3)
        if let file = invocation.file, invocation.syntax.file == .sound, reply.exitCode == 0 {
            let bytes = SoundText.bytes(reply.output)
            reply.output = ""
            do throws(SystemError) {
                if file == "-" {
                    print(bytes, to: STDOUT_FILENO)
                } else {
                    try Files.writeAtomically(bytes, to: file, mode: 0o640)
                }
            } catch { return refused(Catalogue.cannotWrite(file, error.reason), 1) }
        }
        if let file = invocation.file, invocation.syntax.file == .written, file != "-", reply.exitCode == 0 {
            do throws(SystemError) {
                try Files.writeAtomically(Array(reply.output.utf8), to: file, mode: 0o640)
                reply.output = ""
            } catch { return refused(Catalogue.cannotWrite(file, error.reason), 1) }
        }
        return reply
    }

    /// What goes with a command; nil: nothing does. Throws why it cannot be had.
    private static func attachment(of invocation: Invocation, _ ask: SelfTestCommand.Ask) throws(CommandFailure) -> String? {
        switch invocation.syntax.file {
        case .written, .sound: return nil
        case .recording: return try invocation.file.map(PromptSource.recording)
        case .spoken:
            let (id, text) = (invocation.said["ID"] ?? "", invocation.said["TEXT"])
            let list = text == nil ? try? ask(["prompt", "list", "--json"]) : nil
            return try PromptSource.speech(try PromptSource.words(id, said: text, list: list ?? Reply()))
        case .read:
            guard let file = invocation.file else { return nil }
            let bytes: [UInt8]
            do throws(SystemError) {
                bytes = try Files.read(file == "-" ? "/dev/stdin" : file, limit: ControlWire.requestLimit / 2)
            } catch { throw CommandFailure(Catalogue.cannotRead(file, error.reason)) }
            guard let text = text(bytes, for: invocation.syntax) else { throw CommandFailure(Catalogue.notText(file)) }
            return text
        }
    }

    /// Settings are UTF-8; a table may come from any spreadsheet.
    private static func text(_ bytes: [UInt8], for syntax: CommandSyntax) -> String? {
        syntax.usage.hasPrefix("contacts ") || syntax.usage.hasPrefix("import ")
            ? TextFile.text(bytes) : String(validating: bytes, as: UTF8.self)
    }

    /// The reply; nil where the exchange went away, or answered what is no reply.
    private static func exchange(_ request: ControlRequest, over socket: StreamSocket) -> Reply? {
        guard let bytes = try? ControlWire.encode(request), (try? socket.writeAll(bytes)) != nil,
            let head = try? socket.readExactly(ControlWire.headLength),
            let length = try? ControlWire.length(head: head, limit: ControlWire.replyLimit),
            let body = try? socket.readExactly(length)
        else { return nil }
        return try? ControlWire.reply(body)
    }

    /// Columns of the terminal; 80 where there is none.
    private static var width: Int { size.ws_col >= 40 ? min(Int(size.ws_col), ControlWire.widthLimit) : 80 }

    /// Its lines; 24 where there is none.
    private static var height: Int { Int(size.ws_row) }

    /// A serial line does not tell; it has the size that terminals always had.
    private static var size: winsize {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        }
        return size
    }

    static func print(_ text: String, to descriptor: Int32) { print(Array(text.utf8), to: descriptor) }

    private static func print(_ bytes: [UInt8], to descriptor: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}
