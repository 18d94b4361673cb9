import Configuration
import Telephony
import Testing

@Suite("Schema") struct SchemaTests {
    /// Every help text of the tree with the way to it.
    private static func helps(_ elements: [Schema.Element], at path: String) -> [(String, Wording)] {
        elements.flatMap { element -> [(String, Wording)] in
            switch element {
            case .word(let word, let help): [("\(path) \(word)", help)]
            case .value(let value), .some(let value): helps(value, at: path)
            case .separated(let word, let help, let value): [("\(path) \(word)", help)] + helps(value, at: path)
            case .optional(let elements): helps(elements, at: path)
            case .clauses(let word, let help, let clauses, later: _):
                [("\(path) \(word)", help)]
                    + clauses.flatMap { [("\(path) \($0.word)", $0.help)] + helps($0.pattern, at: "\(path) \($0.word)") }
            case .oneOf(let clauses):
                clauses.flatMap { [("\(path) \($0.word)", $0.help)] + helps($0.pattern, at: "\(path) \($0.word)") }
            case .note(let value), .maybe(let value, before: _), .several(let value, before: _): helps(value, at: path)
            }
        }
    }

    private static func helps(_ value: Schema.Value, at path: String) -> [(String, Wording)] {
        let inner: [(String, Wording)] =
            switch value.form {
            case .choice(let choices, later: _): choices.map { ("\(path) \($0.word)", $0.help) }
            case .target(let kinds, later: _):
                kinds.flatMap { kind in
                    [("\(path) \(kind.word)", kind.help)] + (kind.value.map { helps($0, at: "\(path) \(kind.word)") } ?? [])
                }
            case .text, .secret, .password, .id, .soundFile, .internalNumber, .member, .announcement, .caller, .dateAndTime,
                .number, .mask, .digits,
                .duration, .milliseconds, .url, .integer, .peer, .endpoint, .ports, .host, .days, .span, .date, .clock, .age,
                .prefix,
                .language, .moment, .recipient, .pin, .size,
                .timezone:
                []
            }
        return [("\(path) \(value.label)", value.help)] + inner
    }

    private static let all: [(String, Wording)] = Schema.current.sections.flatMap { section in
        [(section.word, section.help)] + (section.name.map { helps($0, at: section.word) } ?? [])
            + section.keys.flatMap { key in
                [("\(section.word) \(key.word)", key.help)] + helps(key.pattern, at: "\(section.word) \(key.word)")
            }
    }

    @Test("every node has help in both languages")
    func help() {
        #expect(Self.all.count > 150)
        for (path, help) in Self.all {
            let (ru, en) = (help.text(in: .ru), help.text(in: .en))
            let hasCyrillic = ru.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }
            #expect(hasCyrillic || ru == en && ru.allSatisfy { $0.isASCII }, "\(path): \(ru)")
            #expect(!en.isEmpty && !en.unicodeScalars.contains { (0x400...0x4FF).contains($0.value) }, "\(path): \(en)")
        }
    }

    @Test("words are told once, and never as known and as later at a time")
    func words() {
        let schema = Schema.current
        #expect(Set(schema.sections.map(\.word)).count == schema.sections.count)
        #expect(Set(schema.sections.map(\.word)).isDisjoint(with: schema.later))
        for section in schema.sections {
            #expect(Set(section.keys.map(\.word)).count == section.keys.count)
            #expect(Set(section.keys.map(\.word)).isDisjoint(with: section.later), "\(section.word)")
            for key in section.keys { #expect(Set(key.excludes).isSubset(of: section.keys.map(\.word))) }
        }
    }

    @Test(
        "? tells what may come next",
        arguments: [
            ("", ["set", "delete"]),
            (
                "set",
                [
                    "office", "sip", "media", "extension", "department", "prompt", "menu", "conference", "paging", "voicemail",
                    "number", "scheme", "caller", "region", "trunk", "route", "hook", "code", "parking", "task", "user", "expect",
                ]
            ),
            ("set office owner", ["source", "timer", "learn", "respect-office-hours", "fallback"]),
            ("set office owner source", ["book", "hook"]),
            ("set extension", ["N"]),
            ("set scheme office", ["rule", "otherwise", "greeting", "night-key"]),
            ("set scheme office rule 10 when", ["holiday", "closed", "hours", "caller", "number"]),
            ("set office language", ["ru", "en"]),
            (
                "set scheme office otherwise to",
                ["extension", "department", "menu", "external", "scheme", "prompt", "conference", "voicemail", "busy", "drop"]
            ),
            ("set scheme office otherwise to extension", ["N"]),
            ("set scheme office otherwise to busy", ["rule", "otherwise", "greeting", "night-key"]),
            ("set extension 101 no-answer", ["after"]),
            (
                "set extension 101 phone hall",
                [
                    "secret", "name", "secret", "phone", "no-answer", "on-busy", "on-unreachable", "forward", "hours",
                    "absence", "pickup", "calls", "class", "mobile", "language", "speaks", "voicemail", "pin",
                    "auto-answer", "record",
                ]
            ),
            ("set nonsense", []),
        ])
    func expectations(line: String, words: [String]) {
        #expect(Schema.current.expectations(after: line).map(\.word) == words)
    }

    @Test(
        "the nearest word",
        arguments: [
            ("sectet", "secret"), ("slaes", "sales"), ("extention", "extension"), ("rotue", "route"), ("xyz", nil), ("o", nil),
        ])
    func nearestWord(typed: String, meant: String?) {
        #expect(nearest(to: typed, among: ["secret", "sales", "extension", "route", "name"]) == meant)
    }
}
