import CallControl
import FollowUp
import Routing
import Telephony

/// A call thought through, as text and as JSON.
extension CommandRunner {
    func explanation(_ rehearsal: Rehearsal) -> String {
        var lines = why(rehearsal.layers)
        lines.append(say(Catalogue.whoRingsHeading))
        for ring in rehearsal.rings {
            let name = [ring.target, settings.office.extensions[ring.target]?.name ?? "", ring.trunk ?? ""].filter { !$0.isEmpty }
            let until = ring.until.map { clock($0.milliseconds) } ?? ""
            lines.append("  \(clock(ring.from.milliseconds))–\(until)  \(name.joined(separator: " "))")
        }
        if rehearsal.rings.isEmpty { lines.append("  " + say(Catalogue.nobodyRings)) }
        lines += [say(Catalogue.thenHeading), "  " + say(ending(rehearsal.ending))]
        return lines.map { $0 + "\n" }.joined()
    }

    /// A heading and the reasons beneath, each with the line of the configuration that made it, if one did.
    private func why(_ layers: [Explanation]) -> [String] {
        [say(Catalogue.whyHeading)]
            + layers.flatMap { layer in
                ["  \(layer.verdict == .taken ? "→" : "×") \(say(layer.because))"] + (layer.line.map { ["      \($0)"] } ?? [])
            }
    }

    func ending(_ ending: Rehearsal.Ending) -> Wording {
        switch ending {
        case .busyTone(let after): Catalogue.endsBusy(after: clock(after.milliseconds))
        case .voicemail(let box, let after): Catalogue.endsAtVoicemail(box, after: clock(after.milliseconds))
        case .released(_, let after): Catalogue.endsDropped(after: clock(after.milliseconds))
        case .open: Catalogue.endsNever
        }
    }

    func explanationJSON(_ rehearsal: Rehearsal) -> JSON {
        let rings = rehearsal.rings.map { ring in
            JSON.object([("target", .string(ring.target)), ("from", .seconds(ring.from)), ("until", .seconds(ring.until))])
        }
        let (then, cause): (JSON, JSON) =
            switch rehearsal.ending {
            case .busyTone: (.string("busy"), .null)
            case .voicemail(let box, _): (.string("voicemail \(box)"), .null)
            case .released(let cause, _): (.string("drop"), .string(cause.rawValue))
            case .open: (.null, .null)
            }
        return .object([
            ("layers", layers(rehearsal.layers)), ("rings", .array(rings)), ("then", then), ("cause", cause),
            ("route", .optional(rehearsal.rings.lazy.compactMap(\.trunk).first)),
        ])
    }

    private func layers(_ layers: [Explanation]) -> JSON {
        .array(
            layers.map { layer in
                .object([
                    ("layer", .string(layer.layer.rawValue)), ("verdict", .string(layer.verdict.rawValue)),
                    ("because", .string(say(layer.because))), ("line", .optional(layer.line)),
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
        var lines = [say(head)] + why(call.reasons)
        if call.reasons.isEmpty { lines.append("  " + say(Catalogue.reasonsForgotten)) }
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
            ("id", .integer(call.id.number)), ("layers", layers(call.reasons)), ("rings", .array(rings)), ("then", .null),
            ("result", .string(call.result.rawValue)), ("cause", .string(call.cause.rawValue)),
        ])
        return print(text: lines.map { $0 + "\n" }.joined(), json: json)
    }
}
