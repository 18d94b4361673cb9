/// Values under number masks, the most specific first: an exact number is found at once, the others are tried in their order.
struct MaskTable<Value: Sendable>: Sendable {
    private var exact: [String: [Value]] = [:]
    private var others: [(mask: NumberMask, value: Value)] = []

    /// Among masks that are alike the order given counts.
    init(_ entries: [(mask: NumberMask, value: Value)]) {
        for entry in entries {
            if let digits = entry.mask.exactDigits {
                exact[digits, default: []].append(entry.value)
            } else {
                others.append(entry)
            }
        }
        others = others.enumerated().sorted { ($0.element.mask.breadth, $0.offset) < ($1.element.mask.breadth, $1.offset) }
            .map(\.element)
    }

    /// What the most specific mask that matches and `isMeant` stands for.
    func value(for digits: String, where isMeant: (Value) -> Bool = { _ in true }) -> Value? {
        if let value = exact[digits]?.first(where: isMeant) { return value }
        let number = Array(digits.utf8)
        return others.first { $0.mask.matches(number) && isMeant($0.value) }?.value
    }
}
