import Configuration
import Telephony

/// What is done with the candidate as a whole, from a session or by `config …`.
extension CommandRunner {
    /// The longest comment of a revision.
    static let commentLimit = 200
    /// What `commit confirmed` waits where nobody says how long.
    static let confirmationTime = Duration.seconds(600)

    /// A change while another one waits for its confirmation would be lost with it.
    func refuseWhilePending() throws(CommandFailure) {
        guard let pending = environment.withDesk({ $0.pending }) else { return }
        throw CommandFailure(Catalogue.confirmationPending(by: pending.by, left: left(pending)))
    }

    /// How long until a revision goes back: `4:58`.
    func left(_ pending: PendingConfirmation) -> String { clock((pending.until - view.now.uptime).milliseconds) }

    /// The candidate of a session or of nobody.
    func candidate() throws(CommandFailure) -> HeldCandidate {
        guard let candidate = environment.withDesk({ $0.candidate }) else { throw CommandFailure(Catalogue.noCandidate) }
        return candidate
    }

    /// Checks the office as it would be; nothing is put in force.
    func checkCandidate() throws(CommandFailure) -> Reply {
        let document = try candidate().document
        switch checked(document) {
        case .success(let candidate): return answer(Catalogue.checkedWell, revision: view.revision, candidate.warnings)
        case .failure(let refusal): return refused(refusal, of: document)
        }
    }

    /// `commit [confirmed [DUR]] [COMMENT]`.
    func commitCandidate(_ said: SpokenCommand) throws(CommandFailure) -> Reply {
        let time = said["DUR"].flatMap { CommandValue.waitingTime($0) } ?? Self.confirmationTime
        return try commitCandidate(confirmed: said.has("confirmed") ? time : nil, comment: said["COMMENT"] ?? "")
    }

    /// Puts the candidate in force; with `confirmed` it goes back by itself after that long.
    func commitCandidate(confirmed: Duration?, comment: String) throws(CommandFailure) -> Reply {
        var held = try candidate()
        let (document, conflicts) = held.document.rebased(from: held.base, onto: view.document)
        guard conflicts.isEmpty else {
            // Seen once; the next commit overrides it.
            held.base = view.document
            held.document = document
            environment.withDesk { $0.candidate = held }
            throw CommandFailure(Catalogue.changedMeanwhile(conflicts.map(\.description), revision: view.revision))
        }
        let candidate: ConfigurationCandidate
        switch checked(document) {
        case .success(let good): candidate = good
        case .failure(let refusal): return refused(refusal, of: document)
        }
        let before = environment.withDesk { $0.pending }
        if candidate.document == view.document, confirmed == nil {
            forgetChanges(candidate.document)
            return before == nil ? answer(Catalogue.nothingChanged(view.revision), revision: view.revision, []) : try confirm()
        }
        let after = confirmed.map { pending(after: $0, before) }
        environment.withDesk { $0.pending = after }
        do throws(CommandFailure) {
            let number = try put(candidate, comment.printable.cut(Self.commentLimit))
            forgetChanges(candidate.document)
            let result = after.map { Catalogue.inForceUntil(number, left($0)) } ?? Catalogue.inForce(number)
            return answer(result, revision: number, candidate.warnings)
        } catch {
            environment.withDesk { $0.pending = before }
            throw error
        }
    }

    /// A second unconfirmed commit goes back as far as the first.
    private func pending(after time: Duration, _ before: PendingConfirmation?) -> PendingConfirmation {
        let time = min(time, PendingConfirmation.limit)
        return PendingConfirmation(
            revision: before?.revision ?? view.revision, until: view.now.uptime + time,
            untilUTC: view.now.utc + time.milliseconds, by: user.name)
    }

    private func forgetChanges(_ document: ConfigurationDocument) {
        environment.withDesk { desk in
            desk.candidate?.base = document
            desk.candidate?.document = document
            if desk.candidate?.session == nil { desk.candidate = nil }
        }
    }

    /// The revision in force stays.
    func confirm() throws(CommandFailure) -> Reply {
        let pending = environment.withDesk { desk in
            defer { desk.pending = nil }
            return desk.pending
        }
        if pending == nil { throw CommandFailure(Catalogue.nothingToConfirm) }
        return answer(Catalogue.confirmed(view.revision), revision: view.revision, [])
    }

    /// Everything as it is in force.
    func discardCandidate() throws(CommandFailure) -> Reply {
        _ = try candidate()
        forgetChanges(view.document)
        return answer(Catalogue.discarded, revision: view.revision, [])
    }

    func checked(_ document: ConfigurationDocument) -> Result<ConfigurationCandidate, ConfigurationRefusal> {
        check(document.text(), replace: true)
    }

    /// The lines are of a text that nobody has seen: each is shown itself.
    private func refused(_ refusal: ConfigurationRefusal, of document: ConfigurationDocument) -> Reply {
        guard format == .text else { return self.refusal(refusal.errors) }
        let head = Catalogue.refusedWithErrors(refusal.errors.count, in: language) + "\n"
        let list = refusal.errors.enumerated().map { index, error in
            let line = error.line.flatMap { document.line($0) }.map { "\($0)\n   " } ?? ""
            return "\(index + 1). \(line)\(say(error.text))\n   \(say(error.hint))\n"
        }
        return Reply(exitCode: 1, errors: head + list.joined())
    }
}
