import Telephony

/// How callers wait for a department of which every member is busy.
public struct QueueRules: Hashable, Sendable {
    /// What they hear meanwhile.
    public enum Sound: String, Hashable, Sendable, CaseIterable {
        case hold, ringback
    }

    /// How many may wait; whoever comes then goes where a call goes that nobody answers.
    public var limit: Int
    /// What they hear meanwhile.
    public var sound: Sound
    /// Whether they are told their place and how long it will take.
    public var tellsPosition: Bool

    /// Rules from their parts; the factory's where nothing is said.
    public init(limit: Int = 20, sound: Sound = .hold, tellsPosition: Bool = true) {
        (self.limit, self.sound, self.tellsPosition) = (limit, sound, tellsPosition)
    }
}

/// What an outside caller of a department is offered who has waited for some time, while phones ring or in its queue.
public struct Impatience: Hashable, Sendable {
    /// What he may choose.
    public enum Offer: String, Hashable, Sendable, CaseIterable {
        /// Key 1: he is called back, in his turn.
        case callback
        /// To go on waiting: he does nothing.
        case stay
        /// Key 2: he leaves a message for the department.
        case voicemail
    }

    /// How long he has waited when he hears it first.
    public var after: Duration
    /// What he may choose; said in the order of `Offer`.
    public var offers: [Offer]
    /// How long after its beginning it is repeated; nil: it is said once.
    public var repeats: Duration?

    /// An offer from its parts; the factory's where nothing is said.
    public init(
        after: Duration = .seconds(20), offers: [Offer] = [.callback, .voicemail, .stay], repeats: Duration? = .seconds(30)
    ) {
        (self.after, self.offers, self.repeats) = (after, offers, repeats)
    }
}
