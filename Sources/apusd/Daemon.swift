import Console
import Cryptography
import Exchange
import FollowUp
import Glibc
import Host
import MediaPlane
import Outreach
import Routing
import SIPTransport
import Signalling
import Store
import Telephony

/// The exchange with its wires: facts from sockets, media, disk and clock go in, effects go out. Belongs to the main thread.
final class Daemon {
    static let version = "0.1"
    /// Facts that may wait for the exchange thread; more are counted and lost.
    private static let inboxCapacity = 16_384
    private static let entropyPortion = 16_384
    /// How often our own addresses are looked at.
    private static let networkInterval = Duration.seconds(10)
    /// How long calls have to say goodbye when the exchange is stopped.
    private static let farewell = Duration.seconds(2)

    let loop: EventLoop
    let inbox: Mailbox<Inbound>
    let store: Store
    let media: MediaPlane
    let sounds: Sounds
    let active: ActiveConfiguration
    let desk: ClientDesk
    let courier: Courier
    /// The hook whose owners are believed.
    var hook: LookUpHook?
    let transport: SIPTransport
    private(set) var exchange: Exchange
    var clock: OfficeClock
    let startedAt: Moment
    /// Where everything is kept.
    let folder: String
    private let lock: FileLock
    private let signals: SignalQueue
    private let supervisor = Supervisor()
    private let control: ControlServer
    private let selfService: SelfServiceDesk
    private let dictation: Dictation
    private let voiceTests: VoiceTests
    private var networks = LocalNetworks()
    /// Commands that wait for what comes of their orders.
    private var orders: [OrderTicket: Question<TaskReply>] = [:]
    private var nextOrder = 1
    private var nextNetworkLook = Instant.zero
    private var keptAnchor: ClockAnchor?
    private var nextSignOfLife: Instant?
    private var stopsAt: Instant?
    /// Whether the program is to be started anew when it has ended.
    private(set) var restarts = false

    /// Brings everything up; nothing is answered before `run`. Throws one sentence where something is missing.
    init(_ options: Options) throws(StartupError) {
        lock = try Startup.takeFolder(options.state)
        let bell: Wakeup
        do throws(SystemError) {
            raiseDescriptorLimit()
            signals = try SignalQueue()
            loop = try EventLoop()
            inbox = try Mailbox<Inbound>(capacity: Self.inboxCapacity)
            bell = try Wakeup()
        } catch { throw StartupError(Catalogue.systemRefused(error.description)) }
        let inbox = inbox
        do throws(StoreError) {
            let working: @Sendable () -> Void = { [supervisor] in supervisor.starting(for: .seconds(120)) }
            store = try Store(folder: options.state, utc: wallClock(), working: working, posted: { bell.ring() }) { event in
                _ = inbox.offer(.event(event))
            }
        } catch { throw StartupError(error.wording) }
        var state = try Startup.configuration(in: store, at: wallClock())
        if !options.listen.isEmpty { state.settings.sip.listen = options.listen }
        active = ActiveConfiguration(state)
        hook = state.settings.office.activeHook
        clock = OfficeClock(
            in: state.settings.office.zone, kept: Self.keptClock(in: options.state), lastKept: store.restored.newest)
        (startedAt, folder) = (clock.now(), options.state)
        Self.keepLanguage(state.settings.office.language, in: folder)
        exchange = Exchange(settings: state.settings, hashing: .openSSL)
        let wire = Wire()
        transport = try Self.listen(state.settings.sip.listen, loop, wire)
        do throws(SystemError) {
            let outreach = SharedOutreach()
            courier = try Courier(store, state.settings.office, bell: bell, outreach: outreach)
            desk = try ClientDesk(store, outreach: outreach) { call, card in _ = inbox.offer(.event(.lookedUp(call, card))) }
            sounds = Sounds(options)
            media = try MediaPlane(configuration: .init(music: options.music, clips: sounds.folders)) { facts in
                _ = inbox.offer(.media(facts))
            }
            let backend = ControlBackend(
                inbox: inbox, store: store, active: active, clients: desk,
                desk: try Desk(folder: options.state, now: startedAt), prompts: try PromptShelf(folder: sounds.own),
                backups: BackupFolders(state: options.state), listen: state.settings.sip.listen,
                isListenFixed: !options.listen.isEmpty)
            selfService = SelfServiceDesk(backend)
            dictation = Dictation(backend: backend)
            voiceTests = backend.voiceTests
            control = try ControlServer(path: options.state + "/apus.sock", backend: backend)
        } catch { throw StartupError(Catalogue.systemRefused(error.description)) }
        try listen(to: wire)
    }

