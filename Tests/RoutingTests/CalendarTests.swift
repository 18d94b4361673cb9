import Routing
import Telephony
import Testing

@Suite("Working time")
struct CalendarTests {
    private let office = WorkCalendar(
        hours: WeeklyHours([
            .init(days: .weekdays, from: 9 * 3600, until: 18 * 3600),
            .init(days: [.init(isoWeekday: 5)], from: 22 * 3600, until: 6 * 3600),
        ]),
        holidays: [
            .init(
                first: CivilTime.dayNumber(year: 2026, month: 12, day: 31),
                last: CivilTime.dayNumber(year: 2027, month: 1, day: 8))
        ],
        workdays: [CivilTime.dayNumber(year: 2026, month: 11, day: 1)])

    private func isOpen(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int = 0, _ second: Int = 0) -> Bool {
        office.isOpen(CivilTime(year: year, month: month, day: day, hour: hour, minute: minute, second: second))
    }

    @Test("R-057: to the second at both edges")
    func edges() {
        #expect(!isOpen(2026, 11, 23, 8, 59, 59) && isOpen(2026, 11, 23, 9))
        #expect(isOpen(2026, 11, 23, 17, 59, 59) && !isOpen(2026, 11, 23, 18))
    }

    @Test("A span over midnight belongs to the day on which it begins")
    func midnight() {
        #expect(isOpen(2026, 11, 27, 23, 59, 59) && isOpen(2026, 11, 28, 0) && isOpen(2026, 11, 28, 5, 59, 59))
        #expect(!isOpen(2026, 11, 28, 6) && !isOpen(2026, 11, 27, 5))
    }

    @Test("R-186: holidays cross months and years, both ends included; a worked Sunday has Friday's hours; other Sundays none")
    func holidays() {
        #expect(!isOpen(2026, 12, 31, 12) && !isOpen(2027, 1, 8, 12) && isOpen(2026, 12, 30, 12) && isOpen(2027, 1, 11, 12))
        #expect(isOpen(2026, 11, 1, 12) && !isOpen(2026, 11, 8, 12))
        #expect(office.isWorkingDay(CivilTime.dayNumber(year: 2026, month: 11, day: 1)))
        #expect(!office.isWorkingDay(CivilTime.dayNumber(year: 2027, month: 1, day: 4)))
    }

    @Test("No hours: always open, but for holidays")
    func always() {
        let calendar = WorkCalendar(holidays: [.init(first: 20_000, last: 20_000)])
        #expect(calendar.isOpen(CivilTime(utc: 19_999 * 86_400_000, offset: 0)))
        #expect(!calendar.isOpen(CivilTime(utc: 20_000 * 86_400_000, offset: 0)))
    }
}

@Suite("Rules of a scheme")
struct SchemeRuleTests {
    private let router: Router = {
        var office = Office()
        office.calendar = WorkCalendar(
            hours: WeeklyHours([.init(days: .weekdays, from: 32_400, until: 64_800)]),
            holidays: [
                .init(
                    first: CivilTime.dayNumber(year: 2027, month: 1, day: 1),
                    last: CivilTime.dayNumber(year: 2027, month: 1, day: 8))
            ])
        office.schemes["office"] = Scheme(
            "office",
            rules: [
                SchemeRule(
                    40, when: [.caller(mask: NumberMask("7916*")!), .hours(.init(days: .daily, from: 0, until: 86_400))],
                    to: .extension("102")
                ),
                SchemeRule(10, when: [.holiday], to: .extension("110")), SchemeRule(20, when: [.closed], to: .busy),
                SchemeRule(30, when: [.anonymous], to: .drop), SchemeRule(35, when: [.abroad], to: .extension("150")),
            ], otherwise: .extension("101"))
        return Router(office)
    }()

    private func target(_ caller: String, _ time: CivilTime, trust: ClockTrust = .trusted) -> Target? {
        router.scheme("office", IncomingCall(caller: caller), at: Moment(uptime: .zero, utc: time.utc, clockTrust: trust))?.target
    }

    @Test("First match in the order of numbers; all conditions of a rule hold, or it does not")
    func order() {
        let monday = CivilTime(year: 2026, month: 11, day: 23, hour: 12)
        #expect(target("+79161234567", CivilTime(year: 2027, month: 1, day: 4, hour: 12)) == .extension("110"))
        #expect(target("+79161234567", CivilTime(year: 2026, month: 11, day: 22, hour: 12)) == .busy)
        #expect(target("", monday) == .drop)
        #expect(target("+49301234567", monday) == .extension("150"))
        #expect(target("+77011234567", monday) == .extension("150"))
        #expect(target("89161234567", monday) == .extension("102"))
        #expect(target("+74951234567", monday) == .extension("101"))
        #expect(target("101", monday) == .extension("101"))
        #expect(router.scheme("gone", IncomingCall(caller: "1"), at: Moment(uptime: .zero, utc: 0)) == nil)
    }

    @Test("G-14: while the clock is not trusted, rules of time rest and the others hold")
    func untrusted() {
        let newYear = CivilTime(year: 2027, month: 1, day: 4, hour: 12)
        #expect(target("+74951234567", newYear, trust: .untrusted) == .extension("101"))
        #expect(target("+49301234567", newYear, trust: .untrusted) == .extension("150"))
    }
}
