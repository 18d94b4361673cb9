import Telephony

/// The report for people: at most 80 columns, plain characters, what went wrong first, the long list last.
extension MissedReport {
    /// The text.
    public var text: String {
        var lines = head
        lines += section(Catalogue.problemsTitle, problemLines)
        lines += section(Catalogue.waitingTitle, waitingLines)
        lines += section(Catalogue.noLineTitle, noLineLines)
        lines += section(Catalogue.anonymousTitle, anonymousLines)
        lines += section(Catalogue.interruptedTitle, interruptedLines)
        lines += section(Catalogue.peopleTitle, peopleLines)
        lines += section(Catalogue.daysTitle, dayLines)
        lines += section(Catalogue.hoursTitle, hourLines)
        lines += section(Catalogue.weekdaysTitle, weekdayLines)
        lines += section(Catalogue.waitsTitle, waitLines)
        lines += section(Catalogue.numbersTitle, numberLines)
        lines += section(Catalogue.allMissedTitle, returnLines(missed))
        lines += section(Catalogue.allCallsTitle, allCallLines)
        if let cutTo { lines.append(Catalogue.listCut(to: cutTo).text(in: language)) }
        return lines.reduce(into: "") { text, line in
            text += line.cut(ReportPhrases.width).trimmedEnd
            text += "\n"
        }
    }

    var phrases: ReportPhrases { ReportPhrases(language: language, names: names) }

    func say(_ wording: Wording) -> String { wording.text(in: language) }

    /// A heading, its lines, and an empty line before; nothing where there is nothing to tell.
    private func section(_ title: Wording, _ lines: [String]) -> [String] { lines.isEmpty ? [] : ["", say(title)] + lines }

    // MARK: The head

    private var head: [String] {
        let title = Catalogue.missedReportTitle(period: phrases.period(span.days), scope: phrases.scope(scope))
        var lines = names.office.isEmpty ? [] : [names.office.printable]
        lines += [say(title), "", Catalogue.missedHead(answered: totals.answered, totals.missed, totals.clients, in: language)]
        guard totals.missed > 0 else { return lines }
        let ways: [(Wording, Int)] = [
            (Catalogue.verdictInTime, totals.inTime), (Catalogue.verdictLate, totals.late),
            (Catalogue.verdictNotReturned, totals.notReturned), (Catalogue.verdictTried, totals.tried),
        ]
        for (word, count) in ways {
            lines.append(
                "  " + say(word).paddedRight(24) + "\(count)".paddedLeft(6)
                    + "\(Self.percent(count, of: totals.missed)) %".paddedLeft(8))
        }
        if let reaction = Reaction(ownTasks) {
            let (median, ninetieth) = (phrases.hours(reaction.median + 59), phrases.hours(reaction.ninetieth + 59))
            lines.append(say(Catalogue.reactionLine(median: median, ninetieth: ninetieth)))
        }
        if let peak { lines.append(say(Catalogue.peakLine(peak.count, at: phrases.dayAndTime(peak.at)))) }
        return lines
    }

    static func percent(_ count: Int, of all: Int) -> Int { all == 0 ? 0 : (count * 200 + all) / (2 * all) }

    /// The most calls that were up at once, and when that was first.
    private var peak: (count: Int, at: CivilTime)? {
        var edges: [(at: Int64, change: Int, offset: Int)] = []
        for call in calls {
            edges.append((call.at, 1, call.utcOffset))
            edges.append((call.waitEnded + call.talk.milliseconds, -1, call.utcOffset))
        }
        var (count, peak, moment) = (0, 0, CivilTime(utc: 0, offset: 0))
        for edge in edges.sorted(by: { ($0.at, $0.change) < ($1.at, $1.change) }) {
            count += edge.change
            if count > peak { (peak, moment) = (count, CivilTime(utc: edge.at, offset: edge.offset)) }
        }
        return peak > 0 ? (peak, moment) : nil
    }

    // MARK: Lists of missed calls

    private var problemLines: [String] {
        if totals.missed > 0, problems.isEmpty, cutTo == nil { return ["  " + say(Catalogue.noProblems)] }
        return returnLines(problems)
    }

    private var waitingLines: [String] {
        returnLines(
            missed.filter { call in
                if case .waiting = outcome(of: call) { true } else { outcome(of: call) == .unknown }
            })
    }

