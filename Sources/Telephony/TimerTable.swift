import HeapModule

/// Timers by key, at most one each. The outside only ever sees the earliest; equal deadlines fire oldest first.
public struct TimerTable<Key: Hashable & Sendable>: Sendable {
    private struct Entry: Comparable, Sendable {
        var due: Instant, age: UInt64, key: Key
        static func < (left: Entry, right: Entry) -> Bool { (left.due, left.age) < (right.due, right.age) }
        static func == (left: Entry, right: Entry) -> Bool { left.age == right.age }
    }

    /// Cancelled entries stay in the heap until they surface or outnumber the living.
    private var heap = Heap<Entry>()
    private var current: [Key: UInt64] = [:]
    private var age: UInt64 = 0

    /// No timers.
    public init() {}

    /// How many timers run.
    public var count: Int { current.count }

    /// When the earliest timer is due; nil if none runs.
    public var deadline: Instant? {
        mutating get {
            while let first = heap.min, current[first.key] != first.age { heap.removeMin() }
            return heap.min?.due
        }
    }

    /// Starts the timer, or starts it anew.
    public mutating func set(_ key: Key, at due: Instant) {
        age += 1
        current[key] = age
        heap.insert(Entry(due: due, age: age, key: key))
        if heap.count > 64, heap.count > 4 * current.count { compact() }
    }

    /// Stops the timer, if it runs.
    public mutating func cancel(_ key: Key) { current[key] = nil }

    /// Whether the timer runs.
    public func isSet(_ key: Key) -> Bool { current[key] != nil }

    /// The earliest timer that is due at `now`, which is stopped thereby; nil if none is.
    public mutating func popDue(at now: Instant) -> Key? {
        guard let due = deadline, due <= now else { return nil }
        let key = heap.removeMin().key
        current[key] = nil
        return key
    }

    private mutating func compact() { heap = Heap(heap.unordered.filter { current[$0.key] == $0.age }) }
}
