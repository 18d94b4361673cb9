import OrderedCollections
import Telephony

/// All that is set: a tree of objects and their keys in canonical order.
public struct ConfigurationDocument: Sendable {
    /// One key of an object and its words.
    public struct Entry: Equatable, Sendable {
        /// The key.
        public internal(set) var key: String
        /// The words after it.
        public internal(set) var words: [Word]
        /// The line of the text that was read last, if it stood there.
        public internal(set) var line: Int?

        /// Same key, same words, wherever they were written.
        public static func == (left: Entry, right: Entry) -> Bool { left.key == right.key && left.words == right.words }
    }

    /// One object.
    public struct Item: Equatable, Sendable {
        /// Which.
        public internal(set) var path: ConfigurationPath
        /// Its keys in the schema's order, the lines of one key in the order written.
        public internal(set) var entries: [Entry] = []
        /// The first line of the text that was read last which speaks of it.
        public internal(set) var line: Int?

        /// Same object, same keys, wherever they were written.
        public static func == (left: Item, right: Item) -> Bool { left.path == right.path && left.entries == right.entries }

        /// The lines of one key.
        public func entries(_ key: String) -> [Entry] { entries.filter { $0.key == key } }
    }

    /// The language it is written in.
    public let schema: Schema
    var objects: OrderedDictionary<ConfigurationPath, Item> = [:]

    /// Nothing set.
    public init(schema: Schema = .current) { self.schema = schema }

    /// The object, if anything is set for it.
    public func item(_ section: String, _ name: String? = nil) -> Item? { objects[ConfigurationPath(section, name)] }

    /// The objects of a section in canonical order.
    public func items(_ section: String) -> [Item] {
        let items = objects.values.filter { $0.path.section == section }
        if schema.section(section)?.isOrdered ?? true { return items }
        return items.sorted { Self.isBefore($0.path.name ?? "", $1.path.name ?? "") }
    }

    /// All objects in canonical order.
    public var items: [Item] { schema.sections.flatMap { items($0.word) } }

    /// `*` first, then numbers by value, then words.
    private static func isBefore(_ left: String, _ right: String) -> Bool {
        let leftKey = (left == "*" ? 0 : Read.isDigits(left) ? 1 : 2, Read.isDigits(left) ? left.utf8.count : 0, left)
        let rightKey = (right == "*" ? 0 : Read.isDigits(right) ? 1 : 2, Read.isDigits(right) ? right.utf8.count : 0, right)
        return leftKey < rightKey
    }

    // MARK: Changes

    func has(_ key: String, _ words: [Word], of path: ConfigurationPath) -> Bool {
        objects[path]?.entries.contains { $0.key == key && $0.words == words } ?? false
    }

    mutating func touch(_ path: ConfigurationPath, line: Int?) {
        objects[path, default: Item(path: path)].line = objects[path]?.line ?? line
    }

    mutating func put(_ key: Schema.Key, _ words: [Word], to path: ConfigurationPath, line: Int?, startsChain: Bool = false) {
        touch(path, line: line)
        guard let order = schema.section(path.section)?.keys.map(\.word) else { return }
        var entries = objects[path]?.entries ?? []
        entries.removeAll { key.excludes.contains($0.key) }
        let entry = Entry(key: key.word, words: words, line: line)
        let old: Int?
        switch key.cardinality {
        case .one: old = entries.firstIndex { $0.key == key.word }
        case .several: old = entries.firstIndex(of: entry)
        case .named: old = entries.firstIndex { $0.key == key.word && $0.words.first == words.first }
        case .switched:
            old = entries.firstIndex { $0.key == key.word && Self.isSwitch($0.words) == Self.isSwitch(words) }
        case .chain:
            old = nil
            if startsChain { entries.removeAll { $0.key == key.word } }
        }
        if let old {
            entries[old] = entry
        } else {
            let rank = order.firstIndex(of: key.word) ?? 0
            let end = entries.firstIndex { (order.firstIndex(of: $0.key) ?? 0) > rank }
            entries.insert(entry, at: end ?? entries.endIndex)
        }
        objects[path]?.entries = entries
    }

    private static func isSwitch(_ words: [Word]) -> Bool { words == [.plain("on")] || words == [.plain("off")] }

    /// Takes away an object, a key or one line of a key; false where there is no such thing.
    mutating func remove(_ path: ConfigurationPath, key: String?, words: [String]) -> Bool {
        guard let item = objects[path] else { return false }
        guard let key else {
            objects[path] = nil
            return true
        }
        let left = item.entries.filter { $0.key != key || !$0.words.map(\.value).starts(with: words) }
        objects[path]?.entries = left
        if left.isEmpty, path.name == nil { objects[path] = nil }
        return left.count < item.entries.count
    }

    mutating func forgetLines() {
        for path in objects.keys {
            objects[path]?.line = nil
            for index in objects[path]?.entries.indices ?? 0..<0 { objects[path]?.entries[index].line = nil }
        }
    }
}

extension ConfigurationDocument: Equatable {
    /// The same is set.
    public static func == (left: Self, right: Self) -> Bool { left.items == right.items }
}

extension ConfigurationDocument {
    /// The canonical text: one `set` line for every key, in one order. With `maskingSecrets` a secret is printed as asterisks, which a
    /// load understands as "as it was". With a `section` and a `name` only these.
    public func text(maskingSecrets: Bool = false, section: String? = nil, name: String? = nil) -> String {
        let chosen = items.filter { (section ?? $0.path.section) == $0.path.section && (name ?? $0.path.name) == $0.path.name }
        return chosen.flatMap { lines(of: $0, maskingSecrets: maskingSecrets) }.map { $0 + "\n" }.joined()
    }

    func lines(of item: Item, maskingSecrets: Bool) -> [String] {
        let start = "set \(item.path)"
        guard let section = schema.section(item.path.section), !item.entries.isEmpty else { return [start] }
        var lines: [String] = []
        for entry in item.entries {
            let words = [entry.key] + entry.words.map { $0.printed(maskingSecrets: maskingSecrets) }
            let text = " " + words.joined(separator: " ")
            if section.key(entry.key)?.joins == true, !lines.isEmpty {
                lines[lines.count - 1] += text
            } else {
                lines.append(start + text)
            }
        }
        return lines
    }
}
