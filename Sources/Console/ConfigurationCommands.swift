import Configuration
import Exchange
import Telephony

/// `config …`
extension CommandRunner {
    func load(replace: Bool, check: Bool) throws(CommandFailure) -> Reply {
        guard let attachment else { throw CommandFailure(Catalogue.noAttachment) }
        let comment = "load \(file ?? "-")" + (replace ? " --replace" : "")
        return try apply(attachment, replace: replace, check: check, comment: comment.printable.cut(Self.commentLimit))
    }

    func rollback(to number: Int) throws(CommandFailure) -> Reply {
        let text = try revision(number).text
        let reply = try apply(text, replace: true, check: false, comment: "rollback \(number)", isWayBack: true)
        // The way back is what a confirmation waits for.
        if reply.exitCode == 0 { environment.withDesk { $0.pending = nil } }
        return reply
    }

    /// Check, then commit; what is the same as before makes no revision. Only the way back may go past a pending confirmation.
    func apply(_ text: String, replace: Bool, check: Bool, comment: String, isWayBack: Bool = false) throws(CommandFailure)
        -> Reply
    {
        let candidate: ConfigurationCandidate
        switch self.check(text, replace: replace) {
        case .success(let read): candidate = read
        case .failure(let refused): return refusal(refused.errors)
        }
        let isChanged = candidate.document != view.document
        if !check, !isWayBack { try refuseWhilePending() }
        let revision = check || !isChanged ? view.revision : try put(candidate, comment)
        let result = check ? Catalogue.checkedWell : isChanged ? Catalogue.inForce(revision) : Catalogue.nothingChanged(revision)
        return answer(result, revision: revision, candidate.warnings)
    }

    /// Puts in force what was made of the revision that this command saw.
    func put(_ candidate: ConfigurationCandidate, _ comment: String) throws(CommandFailure) -> Int {
        try environment.commit(candidate, view.revision, user.name, comment)
    }

    /// What came of a change, and what is allowed and probably not meant.
    func answer(_ result: Wording, revision: Int, _ warnings: [ConfigurationError]) -> Reply {
        let list = JSON.array(warnings.map { .object([("line", line($0)), ("text", .string(say($0.text)))]) })
        switch format {
        case .json: return Reply(output: "\(JSON.object([("revision", .integer(revision)), ("warnings", list)]))\n")
        case .text, .csv:
            let heard = warnings.map { say(Catalogue.warning) + ", " + told($0) }
            return Reply(output: say(result) + "\n", errors: heard.joined())
        }
    }

    /// Reads a text onto what is in force, or instead of it.
    func check(_ text: String, replace: Bool) -> Result<ConfigurationCandidate, ConfigurationRefusal> {
        do throws(ConfigurationRefusal) {
            var candidate = try ConfigurationCandidate(
                loading: text, onto: view.document, replace: replace,
                today: view.now.clockTrust == .trusted ? view.now.civil : nil, zones: environment.zones,
                seal: environment.seal, bytes: environment.bytes)
            let others = unheardPrompts(of: candidate.document) + unheardAddresses(candidate) + portsInPassing(candidate)
            candidate.warnings = (candidate.warnings + others).inOrderOfLines
            return .success(candidate)
        } catch { return .failure(error) }
    }

    /// The sockets are opened once, at the start.
    private func unheardAddresses(_ candidate: ConfigurationCandidate) -> [ConfigurationError] {
        guard let listening = environment.listening, candidate.settings.sip.listen != listening else { return [] }
        let line = candidate.document.item("sip")?.entries("listen").first?.line
        return [ConfigurationError(line: line, text: Catalogue.listensAfterRestart, hint: Catalogue.restartToListen)]
    }

    /// A port that any program may have got by chance may be missing when a call comes.
    private func portsInPassing(_ candidate: ConfigurationCandidate) -> [ConfigurationError] {
        let ports = candidate.settings.media.ports
        guard let passing = environment.passingPorts, passing.overlaps(ports) else { return [] }
        let below = Int(passing.lowerBound) - ports.count, first = below - below % 2
        let line = candidate.document.item("media")?.entries("ports").first?.line
        return [
            ConfigurationError(
                line: line,
                text: Catalogue.portsInPassing(
                    "\(ports.lowerBound)-\(ports.upperBound)", "\(passing.lowerBound)-\(passing.upperBound)"),
                hint: Catalogue.portsInstead(first >= 1024 ? "\(first)-\(first + ports.count - 1)" : "10000-10999"))
        ]
    }

