import Configuration
import FollowUp
import Telephony

/// A value in the usage of a command.
struct CommandValue: Sendable {
    /// What it is, for `?`.
    var help: Wording
    /// For instance.
    var example: String?
    /// The section of the configuration whose objects Tab completes.
    var names: String?
    /// Whether a word may stand there.
    var accepts: @Sendable (String) -> Bool

    init(
        _ ru: String, _ en: String, example: String? = nil, names: String? = nil,
        accepts: @escaping @Sendable (String) -> Bool = { !$0.isEmpty }
    ) {
        (help, self.example, self.names, self.accepts) = (Wording(ru: ru, en: en), example, names, accepts)
    }

    /// The value that a usage calls `label` behind `word`.
    static func named(_ label: String, after word: String) -> CommandValue? { known["\(word) \(label)"] ?? known[label] }

    /// By what usages call them; `word LABEL` where a label means different things.
    private static let known: [String: CommandValue] = [
        "extension N": CommandValue("номер сотрудника", "an extension's number", names: "extension"),
        "operator N": CommandValue("номер сотрудника", "an extension's number", names: "extension"),
        "department ID": CommandValue("имя отдела", "a department's name", names: "department"),
        "number N": CommandValue("номер телефона", "a telephone number"),
        "regions TEXT": CommandValue(
            "имя, название, начало номера или номер", "an id, a name, a prefix or a number", example: "spb"),
        "next N": CommandValue("сколько дней", "how many days", example: "14") { (1...400).contains(Int($0) ?? 0) },
        "NUMBER": CommandValue("номер телефона", "a telephone number", example: "+74951234567"),
        "DATE": CommandValue("дата", "a date", example: "2026-12-31") { CivilDate($0) != nil },
        "YYYY-MM": CommandValue("месяц", "a month", example: "2026-12") { CivilDate($0 + "-01") != nil },
        "TIME": CommandValue(
            "дата и время, можно с секундами и смещением: 2026-11-23T12:00:30+03:00",
            "date and time, with seconds and an offset if you like: 2026-11-23T12:00:30+03:00", example: "2026-11-23T12:00"
        ) { WrittenTime($0) != nil },
        "TEXT": CommandValue("текст", "a text") { _ in true },
        "own N": CommandValue("номер сотрудника или none", "an extension's number, or none", names: "extension"),
        "page N": CommandValue("номер страницы", "a page's number") { (1...1_000_000).contains(Int($0) ?? 0) },
        "LANGUAGE": CommandValue("язык клиента", "the client's language", example: "en") { _ in true },
        "CLASS": CommandValue("класс клиента", "the client's class", example: "vip") { _ in true },
        "BOX": CommandValue("внутренний номер, имя отдела или ящика", "an extension's number, a department's or box's name"),
        "MESSAGE": CommandValue("номер сообщения из show voicemail", "a message's number in show voicemail") {
            (Int($0) ?? 0) > 0
        },
        "import ID": prompt, "say ID": prompt, "export ID": prompt, "delete ID": prompt, "record ID": prompt,
        "EXTENSION": CommandValue("номер сотрудника", "an extension's number", names: "extension"),
        "FILE": CommandValue("имя файла", "a file's name"),
        "FOLDER": CommandValue("папка, из которой собрана копия", "the folder that a backup was packed from"),
        "SECTION": CommandValue("раздел настроек", "a section of the configuration"),
        "NAME": CommandValue("имя или номер в разделе", "a name or number in the section"),
        "DUR": CommandValue(
            "сколько ждать: 10m, 1h; число — минуты", "how long to wait: 10m, 1h; a number is minutes", example: "10m"
        ) {
            Self.waitingTime($0) != nil
        },
        "COMMENT": CommandValue("зачем, в кавычках", "what for, in quotes") { !$0.isEmpty && !"confirmed".hasPrefix($0) },
        "N": revision, "M": revision,
        "KEY": CommandValue("имя клавиши из «night-key» схемы", "the key's name in a scheme's night-key", example: "1"),
        "TASK": CommandValue("номер задачи", "a task's number") { (Int($0) ?? 0) > 0 },
        "claim N": CommandValue("номер сотрудника, который перезвонит", "the extension that will call", names: "extension"),
        "done N": CommandValue("номер сотрудника, который перезвонил", "the extension that called", names: "extension"),
        "CALL-ID": CommandValue("номер звонка из отчёта", "a call's number in the report") { (Int($0) ?? 0) > 0 },
        "CALLER": CommandValue("номер, который звонит", "the extension that calls", names: "extension"),
        "CALLEE": CommandValue("номер, которому звонят", "the extension that is called", names: "extension"),
        "call NUMBER": CommandValue("номер звонка из отчёта", "a call's number, as in reports") { (Int($0) ?? 0) > 0 },
        "ADDRESS": CommandValue("адрес или имя в сети", "an address or name on the network") { CommandValue.isHost($0) },
        "ADDRESS:PORT": CommandValue("адрес и порт станции", "the exchange's address and port", example: "127.0.0.1:5060"),
    ]

