import CallControl
import Configuration
import Exchange
import FollowUp
import Routing
import Signalling
import Telephony

/// What the exchange is doing, as a command sees it: taken at one moment.
public struct ExchangeView: Sendable {
    /// Now.
    public var now: Moment
    /// The configuration in force, and the number of its revision.
    public var document: ConfigurationDocument, revision: Int
    /// What it compiles to.
    public var settings: Settings
    /// Every phone that may register.
    public var phones: [PhoneView]
    /// Every call that is up.
    public var calls: [CallView]
    /// Open call-back tasks and those closed within a day.
    public var tasks: [TaskView]
    /// How it is.
    public var health: HealthView
    /// What people have said of themselves by codes, and who is left alone after a call.
    public var states: PersonalStates = [:], resting: Set<ExtensionNumber> = []
    /// Who waits for which department; one that nobody waits for is not among them.
    public var queues: [DepartmentID: QueueView] = [:]
    /// How full each trunk is and has been; one that carried no call is not among them.
    public var trunkUses: [TrunkID: TrunkUse] = [:]
    /// Who is in which conference room.
    public var conferences: [ConferenceID: [Switchboard.ConferenceSeat]] = [:]
    /// Keys of phones that watch somebody.
    public var lamps: [LampView] = []

    /// A view from its parts; the settings are compiled where nobody has them.
    public init(
        now: Moment, document: ConfigurationDocument, settings: Settings? = nil, revision: Int, phones: [PhoneView],
        calls: [CallView], tasks: [TaskView] = [], health: HealthView
    ) {
        (self.now, self.document, self.revision) = (now, document, revision)
        self.settings = settings ?? document.compiled
        (self.phones, self.calls, self.tasks, self.health) = (phones, calls, tasks, health)
    }
}

/// A configuration that was in force once.
public struct ConfigurationRevision: Equatable, Sendable {
    /// Counted from 1.
    public var number: Int
    /// When it was put in force: milliseconds since 1970 UTC.
    public var at: Int64
    /// By whom.
    public var by: String
    /// What for.
    public var comment: String
    /// The whole of it as `set` lines, secrets included; empty in a list.
    public var text: String

    /// A revision from its parts.
    public init(number: Int, at: Int64, by: String, comment: String = "", text: String = "") {
        (self.number, self.at, self.by, self.comment, self.text) = (number, at, by, comment, text)
    }
}

/// Why a command could not be done.
public struct CommandFailure: Error, Equatable, Sendable {
    /// In one sentence.
    public var text: Wording
    /// A failure with its reason.
    public init(_ text: Wording) { self.text = text }
}

/// What commands ask of the world and order it to do. All of it answers before it returns.
public struct CommandEnvironment {
    /// The exchange now.
    public var view: () -> ExchangeView
    /// The zones of the time-zone database by their names; nil for a name that is not there.
    public var zones: (String) -> Zone?
    /// As many unguessable bytes as asked for.
    public var bytes: (Int) -> [UInt8]
    /// The calls of a report, oldest first, and how all of them came out: a long list may be cut.
    public var records: (ReportSpan, ReportScope) throws(CommandFailure) -> (calls: [CallRecord], totals: CallTotals)
    /// The calls with the outside of a report, what became of the missed ones, and how all of them came out: a long list may be cut.
    /// Of one person also the calls that let his telephones ring.
    public var missed:
        (ReportSpan, ReportScope) throws(CommandFailure) -> (
            calls: [CallRecord], tasks: [TaskID: CallbackTask], totals: MissedTotals, offered: [CallRecord]?
        )
    /// Does something to a task; how it stands then, or why nothing was done.
    public var order: (TaskID, TaskOrder) throws(CommandFailure) -> Result<CallbackTask, TaskRefusal>
    /// One ended call with the reasons of its way, the newest where no number is given; nil where there is none.
    public var call: (Int?) throws(CommandFailure) -> CallRecord?
    /// Night keys that are pressed, and until which second of the office's wall clock; and how one is pressed or released.
    public var nights: () -> [String: Int], press: (String, Bool) throws(CommandFailure) -> Void
    /// A call thought through, from one number to another: now, or at a moment in the office as it is planned.
    public var rehearse: (String, String, Moment?) -> Rehearsal
    /// All revisions without their texts, newest first.
    public var revisions: () throws(CommandFailure) -> [ConfigurationRevision]
    /// One revision with its text; nil where there is none of this number.
    public var revision: (Int) throws(CommandFailure) -> ConfigurationRevision?
    /// Stores a configuration that was made from a revision, with its author and comment, puts it in force and returns its own
    /// revision's number; or throws, and all is as it was: also where another revision came in force meanwhile.
    public var commit: (ConfigurationCandidate, _ base: Int, String, String) throws(CommandFailure) -> Int
    /// The newest lines of the exchange's log, oldest first.
    public var logs: () -> [String] = { [] }
    /// Notices, of one person where he is named: what waits, oldest first, then the newest of the rest.
    public var notices: (ExtensionNumber?) throws(CommandFailure) -> [PostedNotice] = { _ in [] }
    /// The hash of a person's password.
    public var seal: (String) -> String? = { $0 }
    /// What the exchange listens on until it is started anew; nil: whatever is configured does not matter.
    public var listening: [SIPSettings.Listener]?
    /// Ports that the kernel hands out to whoever asks for none in particular.
    public var passingPorts: ClosedRange<UInt16>?
    /// Vouches for the clock until the next boot; false: it is so wrong that nobody can.
    public var vouch: () throws(CommandFailure) -> Bool = { false }
    /// Gives what installers share to be looked at and changed.
    public var desk: ((inout ConsoleDesk) -> Void) -> Void
    /// The contact book.
    public var contacts: ContactBook
    /// Voicemail boxes.
    public var voicemail: VoicemailDesk
    /// Recorded calls.
    public var recordings = RecordingDesk.empty
    /// The office's own prompts.
    public var prompts = PromptDesk.empty
    /// Addresses, ours and others'.
    public var reach: () -> ReachView = { ReachView() }
    /// Rings an employee's telephone, and tells when he has hung up what its voice was like; nil: he did not take the call. Throws where
    /// the exchange does not answer.
    public var measure: (ExtensionNumber) throws(CommandFailure) -> VoiceMeasurement? = { _ throws(CommandFailure) in nil }
    /// The exchange as a whole.
    public var backups = BackupDesk.empty

