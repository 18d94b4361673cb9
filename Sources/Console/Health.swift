import Configuration
import Exchange
import Telephony

extension CommandRunner {
    var healthText: String {
        let health = view.health
        var rows = [
            (say(Catalogue.healthVersion), health.version),
            (say(Catalogue.healthStarted), dateAndTime(health.startedAt)),
            (say(Catalogue.healthUptime), uptime(health.uptime)),
            (say(Catalogue.healthClock), say(Catalogue.clockTrust(health.clockTrust))),
            (say(Catalogue.healthPhones), String(health.phones)), (say(Catalogue.healthCalls), String(health.calls)),
            (say(Catalogue.healthRevision), String(view.revision)),
        ]
        for part in health.parts {
            rows.append(
                (part.part, part.counters.map { told($0) }.joined(separator: ", ")))
        }
        let column = (rows.map(\.0.count).max() ?? 0) + 2
        var lines = rows.flatMap { title, value in
            value.printable.wrapped(after: title.paddedRight(column), indent: column, width: width)
        }
        for part in health.parts {
            guard let fault = part.fault else { continue }
            lines += "\(dateAndTime(fault.at)) \(say(fault.text))".printable.wrapped(
                after: "! \(part.part): ", indent: 2, width: width)
        }
        return lines.map { String($0.trimmedEnd.map { $0 == Self.hardSpace ? " " : $0 }) + "\n" }.joined()
    }

    /// Keeps the words of a counter and its figure on one line.
    private static let hardSpace: Character = "\u{A0}"

    private func told(_ counter: PartHealth.Counter) -> String {
        String("\(say(Catalogue.counter(counter.name))) \(counter.count)".map { $0 == " " ? Self.hardSpace : $0 })
    }

    /// A time as it was written, on the office's clock. Throws where that leaves it out.
    func officeTime(_ text: String) throws(CommandFailure) -> CivilTime {
        guard let written = WrittenTime(text) else { throw CommandFailure(Catalogue.unknownWord(text)) }
        guard let time = written.moment(in: zone) else {
            throw CommandFailure(Catalogue.timeLeftOut(text, in: settings.office.timezone, later: written.later(in: zone)))
        }
        return time
    }

    /// Somebody says that the clock is right.
    func trustClock() throws(CommandFailure) -> Reply {
        let time = dateAndTime(view.now.utc)
        guard try environment.vouch() else { throw CommandFailure(Catalogue.clockImplausible(time)) }
        return print(text: say(Catalogue.clockTrusted(time)) + "\n", json: .object([("clock", .string("trusted"))]))
    }

    private func uptime(_ duration: Duration) -> String {
        let days = Int(duration.components.seconds / 86_400)
        let rest = clock(duration.milliseconds % 86_400_000)
        return days == 0 ? rest : "\(Catalogue.days(days, in: language)) \(rest)"
    }

    var healthJSON: JSON {
        let health = view.health
        return .object([
            ("version", .string(health.version)), ("startedAt", .string(civil(health.startedAt).iso8601)),
            ("uptime", .integer(Int(health.uptime.components.seconds))), ("clock", .string(health.clockTrust.rawValue)),
            ("phones", .integer(health.phones)), ("calls", .integer(health.calls)), ("revision", .integer(view.revision)),
            (
                "parts",
                .array(
                    health.parts.map { part in
                        .object([
                            ("part", .string(part.part)),
                            ("counters", .object(part.counters.map { ($0.name, .integer($0.count)) })),
                            ("fault", part.fault.map(fault) ?? .null),
                        ])
                    })
            ),
        ])
    }

    private func fault(_ fault: PartHealth.Fault) -> JSON {
        .object([("at", .string(civil(fault.at).iso8601)), ("text", .string(say(fault.text)))])
    }
}