    func refusal(_ errors: [ConfigurationError]) -> Reply {
        switch format {
        case .json:
            let list = errors.map { error in
                JSON.object([("line", line(error)), ("text", .string(say(error.text))), ("hint", .string(say(error.hint)))])
            }
            return Reply(exitCode: 1, output: "\(JSON.object([("errors", .array(list))]))\n")
        case .text, .csv:
            let head = Catalogue.refusedWithErrors(errors.count, in: language) + "\n"
            return Reply(exitCode: 1, errors: head + errors.enumerated().map { "\($0 + 1). " + told($1) }.joined())
        }
    }

    private func line(_ error: ConfigurationError) -> JSON { error.line.map(JSON.integer) ?? .null }

    /// `line 3: what is wrong` and, below it, what would be right.
    func told(_ error: ConfigurationError) -> String {
        let place = error.line.map { say(Catalogue.line($0)) } ?? say(Catalogue.inForceBefore)
        return "\(place): \(say(error.text))\n   \(say(error.hint))\n".filter { $0 == "\n" || !String($0).printable.isEmpty }
    }

    func showConfiguration(_ section: String?, _ name: String?, secrets: Bool) throws(CommandFailure) -> Reply {
        let document = view.document
        if let section, document.schema.section(section) == nil {
            let words = document.schema.sections.map(\.word)
            throw CommandFailure(Catalogue.notASection(section, words))
        }
        if let section, let name, document.item(section, name) == nil {
            throw CommandFailure(Catalogue.unknownTarget("\(ConfigurationPath(section, name))"))
        }
        let text = document.text(maskingSecrets: !secrets, section: section, name: name)
        return print(
            text: text,
            json: .object([
                ("revision", .integer(view.revision)),
                ("lines", .array(text.split(separator: "\n").map { .string(String($0)) })),
            ]))
    }

    func difference(from: Int?, to: Int?) throws(CommandFailure) -> Reply {
        let newer = to ?? view.revision
        let older: Int
        if let from { older = from } else { older = try predecessor() }
        let document = to == nil ? view.document : try document(newer)
        let lines = document.difference(from: try self.document(older)).map(\.text)
        let text = lines.isEmpty ? say(Catalogue.noDifference(older, newer)) + "\n" : lines.map { $0 + "\n" }.joined()
        return print(
            text: text,
            json: .object([
                ("from", .integer(older)), ("to", .integer(newer)), ("lines", .array(lines.map { .string($0) })),
            ]))
    }

    private func predecessor() throws(CommandFailure) -> Int {
        let numbers = try environment.revisions().map(\.number).filter { $0 < view.revision }
        guard let number = numbers.max() else { throw CommandFailure(Catalogue.onlyRevision) }
        return number
    }

    /// What a revision set; it was right once, so its errors by the rules of today do not matter here.
    func document(_ number: Int) throws(CommandFailure) -> ConfigurationDocument {
        ConfigurationReading(try revision(number).text, onto: ConfigurationDocument(schema: view.document.schema)).document
    }

    func revision(_ number: Int) throws(CommandFailure) -> ConfigurationRevision {
        guard let revision = try environment.revision(number) else { throw CommandFailure(Catalogue.noRevision(number)) }
        return revision
    }

    func history() throws(CommandFailure) -> Table {
        Table(
            columns: [
                .init("revision", Catalogue.columnRevision, isNumber: true), .init("inForce", nil),
                .init("at", Catalogue.columnWhen), .init("by", Catalogue.columnBy), .init("comment", Catalogue.columnComment),
            ],
            rows: try environment.revisions().map { revision in
                let isInForce = revision.number == view.revision
                return [
                    .init((isInForce ? "*" : "") + String(revision.number), .integer(revision.number)),
                    .init("", .bool(isInForce)),
                    .init(dateAndTime(revision.at), .string(civil(revision.at).iso8601)), .init(revision.by),
                    .init(revision.comment),
                ]
            }, empty: Catalogue.noRevisions)
    }
}
