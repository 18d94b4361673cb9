import Telephony

extension Schema.Section {
    static let users = Self(
        word: "user", help: Wording(ru: "кто входит в консоль", en: "who logs in at a console"),
        name: Schema.Value("ID", .id, Wording(ru: "имя для входа", en: "the name he logs in with"), names: "user"),
        isOrdered: false,
        keys: [
            .init(
                "role", "что ему можно", "what he may do",
                [
                    .value(
                        "ROLE",
                        .choice(
                            [
                                .init("installer", "всё", "everything"),
                                .init("owner", "отчёты и всё, что происходит", "reports, and all that happens"),
                                .init("employee", "своё", "what is his own"),
                            ], later: []), "роль", "role")
                ]),
            .init(
                "secret", "пароль; хранится только его отпечаток", "password; only its hash is kept",
                [.value("PASSWORD", .password, "пароль, от 8 знаков", "a password of 8 letters or more")]),
            .init(
                "extension", "его внутренний номер", "his extension", [.value(.extensionNumber)]),
        ], later: [])
}

/// Somebody who may log in.
public struct ConfiguredUser: Equatable, Sendable {
    /// His name, and his role's word.
    public var name: String, role: String
    /// The hash of his password.
    public var hash: String
    /// His extension.
    public var `extension`: String?
}

extension ConfigurationDocument {
    /// Everybody who may log in; nobody: the console on the box asks no questions.
    public var users: [ConfiguredUser] {
        items("user").compactMap { item in
            guard let name = item.path.name, let role = item.entries("role").first?.words.first?.value,
                let hash = item.entries("secret").first?.words.first?.value
            else { return nil }
            return ConfiguredUser(
                name: name, role: role, hash: hash, extension: item.entries("extension").first?.words.first?.value)
        }
    }

    /// What a hash of ours begins with.
    public static let sealMark = "$scrypt$"

    /// Replaces every password that stands as it was typed by its hash; what it could not hash.
    mutating func sealPasswords(_ seal: (String) -> String?) -> [ConfigurationError] {
        guard let key = schema.section("user")?.key("secret") else { return [] }
        var errors: [ConfigurationError] = []
        for item in items("user") {
            guard let entry = item.entries("secret").first, let password = entry.words.first?.value,
                !password.hasPrefix(Self.sealMark)
            else { continue }
            guard let hash = seal(password) else {
                let text = Catalogue.cannotHash(item.path.description)
                errors.append(.init(line: entry.line, text: text, hint: Catalogue.tryAgain))
                continue
            }
            put(key, [.secret(hash)], to: item.path, line: entry.line)
        }
        return errors
    }

    /// With users but without an installer nobody could change anything any more.
    var missingInstaller: ConfigurationError? {
        let all = items("user")
        guard !all.isEmpty, !users.contains(where: { $0.role == "installer" }) else { return nil }
        return ConfigurationError(line: all.compactMap(\.line).max(), text: Catalogue.noInstaller, hint: Catalogue.addInstaller)
    }
}
