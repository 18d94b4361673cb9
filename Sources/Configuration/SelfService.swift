import CallControl
import Routing
import Telephony

/// Why an employee's change was not taken.
public struct SelfServiceRefusal: Error, Equatable, Sendable {
    /// What the switchboard is told.
    public var outcome: ChangeOutcome
}

/// What employees may change by themselves: their own rules, and nothing that would not pass a commit.
public enum SelfService {
    /// Keys of his own extension that an employee may set and delete.
    public static let keys = [
        "forward", "no-answer", "on-busy", "on-unreachable", "absence", "hours", "language", "notify", "speaks",
    ]

    /// Whether a line is about nothing but a rule of extension `number`'s own. A line that is none is nobody's, and is for the loader to
    /// complain about.
    public static func mayChange(_ line: String, by number: ExtensionNumber, in base: ConfigurationDocument) -> Bool {
        isHis(line, ConfigurationPath("extension", number), base, orFaulty: true)
    }

    /// What would be in force after these `set` and `delete` lines of extension `number`, checked like every commit. Throws where a
    /// line is not his to write, or the office as a whole would not be right.
    public static func candidate(
        _ lines: [String], by number: ExtensionNumber, onto base: ConfigurationDocument, today: CivilTime? = nil,
        zones: (String) -> Zone? = { _ in .utc },
        bytes: (Int) -> [UInt8] = { .init(repeating: 0, count: $0) }
    ) throws(SelfServiceRefusal) -> ConfigurationCandidate {
        let own = ConfigurationPath("extension", number)
        for line in lines where !isHis(line, own, base, orFaulty: false) {
            throw SelfServiceRefusal(outcome: .refused(.notPermitted, Catalogue.notHisToChange(number, line)))
        }
        do throws(ConfigurationRefusal) {
            return try ConfigurationCandidate(
                loading: lines.joined(separator: "\n"), onto: base, today: today, zones: zones,
                bytes: bytes)
        } catch {
            let why = error.errors.first?.text ?? Catalogue.changeTookTooLong
            throw SelfServiceRefusal(outcome: .refused(.wrong, why))
        }
    }

    /// Whether the line is about nothing but a rule of his own. What is not set for himself he cannot delete: it is everybody's.
    private static func isHis(_ line: String, _ own: ConfigurationPath, _ base: ConfigurationDocument, orFaulty: Bool) -> Bool {
        guard !line.contains(where: \.isNewline), base.objects[own] != nil, let tokens = try? Lexer.words(line[...]) else {
            return false
        }
        var reader = LineReader(tokens, schema: base.schema)
        switch try? reader.statement() {
        case .set(own, let settings): return !settings.isEmpty && settings.allSatisfy { keys.contains($0.key.word) }
        case .delete(own, let key?, let words):
            let entries = base.objects[own]?.entries(key) ?? []
            return keys.contains(key) && entries.contains { $0.words.map(\.value).starts(with: words) }
        case nil: return orFaulty && reader.path == own && reader.settings.allSatisfy { keys.contains($0.key.word) }
        case .set, .delete: return false
        }
    }
}
