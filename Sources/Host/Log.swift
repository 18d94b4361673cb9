import Glibc
import Synchronization
import Telephony

/// Lines for the journal: standard error, with systemd's priority in front where the journal reads it. At most `linesPerMinute` a minute;
/// what is left out is counted and told with the next line that is written.
public enum Log {
    private struct State {
        var minute: Int64 = .min
        var lines = 0
        var leftOut = 0
        var recent: [String] = []
    }

    /// Lines that are kept to be looked at.
    private static let recentLimit = 200
    /// The newest lines, oldest first.
    public static var recent: [String] { state.withLock { $0.recent } }

    /// More would only hide the first ones.
    private static let linesPerMinute = 60
    private static let state = Mutex(State())
    /// systemd names its stream to whom it starts.
    private static let isJournal = getenv("JOURNAL_STREAM") != nil

    /// Something is broken and somebody should act.
    public static func error(_ text: String) { write("<3>", text) }
    /// Something is not as it should be.
    public static func warning(_ text: String) { write("<4>", text) }
    /// Something that happens rarely and is good to know later.
    public static func notice(_ text: String) { write("<5>", text) }

    private static func write(_ priority: String, _ text: String) {
        let leftOut: Int? = state.withLock { state in
            let minute = Instant.now.nanoseconds / 60_000_000_000
            if minute != state.minute { (state.minute, state.lines) = (minute, 0) }
            guard state.lines < linesPerMinute else {
                state.leftOut += 1
                return nil
            }
            state.lines += 1
            defer { state.leftOut = 0 }
            return state.leftOut
        }
        guard let leftOut else { return }
        // The text may quote the network: nothing in it may begin a line or move a terminal's cursor.
        let clean = text.unicodeScalars.map { $0.value < 32 || $0.value == 127 ? " " : String($0) }.joined()
        state.withLock { state in
            state.recent.append(clean)
            if state.recent.count > recentLimit { state.recent.removeFirst() }
        }
        let line = (isJournal ? priority : "") + clean + (leftOut > 0 ? " (\(leftOut) lines left out)" : "") + "\n"
        _ = line.withCString { Glibc.write(2, $0, strlen($0)) }
    }
}
