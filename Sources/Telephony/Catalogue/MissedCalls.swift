// What is said about missed calls: their report, the tasks that they make.

extension Catalogue {
    // The report.

    /// "Missed calls for 2026-11-23, whole office".
    public static func missedReportTitle(period: String, scope: Wording) -> Wording {
        Wording(
            ru: "Пропущенные звонки за \(period), \(scope.text(in: .ru))",
            en: "Missed calls for \(period), \(scope.text(in: .en))")
    }

    /// "12 answered, 3 missed, of 2 clients".
    public static func missedHead(answered: Int, _ missed: Int, _ clients: Int, in language: Language) -> String {
        let counts = [outcomeCount(answered, .answered, in: language), outcomeCount(missed, .missed, in: language)]
        let first = counts.joined(separator: ", ")
        guard missed > 0 else { return first.prefix(1).uppercased() + first.dropFirst() }
        switch language {
        case .ru:
            let word = language.plural(clients, one: "клиента", few: "клиентов", many: "клиентов")
            return first.prefix(1).uppercased() + first.dropFirst() + " — от \(clients) \(word)"
        case .en: return "\(first) — \(clients) \(language.plural(clients, one: "client", few: "clients", many: "clients"))"
        }
    }

    /// A way in which missed calls were returned.
    public static let verdictInTime = Wording(ru: "перезвонили вовремя", en: "returned in time")
    /// A way in which missed calls were returned.
    public static let verdictLate = Wording(ru: "перезвонили поздно", en: "returned late")
    /// A way in which missed calls were returned.
    public static let verdictNotReturned = Wording(ru: "не перезвонили", en: "not returned")
    /// A way in which missed calls were returned.
    public static let verdictTried = Wording(ru: "звонили, не дозвонились", en: "tried, not reached")

    /// How fast clients were called back, hours and minutes.
    public static func reactionLine(median: String, ninetieth: String) -> Wording {
        Wording(
            ru: "Клиент ждал ответного звонка (ч:мм): половина до \(median), 90 % до \(ninetieth)",
            en: "Clients waited for the return call (h:mm): half up to \(median), 90 % up to \(ninetieth)")
    }

    /// The most calls at once.
    public static func peakLine(_ count: Int, at time: String) -> Wording {
        Wording(ru: "Одновременных звонков не больше \(count) (\(time))", en: "Calls at once: \(count) at most (\(time))")
    }

    /// A section of the report.
    public static let problemsTitle = Wording(
        ru: "НЕ ПЕРЕЗВОНИЛИ ИЛИ ПЕРЕЗВОНИЛИ ПОЗДНО", en: "NEVER RETURNED, OR TOO LATE")
    /// Its only line where there is nothing to blame.
    public static let noProblems = Wording(ru: "таких нет", en: "none")
    /// A section of the report.
    public static let waitingTitle = Wording(ru: "ЖДУТ ЗВОНКА, СРОК ЕЩЁ НЕ ВЫШЕЛ", en: "STILL TO BE CALLED, NOT DUE YET")
    /// A section of the report.
    public static let noLineTitle = Wording(ru: "ОТКАЗАНО: НЕ БЫЛО СВОБОДНОЙ ЛИНИИ", en: "REFUSED FOR LACK OF A LINE")
    /// What to do about it.
    public static func noLineAdvice(_ count: Int) -> Wording {
        Wording(
            ru: "Таких звонков: \(count). Попросите у оператора больше каналов или оставьте часть их входящим: "
                + "set trunk ID reserve-in N; число портов голоса задаёт set media ports.",
            en: "There were \(count). Ask the provider for more channels, or leave some of them to incoming calls: "
                + "set trunk ID reserve-in N; how many voices there can be says set media ports.")
    }
    /// A section of the report.
    public static let anonymousTitle = Wording(
        ru: "НОМЕР СКРЫТ: ПЕРЕЗВОНИТЬ НЕКУДА, В СЧЁТ НЕ ВХОДЯТ", en: "NUMBER HIDDEN: CANNOT BE CALLED BACK, NOT COUNTED ABOVE")
    /// A section of the report.
    public static let interruptedTitle = Wording(
        ru: "ПРЕРВАНЫ ПЕРЕЗАПУСКОМ СТАНЦИИ ДО ОТВЕТА", en: "CUT OFF BY A RESTART BEFORE ANYBODY ANSWERED")
    /// A section of the report.
    public static let peopleTitle = Wording(ru: "ПО СОТРУДНИКАМ", en: "BY EMPLOYEE")
    /// A section of the report.
    public static let daysTitle = Wording(ru: "ПО ДНЯМ И СОТРУДНИКАМ", en: "BY DAY AND EMPLOYEE")
    /// A section of the report.
    public static let hoursTitle = Wording(ru: "ПО ЧАСАМ: ПРОПУЩЕНО ИЗ ПРИШЕДШИХ", en: "BY HOUR: MISSED OF RECEIVED")
    /// A section of the report.
    public static let weekdaysTitle = Wording(ru: "ПО ДНЯМ НЕДЕЛИ: ПРОПУЩЕНО ИЗ ПРИШЕДШИХ", en: "BY WEEKDAY: MISSED OF RECEIVED")
    /// A section of the report.
    public static let waitsTitle = Wording(ru: "СКОЛЬКО ЖДАЛИ, ПРЕЖДЕ ЧЕМ ПОЛОЖИТЬ ТРУБКУ", en: "HOW LONG THEY WAITED")
    /// A section of the report.
    public static let numbersTitle = Wording(ru: "ПО НОМЕРАМ ОРГАНИЗАЦИИ", en: "BY COMPANY NUMBER")
    /// A section of the report.
    public static let allMissedTitle = Wording(
        ru: "ВСЕ ПРОПУЩЕННЫЕ  (* новый клиент)", en: "ALL MISSED CALLS  (* new client)")
    /// A section of the report.
    public static let allCallsTitle = Wording(ru: "ВСЕ ЗВОНКИ  (! пропущен)", en: "ALL CALLS  (! missed)")

