import Configuration
import Routing
import Telephony

extension CommandSyntax {
    static let prompts = [
        CommandSyntax("prompt list", Catalogue.helpPromptList, for: .owner, isList: true) { run, _ in run.print(run.promptTable)
        },
        CommandSyntax("prompt import ID FILE", Catalogue.helpPromptImport, file: .recording) { run, said throws(CommandFailure) in
            try run.keepPrompt(said["ID"] ?? "", "import")
        },
        CommandSyntax("prompt say ID [TEXT]", Catalogue.helpPromptSay, file: .spoken) { run, said throws(CommandFailure) in
            try run.keepPrompt(said["ID"] ?? "", "say")
        },
        CommandSyntax("prompt record ID at EXTENSION", Catalogue.helpPromptRecord) { run, said throws(CommandFailure) in
            try run.recordPrompt(said["ID"] ?? "", at: said["EXTENSION"] ?? "")
        },
        CommandSyntax("prompt export ID FILE", Catalogue.helpPromptExport, for: .owner, file: .sound) {
            run, said throws(CommandFailure) in try run.exportPrompt(said["ID"] ?? "")
        },
        CommandSyntax("prompt delete ID", Catalogue.helpPromptDelete) { run, said throws(CommandFailure) in
            try run.deletePrompt(said["ID"] ?? "")
        },
    ]
}

extension CommandEnvironment {
    /// Makes what an employee has spoken by telephone a prompt, in his name. What came of it.
    public func adopt(_ recording: PromptRecording, as prompt: String, by number: ExtensionNumber) -> Reply {
        let request = ControlRequest([], attachment: SoundText.text(recording.bytes))
        let runner = runner(for: request, by: ConsoleUser(name: number, role: .installer))
        do throws(CommandFailure) { return try runner.keepPrompt(prompt, "record") } catch {
            return .refused(error.text.text(in: runner.language))
        }
    }
}

/// `prompt …`: what the office says in its own words.
extension CommandRunner {
    /// Whether a prompt is heard.
    private enum Sounding: String {
        case heard, outdated, silent, unset

        var wording: Wording {
            switch self {
            case .heard: Catalogue.promptHeard
            case .outdated: Catalogue.promptOutdated
            case .silent: Catalogue.promptSilent
            case .unset: Catalogue.promptUnused
            }
        }
    }

    private func sounding(_ item: ConfigurationDocument.Item?, _ sound: PromptSound?) -> Sounding {
        guard let item else { return .unset }
        guard let sound else { return .silent }
        guard let text = item.promptText, let words = sound.words, words != text else { return .heard }
        return .outdated
    }

    /// The office's prompts: those that are set, and sounds that nothing sets.
    var promptTable: Table {
        let sounds = Dictionary(environment.prompts.list().map { ($0.id, $0) }) { first, _ in first }
        let items = view.document.items("prompt"), ids = items.compactMap(\.path.name)
        let uses = Dictionary(grouping: view.document.promptUses, by: \.id)
        let known = ids + sounds.keys.filter { !ids.contains($0) }.sorted()
        return Table(
            columns: [
                .init("id", Catalogue.columnID), .init("state", Catalogue.columnState),
                .init("duration", Catalogue.columnLength, isNumber: true), .init("number", Catalogue.columnNumber),
                .init("uses", Catalogue.columnUses, isNumber: true), .init("text", Catalogue.columnText), .init("lines", nil),
            ],
            rows: known.map { id in
                let item = items.first { $0.path.name == id }, sound = sounds[id]
                let state = sounding(item, sound), lines = uses[id]?.map(\.text) ?? []
                return [
                    .init(id), .init(say(state.wording), .string(state.rawValue)),
                    .init(sound.map { clock($0.length.milliseconds) } ?? "", sound.map { .seconds($0.length) } ?? .null),
                    .init(item?.entries("number").first?.words.first?.value ?? ""),
                    .init(lines.count),
                    .init(item?.promptText ?? sound?.words ?? ""), .init("", .array(lines.map { .string($0) })),
                ]
            }, empty: Catalogue.noPrompts)
    }

    /// Prompts that the office has and nobody would hear as they are set.
    func unheardPrompts(of document: ConfigurationDocument) -> [ConfigurationError] {
        let items = document.items("prompt")
        guard !items.isEmpty else { return [] }
        let sounds = Dictionary(environment.prompts.list().map { ($0.id, $0) }) { first, _ in first }
        return items.compactMap { item in
            guard let id = item.path.name else { return nil }
            switch sounding(item, sounds[id]) {
            case .heard, .unset: return nil
            case .outdated: return .init(line: item.line, text: Catalogue.promptIsOutdated(id), hint: Catalogue.sayPrompt(id))
            case .silent where item.promptText == nil:
                return .init(line: item.line, text: Catalogue.promptHasNoSound(id), hint: Catalogue.importPrompt(id))
            case .silent: return .init(line: item.line, text: Catalogue.promptIsText(id), hint: Catalogue.sayPrompt(id))
            }
        }
    }