    /// An environment from its parts.
    public init(
        view: @escaping () -> ExchangeView, zones: @escaping (String) -> Zone?, bytes: @escaping (Int) -> [UInt8],
        records: @escaping (ReportSpan, ReportScope) throws(CommandFailure) -> (calls: [CallRecord], totals: CallTotals),
        missed:
            @escaping (ReportSpan, ReportScope) throws(CommandFailure) -> (
                calls: [CallRecord], tasks: [TaskID: CallbackTask], totals: MissedTotals, offered: [CallRecord]?
            ),
        order: @escaping (TaskID, TaskOrder) throws(CommandFailure) -> Result<CallbackTask, TaskRefusal>,
        call: @escaping (Int?) throws(CommandFailure) -> CallRecord?,
        nights: @escaping () -> [String: Int], press: @escaping (String, Bool) throws(CommandFailure) -> Void,
        rehearse: @escaping (String, String, Moment?) -> Rehearsal,
        revisions: @escaping () throws(CommandFailure) -> [ConfigurationRevision],
        revision: @escaping (Int) throws(CommandFailure) -> ConfigurationRevision?,
        commit: @escaping (ConfigurationCandidate, _ base: Int, String, String) throws(CommandFailure) -> Int,
        desk: @escaping ((inout ConsoleDesk) -> Void) -> Void, contacts: ContactBook, voicemail: VoicemailDesk = .empty
    ) {
        (self.view, self.zones, self.bytes) = (view, zones, bytes)
        (self.records, self.call, self.rehearse) = (records, call, rehearse)
        (self.missed, self.order) = (missed, order)
        (self.nights, self.press) = (nights, press)
        (self.revisions, self.revision, self.commit) = (revisions, revision, commit)
        (self.desk, self.contacts, self.voicemail) = (desk, contacts, voicemail)
    }
}

extension CommandEnvironment {
    /// Reads a request, does what it says as far as the user may (nil: everything), and answers it.
    public func answer(_ request: ControlRequest, by user: ConsoleUser? = nil) -> Reply {
        let user = user ?? ConsoleUser(name: request.user, role: .installer)
        let runner = runner(for: request, by: user)
        do throws(UsageError) {
            return runner.run(try Invocation(request.words, role: user.role, among: CommandSyntax.all + CommandSyntax.inner))
        } catch {
            return error.reply(in: runner.language)
        }
    }

    func runner(for request: ControlRequest, by user: ConsoleUser) -> CommandRunner {
        let view = view()
        return CommandRunner(
            environment: self, view: view, settings: view.settings, user: user,
            language: request.language ?? view.settings.office.language, width: request.width, attachment: request.attachment)
    }

    /// What installers share, looked at and changed.
    func withDesk<Result>(_ body: (inout ConsoleDesk) -> Result) -> Result {
        var result: Result?
        desk { result = body(&$0) }
        return result!
    }
}

