import Configuration
import FollowUp
import Telephony

extension CommandSyntax {
    /// Every command of this version. A new one is one entry in the list of its family.
    public static let all: [CommandSyntax] =
        shows + reports + tasks + notices + voicemail + recordings + prompts + contacts + configuration + upkeep + backups
        + diagnoses + tools

    /// Commands of the product that this version does not do.
    static let later = [
        "show bans"
    ]

    private static let shows = [
        CommandSyntax("show phones", Catalogue.helpShowPhones, for: .owner, isList: true) { run, _ in run.print(run.phones) },
        CommandSyntax("show calls", Catalogue.helpShowCalls, for: .owner, isList: true) { run, _ in run.print(run.calls) },
        CommandSyntax("show numbers", Catalogue.helpShowNumbers, for: .owner, isList: true) { run, _ in run.print(run.numbers) },
        CommandSyntax("show extension N [secret]", Catalogue.helpShowExtension) { run, said throws(CommandFailure) in
            try run.show(said["N"] ?? "", secrets: said.has("secret"))
        },
        CommandSyntax("show departments", Catalogue.helpShowDepartments, for: .owner, isList: true) { run, _ in
            run.print(run.departments)
        },
        CommandSyntax("show trunks", Catalogue.helpShowTrunks, for: .owner, isList: true) { run, _ in run.print(run.trunks) },
        CommandSyntax("show regions [TEXT]", Catalogue.helpShowRegions, for: .owner, isList: true) { run, said in
            run.print(run.regions(said["TEXT"]))
        },
        CommandSyntax("show codes", Catalogue.helpShowCodes, for: .owner, isList: true) { run, _ in run.print(run.codes) },
        CommandSyntax("show conferences", Catalogue.helpShowConferences, for: .owner, isList: true) { run, _ in
            run.print(run.conferences)
        },
        CommandSyntax("show lamps", Catalogue.helpShowLamps, for: .owner, isList: true) { run, _ in run.print(run.lamps) },
        CommandSyntax("show night", Catalogue.helpShowNight, for: .owner, isList: true) { run, _ in
            run.printWithClockNote(run.nightKeys)
        },
        CommandSyntax("show schedule [next N days]", Catalogue.helpShowSchedule, for: .owner, isList: true) { run, said in
            run.printWithClockNote(run.schedule(days: said["N"].flatMap { Int($0) } ?? 14))
        },
        CommandSyntax("show health", Catalogue.helpShowHealth, for: .owner) { run, _ in
            run.print(text: run.healthText, json: run.healthJSON)
        },
    ]

    private static let reports = [
        CommandSyntax(
            "report calls [today|yesterday|day DATE|month YYYY-MM|from DATE to DATE] [department ID|operator N|number N]",
            Catalogue.helpReportCalls, for: .owner, isList: true
        ) { run, said throws(CommandFailure) in try run.report(ReportPeriod(said), ReportScope(said)) },
        CommandSyntax(
            "report missed [today|yesterday|day DATE|month YYYY-MM|from DATE to DATE] [department ID|operator N|number N]",
            Catalogue.helpReportMissed, for: .owner, isList: true
        ) { run, said throws(CommandFailure) in try run.reportMissed(ReportPeriod(said), ReportScope(said)) },
        CommandSyntax("explain call from NUMBER to NUMBER [at TIME]", Catalogue.helpExplainCall, for: .owner) { run, said in
            let numbers = said.all("NUMBER")
            return run.explain(from: numbers[0], to: numbers[1], at: said["TIME"].flatMap { Configuration.dateAndTime($0) })
        },
        CommandSyntax("explain last", Catalogue.helpExplainLast, for: .owner) { run, _ throws(CommandFailure) in
            try run.explainCall(nil)
        },
        CommandSyntax("explain CALL-ID", Catalogue.helpExplainCallID, for: .owner) { run, said throws(CommandFailure) in
            try run.explainCall(said["CALL-ID"].flatMap { Int($0) })
        },
        CommandSyntax(
            "replay [today|yesterday|day DATE|month YYYY-MM|from DATE to DATE] with FILE", Catalogue.helpReplay, isList: true
        ) { run, said throws(CommandFailure) in try run.replay(ReportPeriod(said)) },
    ]

    private static let tasks = [
        CommandSyntax("show tasks", Catalogue.helpShowTasks, for: .owner, isList: true) { run, _ in
            run.printWithClockNote(run.tasks)
        },
        CommandSyntax("tasks [list]", Catalogue.helpShowTasks, for: .owner, isList: true) { run, _ in
            run.printWithClockNote(run.tasks)
        },
        CommandSyntax("tasks claim TASK N", Catalogue.helpTasksClaim, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(.claim(by: said["N"] ?? ""), said)
        },
        CommandSyntax("tasks release TASK", Catalogue.helpTasksRelease, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(.release, said)
        },
        CommandSyntax("tasks done TASK [N]", Catalogue.helpTasksDone, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(.done(by: said["N"]), said)
        },
        CommandSyntax("tasks assign TASK extension N", Catalogue.helpTasksAssign, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(.assign(.extension(said["N"] ?? "")), said)
        },
        CommandSyntax("tasks assign TASK department ID", Catalogue.helpTasksAssign, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(.assign(.department(said["ID"] ?? "")), said)
        },
        CommandSyntax("tasks note TASK …", Catalogue.helpTasksNote, for: .owner, isList: true) {
            run, said throws(CommandFailure) in try run.order(CommandRunner.note(said.rest), said)
        },
        CommandSyntax("watch missed", Catalogue.helpWatchMissed, for: .owner) { run, _ in
            run.print(text: run.board, json: run.tasks.json)
        },
    ]

