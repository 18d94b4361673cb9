import Configuration
import Telephony

/// `setup`: a new box asks what an office needs to answer its first call. The answers become ordinary `set` lines.
struct Interview: Equatable {
    enum Question: Int, CaseIterable {
        case language, name, timezone, hours, people, department, unanswered, menu, mailbox, number
    }

    private var answers: [Question: String] = [:]
    /// What is asked now; nil: whether it is right so.
    private(set) var question: Question? = .language

    /// The language that was answered; nil: none yet.
    var language: Language? { answers[.language].flatMap { Language(rawValue: $0) } }

    /// The question with what is meant by an empty answer, and how many there are.
    func prompt(_ office: ConfigurationDocument, _ language: Language) -> String {
        guard let question else { return Catalogue.setupConfirm.text(in: language) }
        let standard = answers[question] ?? standard(question, self.office(office), language)
        let mark = standard.isEmpty ? "" : " [\(standard)]"
        return "\(question.rawValue + 1)/\(Question.allCases.count) \(Self.wording(question).text(in: language))\(mark): "
    }

    /// What is told before the question that is asked now, a line each.
    func preface(_ office: ConfigurationDocument, _ language: Language, width: Int) -> [String] {
        switch question {
        case .unanswered:
            let choices = UnansweredRule.choices(self.office(office)).map { word, help in
                "  \(word.paddedRight(24))\(help.text(in: language))".printable.cut(width)
            }
            return [Catalogue.setupUnansweredChoices.text(in: language)] + choices
        case .menu: return [Catalogue.setupMenuExample.text(in: language)]
        case .number: return [Catalogue.setupNumberExample.text(in: language)]
        case .language, .name, .timezone, .hours, .people, .department, .mailbox: return []
        case nil:
            return lines(office) + remarks(office).flatMap { $0.text(in: language).wrapped(after: "", indent: 0, width: width) }
        }
    }

    private static func wording(_ question: Question) -> Wording {
        switch question {
        case .language: Catalogue.setupLanguage
        case .name: Catalogue.setupName
        case .timezone: Catalogue.setupTimezone
        case .hours: Catalogue.setupHours
        case .people: Catalogue.setupPeople
        case .department: Catalogue.setupDepartment
        case .unanswered: Catalogue.setupUnanswered
        case .menu: Catalogue.setupMenu
        case .mailbox: Catalogue.setupMailbox
        case .number: Catalogue.setupNumber
        }
    }

    private func standard(_ question: Question, _ office: ConfigurationDocument, _ language: Language) -> String {
        let word = { (key: String) in office.item("office")?.entries(key).first?.words.map(\.value).joined(separator: " ") }
        switch question {
        // A box that nobody has named yet speaks as whoever sits at it.
        case .language: return word("name") == nil ? language.rawValue : word("language") ?? language.rawValue
        case .name: return word("name") ?? ""
        case .timezone: return word("timezone") ?? "Europe/Moscow"
        case .hours:
            let spans = office.item("office")?.entries("hours").map { $0.words.map(\.value).joined(separator: " ") } ?? []
            return spans.isEmpty ? "mon-fri 09:00-18:00" : spans.joined(separator: "; ")
        case .people:
            let names = office.items("extension").filter { $0.path.name != "*" }
                .compactMap { $0.entries("name").first?.words.first?.value }
            return names.joined(separator: ", ")
        case .department:
            guard let name = office.displayName("department", "sales"), !Self.isFactory(name) else {
                return Catalogue.firstDepartment.text(in: self.language ?? language)
            }
            return name
        case .unanswered: return (UnansweredRule(of: office) ?? .recommended).text
        case .menu: return office.item("prompt", "hello")?.promptText ?? ""
        case .mailbox: return Catalogue.yes(Self.hasMailbox(office) ?? true).text(in: language)
        case .number:
            let number = office.items("number").compactMap(\.path.name).first { $0.hasPrefix("+") }
            let provider = office.item("trunk", "line")?.entries("peer").first?.words.first?.value
            return [number, provider].compactMap(\.self).joined(separator: " ")
        }
    }

