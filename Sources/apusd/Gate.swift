import Configuration
import Console
import Cryptography
import Host
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

    /// Who gives a command in a shell: root and our own account whoever they say, everybody else whom the kernel says. A configured
    /// user has his role; others have none once users are configured. Nil: nobody.
    static func user(named told: String, _ peer: Peer?, _ users: [ConfiguredUser]) -> ConsoleUser? {
        guard let peer, !peer.isTrusted else { return ConsoleUser(name: name(told), role: .installer) }
        if let known = users.first(where: { $0.name == peer.name }) { return user(known) }
        return users.isEmpty ? ConsoleUser(name: name(peer.name), role: .installer) : nil
    }

    mutating func enter(_ opening: ConsoleOpening, _ peer: Peer?, _ users: [ConfiguredUser], at now: Instant) -> Verdict {
        let name = peer.map { $0.isTrusted ? opening.user : $0.name } ?? opening.user
        let known = users.first { $0.name == (opening.door == .login ? opening.user : name) }
        switch opening.door {
        case .box:
            if let known { return .admitted(Self.user(known)) }
            return Self.user(named: name, peer, users).map(Verdict.admitted)
                ?? .refused(Catalogue.unknownUser(Self.name(name)), wait: 0)
        case .ssh:
            if let known { return .admitted(Self.user(known)) }
            if users.isEmpty { return .admitted(ConsoleUser(name: Self.name(name), role: .installer)) }
            return .refused(Catalogue.unknownUser(Self.name(name)), wait: 0)
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
