import Telephony

/// What is known of a client when he calls: his line in the contact book, and what the look-up hook said of him.
public struct ClientCard: Equatable, Sendable {
    /// What the look-up hook said.
    public enum HookAnswer: Equatable, Sendable {
        /// No hook is set, or it was not asked.
        case notAsked
        /// It knows the client; nil: without an owner.
        case known(name: String, owner: ExtensionNumber?)
        /// It does not know him.
        case unknown
        /// It gave no answer in time, or a wrong one; why.
        case failed(Wording)
    }

    /// The contact's number in the book; nil: the number is in no contact.
    public var contact: Int?
    /// The person's name and company, and a note about him; empty where the book has none.
    public var name: String, company: String, note: String
    /// The language he speaks, ISO 639-1; nil: unknown.
    public var language: String?
    /// A preset: `vip`; nil: none.
    public var preset: String?
    /// The employee who looks after him, by the book.
    public var owner: ExtensionNumber?
    /// All his numbers in the book, the one to call first.
    public var numbers: [PhoneNumber]
    /// What the hook said.
    public var hook: HookAnswer
    /// Whether this number has talked to the office before: learnt, if not named.
    public var isFamiliar: Bool

    /// A card from its parts; without any: nothing is known.
    public init(
        contact: Int? = nil, name: String = "", company: String = "", note: String = "", language: String? = nil,
        preset: String? = nil, owner: ExtensionNumber? = nil, numbers: [PhoneNumber] = [], hook: HookAnswer = .notAsked,
        isFamiliar: Bool = false
    ) {
        (self.contact, self.name, self.company, self.note, self.language) = (contact, name, company, note, language)
        (self.preset, self.owner, self.numbers, self.hook, self.isFamiliar) = (preset, owner, numbers, hook, isFamiliar)
    }

    /// Nothing is known.
    public static let blank = ClientCard()

    /// Whether the client stands in the book or the hook knows him (`caller known`).
    public var isKnown: Bool {
        if case .known = hook { return true }
        return contact != nil
    }
}
