import CallControl
import Routing
import Telephony

/// A call thought through, as text and as JSON.
extension CommandRunner {
    func explanation(_ rehearsal: Rehearsal) -> String {
        var lines = [say(Catalogue.whyHeading)]
        for layer in rehearsal.layers {
            lines.append("  \(layer.verdict == .taken ? "→" : "×") \(say(layer.because))")
            if let line = layer.line { lines.append("      \(line)") }
        }
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

    private func ending(_ ending: Rehearsal.Ending) -> Wording {
        switch ending {
        case .busyTone(let after): Catalogue.endsBusy(after: clock(after.milliseconds))
        case .released(_, let after): Catalogue.endsDropped(after: clock(after.milliseconds))
        case .open: Catalogue.endsNever
        }
    }

    func explanationJSON(_ rehearsal: Rehearsal) -> JSON {
        let layers = rehearsal.layers.map { layer in
            JSON.object([
                ("layer", .string(layer.layer.rawValue)), ("verdict", .string(layer.verdict.rawValue)),
                ("because", .string(say(layer.because))), ("line", .optional(layer.line)),
            ])
        }
        let rings = rehearsal.rings.map { ring in
            JSON.object([("target", .string(ring.target)), ("from", .seconds(ring.from)), ("until", .seconds(ring.until))])
        }
        let (then, cause): (JSON, JSON) =
            switch rehearsal.ending {
            case .busyTone: (.string("busy"), .null)
            case .released(let cause, _): (.string("drop"), .string(cause.rawValue))
            case .open: (.null, .null)
            }
        return .object([
            ("layers", .array(layers)), ("rings", .array(rings)), ("then", then), ("cause", cause),
            ("route", .optional(rehearsal.rings.lazy.compactMap(\.trunk).first)),
        ])
    }
}
