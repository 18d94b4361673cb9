import Routing
import Telephony

/// What may come next at some point of a line, for `?`.
public struct Expectation: Equatable, Sendable {
    /// A word, or what a value is called: `DUR`.
    public var word: String
    /// What it means.
    public var help: Wording
    /// Whether it is a value, not a word to be typed as it is.
    public var isValue = false
    /// The section whose objects it names.
    public var names: String?
    /// What holds where nothing is set.
    public var standard: String?

    /// An expectation from its parts.
    public init(_ word: String, _ help: Wording, isValue: Bool = false, names: String? = nil, standard: String? = nil) {
        (self.word, self.help, self.isValue, self.names, self.standard) = (word, help, isValue, names, standard)
    }
}

/// One object of the configuration: its section and, where the section has several, its name.
public struct ConfigurationPath: Hashable, Sendable, CustomStringConvertible {
    /// The section's word.
    public var section: String
    /// The object's name.
    public var name: String?

    /// A path from its parts.
    public init(_ section: String, _ name: String? = nil) { (self.section, self.name) = (section, name) }

    /// As a line writes it.
    public var description: String { name.map { "\(section) \(Word.plain($0).printed(maskingSecrets: false))" } ?? section }
}

/// One line that was understood.
enum Statement: Equatable {
    case set(ConfigurationPath, [Setting])
    case delete(ConfigurationPath, key: String?, words: [String])

    /// A key and its words.
    struct Setting: Equatable {
        var key: Schema.Key
        var words: [Word]
    }
}

/// Reads one line by the schema.
struct LineReader {
    /// What was understood before a fault, so that the object is known to be meant.
    private(set) var path: ConfigurationPath?
    private(set) var settings: [Statement.Setting] = []
    /// What could have come where the line ended.
    private(set) var expected: [Expectation] = []

    private let schema: Schema
    private var rest: ArraySlice<Token>
    private var spoken = ""

    init(_ tokens: [Token], schema: Schema) { (self.schema, rest) = (schema, tokens[...]) }

    mutating func statement() throws(Fault) -> Statement {
        if rest.isEmpty {
            expected = [
                Expectation("set", Catalogue.verbSet), Expectation("delete", Catalogue.verbDelete),
            ]
        }
        guard let verb = next() else { throw Fault(Catalogue.missing("set", after: ""), Catalogue.verbHint) }
        switch verb.text {
        case "set": return try set()
        case "delete": return try delete()
        default:
            let hint = nearest(to: verb.text, among: ["set", "delete"]).map(Catalogue.didYouMean)
            throw Fault(Catalogue.unknownVerb(verb.text), hint ?? Catalogue.verbHint)
        }
    }

    private mutating func set() throws(Fault) -> Statement {
        let (section, path) = try object()
        self.path = path
        if rest.isEmpty { expected = section.keys.map { Expectation($0.word, $0.help, standard: $0.standard) } }
        if rest.isEmpty, section.name == nil {
            throw Fault(Catalogue.missing("KEY", after: spoken), Catalogue.oneOf(section.keys.map(\.word)))
        }
        while let token = rest.first {
            let key = try self.key(token, in: section)
            if path.name == "*", section.word == "extension", !key.isInheritable {
                throw Fault(Catalogue.notForAll(section.word, key.word), Catalogue.giveItToOne(section.word))
            }
            for setting in settings where key.excludes.contains(setting.key.word) {
                throw Fault(Catalogue.excludesEachOther(setting.key.word, key.word), Catalogue.keepOne)
            }
            _ = next()
            let words = try read(key.pattern, in: section)
            settings.append(Statement.Setting(key: key, words: words))
            if rest.isEmpty { expected += section.keys.map { Expectation($0.word, $0.help, standard: $0.standard) } }
        }
        return .set(path, settings)
    }

    private mutating func delete() throws(Fault) -> Statement {
        let (section, path) = try object()
        if rest.isEmpty { expected = section.keys.map { Expectation($0.word, $0.help, standard: $0.standard) } }
        guard let token = rest.first else { return .delete(path, key: nil, words: []) }
        let key = try self.key(token, in: section)
        let words = rest.dropFirst().map(\.text)
        return .delete(path, key: key.word, words: Array(words))
    }

