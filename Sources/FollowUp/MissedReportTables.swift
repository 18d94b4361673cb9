import Telephony

/// The tables of the report: people, days, hours, weekdays, waiting, company numbers.
extension MissedReport {
    /// What one person did, in the period or on one day of it.
    struct PersonCounts: Equatable {
        /// Calls from outside that he answered; that were meant for him in person, while he was there, and nobody answered.
        var answered = 0, missed = 0
        /// Times his phone rang for a call from outside and he did not take it, whoever else did or did not.
        var notPickedUp = 0
        /// Missed clients whom he called back, and of these in time.
        var returned = 0, returnedInTime = 0

        var isEmpty: Bool { self == PersonCounts() }
    }

    /// One person on one day.
    struct PersonDay: Hashable, Comparable {
        var day: Int, person: String

        static func < (left: Self, right: Self) -> Bool {
            (left.day, left.person.count, left.person) < (right.day, right.person.count, right.person)
        }
    }

    /// Everybody's counts by day. Whoever was not there, on leave or without a phone, is not blamed: nothing was offered to him.
    var byPersonAndDay: [PersonDay: PersonCounts] {
        var counts: [PersonDay: PersonCounts] = [:]
        for call in calls where call.direction == .incoming {
            let day = CivilTime(utc: call.at, offset: call.utcOffset).dayNumber
            if let employee = call.employee {
                if call.result == .answered { counts[PersonDay(day: day, person: employee), default: .init()].answered += 1 }
                if call.isMissedByClients, !call.isAway {
                    counts[PersonDay(day: day, person: employee), default: .init()].missed += 1
                }
            }
        }
        for call in offered where call.direction == .incoming {
            let day = CivilTime(utc: call.at, offset: call.utcOffset).dayNumber
            for person in Set(call.legs.filter(\.isNotPickedUp).map(\.target)) {
                counts[PersonDay(day: day, person: person), default: .init()].notPickedUp += 1
            }
        }
        for task in returnable {
            guard let closing = task.closing, closing.way == .outgoing, let by = closing.by else { continue }
            let day = CivilTime(utc: closing.at.utc, offset: closing.at.utcOffset).dayNumber
            guard (span.days.lowerBound.dayNumber...span.days.upperBound.dayNumber).contains(day) else { continue }
            counts[PersonDay(day: day, person: by), default: .init()].returned += 1
            if task.verdict == .inTime { counts[PersonDay(day: day, person: by), default: .init()].returnedInTime += 1 }
        }
        return counts.filter { isAbout($0.key.person) }
    }

    /// Tasks whose call back counts for whoever made it, whenever the client was missed, and whoever missed him; a report on a
    /// department or a company number counts its own clients only.
    private var returnable: [CallbackTask] {
        switch scope {
        case .all, .operator: Array(tasks.values)
        case .department, .number: ownTasks
        }
    }

    /// A report on one person tells of no other; outside numbers are no people of ours.
    private func isAbout(_ person: String) -> Bool {
        if case .operator(let number) = scope { return person == number }
        return person.utf8.count <= 8 && !person.hasPrefix("voicemail")
    }

    var peopleLines: [String] {
        var sums: [String: PersonCounts] = [:]
        for (key, counts) in byPersonAndDay { sums[key.person, default: .init()].add(counts) }
        guard !sums.isEmpty else { return [] }
        let heading = personLine([say(Catalogue.columnPerson)] + Catalogue.personColumns.map(say))
        let ranked = sums.sorted { one, other in
            (one.value.missed, one.value.notPickedUp, one.key) < (other.value.missed, other.value.notPickedUp, other.key)
        }
        return [heading] + ranked.map { personLine([phrases.person($0.key)] + $0.value.cells) }
    }

    var dayLines: [String] {
        let rows = byPersonAndDay.filter { $0.value.missed + $0.value.returned > 0 }.sorted { $0.key < $1.key }
        guard !rows.isEmpty else { return [] }
        let heading = personLine([say(Catalogue.columnDayAndPerson)] + Catalogue.personColumns.map(say))
        return [heading]
            + rows.map { key, counts in
                let (year, month, day) = CivilTime.date(daysSince1970: key.day)
                let date = phrases.day(CivilTime(year: year, month: month, day: day))
                return personLine(["\(date) \(phrases.person(key.person))"] + counts.cells)
            }
    }

