import Console
import Host
import Telephony

/// A session's end of the control socket; it finds the exchange again where that was started anew.
final class ConsoleClient {
    private let path: String
    private var socket: StreamSocket?
    /// Who opens it, once more where it must be opened again.
    var opening: ConsoleOpening
    /// How often a lost exchange is looked for, a second apart.
    private static let tries = 60

    init(path: String, opening: ConsoleOpening) { (self.path, self.opening) = (path, opening) }

    /// Opens the session. Throws where the exchange does not run; nil where it went away at once.
    func open() throws(SystemError) -> ConsoleOutput? {
        socket = try StreamSocket(unix: path)
        return exchange(.open(opening))
    }

    /// Says something and hears the answer; nil where the exchange is gone.
    func exchange(_ input: ConsoleInput) -> ConsoleOutput? {
        guard let socket, let bytes = try? ControlWire.encode(input), (try? socket.writeAll(bytes)) != nil,
            let head = try? socket.readExactly(ControlWire.headLength),
            let length = try? ControlWire.length(head: head, limit: ControlWire.replyLimit),
            let body = try? socket.readExactly(length)
        else { return nil }
        return try? ControlWire.consoleOutput(body)
    }

    /// Waits for the exchange to come back; its greeting, or nil where it does not.
    func reopen() -> ConsoleAnswer? {
        for _ in 0..<Self.tries {
            if case .answer(let answer)? = try? open() { return answer }
            pause(seconds: 1)
        }
        return nil
    }
}
