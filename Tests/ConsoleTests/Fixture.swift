import CallControl
import Configuration
import Console
import Exchange
import FollowUp
import Routing
import Telephony

/// An office that keeps its revisions in memory, at 2026-11-23 12:00 in Moscow.
final class OfficeFixture {
    var revisions: [ConfigurationRevision] = []
    var document: ConfigurationDocument
    var phones: [PhoneView] = []
    var calls: [CallView] = []
    var records: [CallRecord] = []
    var rehearsal = Rehearsal()
    var rehearsedAt: Moment?
    var asked: (ReportSpan, ReportScope)?
    var isDiskFull = false
    var nights: [String: Int] = [:]
    var clockTrust = ClockTrust.trusted
    var zone = Zone(offset: offset)
    var states: PersonalStates = [:], resting: Set<ExtensionNumber> = []
    var book: [Contact] = []
    var desk = ConsoleDesk()
    var tasks: [TaskView] = []
    var notices: [PostedNotice] = [], askedNotices: [ExtensionNumber?] = []
    var ordered: [(TaskID, TaskOrder)] = []
    var orderReply: Result<CallbackTask, TaskRefusal> = .failure(.unknown)

    var prompts: [String: PromptSound] = [:]
    var reach = ReachView()
    var measured: VoiceMeasurement?
    /// Telephones that were rung, and what for.
    var rung: [String] = []
    var promptFiles: [String: [UInt8]] = [:]
    /// What happens between a command's look and its commit.
    var beforeCommit: () -> Void = {}

    static let offset = 3 * 3600
    static let noon = CivilTime(year: 2026, month: 11, day: 23, hour: 12, offset: offset).utc

    init(_ text: String = ConfigurationDocument.factory(bytes: { (0..<$0).map { UInt8($0) } }).text()) {
        document = ConfigurationReading(text).document
        revisions = [ConfigurationRevision(number: 1, at: Self.noon - 3_600_000, by: "factory", text: document.text())]
    }

    private var view: ExchangeView {
        var view = ExchangeView(
            now: Moment(uptime: .zero, utc: Self.noon, utcOffset: Self.offset, clockTrust: clockTrust), document: document,
            revision: revisions.last?.number ?? 0, phones: phones, calls: calls,
            tasks: tasks,
            health: HealthView(
                version: "0.1", uptime: .seconds(3 * 86_400 + 3605), startedAt: Self.noon - 262_805_000, clockTrust: .untrusted,
                phones: phones.count, calls: calls.count,
                parts: [
                    PartHealth("sip", counters: [.init("received", 10), .init("refused", 2)]),
                    PartHealth(
                        "store", counters: [.init("written", 5)],
                        fault: .init(at: Self.noon - 60_000, text: Wording(ru: "диск полон", en: "the disk is full"))),
                ]))
        (view.states, view.resting) = (states, resting)
        view.settings.office.zone = zone
        return view
    }

    var environment: CommandEnvironment {
        var environment = mostOfEnvironment
        environment.reach = { self.reach }
        environment.measure = { _ throws(CommandFailure) in self.measured }
        environment.prompts = PromptDesk(
            list: { self.prompts.values.sorted { $0.id < $1.id } },
            sound: { id throws(CommandFailure) in self.promptFiles[id] ?? [] },
            keep: { id, bytes throws(CommandFailure) in
                guard let file = try? SoundFile(bytes) else { return }
                self.prompts[id] = PromptSound(id: id, length: file.length, words: file.words)
                self.promptFiles[id] = bytes
            }, remove: { id throws(CommandFailure) in self.prompts[id] = nil },
            record: { id, number throws(CommandFailure) in self.rung.append("\(number) \(id)") })
        return environment
    }

    private var mostOfEnvironment: CommandEnvironment {
        CommandEnvironment(
            view: { self.view }, zones: { $0 == "Mars/Olympus" ? nil : self.zone },
            bytes: { (0..<$0).map { UInt8($0 + 1) } },
            records: { span, scope throws(CommandFailure) in
                self.asked = (span, scope)
                return (self.records, CallTotals(self.records))
            },
            missed: { span, scope throws(CommandFailure) in
                self.asked = (span, scope)
                let tasks = Dictionary(uniqueKeysWithValues: self.tasks.map { ($0.task.id, $0.task) })
                return (self.records, tasks, MissedTotals(self.records, tasks: tasks), nil)
            },
            order: { id, order throws(CommandFailure) in
                self.ordered.append((id, order))
                return self.orderReply
            },
            call: { id throws(CommandFailure) in
                id.map { number in self.records.first { $0.id.number == number } } ?? self.records.last
            },
            nights: { self.nights }, press: { key, isOn throws(CommandFailure) in self.nights[key] = isOn ? .max : nil },
            rehearse: { from, to, moment in
                self.rehearsedAt = moment
                return self.rehearsal
            },
            revisions: { () throws(CommandFailure) in
                self.revisions.reversed().map { .init(number: $0.number, at: $0.at, by: $0.by, comment: $0.comment) }
            },
            revision: { number throws(CommandFailure) in self.revisions.first { $0.number == number } },
            commit: { candidate, base, author, comment throws(CommandFailure) in
                self.beforeCommit()
                if base != self.revisions.last?.number { throw CommandFailure(Wording(ru: "опоздали", en: "overtaken")) }
                if self.isDiskFull { throw CommandFailure(Wording(ru: "диск полон", en: "the disk is full")) }
                self.document = candidate.document
                let number = self.revisions.count + 1
                self.revisions.append(
                    .init(number: number, at: Self.noon, by: author, comment: comment, text: candidate.document.text()))
                return number
            },
            desk: { body in body(&self.desk) }, contacts: contacts)
    }