    private static let configuration = [
        CommandSyntax("config load FILE [--replace] [--check]", Catalogue.helpConfigLoad) { run, said throws(CommandFailure) in
            try run.load(replace: said.has("--replace"), check: said.has("--check"))
        },
        CommandSyntax("config show [SECTION [NAME]] [--secrets]", Catalogue.helpConfigShow) { run, said throws(CommandFailure) in
            try run.showConfiguration(said["SECTION"], said["NAME"], secrets: said.has("--secrets"))
        },
        CommandSyntax("config diff [N [M]]", Catalogue.helpConfigDiff) { run, said throws(CommandFailure) in
            try run.difference(from: said["N"].flatMap { Int($0) }, to: said["M"].flatMap { Int($0) })
        },
        CommandSyntax("config check", Catalogue.helpConfigCheck) { run, _ throws(CommandFailure) in try run.checkCandidate() },
        CommandSyntax("config commit [confirmed [DUR]] [COMMENT]", Catalogue.helpConfigCommit) {
            run, said throws(CommandFailure) in
            try run.commitCandidate(said)
        },
        CommandSyntax("config confirm", Catalogue.helpConfigConfirm) { run, _ throws(CommandFailure) in try run.confirm() },
        CommandSyntax("config discard", Catalogue.helpConfigDiscard) { run, _ throws(CommandFailure) in
            try run.discardCandidate()
        },
        CommandSyntax("config history", Catalogue.helpConfigHistory, isList: true) { run, _ throws(CommandFailure) in
            run.print(try run.history())
        },
        CommandSyntax("config rollback N", Catalogue.helpConfigRollback) { run, said throws(CommandFailure) in
            try run.rollback(to: said["N"].flatMap { Int($0) } ?? 0)
        },
    ]

    private static let upkeep = [
        CommandSyntax("show logs", Catalogue.helpLogs) { run, _ in run.logs() },
        CommandSyntax("trace call [NUMBER] [--ladder]", Catalogue.helpTraceCall, for: .owner) {
            run, said throws(CommandFailure) in
            try run.trace(said["NUMBER"].flatMap { Int($0) }, asLadder: said.has("--ladder"))
        },
        CommandSyntax("ping ADDRESS", Catalogue.helpPing, .apus),
        CommandSyntax("import FILE [--check]", Catalogue.helpImport) { run, said throws(CommandFailure) in
            try run.importEmployees(check: said.has("--check"))
        },
        CommandSyntax("support-bundle FILE", Catalogue.helpSupportBundle, file: .written) { run, _ throws(CommandFailure) in
            try run.supportBundle()
        },
        CommandSyntax("my codes", Catalogue.helpShowCodes, for: .employee, isList: true) { run, _ in run.print(run.codes) },
        CommandSyntax("my notices", Catalogue.helpShowNotices, for: .employee, isList: true) { run, _ throws(CommandFailure) in
            run.print(try run.notices(of: try run.own()))
        },
        CommandSyntax("my show", Catalogue.helpMyShow, for: .employee) { run, _ throws(CommandFailure) in try run.showOwn() },
        CommandSyntax("my set […]", Catalogue.helpMySet, for: .employee) { run, said throws(CommandFailure) in
            try run.changeOwn("set", said.rest)
        },
        CommandSyntax("my delete […]", Catalogue.helpMyDelete, for: .employee) { run, said throws(CommandFailure) in
            try run.changeOwn("delete", said.rest)
        },
    ]

    private static let tools = [
        CommandSyntax("night KEY on", Catalogue.helpNightOn, for: .owner) { run, said throws(CommandFailure) in
            try run.press(said["KEY"] ?? "", true)
        },
        CommandSyntax("night KEY off", Catalogue.helpNightOff, for: .owner) { run, said throws(CommandFailure) in
            try run.press(said["KEY"] ?? "", false)
        },
        CommandSyntax("clock trust", Catalogue.helpClockTrust) { run, _ throws(CommandFailure) in try run.trustClock() },
        CommandSyntax("selftest [CALLER CALLEE] [--through ADDRESS:PORT]", Catalogue.helpSelfTest, .apus),
        CommandSyntax("help […]", Catalogue.helpHelp, for: .employee) { run, said in
            Reply(output: Help.text(said.rest, language: run.language, width: run.width))
        },
    ]
}

extension ReportPeriod {
    /// The period that was said; today where none was.
    init(_ said: SpokenCommand) {
        let dates = said.all("DATE").compactMap { CivilDate($0) }
        if said.has("yesterday") {
            self = .yesterday
        } else if said.has("day"), let day = dates.first {
            self = .day(day)
        } else if let month = said["YYYY-MM"].flatMap({ CivilDate($0 + "-01") }) {
            self = .month(year: month.year, month: month.month)
        } else if dates.count == 2 {
            self = .days(dates[0], dates[1])
        } else {
            self = .today
        }
    }
}

extension ReportScope {
    /// The scope that was said; everything where none was.
    init(_ said: SpokenCommand) {
        if let id = said["ID"] {
            self = .department(id)
        } else if let number = said["N"] {
            self = said.has("operator") ? .operator(number) : .number(number)
        } else {
            self = .all
        }
    }
}
