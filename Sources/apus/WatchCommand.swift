import Console
import Glibc
import Host
import Telephony

/// `apus watch missed` on a terminal: asks for the board again and again and redraws what has changed, until `q` or Ctrl-C.
struct WatchCommand {
    /// How often the exchange is asked.
    private static let interval: Int32 = 1000

    /// Whether there is somebody to watch: both ends are a terminal.
    static var isPossible: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

    /// Draws what `ask` answers, on a screen of so many lines; the first refusal ends it.
    static func run(height: Int, ask: () throws(UsageError) -> Reply) throws(UsageError) -> Reply {
        var screen = LiveScreen(height: height)
        let keyboard = RawKeyboard()
        defer { keyboard?.restore() }
        while true {
            let reply = try ask()
            guard reply.exitCode == 0 else { return reply }
            Main.print(screen.show(reply.output), to: STDOUT_FILENO)
            if leaves(within: interval) { return Reply() }
        }
    }

    /// True for `q`, Ctrl-C and the end of the line; false where nobody pressed anything in time.
    private static func leaves(within milliseconds: Int32) -> Bool {
        let end = Instant.now + .milliseconds(Int64(milliseconds))
        while true {
            var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            let left = max(0, (end - .now).milliseconds)
            let ready = poll(&wait, 1, Int32(left))
            if ready == 0 { return false }
            if ready < 0 { continue }
            var key: UInt8 = 0
            guard read(STDIN_FILENO, &key, 1) == 1, key != 3, key != UInt8(ascii: "q"), key != UInt8(ascii: "Q") else {
                return true
            }
        }
    }
}

/// The terminal while keys come one by one and are not shown.
private struct RawKeyboard {
    private let before: termios

    init?() {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        before = settings
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG)
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }

    func restore() {
        var settings = before
        tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    }
}
