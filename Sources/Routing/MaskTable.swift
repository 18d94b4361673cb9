/// Values under number masks, the most specific first: an exact number is found at once, of the others only those are tried that begin as
/// the number does.
struct MaskTable<Value: Sendable>: Sendable {
    private var exact: [String: [Value]] = [:]
    /// In the order of their breadth.
    private var others: [(mask: NumberMask, value: Value)] = []
    /// Places in `others` by the first digits of the mask, as many as are fixed up to `indexed`.
    private var places: [Int: [Int]] = [:]

    /// So many first digits tell masks apart.
    private static var indexed: Int { 4 }

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
        for (place, other) in others.enumerated() {
            let key = other.mask.head.prefix(Self.indexed).reduce(1) { $0 * 10 + Int($1 - 48) }
            places[key, default: []].append(place)
        }
    }

    /// What the most specific mask that matches and `isMeant` stands for.
    func value(for digits: String, where isMeant: (Value) -> Bool = { _ in true }) -> Value? {
        if let value = exact[digits]?.first(where: isMeant) { return value }
        let number = Array(digits.utf8)
        var (key, best) = (1, others.count)
        for length in 0...min(Self.indexed, number.count) {
            if length > 0 { key = key * 10 + Int(number[length - 1]) - 48 }
            for place in places[key] ?? [] {
                if place >= best { break }
                if others[place].mask.matches(number), isMeant(others[place].value) { best = place }
            }
        }
        return best < others.count ? others[best].value : nil
    }
}