    /// The columns of lists of missed calls: time, client, for whom, wait, return call, what became of it.
    public static let missedHeading = [
        Wording(ru: "Время", en: "Time"), Wording(ru: "Клиент", en: "Client"), Wording(ru: "Кому", en: "For"),
        Wording(ru: "Ждал", en: "Wait"), Wording(ru: "Ответный звонок", en: "Return call"), Wording(ru: "Итог", en: "Result"),
    ]
    /// A column.
    public static let columnPerson = Wording(ru: "Сотрудник", en: "Employee")
    /// A column.
    public static let columnDayAndPerson = Wording(ru: "День, сотрудник", en: "Day, employee")
    /// A column.
    public static let columnCompanyNumber = Wording(ru: "Номер", en: "Number")
    /// Of a person's table: answered, missed, phone rang and was not picked up, clients called back, and of these in time.
    public static let personColumns = [
        Wording(ru: "Отвечено", en: "Answered"), Wording(ru: "Пропущ.", en: "Missed"), Wording(ru: "Не взял", en: "No pick"),
        Wording(ru: "Перезв.", en: "Returned"), Wording(ru: "Вовремя", en: "In time"),
    ]
    /// Of a company number's table: answered, missed, returned in time, late, never, tried.
    public static let numberColumns = [
        Wording(ru: "Отвечено", en: "Answered"), Wording(ru: "Пропущ.", en: "Missed"), Wording(ru: "Вовремя", en: "In time"),
        Wording(ru: "Поздно", en: "Late"), Wording(ru: "Нет", en: "Never"), Wording(ru: "Не дозв.", en: "Tried"),
    ]

    /// One of the five states: he called again himself and was answered.
    public static let stateGotThrough = Wording(ru: "дозвонился сам", en: "got through")
    /// One of the five states: called back in time.
    public static let stateCalledBack = Wording(ru: "вовремя", en: "in time")
    /// Somebody said in time that it is done.
    public static let stateByHand = Wording(ru: "закрыто вручную", en: "closed by hand")
    /// One of the five states: too late, by hours and minutes.
    public static func stateLate(by time: String) -> Wording { Wording(ru: "поздно +\(time)", en: "late +\(time)") }
    /// One of the five states: nobody has talked to him.
    public static let stateNever = Wording(ru: "не перезвонили", en: "never")
    /// One of the five states: he did not answer our call.
    public static let stateTried = Wording(ru: "не дозвонились", en: "tried, no reply")
    /// He was called; nobody knows when.
    public static let stateTriedSometime = Wording(ru: "звонили, время?", en: "tried, time ?")
    /// The deadline is still to come.
    public static func stateWaiting(until time: String) -> Wording { Wording(ru: "до \(time)", en: "by \(time)") }
    /// He hides his number.
    public static let stateAnonymous = Wording(ru: "номер скрыт", en: "hidden")
    /// The clock is not to be trusted.
    public static let stateUnknown = Wording(ru: "время неверно", en: "time unknown")
    /// Instead of a number.
    public static let hiddenNumber = Wording(ru: "номер скрыт", en: "number hidden")

    /// A day of the week, 1 = Monday.
    public static func weekdayName(_ number: Int) -> Wording {
        let ru = ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"]
        let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        let index = max(0, min(6, number - 1))
        return Wording(ru: ru[index], en: en[index])
    }
    /// "3 of 20".
    public static func ofThese(_ count: Int, of all: Int) -> Wording {
        Wording(ru: "\(count) из \(all)", en: "\(count) of \(all)")
    }
    /// A wait.
    public static func shorterThan(_ seconds: Int) -> Wording { Wording(ru: "до \(seconds) с", en: "under \(seconds) s") }
    /// A wait.
    public static func longerThan(_ seconds: Int) -> Wording { Wording(ru: "\(seconds) с и больше", en: "\(seconds) s or more") }

