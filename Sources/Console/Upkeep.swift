import Configuration
import FollowUp
import Routing
import Telephony

/// What support is sent, lists from elsewhere, and what an employee may do for himself.
extension CommandRunner {
    /// Everything that helps from afar, without a secret: health, phones, calls, the configuration masked, its history, today's calls.
    func supportBundle() throws(CommandFailure) -> Reply {
        let sections: [(String, String)] = [
            ("show health", healthText), ("show phones", phones.text(in: language, width: 200)),
            ("show calls", calls.text(in: language, width: 200)), ("show trunks", trunks.text(in: language, width: 200)),
            ("config show", view.document.text(maskingSecrets: true)),
            ("config history", try history().text(in: language, width: 200)), ("report calls", try report(.today, .all).output),
            ("show logs", environment.logs().map { $0 + "\n" }.joined()),
        ]
        return Reply(output: sections.map { "==== \($0)\n\($1)\n" }.joined())
    }

    /// The newest lines of the exchange's log.
    func logs() -> Reply {
        let lines = environment.logs()
        return print(
            text: lines.isEmpty ? say(Catalogue.noLogs) + "\n" : lines.map { $0.printable + "\n" }.joined(),
            json: .array(lines.map { .string($0) }))
    }

    // MARK: An employee's own

    func own() throws(CommandFailure) -> ExtensionNumber {
        guard let number = user.extension, settings.office.extensions[number] != nil else {
            throw CommandFailure(Catalogue.noOwnExtension)
        }
        return number
    }

    /// What holds for him.
    func showOwn() throws(CommandFailure) -> Reply { try show(try own(), secrets: false) }

    /// One line of his own extension, in force at once.
    func changeOwn(_ verb: String, _ words: [String]) throws(CommandFailure) -> Reply {
        let number = try own()
        let line = view.document.schema.completed("\(verb) extension \(number) \(TypedLine.joined(words))")
        guard SelfService.mayChange(line, by: number, in: view.document) else {
            throw CommandFailure(Catalogue.notYours(SelfService.keys))
        }
        return try apply(line, replace: false, check: false, comment: "my \(verb) \(words.first ?? "")")
    }
}

extension Catalogue {
    static let helpSupportBundle = Wording(
        ru: "всё для поддержки одним файлом, без паролей", en: "all that support needs in one file, without secrets")
    static let helpImport = Wording(
        ru: "сотрудники из таблицы номер,имя или выгрузки FreePBX, MikoPBX; --check только показать",
        en: "employees from a table number,name or an export of FreePBX or MikoPBX; --check only shows")
    static let helpLogs = Wording(ru: "последние записи станции", en: "the newest lines of the log")
    static let helpPing = Wording(ru: "отвечает ли адрес в сети", en: "whether an address answers")
    static let helpMyShow = Wording(ru: "мои настройки", en: "my settings")
    static let helpMySet = Wording(
        ru: "изменить моё: my set forward to extension 102", en: "change mine: my set forward to extension 102")
    static let helpMyDelete = Wording(ru: "убрать моё: my delete forward", en: "take mine away: my delete forward")
    static let helpMenu = Wording(ru: "меню", en: "the menu")
    static let noLogs = Wording(ru: "записей нет", en: "no lines")
    static let noOwnExtension = Wording(
        ru: "за вами не записан внутренний номер: set user … extension N", en: "you have no extension: set user … extension N")
    static func notYours(_ keys: [String]) -> Wording {
        let list = keys.joined(separator: ", ")
        return Wording(ru: "менять можно: \(list)", en: "you may change: \(list)")
    }
}
