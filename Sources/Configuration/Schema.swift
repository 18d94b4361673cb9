import Telephony

/// The configuration language as a value: what may be written, how it is printed, and what `?` says about it.
public struct Schema: Equatable, Sendable {
    /// In canonical order.
    public var sections: [Section]
    /// Section words of the language that this version does not do.
    public var later: [String]

    /// A schema from its parts.
    public init(sections: [Section], later: [String]) { (self.sections, self.later) = (sections, later) }

    /// The section that begins with this word.
    public func section(_ word: String) -> Section? { sections.first { $0.word == word } }

    /// One section: `office`, or all objects of a kind, `extension`.
    public struct Section: Equatable, Sendable {
        /// Its word.
        public var word: String
        /// What it is.
        public var help: Wording
        /// How its objects are named; nil: there is one, without a name.
        public var name: Value?
        /// Whether the order in which its objects were written means something; else they are printed by name.
        public var isOrdered: Bool
        /// In canonical order.
        public var keys: [Key]
        /// Keys of the language that this version does not do.
        public var later: [String]

        /// The key of this word.
        public func key(_ word: String) -> Key? { keys.first { $0.word == word } }
    }

    /// How many lines of one key an object may have.
    public enum Cardinality: Equatable, Sendable {
        /// One; a later line replaces it.
        case one
        /// Several that add up, each once.
        case several
        /// Several that are one ordered whole: the first of them in a text replaces what was there before the text.
        case chain
        /// Several, told apart by their first word; a later line with the same replaces it.
        case named
        /// Two: one that says `on` or `off`, and one of details; a later line of its kind replaces it.
        case switched
    }

    /// One setting of an object.
    public struct Key: Equatable, Sendable {
        /// Its word.
        public var word: String
        /// What it sets.
        public var help: Wording
        /// How many lines.
        public var cardinality: Cardinality
        /// What follows the word.
        public var pattern: [Element]
        /// The words that hold where nothing is set; nil: nothing does.
        public var standard: String?
        /// Whether it is printed on the line of the key before it.
        public var joins: Bool
        /// Keys that it replaces: only one of them can hold.
        public var excludes: [String]
        /// Whether it may be given for `*`, all objects of the section.
        public var isInheritable: Bool
    }

    /// One part of what follows a key.
    public indirect enum Element: Equatable, Sendable {
        /// This very word.
        case word(String, Wording)
        /// A value.
        case value(Value)
        /// One or more values.
        case some(Value)
        /// One or more values, up to the end or one of these words.
        case several(Value, before: [String])
        /// One or more values with this word between them.
        case separated(by: String, Wording, Value)
        /// All of these or nothing; known by its first word.
        case optional([Element])
        /// One or more clauses with this word between them; and those of the language that this version does not do.
        case clauses(by: String, Wording, [Clause], later: [String])
        /// Exactly one of these clauses.
        case oneOf([Clause])
        /// A quoted text, or nothing.
        case note(Value)
        /// A value, or nothing where one of these words follows.
        case maybe(Value, before: [String])
    }

    /// A word and what follows it.
    public struct Clause: Equatable, Sendable {
        /// Its word.
        public var word: String
        /// What it means.
        public var help: Wording
        /// What follows.
        public var pattern: [Element]
    }

    /// A place for a value.
    public struct Value: Equatable, Sendable {
        /// How help and errors call it: `DUR`, `NAME`.
        public var label: String
        /// What is accepted.
        public var form: Form
        /// What it means.
        public var help: Wording
        /// The section whose objects it names, for completion.
        public var names: String?

        /// A place for a value.
        public init(_ label: String, _ form: Form, _ help: Wording, names: String? = nil) {
            (self.label, self.form, self.help, self.names) = (label, form, help, names)
        }

        /// The same place, where objects of `section` are named.
        func naming(_ section: String) -> Self { Self(label, form, help, names: section) }
    }

    /// A word that may be chosen.
    public struct Choice: Equatable, Sendable {
        /// The word.
        public var word: String
        /// What it means.
        public var help: Wording
        /// A choice from its parts.
        public init(_ word: String, _ help: Wording) { (self.word, self.help) = (word, help) }
    }

    /// The form of a value.
    public enum Form: Equatable, Sendable {
        /// TEXT; printed in quotes.
        case text
        /// Who is told of something: an extension, or `email:`, `telegram:`, `webhook:` and an address.
        case recipient
        /// A way out of the office for notices, or an address that one needs.
        case outreach(OutreachForm)
        /// Some digits that nobody else shall know; printed like a password.
        case pin
        /// Room on the disk: `500mb`, `2gb`.
        case size
        /// A password: printable ASCII without spaces; printed in quotes or masked.
        case secret
        /// A person's password, of any letters; kept as its hash, printed masked.
        case password
        /// Latin letters, digits, `-`.
        case id
        /// An extension's number; with `all`, also `*`.
        case internalNumber(all: Bool)
        /// A member of a department: an extension's number, or `external:` and a telephone number.
        case member
        /// `unknown`, `known`, `anonymous`, or a number.
        case caller
        /// A date and a time of day: `2026-11-23T12:00`.
        case dateAndTime
        /// `default`, `none`, or a prompt's name.
        case announcement
        /// The name of a WAV file without its folder: `closed.wav`.
        case soundFile
        /// A telephone number as people write it.
        case number
        /// A number mask.
        case mask
        /// Digits to dial.
        case digits
        /// Digits that numbers in the international form begin with.
        case prefix
        /// A language code of ISO 639-1: two small letters.
        case language
        /// A length of time, in seconds.
        case duration(ClosedRange<Int>)
        /// A length of time, in milliseconds.
        case milliseconds(ClosedRange<Int>)
        /// An address of HTTP.
        case url
        /// A whole number.
        case integer(ClosedRange<Int>)
        /// One of some words; and those of the language that this version does not do.
        case choice([Choice], later: [String])
        /// An address, with or without a port.
        case peer
        /// An address and a port.
        case endpoint
        /// A range of ports.
        case ports
        /// A domain name or address.
        case host
        /// A name of the time-zone database.
        case timezone
        /// Days of the week: `mon-fri`, `sat,sun`, `daily`.
        case days
        /// A span of the day: `09:00-18:00`; it may cross midnight.
        case span
        /// The end of something: a date, or a date and time `2026-12-31T18:00`.
        case moment
        /// A time of day: `10:00`.
        case clock
        /// How long something is kept, in days: `90d`, `3y`.
        case age(ClosedRange<Int>)
        /// A date, or with `range` also two: `2026-12-31..2027-01-08`.
        case date(range: Bool)
        /// Where a call may go: one of these kinds; and those of the language that this version does not do.
        case target([TargetKind], later: [String])
    }

    /// A kind of target and what follows its word.
    public struct TargetKind: Equatable, Sendable {
        /// Its word.
        public var word: String
        /// What it does.
        public var help: Wording
        /// What follows; nil: nothing.
        public var value: Value?
    }
}
