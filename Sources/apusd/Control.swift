import CallControl
import Configuration
import Console
import Cryptography
import Exchange
import FollowUp
import Host
import Routing
import Signalling
import Store
import Synchronization
import Telephony

/// What a command needs of the running exchange. Used by every command's own thread.
struct ControlBackend: Sendable {
    let inbox: Mailbox<Inbound>
    let store: Store
    let active: ActiveConfiguration
    let clients: ClientDesk
    let desk: Desk
    let prompts: PromptShelf
    let backups: BackupFolders
    let voiceTests: VoiceTests
    /// What the exchange listens on from its start to its end, and whether the command line said so.
    let listen: [SIPSettings.Listener], isListenFixed: Bool
    /// How long a command waits for the exchange thread.
    private static let patience = Duration.seconds(5)

    init(
        inbox: Mailbox<Inbound>, store: Store, active: ActiveConfiguration, clients: ClientDesk, desk: Desk,
        prompts: PromptShelf, backups: BackupFolders, listen: [SIPSettings.Listener], isListenFixed: Bool
    ) {
        (self.clients, self.prompts, self.backups, voiceTests) = (clients, prompts, backups, VoiceTests(prompts))
        self.isListenFixed = isListenFixed
        (self.inbox, self.store, self.active, self.desk, self.listen) = (inbox, store, active, desk, listen)
    }

    func answer(_ request: ControlRequest, from peer: Peer?) -> Reply {
        guard let user = Gate.user(named: request.user, peer, active.now.document.users) else {
            let why = Catalogue.unknownUser(peer?.name ?? "").text(in: request.language ?? .en)
            return Reply(exitCode: 1, errors: why + "\n")
        }
        guard let environment = environment() else {
            return Reply(exitCode: 3, errors: Catalogue.exchangeSilent.text(in: request.language ?? .en) + "\n")
        }
        return environment.answer(request, by: user)
    }

    /// What commands may ask and do, with the exchange as it is now; nil where its thread does not answer.
    func environment() -> CommandEnvironment? {
        guard let snapshot = look() else { return nil }
        let state = active.now
        var view = ExchangeView(
            now: snapshot.now, document: state.document, settings: state.settings, revision: state.revision,
            phones: snapshot.phones, calls: snapshot.calls, tasks: snapshot.tasks, health: snapshot.health)
        (view.states, view.resting) = snapshot.exchange.personalStates(at: snapshot.now)
        view.conferences = snapshot.exchange.conferences
        view.lamps = snapshot.exchange.lamps(at: snapshot.now)
        view.trunkUses = snapshot.exchange.trunkUses
        view.queues = snapshot.exchange.queues(at: snapshot.now)
        var environment = environment(view, snapshot.exchange)
        environment.logs = { Log.recent }
        environment.recordings = recordings
        environment.notices = { person throws(CommandFailure) in
            try reading { () throws(StoreError) in try store.notices(of: person) }
        }
        environment.prompts = prompts.desk { id, number throws(CommandFailure) in
            guard inbox.offer(.event(.ring(number, for: .prompt(id)))) else { throw CommandFailure(Catalogue.exchangeSilent) }
        }
        environment.measure = { number throws(CommandFailure) in try voiceTests.measure(number, inbox) }
        environment.reach = { snapshot.exchange.reach }
        environment.backups = BackupDesk(
            prepare: { text, about throws(CommandFailure) in
                try backups.prepare(store, configuration: text, about: about)
            }, release: { backups.release($0) },
            restart: { () throws(CommandFailure) in
                guard inbox.offer(.restart) else { throw CommandFailure(Catalogue.exchangeSilent) }
            })
        environment.listening = isListenFixed ? nil : listen
        environment.passingPorts = passingPorts()
        environment.vouch = { () throws(CommandFailure) in
            guard let question = try? Question<Bool>(), inbox.offer(.vouch(question)), let isTaken = question.wait(Self.patience)
            else { throw CommandFailure(Catalogue.exchangeSilent) }
            return isTaken
        }
        environment.seal = { PasswordHash.make($0, salt: randomBytes(16)) }
        return environment
    }

