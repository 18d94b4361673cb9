import FollowUp
import Host
import Routing
import Telephony
import Testing

@Suite("Report on missed calls") struct MissedReportTests {
    private static let month = GeneratedMonth()

    private static func report(_ language: Language, _ scope: ReportScope = .all) -> MissedReport {
        MissedReport(
            calls: month.calls.filter(scope.includes), tasks: month.tasks, offered: scope.isPerson ? month.calls : nil,
            span: GeneratedMonth.span, now: GeneratedMonth.now,
            scope: scope, language: language, names: GeneratedMonth.names
        ) { _ in GeneratedMonth.offset }
    }

    /// The file of this name beside the test. With APUS_GOLDEN=write it is written instead, to be looked at and committed.
    private func isGolden(_ text: String, _ name: String) throws -> Bool {
        let path = #filePath.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" } + "/Golden/" + name
        if Environment.writesGolden { try Files.writeAtomically(Array(text.utf8), to: path) }
        return try String(decoding: Files.read(path, limit: 1 << 20), as: UTF8.self) == text
    }

    @Test(
        "R-122: the report of a generated month, to the letter",
        arguments: [
            (Language.ru, ReportScope.all, "missed-ru.txt"), (.en, .all, "missed-en.txt"),
            (.ru, .department("sales"), "missed-sales-ru.txt"), (.en, .operator("101"), "missed-101-en.txt"),
            (.ru, .number("+78121234567"), "missed-spb-ru.txt"),
        ])
    func golden(_ language: Language, _ scope: ReportScope, _ name: String) throws {
        let text = Self.report(language, scope).text
        #expect(try isGolden(text, name), "differs from \(name): \(text)")
        for line in text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
        #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test("The list of all calls, JSON and CSV of the same month, to the letter")
    func programs() throws {
        let report = Self.report(.ru)
        #expect(try isGolden(report.json.description + "\n", "missed.json"))
        #expect(try isGolden(report.csv, "missed.csv"))
        let calls = CallReport(
            calls: Self.month.calls, span: GeneratedMonth.span, scope: .all, language: .ru, names: GeneratedMonth.names)
        #expect(try isGolden(calls.text, "calls-ru.txt"))
        var english = calls
        english.language = .en
        #expect(try isGolden(english.text, "calls-en.txt"))
    }

    // MARK: The sums, found again from the raw calls by somebody who knows no task book

    /// Who the client is, to whoever knows both his numbers.
    private static func key(_ call: CallRecord) -> String? {
        call.client.map { GeneratedMonth.contacts[$0.number].map { "contact \($0)" } ?? $0.number }
    }

    /// The deadline in seconds of the world's clock, found by walking from second to second and day to day.
    private static func deadline(_ missed: Int64) -> Int64 {
        let offset = Int64(GeneratedMonth.offset)
        let second = missed / 1000
        func day(_ second: Int64) -> Int64 { (second + offset) / 86_400 }
        func isWorking(_ day: Int64) -> Bool {
            // 2026-11-01 is a Sunday, the 4th a holiday.
            let date = day - Int64(CivilTime.dayNumber(year: 2026, month: 11, day: 1))
            return ![0, 6].contains(((date % 7) + 7) % 7) && date != 3
        }
        let time = (second + offset) % 86_400
        if isWorking(day(second)), (9 * 3600..<18 * 3600).contains(time) { return second + 600 }
        var candidate = day(second) * 86_400 + 36_000 - offset
        while candidate <= second || !isWorking(day(candidate)) { candidate += 86_400 }
        return candidate
    }

    private static func ends(_ call: CallRecord) -> Int64 { call.at + call.wait.milliseconds }

    /// What became of a missed call, from nothing but the list of calls.
    private static func verdict(_ missed: CallRecord, among all: [CallRecord]) -> Verdict {
        let same = all.filter { $0.direction != .internal && key($0) == key(missed) }
        let talks = same.filter { $0.talk >= .seconds(1) }.map(ends).sorted()
        let end = ends(missed)
        let before = talks.last { $0 <= end } ?? .min
        // The first of the row of calls in vain that no talk has interrupted.
        let first = same.filter { $0.isLost && ends($0) > before && ends($0) <= end }.map(ends).min() ?? end
        let due = deadline(first)
        let talk = talks.first { $0 > end }
        if let talk, talk / 1000 <= due { return .inTime }
        let tried = same.contains { call in
            call.direction == .outgoing && call.talk < .seconds(1) && call.at > first && call.at / 1000 <= due
                && (talk == nil || call.at < talk ?? 0)
        }
        if tried { return .tried }
        return talk == nil ? .notReturned : .late
    }

    @Test("R-131, R-134, R-124…R-127: every sum, found again from the raw calls", arguments: 1...40)
    func sums(seed: UInt64) {
        let month = GeneratedMonth(seed: seed, calls: 150)
        for scope in [ReportScope.all, .department("sales"), .operator("101"), .number("+78121234567")] {
            let calls = month.calls.filter(scope.includes).filter { $0.direction == .incoming }
            let totals = MissedTotals(calls, tasks: month.tasks)
            let missed = calls.filter {
                $0.client != nil && ($0.result == .missed || $0.result == .refused && $0.cause == .noCircuit)
            }
            let verdicts = missed.map { Self.verdict($0, among: month.calls) }
            #expect(totals.answered == calls.count { $0.result == .answered } && totals.missed == missed.count)
            #expect(totals.inTime == verdicts.count { $0 == .inTime } && totals.late == verdicts.count { $0 == .late })
            #expect(totals.tried == verdicts.count { $0 == .tried })
            #expect(totals.notReturned == verdicts.count { $0 == .notReturned })
            #expect(totals.inTime + totals.late + totals.notReturned + totals.tried == totals.missed)
            #expect(totals.clients == Set(missed.compactMap(Self.key)).count)
            #expect(totals.anonymous == calls.count { $0.client == nil && $0.isMissedByClients })
        }
        #expect(
            MissedTotals(month.calls, tasks: month.tasks).missed
                == ["sales", "service", nil].map { id in
                    MissedTotals(month.calls.filter { $0.department == id }, tasks: month.tasks).missed
                }.reduce(0, +), "R-128, R-129: the departments add up, and no call is counted twice")
    }

