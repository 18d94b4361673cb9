import Configuration
import Telephony

extension CommandSyntax {
    static let backups = [
        CommandSyntax("backup FILE", Catalogue.helpBackup, .apus),
        CommandSyntax("restore FILE [--check]", Catalogue.helpRestore, .apus),
        CommandSyntax("restart [--now]", Catalogue.helpRestart) { run, said throws(CommandFailure) in
            try run.restart(endingCalls: said.has("--now"))
        },
    ]

    /// What `apus` itself says on the way to what was asked of it; nobody types it.
    public static let inner = [
        CommandSyntax("backup prepare", Catalogue.helpBackup) { run, _ throws(CommandFailure) in try run.prepareBackup() },
        CommandSyntax("backup done FOLDER", Catalogue.helpBackup) { run, said in
            run.environment.backups.release(said["FOLDER"] ?? "")
            return Reply()
        },
        CommandSyntax("clock reckon TIME", Catalogue.helpClockSet) { run, said throws(CommandFailure) in
            Reply(output: "\(try run.officeTime(said["TIME"] ?? "").utc)\n")
        },
    ]
}

/// What commands order about the exchange as a whole.
public struct BackupDesk {
    /// Makes a backup ready to be packed: with the configuration as text, and some words about it; its folder. Throws where it cannot be.
    public var prepare: (_ configuration: String, _ about: String) throws(CommandFailure) -> String
    /// What was made ready in this folder is packed.
    public var release: (_ folder: String) -> Void
    /// Starts the exchange anew. Throws where it is not there to hear.
    public var restart: () throws(CommandFailure) -> Void

    /// A desk from its parts.
    public init(
        prepare: @escaping (String, String) throws(CommandFailure) -> String, release: @escaping (String) -> Void,
        restart: @escaping () throws(CommandFailure) -> Void
    ) {
        (self.prepare, self.release, self.restart) = (prepare, release, restart)
    }

    /// Of an exchange that is not there.
    public static var empty: Self {
        BackupDesk(
            prepare: { _, _ throws(CommandFailure) in throw CommandFailure(Catalogue.exchangeSilent) }, release: { _ in },
            restart: { () throws(CommandFailure) in throw CommandFailure(Catalogue.exchangeSilent) })
    }
}

extension CommandRunner {
    /// The folder of a backup that is ready to be packed, one line. Once more where a configuration came in force meanwhile.
    func prepareBackup() throws(CommandFailure) -> Reply {
        var now = view
        for _ in 0..<3 {
            let about = "Apus \(now.health.version), revision \(now.revision), \(dateAndTime(now.now.utc))\n"
            let folder = try environment.backups.prepare(now.document.text(), about)
            let after = environment.view()
            if after.revision == now.revision { return Reply(output: folder + "\n") }
            environment.backups.release(folder)
            now = after
        }
        throw CommandFailure(Catalogue.configurationChanges)
    }

    /// Starts the exchange anew, with nobody on the line or as it was ordered.
    func restart(endingCalls: Bool) throws(CommandFailure) -> Reply {
        guard view.calls.isEmpty || endingCalls else {
            return Reply(exitCode: 1, errors: Catalogue.callsAreUp(view.calls.count, in: language) + "\n")
        }
        try environment.backups.restart()
        return print(text: say(Catalogue.restarting) + "\n", json: .object([("calls", .integer(view.calls.count))]))
    }
}
