// What a console says.

extension Catalogue {
    // Help.

    /// `configure`.
    public static let helpConfigure = Wording(
        ru: "менять настройки; takeover — забрать их у другого", en: "change the configuration; takeover: from somebody else")
    /// `language`.
    public static let helpLanguage = Wording(ru: "язык этого сеанса", en: "the language of this session")
    /// `charset`.
    public static let helpCharset = Wording(ru: "кодировка терминала", en: "the terminal's encoding")
    /// `exit` in operational mode.
    public static let helpExit = Wording(ru: "выйти", en: "log out")
    /// `exit` in configuration mode.
    public static let helpExitConfiguration = Wording(
        ru: "выйти из режима настройки; изменения подождут", en: "leave configuration mode; changes wait")
    /// `set`.
    public static let helpSet = Wording(ru: "задать", en: "set something")
    /// `delete`.
    public static let helpDelete = Wording(ru: "убрать", en: "take something away")
    /// `show` in configuration mode.
    public static let helpShowCandidate = Wording(
        ru: "что задано; show | compare — что изменено", en: "what is set; show | compare: what was changed")
    /// `compare`.
    public static let helpCompare = Wording(
        ru: "что изменено против действующих настроек или версии N",
        en: "what was changed against what is in force, or revision N")
    /// `check`.
    public static let helpCheck = Wording(ru: "проверить, ничего не включая", en: "check all of it, put nothing in force")
    /// `commit`.
    public static let helpCommit = Wording(
        ru: "включить; confirmed 10m — вернётся само, если не подтвердить",
        en: "put in force; confirmed 10m: goes back by itself unless confirmed")
    /// `confirm`.
    public static let helpConfirm = Wording(
        ru: "оставить настройки в силе, возврата не будет", en: "keep what is in force; nothing goes back")
    /// `discard`.
    public static let helpDiscard = Wording(ru: "забыть изменения", en: "forget the changes")
    /// `rollback` in configuration mode.
    public static let helpRollbackCandidate = Wording(
        ru: "взять версию N; затем commit", en: "take revision N; then commit")
    /// `edit`.
    public static let helpEdit = Wording(
        ru: "перейти к одному объекту: edit extension 101", en: "work on one object: edit extension 101")
    /// `up` and `top`.
    public static let helpTop = Wording(ru: "ко всем настройкам", en: "to all of the configuration")
    /// `load terminal`.
    public static let helpLoadTerminal = Wording(
        ru: "принять вставленный текст до строки end или Ctrl-D", en: "take pasted text up to a line end or Ctrl-D")
    /// `load FILE`.
    public static let helpLoadFile = Wording(ru: "взять строки из файла", en: "take the lines of a file")
    /// `run`.
    public static let helpRun = Wording(ru: "обычная команда, не выходя отсюда", en: "an ordinary command from here")
    /// `config commit`.
    public static let helpConfigCommit = Wording(
        ru: "включить то, что подготовлено в консоли", en: "put in force what a console has prepared")
    /// `config confirm`.
    public static let helpConfigConfirm = Wording(
        ru: "подтвердить настройки, которые ждут подтверждения", en: "confirm a configuration that waits for it")
    /// `config check`.
    public static let helpConfigCheck = Wording(
        ru: "проверить то, что подготовлено в консоли", en: "check what a console has prepared")
    /// `config discard`.
    public static let helpConfigDiscard = Wording(
        ru: "забыть то, что подготовлено в консоли", en: "forget what a console has prepared")

    // The candidate.

