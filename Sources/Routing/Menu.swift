import Telephony

/// A menu's id in the configuration.
public typealias MenuID = String

/// What a caller may choose by keys (interactive voice response).
public struct Menu: Equatable, Sendable {
    /// What a key does.
    public enum Choice: Hashable, Sendable {
        /// The call goes there.
        case target(Target)
        /// The prompt of this id is said, and then the menu again: whoever wanted to know no more is served.
        case say(String)
        /// The menu is said again.
        case again
        /// The menu before this one, or this one again.
        case back
    }

    /// Where a call goes after something has not happened, or has happened too often.
    public struct Turn<Limit: Hashable & Sendable>: Hashable, Sendable {
        /// How long, or how often.
        public var limit: Limit
        /// Where it goes then.
        public var target: Target
        /// A turn from its parts.
        public init(_ limit: Limit, to target: Target) { (self.limit, self.target) = (limit, target) }
    }

    /// The id in the configuration.
    public var id: MenuID
    /// The prompt of the office that is said; nil: nothing is, and keys are waited for.
    public var prompt: String?
    /// What keys do.
    public var keys: [Digit: Choice]
    /// Whether an extension or department may be dialled: a direct call.
    public var dialsNumbers: Bool
    /// Where the call goes when nothing was pressed for so long after the prompt; nil: the prompt is said again, and at last goodbye.
    public var silence: Turn<Duration>?
    /// Where it goes after so many keys that mean nothing; nil: goodbye after three.
    public var invalid: Turn<Int>?

    /// A menu without keys.
    public init(_ id: MenuID, prompt: String? = nil) {
        (self.id, self.prompt, keys, dialsNumbers) = (id, prompt, [:], false)
    }
}
