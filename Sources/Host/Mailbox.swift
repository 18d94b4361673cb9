import DequeModule
import Synchronization
import Telephony

/// A bounded queue into a thread. Offering never waits: a full box refuses and counts.
public final class Mailbox<Element: Sendable>: Sendable {
    private struct State {
        var queue = Deque<Element>()
        var refused = 0
    }

    private let state = Mutex(State())
    private let wakeup: Wakeup
    /// How many elements fit.
    public let capacity: Int

    /// An empty box that holds `capacity` elements. Throws where the process has no descriptor left.
    public init(capacity: Int) throws(SystemError) {
        self.capacity = capacity
        wakeup = try Wakeup()
    }

    /// For `EventLoop`: readable exactly while the box is not empty.
    public var fileDescriptor: Int32 { wakeup.fileDescriptor }

    /// Elements refused so far because the box was full.
    public var refused: Int { state.withLock { $0.refused } }

    /// Elements that wait.
    public var count: Int { state.withLock { $0.queue.count } }

    /// Puts an element in, from any thread; false where the box is full: the element is counted and gone.
    @discardableResult
    public func offer(_ element: Element) -> Bool {
        state.withLock { state in
            guard state.queue.count < capacity else {
                state.refused += 1
                return false
            }
            state.queue.append(element)
            // Under the lock, so that the bell rings exactly while something waits.
            if state.queue.count == 1 { wakeup.ring() }
            return true
        }
    }

    /// The oldest element, if one waits.
    public func take() -> Element? {
        state.withLock { state in
            guard let element = state.queue.popFirst() else { return nil }
            if state.queue.isEmpty { wakeup.clear() }
            return element
        }
    }

    /// Everything that waits, oldest first.
    public func takeAll() -> [Element] {
        state.withLock { state in
            guard !state.queue.isEmpty else { return [] }
            let elements = Array(state.queue)
            state.queue.removeAll(keepingCapacity: true)
            wakeup.clear()
            return elements
        }
    }

    /// Waits until something is in, at most until `deadline` (nil: for ever); true if there is.
    public func wait(until deadline: Instant?) -> Bool { wakeup.wait(until: deadline) }
}