    private func look() -> Snapshot? {
        guard let question = try? Question<Snapshot>(), inbox.offer(.question(question)) else { return nil }
        return question.wait(Self.patience)
    }

    private func environment(_ view: ExchangeView, _ exchange: Exchange) -> CommandEnvironment {
        CommandEnvironment(
            view: { view }, zones: Zone.init(named:), bytes: randomBytes,
            records: { span, scope throws(CommandFailure) in
                try reading { () throws(StoreError) in
                    (calls: try store.calls(span.utc, scope: scope), totals: try store.totals(span.utc, scope: scope))
                }
            },
            missed: { span, scope throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.missed(span.utc, scope: scope) }
            },
            order: { task, order throws(CommandFailure) in
                guard let question = try? Question<TaskReply>(), inbox.offer(.order(task, order, question)),
                    let reply = question.wait(Self.patience)
                else { throw CommandFailure(Catalogue.exchangeSilent) }
                return reply
            },
            call: { id throws(CommandFailure) in try reading { () throws(StoreError) in try store.call(id.map { CallID($0) }) } },
            nights: { exchange.nights(at: view.now) },
            press: { key, isOn throws(CommandFailure) in
                guard inbox.offer(.event(.nightKey(key, isOn))) else { throw CommandFailure(Catalogue.exchangeSilent) }
            },
            rehearse: { from, to, moment in
                exchange.explain(
                    from: from, to: to, card: card(of: from), at: moment ?? view.now, isPlan: moment != nil)
            },
            revisions: { () throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.revisions().map(ConfigurationRevision.init) }
            },
            revision: { number throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.revision(number).map(ConfigurationRevision.init) }
            },
            commit: { candidate, base, author, comment throws(CommandFailure) in
                try commit(candidate, onto: base, author, comment, at: view.now.utc)
            },
            desk: { body in desk.change(body) }, contacts: book,
            voicemail: voicemail(exchange))
    }

    /// Bytes of a recording that a command hands over; a longer one is taken where it is.
    private static let soundLimit = 24 << 20

    private var recordings: RecordingDesk {
        RecordingDesk(
            list: { () throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.recordings() }.map { one in
                    RecordingDesk.Entry(
                        call: one.call.number, at: one.at, length: one.length, from: one.from, to: one.to,
                        employee: one.employee, file: store.recordingFile(of: one.call))
                }
            },
            sound: { call throws(CommandFailure) in
                do throws(StoreError) {
                    return try store.recordingSound(of: CallID(call), limit: Self.soundLimit)
                } catch { throw CommandFailure(Catalogue.recordingTooLong(store.recordingFile(of: CallID(call)))) }
            },
            delete: { call throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.deleteRecording(of: CallID(call)) }
            })
    }

    private func voicemail(_ exchange: Exchange) -> VoicemailDesk {
        VoicemailDesk(
            list: { exchange.messages.list() }, path: { store.soundFile(of: $0) },
            sound: { id throws(CommandFailure) in try reading { () throws(StoreError) in try store.sound(of: id) } },
            order: { id, order throws(CommandFailure) in
                guard inbox.offer(.event(.message(id, order))) else { throw CommandFailure(Catalogue.exchangeSilent) }
            })
    }

    /// What a call from this number would be told of its client.
    private func card(of number: String) -> ClientCard {
        let office = active.now.settings.office
        let client = PhoneNumber(number, country: office.country).digits
        return client.isEmpty || office.extensions[number] != nil ? .blank : clients.card(of: client, hook: office.activeHook)
    }

    private var book: ContactBook {
        ContactBook(
            find: { digits throws(CommandFailure) in try reading { () throws(StoreError) in try store.contact(digits) } },
            search: { text, digits, offset, limit throws(CommandFailure) in
                try reading { () throws(StoreError) in
                    try store.contacts(matching: text, digits: digits, offset: offset, limit: limit)
                }
            },
            take: { entries, replacing throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.importContacts(entries, replacing: replacing) }
            },
            delete: { digits throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.deleteContact(digits) }
            })
    }

    private func reading<Value>(_ body: () throws(StoreError) -> Value) throws(CommandFailure) -> Value {
        do throws(StoreError) { return try body() } catch { throw CommandFailure(error.wording) }
    }

    /// On the disk first, then in force; one at a time. What was made of a revision that is not in force any more is refused.
    private func commit(
        _ candidate: ConfigurationCandidate, onto base: Int, _ author: String, _ comment: String, at utc: Int64
    ) throws(CommandFailure) -> Int {
        let (number, settings) = try active.change { before throws(CommandFailure) in
            guard before.revision == base else { throw CommandFailure(try overtaken(base, before)) }
            let number = try reading { () throws(StoreError) in
                try store.saveRevision(candidate.document.text(), author: author, comment: comment, at: utc)
            }
            var settings = candidate.settings
            // Via and Contact name the sockets that are there; new ones are opened by the next start.
            settings.sip.listen = listen
            before = .init(document: candidate.document, settings: settings, revision: number)
            return (number, settings)
        }
        guard inbox.offer(.event(.reconfigured(settings))) else { throw CommandFailure(Catalogue.exchangeSilent) }
        Daemon.keepLanguage(settings.office.language, in: backups.state)
        return number
    }

    /// What somebody else has put in force meanwhile, and who.
    private func overtaken(_ base: Int, _ now: ActiveConfiguration.State) throws(CommandFailure) -> Wording {
        let (old, new) = try reading { () throws(StoreError) in (try store.revision(base), try store.revision(now.revision)) }
        let lines = now.document.difference(from: ConfigurationReading(old?.text ?? "").document).map(\.text)
        return Catalogue.overtaken(from: base, to: now.revision, by: new?.author ?? "", lines: lines)
    }

    /// Puts back what was in force before a configuration that nobody has confirmed, when its time has come.
    func revertUnconfirmed() {
        guard let due = desk.deadline, due <= .now, let environment = environment(), let pending = desk.takeDue(.now) else {
            return
        }
        do throws(CommandFailure) {
            guard let revision = try environment.revision(pending.revision) else { return desk.settle() }
            let candidate: ConfigurationCandidate
            do throws(ConfigurationRefusal) {
                candidate = try ConfigurationCandidate(
                    kept: revision.text, zones: Zone.init(named:), bytes: randomBytes)
            } catch {
                Log.error("revision \(pending.revision) cannot be put in force again")
                return desk.settle()
            }
            if candidate.document != active.now.document {
                _ = try environment.commit(
                    candidate, environment.view().revision, "apusd", Catalogue.revertedComment(pending.revision))
            }
            desk.settle()
            Log.notice("not confirmed in time: revision \(pending.revision) is in force again")
        } catch {
            Log.error("the unconfirmed configuration stays for now: \(error.text.text(in: .en))")
            desk.postpone(pending)
        }
    }
}