/// One command being done.
struct CommandRunner {
    let environment: CommandEnvironment
    let view: ExchangeView
    let settings: Settings
    /// Where the office is.
    let zone: Zone
    let user: ConsoleUser
    let language: Language
    let width: Int
    let attachment: String?
    private(set) var format = OutputFormat.text
    private(set) var file: String?

    init(
        environment: CommandEnvironment, view: ExchangeView, settings: Settings, user: ConsoleUser, language: Language,
        width: Int,
        attachment: String?
    ) {
        (self.environment, self.view, self.settings, self.user) = (environment, view, settings, user)
        (self.language, self.width, self.attachment) = (language, width, attachment)
        zone = settings.office.zone
    }

    /// Does it and answers.
    func run(_ invocation: Invocation) -> Reply {
        var runner = self
        (runner.format, runner.file) = (invocation.format, invocation.file)
        do throws(CommandFailure) {
            switch invocation.syntax.deed {
            case .exchange(let handler): return try handler(runner, invocation.said)
            case .apus, .console: throw CommandFailure(Catalogue.onlyByApus(invocation.syntax.usage))
            }
        } catch {
            return .refused(error.text.text(in: language))
        }
    }

    func print(_ table: Table) -> Reply {
        switch format {
        case .text: Reply(output: table.text(in: language, width: width))
        case .json: Reply(output: "\(table.json)\n")
        case .csv: Reply(output: table.csv)
        }
    }

    func print(text: String, json: JSON) -> Reply {
        switch format {
        case .text, .csv: Reply(output: text)
        case .json: Reply(output: "\(json)\n")
        }
    }

    func say(_ wording: Wording) -> String { wording.text(in: language) }

    /// What stands above everything that depends on the time while nobody vouches for the clock; empty otherwise.
    var clockNote: String { clockNote(in: language) }

    func clockNote(in language: Language) -> String {
        guard view.now.clockTrust == .untrusted else { return "" }
        let lines = Catalogue.timeUnknown.text(in: language).wrapped(after: "! ", indent: 2, width: width)
        return lines.map { $0 + "\n" }.joined()
    }

    /// The same above a table for people.
    func printWithClockNote(_ table: Table) -> Reply {
        var reply = print(table)
        switch format {
        case .text: reply.output = clockNote + reply.output
        case .json, .csv: break
        }
        return reply
    }

    /// The office's wall clock at a time, by the offset that holds then.
    func civil(_ utc: Int64) -> CivilTime { zone.civil(utc) }

    /// `2026-11-23 12:00:05`.
    func dateAndTime(_ utc: Int64) -> String {
        let time = civil(utc)
        return "\(time.isoDate) \(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
    }

    /// `1:05`, `2:00:05`.
    func clock(_ milliseconds: Int64) -> String {
        let seconds = Int(max(0, milliseconds) / 1000)
        let tail = "\((seconds / 60 % 60).padded(seconds < 3600 ? 1 : 2)):\((seconds % 60).padded(2))"
        return seconds < 3600 ? tail : "\(seconds / 3600):\(tail)"
    }

    // MARK: Reports

    func report(_ period: ReportPeriod, _ scope: ReportScope) throws(CommandFailure) -> Reply {
        let asked = asked(period, scope)
        let found = try environment.records(asked.span, asked.scope)
        let report = CallReport(
            calls: found.calls, totals: found.totals, span: asked.span, scope: asked.scope, language: language, names: names)
        switch format {
        case .text: return Reply(output: clockNote + report.text, errors: asked.notes)
        case .json: return Reply(output: "\(report.json)\n", errors: asked.notes)
        case .csv: return Reply(output: report.csv, errors: asked.notes)
        }
    }

    /// What a report calls people and departments.
    var names: ReportNames {
        let office = settings.office
        return ReportNames(
            office: office.name, extensions: office.extensions.mapValues(\.name),
            departments: office.departments.mapValues(\.name))
    }

    /// Period and scope of a report as the records have them, and what is to be said of a scope that is not there any more.
    func asked(_ period: ReportPeriod, _ scope: ReportScope) -> (span: ReportSpan, scope: ReportScope, notes: String) {
        var (scope, notes) = (scope, "")
        let office = settings.office
        switch scope {
        case .number(let number): scope = .number(PhoneNumber(number, country: office.country).description)
        case .department(let id): if office.departments[id] == nil { notes = say(Catalogue.noneNow("department \(id)")) + "\n" }
        case .operator(let number):
            if office.extensions[number] == nil { notes = say(Catalogue.noneNow("extension \(number)")) + "\n" }
        case .all: break
        }
        return (period.span(now: view.now.civil, offset: zone.offset(of:)), scope, notes)
    }
}