    private static func isFactory(_ name: String) -> Bool {
        Language.allCases.contains { Catalogue.firstDepartment.text(in: $0) == name }
    }

    /// Whether the department's calls end at a machine; nil where they end nowhere.
    private static func hasMailbox(_ office: ConfigurationDocument) -> Bool? {
        guard let chain = office.item("department", "sales")?.entries("no-answer"), !chain.isEmpty else { return nil }
        return chain.contains { entry in entry.words.contains { $0.value == "voicemail" } }
    }

    /// Takes an answer; what is wrong with it.
    mutating func answer(_ text: String, _ office: ConfigurationDocument, _ language: Language) -> ConfigurationError? {
        guard let question else { return nil }
        let isEmpty = text.allSatisfy(\.isWhitespace)
        let text = isEmpty ? answers[question] ?? standard(question, self.office(office), language) : text
        var trial = self
        trial.answers[question] = text
        if question == .mailbox, Catalogue.isYes(text) == nil {
            return ConfigurationError(line: nil, text: Catalogue.unknownWord(text), hint: Catalogue.oneOf(Catalogue.yesOrNo))
        }
        var document = self.office(office)
        for line in trial.lines(question, office) {
            let (after, error) = document.after(line)
            if let error { return error }
            document = after
        }
        self = trial
        self.question = Question(rawValue: question.rawValue + 1)
        return nil
    }

    /// Asks again.
    mutating func ask(_ number: Int) -> Bool {
        guard let question = Question(rawValue: number - 1) else { return false }
        self.question = question
        return true
    }

    /// What may be typed behind these words: only a target has words of its own.
    func expectations(after words: [String], _ office: ConfigurationDocument) -> [Expectation] {
        guard question == .unanswered else { return [] }
        let line = "set extension * no-answer after 30s to \(TypedLine.joined(words.filter { duration($0) == nil })) "
        return office.schema.expectations(after: office.schema.completed(line))
    }

    // MARK: Lines

    /// All answers as lines of the configuration.
    func lines(_ office: ConfigurationDocument) -> [String] { Question.allCases.flatMap { lines($0, office) } }

    /// The office with those answers that say who is in it.
    func office(_ office: ConfigurationDocument) -> ConfigurationDocument {
        let lines = [Question.people, .department].flatMap { self.lines($0, office) }
        return lines.reduce(office) { $0.after($1).document }
    }

    private func remarks(_ office: ConfigurationDocument) -> [Wording] {
        guard isChanged(.unanswered, office), let text = answers[.unanswered] else { return [] }
        let office = self.office(office)
        return UnansweredRule(text, in: office).remarks(office)
    }

    /// Whether an answer is another one than what is set: what is set in more lines than an answer has stays as it is.
    private func isChanged(_ question: Question, _ office: ConfigurationDocument) -> Bool {
        guard let text = answers[question] else { return false }
        switch question {
        case .hours: return office.item("office")?.entries("hours").isEmpty != false || text != standard(.hours, office, .en)
        case .unanswered: return UnansweredRule(of: office)?.text != text
        case .mailbox: return Self.hasMailbox(office) != Catalogue.isYes(text)
        case .people, .menu, .number: return text != standard(question, office, .en)
        case .language, .name, .timezone, .department: return true
        }
    }

    private func lines(_ question: Question, _ office: ConfigurationDocument) -> [String] {
        guard let text = answers[question], !text.isEmpty, isChanged(question, office) else { return [] }
        let quoted = TypedLine.quoted
        switch question {
        case .language: return ["set office language \(text)"]
        case .name: return ["set office name \(quoted(text))"]
        case .timezone: return ["set office timezone \(text)"]
        case .hours:
            // Hours add up; an answer replaces them.
            let had = office.item("office")?.entries("hours").isEmpty == false
            return (had ? ["delete office hours"] : []) + Self.parts(text, ";").map { "set office hours \($0)" }
        case .people:
            return Self.parts(text, ",").enumerated().flatMap { index, name -> [String] in
                ["set extension \(101 + index) name \(quoted(name))", "set department sales member \(101 + index)"]
            }
        case .department:
            let box = office.displayName("voicemail", "sales").map(Self.isFactory) == true
            return ["set department sales name \(quoted(text))"] + (box ? ["set voicemail sales name \(quoted(text))"] : [])
        case .unanswered:
            let office = self.office(office)
            return UnansweredRule(text, in: office).lines(office)
        case .menu:
            // Without a menu calls go where people are.
            guard text != "-" else { return ["set scheme office otherwise to department sales"] }
            return [
                "set prompt hello text \(quoted(text))",
                "set menu main prompt hello key 1 to department sales silence 5s to department sales extensions on",
                "set scheme office otherwise to menu main",
            ]
        case .mailbox:
            return ["set department sales no-answer after 1m to \(Catalogue.isYes(text) == true ? "voicemail sales" : "busy")"]
        case .number: return numberLines(text)
        }
    }