    /// Somebody else works on the configuration.
    public static func candidateHeld(by holder: String, at place: String, since: String, isThere: Bool) -> Wording {
        Wording(
            ru: "настройки меняет \(holder) (\(place)), с \(since)" + (isThere ? "" : "; сейчас его нет на линии")
                + ". Забрать вместе с изменениями: configure takeover",
            en: "\(holder) (\(place)) is changing the configuration since \(since)"
                + (isThere ? "" : ", but is not on the line now") + ". To take it over, changes included: configure takeover")
    }
    /// One's own candidate, found again.
    public static func candidateFound(since: String) -> Wording {
        Wording(
            ru: "ваши изменения, начатые \(since), на месте: show | compare",
            en: "your changes, begun \(since), are still here: show | compare")
    }
    /// The candidate was taken over.
    public static func candidateTaken(from holder: String) -> Wording {
        Wording(ru: "настройки забраны у \(holder): show | compare", en: "taken over from \(holder): show | compare")
    }
    /// The candidate is not this session's any more.
    public static func candidateLost(to holder: String?) -> Wording {
        Wording(
            ru: holder.map { "изменения забрал \($0); режим настройки закрыт" } ?? "изменений больше нет; режим настройки закрыт",
            en: holder.map { "\($0) has taken over the changes; configuration mode ends" }
                ?? "the changes are gone; configuration mode ends")
    }
    /// Configuration mode was left with changes.
    public static let changesWait = Wording(
        ru: "изменения не включены и ждут: configure; после перезагрузки их не будет",
        en: "the changes are not in force; they wait for configure, but not over a reboot")
    /// There is no candidate.
    public static let noCandidate = Wording(ru: "изменений нет", en: "there are no changes")
    /// Changes forgotten.
    public static let discarded = Wording(ru: "изменения забыты", en: "the changes are forgotten")
    /// Nothing was changed.
    public static let nothingToCompare = Wording(ru: "изменений нет", en: "no changes")
    /// The same objects were changed by somebody else.
    public static func changedMeanwhile(_ paths: [String], revision: Int) -> Wording {
        let list = paths.joined(separator: ", ")
        return Wording(
            ru:
                "тем временем включена версия \(revision), и в ней изменено то же: \(list). Сравните (compare) и повторите commit",
            en: "revision \(revision) came in force meanwhile and changed the same: \(list). Look (compare) and commit again")
    }
    /// Text taken into the candidate.
    public static func taken(_ lines: Int, in language: Language) -> String {
        switch language {
        case .ru: "принято: \(lines) \(language.plural(lines, one: "строка", few: "строки", many: "строк"))"
        case .en: "taken: \(lines) \(language.plural(lines, one: "line", few: "lines", many: "lines"))"
        }
    }
    /// Lines that were not taken.
    public static func notTaken(_ count: Int, in language: Language) -> String {
        switch language {
        case .ru: "не принято: \(count) \(language.plural(count, one: "строка", few: "строки", many: "строк"))"
        case .en: "not taken: \(count) \(language.plural(count, one: "line", few: "lines", many: "lines"))"
        }
    }

    // Confirmation.

    /// A revision in force that waits for confirmation.
    public static func inForceUntil(_ revision: Int, _ left: String) -> Wording {
        Wording(
            ru: "действует версия \(revision); через \(left) вернётся прежняя, если не сказать confirm",
            en: "revision \(revision) is in force and goes back in \(left) unless you say confirm")
    }
    /// Confirmed.
    public static func confirmed(_ revision: Int) -> Wording {
        Wording(ru: "версия \(revision) подтверждена", en: "revision \(revision) is confirmed")
    }
    /// Nobody waits for a confirmation.
    public static let nothingToConfirm = Wording(ru: "подтверждать нечего", en: "there is nothing to confirm")
    /// A change while another one waits for confirmation.
    public static func confirmationPending(by user: String, left: String) -> Wording {
        Wording(
            ru: "настройки ждут подтверждения (\(user), ещё \(left)): сначала confirm или rollback",
            en: "the configuration waits for confirmation (\(user), \(left) left): confirm or roll back first")
    }
    /// In the prompt.
    public static func reverts(_ left: String) -> Wording { Wording(ru: "возврат \(left)", en: "reverts \(left)") }
    /// The comment of a revision that came back by itself.
    public static func revertedComment(_ revision: Int) -> String { "rollback \(revision): not confirmed" }

    /// No more sessions.
    public static let tooManySessions = Wording(
        ru: "открыто слишком много консолей", en: "too many consoles are open")

    // The terminal.

