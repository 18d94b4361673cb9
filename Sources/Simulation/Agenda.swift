import Telephony

/// What is still to come, each item once, in the order due; of equal ones the older first.
struct Agenda<Item: Sendable>: Sendable {
    private var table = TimerTable<Int>()
    private var items: [Int: Item] = [:]
    private var count = 0

    /// When the next item is due.
    var deadline: Instant? { mutating get { table.deadline } }

    /// Puts an item on it.
    mutating func add(_ item: Item, at due: Instant) {
        count += 1
        items[count] = item
        table.set(count, at: due)
    }

    /// Takes the next item that is due at `now`.
    mutating func pop(at now: Instant) -> Item? {
        guard let key = table.popDue(at: now) else { return nil }
        return items.removeValue(forKey: key)
    }

    /// Strikes out whatever `isMeant`.
    mutating func remove(where isMeant: (Item) -> Bool) {
        for (key, item) in items where isMeant(item) {
            items[key] = nil
            table.cancel(key)
        }
    }
}
