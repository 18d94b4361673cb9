import CallControl
import Configuration
import FollowUp
import Routing
import Telephony

/// `replay yesterday with FILE`: stored incoming calls, thought through by the settings in force and by those of a file.
extension CommandRunner {
    /// Differences that are listed.
    private static let listLimit = 500

    func replay(_ period: ReportPeriod) throws(CommandFailure) -> Reply {
        guard let attachment else { throw CommandFailure(Catalogue.noAttachment) }
        let candidate: ConfigurationCandidate
        switch check(attachment, replace: false) {
        case .success(let read): candidate = read
        case .failure(let refused): return refusal(refused.errors)
        }
        let span = period.span(now: view.now.civil, offset: zone.offset(of:))
        let incoming = try environment.records(span, .all).calls.filter { $0.direction == .incoming }
        let (now, then) = (Replay(settings.office), Replay(candidate.settings.office))
        var rows: [[Table.Cell]] = []
        var changed = 0
        for call in incoming {
            let (one, other) = (now.course(of: call), then.course(of: call))
            guard one != other else { continue }
            changed += 1
            guard rows.count < Self.listLimit else { continue }
            rows.append([
                .init("\(dateAndTime(call.at)) \(call.from) → \(call.to)", .integer(call.id.number)),
                .init(one.joined(separator: ", ")), .init(other.joined(separator: ", ")),
            ])
        }
        let table = Table(
            columns: [
                .init("id", Catalogue.columnCall), .init("now", Catalogue.columnNow), .init("then", Catalogue.columnThen),
            ], rows: rows, empty: Catalogue.noDifferenceInCalls)
        switch format {
        case .json, .csv: return print(table)
        case .text: return Reply(output: clockNote + told(rows, changed: changed, of: incoming.count))
        }
    }

    /// One call under the other, for a narrow screen.
    private func told(_ rows: [[Table.Cell]], changed: Int, of count: Int) -> String {
        guard changed > 0 else { return Catalogue.replayedTheSame(count, in: language) + "\n" }
        let (now, then) = (say(Catalogue.columnNow), say(Catalogue.columnThen))
        let width = max(now.count, then.count)
        var lines = rows.flatMap { row in
            [row[0].text]
                + row[1].text.wrapped(after: "  " + now.paddedRight(width) + "  ", indent: width + 4, width: self.width)
                + row[2].text.wrapped(after: "  " + then.paddedRight(width) + "  ", indent: width + 4, width: self.width)
        }
        if rows.count < changed { lines.append(say(Catalogue.replayCut(to: rows.count))) }
        lines.append(Catalogue.replayedOtherwise(changed, of: count, in: language))
        return lines.map { $0 + "\n" }.joined()
    }
}

/// An office in which stored calls are lived again: every phone is there, and nobody answers.
private struct Replay {
    let office: Office
    private let board: Switchboard

    init(_ office: Office) {
        self.office = office
        var board = Switchboard(office: office)
        let moment = Moment(uptime: .zero, utc: 0)
        for number in office.extensions.keys.sorted() { _ = board.handle(.reachable(number, true), at: moment) }
        self.board = board
    }

    func course(of call: CallRecord) -> [String] {
        let offer = Offer(
            caller: .trunk(office.trunk(of: call.to)), callerID: CallerID(number: call.from), dialled: call.to)
        let moment = Moment(uptime: .zero, utc: call.at, utcOffset: call.utcOffset)
        return board.rehearse(offer, at: moment).course
    }
}
