import Configuration
import Console
import Exchange
import FollowUp
import Host
import Signalling
import Store
import Synchronization
import Telephony

/// What a command needs of the running exchange. Used by every command's own thread.
struct ControlBackend: Sendable {
    let inbox: Mailbox<Inbound>
    let store: Store
    let active: ActiveConfiguration
    /// Listeners of the command line, which outrank the configuration's.
    let listen: [SIPSettings.Listener]
    /// How long a command waits for the exchange thread.
    private static let patience = Duration.seconds(5)

    init(inbox: Mailbox<Inbound>, store: Store, active: ActiveConfiguration, listen: [SIPSettings.Listener]) {
        (self.inbox, self.store, self.active, self.listen) = (inbox, store, active, listen)
    }

    func answer(_ request: ControlRequest) -> Reply {
        guard let snapshot = look() else {
            return Reply(exitCode: 3, errors: Catalogue.exchangeSilent.text(in: request.language ?? .en) + "\n")
        }
        let state = active.now
        let view = ExchangeView(
            now: snapshot.now, document: state.document, revision: state.revision, phones: snapshot.phones, calls: snapshot.calls,
            tasks: snapshot.tasks, health: snapshot.health)
        return environment(view, snapshot.exchange).answer(request)
    }

    private func look() -> Snapshot? {
        guard let question = try? Question<Snapshot>(), inbox.offer(.question(question)) else { return nil }
        return question.wait(Self.patience)
    }

    private func environment(_ view: ExchangeView, _ exchange: Exchange) -> CommandEnvironment {
        CommandEnvironment(
            view: { view }, offset: { OfficeClock.offset(at: $0) }, knowsTimezone: OfficeClock.isKnown, bytes: randomBytes,
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
            rehearse: { from, to, moment in exchange.explain(from: from, to: to, at: moment) },
            revisions: { () throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.revisions().map(ConfigurationRevision.init) }
            },
            revision: { number throws(CommandFailure) in
                try reading { () throws(StoreError) in try store.revision(number).map(ConfigurationRevision.init) }
            },
            commit: { candidate, comment throws(CommandFailure) in try commit(candidate, comment, at: view.now.utc) })
    }

    private func reading<Value>(_ body: () throws(StoreError) -> Value) throws(CommandFailure) -> Value {
        do throws(StoreError) { return try body() } catch { throw CommandFailure(error.wording) }
    }

    /// On the disk first, then in force.
    private func commit(_ candidate: ConfigurationCandidate, _ comment: String, at utc: Int64) throws(CommandFailure) -> Int {
        let number = try reading { () throws(StoreError) in
            try store.saveRevision(candidate.document.text(), author: "apus", comment: comment, at: utc)
        }
        var settings = candidate.settings
        if !listen.isEmpty { settings.sip.listen = listen }
        active.replace(by: .init(document: candidate.document, settings: settings, revision: number))
        guard inbox.offer(.event(.reconfigured(settings))) else { throw CommandFailure(Catalogue.exchangeSilent) }
        return number
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
    private let isStopping = Mutex(false)
    private let bell: Wakeup
    private let path: String

    /// Binds the socket and begins to listen. Throws where it cannot.
    init(path: String, backend: ControlBackend) throws(SystemError) {
        (self.path, self.backend) = (path, backend)
        listener = try StreamListener(unix: path)
        bell = try Wakeup()
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
            _ = poller.wait(until: nil)
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
            let length = try? ControlWire.length(head: head, limit: ControlWire.requestLimit),
            let body = try? socket.readExactly(length)
        else { return }
        let reply: Reply
        var language = Language.en
        do throws(ControlWireError) {
            let request = try ControlWire.request(body)
            language = request.language ?? language
            reply = backend.answer(request)
        } catch {
            reply = Reply(exitCode: 2, errors: Catalogue.badRequest.text(in: .en) + "\n")
        }
        let tooLong = { Reply(exitCode: 1, errors: Catalogue.replyTooLong.text(in: language) + "\n") }
        if let bytes = (try? ControlWire.encode(reply)) ?? (try? ControlWire.encode(tooLong())) { try? socket.writeAll(bytes) }
    }
}
