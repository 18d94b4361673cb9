import Exchange
import Routing
import Signalling
import Telephony

/// `diagnose nat`: which addresses we give others, what arrives from them, and what is to be changed.
struct NetworkDiagnosis {
    /// How bad it is.
    enum Verdict: String {
        case fine, handled, trouble
    }

    /// What is known of the way to one far end.
    struct Finding: Equatable {
        /// `101`, `trunk mtt`.
        var who: String
        /// The address and port that its SIP comes from, where it would come from; ours as we write it.
        var source: Endpoint?, ours: Endpoint
        /// Where it sees us, if it has said so.
        var seenAs: Endpoint?
        /// What it wrote of itself where that is not where it is.
        var wrote: Endpoint?
        var verdict: Verdict
        /// In plain words: what is so, and what to do.
        var remarks: [Wording] = []
    }

    let reach: ReachView
    let settings: Settings

    /// One for every registered phone and every trunk.
    var findings: [Finding] {
        let phones = reach.sightings.compactMap { sighting -> Finding? in
            guard case .account(let account) = sighting.party else { return nil }
            return finding(account, sighting, isTrunk: false)
        }
        let trunks = settings.office.trunks.values.sorted { $0.id < $1.id }.map { trunk in
            let seen = reach.sightings.first { $0.party == .trunk(trunk.id) }
            let port = settings.sip.listen.first { $0.transport == trunk.transport }?.endpoint.port ?? 5060
            let flow = Flow(
                trunk.transport, local: Endpoint(reach.networks.source(for: trunk.peer), port), remote: trunk.endpoint)
            return finding("trunk \(trunk.id)", seen ?? Sighting(.trunk(trunk.id), flow), isTrunk: true)
        }
        return phones + trunks
    }

    private func finding(_ who: String, _ sighting: Sighting, isTrunk: Bool) -> Finding {
        let source = sighting.flow.remote
        var ours = sighting.flow.local
        if ours.address.isUnspecified { ours.address = reach.networks.source(for: source.address) }
        var finding = Finding(who: who, source: source, ours: ours, seenAs: sighting.seenAs, verdict: .fine)
        let ports = "\(settings.media.ports.lowerBound)-\(settings.media.ports.upperBound)"
        // The far end cannot send to an address that exists only in our own network.
        if ours.address.isPrivate, !source.address.isPrivate {
            finding.verdict = .trouble
            finding.remarks += [
                Catalogue.natOursIsPrivate(ours.address.description),
                Catalogue.natForward("\(ours.port)", media: ports, to: ours.address.description),
                isTrunk ? Catalogue.natAskProvider : Catalogue.natVPN,
            ]
        }
        if let seen = sighting.seenAs, seen.address != ours.address {
            finding.remarks.append(Catalogue.natSeenAs(seen.description))
            if finding.verdict == .fine { finding.verdict = .handled }
        }
        let wrote = [sighting.contact, sighting.via, sighting.voice].compactMap(\.self)
        finding.wrote = wrote.first { $0.address != source.address }
        if let other = finding.wrote {
            if finding.verdict == .fine { finding.verdict = .handled }
            finding.remarks.append(Catalogue.natBehind(wrote: other.description, comesFrom: source.description))
            if sighting.flow.transport == .udp { finding.remarks.append(Catalogue.natKeepAlive) }
            // A router that translates some of the addresses in a message and forgets others.
            let hasPublic = wrote.contains { $0.address == source.address }
            if hasPublic, wrote.contains(where: { $0.address.isPrivate }) {
                finding.verdict = .trouble
                finding.remarks.append(Catalogue.natRewritten)
            }
        }
        return finding
    }

    /// What concerns nobody in particular.
    var remarks: [Wording] {
        var remarks: [Wording] = []
        if reach.networks.preferred == nil { remarks.append(Catalogue.natNoDefaultRoute) }
        let listen = settings.sip.listen
        if listen.allSatisfy({ $0.endpoint.address.isPrivate && $0.endpoint.address == .loopback }) {
            remarks.append(Catalogue.natOnlyLoopback)
        }
        return remarks
    }
}

extension CommandSyntax {
    static let diagnoses = [
        CommandSyntax("show nat", Catalogue.helpShowNAT, isList: true) { run, _ in run.print(run.openPorts) },
        CommandSyntax("diagnose nat", Catalogue.helpDiagnoseNat) { run, _ in run.diagnoseNetwork() },
        CommandSyntax("diagnose audio EXTENSION", Catalogue.helpDiagnoseAudio) { run, said throws(CommandFailure) in
            try run.diagnoseVoice(said["EXTENSION"] ?? "")
        },
    ]
}

extension CommandRunner {
    func diagnoseNetwork() -> Reply {
        let diagnosis = NetworkDiagnosis(reach: environment.reach(), settings: settings)
        let (findings, remarks) = (diagnosis.findings, diagnosis.remarks)
        return print(text: text(diagnosis, findings, remarks), json: json(findings, remarks))
    }

    private func text(_ diagnosis: NetworkDiagnosis, _ findings: [NetworkDiagnosis.Finding], _ remarks: [Wording]) -> String {
        let addresses = diagnosis.reach.networks.interfaces.map { $0.address.description }.filter {
            $0 != "127.0.0.1" && $0 != "::1"
        }
        let listen = settings.sip.listen.map { "\($0.transport.rawValue) \($0.endpoint)" }
        var lines = [
            say(Catalogue.natOwn(addresses)), say(Catalogue.natListens(listen, media: settings.media.ports)),
        ]
        lines += remarks.flatMap { wrapped("! ", say($0)) }
        if findings.isEmpty { lines.append(say(Catalogue.natNobody)) }
        for finding in findings {
            let mark = finding.verdict == .trouble ? "✗" : "✓"
            let source = finding.source.map(\.description) ?? ""
            lines.append("\(mark) \(finding.who): \(source) ↔ \(finding.ours)")
            if finding.remarks.isEmpty { lines += wrapped("    ", say(Catalogue.natStraight)) }
            lines += finding.remarks.flatMap { wrapped("    ", say($0)) }
        }
        return lines.map { $0.trimmedEnd + "\n" }.joined()
    }

    private func wrapped(_ head: String, _ text: String) -> [String] {
        text.printable.wrapped(after: head, indent: head.count, width: width)
    }

    private func json(_ findings: [NetworkDiagnosis.Finding], _ remarks: [Wording]) -> JSON {
        func address(_ endpoint: Endpoint?) -> JSON { endpoint.map { .string($0.description) } ?? .null }
        return .object([
            ("remarks", .array(remarks.map { .string(say($0)) })),
            (
                "paths",
                .array(
                    findings.map { finding in
                        .object([
                            ("who", .string(finding.who)), ("verdict", .string(finding.verdict.rawValue)),
                            ("source", address(finding.source)), ("ours", address(finding.ours)),
                            ("seenAs", address(finding.seenAs)), ("wrote", address(finding.wrote)),
                            ("remarks", .array(finding.remarks.map { .string(say($0)) })),
                        ])
                    })
            ),
        ])
    }
}