    private var contacts: ContactBook {
        ContactBook(
            find: { digits throws(CommandFailure) in self.book.first { $0.numbers.contains { $0.digits == digits } } },
            search: { text, digits, offset, limit throws(CommandFailure) in
                let found = self.book.filter { contact in
                    text.isEmpty || contact.name.folded.contains(text.folded)
                        || !digits.isEmpty && contact.numbers.contains { $0.digits.contains(digits) }
                }
                return ContactPage(contacts: Array(found.dropFirst(offset).prefix(limit)), total: found.count)
            },
            take: { entries, replacing throws(CommandFailure) in
                if self.isDiskFull { throw CommandFailure(Wording(ru: "диск полон", en: "the disk is full")) }
                if replacing { self.book = [] }
                for entry in entries {
                    let index = self.book.firstIndex { contact in entry.numbers.contains { contact.numbers.contains($0) } }
                    if index == nil { self.book.append(Contact(id: self.book.count + 1, madeAt: Self.noon)) }
                    self.book[index ?? self.book.count - 1].take(entry)
                }
                return ContactTally(added: entries.count)
            },
            delete: { digits throws(CommandFailure) in
                let count = self.book.count
                self.book.removeAll { $0.numbers.contains { $0.digits == digits } }
                return self.book.count < count
            })
    }

    func run(_ line: String, _ language: Language? = .en, width: Int = 80, attached: String? = nil) -> Reply {
        let words = line.split(separator: " ").map(String.init)
        var environment = environment
        environment.notices = { person throws(CommandFailure) in
            self.askedNotices.append(person)
            return self.notices
        }
        return environment.answer(ControlRequest(words, language: language, width: width, attachment: attached))
    }

    /// Phones, calls, trunks and names as long as they may be.
    static func crowded() -> OfficeFixture {
        let long = String(repeating: "Длинноеимя ", count: 12)
        let office = OfficeFixture(
            """
            set office name "\(long)"
            set extension * calls 2 on-busy to extension 102
            set extension 101 name "Анна Петрова" secret s3cret-enough no-answer after 30s to department sales announce none
            set extension 102 name "\(long)" secret s3cret-enough on-busy to busy
            set extension 10345678 secret s3cret-enough phone kitchen secret s3cret-enough
            set department sales name "\(long)" number 200 member 101 member 102 member 10345678 no-answer after 30s to extension 102
            set department sales no-answer after 20s to external +79161234567
            set number +74951234567 trunk mtt scheme office label "\(long)"
            set number 7812* direct 101
            set scheme office otherwise to department sales
            set trunk mtt peer 10.0.0.2 channels 10 reserve-in 2 caller-id +74951234567 ringing-limit 3m
            set route city mask 8* class national trunk mtt
            """)
        office.phones = [
            PhoneView(
                extension: "101", account: "101", contact: "sip:101@10.0.0.5:5060;line=1", transport: .udp,
                userAgent: "Yealink SIP-T31P 124.86.0.40", expires: noon + 125_000, state: .talking),
            PhoneView(
                extension: "102", account: "102", contact: "sip:102@[2001:db8::1234:5678:9abc:def0]:50600", transport: .tcp,
                userAgent: "evil\u{1b}[2Jagent " + long, expires: noon + 3_600_000, state: .ringing),
            PhoneView(extension: "10345678", account: "10345678-kitchen"),
        ]
        office.calls = [
            CallView(
                id: CallID(12), from: "+74951112233", to: "+74951234567", state: .talking, since: noon - 65_000,
                legs: [
                    .init(target: "101", state: .talking, since: noon - 60_000),
                    .init(target: "102", state: .ringing, since: noon),
                ])
        ]
        office.fillRecords(long)
        return office
    }

    private func fillRecords(_ long: String) {
        var record = CallRecord(
            id: CallID(3), at: Self.noon - 60_000, utcOffset: Self.offset, direction: .incoming, from: "+7495", to: long)
        record.legs = [.init(target: "101", at: Self.noon - 60_000, rang: .seconds(5), outcome: .noAnswer)]
        records = [record]
        record.client = CallRecord.Client(number: "+7495", name: long)
        record.task = TaskID(7)
        records.append(record)
        var task = CallbackTask(
            id: TaskID(7), client: CallRecord.Client(number: "+74951234567", name: long + "\u{1b}"),
            first: Stamp(utc: Self.noon - 700_000, utcOffset: Self.offset), deadline: .moment(Self.noon - 100_000),
            assignee: .department("sales"))
        task.note = long
        tasks = [TaskView(task: task, state: .claimed, claimedBy: "10345678", isCalling: true)]
        task.id = TaskID(8)
        task.closing = CallbackTask.Closing(way: .outgoing, at: Stamp(utc: Self.noon, utcOffset: Self.offset), by: "10345678")
        tasks.append(TaskView(task: task, state: .done))
    }
}
