import Routing
import Telephony
import Testing

@Suite("Schedule of the days to come")
struct ScheduleTests {
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        CivilTime.dayNumber(year: year, month: month, day: day)
    }

    private let router: Router = {
        var office = Office()
        office.calendar = WorkCalendar(
            hours: WeeklyHours([.init(days: .weekdays, from: 32_400, until: 64_800)]),
            holidays: [.init(first: day(2026, 4, 29), last: day(2026, 5, 5), name: "Каникулы")], workdays: [day(2026, 5, 4)])
        office.schemes["office"] = Scheme(
            "office",
            rules: [
                SchemeRule(10, when: [.holiday], to: .extension("110"), words: "holiday"),
                SchemeRule(20, when: [.closed, .unknown], to: .busy, words: "closed and caller unknown"),
                SchemeRule(30, when: [.closed], to: .drop, words: "closed"),
                SchemeRule(
                    40, when: [.hours(.init(days: .daily, from: 43_200, until: 46_800))], to: .extension("103"),
                    words: "hours daily 12:00-13:00"),
            ], otherwise: .department("sales"))
        return Router(office)
    }()

    private func told(_ month: Int, _ day: Int) -> [String] {
        router.schedule(of: Self.day(2026, month, day)).schemes[0].spans.map { span in
            let outcomes = span.outcomes.map { "\($0.rule ?? 0) \($0.condition)→\($0.target)" }.joined(separator: ", ")
            return "\(span.from / 3600)-\(span.until / 3600): \(outcomes)"
        }
    }

    @Test("R-186, D-18: 29 April to 5 May fires on these days and on no others; a worked day in between is worked")
    func range() {
        let work = [
            "0-9: 20 caller unknown→busy, 30 →drop", "9-12: 0 →department sales", "12-13: 40 →extension 103",
            "13-18: 0 →department sales", "18-24: 20 caller unknown→busy, 30 →drop",
        ]
        for (month, day) in [(4, 28), (5, 6), (4, 1), (4, 5 + 1), (5, 4)] { #expect(told(month, day) == work, "\(month)-\(day)") }
        for (month, day) in [(4, 29), (4, 30), (5, 1), (5, 2), (5, 3), (5, 5)] {
            #expect(told(month, day) == ["0-24: 10 →extension 110"], "\(month)-\(day)")
            #expect(router.schedule(of: Self.day(2026, month, day)).hours == [])
        }
        #expect(told(4, 25) == ["0-24: 20 caller unknown→busy, 30 →drop"])
        #expect(
            router.schedule(of: Self.day(2026, 5, 4)).isWorkedDayOff && router.schedule(of: Self.day(2026, 5, 4)).holiday == nil)
        #expect(router.schedule(of: Self.day(2026, 5, 4)).hours?.first?.from == 32_400)
    }

    @Test("What the schedule shows is what the scheme does, at every minute of two weeks")
    func agrees() {
        for day in Self.day(2026, 4, 25)..<Self.day(2026, 5, 9) {
            let spans = router.schedule(of: day).schemes[0].spans
            #expect(spans.first?.from == 0 && spans.last?.until == 86_400)
            for minute in stride(from: 0, to: 1440, by: 1) {
                let moment = Moment(uptime: .zero, utc: (Int64(day) * 86_400 + Int64(minute) * 60) * 1000)
                let shown = spans.first { ($0.from..<$0.until).contains(minute * 60) }?.outcomes.first
                let done = router.scheme("office", IncomingCall(caller: "+79161234567"), at: moment)
                #expect(shown?.target == done?.target && shown?.rule == done?.rule)
            }
        }
    }

    @Test("Daylight saving in Berlin: to the second at both edges, on the day that has 23 hours and on the one that has 25")
    func daylightSaving() {
        let night = WorkCalendar(hours: WeeklyHours([.init(days: .daily, from: 9000, until: 12_600)]))
        let open = { (utc: CivilTime, offset: Int) in night.isOpen(CivilTime(utc: utc.utc, offset: offset)) }
        // 29 March 2026: 02:00 becomes 03:00; 02:30 never comes, so the span begins at 03:00.
        let spring = { (hour: Int, minute: Int, second: Int) in
            CivilTime(year: 2026, month: 3, day: 29, hour: hour, minute: minute, second: second)
        }
        #expect(!open(spring(0, 59, 59), 3600) && open(spring(1, 0, 0), 7200))
        #expect(open(spring(1, 29, 59), 7200) && !open(spring(1, 30, 0), 7200))
        // 25 October 2026: 03:00 becomes 02:00; 02:30 comes twice, and both times are inside.
        let autumn = { (hour: Int, minute: Int, second: Int) in
            CivilTime(year: 2026, month: 10, day: 25, hour: hour, minute: minute, second: second)
        }
        #expect(!open(autumn(0, 29, 59), 7200) && open(autumn(0, 30, 0), 7200) && open(autumn(0, 59, 59), 7200))
        #expect(!open(autumn(1, 0, 0), 3600) && !open(autumn(1, 29, 59), 3600) && open(autumn(1, 30, 0), 3600))
        #expect(open(autumn(2, 29, 59), 3600) && !open(autumn(2, 30, 0), 3600))
    }

    @Test("G-13: the shipped calendar: this year and the next, a holiday on a weekend moved to the next working day")
    func production() {
        let calendar = ProductionCalendar.of(.ru)
        let isOff = { (day: Int) in calendar.days.contains { ($0.first...$0.last).contains(day) && !$0.name.isEmpty } }
        for (month, day) in [(1, 1), (1, 9), (2, 23), (3, 9), (5, 1), (5, 11), (6, 12), (11, 4), (12, 31)] {
            #expect(isOff(Self.day(2026, month, day)))
        }
        for (month, day) in [(1, 12), (2, 20), (3, 10), (4, 30), (5, 12), (6, 11), (11, 3), (12, 30)] {
            #expect(!isOff(Self.day(2026, month, day)))
        }
        for (month, day) in [(1, 8), (3, 8), (5, 3), (5, 10), (6, 14), (11, 4)] { #expect(isOff(Self.day(2027, month, day))) }
        #expect(calendar.days(of: 2026).count == 8 && calendar.days(of: 2027).count == 7 && calendar.days(of: 2028).isEmpty)
        #expect(calendar.days[0].line == "set office holiday 2026-01-01..2026-01-09 \"Новогодние каникулы\"")
        #expect(ProductionCalendar.of(.us).days.isEmpty)
    }

    @Test(
        "Hours and absences: an extension and a department have their own; holidays are everybody's; an untrusted clock closes nothing"
    )
    func own() {
        var office = router.office
        office.extensions["101"] = Extension("101")
        office.extensions["101"]?.hours = WeeklyHours([.init(days: .daily, from: 36_000, until: 39_600)])
        office.extensions["101"]?.absences = [
            Absence(first: Self.day(2026, 5, 12), last: Self.day(2026, 5, 13), kind: .sick, target: .busy)
        ]
        office.departments["sales"] = Department("sales")
        office.departments["sales"]?.hours = WeeklyHours([.init(days: .weekdays, from: 28_800, until: 72_000)])
        let router = Router(office)
        let at = { (month: Int, day: Int, hour: Int) in
            Moment(uptime: .zero, utc: CivilTime(year: 2026, month: month, day: day, hour: hour).utc)
        }
        #expect(
            !router.isOffDuty("101", at: at(5, 10, 10)) && router.isOffDuty("101", at: at(5, 10, 11))
                && router.isOffDuty("101", at: at(5, 1, 10)))
        #expect(!router.isOffDuty("102", at: at(5, 1, 3)))
        let sales = office.departments["sales"] ?? Department("")
        #expect(
            !router.isClosed(sales, at: at(5, 12, 19)) && router.isClosed(sales, at: at(5, 12, 20))
                && router.isClosed(sales, at: at(4, 29, 12)))
        #expect(router.absence(of: "101", at: at(5, 13, 23))?.kind == .sick && router.absence(of: "101", at: at(5, 14, 0)) == nil)
        var blind = at(5, 12, 23)
        blind.clockTrust = .untrusted
        #expect(
            !router.isOffDuty("101", at: blind) && !router.isClosed(sales, at: blind)
                && router.absence(of: "101", at: blind) == nil)
    }
}