    /// From now on what comes is taken, once the loop runs.
    private func listen(to wire: Wire) throws(StartupError) {
        wire.take = { [unowned self] fact in take(fact) }
        do throws(SystemError) {
            _ = try loop.add(inbox.fileDescriptor, for: .readable) { [unowned self] _ in takeInbox() }
            _ = try loop.add(signals.fileDescriptor, for: .readable) { [unowned self] _ in takeSignals() }
        } catch { throw StartupError(Catalogue.systemRefused(error.description)) }
    }

    /// Stands for the daemon while it is being made, since the ports are the first thing that may be refused.
    private final class Wire {
        var take: (SIPTransport.Fact) -> Void = { _ in }
    }

    private static func listen(_ listen: [SIPSettings.Listener], _ loop: EventLoop, _ wire: Wire) throws(StartupError)
        -> SIPTransport
    {
        do throws(SystemError) {
            return try SIPTransport(listen: listen, loop: loop) { fact in wire.take(fact) }
        } catch {
            throw StartupError(
                error.isAddressInUse ? Catalogue.portTaken(error.operation) : Catalogue.cannotListen(error.description))
        }
    }

    /// Works until it is told to stop, and has said goodbye.
    func run() {
        lookAtNetworks()
        handle(.entropy(randomBytes(Self.entropyPortion)))
        handle(.restored(bindings: store.restored.bindings, nextCall: store.restored.nextCall))
        handle(.remembered(loads: store.restored.loads, familiars: store.restored.familiars, nights: store.restored.nights))
        handle(.statesRemembered(store.restored.states))
        let restored = store.restored
        let voicemail = restored.voicemail
        handle(.messages(voicemail.messages, greetings: voicemail.greetings, next: voicemail.next))
        handle(.reopened(tasks: restored.tasks, nextTask: restored.nextTask, interrupted: restored.interrupted))
        if !restored.interrupted.isEmpty { Log.notice("calls interrupted by the last stop: \(restored.interrupted.count)") }
        supervisor.ready()
        returnStart()
        nextSignOfLife = supervisor.watchdogInterval.map { .now + $0 / 2 }
        loop.run(deadline: { deadline }, wake: { wake() })
        if !restarts { supervisor.stopping() }
        control.stop()
        courier.stop()
        desk.stop()
        media.stop()
        store.close()
    }

    private var deadline: Instant? {
        [exchange.deadline, transport.deadline, nextNetworkLook, nextSignOfLife, stopsAt].compactMap { $0 }
            .min()
    }

    private func wake() {
        let now = Instant.now
        transport.wake(at: now)
        if let due = exchange.deadline, due <= now { carryOut(exchange.wake(at: clock.now())) }
        if nextNetworkLook <= now { lookAtNetworks() }
        if let due = nextSignOfLife, due <= now, let interval = supervisor.watchdogInterval {
            supervisor.alive()
            nextSignOfLife = now + interval / 2
        }
        if let end = stopsAt, end <= now || exchange.isQuiet { loop.stop() }
    }

    private func lookAtNetworks() {
        nextNetworkLook = .now + Self.networkInterval
        keepClock()
        let found = localNetworks()
        if found != networks {
            networks = found
            handle(.networks(found))
        }
    }

    private static func keptClock(in folder: String) -> ClockAnchor? {
        (try? Files.read(folder + "/clock", limit: 1000)).flatMap { ClockAnchor(String(decoding: $0, as: UTF8.self)) }
    }

