import CSys
import Glibc
import Telephony

/// What we tell systemd, if it started us (sd_notify(3)); otherwise nothing happens.
public struct Supervisor: Sendable {
    private let socket: String?
    /// How often `alive` must be said; nil where nobody watches. Half of what systemd allows.
    public let watchdogInterval: Duration?

    /// Reads NOTIFY_SOCKET and WATCHDOG_USEC.
    public init() {
        socket = getenv("NOTIFY_SOCKET").map { String(cString: $0) }
        let microseconds = getenv("WATCHDOG_USEC").flatMap { Int64(String(cString: $0)) }
        watchdogInterval = socket == nil ? nil : microseconds.map { .microseconds($0 / 2) }
    }

    /// We serve.
    public func ready() { say("READY=1") }
    /// We live.
    public func alive() { say("WATCHDOG=1") }
    /// We are coming up and need so much longer than systemd would wait.
    public func starting(for time: Duration) { say("EXTEND_TIMEOUT_USEC=\(time.milliseconds * 1000)") }
    /// We are about to end.
    public func stopping() { say("STOPPING=1") }

    private func say(_ text: String) {
        guard let socket else { return }
        _ = csys_notify(socket, text, text.utf8.count)
    }
}
