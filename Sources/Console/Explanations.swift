import CallControl
import Configuration
import FollowUp
import Routing
import Telephony

/// A call thought through, as text and as JSON.
extension CommandRunner {
    /// A call thought through: now, or at a time that somebody asks about. An office is planned before its phones are plugged in, so
    /// then every phone is there, and those that are not now are marked; and that time is to be trusted.
    func explain(from: String, to: String, at time: String?) throws(CommandFailure) -> Reply {
        guard let time = try time.map(officeTime) else {
            let rehearsal = environment.rehearse(from, to, nil)
            return print(text: explanation(rehearsal), json: explanationJSON(rehearsal))
        }
        let rehearsal = environment.rehearse(
            from, to, Moment(uptime: view.now.uptime, utc: time.utc, utcOffset: time.offset))
        let there = Set(view.phones.filter { $0.contact != nil }.map(\.extension))
        let missing = Set(settings.office.extensions.keys).subtracting(there)
        return print(text: explanation(rehearsal, missing: missing), json: explanationJSON(rehearsal, missing: missing))
    }

    /// `missing` have no phone now.
    private func explanation(_ rehearsal: Rehearsal, missing: Set<ExtensionNumber> = []) -> String {
        var lines = why(rehearsal.layers, by: view.document)
        lines.append(say(Catalogue.whoRingsHeading))
        for ring in rehearsal.rings {
            let name = [ring.target, settings.office.extensions[ring.target]?.name ?? "", ring.trunk ?? ""].filter { !$0.isEmpty }
            let until = ring.until.map { clock($0.milliseconds) } ?? ""
            let isMissing = ring.trunk == nil && missing.contains(ring.target)
            let mark = isMissing ? " (\(say(Catalogue.noPhoneNow)))" : ""
            lines.append("  \(clock(ring.from.milliseconds))–\(until)  \(name.joined(separator: " "))\(mark)")
        }
        if rehearsal.rings.isEmpty { lines.append("  " + say(Catalogue.nobodyRings)) }
        lines += [say(Catalogue.thenHeading), "  " + say(ending(rehearsal.ending))]
        return lines.map { $0 + "\n" }.joined()
    }

    /// A heading and the reasons beneath, each with the line of the configuration that made it, or what holds where none says otherwise.
    private func why(_ layers: [Explanation], by document: ConfigurationDocument) -> [String] {
        [say(Catalogue.whyHeading)]
            + layers.flatMap { layer in
                ["  \(layer.verdict == .taken ? "→" : "×") \(say(layer.because))"]
                    + (layer.line.map { ["      " + cited($0, by: document)] } ?? [])
            }
    }

    private func cited(_ line: String, by document: ConfigurationDocument) -> String {
        document.source(of: line) ?? say(Catalogue.byDefault(line))
    }

    func ending(_ ending: Rehearsal.Ending) -> Wording {
        switch ending {
        case .busyTone(let after): Catalogue.endsBusy(after: clock(after.milliseconds))
        case .voicemail(let box, let after): Catalogue.endsAtVoicemail(box, after: clock(after.milliseconds))
        case .released(_, let after): Catalogue.endsDropped(after: clock(after.milliseconds))
        case .open: Catalogue.endsNever
        }
    }

    private func explanationJSON(_ rehearsal: Rehearsal, missing: Set<ExtensionNumber>? = nil) -> JSON {
        let rings = rehearsal.rings.map { ring in
            let phone = missing.map { [("isThere", JSON.bool(ring.trunk != nil || !$0.contains(ring.target)))] } ?? []
            return JSON.object(
                [("target", .string(ring.target)), ("from", .seconds(ring.from)), ("until", .seconds(ring.until))] + phone)
        }
        let (then, cause): (JSON, JSON) =
            switch rehearsal.ending {
            case .busyTone: (.string("busy"), .null)
            case .voicemail(let box, _): (.string("voicemail \(box)"), .null)
            case .released(let cause, _): (.string("drop"), .string(cause.rawValue))
            case .open: (.null, .null)
            }
        return .object([
            ("layers", layers(rehearsal.layers, by: view.document)), ("rings", .array(rings)), ("then", then), ("cause", cause),
            ("route", .optional(rehearsal.rings.lazy.compactMap(\.trunk).first)),
        ])
    }