    private mutating func object() throws(Fault) -> (Schema.Section, ConfigurationPath) {
        if rest.isEmpty { expected = schema.sections.map { Expectation($0.word, $0.help) } }
        guard let token = next(after: spoken) else {
            throw Fault(Catalogue.missing("SECTION", after: spoken), Catalogue.oneOf(schema.sections.map(\.word)))
        }
        guard let section = schema.section(token.text) else {
            if schema.later.contains(token.text) { throw .later(token.text) }
            throw .unknown(token.text, among: schema.sections.map(\.word))
        }
        guard let place = section.name else { return (section, ConfigurationPath(section.word)) }
        let name = try value(place.naming(section.word), in: section)
        return (section, ConfigurationPath(section.word, name.map(\.value).joined(separator: " ")))
    }

    private func key(_ token: Token, in section: Schema.Section) throws(Fault) -> Schema.Key {
        if let key = section.key(token.text) { return key }
        if section.later.contains(token.text) { throw .later("\(section.word) … \(token.text)") }
        if case .text? = settings.last?.words.last, settings.last?.words.count == 1, !token.isQuoted {
            throw Fault(Catalogue.extraWord(token.text), Catalogue.quoteSpaces)
        }
        throw .unknown(token.text, among: section.keys.map(\.word))
    }

    // MARK: Patterns

    private mutating func read(_ pattern: [Schema.Element], in section: Schema.Section) throws(Fault) -> [Word] {
        var words: [Word] = []
        for element in pattern {
            switch element {
            case .word(let word, let help):
                expect(word, help)
                try literal(word, help)
                words.append(.plain(word))
            case .value(let place):
                words += try value(place, in: section)
            case .some(let place):
                words += try value(place, in: section)
                expect(place)
                while let token = rest.first, section.key(token.text) == nil, !section.later.contains(token.text) {
                    let more = try value(place, in: section)
                    if words.contains(more[0]) { throw Fault(Catalogue.codecTwice(token.text), Catalogue.removeWord(token.text)) }
                    words += more
                    expect(place)
                }
            case .several(let place, let following): words += try several(place, before: following, in: section)
            case .separated(let separator, let help, let place):
                words += try value(place, in: section)
                expect(separator, help)
                while rest.first?.text == separator {
                    _ = next()
                    words += try [.plain(separator)] + value(place, in: section)
                    expect(separator, help)
                }
            case .optional(let elements):
                guard case .word(let first, let help)? = elements.first else { continue }
                expect(first, help)
                if rest.first?.text == first { words += try read(elements, in: section) }
            case .clauses(let separator, let help, let clauses, let later):
                words += try clause(clauses, later: later, in: section)
                while rest.first?.text == separator {
                    _ = next()
                    words += try [.plain(separator)] + clause(clauses, later: later, in: section)
                }
                expect(separator, help)
            case .oneOf(let clauses):
                words += try clause(clauses, later: [], in: section)
            case .note(let place):
                expect(place)
                if rest.first?.isQuoted == true { words += try value(place, in: section) }
            case .maybe(let place, let following):
                expect(place.label, place.help)
                if let token = rest.first, !following.contains(token.text) { words += try value(place, in: section) }
            }
        }
        return words
    }

    private mutating func several(_ place: Schema.Value, before following: [String], in section: Schema.Section) throws(Fault)
        -> [Word]
    {
        var words = try value(place, in: section)
        while let token = rest.first, !following.contains(token.text), section.key(token.text) == nil {
            let more = try value(place, in: section)
            if words.contains(more[0]) { throw Fault(Catalogue.codecTwice(token.text), Catalogue.removeWord(token.text)) }
            words += more
        }
        if rest.isEmpty { expected = place.expectations }
        return words
    }

    private mutating func clause(_ clauses: [Schema.Clause], later: [String], in section: Schema.Section) throws(Fault) -> [Word]
    {
        if rest.isEmpty { expected = clauses.map { Expectation($0.word, $0.help) } }
        guard let token = next(after: spoken) else {
            throw Fault(Catalogue.missing("CONDITION", after: spoken), Catalogue.oneOf(clauses.map(\.word)))
        }
        guard let clause = clauses.first(where: { $0.word == token.text }) else {
            if later.contains(token.text) { throw .later(token.text) }
            throw .unknown(token.text, among: clauses.map(\.word))
        }
        return try [.plain(clause.word)] + read(clause.pattern, in: section)
    }

