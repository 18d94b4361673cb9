import Routing
import Telephony

/// That one object names another.
struct Reference: Equatable {
    var owner: ConfigurationPath
    var key: String
    var target: ConfigurationPath
    var line: Int?
    /// Whether a call goes that way; a member or a trunk is only named.
    var carriesCalls: Bool
}

/// That one object sends calls to an outside number.
struct OutsideTarget: Equatable {
    var owner: ConfigurationPath
    var key: String
    var number: String
    var line: Int?
}

extension ConfigurationDocument {
    /// Keys that name an object without a kind, and the kind.
    private static let naming = [
        ("department", "member", "extension", false), ("department", "add", "extension", false),
        ("number", "direct", "extension", true),
        ("number", "scheme", "scheme", true),
        ("office", "owner", "hook", false), ("extension", "voicemail", "extension", false),
        ("voicemail", "recipients", "extension", false), ("paging", "member", "extension", false),
        ("paging", "speaker", "extension", false), ("prompt", "speaker", "extension", false),
        ("number", "trunk", "trunk", false), ("route", "trunk", "trunk", false),
        ("user", "extension", "extension", false),
    ]

    /// Everything that names another object, in canonical order.
    var references: [Reference] { items.flatMap(references(of:)) }

    func references(of item: Item) -> [Reference] { item.entries.flatMap { references(of: item, $0) } }

    private func references(of item: Item, _ entry: Entry) -> [Reference] {
        if case .voicemail(let box)? = Self.target(of: entry) {
            // The call ends there.
            return [Reference(owner: item.path, key: entry.key, target: path(ofBox: box), line: entry.line, carriesCalls: false)]
        }
        if let target = Self.target(of: entry) {
            return target.path.map { path in
                [Reference(owner: item.path, key: entry.key, target: path, line: entry.line, carriesCalls: true)]
            } ?? []
        }
        if item.path.section == "office", let path = Self.assignee(of: entry) {
            return [Reference(owner: item.path, key: entry.key, target: path, line: entry.line, carriesCalls: false)]
        }
        guard let (_, _, kind, carries) = Self.naming.first(where: { $0.0 == item.path.section && $0.1 == entry.key }) else {
            return []
        }
        let names =
            switch entry.key {
            case "voicemail", "recipients": entry.words.filter { Read.isInternalNumber($0.value) }[...]
            case "member": entry.words.prefix(1).filter { Read.outsideMember($0.value) == nil }[...]
            case "add": entry.words.suffix(1).filter { Read.outsideMember($0.value) == nil }[...]
            case "owner": entry.words.dropFirst().first?.value == "hook" ? entry.words.suffix(1) : entry.words.prefix(0)
            default: entry.words.filter { $0.value != "then" }[...]
            }
        return names.map {
            let target = ConfigurationPath(kind, $0.value)
            return Reference(owner: item.path, key: entry.key, target: target, line: entry.line, carriesCalls: carries)
        }
    }

    /// Everything that sends calls outside, in canonical order.
    var outsideTargets: [OutsideTarget] {
        items.flatMap { item in
            item.entries.compactMap { entry in
                guard let number = Self.outsideNumber(of: entry, in: item.path.section) else { return nil }
                return OutsideTarget(owner: item.path, key: entry.key, number: number, line: entry.line)
            }
        }
    }

    /// The outside number that an entry sends calls to: a target, a member, a mobile.
    private static func outsideNumber(of entry: Entry, in section: String) -> String? {
        if case .external(let number)? = target(of: entry) { return number }
        switch (section, entry.key) {
        case ("extension", "mobile"): return entry.words.first?.value
        case ("department", "member"): return entry.words.first.flatMap { Read.outsideMember($0.value) }
        case ("department", "add"): return entry.words.last.flatMap { Read.outsideMember($0.value) }
        default: return nil
        }
    }

    /// What follows `to` in an entry.
    static func target(of entry: Entry) -> Target? {
        let words = entry.words.map(\.value)
        if entry.key == "owner" { return words.first == "fallback" ? Read.target(words[1...]) : nil }
        let isRule = entry.key == "rule"
        guard let place = isRule ? words.lastIndex(of: "to") : words.firstIndex(of: "to"), case .plain = entry.words[place],
            isRule || place == 0 || place == 2 || place == 1 && ["mask", "key", "silence", "invalid"].contains(entry.key)
        else { return nil }
        return Read.target(words[(place + 1)...])
    }
}

extension Target {
    /// The object of the configuration that it names.
    var path: ConfigurationPath? {
        switch self {
        case .extension(let number): ConfigurationPath("extension", number)
        case .department(let id): ConfigurationPath("department", id)
        case .scheme(let id): ConfigurationPath("scheme", id)
        case .menu(let id): ConfigurationPath("menu", id)
        case .prompt(let id): ConfigurationPath("prompt", id)
        case .conference(let id): ConfigurationPath("conference", id)
        case .voicemail, .external, .busy, .drop: nil
        }
    }
}