extension ConfigurationRevision {
    fileprivate init(_ revision: Revision) {
        self.init(number: revision.number, at: revision.at, by: revision.author, comment: revision.comment, text: revision.text)
    }
}

/// Listens on the control socket; every connection is one command on a thread of its own.
final class ControlServer: Sendable {
    /// Commands at once; more wait in the kernel's queue.
    private static let commandLimit = 16
    /// How long a client may keep us waiting for the rest of its request.
    private static let talkLimit = Duration.seconds(10)
    private static let pause = Duration.milliseconds(20)

    private let listener: StreamListener
    private let backend: ControlBackend
    private let running = Mutex(0)
    private let sessions = Mutex(Sessions())
    private let gate = Mutex(Gate())
    private let isStopping = Mutex(false)
    /// Held while a large request is answered.
    private let largeRequest = Mutex(())
    private let bell: Wakeup
    private let path: String

    /// Binds the socket and begins to listen. Throws where it cannot.
    init(path: String, backend: ControlBackend) throws(SystemError) {
        (self.path, self.backend) = (path, backend)
        listener = try StreamListener(unix: path)
        bell = backend.desk.bell
        _ = try Thread(name: "control") { [self] in
            do throws(SystemError) { try serve() } catch { Log.error("no more commands: \(error)") }
        }
    }

