// What commands say.

extension Catalogue {
    /// Help of `explain call`.
    public static let helpExplainCall = Wording(
        ru: "куда пошёл бы звонок сейчас и почему; никто не звонит", en: "where a call would go now, and why; nothing rings")
    /// Before a right usage.
    public static let usage = Wording(ru: "правильно", en: "usage")
    /// A command that ends too early.
    public static func unfinished(_ words: String) -> Wording {
        Wording(ru: "команда не закончена: \(words) …", en: "the command is not finished: \(words) …")
    }
    /// A word cut so short that it may be several.
    public static func ambiguous(_ word: String, _ words: [String]) -> Wording {
        let list = words.joined(separator: ", ")
        return Wording(ru: "«\(word)» — это и \(list)", en: "“\(word)” may be \(list)")
    }
    /// A command that this user may not say.
    public static func notForYou(_ command: String) -> Wording {
        Wording(ru: "«\(command)» вам не разрешено", en: "“\(command)” is not for you")
    }
    /// A command that works only as a command of its own, not inside the exchange.
    public static func onlyByApus(_ usage: String) -> Wording {
        Wording(ru: "это делает сама программа apus: apus \(usage)", en: "this is done by apus itself: apus \(usage)")
    }
    /// An option that the command does not know.
    public static func wrongOption(_ option: String) -> Wording {
        Wording(ru: "\(option) здесь не годится", en: "\(option) does not go with this command")
    }
    /// An object that a report is about and that is not there any more.
    public static func noneNow(_ item: String) -> Wording {
        Wording(ru: "сейчас \(item) нет; показаны прежние звонки", en: "there is no \(item) now; calls of the past are shown")
    }

    // Help.

    /// `show phones`.
    public static let helpShowPhones = Wording(ru: "телефоны: где, какие, что делают", en: "phones: where, which, what they do")
    /// `show calls`.
    public static let helpShowCalls = Wording(ru: "вызовы, которые идут сейчас", en: "calls that are up now")
    /// `show numbers`.
    public static let helpShowNumbers = Wording(
        ru: "номера организации и куда они ведут", en: "company numbers and where they lead")
    /// `show extension`.
    public static let helpShowExtension = Wording(
        ru: "что действует для сотрудника и откуда; его пароли", en: "what holds for an extension and why; its secrets")
    /// `show departments`.
    public static let helpShowDepartments = Wording(ru: "отделы и кто в них", en: "departments and who is in them")
    /// `show trunks`.
    public static let helpShowTrunks = Wording(ru: "линии связи", en: "trunks")
    /// `show health`.
    public static let helpShowHealth = Wording(ru: "здорова ли станция", en: "how the exchange is")
    /// `report calls`.
    public static let helpReportCalls = Wording(ru: "звонки за период", en: "the calls of a period")
    /// `config load`.
    public static let helpConfigLoad = Wording(
        ru: "загрузить строки set и delete; --replace вместо всего, --check только проверить",
        en: "load set and delete lines; --replace instead of all, --check only checks")
    /// `config show`.
    public static let helpConfigShow = Wording(
        ru: "что задано; с --secrets и пароли",
        en: "what is set; with --secrets the secrets too")
    /// `config diff`.
    public static let helpConfigDiff = Wording(
        ru: "что изменилось с прошлой версии, с версии N, от N до M",
        en: "what changed since the last revision, since N, from N to M")
    /// `config history`.
    public static let helpConfigHistory = Wording(ru: "все версии настроек", en: "all revisions of the configuration")
    /// `config rollback`.
    public static let helpConfigRollback = Wording(ru: "вернуть настройки версии N", en: "put revision N in force again")
    /// `help`.
    public static let helpHelp = Wording(
        ru: "эта справка; что можно написать после set …", en: "this; what may be written after set …")
    /// Options of all commands.
    public static let helpOptions = Wording(
        ru: "Везде: --json; где список, --csv; --lang ru|en; --state DIR",
        en: "Everywhere: --json; for lists --csv; --lang ru|en; --state DIR")
    /// Exit codes.
    public static let helpExitCodes = Wording(
        ru: "Код: 0 сделано, 1 отказ, 2 неверная команда, 3 станция не запущена",
        en: "Exit: 0 done, 1 refused, 2 wrong usage, 3 the exchange is not running")
    /// Nothing can be told about a line.
    public static func noHelp(_ line: String) -> Wording {
        Wording(ru: "после «\(line)» ничего не ждут", en: "nothing is expected after “\(line)”")
    }