    /// `10m`, `1h`; a bare number is minutes, as other systems have it.
    static func waitingTime(_ word: String) -> Duration? { Configuration.duration(word) ?? Configuration.duration(word + "m") }

    /// What may be looked for on the network; never an option of another program.
    static func isHost(_ word: String) -> Bool {
        !word.isEmpty && word.utf8.count <= 253 && !word.hasPrefix("-")
            && word.utf8.allSatisfy { (48...57).contains($0) || (65...90).contains($0 & 0xDF) || ".:-".utf8.contains($0) }
    }

    private static let prompt = CommandValue("имя сообщения", "a prompt's name", example: "hello", names: "prompt")
    private static let revision = CommandValue("номер версии настроек", "a revision's number") { (Int($0) ?? 0) > 0 }
}

/// What words of usages mean that are neither a command's own nor values.
extension Catalogue {
    static func commandWord(_ word: String) -> Wording? { commandWords[word] }

    private static let commandWords: [String: Wording] = [
        "call": Wording(ru: "звонок", en: "a call"),
        "trace": Wording(ru: "проследить звонок", en: "follow a call"),
        "diagnose": Wording(ru: "найти, что не так", en: "find out what is wrong"),
        "clock": Wording(ru: "часы станции", en: "the exchange's clock"),
        "set": Wording(ru: "задать", en: "set it"), "trust": Wording(ru: "они верны", en: "it is right"),
        "my": Wording(ru: "своё", en: "one's own"),
        "takeover": Wording(ru: "забрать у того, кто их меняет", en: "from whoever is changing it"),
        "ru": Wording(ru: "русский", en: "Russian"), "en": Wording(ru: "английский", en: "English"),
        "utf8": Wording(ru: "UTF-8, обычная", en: "UTF-8, the usual one"),
        "koi8-r": Wording(ru: "КОИ-8: вдвое короче на медленной линии", en: "KOI8-R: half as long on a slow line"),
        "ascii": Wording(ru: "латинскими буквами", en: "Latin letters"),
        "confirmed": Wording(ru: "вернуть прежние, если не подтвердить", en: "go back unless confirmed"),
        "terminal": Wording(ru: "из терминала", en: "from the terminal"),
        "show": Wording(ru: "посмотреть", en: "look at something"),
        "report": Wording(ru: "отчёты", en: "reports"),
        "explain": Wording(ru: "объяснить решение станции", en: "why the exchange does what it does"),
        "config": Wording(ru: "настройки целиком", en: "the configuration as a whole"),
        "tasks": Wording(ru: "кому перезвонить", en: "whom to call back"),
        "list": Wording(ru: "все задачи", en: "all tasks"),
        "watch": Wording(ru: "смотреть, что происходит", en: "watch it happen"),
        "extension": Wording(ru: "сотруднику", en: "to an extension"),
        "secret": Wording(ru: "его пароли", en: "its secrets"),
        "with": Wording(ru: "по настройкам из", en: "by the settings of"),
        "on": Wording(ru: "включить", en: "switch it on"), "off": Wording(ru: "выключить", en: "switch it off"),
        "from": Wording(ru: "от", en: "from"), "to": Wording(ru: "до; кому", en: "to"),
        "next": Wording(ru: "ближайшие", en: "from today on"), "days": Wording(ru: "дней", en: "days"),
        "at": Wording(ru: "в какое время", en: "at what time"),
        "contacts": Wording(ru: "книга контактов", en: "the contact book"),
        "voicemail": Wording(ru: "автоответчики", en: "answering machines"),
        "recordings": Wording(ru: "записи разговоров", en: "recordings of calls"),
        "prompt": Wording(ru: "свои сообщения", en: "the office's own prompts"),
        "page": Wording(ru: "страница списка", en: "a page of the list"),
        "name": Wording(ru: "имя; none — без имени", en: "his name; none takes it away"),
        "company": Wording(ru: "компания", en: "his company"), "note": Wording(ru: "примечание", en: "a note"),
        "language": Wording(ru: "язык, на котором говорит", en: "the language he speaks"),
        "class": Wording(ru: "класс: vip", en: "his class: vip"),
        "today": Wording(ru: "за сегодня", en: "of today"), "yesterday": Wording(ru: "за вчера", en: "of yesterday"),
        "day": Wording(ru: "за день", en: "of a day"), "month": Wording(ru: "за месяц", en: "of a month"),
        "department": Wording(ru: "только отдела", en: "of a department only"),
        "operator": Wording(ru: "только сотрудника", en: "of an employee only"),
        "number": Wording(ru: "только с этим номером", en: "with this number only"),
    ]
}
