// What reports say.

extension Catalogue {
    /// How a call came out, as a reader tells it apart: an outgoing call is not missed but not reached.
    public enum Outcome: Sendable {
        case answered, missed, notReached, served, refused, interrupted
    }

    /// "Calls for 2026-11-23, whole office".
    public static func callReportTitle(period: String, scope: Wording) -> Wording {
        Wording(ru: "Звонки за \(period), \(scope.text(in: .ru))", en: "Calls for \(period), \(scope.text(in: .en))")
    }

    /// A report's scope: everybody.
    public static let wholeOffice = Wording(ru: "вся организация", en: "whole office")
    /// A report's scope: one department.
    public static func ofDepartment(_ name: String) -> Wording { Wording(ru: "отдел \(name)", en: "department \(name)") }
    /// A report's scope: one employee.
    public static func ofOperator(_ person: String) -> Wording { Wording(ru: "сотрудник \(person)", en: "operator \(person)") }
    /// A report's scope: one company number.
    public static func ofNumber(_ number: String) -> Wording { Wording(ru: "номер \(number)", en: "number \(number)") }

    /// "5 calls".
    public static func callCount(_ count: Int, in language: Language) -> String {
        let word =
            switch language {
            case .ru: language.plural(count, one: "звонок", few: "звонка", many: "звонков")
            case .en: language.plural(count, one: "call", few: "calls", many: "calls")
            }
        return "\(count) \(word)"
    }

    /// The list is not everything.
    public static func listCut(to count: Int) -> Wording {
        Wording(
            ru: "Показано последних: \(count); для остальных выберите более короткий период.",
            en: "Listed are the last \(count); ask for a shorter period to see the others.")
    }

    /// "3 answered".
    public static func outcomeCount(_ count: Int, _ outcome: Outcome, in language: Language) -> String {
        func russian(_ one: String, _ other: String) -> String {
            language.plural(count, one: one, few: other, many: other) + " \(count)"
        }
        switch (language, outcome) {
        case (.ru, .answered): return russian("отвечен", "отвечено")
        case (.ru, .missed): return russian("пропущен", "пропущено")
        case (.ru, .notReached): return "без ответа \(count)"
        case (.ru, .served): return russian("обслужен", "обслужено")
        case (.ru, .refused): return russian("отклонён", "отклонено")
        case (.ru, .interrupted): return russian("прерван", "прервано")
        case (.en, .answered): return "\(count) answered"
        case (.en, .missed): return "\(count) missed"
        case (.en, .notReached): return "\(count) not reached"
        case (.en, .served): return "\(count) served"
        case (.en, .refused): return "\(count) refused"
        case (.en, .interrupted): return "\(count) interrupted"
        }
    }

    /// One call's outcome in at most 8 letters.
    public static func outcomeWord(_ outcome: Outcome) -> Wording {
        switch outcome {
        case .answered: Wording(ru: "отвечен", en: "answered")
        case .missed: Wording(ru: "пропущен", en: "missed")
        case .notReached: Wording(ru: "без отв.", en: "no reply")
        case .served: Wording(ru: "обслужен", en: "served")
        case .refused: Wording(ru: "отклонён", en: "refused")
        case .interrupted: Wording(ru: "прерван", en: "cut off")
        }
    }

    /// A call's direction in at most 3 letters.
    public static func directionShort(_ direction: CallDirection) -> Wording {
        switch direction {
        case .incoming: Wording(ru: "вх", en: "in")
        case .outgoing: Wording(ru: "исх", en: "out")
        case .internal: Wording(ru: "вн", en: "int")
        }
    }

    /// The table's columns: time, direction, from, to, employee, wait, talk, result.
    public static let callReportHeading = [
        Wording(ru: "Время", en: "Time"), Wording(ru: "Вид", en: "Dir"), Wording(ru: "Откуда", en: "From"),
        Wording(ru: "Куда", en: "To"), Wording(ru: "Сотрудник", en: "Employee"), Wording(ru: "Ждали", en: "Wait"),
        Wording(ru: "Разг.", en: "Talk"), Wording(ru: "Итог", en: "Result"),
    ]

    /// A length in whole hours.
    public static func hours(_ count: Int) -> Wording { Wording(ru: "\(count) ч", en: "\(count) h") }
    /// Who took a call that nobody took.
    public static let answeringMachine = Wording(ru: "Автоответчик", en: "Answering machine")
    /// A message that was left.
    public static func message(_ number: Int) -> Wording { Wording(ru: "сообщение \(number)", en: "message \(number)") }
}
