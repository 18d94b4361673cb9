import Exchange
import Glibc
import Host
import MediaPlane
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
    let active: ActiveConfiguration
    private(set) var transport: SIPTransport?
    private(set) var exchange: Exchange
    var clock: OfficeClock
    let startedAt: Moment
    /// Listeners of the command line, which outrank the configuration's.
    private let listen: [SIPSettings.Listener]
    private let lock: FileLock
    private let signals: SignalQueue
    private let supervisor = Supervisor()
    private var control: ControlServer?
    private var networks = LocalNetworks()
    private var nextNetworkLook = Instant.zero
    private var nextSignOfLife: Instant?
    private var stopsAt: Instant?

    /// Brings everything up; nothing is answered before `run`. Throws one sentence where something is missing.
    init(_ options: Options) throws(StartupError) {
        listen = options.listen
        lock = try Startup.takeFolder(options.state)
        do throws(SystemError) {
            raiseDescriptorLimit()
            signals = try SignalQueue()
            loop = try EventLoop()
            inbox = try Mailbox<Inbound>(capacity: Self.inboxCapacity)
        } catch { throw StartupError(Catalogue.systemRefused(error.description)) }
        let inbox = inbox
        do throws(StoreError) {
            var utc = OfficeClock(timezone: "UTC")
            store = try Store(folder: options.state, utc: utc.now().utc) { event in _ = inbox.offer(.event(event)) }
        } catch { throw StartupError(error.wording) }
        var utc = OfficeClock(timezone: "UTC")
        var state = try Startup.configuration(in: store, at: utc.now().utc)
        if !options.listen.isEmpty { state.settings.sip.listen = options.listen }
        active = ActiveConfiguration(state)
        clock = OfficeClock(timezone: state.settings.office.timezone)
        startedAt = clock.now()
        exchange = Exchange(settings: state.settings, hashing: .openSSL)
        do throws(SystemError) {
            let configuration = MediaPlane.Configuration(
                music: options.music.isEmpty ? ["/usr/share/asterisk/moh"] : options.music)
            media = try MediaPlane(configuration: configuration) { facts in _ = inbox.offer(.media(facts)) }
        } catch { throw StartupError(Catalogue.systemRefused(error.description)) }
        try connect(state.settings.sip.listen, socket: options.state + "/apus.sock")
    }

    private func connect(_ listen: [SIPSettings.Listener], socket: String) throws(StartupError) {
        do throws(SystemError) {
            transport = try SIPTransport(listen: listen, loop: loop) { [unowned self] fact in take(fact) }
            _ = try loop.add(inbox.fileDescriptor, for: .readable) { [unowned self] _ in takeInbox() }
            _ = try loop.add(signals.fileDescriptor, for: .readable) { [unowned self] _ in takeSignals() }
        } catch {
            throw StartupError(
                error.isAddressInUse ? Catalogue.portTaken(error.operation) : Catalogue.cannotListen(error.description))
        }
        let backend = ControlBackend(inbox: inbox, store: store, active: active, listen: self.listen)
        do throws(SystemError) {
            control = try ControlServer(path: socket, backend: backend)
        } catch { throw StartupError(Catalogue.cannotListen(error.description)) }
    }

    /// Works until it is told to stop, and has said goodbye.
    func run() {
        lookAtNetworks()
        handle(.entropy(randomBytes(Self.entropyPortion)))
        handle(.restored(bindings: store.restored.bindings, nextCall: store.restored.nextCall))
        if store.restored.interrupted > 0 { Log.notice("calls interrupted by the last stop: \(store.restored.interrupted)") }
        supervisor.ready()
        nextSignOfLife = supervisor.watchdogInterval.map { .now + $0 / 2 }
        loop.run(deadline: { deadline }, wake: { wake() })
        supervisor.stopping()
        control?.stop()
        media.stop()
        store.close()
    }

    private var deadline: Instant? {
        [exchange.deadline, transport?.deadline, nextNetworkLook, nextSignOfLife, stopsAt].compactMap { $0 }.min()
    }

    private func wake() {
        let now = Instant.now
        transport?.wake(at: now)
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
        let found = localNetworks()
        if found != networks {
            networks = found
            handle(.networks(found))
        }
    }

    private func takeSignals() {
        while let signal = signals.next() {
            guard signal != SIGHUP, stopsAt == nil else { continue }
            supervisor.stopping()
            stopsAt = .now + Self.farewell
            handle(.stopping)
        }
    }

    private func take(_ fact: SIPTransport.Fact) {
        switch fact {
        case .received(let message, let flow): handle(.received(message, flow))
        case .sendFailed(let message, let flow): handle(.sendFailed(message, flow))
        case .disconnected(let flow): handle(.disconnected(flow))
        }
    }

    private func takeInbox() {
        for inbound in inbox.takeAll() {
            switch inbound {
            case .event(.reconfigured(let settings)):
                clock.setTimezone(settings.office.timezone)
                handle(.reconfigured(settings))
            case .event(let event): handle(event)
            case .media(let facts): for fact in facts { handle(.media(fact)) }
            case .question(let question): question.reply(snapshot())
            }
        }
    }

    private func handle(_ event: Event) { carryOut(exchange.handle(event, at: clock.now())) }

    private func carryOut(_ effects: [Effect]) {
        var orders: [MediaOrder] = []
        var persistence: [Persistence] = []
        var wantsEntropy = false
        for effect in effects {
            switch effect {
            case .send(let message, let flow): transport?.send(message, flow)
            case .media(let order): orders.append(order)
            case .persist(let order): persistence.append(order)
            case .replenishEntropy: wantsEntropy = true
            }
        }
        if !orders.isEmpty { media.perform(orders) }
        if !persistence.isEmpty { store.perform(persistence) }
        if wantsEntropy { handle(.entropy(randomBytes(Self.entropyPortion))) }
    }
}
