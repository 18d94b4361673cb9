// What `trace` tells.

extension Catalogue {
    /// A call has come.
    public static func traceArrived(_ from: String, _ to: String) -> Wording {
        Wording(ru: "\(from) звонит на \(to)", en: "\(from) calls \(to)")
    }
    /// What somebody's telephone does for it.
    public static func traceLeg(_ who: String, _ state: CallState) -> Wording {
        switch state {
        case .routing: Wording(ru: "  → \(who): вызываем", en: "  → \(who) is being called")
        case .ringing: Wording(ru: "  → у \(who) звонит", en: "  → \(who) rings")
        case .queued: Wording(ru: "  → \(who): ждёт", en: "  → \(who) waits")
        case .talking: Wording(ru: "  → \(who): разговор", en: "  → \(who) talks")
        case .menu: Wording(ru: "  → \(who): слушает", en: "  → \(who) listens")
        case .parked: Wording(ru: "  → \(who): припаркован", en: "  → \(who) is parked")
        case .voicemail: Wording(ru: "  → \(who): автоответчик", en: "  → \(who): voicemail")
        }
    }
    /// A telephone does nothing for it any more.
    public static func traceLeft(_ who: String) -> Wording { Wording(ru: "  × \(who): больше не звонит", en: "  × \(who) stops") }
    /// A call that is over.
    public static let traceEnded = Wording(ru: "закончен", en: "is over")
    /// What came of one telephone.
    public static func traceOutcome(_ who: String, _ outcome: LegOutcome) -> Wording {
        let mark = outcome == .answered ? "↔" : "×"
        let (ru, en): (String, String) =
            switch outcome {
            case .answered: ("ответил, разговор", "answers: they talk")
            case .noAnswer: ("не ответил", "does not answer")
            case .busy: ("занят", "is busy")
            case .declined: ("отклонил", "declines")
            case .unreachable: ("нет связи", "cannot be reached")
            case .cancelled: ("звонящий положил трубку", "the caller gives up")
            case .elsewhere: ("ответил другой", "somebody else answered")
            case .machine: ("автоответчик", "a machine answers")
            }
        return Wording(ru: "  \(mark) \(who): \(ru)", en: "  \(mark) \(who): \(en)")
    }
    /// How it ended.
    public static func traceClosed(_ cause: Cause) -> Wording {
        Wording(ru: "конец: \(causeName(cause).text(in: .ru))", en: "the end: \(causeName(cause).text(in: .en))")
    }
    /// No record.
    public static let noTrace = Wording(ru: "такого звонка в журнале нет", en: "there is no such call in the records")
    /// `trace call`.
    public static let helpTraceCall = Wording(
        ru: "звонок по шагам, последний или с этим номером; --ladder — как в проверках программы",
        en: "a call step by step: the last one, or this; --ladder as the tests of the program write it")
    /// `trace live`.
    public static let helpTraceLive = Wording(
        ru: "что происходит сейчас, до любой клавиши", en: "what happens now, until a key is pressed")
}
