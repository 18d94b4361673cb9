/// Codes that employees dial.
extension Catalogue {
    /// What a command does.
    public static let helpShowCodes = Wording(
        ru: "коды, которые сотрудник набирает на телефоне", en: "codes that an employee dials")
    /// Columns.
    public static let columnCodeOn = Wording(ru: "ВКЛЮЧИТЬ", en: "ON")
    /// Columns.
    public static let columnCodeOff = Wording(ru: "ВЫКЛЮЧИТЬ", en: "OFF")
    /// Columns.
    public static let columnCodeAsk = Wording(ru: "УЗНАТЬ", en: "ASK")
    /// Columns.
    public static let columnMeaning = Wording(ru: "ЧТО ДЕЛАЕТ", en: "WHAT IT DOES")
    /// Added to what a code does.
    public static let codeIsBarred = Wording(ru: "запрещён", en: "not allowed")

    // MARK: Why a code is refused

    /// Nothing of the office's.
    public static func unknownCode(_ dialled: String) -> Wording {
        Wording(ru: "кода \(dialled) нет: show codes", en: "there is no code \(dialled): show codes")
    }
    /// The office does not want it used.
    public static func codeBarred(_ name: String) -> Wording {
        Wording(ru: "код запрещён: set code \(name) allowed off", en: "the code is not allowed: set code \(name) allowed off")
    }
    /// An argument is missing.
    public static let codeNeedsNumber = Wording(
        ru: "после кода нужен номер: *21*НОМЕР#", en: "the code needs a number: *21*NUMBER#")
    /// An argument is wrong.
    public static let badRingingTime = Wording(
        ru: "сколько секунд ждать ответа: от 5 до 3600", en: "how many seconds to wait for an answer: 5 to 3600")
    /// An argument is wrong.
    public static let badDay = Wording(
        ru: "дата — четыре цифры: 3112 — 31 декабря", en: "a date is four figures: 3112 is December 31")
    /// No prompt is dialled by it.
    public static func noPromptHas(_ number: String) -> Wording {
        Wording(
            ru: "сообщения с номером \(number) нет: set prompt ID number \(number)",
            en: "no prompt has the number \(number): set prompt ID number \(number)")
    }
    /// A prompt that is not his to speak.
    public static func mayNotSpeak(_ number: String, _ prompt: String) -> Wording {
        Wording(
            ru: "сотрудник \(number) не может наговорить это сообщение: set prompt \(prompt) speaker \(number)",
            en: "extension \(number) may not speak this prompt: set prompt \(prompt) speaker \(number)")
    }
    /// A prompt that somebody is speaking.
    public static func promptIsSpoken(_ prompt: String) -> Wording {
        Wording(ru: "сообщение \(prompt) сейчас наговаривают", en: "somebody is speaking the prompt \(prompt) now")
    }
    /// The clock is not set.
    public static let clockUnknown = Wording(ru: "часы станции не установлены", en: "the exchange's clock is not set")
    /// Who shall take the calls of somebody away.
    public static func noSubstitute(_ number: String) -> Wording {
        Wording(ru: "замещать не может номер \(number)", en: "\(number) cannot take the calls")
    }
    /// No scheme has it.
    public static let noSuchNightKey = Wording(
        ru: "такой клавиши «ночь» нет; если их несколько, нужно имя",
        en: "no such night key; where there are several, its name is needed")
    /// He is not a member.
    public static func notOfThatDepartment(_ number: String) -> Wording {
        Wording(ru: "\(number) не состоит в этом отделе", en: "\(number) is not a member of that department")
    }
    /// The book does not say who owns clients.
    public static func ownersAreElsewhere(_ hook: String) -> Wording {
        Wording(ru: "ответственных назначает CRM: hook \(hook)", en: "owners are named by the CRM: hook \(hook)")
    }
    /// Nobody to own.
    public static let noLastClient = Wording(
        ru: "после запуска станции он ещё не говорил с клиентом, чей номер виден",
        en: "since the exchange started he has talked to no client who shows his number")
    /// A change that the disk or the check did not finish.
    public static let changeTookTooLong = Wording(
        ru: "настройки не удалось изменить вовремя", en: "the configuration could not be changed in time")
    /// Nobody has answered who is to be called back.
    public static let owedUnknown = Wording(
        ru: "список пропущенных не получен вовремя", en: "the list of missed calls did not come in time")
    /// An installer's change is not confirmed yet.
    public static let changeWaits = Wording(
        ru: "настройки ждут подтверждения монтажника", en: "a configuration waits for the installer's confirmation")
    /// A rule that is not his.
    public static func notHisToChange(_ number: String, _ line: String) -> Wording {
        Wording(ru: "сотрудник \(number) не может задать: \(line)", en: "extension \(number) may not set: \(line)")
    }

    // MARK: Why somebody is passed over

    /// He does not want to be disturbed.
    public static func isUndisturbed(_ number: String) -> Wording {
        Wording(ru: "\(number) просил не беспокоить", en: "\(number) does not want to be disturbed")
    }
    /// He rests.
    public static func isPaused(_ number: String) -> Wording {
        Wording(ru: "\(number) взял паузу", en: "\(number) is paused")
    }
    /// He is logged out.
    public static func isLoggedOut(_ number: String, of department: String) -> Wording {
        Wording(ru: "\(number) вышел из отдела \(department)", en: "\(number) is logged out of \(department)")
    }
    /// States as lists show them.
    public static let stateUndisturbed = Wording(ru: "не беспокоить", en: "do not disturb")
    /// States as lists show them.
    public static let statePaused = Wording(ru: "пауза", en: "paused")
    /// States as lists show them.
    public static let stateWrapUp = Wording(ru: "пауза после разговора", en: "wrap-up")
    /// States as lists show them.
    public static let stateLoggedOut = Wording(ru: "вышел", en: "logged out")
    /// The heading before states.
    public static let stateHeading = Wording(ru: "состояние", en: "state")

    // MARK: Configuration

    /// Two codes that nobody could tell apart.
    public static func codesClash(_ name: String, _ digits: String, with other: String) -> Wording {
        Wording(
            ru: "код \(name) (\(digits)) начинается так же, как \(other)", en: "the code \(name) (\(digits)) begins like \(other)"
        )
    }
    /// A code that is too long.
    public static func codeTooLong(_ limit: Int) -> Wording {
        Wording(ru: "в коде не больше \(limit) цифр", en: "a code has at most \(limit) figures")
    }
    /// What would be right.
    public static let chooseOtherDigits = Wording(
        ru: "выберите другие цифры: show codes покажет занятые", en: "choose other figures: show codes lists those in use")
    /// The mailbox's code.
    public static let mailboxCode = Wording(ru: "*98, почта", en: "*98, the mailbox")
}
