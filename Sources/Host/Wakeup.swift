import CSys
import Glibc
import Telephony

/// A bell between threads: `ring` in one makes the descriptor readable in another. Any number of rings are one.
public final class Wakeup: Sendable {
    private let descriptor: FileDescriptor

    /// A silent bell. Throws where the process has no descriptor left.
    public init() throws(SystemError) {
        descriptor = FileDescriptor(
            owning: try SystemError.checkErrno(eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC)), "eventfd"))
    }

    /// For `EventLoop` or `poll`: readable after `ring`, until `clear`.
    public var fileDescriptor: Int32 { descriptor.number }

    /// Rings; from any thread, never waits.
    public func ring() {
        // The only failure is a counter at its maximum, which is a bell that rings already.
        _ = eventfd_write(descriptor.number, 1)
    }

    /// Silences the bell.
    public func clear() {
        var count: eventfd_t = 0
        _ = eventfd_read(descriptor.number, &count)
    }

    /// Waits until it rings, at most until `deadline` (nil: for ever); true if it rang. Does not silence it.
    public func wait(until deadline: Instant?) -> Bool {
        while true {
            let timeout = EventLoop.timeout(until: deadline)
            var poller = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
            if poll(&poller, 1, timeout) > 0 { return true }
            if let deadline, deadline <= .now { return false }
        }
    }
}
