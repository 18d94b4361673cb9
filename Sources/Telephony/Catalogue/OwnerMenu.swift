/// The menu that an owner lands on.
extension Catalogue {
    /// Missed calls.
    public static let menuToday = Wording(ru: "пропущенные за сегодня", en: "missed calls of today")
    /// Missed calls.
    public static let menuYesterday = Wording(ru: "за вчера", en: "of yesterday")
    /// Missed calls.
    public static let menuMonth = Wording(ru: "за этот месяц", en: "of this month")
    /// Whom to call back.
    public static let menuTasks = Wording(ru: "кому перезвонить", en: "whom to call back")
    /// Messages.
    public static let menuVoicemail = Wording(ru: "автоответчик", en: "voicemail")
    /// His own settings, and how he goes away.
    public static func menuAbsence(_ number: Int, _ day: String) -> Wording {
        Wording(
            ru: "моё отсутствие: \(number) \(day)..\(day) — меня нет, \(number) off — я здесь",
            en: "my absence: \(number) \(day)..\(day) away, \(number) off back again")
    }
    /// The night key.
    public static func menuNight(_ number: Int) -> Wording {
        Wording(
            ru: "ночной режим: \(number) on — включить, \(number) off — выключить",
            en: "night mode: \(number) on, \(number) off")
    }
    /// The end.
    public static let menuExit = Wording(ru: "выйти", en: "log out")
}
