/// Calls that happened, calls that are expected, and calls lived again.
extension Catalogue {
    /// What a command does.
    public static let helpExplainLast = Wording(
        ru: "почему последний звонок пошёл туда, куда пошёл", en: "why the last call went where it went")
    /// What a command does.
    public static let helpExplainCallID = Wording(
        ru: "то же о звонке с этим номером", en: "the same of the call with this number")
    /// What a command does.
    public static let helpReplay = Wording(
        ru: "прогнать входящие звонки через настройки из файла: что пошло бы иначе; ничего не меняется",
        en: "live incoming calls again by a file's settings: what would go another way; nothing is changed")

    /// A call that is not there.
    public static func noSuchCall(_ id: Int?) -> Wording {
        guard let id else { return Wording(ru: "звонков ещё не было", en: "there has been no call yet") }
        return Wording(ru: "звонка \(id) в журнале нет", en: "there is no call \(id) on record")
    }

    /// The head of a call's explanation.
    public static func callHeading(_ id: Int, _ at: String, from: String, to: String) -> Wording {
        Wording(ru: "Звонок \(id), \(at), с \(from) на \(to)", en: "Call \(id), \(at), from \(from) to \(to)")
    }

    /// A caller without a number.
    public static let anonymous = Wording(ru: "скрытого номера", en: "a hidden number")
    /// Calls whose reasons are kept, the newest ones: some 20 MB.
    public static let reasonsKept = 20_000
    /// An old call.
    public static let reasonsForgotten = Wording(
        ru: "причины хранятся только для последних 20 000 звонков", en: "reasons are kept for the last 20 000 calls only")
    /// A call to a code; `what` it does.
    public static func codeWasDialled(_ code: String, _ what: Wording) -> Wording {
        Wording(ru: "набран код \(code): \(what.text(in: .ru))", en: "the code \(code) was dialled: \(what.text(in: .en))")
    }
    /// A call whose way was no question.
    public static let nothingToDecide = Wording(ru: "выбирать было не из чего", en: "there was nothing to decide")
    /// A setting that stands in no line of the configuration.
    public static func byDefault(_ line: String) -> Wording {
        Wording(ru: "по умолчанию: \(line)", en: "by default: \(line)")
    }
    /// Beside a telephone that would ring at another time.
    public static let noPhoneNow = Wording(ru: "сейчас телефон не подключён", en: "no phone registered now")
    /// A time that the office's clocks leave out.
    public static func timeLeftOut(_ time: String, in zone: String, later: CivilTime) -> Wording {
        let next = laterTime(later)
        return Wording(
            ru: "времени \(time) в поясе \(zone) нет: часы переводят вперёд; \(next.text(in: .ru))",
            en: "there is no \(time) in \(zone): the clocks are set forward over it; \(next.text(in: .en))")
    }
    /// What to write instead.
    public static func laterTime(_ time: CivilTime) -> Wording {
        let text = "\(time.isoDate)T\(time.hour.padded(2)):\(time.minute.padded(2))"
        return Wording(ru: "в этот миг часы показывают \(text)", en: "the clocks show \(text) then")
    }
    /// An expectation at such a time.
    public static func expectedNever(_ name: String, in zone: String) -> Wording {
        Wording(
            ru: "«\(name)»: такого времени в поясе \(zone) нет, часы переводят вперёд",
            en: "“\(name)”: there is no such time in \(zone), the clocks are set forward over it")
    }
    /// Headings of the explanation.
    public static let whoRangHeading = Wording(ru: "Кому звонило", en: "Who was rung")
    /// Headings of the explanation.
    public static let howItEndedHeading = Wording(ru: "Чем кончилось", en: "How it ended")

    /// How one leg came out.
    public static func outcome(_ outcome: LegOutcome) -> Wording {
        switch outcome {
        case .answered: Wording(ru: "ответил", en: "answered")
        case .noAnswer: Wording(ru: "не ответил", en: "did not answer")
        case .busy: Wording(ru: "занят", en: "busy")
        case .declined: Wording(ru: "отклонил", en: "declined")
        case .unreachable: Wording(ru: "недоступен", en: "not reachable")
        case .cancelled: Wording(ru: "звонящий положил трубку", en: "the caller gave up")
        case .elsewhere: Wording(ru: "ответил другой", en: "somebody else answered")
        case .machine: Wording(ru: "ответил автоответчик или никто не нажал 1", en: "a machine, or nobody pressed 1")
        }
    }

    /// How a call ended: what came of it, how long the caller waited and talked (`1:05`), and the cause.
    public static func howItEnded(_ outcome: Outcome, wait: String, talk: String, cause: Cause) -> Wording {
        let word = outcomeWord(outcome)
        return Wording(
            ru: "\(word.text(in: .ru)); ожидание \(wait), разговор \(talk); причина \(cause.rawValue) (Q.850 \(cause.q850))",
            en: "\(word.text(in: .en)); waited \(wait), talked \(talk); cause \(cause.rawValue) (Q.850 \(cause.q850))")
    }

    // MARK: Expected calls

    /// An expectation that does not come true.
    public static func notAsExpected(_ name: String, wanted: String) -> Wording {
        Wording(
            ru: "ожидание «\(name)» не сбывается: до \(wanted) не дойдёт",
            en: "“\(name)” does not come true: \(wanted) does not ring")
    }

    /// It comes true too late.
    public static func laterThanExpected(_ name: String, wanted: String, after: String) -> Wording {
        Wording(
            ru: "ожидание «\(name)» сбывается поздно: \(wanted) зазвонит только через \(after)",
            en: "“\(name)” comes true too late: \(wanted) rings only after \(after)")
    }

    /// What happens instead, each step with its time.
    public static func insteadHappens(_ steps: [String]) -> Wording {
        let list = steps.joined(separator: ", ")
        return steps.isEmpty
            ? Wording(ru: "вместо этого не звонит никто", en: "instead nobody rings")
            : Wording(ru: "вместо этого: \(list)", en: "instead: \(list)")
    }

    // MARK: Replay

    /// No call would go another way.
    public static let noDifferenceInCalls = Wording(ru: "различий нет", en: "no difference")
    /// The first column of a replay: which call.
    public static let columnCall = Wording(ru: "ЗВОНОК", en: "CALL")
    /// How a call goes by the settings in force, and by the file's.
    public static let columnNow = Wording(ru: "СЕЙЧАС", en: "NOW")
    /// How a call goes by the file's settings.
    public static let columnThen = Wording(ru: "ПО ФАЙЛУ", en: "BY THE FILE")
    /// Nothing would change.
    public static func replayedTheSame(_ count: Int, in language: Language) -> String {
        switch language {
        case .ru:
            "\(callCount(count, in: .ru)): "
                + language.plural(count, one: "пошёл бы так же", few: "пошли бы так же", many: "пошли бы так же")
        case .en: "\(callCount(count, in: .en)): " + (count == 1 ? "would go the same way" : "would go the same way")
        }
    }

    /// So many of so many would change.
    public static func replayedOtherwise(_ changed: Int, of count: Int, in language: Language) -> String {
        switch language {
        case .ru:
            "Из \(count) иначе "
                + language.plural(changed, one: "пошёл бы", few: "пошли бы", many: "пошли бы")
                + " \(callCount(changed, in: .ru))"
        case .en: "\(changed) of \(count) would go another way"
        }
    }

    /// The list of a replay is not everything.
    public static func replayCut(to count: Int) -> Wording {
        Wording(ru: "Показаны первые \(count).", en: "Listed are the first \(count).")
    }
}
