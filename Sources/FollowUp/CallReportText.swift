import Telephony

extension CallReport {
    /// The report for people: at most 80 columns, one line a call; a missed call begins with `!`.
    public var text: String {
        var lines = [title, totalsLine, ""]
        if !names.office.isEmpty { lines.insert(names.office.printable, at: 0) }
        if !calls.isEmpty {
            lines.append(heading)
            lines += calls.map(row)
        }
        if calls.count < totals.calls { lines.append(Catalogue.listCut(to: calls.count).text(in: language)) }
        var text = ""
        for line in lines {
            text += line.cut(Self.width).trimmedEnd
            text += "\n"
        }
        return text
    }

    /// Columns of a terminal.
    static let width = 80

    private var title: String {
        let first = span.days.lowerBound, last = span.days.upperBound
        let period = first == last ? date(first) : "\(date(first)) – \(date(last))"
        return Catalogue.callReportTitle(period: period, scope: scopeText).text(in: language)
    }

    private var scopeText: Wording {
        switch scope {
        case .all: Catalogue.wholeOffice
        case .department(let id): Catalogue.ofDepartment(names.departments[id].nonEmpty?.printable.cut(30) ?? id)
        case .operator(let number): Catalogue.ofOperator(person(number).cut(30))
        case .number(let number): Catalogue.ofNumber(number)
        }
    }

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

    private var heading: String {
        let head = Catalogue.callReportHeading.map { $0.text(in: language) }
        return line(mark: " ", head)
    }

    private func row(_ call: CallRecord) -> String {
        let time = CivilTime(utc: call.at, offset: call.utcOffset)
        let missed = call.result == .missed && call.direction != .outgoing
        return line(
            mark: missed ? "!" : " ",
            [
                dayAndTime(time), Catalogue.directionShort(call.direction).text(in: language), call.from.printable,
                call.to.printable,
                who(call), clock(call.wait, width: 5), clock(call.talk, width: 6),
                Catalogue.outcomeWord(Catalogue.Outcome(call.result, call.direction)).text(in: language),
            ])
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

    private func who(_ call: CallRecord) -> String {
        if let employee = call.employee { return person(employee) }
        return call.department.map { (names.departments[$0].nonEmpty ?? $0).printable } ?? ""
    }

    private func person(_ number: String) -> String {
        number.printable + (names.extensions[number].nonEmpty.map { " " + $0.printable } ?? "")
    }

    private func date(_ date: CivilDate) -> String {
        switch language {
        case .ru: "\(date.day.padded(2)).\(date.month.padded(2)).\(date.year)"
        case .en: date.iso
        }
    }

    private func dayAndTime(_ time: CivilTime) -> String {
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2))"
        switch language {
        case .ru: return "\(time.day.padded(2)).\(time.month.padded(2)) \(clock)"
        case .en: return "\(time.month.padded(2))-\(time.day.padded(2)) \(clock)"
        }
    }

    /// Minutes and seconds; whole hours where they do not fit, for a cut figure would be a false one.
    private func clock(_ duration: Duration, width: Int) -> String {
        let seconds = Int(duration.milliseconds / 1000)
        let text = "\(seconds / 60):\((seconds % 60).padded(2))"
        return text.count <= width ? text : Catalogue.hours(seconds / 3600).text(in: language)
    }
}

extension Optional where Wrapped == String {
    /// Nil for an empty text too.
    fileprivate var nonEmpty: String? { self.flatMap { $0.isEmpty ? nil : $0 } }
}

extension String {
    /// Control characters, which a caller could send to play with the terminal, as `?`.
    fileprivate var printable: String {
        // 0xC2 leads the upper control characters, among others.
        guard utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return self }
        var clean = UnicodeScalarView()
        for scalar in unicodeScalars { clean.append(scalar.properties.generalCategory == .control ? "?" : scalar) }
        return String(clean)
    }

    /// Columns it takes; ASCII, most of a report, is not searched for accents.
    private var columns: Int { utf8.allSatisfy { $0 < 0x80 } ? utf8.count : count }

    /// At most `width` characters, the last one `…` where some are left out.
    fileprivate func cut(_ width: Int) -> String {
        utf8.count <= width || columns <= width ? self : prefix(width - 1) + "…"
    }

    fileprivate func paddedRight(_ width: Int) -> String { self + String(repeating: " ", count: max(0, width - columns)) }

    fileprivate func paddedLeft(_ width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

    fileprivate var trimmedEnd: Substring {
        let end = utf8.lastIndex { $0 != UInt8(ascii: " ") }
        return self[..<(end.map(utf8.index(after:)) ?? startIndex)]
    }
}
