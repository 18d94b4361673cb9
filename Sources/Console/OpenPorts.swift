import Routing
import Signalling
import Telephony

/// `show nat`: what an installer opens on the router, by port, protocol and direction (D-02).
extension CommandRunner {
    /// A row for each kind of packet: the office's telephones, then every trunk.
    var openPorts: Table {
        let listen = settings.sip.listen
        let phones = listen.map { listener in
            row("\(listener.endpoint.port)", listener.transport, "in", nil, isVoice: false, "nothing")
        }
        let trunks = settings.office.trunks.values.sorted { $0.id < $1.id }
        return Table(
            columns: [
                .init("port", Catalogue.columnPorts), .init("protocol", Catalogue.columnProtocol),
                .init("direction", Catalogue.columnWay), .init("with", Catalogue.columnFarEnd),
                .init("carries", Catalogue.columnCarries), .init("router", Catalogue.columnRouter),
            ],
            rows: phones + [row(mediaPorts, .udp, "both", nil, isVoice: true, "nothing")] + trunks.flatMap { rows(of: $0) },
            empty: Catalogue.noPorts)
    }

    private var mediaPorts: String { "\(settings.media.ports.lowerBound)-\(settings.media.ports.upperBound)" }

    /// What a trunk sends comes through the router only where it is forwarded; inside the office's own network there is no router.
    private func rows(of trunk: Trunk) -> [[Table.Cell]] {
        let port = settings.sip.listen.first { $0.transport == trunk.transport }?.endpoint.port ?? 5060
        let isInside = trunk.peer.isPrivate
        let isTranslated = environment.reach().networks.source(for: trunk.peer).isPrivate
        let inward = isInside ? "nothing" : isTranslated ? "forward" : "allow"
        let who = "\(trunk.id) \(trunk.peer)"
        return [
            row("\(port)", trunk.transport, "in", who, isVoice: false, inward),
            row("\(trunk.endpoint.port)", trunk.transport, "out", who, isVoice: false, isInside ? "nothing" : "allow"),
            row(mediaPorts, .udp, "both", who, isVoice: true, inward),
        ]
    }

    private func row(
        _ port: String, _ transport: TransportKind, _ way: String, _ who: String?, isVoice: Bool, _ deed: String
    ) -> [Table.Cell] {
        [
            .init(port), .init(transport.rawValue.uppercased(), .string(transport.rawValue)),
            .init(say(Catalogue.portWay(way)), .string(way)), .init(who ?? say(Catalogue.officePhones), .string(who ?? "phones")),
            .init(isVoice ? say(Catalogue.carriesVoice) : "SIP", .string(isVoice ? "voice" : "sip")),
            .init(say(Catalogue.portDeed(deed)), .string(deed)),
        ]
    }
}
