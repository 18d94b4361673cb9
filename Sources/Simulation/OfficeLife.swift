import Configuration
import Exchange
import Routing
import Signalling
import Telephony

/// The exchange of a simulated office starts, is killed, is told of new settings; its telephones come and go.
extension SimulatedOffice {
    /// Starts the exchange with what the disk kept.
    public mutating func start() {
        guard exchange == nil else { return }
        exchange = Exchange(settings: settings, hashing: .simulated)
        let own = LocalNetworks.Interface(Self.ownEndpoint.address, prefixLength: 8)
        let found = store.recover(at: moment)
        for record in found.interrupted { note(.record(record)) }
        tell(.networks(LocalNetworks(interfaces: [own], preferred: own.address)))
        tell(.entropy(entropy()))
        for event in found.restored { tell(event) }
        tell(store.remembered)
        tell(.statesRemembered(store.states))
    }

    /// The power of the exchange fails: what is not on the disk is gone.
    public mutating func kill() {
        exchange = nil
        kills.append(now)
        media = media.restarted
        silences = TimerTable()
        isUnsettled = true
        agenda.remove(where: \.diesWithProcess)
        for index in connections.indices { connections[index] += 1000 }
    }

    /// A new configuration is committed.
    public mutating func reconfigure(_ settings: Settings) {
        self.settings = settings
        tell(.reconfigured(settings))
    }

    /// An employee changes the configuration by a code.
    mutating func configure(_ call: CallID, _ lines: [String], by number: ExtensionNumber) {
        guard let document else { return }
        do throws(SelfServiceRefusal) {
            let candidate = try SelfService.candidate(lines, by: number, onto: document)
            store.changes += lines.map { "\(number): \($0)" }
            (self.document, settings) = (candidate.document, candidate.settings)
            agenda.add(.tell(.reconfigured(settings)), at: now)
            agenda.add(.tell(.configured(call, .done)), at: now)
        } catch { agenda.add(.tell(.configured(call, error.outcome)), at: now) }
    }

    /// Starts the exchange, has every phone register, and lets the dust settle.
    public mutating func open() {
        start()
        for index in agents.indices {
            guard case .phone = agents[index].role else { continue }
            act(index) { $0.register() }
        }
        run(for: .seconds(10))
    }

    /// Makes the agent do something.
    mutating func act(_ index: Int, _ body: (inout SimulatedAgent) -> Void) {
        agents[index].now = now
        body(&agents[index])
        let outputs = agents[index].flush()
        carryOut(outputs, of: index)
    }

    /// The agent loses its power for a moment: calls and registration are forgotten, its streams are reset.
    mutating func reboot(_ index: Int) {
        agents[index].reboot(at: now)
        reschedule(index)
        isUnsettled = true
        guard agents[index].transport == .tcp else { return }
        let flow = Flow(.tcp, local: Self.ownEndpoint, remote: agents[index].seenAs, connection: connections[index])
        connections[index] += 1000
        tell(.disconnected(flow))
    }
}