    private func layers(_ layers: [Explanation], by document: ConfigurationDocument) -> JSON {
        .array(
            layers.map { layer in
                .object([
                    ("layer", .string(layer.layer.rawValue)), ("verdict", .string(layer.verdict.rawValue)),
                    ("because", .string(say(layer.because))), ("line", .optional(layer.line.flatMap(document.source))),
                ])
            })
    }

    // MARK: A call that happened

    /// Why a call that is over went where it went, by the reasons kept with its record; nil: the newest.
    func explainCall(_ id: Int?) throws(CommandFailure) -> Reply {
        guard let call = try environment.call(id) else { throw CommandFailure(Catalogue.noSuchCall(id)) }
        let ring = { (leg: CallRecord.Leg) -> (from: Int64, until: Int64) in
            (max(0, leg.at - call.at), max(0, leg.at - call.at) + leg.rang.milliseconds)
        }
        let head = Catalogue.callHeading(
            call.id.number, dateAndTime(call.at), from: call.from.isEmpty ? say(Catalogue.anonymous) : call.from, to: call.to)
        let document = document(at: call.at)
        var lines = [say(head)] + why(call.reasons, by: document)
        if call.reasons.isEmpty { lines.append("  " + say(try withoutReasons(call))) }
        lines.append(say(Catalogue.whoRangHeading))
        for leg in call.legs {
            let (from, until) = ring(leg)
            let name = [leg.target, settings.office.extensions[leg.target]?.name ?? ""].filter { !$0.isEmpty }
            let outcome = say(Catalogue.outcome(leg.outcome))
            lines.append("  \(clock(from))–\(clock(until))  \(name.joined(separator: " ")): \(outcome)")
        }
        if call.legs.isEmpty { lines.append("  " + say(Catalogue.nobodyRings)) }
        let ended = Catalogue.howItEnded(
            Catalogue.Outcome(call.result, call.direction), wait: clock(call.wait.milliseconds),
            talk: clock(call.talk.milliseconds), cause: call.cause)
        lines += [say(Catalogue.howItEndedHeading), "  " + say(ended)]
        let rings = call.legs.map { leg in
            let (from, until) = ring(leg)
            return JSON.object([
                ("target", .string(leg.target)), ("from", .seconds(.milliseconds(from))),
                ("until", .seconds(.milliseconds(until))), ("outcome", .string(leg.outcome.rawValue)),
            ])
        }
        let json = JSON.object([
            ("id", .integer(call.id.number)), ("layers", layers(call.reasons, by: document)), ("rings", .array(rings)),
            ("then", .null),
            ("result", .string(call.result.rawValue)), ("cause", .string(call.cause.rawValue)),
        ])
        return print(text: lines.map { $0 + "\n" }.joined(), json: json)
    }

    /// What was in force at a moment, as far as it is kept.
    private func document(at utc: Int64) -> ConfigurationDocument {
        guard let number = (try? environment.revisions())?.first(where: { $0.at <= utc })?.number, number != view.revision,
            let revision = try? environment.revision(number)
        else { return view.document }
        return ConfigurationReading(revision.text).document
    }

    /// Why no reason is kept with a call.
    private func withoutReasons(_ call: CallRecord) throws(CommandFailure) -> Wording {
        if let order = settings.office.codes.order(call.to), call.direction == .internal {
            return Catalogue.codeWasDialled(call.to, order.feature.help)
        }
        let newest = try environment.call(nil)?.id.number ?? 0
        return call.id.number <= newest - Catalogue.reasonsKept ? Catalogue.reasonsForgotten : Catalogue.nothingToDecide
    }
}
