// What the self-test says.

extension Catalogue {
    /// Where a self-test stopped.
    public enum SelfTestFault: Sendable {
        case socket(String), registration(String, Int?), call(Int?), ringing, answer, silence, hangUp
    }

    /// Why a self-test failed.
    public static func selfTestFault(_ fault: SelfTestFault) -> Wording {
        switch fault {
        case .socket(let reason):
            Wording(ru: "Нет сетевого гнезда: \(reason).", en: "No socket: \(reason).")
        case .registration(let account, let status?):
            Wording(
                ru: "\(account) не зарегистрировался: ответ \(status).", en: "\(account) was refused registration: \(status).")
        case .registration(let account, nil):
            Wording(ru: "\(account) не зарегистрировался: станция не отвечает.", en: "\(account) did not register: no answer.")
        case .call(let status?):
            Wording(ru: "Вызов отклонён: ответ \(status).", en: "The call was refused: \(status).")
        case .call(nil):
            Wording(ru: "На вызов нет ответа.", en: "The call was not answered.")
        case .ringing:
            Wording(ru: "Вызов не дошёл до второго телефона.", en: "The call did not reach the second phone.")
        case .answer:
            Wording(ru: "Ответ второго телефона не дошёл до первого.", en: "The second phone's answer did not reach the first.")
        case .silence:
            Wording(ru: "Разговор есть, а голоса не слышно.", en: "The call is up, but no voice is heard.")
        case .hangUp:
            Wording(ru: "Отбой не дошёл до второго телефона.", en: "Hanging up did not reach the second phone.")
        }
    }

    /// "101 calls 102 through 127.0.0.1:5060".
    public static func selfTestTitle(caller: String, callee: String, server: String) -> Wording {
        Wording(ru: "\(caller) звонит \(callee) через \(server)", en: "\(caller) calls \(callee) through \(server)")
    }

    /// "Set up in 12 ms".
    public static func selfTestSetUp(milliseconds: Int64) -> Wording {
        Wording(ru: "Соединено за \(milliseconds) мс", en: "Set up in \(milliseconds) ms")
    }

    /// What one side heard of the other's tone; numbers are already text.
    public static func selfTestTone(side: String, frequency: Int, level: String) -> Wording {
        Wording(
            ru: "\(side) слышит тон \(frequency) Гц, \(level) дБм0", en: "\(side) hears a tone of \(frequency) Hz, \(level) dBm0")
    }

    /// One side heard nothing.
    public static func selfTestNoTone(side: String) -> Wording {
        Wording(ru: "\(side) не слышит тона", en: "\(side) hears no tone")
    }

    /// The digits that one side got, of those sent.
    public static func selfTestDigits(heard: String, sent: String) -> Wording {
        Wording(
            ru: "набор \(heard.isEmpty ? "не принят" : heard)" + (heard == sent ? "" : " вместо \(sent)"),
            en: "digits \(heard.isEmpty ? "none" : heard)" + (heard == sent ? "" : " instead of \(sent)"))
    }

    /// How many packets of those sent to one side were lost.
    public static func selfTestLoss(_ lost: Int, of all: Int) -> Wording {
        Wording(ru: "потеряно пакетов \(lost) из \(all)", en: "\(lost) of \(all) packets lost")
    }

    /// What is kept of the call.
    public static func selfTestRecord(_ isThere: Bool) -> Wording {
        isThere
            ? Wording(ru: "Звонок записан в журнал один раз.", en: "The call left one record.")
            : Wording(ru: "В журнале нет записи об этом звонке.", en: "The call left no record, or more than one.")
    }

    /// `selftest`.
    public static let helpSelfTest = Wording(
        ru: "звонок через работающую станцию, измеренный с обеих сторон",
        en: "a call through the running exchange, measured at both ends")

    /// The verdict.
    public static func selfTestVerdict(_ passed: Bool) -> Wording {
        passed
            ? Wording(ru: "Исправно: оба слышат друг друга.", en: "In order: both hear each other.")
            : Wording(ru: "Неисправно.", en: "Out of order.")
    }
}
