import FollowUp
import Routing
import Telephony

extension SimulatedOffice {
    /// A call from outside has one decision: each reason sends it where the next one finds it, until the first person, department or
    /// line; nobody is decided about twice.
    func checkOneDecision() -> [Complaint] {
        store.records.filter { $0.direction == .incoming && $0.result != .interrupted }.compactMap { record -> Complaint? in
            guard let text = contradiction(in: record) else { return nil }
            let start = Instant(nanoseconds: (record.at - Self.epoch) * 1_000_000)
            let reasons = record.reasons.map { reason in
                "  \(reason.layer.rawValue) \(reason.verdict.rawValue): \(reason.because.text(in: .en)) [\(reason.line ?? "")]"
            }
            return Complaint(
                checker: "one decision", text: "record \(record.id) of \(record.from)→\(record.to): \(text)",
                ladder: reasons.joined(separator: "\n") + "\n"
                    + excerpt(from: start, to: start + record.wait, concerning: [record.from]))
        }
    }

    private func contradiction(in record: CallRecord) -> String? {
        let reasons = record.reasons
        for layer in [Explanation.Layer.number, .caller, .owner] {
            let decided = reasons.count { $0.layer == layer && $0.verdict != .passed }
            if decided > 1 { return "\(layer.rawValue) decides twice" }
        }
        guard let first = reasons.first, first.layer == .number else { return "no number takes it" }
        if first.verdict == .refused { return reasons.count > 1 || !record.legs.isEmpty ? "goes on after a refusal" : nil }
        if let block = reasons.firstIndex(where: { $0.layer == .caller && $0.verdict == .refused }) {
            return block != reasons.count - 1 || !record.legs.isEmpty ? "goes on though the caller is blocked" : nil
        }
        let taken = { (layer: Explanation.Layer) in reasons.first { $0.layer == layer && $0.verdict == .taken } }
        var target = Self.target(of: taken(.caller)) ?? numberTarget(first)
        if let words = taken(.owner)?.because.text(in: .en) {
            target = settings.office.extensions.keys.first { words.contains($0) }.map { "extension \($0)" } ?? target
        }
        var rest = reasons.drop { ![.scheme, .greeting, .menu, .extension, .department, .route, .tollClass].contains($0.layer) }
        while let wanted = target {
            var next = rest.popFirst()
            while next?.layer == .greeting {
                if next?.line == nil { return nil }
                guard let after = rest.popFirst() else { return nil }
                next = after
            }
            if let text = mismatch(wanted, next, record) { return text }
            guard next?.layer == .scheme else { return nil }
            target = Self.target(of: next)
        }
        return nil
    }

    /// What is wrong with `reason` as the next one of a call that goes to `target`.
    private func mismatch(_ target: String, _ reason: Explanation?, _ record: CallRecord) -> String? {
        let words = target.split(separator: " ").map { String($0) }
        let told = reason.map { ($0.line ?? "") + " " + $0.because.text(in: .en) } ?? ""
        switch (words[0], reason?.layer) {
        case ("extension", .extension?), ("department", .department?), ("scheme", .scheme?), ("menu", .menu?):
            return told.contains(words[1]) ? nil : "goes to \(target), but: \(told)"
        case ("external", .route?), ("external", .tollClass?), ("external", nil), ("busy", nil), ("drop", nil): return nil
        // Whoever gives up while he is looked up is decided about no more.
        case (_, nil) where record.cause == .cancelled: return nil
        default: return "goes to \(target), but: \(told)"
        }
    }

    /// `extension 101` from `set scheme … to extension 101`.
    private static func target(of reason: Explanation?) -> String? {
        guard let words = reason?.line?.split(separator: " "), let to = words.lastIndex(of: "to") else { return nil }
        return words[(to + 1)...].prefix(2).joined(separator: " ")
    }

    private func numberTarget(_ reason: Explanation) -> String? {
        settings.office.numbers.first { reason.line == "set number \($0.mask)" }?.target.description
    }
}
