import CallControl
import Routing
import Signalling
import Telephony

/// What is going on, as commands show it.
extension Exchange {
    /// Every phone that may register, registered or not, by extension and account.
    public var phones: [PhoneView] {
        let states = extensionStates
        return settings.office.extensions.values.sorted { ($0.number.count, $0.number) < ($1.number.count, $1.number) }.flatMap {
            person in
            person.phones.flatMap { account -> [PhoneView] in
                let bindings = core.bindings(of: account.name)
                if bindings.isEmpty { return [PhoneView(extension: person.number, account: account.name)] }
                return bindings.map { binding in
                    PhoneView(
                        extension: person.number, account: account.name, contact: binding.contact.description,
                        transport: binding.flow.transport, userAgent: binding.userAgent, expires: binding.expires,
                        state: states[person.number] ?? .idle)
                }
            }
        }
    }

    /// Every call that is up, oldest first.
    public var calls: [CallView] {
        switchboard.status.map { call in
            return CallView(
                id: call.id, from: call.from, to: call.to, state: state(of: call), slot: call.slot, since: call.since.utc,
                legs: call.legs.filter { !$0.isCaller }.map { leg in
                    CallView.Leg(target: leg.name, state: leg.isTalking ? .talking : .ringing, since: leg.since.utc)
                })
        }
    }

    private func state(of call: Switchboard.CallStatus) -> CallState {
        if call.slot != nil { return .parked }
        if call.isAtMachine { return .voicemail }
        if call.isTalking { return .talking }
        if call.isQueued { return .queued }
        if call.hearsTone { return .menu }
        return call.legs.count > 1 ? .ringing : .routing
    }

    /// Departments that somebody waits for.
    public func queues(at moment: Moment) -> [DepartmentID: QueueView] {
        settings.office.departments.keys.reduce(into: [:]) { views, id in
            let queue = switchboard.queue(of: id)
            guard queue.callers > 0 || queue.callbacks > 0 else { return }
            let longest = queue.longest.map { moment.uptime - $0 }
            views[id] = QueueView(waiting: queue.callers, longest: longest, callbacks: queue.callbacks)
        }
    }

    /// Who is in which conference room now; a room that nobody is in is not among them.
    public var conferences: [ConferenceID: [Switchboard.ConferenceSeat]] { switchboard.conferences }

    /// Night keys that are pressed now, and until which second of the office's wall clock.
    public func nights(at moment: Moment) -> [String: Int] { switchboard.nights(at: moment) }

    /// What people have said of themselves by codes, and who is left alone after a call now.
    public func personalStates(at moment: Moment) -> (states: PersonalStates, resting: Set<ExtensionNumber>) {
        (switchboard.states, Set(switchboard.wrapUps.filter { $0.value > moment.uptime }.keys))
    }

    /// How full each trunk is and has been; one that carried no call since the start is not among them.
    public var trunkUses: [TrunkID: TrunkUse] { switchboard.trunkUses }

    /// Trunks of which every channel was taken at once since the start, by id.
    public var fullTrunks: [(trunk: Trunk, use: TrunkUse)] {
        settings.office.trunks.values.sorted { $0.id < $1.id }.compactMap { trunk in
            trunkUses[trunk.id].flatMap { $0.wasFull(trunk) ? (trunk, $0) : nil }
        }
    }

    /// What SIP has refused, dropped and sent again since the start.
    public var signallingCounters: SignallingCounters { core.counters }

    /// RTP ports in use and in all.
    public var mediaPorts: (used: Int, free: Int) {
        (legs.values.lazy.filter { $0.media != nil }.count + closingPorts.count, ports.available)
    }

    /// Even RTP ports of pairs that other programs hold, and whether the process may open no more sockets.
    public var missingPorts: (heldByOthers: [UInt16], isShort: Bool) { (ports.heldByOthers, ports.isShort) }

    /// Nothing is going on: no call, no leg, no session, every port free. Soak tests demand it after the last call.
    public var isQuiet: Bool { switchboard.status.isEmpty && legs.isEmpty && legOfSession.isEmpty && closingPorts.isEmpty }

    private var extensionStates: [ExtensionNumber: PhoneState] {
        var states: [ExtensionNumber: PhoneState] = [:]
        for leg in switchboard.status.flatMap(\.legs) {
            guard case .extension(let number) = leg.party else { continue }
            if leg.isTalking { states[number] = .talking } else if states[number] == nil { states[number] = .ringing }
        }
        return states
    }
}
