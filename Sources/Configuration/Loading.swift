import Exchange
import Telephony

/// A text read onto a document: what came of it, and all that is wrong with its lines.
public struct ConfigurationReading: Sendable {
    /// What is set then; lines that are wrong have set nothing.
    public var document: ConfigurationDocument
    /// What is wrong with lines by themselves, in their order.
    public var errors: [ConfigurationError]
    /// Objects of which a line was wrong: what they lack is no error of its own.
    var damaged: Set<ConfigurationPath> = []
    /// Objects that were deleted, and where.
    var deleted: [ConfigurationPath: Int] = [:]
    /// Chains that this text has begun anew.
    private var begun: Set<ChainKey> = []
    private let previous: ConfigurationDocument
    private let growsChains: Bool

    private struct ChainKey: Hashable { var path: ConfigurationPath, key: String }

    /// The longest text in lines.
    public static let lineCountLimit = 20_000
    /// So many errors are reported at once.
    public static let errorLimit = 100

    /// Reads a text of `set` and `delete` lines onto `base`, or onto nothing with `replace`; then `base` is only where secrets and
    /// department numbers that the text does not say come from. With `growsChains` the lines of a chain are added to those before the
    /// text, unless they are the same.
    public init(
        _ text: String, onto base: ConfigurationDocument = ConfigurationDocument(), replace: Bool = false,
        growsChains: Bool = false
    ) {
        (previous, self.growsChains) = (base, growsChains)
        document = replace ? ConfigurationDocument(schema: base.schema) : base
        document.forgetLines()
        errors = []
        var number = 0
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            if number > Self.lineCountLimit {
                errors.append(.init(line: number, text: Catalogue.tooManyLines(Self.lineCountLimit), hint: Catalogue.shorten))
                return
            }
            read(line, number: number)
            if errors.count >= Self.errorLimit {
                errors.append(
                    .init(line: number, text: Catalogue.furtherErrors(Self.errorLimit), hint: Catalogue.correctTheseFirst))
                return
            }
        }
    }

    private mutating func read(_ line: Substring, number: Int) {
        do throws(Fault) {
            let tokens = try Lexer.words(line)
            if tokens.isEmpty { return }
            var reader = LineReader(tokens, schema: document.schema)
            do throws(Fault) {
                try apply(try reader.statement(), line: number)
            } catch {
                if let path = reader.path {
                    set(path, reader.settings, line: number)
                    damaged.insert(path)
                }
                throw error
            }
        } catch {
            errors.append(ConfigurationError(line: number, text: error.text, hint: error.hint))
        }
    }

    private mutating func apply(_ statement: Statement, line: Int) throws(Fault) {
        switch statement {
        case .set(let path, let settings):
            set(path, settings, line: line)
        case .delete(let path, let key, let words):
            guard document.remove(path, key: key, words: words) else {
                let what = ([path.description] + [key].compactMap(\.self) + words).joined(separator: " ")
                throw Fault(Catalogue.nothingToDelete(what), Catalogue.seeConfigShow)
            }
            if key == nil { deleted[path] = line }
        }
    }

    private mutating func set(_ path: ConfigurationPath, _ settings: [Statement.Setting], line: Int) {
        document.touch(path, line: line)
        deleted[path] = nil
        for setting in settings {
            guard let words = unmasked(setting, of: path) else { continue }
            let chain = ChainKey(path: path, key: setting.key.word)
            let starts = setting.key.cardinality == .chain && !growsChains && begun.insert(chain).inserted
            if setting.key.cardinality == .chain, growsChains, document.has(setting.key.word, words, of: path) { continue }
            document.put(setting.key, words, to: path, line: line, startsChain: starts)
        }
    }

    /// A masked secret stays as it was; where there was none it is left out, to be generated.
    private func unmasked(_ setting: Statement.Setting, of path: ConfigurationPath) -> [Word]? {
        guard case .secret(Word.mask)? = setting.words.last else { return setting.words }
        let before = (previous.item(path.section, path.name) ?? document.item(path.section, path.name))?.entries(setting.key.word)
        let isNamed = setting.key.cardinality == .named
        let old = before?.first { !isNamed || $0.words.first == setting.words.first }?.words
        return old ?? (isNamed ? [setting.words[0]] : nil)
    }
}