    private mutating func literal(_ word: String, _ help: Wording) throws(Fault) {
        guard let token = rest.first else { throw Fault(Catalogue.missing(word, after: spoken), help) }
        guard token.text == word else {
            throw Fault(Catalogue.unknownWord(token.text), Catalogue.expected(word, help))
        }
        _ = next()
    }

    private mutating func value(_ place: Schema.Value, in section: Schema.Section) throws(Fault) -> [Word] {
        if case .target(let kinds, let later) = place.form { return try target(kinds, later: later, in: section) }
        if rest.isEmpty { expected = place.expectations }
        guard var token = next(after: spoken) else { throw Fault(Catalogue.missing(place.label, after: spoken), place.hint) }
        if place.form == .number || place.form == .mask { glue(&token) }
        guard let word = place.form.accept(token.text) else { throw place.fault(token.text, section: section.word) }
        return [word]
    }

    private mutating func target(_ kinds: [Schema.TargetKind], later: [String], in section: Schema.Section) throws(Fault)
        -> [Word]
    {
        if rest.isEmpty { expected = kinds.map { Expectation($0.word, $0.help) } }
        let words = kinds.map(\.word)
        guard let token = next(after: spoken) else {
            throw Fault(Catalogue.missing("TARGET", after: spoken), Catalogue.oneOf(words))
        }
        guard let kind = kinds.first(where: { $0.word == token.text }) else {
            if later.contains(token.text) { throw .later(token.text) }
            if Read.isInternalNumber(token.text) {
                throw Fault(Catalogue.unknownWord(token.text), Catalogue.didYouMean("extension \(token.text)"))
            }
            throw .unknown(token.text, among: words)
        }
        guard let place = kind.value else { return [.plain(kind.word)] }
        return try [.plain(kind.word)] + value(place, in: section)
    }

    /// People write numbers in groups: `+7 495 123-45-67` is one.
    private mutating func glue(_ token: inout Token) {
        let begins = token.text.hasPrefix("+") || rest.first?.text.hasPrefix("(") == true
        guard !token.isQuoted, begins else { return }
        while let more = rest.first, !more.isQuoted,
            more.text.utf8.allSatisfy({ (48...57).contains($0) || "()-".utf8.contains($0) })
        {
            token.text += " " + more.text
            _ = next()
        }
    }

    private mutating func next(after _: String = "") -> Token? {
        guard let token = rest.popFirst() else { return nil }
        spoken = token.text
        return token
    }

    private mutating func expect(_ word: String, _ help: Wording) {
        if rest.isEmpty { expected.append(Expectation(word, help)) }
    }

    private mutating func expect(_ place: Schema.Value) { if rest.isEmpty { expected += place.expectations } }
}

extension Schema.Value {
    var expectations: [Expectation] {
        if case .choice(let choices, later: _) = form { return choices.map { Expectation($0.word, $0.help) } }
        return [Expectation(label, help, isValue: true, names: names)]
    }

    /// What would be right here.
    var hint: Wording {
        if case .choice(let choices, later: _) = form { return Catalogue.oneOf(choices.map(\.word)) }
        return Catalogue.expected(label, help)
    }

    /// Why a text is no mask, where more is to be said than that it is none.
    private static func reason(_ flaw: NumberMask.Flaw?) -> Wording? {
        switch flaw {
        case .unequalEnds: Catalogue.unequalEnds
        case .reversedEnds: Catalogue.reversedEnds
        case .noNumber, nil: nil
        }
    }

    func fault(_ text: String, section: String) -> Fault {
        if form == .mask, let reason = Self.reason(NumberMask.flaw(of: text)) { return Fault(reason, hint) }
        guard case .choice(let choices, let later) = form else { return Fault(Catalogue.badValue(text, label), hint) }
        if later.contains(text) || (later.contains("ID") && Read.isID(text)) { return .later(text) }
        let words = choices.map(\.word)
        return Fault(
            Catalogue.badValue(text, label), nearest(to: text, among: words).map(Catalogue.didYouMean) ?? Catalogue.oneOf(words))
    }
}

extension Schema {
    /// What may come after the words of a line that is not finished, for `?` and completion.
    public func expectations(after line: String) -> [Expectation] {
        guard let tokens = try? Lexer.words(line[...]) else { return [] }
        var reader = LineReader(tokens, schema: self)
        _ = try? reader.statement()
        return reader.expected
    }
}
