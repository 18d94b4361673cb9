import Console
import Host
import Synchronization
import Telephony

/// The sessions that are open.
struct Sessions {
    /// More are refused.
    static let limit = 16

    private(set) var open = 0
    private var last = 0

    /// A number for a new session; nil where there are too many.
    mutating func enter() -> Int? {
        guard open < Self.limit else { return nil }
        open += 1
        last += 1
        return last
    }

    mutating func leave() { open -= 1 }
}

/// One session over its connection. Belongs to the thread of the connection.
struct SessionHost {
    let socket: StreamSocket
    let backend: ControlBackend
    var session: ConsoleSession

    /// Talks until the line is gone.
    mutating func run(first: ConsoleOutput) {
        guard say(first) else { return leave() }
        while let input = Self.hear(socket) {
            guard let environment = backend.environment() else {
                guard
                    say(.answer(ConsoleAnswer(Catalogue.exchangeSilent.text(in: session.language ?? .ru) + "\n", isFault: true)))
                else { break }
                continue
            }
            let output: ConsoleOutput
            switch input {
            case .line(let line, let text): output = .answer(session.answer(line, attachment: text, in: environment))
            case .complete(let line): output = .completion(session.complete(line, in: environment))
            case .help(let line): output = .help(session.help(line, in: environment))
            case .watch: output = .answer(session.watch(in: environment))
            case .resized(let width):
                session.width = width
                output = .help(nil)
            case .open: output = .refused("", wait: 0)
            }
            guard say(output) else { break }
        }
        leave()
    }

    private func leave() { backend.desk.change { $0.leave(session: session.id) } }

    private static func hear(_ socket: StreamSocket) -> ConsoleInput? {
        guard let head = try? socket.readExactly(ControlWire.headLength),
            let length = try? ControlWire.length(head: head, limit: ControlWire.requestLimit),
            let body = try? socket.readExactly(length)
        else { return nil }
        return try? ControlWire.consoleInput(body)
    }

    private func say(_ output: ConsoleOutput) -> Bool {
        let tooLong = { ConsoleAnswer(Catalogue.replyTooLong.text(in: session.language ?? .ru) + "\n", isFault: true) }
        guard let bytes = (try? ControlWire.encode(output)) ?? (try? ControlWire.encode(.answer(tooLong()))) else { return false }
        return (try? socket.writeAll(bytes)) != nil
    }
}
