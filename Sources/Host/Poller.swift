import CSys
import Glibc
import Telephony

/// Readiness of many descriptors, told as bare numbers: for a thread whose path may not allocate, lock or count
/// references. Belongs to the thread that waits on it; `EventLoop` is the comfortable one.
public final class Poller {
    /// Events taken from the kernel at a time; the rest wait for the next turn.
    private static let eventsPerTurn = 64

    private let epoll: FileDescriptor
    private let events = UnsafeMutablePointer<epoll_event>.allocate(capacity: Poller.eventsPerTurn)

    /// Watches nothing yet. Throws where the process has no descriptor left.
    public init() throws(SystemError) {
        epoll = FileDescriptor(owning: try SystemError.checkErrno(epoll_create1(Int32(EPOLL_CLOEXEC)), "epoll_create"))
    }

    deinit { events.deallocate() }

    /// From now on `tag` is told while `descriptor` can be read; until it is closed. Throws what epoll_ctl refuses.
    public func add(_ descriptor: Int32, tag: Int) throws(SystemError) {
        var event = epoll_event(events: EPOLLIN.rawValue, data: epoll_data_t(u64: UInt64(tag)))
        try SystemError.checkErrno(epoll_ctl(epoll.number, EPOLL_CTL_ADD, descriptor, &event), "epoll_ctl")
    }

    /// Waits for the first readable descriptor, at most until `deadline` (nil: for ever); how many are readable.
    public func wait(until deadline: Instant?) -> Int {
        max(0, Int(epoll_wait(epoll.number, events, Int32(Self.eventsPerTurn), EventLoop.timeout(until: deadline))))
    }

    /// The tag of one that is readable: `index` counts from 0 to what `wait` returned.
    public func tag(_ index: Int) -> Int { Int(events[index].data.u64) }
}
