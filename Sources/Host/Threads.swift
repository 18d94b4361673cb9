import CSys
import Glibc

/// A thread of the operating system.
public struct Thread: Sendable {
    private let handle: pthread_t

    private final class Start {
        let name: String, priority: Int32, body: @Sendable () -> Void
        init(_ name: String, _ priority: Int32, _ body: @escaping @Sendable () -> Void) {
            (self.name, self.priority, self.body) = (name, priority, body)
        }
    }

    /// Starts `body` on a thread of this name (15 bytes are shown). A `realTimePriority` (1…99) asks for SCHED_FIFO;
    /// where that is not allowed the thread runs all the same and one line is logged. Throws where no thread can be made.
    public init(
        name: String, realTimePriority: Int? = nil, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        var handle = pthread_t()
        let start = Unmanaged.passRetained(Start(name, Int32(realTimePriority ?? 0), body))
        let result = pthread_create(
            &handle, nil,
            { @Sendable argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                let refused = csys_thread_setup(start.name, start.priority)
                if refused < 0 {
                    Log.notice("thread \(start.name) without real-time priority: \(SystemError("sched", code: -refused).reason)")
                }
                start.body()
                return nil
            }, start.toOpaque())
        guard result == 0 else {
            start.release()
            throw SystemError("start thread \(name)", code: result)
        }
        self.handle = handle
    }

    /// Waits until the thread has ended; once.
    public func join() { pthread_join(handle, nil) }
}

/// These signals do nothing to the process any more.
public func ignoreSignals(_ signals: [Int32]) { for number in signals { csys_ignore_signal(number) } }

/// Signals as readable events. Made on the main thread before any other starts, so that all inherit the blocked set.
public final class SignalQueue: Sendable {
    private let descriptor: FileDescriptor

    /// Blocks these signals and collects them; SIGPIPE is ignored for good. Throws where the process has no descriptor left.
    public init(_ signals: [Int32] = [SIGTERM, SIGINT, SIGHUP]) throws(SystemError) {
        ignoreSignals([SIGPIPE])
        descriptor = FileDescriptor(owning: try SystemError.check(csys_signals(signals, Int32(signals.count)), "signalfd"))
    }

    /// For `EventLoop`.
    public var fileDescriptor: Int32 { descriptor.number }

    /// The next signal that came; nil if none waits.
    public func next() -> Int32? {
        let signal = csys_next_signal(descriptor.number)
        return signal == 0 ? nil : signal
    }
}

/// Allows the process as many descriptors as it may have at all: calls and streams need more than the usual 1024.
public func raiseDescriptorLimit() {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
}

/// How many descriptors the process may have now.
public func descriptorLimit() -> Int {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    return Int(clamping: limit.rlim_cur)
}

/// How many descriptors it has now.
public func descriptorCount() -> Int {
    // The folder that is read is one of them.
    max(0, ((try? Files.names(in: "/proc/self/fd")) ?? []).count - 1)
}

/// Gives memory that was freed back to the kernel, after something unusually large.
public func returnFreeMemory() { csys_return_free_memory() }

/// Gives back what the start alone needed, its code too. Not for later: while calls are up their threads would wait for pages to be
/// mapped again.
public func returnStart() {
    csys_return_free_memory()
    csys_return_code()
}

/// Bytes of memory that the process occupies now; 0 where /proc is not mounted.
public func residentMemory() -> Int {
    guard let text = try? Files.read("/proc/self/statm") else { return 0 }
    let pages = String(decoding: text, as: UTF8.self).split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
}