    // Headings.

    /// A column.
    public static let columnExtension = Wording(ru: "ТЕЛЕФОН", en: "PHONE")
    /// A column.
    public static let columnName = Wording(ru: "ИМЯ", en: "NAME")
    /// A column.
    public static let columnState = Wording(ru: "СОСТОЯНИЕ", en: "STATE")
    /// A column.
    public static let columnContact = Wording(ru: "АДРЕС", en: "ADDRESS")
    /// A column.
    public static let columnTransport = Wording(ru: "SIP", en: "SIP")
    /// A column.
    public static let columnExpires = Wording(ru: "ЕЩЁ", en: "LEFT")
    /// A column.
    public static let columnPhone = Wording(ru: "МОДЕЛЬ", en: "MODEL")
    /// A column.
    public static let columnID = Wording(ru: "№", en: "ID")
    /// A column.
    public static let columnFrom = Wording(ru: "ОТ", en: "FROM")
    /// A column.
    public static let columnTo = Wording(ru: "КОМУ", en: "TO")
    /// A column.
    public static let columnDuration = Wording(ru: "ИДЁТ", en: "FOR")
    /// A column.
    public static let columnWith = Wording(ru: "КТО", en: "WHO")
    /// A column.
    public static let columnNumber = Wording(ru: "НОМЕР", en: "NUMBER")
    /// A column.
    public static let columnLabel = Wording(ru: "ПОМЕТКА", en: "LABEL")
    /// A column.
    public static let columnTrunk = Wording(ru: "ЛИНИЯ", en: "TRUNK")
    /// A column.
    public static let columnScheme = Wording(ru: "СХЕМА", en: "SCHEME")
    /// Before a department's name in the column of schemes.
    public static let theDepartment = Wording(ru: "отдел", en: "department")
    /// A column.
    public static let columnDestination = Wording(ru: "КУДА", en: "LEADS TO")
    /// A column.
    public static let columnDepartment = Wording(ru: "ОТДЕЛ", en: "DEPARTMENT")
    /// A column.
    public static let columnStrategy = Wording(ru: "ПОРЯДОК", en: "STRATEGY")
    /// A column.
    public static let columnMembers = Wording(ru: "СОТРУДНИКИ", en: "MEMBERS")
    /// A column.
    public static let columnNoAnswer = Wording(ru: "БЕЗ ОТВЕТА", en: "NO ANSWER")
    /// A column.
    public static let columnChannels = Wording(ru: "КАНАЛЫ", en: "CHANNELS")
    /// A column.
    public static let columnReserve = Wording(ru: "ВХОДЯЩИМ", en: "RESERVE")
    /// A column: calls on a trunk now.
    public static let columnInUse = Wording(ru: "СЕЙЧАС", en: "IN USE")
    /// A column: the most calls that a trunk had at once since the start.
    public static let columnMost = Wording(ru: "МАКС.", en: "MOST")
    /// A column.
    public static let columnCallerID = Wording(ru: "ВИДЯТ НОМЕР", en: "CALLER ID")
    /// A column.
    public static let columnRevision = Wording(ru: "ВЕРСИЯ", en: "REVISION")
    /// A column.
    public static let columnWhen = Wording(ru: "КОГДА", en: "WHEN")
    /// A column.
    public static let columnBy = Wording(ru: "КТО", en: "BY")
    /// A column.
    public static let columnComment = Wording(ru: "ЗАЧЕМ", en: "COMMENT")

    // Empty lists.

