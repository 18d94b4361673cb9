import Configuration
import Telephony

/// Where a call goes that a person does not take, as `setup` is told it: `30s department sales`, `102`, `voicemail`. It is a rule for
/// everybody, and another one for whom it would send back to himself.
struct UnansweredRule: Equatable {
    /// How long it rings first.
    private(set) var time = "30s"
    /// Who gets it then, in the words of the configuration; `voicemail` alone: everybody's own box.
    private(set) var target: [String]

    /// Why somebody has another rule than the others.
    private enum Exception: Equatable {
        case colleague(String), ownBox, department(String)
    }

    /// Reads an answer; what is no target is for the loader to complain about.
    init(_ answer: String, in office: ConfigurationDocument) {
        var words = (TypedLine.words(answer) ?? [answer]).filter { $0 != "after" && $0 != "to" }
        if let index = words.firstIndex(where: { duration($0) != nil }) { time = words.remove(at: index) }
        target = Self.target(words, in: office)
    }

    /// What is offered first.
    static let recommended = UnansweredRule(target: ["department", "sales"])

    private init(target: [String]) { self.target = target }

    /// The rule that is set already; nil where nothing is.
    init?(of office: ConfigurationDocument) {
        let people = Self.people(office)
        let own = people.map { Self.words(office, $0) }
        if !people.isEmpty, zip(people, own).allSatisfy({ Array($1.suffix(2)) == ["voicemail", $0] }) {
            self.init(target: ["voicemail"])
            time = own[0].dropFirst().first ?? time
        } else {
            let common = Self.words(office, "*")
            guard common.count > 3 else { return nil }
            self.init(target: Array(common[3...]))
            time = common[1]
        }
    }

    /// As it is typed.
    var text: String { "\(time) \(TypedLine.joined(target))" }

    /// `after 30s to department sales`, the first of a chain.
    private static func words(_ office: ConfigurationDocument, _ person: String) -> [String] {
        office.item("extension", person)?.entries("no-answer").first?.words.map(\.value) ?? []
    }

    private static func people(_ office: ConfigurationDocument) -> [String] {
        office.items("extension").compactMap(\.path.name).filter { $0 != "*" }
    }

    /// Objects may be said by what people call them: `102`, `sales`, `Отдел продаж`, `+79161234567`.
    private static func target(_ words: [String], in office: ConfigurationDocument) -> [String] {
        let text = words.joined(separator: " ").lowercased()
        let department = office.items("department").compactMap(\.path.name).first {
            $0.lowercased() == text || office.displayName("department", $0)?.lowercased() == text
        }
        if let department { return ["department", department] }
        if words.count == 1, text != "*", office.item("extension", text) != nil { return ["extension", text] }
        if text.hasPrefix("+") { return ["external", words.joined()] }
        let head = "set extension * no-answer after 30s to "
        let line = TypedLine.words(office.schema.completed(head + TypedLine.joined(words))) ?? []
        return Array(line.dropFirst(7))
    }

    /// Everybody who rings in a department, those too who join later.
    private static func members(_ department: String, _ office: ConfigurationDocument) -> Set<String> {
        let item = office.item("department", department)
        let members = item?.entries("member").compactMap { $0.words.first?.value } ?? []
        return Set(members + (item?.entries("add").compactMap { $0.words.dropFirst().first?.value } ?? []))
    }

    private func exceptions(_ office: ConfigurationDocument) -> [(person: String, why: Exception)] {
        let people = Self.people(office)
        let name = target.dropFirst().first ?? ""
        return people.compactMap { person in
            switch target.first {
            case "voicemail" where target.count == 1: return (person, .ownBox)
            case "department" where Self.members(name, office) == [person]:
                return (person, people.first { $0 != person }.map { .colleague($0) } ?? .ownBox)
            case "extension" where name == person:
                let others = Self.members("sales", office).subtracting([person])
                return (person, others.isEmpty ? .ownBox : .department("sales"))
            default: return nil
            }
        }
    }

    /// It as lines of the configuration. Rules of people's own would be in its way and are taken away.
    func lines(_ office: ConfigurationDocument) -> [String] {
        let exceptions = exceptions(office)
        let own = Self.people(office).filter { person in
            !Self.words(office, person).isEmpty && !exceptions.contains { $0.person == person }
        }
        let rule = { (person: String, target: [String]) in
            "set extension \(person) no-answer after \(time) to \(TypedLine.joined(target))"
        }
        let common = target == ["voicemail"] ? [] : [rule("*", target)]
        return own.map { "delete extension \($0) no-answer" } + common
            + exceptions.map { person, why in
                switch why {
                case .colleague(let colleague): rule(person, ["extension", colleague])
                case .ownBox: rule(person, ["voicemail", person])
                case .department(let id): rule(person, ["department", id])
                }
            }
    }

    /// Why some lines are other than what was answered.
    func remarks(_ office: ConfigurationDocument) -> [Wording] {
        if target == ["voicemail"] { return [] }
        return exceptions(office).map { person, why in
            switch why {
            case .colleague(let colleague): Catalogue.setupAlone(person, colleague: colleague)
            case .ownBox: Catalogue.setupNobodyElse(person)
            case .department: Catalogue.setupHimself(person)
            }
        }
    }

    /// What there is to choose from, the best first, with the office's own people.
    static func choices(_ office: ConfigurationDocument) -> [(word: String, help: Wording)] {
        let people = Self.people(office)
        let colleague = people.dropFirst().first ?? people.first ?? "102"
        let name = office.displayName("department", "sales") ?? "sales"
        return [
            ("department sales", Catalogue.setupToDepartment(name)),
            ("extension \(colleague)", Catalogue.setupToColleague(office.displayName("extension", colleague) ?? "")),
            ("voicemail", Catalogue.setupToVoicemail), ("external +79161234567", Catalogue.setupToExternal),
            ("prompt ID", Catalogue.setupToPrompt), ("busy", Catalogue.setupToBusy),
        ]
    }
}
