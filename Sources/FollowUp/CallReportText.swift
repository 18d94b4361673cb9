import Telephony

extension CallReport {
    /// The report for people: at most 80 columns, one line a call; a missed call begins with `!`.
    public var text: String {
        var lines = [title, totalsLine, ""]
        if !names.office.isEmpty { lines.insert(names.office.printable, at: 0) }
        if !calls.isEmpty {
            lines.append(heading)
            lines += calls.flatMap(rows)
        }
        if calls.count < totals.calls { lines.append(Catalogue.listCut(to: calls.count).text(in: language)) }
        var text = ""
        for line in lines {
            text += line.cut(ReportPhrases.width).trimmedEnd
            text += "\n"
        }
        return text
    }

    private var title: String {
        Catalogue.callReportTitle(period: phrases.period(span.days), scope: phrases.scope(scope)).text(in: language)
    }

    var phrases: ReportPhrases { ReportPhrases(language: language, names: names) }

    private var totalsLine: String {
        Catalogue.callCount(totals.calls, in: language) + ": " + totalsParts.joined(separator: ", ")
    }

    private var totalsParts: [String] {
        let always: [(Int, Catalogue.Outcome)] = [(totals.answered, .answered), (totals.missed, .missed)]
        let rare: [(Int, Catalogue.Outcome)] = [
            (totals.notReached, .notReached), (totals.served, .served), (totals.refused, .refused),
            (totals.interrupted, .interrupted),
        ]
        return (always + rare.filter { $0.0 > 0 }).map { Catalogue.outcomeCount($0.0, $0.1, in: language) }
    }

    var heading: String { line(mark: " ", Catalogue.callReportHeading.map { $0.text(in: language) }) }

    /// One call; where a message was left, a second line says so beneath the employee.
    func rows(_ call: CallRecord) -> [String] {
        let time = CivilTime(utc: call.at, offset: call.utcOffset)
        let missed = call.result == .missed && call.direction != .outgoing
        let row = line(
            mark: missed || call.isMissedByClients ? "!" : " ",
            [
                phrases.dayAndTime(time), Catalogue.directionShort(call.direction).text(in: language), call.from.printable,
                call.to.printable, phrases.who(call), phrases.clock(call.wait, width: 5), phrases.clock(call.talk, width: 6),
                Catalogue.outcomeWord(Catalogue.Outcome(call.result, call.direction)).text(in: language),
            ])
        guard let message = call.message else { return [row] }
        let text = "(\(Catalogue.answeringMachine.text(in: language))), \(Catalogue.message(message).text(in: language))"
        return [row, String(repeating: " ", count: 44) + text]
    }

    /// One line of the table: 1 + 1 + 11 + 3 + 12 + 12 + 14 + 5 + 6 + 8 and a space between columns.
    private func line(mark: String, _ cells: [String]) -> String {
        let widths = [11, 3, 12, 12, 14, 5, 6, 8]
        var line = mark
        for (index, (cell, width)) in zip(cells, widths).enumerated() {
            let text = cell.cut(width)
            line += " "
            line += index == 5 || index == 6 ? text.paddedLeft(width) : text.paddedRight(width)
        }
        return line
    }
}