    /// Missed calls with what became of them; `!` before those that were never returned or too late.
    private func returnLines(_ calls: [CallRecord]) -> [String] {
        guard !calls.isEmpty else { return [] }
        let heading = Catalogue.missedHeading.map(say)
        return [row(mark: " ", heading)] + calls.flatMap(returnLine)
    }

    private func returnLine(_ call: CallRecord) -> [String] {
        let outcome = outcome(of: call)
        let isProblem: Bool
        switch outcome {
        case .late, .never: isProblem = true
        case .gotThrough, .calledBack, .byHand, .waiting, .tried, .triedSometime, .anonymous, .unknown: isProblem = false
        }
        let client = (call.client?.number ?? "").cut(12) + (call.client?.isKnown == false ? "*" : "")
        let line = row(
            mark: isProblem ? "!" : " ",
            [
                phrases.dayAndTime(CivilTime(utc: call.at, offset: call.utcOffset)), client, phrases.who(call),
                phrases.clock(call.wait, width: 5), returned(call), word(outcome, near: call.utcOffset),
            ])
        guard let message = call.message else { return [line] }
        let label = "(\(say(Catalogue.answeringMachine))), \(say(Catalogue.message(message)))"
        return [line, String(repeating: " ", count: 28) + label]
    }

    /// When and by whom he was called back, or at least called.
    private func returned(_ call: CallRecord) -> String {
        guard let task = call.task.flatMap({ tasks[$0] }) else { return "" }
        let what: (at: Stamp, by: String?)? = task.closing.map { ($0.at, $0.by) } ?? task.tried.map { ($0.at, $0.by) }
        guard let what else { return "" }
        guard what.at.dating == .trusted else { return what.by ?? "" }
        return phrases.dayAndTime(CivilTime(utc: what.at.utc, offset: what.at.utcOffset)) + (what.by.map { " " + $0 } ?? "")
    }

    private func word(_ outcome: Outcome, near offset: Int) -> String {
        switch outcome {
        case .gotThrough: say(Catalogue.stateGotThrough)
        case .calledBack: say(Catalogue.stateCalledBack)
        case .byHand: say(Catalogue.stateByHand)
        case .late(let seconds): say(Catalogue.stateLate(by: phrases.hours(seconds + 59)))
        case .never: say(Catalogue.stateNever)
        case .waiting(let until):
            say(Catalogue.stateWaiting(until: phrases.dayAndTime(civil(until, near: offset))))
        case .tried: say(Catalogue.stateTried)
        case .triedSometime: say(Catalogue.stateTriedSometime)
        case .anonymous: say(Catalogue.stateAnonymous)
        case .unknown: say(Catalogue.stateUnknown)
        }
    }

    /// One line: 1 + 1 + 11 + 13 + 14 + 5 + 15 + 15 and a space between columns.
    private func row(mark: String, _ cells: [String]) -> String {
        let widths = [11, 13, 14, 5, 15, 15]
        var line = mark
        for (index, (cell, width)) in zip(cells, widths).enumerated() {
            let text = cell.cut(width)
            line += " "
            line += index == 3 ? text.paddedLeft(width) : text.paddedRight(width)
        }
        return line
    }

    // MARK: Apart

    private var noLineLines: [String] {
        guard totals.noLine > 0 else { return [] }
        let refused = calls.filter(\.isLineless)
        return say(Catalogue.noLineAdvice(totals.noLine)).wrappedLines(width: ReportPhrases.width)
            + refused.map { call in
                "  \(phrases.dayAndTime(CivilTime(utc: call.at, offset: call.utcOffset))) "
                    + (call.client?.number ?? say(Catalogue.hiddenNumber)) + (call.number.map { " → \($0)" } ?? "")
            }
    }

    private var anonymousLines: [String] { returnLines(calls.filter { $0.isMissedByClients && $0.client == nil }) }

    private var interruptedLines: [String] {
        returnLines(calls.filter { $0.direction == .incoming && $0.result == .interrupted && !$0.isTalk })
    }

    private var allCallLines: [String] {
        guard !calls.isEmpty else { return [] }
        let list = CallReport(calls: calls, span: span, scope: scope, language: language, names: names)
        return [list.heading] + calls.flatMap(list.rows)
    }
}

extension String {
    /// The words on lines of at most `width` characters, each after two spaces.
    func wrappedLines(width: Int) -> [String] {
        var lines: [String] = []
        for word in split(separator: " ") {
            if let last = lines.last, last.count + 1 + word.count <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append("  " + word)
            }
        }
        return lines
    }
}
