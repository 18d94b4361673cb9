/// One line that two configurations do not share.
public enum DifferenceLine: Equatable, Sendable {
    /// Only the older one has it.
    case removed(String)
    /// Only the newer one has it.
    case added(String)

    /// As it is printed: `- set …`, `+ set …`.
    public var text: String {
        switch self {
        case .removed(let line): "- \(line)"
        case .added(let line): "+ \(line)"
        }
    }
}

extension ConfigurationDocument {
    /// What changed since `older`, object by object in canonical order; a changed line is one removed and one added. Secrets are
    /// masked, but a changed one shows.
    public func difference(from older: ConfigurationDocument) -> [DifferenceLine] {
        schema.sections.flatMap { section -> [DifferenceLine] in
            let (old, new) = (older.items(section.word), items(section.word))
            let paths = new.map(\.path) + old.map(\.path).filter { objects[$0] == nil }
            return paths.flatMap { path in
                Self.difference(old: older.printed(path), new: printed(path))
            }
        }
    }

    /// An object's lines: as they are compared, and as they are shown.
    private func printed(_ path: ConfigurationPath) -> [(full: String, shown: String)] {
        guard let item = objects[path] else { return [] }
        return Array(zip(lines(of: item, maskingSecrets: false), lines(of: item, maskingSecrets: true))).map { ($0, $1) }
    }

    private static func difference(old: [(full: String, shown: String)], new: [(full: String, shown: String)]) -> [DifferenceLine]
    {
        let changes = new.map(\.full).difference(from: old.map(\.full))
        return (changes.removals + changes.insertions).map { change in
            switch change {
            case .remove(let offset, _, _): .removed(old[offset].shown)
            case .insert(let offset, _, _): .added(new[offset].shown)
            }
        }
    }
}