    /// No further command is taken.
    func stop() {
        isStopping.withLock { $0 = true }
        bell.ring()
    }

    private func serve() throws(SystemError) {
        let poller = try Poller()
        try poller.add(listener.fileDescriptor, tag: 0)
        try poller.add(bell.fileDescriptor, tag: 1)
        while !isStopping.withLock({ $0 }) {
            // With every place taken new connections wait; looking again costs nothing while somebody works.
            guard running.withLock({ $0 < Self.commandLimit }) else {
                _ = bell.wait(until: .now + Self.pause)
                continue
            }
            _ = poller.wait(until: backend.desk.deadline)
            bell.clear()
            backend.revertUnconfirmed()
            guard let socket = try? listener.accept() else { continue }
            running.withLock { $0 += 1 }
            let started = try? Thread(name: "command") { [self] in
                talk(socket)
                running.withLock { $0 -= 1 }
            }
            if started == nil { running.withLock { $0 -= 1 } }
        }
    }

    private func talk(_ socket: StreamSocket) {
        guard (try? socket.wait(atMost: Self.talkLimit)) != nil, let head = try? socket.readExactly(ControlWire.headLength),
            let length = try? ControlWire.length(head: head, limit: ControlWire.requestLimit)
        else { return }
        if length > ControlWire.largeRequest {
            largeRequest.withLock { _ in answer(socket, length) }
            returnFreeMemory()
        } else {
            answer(socket, length)
        }
    }

    private func answer(_ socket: StreamSocket, _ length: Int) {
        guard let body = try? socket.readExactly(length) else { return }
        if ControlWire.isConsole(body) { return host(socket, body) }
        let reply: Reply
        var language = Language.en
        do throws(ControlWireError) {
            let request = try ControlWire.request(body)
            language = request.language ?? language
            reply = backend.answer(request, from: socket.peer)
        } catch {
            reply = Reply(exitCode: 2, errors: Catalogue.badRequest.text(in: .en) + "\n")
        }
        let tooLong = { Reply(exitCode: 1, errors: Catalogue.replyTooLong.text(in: language) + "\n") }
        if let bytes = (try? ControlWire.encode(reply)) ?? (try? ControlWire.encode(tooLong())) { try? socket.writeAll(bytes) }
    }

    /// A connection that lives: a session, with its own thread and without a time limit.
    private func host(_ socket: StreamSocket, _ body: [UInt8]) {
        let refuse = { (why: Wording, language: Language?) in
            if let bytes = try? ControlWire.encode(.refused(why.text(in: language ?? .ru) + "\n", wait: 0)) {
                try? socket.writeAll(bytes)
            }
        }
        guard case .open(let opening)? = try? ControlWire.consoleInput(body) else { return refuse(Catalogue.badRequest, nil) }
        guard let id = sessions.withLock({ $0.enter() }) else { return refuse(Catalogue.tooManySessions, opening.language) }
        running.withLock { $0 -= 1 }
        defer {
            sessions.withLock { $0.leave() }
            running.withLock { $0 += 1 }
        }
        guard (try? socket.wait(atMost: .zero)) != nil, let environment = backend.environment() else {
            return refuse(Catalogue.exchangeSilent, opening.language)
        }
        let user: ConsoleUser
        switch gate.withLock({ $0.enter(opening, socket.peer, backend.active.now.document.users, at: .now) }) {
        case .admitted(let found): user = found
        case .refused(let why, let wait):
            let text = why.map { $0.text(in: opening.language ?? .ru) + "\n" } ?? ""
            if let bytes = try? ControlWire.encode(.refused(text, wait: wait)) { try? socket.writeAll(bytes) }
            return
        }
        var session = ConsoleSession(
            id: id, user: user, place: opening.place, door: opening.door, language: opening.language, width: opening.width)
        let first = ConsoleOutput.answer(session.greet(in: environment))
        var host = SessionHost(socket: socket, backend: backend, session: session)
        host.run(first: first)
    }
}
