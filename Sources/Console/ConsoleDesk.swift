import Configuration
import Telephony

/// Who sits at a console.
public struct ConsoleUser: Equatable, Sendable {
    /// As the history of revisions names him.
    public var name: String
    /// What he may do.
    public var role: Role
    /// His own extension, if he has one.
    public var `extension`: String?

    /// A user from his parts.
    public init(name: String, role: Role, extension number: String? = nil) {
        (self.name, self.role, `extension`) = (name, role, number)
    }
}

/// The configuration that an installer works on: in memory only, one for the whole exchange.
public struct HeldCandidate: Equatable, Sendable {
    /// What was in force when it was begun, and what it is now.
    public var base: ConfigurationDocument, document: ConfigurationDocument
    /// Whose it is, and where he sits.
    public var holder: String, place: String
    /// Since when: milliseconds since 1970 UTC.
    public var since: Int64
    /// The session that works on it; nil: the line was lost, or its holder went out of it.
    public var session: Int?

    /// Whether it differs from what it began with.
    public var isChanged: Bool { document != base }
}

/// A revision that goes away by itself unless it is confirmed.
public struct PendingConfirmation: Equatable, Sendable {
    /// The revision that comes back.
    public var revision: Int
    /// When: on the monotonic clock, and milliseconds since 1970 UTC for after a restart.
    public var until: Instant, untilUTC: Int64
    /// Who must confirm.
    public var by: String

    /// A pending confirmation from its parts.
    public init(revision: Int, until: Instant, untilUTC: Int64, by: String) {
        (self.revision, self.until, self.untilUTC, self.by) = (revision, until, untilUTC, by)
    }

    /// The longest time to confirm.
    public static let limit = Duration.seconds(24 * 3600)

    /// As it is kept over a restart.
    public var text: String { "\(revision) \(untilUTC) \(by)\n" }

    /// What `text` says, seen from `now`; nil where it is no such text.
    public init?(_ text: some StringProtocol, now: Moment) {
        let words = text.split(maxSplits: 2, whereSeparator: { $0 == " " || $0.isNewline })
        guard words.count == 3, let revision = Int(words[0]), revision > 0, let utc = Int64(words[1]) else { return nil }
        // A clock that was set back must not keep an unconfirmed configuration for years.
        let left = min(max(.zero, .milliseconds(utc - now.utc)), Self.limit)
        self.init(
            revision: revision, until: now.uptime + left, untilUTC: utc, by: String(words[2].prefix { !$0.isNewline }))
    }
}

/// What installers share: one candidate, one confirmation that is waited for.
public struct ConsoleDesk: Equatable, Sendable {
    /// The candidate, if somebody works on one.
    public var candidate: HeldCandidate?
    /// The confirmation that is waited for.
    public var pending: PendingConfirmation?

    /// A desk with nothing on it.
    public init() {}

    /// The line of a session is gone: its candidate stays, for its holder to come back to; without changes it goes.
    public mutating func leave(session: Int) {
        guard candidate?.session == session else { return }
        candidate?.session = nil
        if candidate?.isChanged == false { candidate = nil }
    }
}
