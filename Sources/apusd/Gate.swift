import Configuration
import Console
import Cryptography
import Telephony

/// Who gets a session. After a wrong password the same place waits, twice as long each time, but never longer than a minute: nobody is
/// locked out of a console for good.
struct Gate {
    /// What came of an opening.
    enum Verdict {
        case admitted(ConsoleUser)
        /// Why (nil: he must be asked who he is first), and how many seconds to wait.
        case refused(Wording?, wait: Int)
    }

    private struct Failures {
        var count: Int, until: Instant
    }

    /// Places that are remembered.
    private static let placeLimit = 64
    private static let longestWait = 60

    private var failures: [String: Failures] = [:]

    mutating func enter(_ opening: ConsoleOpening, _ users: [ConfiguredUser], at now: Instant) -> Verdict {
        let known = users.first { $0.name == opening.user }
        switch opening.door {
        case .box: return .admitted(known.map(Self.user) ?? ConsoleUser(name: Self.name(opening.user), role: .installer))
        case .ssh:
            if let known { return .admitted(Self.user(known)) }
            if users.isEmpty { return .admitted(ConsoleUser(name: Self.name(opening.user), role: .installer)) }
            return .refused(Catalogue.unknownUser(Self.name(opening.user)), wait: 0)
        case .login:
            // A box that was never set up is the installer's who sits at it.
            if users.isEmpty { return .admitted(ConsoleUser(name: "console", role: .installer)) }
            guard let secret = opening.secret else { return .refused(nil, wait: 0) }
            if let before = failures[opening.place], now < before.until {
                let left = Int((before.until - now).milliseconds / 1000) + 1
                return .refused(Catalogue.loginTooSoon(left), wait: left)
            }
            if let known, PasswordHash.matches(secret, known.hash) {
                failures[opening.place] = nil
                return .admitted(Self.user(known))
            }
            return .refused(Catalogue.loginRefused, wait: failed(at: opening.place, now))
        }
    }

    private mutating func failed(at place: String, _ now: Instant) -> Int {
        if failures.count >= Self.placeLimit { failures = failures.filter { now < $0.value.until } }
        let count = (failures[place]?.count ?? 0) + 1
        let wait = min(Self.longestWait, 1 << min(count - 1, 6))
        if failures.count < Self.placeLimit || failures[place] != nil {
            failures[place] = Failures(count: count, until: now + .seconds(wait))
        }
        return wait
    }

    private static func user(_ user: ConfiguredUser) -> ConsoleUser {
        ConsoleUser(name: user.name, role: Role(rawValue: user.role) ?? .employee, extension: user.extension)
    }

    private static func name(_ typed: String) -> String {
        let clean = typed.unicodeScalars.filter { $0.properties.generalCategory != .control }.prefix(32)
        return clean.isEmpty ? "console" : String(String.UnicodeScalarView(clean))
    }
}