    /// The last word is the provider's address where it has a dot or a colon and something before it.
    private func numberLines(_ text: String) -> [String] {
        var words = text.split(separator: " ").map(String.init)
        let isPeer = words.count > 1 && words.last?.contains { $0 == "." || $0 == ":" } == true
        let peer = isPeer ? words.popLast() : nil
        let number = TypedLine.quoted(words.joined(separator: " "))
        let trunk = peer.map { ["set trunk line peer \($0)", "set route out mask ######* trunk line"] } ?? []
        let otherwise = (answers[.menu] ?? "").isEmpty ? ["set scheme office otherwise to department sales"] : []
        return ["set number \(number)\(peer == nil ? "" : " trunk line") scheme office"] + otherwise + trunk
    }

    /// What stands between separators.
    private static func parts(_ text: String, _ separator: Character) -> [String] {
        text.split(separator: separator).map { String($0.drop { $0 == " " }).trimmedEnd }.filter { !$0.isEmpty }
    }
}

extension ConsoleSession {
    /// The language that the interview is held in: whoever sits there has said it, or the first answer has.
    func tongue(_ state: Interview, _ runner: CommandRunner) -> Language { language ?? state.language ?? runner.language }

    /// One answer of the interview; `exit` leaves it.
    mutating func interview(_ state: Interview, _ line: String, _ runner: CommandRunner) -> ConsoleAnswer {
        var state = state
        let tongue = tongue(state, runner), document = runner.view.document
        let text = String(line.drop { $0 == " " }).trimmedEnd
        if ["exit", "."].contains(text) {
            mode = .operational
            return ConsoleAnswer(Catalogue.setupLeft.text(in: tongue) + "\n")
        }
        guard state.question == nil else {
            if let error = state.answer(text, document, tongue) {
                let told = "\(error.text.text(in: tongue))\n   \(error.hint.text(in: tongue))\n"
                return ConsoleAnswer(told, isFault: true)
            }
            return go(on: state, runner)
        }
        if let number = Int(text), state.ask(number) { return go(on: state, runner) }
        guard text.isEmpty || Catalogue.isYes(text) == true else {
            return ConsoleAnswer(Catalogue.setupConfirm.text(in: tongue) + "\n", isFault: true)
        }
        return putInForce(state, runner)
    }

    private mutating func go(on state: Interview, _ runner: CommandRunner) -> ConsoleAnswer {
        mode = .interview(state)
        let lines = state.preface(runner.view.document, tongue(state, runner), width: width)
        return ConsoleAnswer(lines.map { $0 + "\n" }.joined())
    }

    /// What is refused may be answered again.
    private mutating func putInForce(_ state: Interview, _ runner: CommandRunner) -> ConsoleAnswer {
        let lines = state.lines(runner.view.document)
        do throws(CommandFailure) {
            let text = lines.joined(separator: "\n")
            var answer = ConsoleAnswer(try runner.apply(text, replace: false, check: false, comment: "setup"))
            guard !answer.isFault else { return answer }
            mode = .operational
            // A menu that says nothing would be worse than none: its words are spoken at once.
            if lines.contains(where: { $0.hasPrefix("set prompt hello text") }) {
                answer.turn = .perform(["prompt", "say", "hello"])
            }
            return answer
        } catch { return ConsoleAnswer(runner.say(error.text) + "\n", isFault: true) }
    }
}
