// What becomes of questions to other people's servers.

extension Catalogue {
    /// No answer at the deadline.
    public static let answerLate = Wording(ru: "не ответил вовремя", en: "did not answer in time")
    /// An answer over its limit.
    public static let answerTooLong = Wording(ru: "ответ слишком длинный", en: "the answer is too long")
    /// The library is not installed.
    public static let noCurl = Wording(
        ru: "нет библиотеки libcurl: apt install libcurl4", en: "libcurl is missing: apt install libcurl4")
    /// Nothing was sent.
    public static let requestNotSent = Wording(
        ru: "не спрошен: слишком много вопросов в очереди", en: "was not asked: too many questions wait")
    /// Anything that the network refuses.
    public static func requestBroken(_ reason: String) -> Wording {
        Wording(ru: "не отвечает: \(reason)", en: "does not answer: \(reason)")
    }
    /// An answer with another status than 200 or 404.
    public static func wrongStatus(_ status: Int) -> Wording {
        Wording(ru: "ответил кодом \(status) вместо 200", en: "answered \(status) instead of 200")
    }
    /// An answer that is no JSON.
    public static func notJSON(at byte: Int) -> Wording {
        Wording(ru: "ответил не в JSON (байт \(byte))", en: "answered no JSON (byte \(byte))")
    }
    /// JSON of another form.
    public static func wrongAnswer(_ key: String) -> Wording {
        Wording(ru: "в ответе неверно поле «\(key)»", en: "the answer's “\(key)” is wrong")
    }
    /// The hook failed so often that it is left alone for a while.
    public static func hookRests(_ reason: Wording) -> Wording {
        Wording(
            ru: "не спрошен после нескольких отказов подряд: \(reason.text(in: .ru))",
            en: "was not asked after several failures: \(reason.text(in: .en))")
    }
    /// For `show health`: a hook that is left alone.
    public static func hookOut(_ id: String, _ reason: Wording) -> Wording {
        Wording(
            ru: "hook \(id) \(reason.text(in: .ru)); звонки идут по общей схеме",
            en: "hook \(id) \(reason.text(in: .en)); calls take the common scheme")
    }
}
