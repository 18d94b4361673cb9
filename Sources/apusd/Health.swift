import Exchange
import Host
import MediaPlane
import Telephony

extension Daemon {
    /// How things are, for a command.
    func snapshot() -> Snapshot {
        let now = clock.now()
        let (phones, calls) = (exchange.phones, exchange.calls)
        let health = HealthView(
            version: Self.version, uptime: now.uptime - startedAt.uptime, startedAt: startedAt.utc, clockTrust: now.clockTrust,
            phones: phones.lazy.filter { $0.contact != nil }.count, calls: calls.count,
            parts: [sip, signalling, voice, lines, store.health, courier.health]
                + [desk.health(at: now.utc), configuration].compactMap(\.self) + [
                    board, inner,
                ])
        return Snapshot(
            now: now, phones: phones, calls: calls, tasks: exchange.tasks(at: now), health: health, exchange: exchange)
    }

    /// Nil where nothing is to be said of it.
    private var configuration: PartHealth? {
        active.now.doubt.map { PartHealth("configuration", counters: [], fault: .init(at: startedAt.utc, text: $0)) }
    }

    private var sip: PartHealth {
        let counters = transport.counters
        var list: [PartHealth.Counter] = [
            .init("received", counters.received), .init("sent", counters.sent), .init("sendFailed", counters.sendFailed),
            .init("sendDropped", counters.sendDropped), .init("answered", counters.answered),
            .init("unanswered", counters.unanswered), .init("connections", counters.accepted + counters.opened),
        ]
        for (fault, count) in counters.refused.sorted(by: { "\($0.key)" < "\($1.key)" }) {
            list.append(.init("refused-\(fault)", count))
        }
        return PartHealth("transport", counters: list)
    }

    private var signalling: PartHealth {
        let counters = exchange.signallingCounters
        return PartHealth(
            "sip",
            counters: [
                .init("requests", counters.requests), .init("responses", counters.responses),
                .init("repeatedRequests", counters.repeatedRequests), .init("retransmissions", counters.retransmissions),
                .init("challenges", counters.challenges), .init("wrongCredentials", counters.wrongCredentials),
                .init("replays", counters.replays), .init("foreignRequests", counters.foreignRequests),
                .init("unknownDialogs", counters.unknownDialogs), .init("strayResponses", counters.strayResponses),
                .init("refused", counters.refused), .init("flooded", counters.flooded), .init("overloaded", counters.overloaded),
                .init("sendFailures", counters.sendFailures), .init("timeouts", counters.timeouts),
            ])
    }

    private var voice: PartHealth {
        let counters = media.counters()
        return PartHealth(
            "media",
            counters: [
                .init("legs", counters.legs), .init("received", counters.received), .init("sent", counters.sent),
                .init("refused", counters.refused), .init("unsent", counters.unsent),
                .init("ordersRefused", counters.ordersRefused), .init("ticksMissed", counters.ticksMissed),
                .init("clipsUnplayable", counters.clipsUnplayable),
                .init("portsUsed", exchange.mediaPorts.used), .init("portsFree", exchange.mediaPorts.free),
                .init("portsTaken", exchange.missingPorts.heldByOthers.count), .init("descriptors", descriptorCount()),
                .init("descriptorsAllowed", descriptorLimit()),
            ], fault: portFault ?? soundsFault ?? musicFault(counters.music))
    }

    /// A client who found no line must not be overlooked, nor that the next one may not.
    private var lines: PartHealth {
        let lineless = exchange.lineless
        let fault =
            lineless.calls > 0
            ? PartHealth.Fault(at: lineless.last, text: Catalogue.callsRefusedForLines(lineless.calls))
            : exchange.fullTrunks.first.map { trunk, use in
                PartHealth.Fault(at: use.mostAt, text: Catalogue.trunkFull(trunk.id, channels: use.most))
            }
        return PartHealth(
            "lines",
            counters: [
                .init("inUse", exchange.trunkUses.values.reduce(0) { $0 + $1.calls }), .init("refusedForLines", lineless.calls),
            ], fault: fault)
    }

    private var portFault: PartHealth.Fault? {
        let (portless, missing) = (exchange.portless, exchange.missingPorts)
        if missing.isShort {
            return .init(
                at: clock.now().utc, text: Catalogue.descriptorsShort(descriptorCount(), allowed: descriptorLimit()))
        }
        if portless.legs > 0 { return .init(at: portless.last, text: Catalogue.portsRanOut(portless.legs)) }
        return missing.heldByOthers.isEmpty
            ? nil : .init(at: clock.now().utc, text: Catalogue.portsHeld(missing.heldByOthers))
    }

    private var soundsFault: PartHealth.Fault? {
        sounds.arePresent ? nil : PartHealth.Fault(at: startedAt.utc, text: Catalogue.soundsMissing(sounds.folder))
    }

    /// Without any music the held hear a beep; a single file that cannot be played is told too.
    private func musicFault(_ music: MusicReport) -> PartHealth.Fault? {
        if let file = music.refused.first {
            return PartHealth.Fault(at: startedAt.utc, text: Catalogue.musicRefused(file.path, file.reason.wording))
        }
        return music.pieces == 0 ? PartHealth.Fault(at: startedAt.utc, text: Catalogue.musicMissing) : nil
    }

    private var inner: PartHealth {
        PartHealth(
            "exchange",
            counters: [
                .init("factsLost", inbox.refused), .init("factsWaiting", inbox.count),
                .init("tasksForgotten", exchange.tasksForgotten),
            ])
    }
}
