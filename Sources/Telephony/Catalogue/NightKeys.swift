/// Night keys.
extension Catalogue {
    /// What a command does.
    public static let helpShowNight = Wording(ru: "клавиши «ночь»: какая включена", en: "night keys, and which are on")
    /// What a command does.
    public static let helpNightOn = Wording(
        ru: "считать офис закрытым до утра рабочего дня", en: "the office counts as closed until the next working morning")
    /// What a command does.
    public static let helpNightOff = Wording(ru: "снова по часам", en: "by the hours again")
    /// Columns.
    public static let columnKey = Wording(ru: "КЛАВИША", en: "KEY")
    /// Columns.
    public static let columnNight = Wording(ru: "НОЧЬ", en: "NIGHT")
    /// Columns.
    public static let columnUntil = Wording(ru: "ДО", en: "UNTIL")
    /// Columns.
    public static let columnSchemes = Wording(ru: "СХЕМЫ", en: "SCHEMES")
    /// A state.
    public static let on = Wording(ru: "включена", en: "on")
    /// A state.
    public static let off = Wording(ru: "выключена", en: "off")
    /// No scheme has one.
    public static let noNightKeys = Wording(
        ru: "ни у одной схемы нет клавиши «ночь»: set scheme ID night-key 1",
        en: "no scheme has a night key: set scheme ID night-key 1")

    /// A key that no scheme has.
    public static func noNightKey(_ key: String, among keys: [String]) -> Wording {
        let list = keys.joined(separator: ", ")
        return keys.isEmpty
            ? noNightKeys : Wording(ru: "клавиши «\(key)» нет; есть: \(list)", en: "there is no key “\(key)”; there are: \(list)")
    }

    /// It is pressed.
    public static func nightPressed(_ key: String, until: String?) -> Wording {
        guard let until else {
            return Wording(
                ru: "клавиша \(key): офис закрыт, пока её не выключат",
                en: "key \(key): the office is closed until it is released")
        }
        return Wording(
            ru: "клавиша \(key): офис закрыт, выключится сама \(until)",
            en: "key \(key): the office is closed, it goes off by itself at \(until)")
    }

    /// It is released.
    public static func nightReleased(_ key: String) -> Wording {
        Wording(ru: "клавиша \(key): офис работает по часам", en: "key \(key): the office keeps its hours")
    }
}
