import CallControl
import Exchange
import Routing
import Signalling
import Telephony

/// One call that nobody takes, as a text that another one can be compared with: who rings from when until when, what the caller hears,
/// how it ends, and why.
struct Course: Equatable {
    var rings: Set<String> = []
    var words: [String] = []
    var ending = ""
    var reasons: [Explanation] = []

    /// The lines in which two differ.
    func difference(from other: Course) -> String {
        let mine = rings.subtracting(other.rings).sorted() + words + [ending]
        let theirs = other.rings.subtracting(rings).sorted() + other.words + [other.ending]
        let why = reasons == other.reasons ? "" : "\n\(Self.text(reasons))\ninstead of\n\(Self.text(other.reasons))"
        return mine.joined(separator: ", ") + " instead of " + theirs.joined(separator: ", ") + why
    }

    private static func text(_ reasons: [Explanation]) -> String {
        reasons.map { "  \($0.layer.rawValue) \($0.verdict.rawValue): \($0.because.text(in: .en))" }.joined(separator: "\n")
    }
}

extension SimulatedOffice {
    /// How long a call that is compared is followed.
    static let followed = Duration.minutes(59)

    /// Asks the exchange to explain a call, makes it by this agent, lets everybody's phone ring, and tells where what happened differs
    /// from what was said. `number`: as it is dialled; `client`: the caller outside, nil for the phone's own extension.
    mutating func checkExplanation(of number: String, by agent: Int, as client: String?) -> Complaint? {
        guard let exchange else { return nil }
        let from = client ?? owner(agents[agent].user)
        let card = store.book[PhoneNumber(from, country: settings.office.country).digits] ?? .blank
        let (start, media) = (now, media)
        let rehearsal = exchange.explain(from: from, to: number, card: card, at: moment) { media.length(of: $0) }
        let before = (wiretap: wiretap.order.count, hearings: hearings.count, records: store.records.count)
        let happened = happenings.count
        dialByHabit(agent, number, as: client)
        let id = agents[agent].calls.last?.id ?? 0
        while now - start < Self.followed, agents[agent].call(id)?.isLive == true { run(for: .seconds(5)) }
        let isOpen = agents[agent].call(id)?.isLive == true
        var real = Course()
        for callID in wiretap.order[before.wiretap...] {
            guard let leg = wiretap.outgoing[callID], let index = leg.agent else { continue }
            let isLine = agents[index].role == .trunk
            let name = isLine ? "\(leg.to) by \(agents[index].name)" : owner(leg.to)
            real.rings.insert(Self.ring(name, leg.at - start, leg.settled.map { $0 - start }))
        }
        let ear = Ear(agent: agent, call: id)
        let heard = hearings[before.hearings...].filter { $0.ear == ear }
        for words in heard {
            if case .speech(let clips)? = words.hearing { real.words.append(Self.words(clips, words.at - start)) }
        }
        let busy = heard.first { if case .tone(.busy)? = $0.hearing { true } else { false } }
        let end = happenings[happened...].first { if case .noticed(.released, _, ear) = $0.what { true } else { false } }
        real.ending = Self.ending(busy: busy.map { $0.at - start }, end: end.map { $0.at - start })
        real.reasons = store.records.dropFirst(before.records).first?.reasons ?? rehearsal.layers
        if isOpen { act(agent) { $0.hangUp(id) } }
        run(for: .seconds(5))
        let said = course(of: rehearsal)
        guard real != said else { return nil }
        return Complaint(
            checker: "explanation holds", text: "\(from)→\(number) at \((start - .zero).ladder): " + real.difference(from: said),
            ladder: excerpt(from: start, to: now, concerning: Set(agents.map(\.name))))
    }

    private func course(of rehearsal: Rehearsal) -> Course {
        var course = Course()
        for ring in rehearsal.rings {
            let name = ring.trunk.map { "\(ring.target) by \($0)" } ?? ring.target
            course.rings.insert(Self.ring(name, ring.from, ring.until))
        }
        var last: (clips: [Clip], end: Duration)?
        for speech in rehearsal.speeches {
            // The same words over again without a pause are heard as one.
            let goesOn = last.map { $0.clips == speech.clips && $0.end == speech.at } ?? false
            if !goesOn { course.words.append(Self.words(speech.clips.map(\.name), speech.at)) }
            last = (speech.clips, speech.at + media.length(of: Speech(0, speech.clips)))
        }
        switch rehearsal.ending {
        case .busyTone(let after): course.ending = Self.ending(busy: after, end: after + .seconds(5))
        case .voicemail(let box, let after):
            // Whoever says nothing more is thanked when the tape is full.
            let full = after + (settings.office.box(box)?.limit ?? .zero)
            let thanks = Speech(0, Speaking(settings.office.language).say(.thankYou, .goodbye))
            course.words.append(Self.words(thanks.clips.map(\.name), full))
            course.ending = Self.ending(busy: nil, end: full + media.length(of: thanks))
        case .released(_, let after): course.ending = Self.ending(busy: nil, end: after)
        case .open: course.ending = Self.ending(busy: nil, end: nil)
        }
        course.reasons = rehearsal.layers
        return course
    }

    private static func ring(_ name: String, _ from: Duration, _ until: Duration?) -> String {
        "\(name) rings \(from.ladder)–\(until?.ladder ?? "end")"
    }

    private static func words(_ clips: [String], _ at: Duration) -> String { "“\(clips.joined(separator: " "))” at \(at.ladder)" }

    private static func ending(busy: Duration?, end: Duration?) -> String {
        (busy.map { "busy tone at \($0.ladder), " } ?? "") + (end.map { "ends at \($0.ladder)" } ?? "does not end")
    }
}