    /// 2 + 26 + 5 × 10.
    private func personLine(_ cells: [String]) -> String {
        "  " + cells[0].cut(26).paddedRight(26) + cells.dropFirst().map { $0.cut(9).paddedLeft(10) }.joined()
    }

    // MARK: Charts

    var hourLines: [String] {
        bars(0..<24, kind: { CivilTime(utc: $0.at, offset: $0.utcOffset).hour }) { "\($0.padded(2)):00" }
    }

    var weekdayLines: [String] {
        bars(1..<8, kind: { CivilTime(utc: $0.at, offset: $0.utcOffset).weekday }) { say(Catalogue.weekdayName($0)) }
    }

    /// How long clients wait until they give up, in the steps after which people do.
    var waitLines: [String] {
        let steps = [10, 20, 30, 60, 120]
        let step = { (call: CallRecord) -> Int in
            let seconds = call.wait.milliseconds / 1000
            return steps.firstIndex { seconds < $0 } ?? steps.count
        }
        return bars(0..<6, kind: step, isOfMissed: true) { index in
            index < steps.count ? say(Catalogue.shorterThan(steps[index])) : say(Catalogue.longerThan(steps[index - 1]))
        }
    }

    /// A bar of `#` for the missed calls of each kind, and how many they are of how many. Kinds without calls at both ends are left out.
    private func bars(
        _ kinds: Range<Int>, kind: (CallRecord) -> Int, isOfMissed: Bool = false, title: (Int) -> String
    ) -> [String] {
        var (missed, all) = ([Int: Int](), [Int: Int]())
        for call in calls where call.direction == .incoming {
            let isMissed = call.isMissedByClients && call.client != nil
            if isMissed { missed[kind(call), default: 0] += 1 }
            if isMissed || call.result == .answered, !isOfMissed || isMissed { all[kind(call), default: 0] += 1 }
        }
        guard let most = missed.values.max(), let first = all.keys.min(), let last = all.keys.max() else { return [] }
        let room = 44
        return kinds.filter { (first...last).contains($0) }.map { index in
            let count = missed[index] ?? 0
            let bar = String(repeating: "#", count: most <= room ? count : (count * room + most - 1) / most)
            let figures = isOfMissed ? "\(count)" : say(Catalogue.ofThese(count, of: all[index] ?? 0))
            return "  " + title(index).paddedRight(16) + bar + (bar.isEmpty ? "" : " ") + figures
        }
    }

    // MARK: Company numbers

    var numberLines: [String] {
        struct Number: Hashable { var number: String, label: String }
        var groups: [Number: [CallRecord]] = [:]
        for call in calls where call.direction == .incoming {
            groups[Number(number: call.number ?? call.to, label: call.label ?? ""), default: []].append(call)
        }
        let rows = groups.map { key, calls in (key, totals: MissedTotals(calls, tasks: tasks)) }
            .filter { $0.totals.answered + $0.totals.missed > 0 }
            .sorted { (-$0.totals.missed, $0.0.number, $0.0.label) < (-$1.totals.missed, $1.0.number, $1.0.label) }
        guard !rows.isEmpty else { return [] }
        return [numberLine([say(Catalogue.columnCompanyNumber)] + Catalogue.numberColumns.map(say))]
            + rows.map { key, totals in
                let counts = [
                    totals.answered, totals.missed, totals.inTime, totals.late, totals.notReturned, totals.tried,
                ]
                return numberLine(["\(key.number.printable) \(key.label.printable)"] + counts.map(String.init))
            }
    }

    /// 2 + 24 + 6 × 9.
    private func numberLine(_ cells: [String]) -> String {
        "  " + cells[0].cut(24).paddedRight(24) + cells.dropFirst().map { $0.cut(8).paddedLeft(9) }.joined()
    }
}

extension MissedReport.PersonCounts {
    fileprivate mutating func add(_ more: Self) {
        answered += more.answered
        missed += more.missed
        notPickedUp += more.notPickedUp
        returned += more.returned
        returnedInTime += more.returnedInTime
    }

    fileprivate var cells: [String] { [answered, missed, notPickedUp, returned, returnedInTime].map(String.init) }
}

extension CallRecord.Leg {
    /// Whether the phone rang and its owner let it, or refused.
    fileprivate var isNotPickedUp: Bool {
        switch outcome {
        case .noAnswer, .declined, .cancelled: rang > .zero
        case .answered, .busy, .unreachable, .elsewhere, .machine: false
        }
    }
}