    /// Keeps that the clock was believed, for a restart before the next boot.
    private func keepClock() {
        guard let anchor = clock.anchor, anchor != keptAnchor else { return }
        keptAnchor = anchor
        try? Files.writeAtomically(Array(anchor.text.utf8), to: folder + "/clock", mode: 0o640)
    }

    /// Keeps the office's language for a command that cannot ask us.
    static func keepLanguage(_ language: Language, in folder: String) {
        let file = ClientOptions.languageFile(in: folder), text = Array("\(language.rawValue)\n".utf8)
        if (try? Files.read(file, limit: 100)) != text { try? Files.writeAtomically(text, to: file, mode: 0o640) }
    }

    private func takeSignals() {
        while let signal = signals.next() {
            guard signal != SIGHUP else { continue }
            restarts = false
            leave()
        }
    }

    private func leave() {
        guard stopsAt == nil else { return }
        if !restarts { supervisor.stopping() }
        // With nobody in a call there is nobody to say goodbye to.
        stopsAt = exchange.isQuiet ? .now : .now + Self.farewell
        handle(.stopping)
    }

    private func take(_ fact: SIPTransport.Fact) {
        switch fact {
        case .received(let message, _) where stopsAt != nil && message.method == .invite && message.to.tag == nil:
            // A call that comes while we leave: it is sent again, and the next process takes it.
            break
        case .received(let message, let flow): handle(.received(message, flow))
        case .sendFailed(let message, let flow): handle(.sendFailed(message, flow))
        case .disconnected(let flow): handle(.disconnected(flow))
        case .broken(let call, let flow): handle(.turnedAway(from: call.from, to: call.to, callID: call.callID, flow))
        }
    }

    private func takeInbox() {
        for inbound in inbox.takeAll() {
            switch inbound {
            case .event(.reconfigured(let settings)):
                clock.zone = settings.office.zone
                hook = settings.office.activeHook
                courier.reconfigure(settings.office)
                handle(.reconfigured(settings))
            case .event(let event): handle(event)
            case .media(let facts): for fact in facts { handle(.media(fact)) }
            case .question(let question): question.reply(snapshot())
            case .restart:
                restarts = true
                leave()
            case .vouch(let question):
                question.reply(clock.vouch())
                keepClock()
            case .order(let task, let order, let question): take(order, on: task, question)
            }
        }
    }

    /// A command's order about a task; it waits for the answer.
    private func take(_ order: TaskOrder, on task: TaskID, _ question: Question<TaskReply>) {
        let ticket = OrderTicket(nextOrder)
        nextOrder += 1
        orders[ticket] = question
        handle(.task(task, order, ticket))
    }

    private func handle(_ event: Event) { carryOut(exchange.handle(event, at: clock.now())) }

    private func carryOut(_ effects: [Effect]) {
        var mediaOrders: [MediaOrder] = []
        var persistence: [Persistence] = []
        var wantsEntropy = false
        for effect in effects {
            switch effect {
            case .send(let message, let flow): transport.send(message, flow)
            case .media(let order): mediaOrders.append(order)
            case .persist(let order): persistence.append(order)
            case .lookUp(let call, let client): lookUp(call, client)
            case .configure(let call, let lines, let number): selfService.take(call, lines, by: number)
            case .measured(let number, let statistics): voiceTests.take(number, statistics)
            case .adopt(let prompt, let number): dictation.adopt(prompt, by: number)
            case .light(let isLit): light(isLit)
            case .replied(let ticket, let reply): orders.removeValue(forKey: ticket)?.reply(reply)
            case .replenishEntropy: wantsEntropy = true
            }
        }
        if !mediaOrders.isEmpty {
            for fact in media.perform(mediaOrders) {
                if case .unreserved(let local, let reason) = fact { Log.warning("voice port \(local): \(reason.text)") }
                handle(.media(fact))
            }
        }
        if !persistence.isEmpty { store.perform(persistence) }
        if wantsEntropy { handle(.entropy(randomBytes(Self.entropyPortion))) }
    }
}

extension PortRefusal {
    /// For the log.
    fileprivate var text: String {
        switch self {
        case .taken: "another program holds it, passed over"
        case .noSocket: "no more sockets may be opened"
        }
    }
}