    /// No phone may register.
    public static let noPhones = Wording(ru: "телефонов нет", en: "no phones")
    /// No call is up.
    public static let noCalls = Wording(ru: "вызовов нет", en: "no calls")
    /// No company number.
    public static let noNumbers = Wording(ru: "номеров нет", en: "no numbers")
    /// No department.
    public static let noDepartments = Wording(ru: "отделов нет", en: "no departments")
    /// No trunk.
    public static let noTrunks = Wording(ru: "линий связи нет", en: "no trunks")
    /// No revision.
    public static let noRevisions = Wording(ru: "версий нет", en: "no revisions")

    // One extension.

    /// A company number that nobody answers.
    public static let leadsNowhere = Wording(ru: "! никуда", en: "! nowhere")
    /// Over the list of an extension's phones.
    public static let phonesHeading = Wording(ru: "телефоны", en: "phones")
    /// Where a value comes from.
    public static func inheritedFrom(_ path: String) -> Wording { Wording(ru: "из \(path)", en: "from \(path)") }
    /// A value that nobody has set.
    public static let factoryValue = Wording(ru: "заводское", en: "factory")

    // Health.

    /// A row.
    public static let healthVersion = Wording(ru: "версия", en: "version")
    /// A row.
    public static let healthStarted = Wording(ru: "запущена", en: "started")
    /// A row.
    public static let healthUptime = Wording(ru: "работает", en: "uptime")
    /// A row.
    public static let healthClock = Wording(ru: "часы", en: "clock")
    /// A row.
    public static let healthPhones = Wording(ru: "телефонов", en: "phones")
    /// A row.
    public static let healthCalls = Wording(ru: "вызовов", en: "calls")
    /// A row.
    public static let healthRevision = Wording(ru: "настройки", en: "revision")
    /// Whether the wall clock may be believed.
    public static func clockTrust(_ trust: ClockTrust) -> Wording {
        switch trust {
        case .trusted: Wording(ru: "верны", en: "trusted")
        case .untrusted:
            Wording(
                ru: "! не проверены: нет сроков и расписания; если верны — clock trust",
                en: "! untrusted: no deadlines, no schedule; if it is right: clock trust")
        }
    }
    /// Above whatever depends on the time, while nobody vouches for the clock.
    public static let timeUnknown = Wording(
        ru:
            "Время неизвестно: часы станции никто не проверил. Часы работы, правила по времени и сроки не действуют, пока время не "
            + "установит NTP или clock set либо не подтвердит clock trust.",
        en:
            "The time is not known: nobody vouches for the exchange's clock. Hours, rules of time and deadlines are not in force until "
            + "NTP or `clock set` sets it, or `clock trust` confirms it.")
    /// `clock trust`.
    public static let helpClockTrust = Wording(
        ru: "часы идут верно: верить им до перезагрузки или перевода",
        en: "the clock is right: believe it until it is set or the next boot")
    /// The clock is believed, and what time it shows.
    public static func clockTrusted(_ time: String) -> Wording {
        Wording(ru: "часам верят: \(time)", en: "the clock is believed: \(time)")
    }
    /// The clock is years off.
    public static func clockImplausible(_ time: String) -> Wording {
        Wording(ru: "\(time) не может быть: сначала установите время", en: "it cannot be \(time): set the time first")
    }
    /// "3 days".
    public static func days(_ count: Int, in language: Language) -> String {
        let word =
            switch language {
            case .ru: language.plural(count, one: "день", few: "дня", many: "дней")
            case .en: language.plural(count, one: "day", few: "days", many: "days")
            }
        return "\(count) \(word)"
    }

    // Loading a configuration.