    @Test("R-133, R-127: the problem list holds exactly what was late or never returned; the full list all of them")
    func lists() {
        let report = Self.report(.en)
        let text = report.text
        let problems = text.section(from: "NEVER RETURNED, OR TOO LATE")
        let all = text.section(from: "ALL MISSED CALLS")
        let isProblem = { (call: CallRecord) -> Bool in
            switch report.outcome(of: call) {
            case .late, .never: true
            case .gotThrough, .calledBack, .byHand, .waiting, .tried, .triedSometime, .anonymous, .unknown: false
            }
        }
        let missed = report.calls.filter { $0.isMissedByClients && $0.client != nil }
        #expect(problems.count { $0.hasPrefix("!") } == missed.count(where: isProblem))
        #expect(all.count { $0.hasPrefix("!") } == missed.count(where: isProblem))
        #expect(report.totals.missed == missed.count && missed.count > 20)
        let calls = text.section(from: "ALL CALLS")
        #expect(calls.count { $0.hasPrefix("! ") } == report.calls.count(where: \.isMissedByClients))
        #expect(!text.contains(" int "), "G-11: internal calls are another story")
    }

    @Test("R-123: the median and the ninetieth percentile by hand")
    func reaction() {
        func reaction(_ seconds: [Int]) -> [Int]? {
            let tasks = seconds.enumerated().map { index, seconds in
                var task = CallbackTask(
                    id: TaskID(index + 1), client: .init(number: "+7"), first: Stamp(utc: 0, utcOffset: 0), deadline: .moment(0))
                task.closing = .init(way: .outgoing, at: Stamp(utc: Int64(seconds) * 1000, utcOffset: 0), by: "101")
                return task
            }
            return Reaction(tasks).map { [$0.median, $0.ninetieth] }
        }
        #expect(reaction([]) == nil)
        #expect(reaction([70]) == [70, 70])
        #expect(reaction([10, 30, 20]) == [20, 30])
        #expect(reaction([40, 10, 30, 20]) == [25, 40])
        #expect(reaction(Array(1...10)) == [5, 9] && reaction(Array(1...20)) == [10, 18])
    }

    @Test("R-137: on leave: nobody's blame")
    func leave() {
        let text = Self.report(.en).text.section(from: "BY EMPLOYEE")
        let away = Self.month.calls.filter { $0.isAway && $0.isMissedByClients }
        #expect(!away.isEmpty && away.allSatisfy { $0.employee == "103" })
        #expect(text.contains { $0.contains("103 ") && $0.split(separator: " ").dropLast(3).last == "0" })
    }

    @Test("Nothing happened")
    func empty() {
        let report = MissedReport(
            calls: [], tasks: [:], span: GeneratedMonth.span, now: 0, scope: .all, language: .ru, names: GeneratedMonth.names
        ) { _ in 0 }
        #expect(report.text.hasSuffix("вся организация\n\nОтвечено 0, пропущено 0\n"))
    }
}

extension ReportScope {
    fileprivate var isPerson: Bool { if case .operator = self { true } else { false } }
}

extension String {
    /// The lines from the one that begins with `start` to the next empty one.
    fileprivate func section(from start: String) -> [String] {
        let lines = split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.firstIndex(where: { $0.hasPrefix(start) }) else { return [] }
        return Array(lines[(first + 1)...].prefix { !$0.isEmpty })
    }
}