    /// At the end of a page.
    public static let more = Wording(ru: "-- ещё --", en: "-- more --")
    /// Before a pasted text.
    public static let pasteNow = Wording(
        ru: "вставьте текст; конец — строка end или Ctrl-D, отказ — Ctrl-C",
        en: "paste the text; it ends with a line `end` or Ctrl-D, Ctrl-C forgets it")
    /// A text that was not wanted after all.
    public static let pasteForgotten = Wording(ru: "забыто", en: "forgotten")
    /// After lines that were pasted one by one.
    public static func pasted(_ lines: Int, faults: Int, in language: Language) -> String {
        taken(lines - faults, in: language) + (faults == 0 ? "" : "; " + notTaken(faults, in: language))
    }
    /// A command that needs a terminal, given with a connection.
    public static let onlyInConsole = Wording(
        ru: "это делают в консоли, а не одной командой", en: "this is done in the console, not as a command by itself")
    /// Files of the box, at a line that anybody may sit at.
    public static let noFilesHere = Wording(
        ru: "на этой линии файлы доступны только монтажнику; войдите по SSH",
        en: "files are the installer's on this line; come by SSH")
    /// A line that nobody has typed at.
    public static let idle = Wording(ru: "долго ничего не нажимали: выход", en: "nobody typed for a long time: logged out")
    /// A line whose exchange does not run.
    public static let waitingForExchange = Wording(
        ru: "жду станцию; вход откроется, когда она запустится", en: "waiting for the exchange; the login opens when it runs")
    /// The exchange went away.
    public static let reconnecting = Wording(
        ru: "станция не отвечает, жду её", en: "the exchange does not answer; waiting for it")
    /// And is back.
    public static let reconnected = Wording(ru: "станция снова отвечает", en: "the exchange answers again")
    /// A file was written.
    public static func saved(_ file: String) -> Wording { Wording(ru: "записано: \(file)", en: "written: \(file)") }
    /// Asked at a login.
    public static let askName = Wording(ru: "Имя: ", en: "Name: ")
    /// Asked at a login.
    public static let askSecret = Wording(ru: "Пароль: ", en: "Password: ")
    /// Wrong name or password.
    public static let loginRefused = Wording(ru: "имя или пароль не подходит", en: "wrong name or password")
    /// Too soon after a wrong one.
    public static func loginTooSoon(_ seconds: Int) -> Wording {
        Wording(ru: "следующая попытка через \(seconds) с", en: "try again in \(seconds) s")
    }
    /// Somebody whom the configuration does not know.
    public static func unknownUser(_ name: String) -> Wording {
        Wording(ru: "пользователя \(name) в настройках нет", en: "the configuration has no user \(name)")
    }
    /// Over the prompt of a session.
    public static func welcome(_ office: String, user: String) -> Wording {
        Wording(
            ru: "Apus, АТС\(office.isEmpty ? "" : " — \(office)"). \(user). ? — подсказка, exit — выход",
            en: "Apus exchange\(office.isEmpty ? "" : ", \(office)"). \(user). ? helps, exit leaves")
    }

    /// A word of configuration mode outside of it.
    public static func onlyInConfiguration(_ word: String) -> Wording {
        Wording(ru: "«\(word)» — в режиме настройки", en: "“\(word)” is a word of configuration mode")
    }

    // Lines.

    /// After `|`.
    public static func unknownFilter(_ word: String) -> Wording {
        Wording(
            ru: "после | можно: match ТЕКСТ, count, no-more, compare; не «\(word)»",
            en: "after | there may be: match TEXT, count, no-more, compare; not “\(word)”")
    }
    /// Every filter.
    public static let filters: [(word: String, help: Wording)] = [
        ("match", Wording(ru: "только строки с этим текстом", en: "only lines with this text")),
        ("count", Wording(ru: "сколько строк", en: "how many lines")),
        ("no-more", Wording(ru: "без остановок", en: "without stopping at every page")),
        ("compare", Wording(ru: "что изменено (после show)", en: "what was changed (after show)")),
    ]
    /// The number of lines.
    public static func lineCount(_ count: Int, in language: Language) -> String {
        switch language {
        case .ru: "\(count) \(language.plural(count, one: "строка", few: "строки", many: "строк"))"
        case .en: "\(count) \(language.plural(count, one: "line", few: "lines", many: "lines"))"
        }
    }
    /// `edit` without an object.
    public static let editNeedsObject = Wording(
        ru: "нужен раздел и, где объектов несколько, имя: edit extension 101",
        en: "a section is needed, and a name where there are several: edit extension 101")
    /// What holds where nothing is set.
    public static func standardValue(_ value: String) -> Wording {
        Wording(ru: "обычно \(value)", en: "default \(value)")
    }
}

extension Catalogue {
    /// Users without anybody who may configure.
    public static let noInstaller = Wording(
        ru: "среди пользователей нет ни одного installer с паролем", en: "no user is an installer with a password")
    /// What would be right.
    public static let addInstaller = Wording(
        ru: "добавьте: set user admin role installer secret \"…\"", en: "add: set user admin role installer secret \"…\"")
}
