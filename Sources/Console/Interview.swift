import Configuration
import Telephony

/// `setup`: a new box asks what an office needs to answer its first call. The answers become ordinary `set` lines.
struct Interview: Equatable {
    enum Question: Int, CaseIterable {
        case language, name, timezone, hours, people, department, menu, mailbox, number, provider
    }

    private var answers: [Question: String] = [:]
    /// What is asked now; nil: whether it is right so.
    private(set) var question: Question? = .language

    /// The question with what is meant by an empty answer, and how many there are.
    func prompt(_ office: ConfigurationDocument, _ language: Language) -> String {
        guard let question else { return Catalogue.setupConfirm.text(in: language) }
        let standard = answers[question] ?? Self.standard(question, office)
        let mark = standard.isEmpty ? "" : " [\(standard)]"
        return "\(question.rawValue + 1)/\(Question.allCases.count) \(Catalogue.setup(question).text(in: language))\(mark): "
    }

    private static func standard(_ question: Question, _ office: ConfigurationDocument) -> String {
        let word = { (key: String) in office.item("office")?.entries(key).first?.words.map(\.value).joined(separator: " ") }
        switch question {
        case .language: return word("language") ?? "ru"
        case .name: return word("name") ?? ""
        case .timezone: return word("timezone") ?? "Europe/Moscow"
        case .hours: return word("hours") ?? "mon-fri 09:00-18:00"
        case .people:
            let names = office.items("extension").filter { $0.path.name != "*" }
                .compactMap { $0.entries("name").first?.words.first?.value }
            return names.joined(separator: ", ")
        case .department: return office.displayName("department", "sales") ?? "Отдел продаж"
        case .menu: return office.item("prompt", "hello")?.promptText ?? ""
        case .mailbox: return word("language") == "en" ? "yes" : "да"
        case .number: return office.items("number").compactMap(\.path.name).first { $0.hasPrefix("+") } ?? ""
        case .provider: return office.item("trunk", "line")?.entries("peer").first?.words.first?.value ?? ""
        }
    }

    /// Takes an answer; what is wrong with it. The provider is asked for only where there is a number.
    mutating func answer(_ text: String, _ office: ConfigurationDocument) -> ConfigurationError? {
        guard let question else { return nil }
        let text = text.allSatisfy(\.isWhitespace) ? answers[question] ?? Self.standard(question, office) : text
        var trial = answers
        trial[question] = text
        if question == .mailbox, Self.isYes(text) == nil { return Self.neither(text) }
        var document = office
        for line in Self.lines(question, trial) {
            let (after, error) = document.after(line)
            if let error { return error }
            document = after
        }
        answers = trial
        let next = Question(rawValue: question.rawValue + 1)
        self.question = next == .provider && (answers[.number] ?? "").isEmpty ? nil : next
        return nil
    }

    /// Nil where it is neither.
    private static func isYes(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "y", "yes", "д", "да": true
        case "n", "no", "н", "нет": false
        default: nil
        }
    }

    private static func neither(_ text: String) -> ConfigurationError {
        ConfigurationError(line: nil, text: Catalogue.unknownWord(text), hint: Catalogue.oneOf(["да", "нет", "yes", "no"]))
    }

    /// Asks again.
    mutating func ask(_ number: Int) -> Bool {
        guard let question = Question(rawValue: number - 1) else { return false }
        self.question = question
        return true
    }

    /// All answers as lines of the configuration.
    var lines: [String] { Question.allCases.flatMap { Self.lines($0, answers) } }

    private static func lines(_ question: Question, _ answers: [Question: String]) -> [String] {
        guard let text = answers[question], !text.isEmpty else { return [] }
        let quoted = TypedLine.quoted
        switch question {
        case .language: return ["set office language \(text)"]
        case .name: return ["set office name \(quoted(text))"]
        case .timezone: return ["set office timezone \(text)"]
        case .hours: return ["set office hours \(text)"]
        case .people:
            return text.split(separator: ",").enumerated().flatMap { index, name -> [String] in
                let (number, name) = (101 + index, name.drop { $0 == " " })
                return ["set extension \(number) name \(quoted(String(name)))", "set department sales member \(number)"]
            }
        case .department: return ["set department sales name \(quoted(text))"]
        case .menu:
            // Without a menu calls go where people are.
            guard text != "-" else { return ["set scheme office otherwise to department sales"] }
            return [
                "set prompt hello text \(quoted(text))",
                "set menu main prompt hello key 1 to department sales silence 5s to department sales extensions on",
                "set scheme office otherwise to menu main",
            ]
        case .mailbox:
            let target = isYes(text) == true ? "voicemail sales" : "busy"
            return ["set department sales no-answer after 1m to \(target)"]
        case .number:
            let trunk = (answers[.provider] ?? "").isEmpty ? "" : " trunk line"
            let line = "set number \(quoted(text))\(trunk) scheme office"
            let hasMenu = (answers[.menu] ?? "").isEmpty == false
            return hasMenu ? [line] : [line, "set scheme office otherwise to department sales"]
        case .provider:
            return ["set trunk line peer \(text)", "set route out mask ######* trunk line"]
        }
    }
}

