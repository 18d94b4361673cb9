// What `setup` asks.

extension Catalogue {
    /// The department that a new box has.
    public static let firstDepartment = Wording(ru: "Отдел продаж", en: "Sales")

    // Questions.

    /// The language of everything that is read and said.
    public static let setupLanguage = Wording(
        ru: "Язык подсказок и отчётов, ru или en", en: "Language of prompts and reports, ru or en")
    /// Who the office is.
    public static let setupName = Wording(ru: "Название организации", en: "Name of the company")
    /// Its time zone.
    public static let setupTimezone = Wording(ru: "Часовой пояс", en: "Time zone")
    /// When it works.
    public static let setupHours = Wording(
        ru: "Часы работы, несколько — через «;»", en: "Working hours, several with ; between")
    /// Who works there.
    public static let setupPeople = Wording(
        ru: "Сотрудники через запятую, номера с 101", en: "Employees, with commas between; numbers from 101")
    /// Who answers.
    public static let setupDepartment = Wording(
        ru: "Кто отвечает на звонки: название отдела", en: "Who answers calls: the department's name")
    /// Who gets a call that a person does not take.
    public static let setupUnanswered = Wording(
        ru: "Сотрудник не взял трубку: когда и куда дальше", en: "An employee does not answer: when, and where to")
    /// What callers hear.
    public static let setupMenu = Wording(ru: "Голосовое меню: что сказать", en: "Voice menu: what callers are told")
    /// The department's machine.
    public static let setupMailbox = Wording(
        ru: "Автоответчик, если не взял никто", en: "Answering machine when nobody at all answers")
    /// The way in from outside.
    public static let setupNumber = Wording(
        ru: "Городской номер и адрес оператора связи", en: "Telephone number and the provider's address")

    // What is told before a question.

    /// Before `setupUnanswered`.
    public static let setupUnansweredChoices = Wording(
        ru: "Звонок сотруднику, который не берёт трубку, может получить:",
        en: "A call to an employee who does not answer may go to:")
    /// One of them: everybody who is in it.
    public static func setupToDepartment(_ name: String) -> Wording {
        Wording(ru: "\(name): ответят коллеги (рекомендуем)", en: "\(name): colleagues answer (recommended)")
    }
    /// One of them: a colleague.
    public static func setupToColleague(_ name: String) -> Wording {
        Wording(ru: "один коллега\(name.isEmpty ? "" : ", \(name)")", en: "one colleague\(name.isEmpty ? "" : ", \(name)")")
    }
    /// One of them: everybody's own box.
    public static let setupToVoicemail = Wording(
        ru: "автоответчик самого сотрудника", en: "the employee's own answering machine")
    /// One of them: away from the office.
    public static let setupToExternal = Wording(ru: "внешний номер", en: "a number outside")
    /// One of them: a prompt that the office has made.
    public static let setupToPrompt = Wording(ru: "сообщение, затем отбой", en: "a prompt, then the call ends")
    /// One of them: as it is without a rule.
    public static let setupToBusy = Wording(ru: "короткие гудки", en: "busy tone")
    /// Before `setupMenu`.
    public static let setupMenuExample = Wording(
        ru: "После этих слов 1 — отдел, или номер сотрудника; «-» — без меню.",
        en: "After these words 1 is the department, or an extension; -: no menu.")
    /// Before `setupNumber`.
    public static let setupNumberExample = Wording(
        ru: "Например: +74951234567 192.0.2.10:5060; пусто — пока без города.",
        en: "For example: +74951234567 192.0.2.10:5060; empty: none yet.")

    // After the last answer.

    /// Why somebody's rule is not everybody's: he is the department.
    public static func setupAlone(_ person: String, colleague: String) -> Wording {
        Wording(
            ru: "Кроме \(person) в отделе никого: если не возьмёт \(person), звонит \(colleague).",
            en: "There is nobody in the department but \(person): when \(person) does not answer, \(colleague) rings.")
    }
    /// Why somebody's rule is not everybody's: there is nobody else.
    public static func setupNobodyElse(_ person: String) -> Wording {
        Wording(
            ru: "Передать звонки \(person) некому, их примет автоответчик.",
            en: "There is nobody else to answer for \(person): an answering machine does.")
    }
    /// Why somebody's rule is not everybody's: it would send him to himself.
    public static func setupHimself(_ person: String) -> Wording {
        Wording(ru: "За самого \(person) ответит отдел.", en: "For \(person) itself the department answers.")
    }
    /// After the last answer.
    public static let setupConfirm = Wording(
        ru: "Включить? Enter — да, номер — ответить снова, exit — оставить как было ",
        en: "Put in force? Enter: yes, a number: answer again, exit: leave all as it was ")
    /// Left without a change.
    public static let setupLeft = Wording(ru: "ничего не изменено", en: "nothing was changed")
    /// `setup`.
    public static let helpSetup = Wording(
        ru: "новая станция: десять вопросов до первого звонка", en: "a new box: ten questions to the first call")
    /// Neither a number of a question nor a yes.
    public static let yesOrNo = ["да", "нет", "yes", "no"]
    /// What is meant by an empty answer where it is yes or no.
    public static func yes(_ isYes: Bool) -> Wording {
        isYes ? Wording(ru: "да", en: "yes") : Wording(ru: "нет", en: "no")
    }
    /// Whether an answer is a yes; nil where it is neither.
    public static func isYes(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "y", "yes", "д", "да": true
        case "n", "no", "н", "нет": false
        default: nil
        }
    }
}