extension ConfigurationDocument {
    /// Sets what a commit must find: a secret for every phone and a number for every department that has none. They come from
    /// `previous` where it has them; new secrets are made of `bytes`, which gives as many unguessable bytes as it is asked for.
    public mutating func complete(from previous: ConfigurationDocument? = nil, bytes: (Int) -> [UInt8]) {
        guard let secret = schema.section("extension")?.key("secret"), let phone = schema.section("extension")?.key("phone"),
            let number = schema.section("department")?.key("number")
        else { return }
        for item in items("extension") where item.path.name != "*" {
            let old = previous?.item("extension", item.path.name)
            if item.entries("secret").isEmpty {
                put(secret, old?.entries("secret").first?.words ?? [Self.makeSecret(bytes)], to: item.path, line: nil)
            }
            for entry in item.entries("phone") where entry.words.count == 1 {
                let kept = old?.entries("phone").first { $0.words.first == entry.words.first && $0.words.count == 3 }
                let words = kept?.words ?? entry.words + [.plain("secret"), Self.makeSecret(bytes)]
                put(phone, words, to: item.path, line: entry.line)
            }
        }
        for item in items("department") where item.entries("number").isEmpty {
            let kept = previous?.item("department", item.path.name)?.entries("number").first?.words.first?.value
            let taken = internalNumbers
            let free = kept.flatMap { taken.contains($0) ? nil : $0 } ?? Self.freeNumber(besides: taken)
            if let free { put(number, [.plain(free)], to: item.path, line: nil) }
        }
    }

    /// All numbers of extensions, departments and prompts.
    var internalNumbers: Set<String> {
        let others = (items("department") + items("prompt")).compactMap { $0.entries("number").first?.words.first?.value }
        return Set(items("extension").compactMap(\.path.name) + others)
    }

    private static func freeNumber(besides taken: Set<String>) -> String? {
        (200..<100_000).lazy.map(String.init).first { !taken.contains($0) }
    }

    /// 16 letters and digits that nobody mistakes for one another: 80 bits.
    private static func makeSecret(_ bytes: (Int) -> [UInt8]) -> Word {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        return .secret(String(bytes(16).map { alphabet[Int($0) % alphabet.count] }))
    }
}

/// A configuration that may be put in force: checked as a whole and compiled.
public struct ConfigurationCandidate: Equatable, Sendable {
    /// What is set.
    public var document: ConfigurationDocument
    /// What the exchange is told.
    public var settings: Settings
    /// What is allowed and probably not meant.
    public var warnings: [ConfigurationError]

    /// Reads `text` onto `base` (or instead of it), completes it, checks the office as a whole and compiles it. Nothing is half-applied:
    /// throws all errors of the lines and of the whole at once. `zones` are the system's, by their names;
    /// `today` is asked whether the calendar reaches far enough: nil where nobody knows the time.
    public init(
        loading text: String, onto base: ConfigurationDocument = ConfigurationDocument(), replace: Bool = false,
        today: CivilTime? = nil, zones: (String) -> Zone? = { _ in .utc },
        seal: (String) -> String? = { $0 }, bytes: (Int) -> [UInt8]
    ) throws(ConfigurationRefusal) {
        var reading = ConfigurationReading(text, onto: base, replace: replace)
        reading.document.complete(from: replace ? base : nil, bytes: bytes)
        let unsealed = reading.document.sealPasswords(seal)
        let (errors, warnings) = Validation(reading, today: today, zones: zones).result
        var all = (reading.errors + unsealed + errors).inOrderOfLines
        if all.isEmpty { all = reading.document.unreadable }
        // Only an office that is right in itself can be asked where a call would go.
        if all.isEmpty { all = reading.document.unfulfilled(zones).inOrderOfLines }
        if !all.isEmpty { throw ConfigurationRefusal(errors: all) }
        (document, settings, self.warnings) = (reading.document, reading.document.compiled, warnings)
        settings.office.zone = zones(settings.office.timezone) ?? .utc
    }

    /// Reads a revision that was in force once: it is that again, whatever the rules of today say of it, which `warnings` tells. Throws
    /// only where a line is none.
    public init(kept text: String, zones: (String) -> Zone? = { _ in .utc }, bytes: (Int) -> [UInt8])
        throws(ConfigurationRefusal)
    {
        var reading = ConfigurationReading(text)
        guard reading.errors.isEmpty else { throw ConfigurationRefusal(errors: reading.errors) }
        reading.document.complete(bytes: bytes)
        (document, settings) = (reading.document, reading.document.compiled)
        settings.office.zone = zones(settings.office.timezone) ?? .utc
        warnings = Validation(reading, today: nil, zones: zones).result.errors
    }
}

extension ConfigurationDocument {
    /// Why the canonical text would not be read as this again: what is kept must be good for the next start. Empty where it would be.
    var unreadable: [ConfigurationError] {
        let reading = ConfigurationReading(text(), onto: ConfigurationDocument(schema: schema))
        if reading.errors.isEmpty, reading.document == self { return [] }
        let errors = reading.errors.map { error in
            let line = error.line.flatMap { self.line($0) }.map { String($0.prefix(60)) + "…" } ?? ""
            return ConfigurationError(line: nil, text: Catalogue.unreadableWhenKept(line, error.text), hint: error.hint)
        }
        let other = ConfigurationError(line: nil, text: Catalogue.readDifferentlyWhenKept, hint: Catalogue.seeConfigShow)
        return errors.isEmpty ? [other] : errors
    }
}
