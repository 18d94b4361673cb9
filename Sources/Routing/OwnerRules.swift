/// How a client's owner is learnt from the calls he has with the office.
public enum OwnerLearning: String, Hashable, Sendable, CaseIterable {
    /// Whoever answers an unknown client becomes his owner, if he has none.
    case onAnswer = "on-answer"
    /// Whoever talked to him last, also where he had another.
    case last
    /// Whoever ever talked to him first, also where the book did not know him then.
    case first
    /// Only people and imports name owners.
    case off
}

/// Who a client's own employee is, and what his call does: `office owner`.
public struct OwnerRules: Hashable, Sendable {
    /// The one authoritative source of owners.
    public enum Source: Hashable, Sendable {
        /// The contact book.
        case book
        /// The look-up hook of this id.
        case hook(String)

        /// As the configuration writes it.
        public var words: String {
            switch self {
            case .book: "book"
            case .hook(let id): "hook \(id)"
            }
        }
    }

    /// The source that is believed.
    public var source: Source
    /// How long the owner rings before the common scheme.
    public var timer: Duration
    /// How owners are learnt.
    public var learning: OwnerLearning
    /// The source's own second person; outranks the owner's profile. Nil: the common scheme.
    public var fallback: Target?
    /// Whether an owner rings only while the office is open; else whenever his own hours say that he is there.
    public var respectsOfficeHours: Bool
    /// The longest that a call waits to learn who its client is; then it goes the common way.
    public var patience: Duration

    /// The factory's rules.
    public init(
        source: Source = .book, timer: Duration = .seconds(20), learning: OwnerLearning = .onAnswer, fallback: Target? = nil,
        respectsOfficeHours: Bool = false, patience: Duration = .milliseconds(700)
    ) {
        (self.source, self.timer, self.learning, self.fallback) = (source, timer, learning, fallback)
        (self.respectsOfficeHours, self.patience) = (respectsOfficeHours, patience)
    }
}
