// What support is sent, and what an employee does for himself.

extension Catalogue {
    /// `support-bundle`.
    public static let helpSupportBundle = Wording(
        ru: "всё для поддержки одним файлом, без паролей", en: "all that support needs in one file, without secrets")
    /// `import`.
    public static let helpImport = Wording(
        ru: "сотрудники из таблицы номер,имя или выгрузки FreePBX, MikoPBX; --check только показать",
        en: "employees from a table number,name or an export of FreePBX or MikoPBX; --check only shows")
    /// `show logs`.
    public static let helpLogs = Wording(ru: "последние записи станции", en: "the newest lines of the log")
    /// `ping`.
    public static let helpPing = Wording(ru: "отвечает ли адрес в сети", en: "whether an address answers")
    /// `my show`.
    public static let helpMyShow = Wording(ru: "мои настройки", en: "my settings")
    /// `my set`.
    public static let helpMySet = Wording(
        ru: "изменить моё: my set forward to extension 102", en: "change mine: my set forward to extension 102")
    /// `my delete`.
    public static let helpMyDelete = Wording(ru: "убрать моё: my delete forward", en: "take mine away: my delete forward")
    /// `menu`.
    public static let helpMenu = Wording(ru: "меню", en: "the menu")
    /// An empty log.
    public static let noLogs = Wording(ru: "записей нет", en: "no lines")
    /// A user whom no extension belongs to.
    public static let noOwnExtension = Wording(
        ru: "за вами не записан внутренний номер: set user … extension N", en: "you have no extension: set user … extension N")
    /// What an employee may change of his own.
    public static func notYours(_ keys: [String]) -> Wording {
        let list = keys.joined(separator: ", ")
        return Wording(ru: "менять можно: \(list)", en: "you may change: \(list)")
    }
}
