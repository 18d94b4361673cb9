/// What is said about backups and about starting anew.
extension Catalogue {
    /// `backup`.
    public static let helpBackup = Wording(
        ru: "всё в один файл: настройки, звонки, задачи, контакты, автоответчики, сообщения; с паролями",
        en: "everything in one file: configuration, calls, tasks, contacts, voicemail, prompts; secrets included")
    /// `restore`.
    public static let helpRestore = Wording(
        ru: "вернуть всё из файла backup; --check только проверить в другой папке",
        en: "put a backup in force; --check only proves it in another folder")
    /// `restart`.
    public static let helpRestart = Wording(
        ru: "запустить станцию заново; при звонках — только с --now", en: "start the exchange anew; with calls up only by --now")
    /// It will be there again in a moment.
    public static let restarting = Wording(
        ru: "станция запускается заново; телефоны остаются подключены", en: "the exchange starts anew; phones stay registered")
    /// Somebody is talking.
    public static func callsAreUp(_ count: Int, in language: Language) -> String {
        switch language {
        case .ru:
            let calls = language.plural(count, one: "звонок", few: "звонка", many: "звонков")
            return "сейчас идёт \(count) \(calls): подождите или restart --now, он их оборвёт"
        case .en: return "\(count) \(count == 1 ? "call is" : "calls are") up: wait, or restart --now, which ends them"
        }
    }
    /// A backup must be of one state.
    public static let configurationChanges = Wording(
        ru: "настройки меняются прямо сейчас, повторите", en: "the configuration is changing right now, try again")
    /// Packed.
    public static func backedUp(_ file: String, bytes: Int) -> Wording {
        let size = bytes < 1_000_000 ? (max(1, bytes / 1000), "КБ", "kB") : (bytes / 1_000_000, "МБ", "MB")
        return Wording(ru: "\(file): всё сохранено, \(size.0) \(size.1)", en: "\(file): everything is saved, \(size.0) \(size.2)")
    }
    /// `tar` or `sha256sum` could not.
    public static func programFailed(_ program: String, _ why: String) -> Wording {
        Wording(ru: "\(program) не справился: \(why)", en: "\(program) failed: \(why)")
    }
    /// The file is of something else.
    public static func notABackup(_ file: String) -> Wording {
        Wording(
            ru: "\(file) — не резервная копия; текст настроек включает apus config load ФАЙЛ --replace",
            en: "\(file) is no backup; a configuration's text is put in force by apus config load FILE --replace")
    }
    /// A file in it is not what it was.
    public static func backupDamaged(_ file: String, _ what: String) -> Wording {
        Wording(ru: "\(file) повреждён: \(what)", en: "\(file) is damaged: \(what)")
    }
    /// The database says something else than the text.
    public static let backupTextsDiffer = Wording(
        ru: "настройки в базе не те, что в configuration.txt",
        en: "the configuration in the database is not that of configuration.txt")
    /// Whole. `figures`: what is in it, as `apusd --verify` counts: `revision 2 calls 15`.
    public static func backupIsWhole(_ figures: String) -> Wording {
        let words = figures.split(separator: " ")
        let pairs = stride(from: 0, to: words.count - 1, by: 2).map { (name: String(words[$0]), count: words[$0 + 1]) }
        let list = { (names: [String: String]) in
            pairs.map { "\(names[$0.name] ?? $0.name) \($0.count)" }.joined(separator: ", ")
        }
        return Wording(ru: "копия целая: \(list(backupFigures))", en: "the backup is whole: \(list([:]))")
    }
    private static let backupFigures = [
        "revision": "версия настроек", "calls": "звонков", "tasks": "задач", "messages": "сообщений автоответчика",
        "prompts": "своих фраз",
    ]
    /// There is no configuration in it.
    public static let noRevisionInBackup = Wording(ru: "в копии нет настроек", en: "there is no configuration in the backup")
    /// The state folder is another user's.
    public static func cannotRestoreInto(_ folder: String) -> Wording {
        Wording(
            ru: "в \(folder) писать нельзя: sudo apus restore …", en: "\(folder) may not be written: sudo apus restore …")
    }
    /// It waits.
    public static let restoreIsReady = Wording(
        ru: "копия проверена и лежит наготове: её включит apus restart; прежнее останется в before-restore",
        en: "the backup is checked and waits: apus restart puts it in force; what was there stays in before-restore")
    /// A log line.
    public static let restored = Wording(
        ru: "включена резервная копия; прежнее в before-restore", en: "a backup is in force; what was there is in before-restore")
}