    // Tasks.

    /// `report missed`.
    public static let helpReportMissed = Wording(
        ru: "пропущенные: кому не перезвонили, кто, когда и как быстро",
        en: "missed calls: who was called back, by whom, how fast")
    /// `show tasks`.
    public static let helpShowTasks = Wording(ru: "кому надо перезвонить", en: "whom to call back")
    /// `tasks claim`.
    public static let helpTasksClaim = Wording(
        ru: "сотрудник N перезвонит сам, другие не трогают; держится 30 минут",
        en: "extension N will call, others leave it alone; holds 30 minutes")
    /// `tasks release`.
    public static let helpTasksRelease = Wording(ru: "задача снова свободна", en: "nobody is at it any more")
    /// `tasks done`.
    public static let helpTasksDone = Wording(ru: "сделано, закрыть", en: "it is done, close it")
    /// `tasks assign`.
    public static let helpTasksAssign = Wording(ru: "кто должен перезвонить", en: "who is to call back")
    /// `tasks note`.
    public static let helpTasksNote = Wording(ru: "записать что-нибудь к задаче", en: "write something down")
    /// `watch missed`.
    public static let helpWatchMissed = Wording(
        ru: "табло пропущенных, обновляется само; выход q", en: "the board of missed calls, refreshes itself; q leaves")
    /// A column.
    public static let columnClient = Wording(ru: "КЛИЕНТ", en: "CLIENT")
    /// A column.
    public static let columnAttempts = Wording(ru: "РАЗ", en: "CALLS")
    /// A column.
    public static let columnDue = Wording(ru: "СРОК", en: "DUE")
    /// A column.
    public static let columnAssignee = Wording(ru: "ЧЬЯ", en: "WHOSE")
    /// A column.
    public static let columnNote = Wording(ru: "ЗАМЕТКА", en: "NOTE")
    /// There is nothing to do.
    public static let noTasks = Wording(ru: "перезванивать некому", en: "nobody to call back")
    /// A task's state.
    public static let taskOpen = Wording(ru: "ждёт", en: "open")
    /// A task's state.
    public static let taskOverdue = Wording(ru: "просрочена", en: "overdue")
    /// A task's state.
    public static func taskClaimed(by person: String, isCalling: Bool) -> Wording {
        isCalling
            ? Wording(ru: "звонит \(person)", en: "\(person) is calling")
            : Wording(ru: "взял \(person)", en: "taken by \(person)")
    }
    /// A task's state.
    public static let taskDone = Wording(ru: "готово", en: "done")
    /// A task that there is not.
    public static func unknownTask(_ id: Int) -> Wording {
        Wording(ru: "задачи \(id) нет или она давно закрыта", en: "there is no task \(id), or it was closed long ago")
    }
    /// A task that needs nothing more.
    public static func taskIsDone(_ id: Int) -> Wording { Wording(ru: "задача \(id) уже закрыта", en: "task \(id) is done") }
    /// A task that somebody is at.
    public static func taskIsClaimed(_ id: Int, by person: String) -> Wording {
        Wording(ru: "задачей \(id) занимается \(person)", en: "\(person) is at task \(id)")
    }
    /// A note over the limit.
    public static let noteTooLong = Wording(ru: "заметка длиннее 200 знаков", en: "the note is longer than 200 characters")

    // The board.

    /// Its title.
    public static let boardTitle = Wording(ru: "ПРОПУЩЕННЫЕ ЗВОНКИ", en: "MISSED CALLS")
    /// Its counts.
    public static func boardCounts(_ open: Int, overdue: Int, called: Int, done: Int) -> Wording {
        Wording(
            ru: "Ждут \(open), просрочено \(overdue), звонят сейчас \(called), закрыто за сутки \(done)",
            en: "Waiting \(open), overdue \(overdue), being called \(called), done within a day \(done)")
    }
    /// The clock is not to be trusted.
    public static let boardNoClock = Wording(
        ru: "часы станции не проверены: сроки не считаются", en: "the clock is not to be trusted: nothing is due")
    /// Its columns: time left, client, how often he called, whose task, state.
    public static let boardHeading = [
        Wording(ru: "Осталось", en: "Left"), Wording(ru: "Клиент  (* новый)", en: "Client  (* new)"),
        Wording(ru: "Раз", en: "No."),
        Wording(ru: "Чья", en: "Whose"), Wording(ru: "Состояние", en: "State"),
    ]
    /// Over those that are done.
    public static let boardDone = Wording(ru: "Закрыты", en: "Done")
}
