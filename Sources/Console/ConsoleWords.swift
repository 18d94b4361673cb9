import Telephony

/// What a session itself does, beside the commands of the exchange.
enum ConsoleWord: Sendable {
    // In both modes.
    case exit, language, help
    // In operational mode.
    case configure, setup, live, menu
    // In configuration mode.
    case set, delete, edit, up, top, show, compare, check, commit, confirm, discard, rollback, run, load
}

extension CommandSyntax {
    /// What may be said in operational mode: every command, and what a session does.
    public static let operationalMode =
        all + [
            CommandSyntax("configure [takeover]", Catalogue.helpConfigure, .console(.configure)),
            CommandSyntax("setup", Catalogue.helpSetup, .console(.setup)),
            CommandSyntax("trace live", Catalogue.helpTraceLive, for: .owner, .console(.live)),
            CommandSyntax("menu", Catalogue.helpMenu, for: .owner, .console(.menu)),
            CommandSyntax("language (ru|en)", Catalogue.helpLanguage, for: .employee, .console(.language)),
            CommandSyntax("charset (utf8|koi8-r|ascii)", Catalogue.helpCharset, for: .employee, .apus),
            CommandSyntax("exit", Catalogue.helpExit, for: .employee, .console(.exit)),
        ]

    /// What may be said in configuration mode.
    public static let configurationMode = [
        CommandSyntax("set […]", Catalogue.helpSet, .console(.set)),
        CommandSyntax("delete […]", Catalogue.helpDelete, .console(.delete)),
        CommandSyntax("show [SECTION [NAME]]", Catalogue.helpShowCandidate, .console(.show)),
        CommandSyntax("compare [N]", Catalogue.helpCompare, .console(.compare)),
        CommandSyntax("check", Catalogue.helpCheck, .console(.check)),
        CommandSyntax("commit [confirmed [DUR]] [COMMENT]", Catalogue.helpCommit, .console(.commit)),
        CommandSyntax("confirm", Catalogue.helpConfirm, .console(.confirm)),
        CommandSyntax("discard", Catalogue.helpDiscard, .console(.discard)),
        CommandSyntax("rollback N", Catalogue.helpRollbackCandidate, .console(.rollback)),
        CommandSyntax("history", Catalogue.helpConfigHistory, isList: true) { run, _ throws(CommandFailure) in
            run.print(try run.history())
        },
        CommandSyntax("edit […]", Catalogue.helpEdit, .console(.edit)),
        CommandSyntax("up", Catalogue.helpTop, .console(.up)), CommandSyntax("top", Catalogue.helpTop, .console(.top)),
        CommandSyntax("load terminal", Catalogue.helpLoadTerminal, .console(.load)),
        CommandSyntax("load FILE [--replace]", Catalogue.helpLoadFile, .console(.load)),
        CommandSyntax("run […]", Catalogue.helpRun, .console(.run)),
        CommandSyntax("language (ru|en)", Catalogue.helpLanguage, .console(.language)),
        CommandSyntax("help", Catalogue.helpHelp, .console(.help)),
        CommandSyntax("exit", Catalogue.helpExitConfiguration, .console(.exit)),
    ]
}
