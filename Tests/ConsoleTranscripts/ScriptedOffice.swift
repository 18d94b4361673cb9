import CallControl
import Configuration
import Console
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// An office at 2026-11-23 12:00 in Moscow whose consoles are typed at by a script.
final class ScriptedOffice {
    var revisions: [ConfigurationRevision] = []
    var document: ConfigurationDocument
    var desk = ConsoleDesk()
    var phones: [PhoneView] = []
    var calls: [CallView] = []
    var records: [CallRecord] = []
    var listening: [SIPSettings.Listener]?
    var isClockPlausible = true
    var voicemail = VoicemailDesk.empty
    var uptime = Duration.zero
    private var sessions = 0

    static let offset = 3 * 3600
    static let noon = CivilTime(year: 2026, month: 11, day: 23, hour: 12, offset: offset).utc

    init(_ text: String) {
        document = ConfigurationReading(text).document
        document.complete(bytes: { (0..<$0).map { UInt8($0) } })
        revisions = [
            ConfigurationRevision(number: 1, at: Self.noon - 3_600_000, by: "apusd", comment: "factory", text: document.text())
        ]
    }

    var now: Moment {
        Moment(uptime: .zero + uptime, utc: Self.noon + uptime.milliseconds, utcOffset: Self.offset)
    }

    private var view: ExchangeView {
        var view = ExchangeView(
            now: now, document: document, revision: revisions.last?.number ?? 0, phones: phones, calls: calls,
            health: HealthView(
                version: "0.1", uptime: .seconds(3605), startedAt: Self.noon - 3_605_000, clockTrust: .trusted,
                phones: phones.count,
                calls: calls.count, parts: [PartHealth("sip", counters: [.init("requests", 10)])]))
        view.settings.office.zone = Zone(offset: Self.offset)
        return view
    }

    var environment: CommandEnvironment {
        var environment = CommandEnvironment(
            view: { self.view }, zones: { $0 == "Mars/Olympus" ? nil : Zone(offset: Self.offset) },
            bytes: { (0..<$0).map { UInt8($0 + 1) } },
            records: { _, _ throws(CommandFailure) in (self.records, CallTotals(self.records)) },
            missed: { _, _ throws(CommandFailure) in (self.records, [:], MissedTotals(self.records, tasks: [:]), nil) },
            order: { _, _ throws(CommandFailure) in .failure(.unknown) },
            call: { id throws(CommandFailure) in
                id.map { number in self.records.first { $0.id.number == number } } ?? self.records.last
            },
            nights: { [:] }, press: { _, _ throws(CommandFailure) in }, rehearse: { _, _, _ in Rehearsal() },
            revisions: { () throws(CommandFailure) in self.revisions.reversed() },
            revision: { number throws(CommandFailure) in self.revisions.first { $0.number == number } },
            commit: { candidate, _, author, comment throws(CommandFailure) in
                self.document = candidate.document
                let number = self.revisions.count + 1
                self.revisions.append(
                    .init(number: number, at: self.now.utc, by: author, comment: comment, text: candidate.document.text()))
                return number
            },
            desk: { body in body(&self.desk) }, contacts: Self.emptyBook, voicemail: voicemail)
        environment.seal = { "$scrypt$14$00$\($0.utf8.reduce(0) { $0 &* 31 &+ Int($1) })" }
        environment.listening = listening
        environment.vouch = { () throws(CommandFailure) in self.isClockPlausible }
        environment.backups = BackupDesk(
            prepare: { _, _ throws(CommandFailure) in "/backup" }, release: { _ in }, restart: { () throws(CommandFailure) in })
        environment.logs = { ["a line of the log"] }
        return environment
    }

    private static var emptyBook: ContactBook {
        ContactBook(
            find: { _ throws(CommandFailure) in nil },
            search: { _, _, _, _ throws(CommandFailure) in ContactPage(contacts: [], total: 0) },
            take: { _, _ throws(CommandFailure) in ContactTally(added: 0) }, delete: { _ throws(CommandFailure) in false })
    }

    /// A console of its own.
    func console(_ user: String = "anna", _ role: Role = .installer, language: Language = .en, at place: String = "ttyS0")
        -> ScriptedConsole
    {
        sessions += 1
        return ScriptedConsole(
            self, ConsoleSession(id: sessions, user: .init(name: user, role: role), place: place, language: language))
    }
}

/// A console and what was seen on it.
final class ScriptedConsole {
    private let office: ScriptedOffice
    private var session: ConsoleSession
    private var prompt = ""
    private(set) var screen = ""

    init(_ office: ScriptedOffice, _ session: ConsoleSession) {
        (self.office, self.session) = (office, session)
        let answer = self.session.greet(in: office.environment)
        (screen, prompt) = (answer.output, answer.prompt)
    }

    /// Types a line and what ends it: `⏎` Enter, `⇥` Tab, `⁇` a question mark.
    func type(_ keys: String) {
        screen += prompt + keys + "\n"
        let line = String(keys.dropLast())
        switch keys.last {
        case "⇥":
            let completion = session.complete(line, in: office.environment)
            screen += completion.list + (completion.list.isEmpty ? "→ \(line)\(completion.insertion)·\n" : "")
        case "⁇": screen += session.help(line, in: office.environment) ?? "a letter\n"
        default: _ = say(line)
        }
    }

    /// Says a line without writing it down; the answer.
    @discardableResult
    func say(_ line: String, attachment: String? = nil) -> ConsoleAnswer {
        let answer = session.answer(line, attachment: attachment, in: office.environment)
        screen += answer.output + (answer.turn == .line ? "" : "(\(answer.turn))\n")
        prompt = answer.prompt
        return answer
    }

    /// What the screen shows next while it watches.
    func watch() -> ConsoleAnswer { session.watch(in: office.environment) }

    func leave() { session.leave(office.environment) }
}
