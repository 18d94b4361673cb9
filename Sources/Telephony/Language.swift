/// A language that everything a user reads exists in.
public enum Language: String, Sendable, CaseIterable {
    case ru, en

    /// The form of a word that goes with `count`: Russian has three (1 звонок, 2 звонка, 5 звонков), English two (`few` is unused).
    public func plural<Form>(_ count: Int, one: Form, few: Form, many: Form) -> Form {
        let last = count.magnitude % 100
        switch self {
        case .en:
            return count == 1 ? one : many
        case .ru:
            if (11...14).contains(last) { return many }
            switch last % 10 {
            case 1: return one
            case 2...4: return few
            default: return many
            }
        }
    }
}

/// One text in every language.
public struct Wording: Equatable, Sendable {
    private let ru: String, en: String

    /// A text in both languages.
    public init(ru: String, en: String) { (self.ru, self.en) = (ru, en) }

    /// The text in one language.
    public func text(in language: Language) -> String {
        switch language {
        case .ru: ru
        case .en: en
        }
    }
}

/// Everything a user reads, both languages side by side; the folder `Catalogue` holds it by subject.
public enum Catalogue {}
