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