    /// The words of `prompt say`: those that were said, else those that are set.
    func words(toSpeak said: SpokenCommand) throws(CommandFailure) -> String {
        let id = said["ID"] ?? ""
        guard let words = said["TEXT"] ?? view.document.item("prompt", id)?.promptText, !words.allSatisfy(\.isWhitespace) else {
            throw CommandFailure(Catalogue.promptHasNoText(id))
        }
        return words
    }

    /// Takes the sound that came with the command. A prompt that was not set is set by it; words that were spoken become its text.
    func keepPrompt(_ id: String, _ verb: String) throws(CommandFailure) -> Reply {
        guard let attachment else { throw CommandFailure(Catalogue.noAttachment) }
        let bytes = SoundText.bytes(attachment)
        let sound: SoundFile
        do throws(SoundFault) { sound = try SoundFile(bytes) } catch { throw CommandFailure(Catalogue.soundFault(error)) }
        guard sound.coding == .signed16, sound.channels == 1, sound.rate == PromptRecording.rate,
            sound.length <= PromptRecording.longest
        else { throw CommandFailure(Catalogue.soundIsNoPrompt) }
        let isSet = view.document.item("prompt", id) != nil
        let line = sound.words.map { "text \(TypedLine.quoted($0))" } ?? (isSet ? nil : "file \(id).wav")
        let candidate: ConfigurationCandidate
        switch check(line.map { "set prompt \(TypedLine.joined([id])) \($0)" } ?? "", replace: false) {
        case .success(let good): candidate = good
        case .failure(let refused): return refusal(refused.errors)
        }
        let isChanged = candidate.document != view.document
        if isChanged { try refuseWhilePending() }
        try environment.prompts.keep(id, bytes)
        let revision = isChanged ? try put(candidate, "prompt \(verb) \(id)") : view.revision
        let kept = say(Catalogue.promptKept(id, clock(sound.length.milliseconds)))
        return print(
            text: kept + (isChanged ? "; " + say(Catalogue.inForce(revision)) : "") + "\n",
            json: .object([("id", .string(id)), ("duration", .seconds(sound.length)), ("revision", .integer(revision))]))
    }

    /// Has an employee's telephone rung, where a prompt is spoken, heard and accepted.
    func recordPrompt(_ id: String, at number: ExtensionNumber) throws(CommandFailure) -> Reply {
        if case .failure(let refused) = check("set prompt \(TypedLine.joined([id])) file \(id).wav", replace: false) {
            return refusal(refused.errors)
        }
        try refuseUnlessIdle(number)
        try environment.prompts.record(id, number)
        return print(
            text: say(Catalogue.promptIsRecorded(id, at: number)) + "\n",
            json: .object([("id", .string(id)), ("extension", .string(number))]))
    }

    /// A telephone that is to be rung must be there, and nobody at it.
    func refuseUnlessIdle(_ number: ExtensionNumber) throws(CommandFailure) {
        guard settings.office.extensions[number] != nil else {
            throw CommandFailure(Catalogue.unknownTarget("extension \(number)"))
        }
        let phones = view.phones.filter { $0.extension == number && $0.contact != nil }
        guard !phones.isEmpty else { throw CommandFailure(Catalogue.hasNoPhone(number)) }
        guard phones.allSatisfy({ $0.state == .idle }) else { throw CommandFailure(Catalogue.isEngaged(number)) }
    }

    func exportPrompt(_ id: String) throws(CommandFailure) -> Reply {
        guard environment.prompts.list().contains(where: { $0.id == id }) else {
            throw CommandFailure(Catalogue.noSuchPrompt(id))
        }
        return Reply(output: SoundText.text(try environment.prompts.sound(id)))
    }

    /// Deletes a prompt that no line needs.
    func deletePrompt(_ id: String) throws(CommandFailure) -> Reply {
        let hasSound = environment.prompts.list().contains { $0.id == id }, isSet = view.document.item("prompt", id) != nil
        guard hasSound || isSet else { throw CommandFailure(Catalogue.noSuchPrompt(id)) }
        let lines = view.document.promptUses.filter { $0.id == id }.map(\.text)
        guard lines.isEmpty else { throw CommandFailure(Catalogue.promptIsUsed(id, by: lines)) }
        if isSet {
            let reply = try apply("delete prompt \(id)", replace: false, check: false, comment: "prompt delete \(id)")
            if reply.exitCode != 0 { return reply }
        }
        if hasSound { try environment.prompts.remove(id) }
        return print(text: say(Catalogue.promptDeleted(id)) + "\n", json: .object([("id", .string(id))]))
    }
}

extension ConfigurationDocument.Item {
    /// The words of a prompt, where it is set by them.
    var promptText: String? { entries("text").first?.words.first?.value }
}
