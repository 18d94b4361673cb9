import Telephony

/// What an employee does by dialling a code.
public enum Feature: String, Hashable, Sendable, CaseIterable {
    // His own rules.
    case forwardAlways = "forward-always", forwardNoAnswer = "forward-no-answer", forwardBusy = "forward-busy",
        forwardUnreachable = "forward-unreachable", absence
    // What he is doing.
    case doNotDisturb = "do-not-disturb", login, pause
    // The office, and a client.
    case night
    case ownClient = "own-client", missed
    // What callers hear.
    case recordPrompt = "record-prompt"
    // A call of somebody else's.
    case pickup
    // A colleague's telephone.
    case intercom
    // His telephone.
    case whoAmI = "who-am-i", time, echo
    case testTone = "test-tone"

    /// The figures of its code where the configuration names no others: GSM's for forwarding (3GPP TS 22.030 annex B).
    public var factoryDigits: String {
        switch self {
        case .forwardAlways: "21"
        case .forwardNoAnswer: "61"
        case .forwardBusy: "67"
        case .forwardUnreachable: "62"
        case .absence: "30"
        case .doNotDisturb: "26"
        case .login: "45"
        case .pause: "46"
        case .night: "90"
        case .ownClient: "44"
        case .missed: "69"
        case .recordPrompt: "77"
        case .pickup: "8"
        case .intercom: "55"
        case .whoAmI: "65"
        case .time: "60"
        case .echo: "43"
        case .testTone: "66"
        }
    }

    /// Whether it is switched on and off and can be asked about; else it is only done.
    public var isSwitch: Bool {
        switch self {
        case .forwardAlways, .forwardNoAnswer, .forwardBusy, .forwardUnreachable, .absence, .doNotDisturb, .login, .pause, .night:
            true
        case .ownClient, .missed, .recordPrompt, .pickup, .whoAmI, .time, .echo, .testTone, .intercom: false
        }
    }

    /// Whether two stars turn it round, so that one key of a phone switches it on and off and its lamp shows how it is.
    public var isToggle: Bool {
        switch self {
        case .doNotDisturb, .login, .pause, .night: true
        case .forwardAlways, .forwardNoAnswer, .forwardBusy, .forwardUnreachable, .absence, .ownClient, .missed, .recordPrompt,
            .pickup, .whoAmI, .time, .echo, .testTone, .intercom:
            false
        }
    }

    /// What follows the figures where it is switched on, and where it is switched off or asked about; `[…]` may be left out.
    var arguments: (on: String, else: String) {
        switch self {
        case .forwardAlways, .forwardBusy, .forwardUnreachable, .intercom, .recordPrompt: ("*N", "")
        case .forwardNoAnswer: ("*N[**SEC]", "")
        case .absence: ("*DDMM[*N]", "")
        case .login: ("[*N]", "[*N]")
        case .night: ("[*KEY]", "[*KEY]")
        case .ownClient, .missed, .pickup: ("[*N]", "")
        case .doNotDisturb, .pause, .whoAmI, .time, .echo, .testTone: ("", "")
        }
    }
}

/// A code as it was dialled.
public struct FeatureOrder: Equatable, Sendable {
    /// What is done to a switch.
    public enum Act: Hashable, Sendable, CaseIterable {
        case on, off, ask
        /// On where it is off, and off where it is on.
        case toggle
    }

    /// What it is about.
    public var feature: Feature
    /// What is to be done.
    public var act: Act
    /// What was dialled after the figures, between stars.
    public var arguments: [String]

    /// An order from its parts.
    public init(_ feature: Feature, _ act: Act = .on, _ arguments: [String] = []) {
        (self.feature, self.act, self.arguments) = (feature, act, arguments)
    }

    /// The argument at this place; nil: left out.
    public func argument(_ index: Int) -> String? {
        arguments.indices.contains(index) && !arguments[index].isEmpty ? arguments[index] : nil
    }
}

/// The codes of an office. Each is `*` figures, `#` or `##` figures to switch off, `*#` figures to ask, `**` figures to turn round what
/// can be; then arguments, each after a star, and `#`, which may be left out, as may the star before the first argument.
public struct FeatureTable: Equatable, Sendable {
    /// The figures of the mailbox's code, `*98`, which is dialled like a number.
    public static let mailboxDigits = "98"
    /// The longest that a code's figures may be.
    public static let digitsLimit = 4
    /// The longest code that is read.
    private static let lengthLimit = 64

    /// Figures that the office has chosen.
    public private(set) var chosen: [Feature: String]
    /// Those that employees may not use.
    public var barred: Set<Feature>

    /// The factory's codes, but for these figures.
    public init(_ chosen: [Feature: String] = [:], barred: Set<Feature> = []) {
        (self.chosen, self.barred) = (chosen, barred)
    }

    /// The figures of a code.
    public func digits(of feature: Feature) -> String { chosen[feature] ?? feature.factoryDigits }

    /// Whether a telephone that dials this means a code and not a number.
    public static func isCode(_ dialled: String) -> Bool {
        guard let first = dialled.first, first == "*" || first == "#" else { return false }
        return !dialled.hasPrefix("*" + mailboxDigits)
    }

    /// Reads what was dialled; nil for a code that is none.
    public func order(_ dialled: String) -> FeatureOrder? {
        guard dialled.utf8.count <= Self.lengthLimit, dialled.allSatisfy({ "0123456789*#+".contains($0) }) else { return nil }
        let begins: [(String, FeatureOrder.Act)] = [("*#", .ask), ("##", .off), ("**", .toggle), ("*", .on), ("#", .off)]
        guard let (begin, act) = begins.first(where: { dialled.hasPrefix($0.0) }) else { return nil }
        var rest = dialled.dropFirst(begin.count)
        if rest.last == "#" { rest.removeLast() }
        guard !rest.contains("#"), let feature = Feature.allCases.first(where: { rest.hasPrefix(digits(of: $0)) }),
            feature.isSwitch || act == .on || act == .toggle
        else { return nil }
        rest = rest.dropFirst(digits(of: feature).count)
        if rest.first == "*" { rest.removeFirst() }
        let arguments = rest.isEmpty ? [] : rest.split(separator: "*", omittingEmptySubsequences: false).map { String($0) }
        // GSM has two stars for "on", too.
        return FeatureOrder(feature, act == .toggle && !feature.isToggle ? .on : act, arguments)
    }

    /// How the code is written: `*21*N#`; nil where there is nothing to switch off or to ask.
    public func usage(of feature: Feature, _ act: FeatureOrder.Act) -> String? {
        let (figures, arguments) = (digits(of: feature), feature.arguments)
        switch act {
        case .on: return "*\(figures)\(arguments.on)#"
        case .off: return feature.isSwitch ? "##\(figures)\(arguments.else)#" : nil
        case .ask: return feature.isSwitch ? "*#\(figures)\(arguments.else)#" : nil
        case .toggle: return feature.isToggle ? "**\(figures)\(arguments.else)#" : nil
        }
    }

    /// Two codes of which one begins like the other, so that nobody could tell them apart; nil for the mailbox's.
    public var clashes: [(Feature, Feature?)] {
        let all = Feature.allCases
        return all.enumerated().flatMap { index, feature -> [(Feature, Feature?)] in
            let figures = digits(of: feature)
            let alike = { (other: String) in figures.hasPrefix(other) || other.hasPrefix(figures) }
            let others = all[..<index].filter { alike(digits(of: $0)) }.map { (feature, Optional($0)) }
            return others + (alike(Self.mailboxDigits) ? [(feature, nil)] : [])
        }
    }
}
