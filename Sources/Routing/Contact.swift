import Telephony

/// A client in the contact book.
public struct Contact: Equatable, Sendable {
    /// His number in the book, counted from 1; 0: not in it yet.
    public var id: Int
    /// The person's name and company, and a note about him.
    public var name: String, company: String, note: String
    /// The language he speaks, ISO 639-1; nil: unknown.
    public var language: String?
    /// A preset: `vip`; nil: none.
    public var preset: String?
    /// The employee who looks after him.
    public var owner: ExtensionNumber?
    /// His numbers as written; the first is the one to call.
    public var numbers: [PhoneNumber]
    /// When he came into the book: milliseconds since 1970 UTC.
    public var madeAt: Int64
    /// Made by the exchange for a number that was new to it, and not touched by a person or an import since.
    public var isProvisional: Bool
    /// Who talked to him first and last.
    public var firstEmployee: ExtensionNumber?, lastEmployee: ExtensionNumber?

    /// A contact from its parts; without any: an empty one.
    public init(
        id: Int = 0, name: String = "", company: String = "", note: String = "", language: String? = nil,
        preset: String? = nil, owner: ExtensionNumber? = nil, numbers: [PhoneNumber] = [], madeAt: Int64 = 0,
        isProvisional: Bool = false, firstEmployee: ExtensionNumber? = nil, lastEmployee: ExtensionNumber? = nil
    ) {
        (self.id, self.name, self.company, self.note, self.language) = (id, name, company, note, language)
        (self.preset, self.owner, self.numbers, self.madeAt) = (preset, owner, numbers, madeAt)
        (self.isProvisional, self.firstEmployee, self.lastEmployee) = (isProvisional, firstEmployee, lastEmployee)
    }

    /// Takes over what an entry says; numbers it names come first, those it does not name stay.
    public mutating func take(_ entry: ContactEntry) {
        name = entry.name ?? name
        company = entry.company ?? company
        note = entry.note ?? note
        if let word = entry.language { language = word.isEmpty ? nil : word }
        if let word = entry.preset { preset = word.isEmpty ? nil : word }
        if let word = entry.owner { owner = word.isEmpty ? nil : word }
        numbers = entry.numbers + numbers.filter { !entry.numbers.contains($0) }
        isProvisional = false
    }

    /// He talked to an employee, who becomes his owner where the rule says so. The same talk told twice changes nothing more.
    public mutating func meet(_ employee: ExtensionNumber, _ learning: OwnerLearning) {
        firstEmployee = firstEmployee ?? employee
        lastEmployee = employee
        switch learning {
        case .onAnswer: if isProvisional { owner = owner ?? employee }
        case .first: owner = owner ?? firstEmployee
        case .last: owner = employee
        case .off: break
        }
    }

    /// What a call is told of him. Who was only met has no line that `caller known` would see.
    public var card: ClientCard {
        ClientCard(
            contact: isProvisional ? nil : id, name: name, company: company, note: note, language: language, preset: preset,
            owner: owner, numbers: numbers, isFamiliar: lastEmployee != nil)
    }
}

/// What an import or a command says of one contact. Nil: as it was; an empty text takes away what was there.
public struct ContactEntry: Equatable, Sendable {
    /// At least one; whoever has one of them already is the contact that is meant.
    public var numbers: [PhoneNumber]
    /// See `Contact`.
    public var name: String?, company: String?, note: String?, language: String?, preset: String?, owner: String?

    /// An entry that says nothing but the numbers.
    public init(_ numbers: [PhoneNumber]) { self.numbers = numbers }
}

/// How many contacts an import made and changed.
public struct ContactTally: Equatable, Sendable {
    /// New ones, and those that were there.
    public var added: Int, changed: Int

    /// A tally from its parts.
    public init(added: Int = 0, changed: Int = 0) { (self.added, self.changed) = (added, changed) }
}

/// Contacts that fit a search, a page of them.
public struct ContactPage: Equatable, Sendable {
    /// By name.
    public var contacts: [Contact]
    /// How many fit altogether.
    public var total: Int

    /// A page from its parts.
    public init(contacts: [Contact], total: Int) { (self.contacts, self.total) = (contacts, total) }
}

extension String {
    /// For searching: small letters, ё as е.
    public var folded: String {
        String(lowercased().map { $0 == "ё" ? "е" : $0 })
    }
}