    /// A command that came without the file that it names.
    public static let noAttachment = Wording(ru: "текст файла не передан", en: "the file's text did not come along")
    /// Nothing wrong was found.
    public static let checkedWell = Wording(ru: "ошибок нет, ничего не изменено", en: "no errors, nothing changed")
    /// A new revision holds.
    public static func inForce(_ revision: Int) -> Wording {
        Wording(ru: "действует версия \(revision)", en: "revision \(revision) is in force")
    }
    /// The text says what holds already.
    public static func nothingChanged(_ revision: Int) -> Wording {
        Wording(ru: "изменений нет, действует версия \(revision)", en: "no changes, revision \(revision) is in force")
    }
    /// Before a warning.
    public static let warning = Wording(ru: "предупреждение", en: "warning")
    /// Where an error is.
    public static func line(_ number: Int) -> Wording { Wording(ru: "строка \(number)", en: "line \(number)") }
    /// A change that was made of an older revision; nothing of it is lost.
    public static func overtaken(from base: Int, to now: Int, by author: String, lines: [String]) -> Wording {
        let list = lines.prefix(8).map { "\n   " + $0 }.joined() + (lines.count > 8 ? "\n   …" : "")
        return Wording(
            ru: "пока вы меняли версию \(base), \(author) включил версию \(now):\(list)\nваши строки целы: повторите команду",
            en: "while you changed revision \(base), \(author) put revision \(now) in force:\(list)\n"
                + "your lines are kept: say it again")
    }
    /// Where an error is that no line of the text has made.
    public static let inForceBefore = Wording(ru: "в действующих настройках", en: "in what is in force")
    /// Over the list of errors.
    public static func refusedWithErrors(_ count: Int, in language: Language) -> String {
        switch language {
        case .ru:
            "\(count) \(language.plural(count, one: "ошибка", few: "ошибки", many: "ошибок")), ничего не изменено:"
        case .en: "\(count) \(language.plural(count, one: "error", few: "errors", many: "errors")), nothing changed:"
        }
    }
    /// A section that there is not.
    public static func notASection(_ word: String, _ words: [String]) -> Wording {
        let list = words.joined(separator: ", ")
        return Wording(ru: "раздела «\(word)» нет; есть \(list)", en: "there is no section “\(word)”; there are \(list)")
    }
    /// Two revisions that are the same.
    public static func noDifference(_ older: Int, _ newer: Int) -> Wording {
        Wording(ru: "версии \(older) и \(newer) одинаковы", en: "revisions \(older) and \(newer) are the same")
    }
    /// There is nothing to compare with.
    public static let onlyRevision = Wording(ru: "прежних версий нет", en: "there is no earlier revision")
    /// A revision that there is not.
    public static func noRevision(_ number: Int) -> Wording {
        Wording(ru: "версии \(number) нет", en: "there is no revision \(number)")
    }
    /// A time zone that the system does not have.
    public static func unknownTimezone(_ name: String) -> Wording {
        Wording(ru: "часового пояса «\(name)» нет", en: "there is no time zone “\(name)”")
    }
    /// What a time zone looks like.
    public static let timezoneExample = Wording(ru: "например: Europe/Moscow", en: "for instance: Europe/Moscow")

    // The client.

    /// Nobody listens on the control socket.
    public static func notRunning(_ path: String, _ reason: String) -> Wording {
        Wording(ru: "станция не запущена: \(path): \(reason)", en: "the exchange is not running: \(path): \(reason)")
    }
    /// The control socket is not for this user.
    public static func noAccess(_ path: String, _ reason: String) -> Wording {
        Wording(ru: "нет доступа к станции: \(path): \(reason)", en: "no access to the exchange: \(path): \(reason)")
    }
    /// The exchange went away before it had answered.
    public static let noAnswer = Wording(ru: "станция не ответила", en: "the exchange did not answer")
    /// A file that cannot be read.
    public static func cannotRead(_ file: String, _ reason: String) -> Wording {
        Wording(ru: "файл \(file) не читается: \(reason)", en: "\(file) cannot be read: \(reason)")
    }
    /// A file that is no text.
    public static func notText(_ file: String) -> Wording {
        Wording(ru: "\(file) — не текст UTF-8", en: "\(file) is no UTF-8 text")
    }
    /// An answer over the limit of the control socket.
    public static let replyTooLong = Wording(ru: "ответ слишком велик, сузьте вопрос", en: "the answer is too long, ask for less")
    /// An option without its value.
    public static func optionNeedsValue(_ option: String) -> Wording {
        Wording(ru: "после \(option) нужно значение", en: "\(option) needs a value")
    }
}
