import HeapModule

/// Timers by key, at most one each. The outside only ever sees the earliest; equal deadlines fire oldest first.
/// Every transaction has several: it is inlinable so that each use is compiled for its own key.
public struct TimerTable<Key: Hashable & Sendable>: Sendable {
    /// A timer's age names it; cancelled entries stay in the heap until they surface or outnumber the living.
    @usableFromInline var heap = Heap<TimerEntry>()
    @usableFromInline var keys: [UInt64: Key] = [:]
    @usableFromInline var ages: [Key: UInt64] = [:]
    @usableFromInline var age: UInt64 = 0

    /// No timers.
    @inlinable public init() {}

    /// How many timers run.
    @inlinable public var count: Int { ages.count }

    /// When the earliest timer is due; nil if none runs.
    @inlinable public var deadline: Instant? {
        mutating get {
            while let first = heap.min, keys.index(forKey: first.age) == nil { heap.removeMin() }
            return heap.min?.due
        }
    }

    /// Starts the timer, or starts it anew.
    @inlinable public mutating func set(_ key: Key, at due: Instant) {
        age += 1
        if let old = ages.updateValue(age, forKey: key) { keys[old] = nil }
        keys[age] = key
        heap.insert(TimerEntry(due: due, age: age))
        if heap.count > 64, heap.count > 4 * ages.count { compact() }
    }

    /// Stops the timer, if it runs.
    @inlinable public mutating func cancel(_ key: Key) {
        if let old = ages.removeValue(forKey: key) { keys[old] = nil }
    }

    /// Whether the timer runs.
    @inlinable public func isSet(_ key: Key) -> Bool { ages[key] != nil }

    /// The earliest timer that is due at `now`, which is stopped thereby; nil if none is.
    @inlinable public mutating func popDue(at now: Instant) -> Key? {
        guard let due = deadline, due <= now, let key = keys.removeValue(forKey: heap.removeMin().age) else { return nil }
        ages[key] = nil
        return key
    }

    @usableFromInline mutating func compact() { heap = Heap(heap.unordered.filter { keys.index(forKey: $0.age) != nil }) }
}

/// One place in the heap, small and without references: the heap moves it about.
@usableFromInline struct TimerEntry: Comparable, Sendable {
    @usableFromInline var due: Instant, age: UInt64

    @inlinable init(due: Instant, age: UInt64) { (self.due, self.age) = (due, age) }

    @inlinable static func < (left: Self, right: Self) -> Bool {
        left.due == right.due ? left.age < right.age : left.due < right.due
    }
    @inlinable static func == (left: Self, right: Self) -> Bool { left.age == right.age }
}
