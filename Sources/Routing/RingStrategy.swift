import Telephony

/// How a department's members are rung. Decides; never dials: the same members, loads and dice always give the same plan.
public enum RingStrategy: Hashable, Sendable {
    /// Every free member at once; one who gets free joins.
    case all
    /// The first, then one more each step; nobody stops.
    case ascending
    /// One for a step, then the next; the one before stops.
    case sequential
    /// Always from the first member; who is busy is passed over at once.
    case linear
    /// The one whose last conversation ended longest ago, then the next in that order; `received`: who was offered a call longest ago.
    case even(received: Bool)
    /// One at a time, the higher number first.
    case priority
    /// All of the highest priority, after a step also all of the next; `switching`: instead of them.
    case tiers(switching: Bool)
    /// The fewest calls answered today; who was away catches up.
    case fewest
    /// One at a time, drawn without repetition.
    case random
    /// The least talk time today in calls that came to this department.
    case leastTalk
    /// The smallest load divided by the member's priority used as a weight.
    case balance(Measure)

    /// What is balanced.
    public enum Measure: String, Hashable, Sendable, CaseIterable {
        case calls, talk
    }

    /// Every strategy, in the order that help lists them.
    public static let allCases: [RingStrategy] = [
        .all, .ascending, .sequential, .linear, .even(received: false), .even(received: true), .priority,
        .tiers(switching: false),
        .tiers(switching: true), .fewest, .random, .leastTalk, .balance(.calls), .balance(.talk),
    ]

    /// As the configuration writes it.
    public var words: String {
        switch self {
        case .all: "all"
        case .ascending: "ascending"
        case .sequential: "sequential"
        case .linear: "linear"
        case .even(received: false): "even"
        case .even(received: true): "even received"
        case .priority: "priority"
        case .tiers(switching: false): "tiers"
        case .tiers(switching: true): "tiers switch"
        case .fewest: "fewest"
        case .random: "random"
        case .leastTalk: "least-talk"
        case .balance(let measure): "balance \(measure.rawValue)"
        }
    }

    /// What it ranks members by where it looks at their day; nil: it does not.
    public var merit: Merit? {
        switch self {
        case .even(received: false): .lastEnded
        case .even(received: true): .lastOffered
        case .fewest, .balance(.calls): .calls
        case .leastTalk, .balance(.talk): .talk
        case .all, .ascending, .sequential, .linear, .priority, .tiers, .random: nil
        }
    }

    /// What members are ranked by: the end of the last talk, the last call offered, today's calls or talk.
    public enum Merit: Hashable, Sendable {
        case lastEnded, lastOffered, calls, talk
    }

    /// Which calls it counts as load where the department does not say: whoever balances means all of a member's calls with the
    /// outside, `fewest` those that he took, the others the department's own.
    public var standardCount: Department.CountScope {
        switch self {
        case .balance: .both
        case .fewest: .incoming
        case .all, .ascending, .sequential, .linear, .even, .priority, .tiers, .random, .leastTalk: .inGroup
        }
    }

    /// Reads what `words` writes; nil for anything else.
    public init?(words: String) {
        guard let strategy = Self.allCases.first(where: { $0.words == words }) else { return nil }
        self = strategy
    }
}

/// What a department knows of a member's day.
public struct MemberLoad: Equatable, Sendable {
    /// Calls and talk time today, as the department counts them.
    public var calls: Int, talk: Duration
    /// When his last conversation ended, and when he was last offered a call: milliseconds since 1970 UTC; nil: never.
    public var lastEnded: Int64?, lastOffered: Int64?

    /// A load from its parts.
    public init(calls: Int = 0, talk: Duration = .zero, lastEnded: Int64? = nil, lastOffered: Int64? = nil) {
        (self.calls, self.talk, self.lastEnded, self.lastOffered) = (calls, talk, lastEnded, lastOffered)
    }
}

extension RingStrategy {
    /// The plan for these members, all of them, in the order written; whoever is not free when his turn comes is passed over.
    public func plan(
        for members: [Department.Member], step: Duration, load: (ExtensionNumber) -> MemberLoad, dice: inout Dice
    ) -> RingPlan {
        let numbers = members.map(\.number)
        switch self {
        case .all:
            return RingPlan(waves: [.init(rings: numbers, lasts: nil)], admitsLatecomers: true)
        case .ascending:
            return RingPlan(waves: Self.singly(numbers, step), keepsRinging: true)
        case .sequential, .linear:
            return .oneByOne(numbers, step: step)
        case .even(let received):
            return .oneByOne(ranked(numbers) { (received ? load($0).lastOffered : load($0).lastEnded) ?? .min }, step: step)
        case .priority:
            return .oneByOne(
                members.enumerated().sorted { ($1.element.priority, $0.offset) < ($0.element.priority, $1.offset) }.map(
                    \.element.number), step: step)
        case .tiers(let switching):
            let tiers = Dictionary(grouping: members, by: \.priority).sorted { $0.key > $1.key }
            return RingPlan(
                waves: tiers.map { .init(rings: $0.value.map(\.number), lasts: step) }, keepsRinging: !switching,
                repeats: switching)
        case .fewest:
            return .oneByOne(ranked(numbers) { load($0).calls }, step: step)
        case .random:
            return .oneByOne(numbers.shuffled(using: &dice), step: step)
        case .leastTalk:
            return .oneByOne(ranked(numbers) { load($0).talk }, step: step)
        case .balance(let measure):
            let weights = Dictionary(members.map { ($0.number, max(1, $0.priority)) }, uniquingKeysWith: { first, _ in first })
            return .oneByOne(
                ranked(numbers) { number in
                    let load = load(number)
                    let amount = measure == .calls ? Double(load.calls) : load.talk.inSeconds
                    return amount / Double(weights[number] ?? 1)
                }, step: step)
        }
    }

    /// Smallest first; equals in the order written.
    private func ranked<Key: Comparable>(_ numbers: [ExtensionNumber], by key: (ExtensionNumber) -> Key) -> [ExtensionNumber] {
        numbers.enumerated().map { (place: $0, number: $1, key: key($1)) }.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(
            \.number)
    }

    private static func singly(_ numbers: [ExtensionNumber], _ step: Duration) -> [RingPlan.Wave] {
        numbers.map { .init(rings: [$0], lasts: step) }
    }
}