extension ConsoleSession {
    /// One answer of the interview; `exit` leaves it.
    mutating func interview(_ state: Interview, _ line: String, _ runner: CommandRunner) -> ConsoleAnswer {
        var state = state
        let text = String(line.drop { $0 == " " }).trimmedEnd
        if ["exit", "."].contains(text) {
            mode = .operational
            return ConsoleAnswer(runner.say(Catalogue.setupLeft) + "\n")
        }
        guard state.question == nil else {
            if let error = state.answer(text, runner.view.document) {
                mode = .interview(state)
                return ConsoleAnswer("\(runner.say(error.text))\n   \(runner.say(error.hint))\n", isFault: true)
            }
            mode = .interview(state)
            return ConsoleAnswer(state.question == nil ? state.lines.map { $0 + "\n" }.joined() : "")
        }
        if let number = Int(text), state.ask(number) {
            mode = .interview(state)
            return ConsoleAnswer()
        }
        guard ["", "y", "yes", "д", "да"].contains(text.lowercased()) else {
            return ConsoleAnswer(runner.say(Catalogue.setupConfirm) + "\n", isFault: true)
        }
        mode = .operational
        let start = Self.withoutHours(runner.view.document, state.lines)
        do throws(CommandFailure) {
            var answer = ConsoleAnswer(try runner.apply(start, replace: false, check: false, comment: "setup"))
            // A menu that says nothing would be worse than none: its words are spoken at once.
            let isMenuSet = state.lines.contains { $0.hasPrefix("set prompt hello text") }
            if isMenuSet, !answer.isFault { answer.turn = .perform(["prompt", "say", "hello"]) }
            return answer
        } catch { return ConsoleAnswer(runner.say(error.text) + "\n", isFault: true) }
    }

    /// Hours add up; an answer replaces them.
    private static func withoutHours(_ office: ConfigurationDocument, _ lines: [String]) -> String {
        let had = office.item("office")?.entries("hours").isEmpty == false && lines.contains { $0.hasPrefix("set office hours") }
        return ((had ? ["delete office hours"] : []) + lines).joined(separator: "\n")
    }
}

extension Catalogue {
    /// A question of the interview.
    static func setup(_ question: Interview.Question) -> Wording {
        switch question {
        case .language: Wording(ru: "Язык подсказок и отчётов, ru или en", en: "Language of prompts and reports, ru or en")
        case .name: Wording(ru: "Название организации", en: "Name of the company")
        case .timezone: Wording(ru: "Часовой пояс", en: "Time zone")
        case .hours: Wording(ru: "Часы работы", en: "Working hours")
        case .people:
            Wording(ru: "Сотрудники через запятую, номера с 101", en: "Employees, with commas between; numbers from 101")
        case .department: Wording(ru: "Кто отвечает на звонки: название отдела", en: "Who answers calls: the department's name")
        case .menu:
            Wording(
                ru: "Голосовое меню: что сказать звонящему (1 — отдел, или номер сотрудника); «-» — без меню",
                en: "Voice menu: what callers are told (1: the department, or an extension); -: no menu")
        case .mailbox: Wording(ru: "Автоответчик, если никто не взял трубку", en: "Answering machine when nobody answers")
        case .number: Wording(ru: "Городской номер; пусто — пока нет", en: "Telephone number; empty: none yet")
        case .provider: Wording(ru: "Адрес оператора связи: 192.0.2.10:5060", en: "The provider's address: 192.0.2.10:5060")
        }
    }
    /// After the last answer.
    static let setupConfirm = Wording(
        ru: "Включить? Enter — да, номер — ответить снова, exit — оставить как было ",
        en: "Put in force? Enter: yes, a number: answer again, exit: leave all as it was ")
    /// Left without a change.
    static let setupLeft = Wording(ru: "ничего не изменено", en: "nothing was changed")
    /// `setup`.
    static let helpSetup = Wording(
        ru: "новая станция: десять вопросов до первого звонка", en: "a new box: ten questions to the first call")
}
