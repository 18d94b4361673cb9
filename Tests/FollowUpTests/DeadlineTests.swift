import FollowUp
import Routing
import Telephony
import Testing

/// Mon–Fri 9–18 in Moscow, ten minutes, ten o'clock, and the holidays of a Russian New Year with one worked Saturday before.
private let calendar = WorkCalendar(
    hours: WeeklyHours([.init(days: .weekdays, from: 9 * 3600, until: 18 * 3600)]),
    holidays: [.init(first: day(2026, 12, 31), last: day(2027, 1, 8), name: "Новогодние каникулы")],
    workdays: [day(2026, 12, 26)])

private func day(_ year: Int, _ month: Int, _ day: Int) -> Int { CivilTime.dayNumber(year: year, month: month, day: day) }

private func time(_ text: String, offset: Int = 3 * 3600) -> CivilTime {
    let parts = text.split { "- :".contains($0) }.compactMap { Int($0) }
    return CivilTime(
        year: parts[0], month: parts[1], day: parts[2], hour: parts[3], minute: parts[4], second: parts.count > 5 ? parts[5] : 0,
        offset: offset)
}

private func stamp(_ text: String, offset: Int = 3 * 3600) -> Stamp {
    Stamp(utc: time(text, offset: offset).utc, utcOffset: offset)
}

private func due(_ missed: String, rules: FollowUpRules = FollowUpRules(), offset: Int = 3 * 3600) -> String? {
    guard let deadline = Deadline(missedAt: stamp(missed, offset: offset), rules: rules, calendar: calendar) else { return nil }
    let civil = CivilTime(utc: deadline.utc { _ in offset }, offset: offset)
    return "\(civil.isoDate) \(civil.hour.padded(2)):\(civil.minute.padded(2)):\(civil.second.padded(2))"
}

@Suite("Deadlines") struct DeadlineTests {
    @Test("R-124: in working time ten minutes; C-6: literally, also past closing")
    func workingTime() {
        #expect(due("2026-11-23 12:00:00") == "2026-11-23 12:10:00")
        #expect(due("2026-11-23 09:00:00") == "2026-11-23 09:10:00", "the first second of the day is worked")
        #expect(due("2026-11-23 17:55:00") == "2026-11-23 18:05:00")
        #expect(due("2026-11-23 17:59:59") == "2026-11-23 18:09:59")
        #expect(due("2026-11-23 12:00:00", rules: FollowUpRules(due: .minutes(30))) == "2026-11-23 12:30:00")
    }

    @Test("R-125, C-6: at any other time by ten o'clock of the next working day")
    func otherTimes() {
        #expect(due("2026-11-23 18:00:00") == "2026-11-24 10:00:00", "the first second after closing")
        #expect(due("2026-11-23 08:59:59") == "2026-11-23 10:00:00", "this morning is still to come")
        #expect(due("2026-11-24 02:00:00") == "2026-11-24 10:00:00")
        #expect(due("2026-11-27 22:00:00") == "2026-11-30 10:00:00", "Friday night: Monday")
        #expect(due("2026-11-28 13:00:00") == "2026-11-30 10:00:00", "Saturday: Monday")
        #expect(due("2026-12-30 20:00:00") == "2027-01-11 10:00:00", "the holidays, and the weekend behind them")
        #expect(due("2026-12-31 12:00:00") == "2027-01-11 10:00:00", "a holiday")
        #expect(due("2026-12-25 20:00:00") == "2026-12-26 10:00:00", "a Saturday that is worked")
        #expect(due("2026-11-23 19:00:00", rules: FollowUpRules(dueAt: 11 * 3600 + 1800)) == "2026-11-24 11:30:00")
    }

    @Test("R-124: 9:59 and 10:00 after are in time, 10:01 is late")
    func boundary() throws {
        let deadline = try #require(Deadline(missedAt: stamp("2026-11-23 12:00:00"), rules: FollowUpRules(), calendar: calendar))
        func isMet(_ text: String, plus milliseconds: Int64 = 0) -> Bool {
            deadline.isMet(at: time(text).utc + milliseconds, offset: 3 * 3600)
        }
        #expect(isMet("2026-11-23 12:09:59") && isMet("2026-11-23 12:10:00") && isMet("2026-11-23 12:10:00", plus: 999))
        #expect(!isMet("2026-11-23 12:10:01"))
        let morning = try #require(Deadline(missedAt: stamp("2026-11-23 20:00:00"), rules: FollowUpRules(), calendar: calendar))
        #expect(morning.isMet(at: time("2026-11-24 10:00:00").utc, offset: 3 * 3600))
        #expect(!morning.isMet(at: time("2026-11-24 10:00:01").utc, offset: 3 * 3600))
        let late = try #require(
            Deadline(
                missedAt: Stamp(utc: time("2026-11-23 12:00:00").utc + 900, utcOffset: 3 * 3600), rules: FollowUpRules(),
                calendar: calendar))
        #expect(late.isMet(at: time("2026-11-23 12:10:00").utc + 950, offset: 3 * 3600), "whole seconds are compared")
    }

    @Test("G-14: without a clock that can be believed there is no deadline")
    func untrusted() {
        let unsure = Stamp(utc: 0, utcOffset: 0, dating: .thisRun(.zero))
        #expect(Deadline(missedAt: unsure, rules: FollowUpRules(), calendar: calendar) == nil)
    }

    /// Berlin moves its clocks on Sundays: 2026-03-29 to +02:00, 2026-10-25 back to +01:00.
    @Test("Across a change of clocks ten o'clock is what the clock on the wall shows, and ten minutes are ten minutes")
    func changeOfClocks() throws {
        let friday = Stamp(utc: time("2026-10-23 20:00:00", offset: 7200).utc, utcOffset: 7200)
        let deadline = try #require(Deadline(missedAt: friday, rules: FollowUpRules(), calendar: calendar))
        #expect(deadline.isMet(at: time("2026-10-26 10:00:00", offset: 3600).utc, offset: 3600))
        #expect(!deadline.isMet(at: time("2026-10-26 10:00:01", offset: 3600).utc, offset: 3600))
        #expect(deadline.utc { _ in 3600 } == time("2026-10-26 10:00:00", offset: 3600).utc)
        let always = WorkCalendar()
        let night = Stamp(utc: time("2026-03-29 01:55:00", offset: 3600).utc, utcOffset: 3600)
        let short = try #require(Deadline(missedAt: night, rules: FollowUpRules(), calendar: always))
        #expect(short.isMet(at: time("2026-03-29 03:05:00", offset: 7200).utc, offset: 7200))
        #expect(!short.isMet(at: time("2026-03-29 03:05:01", offset: 7200).utc, offset: 7200))
    }

    @Test("An office that never works has its deadline all the same")
    func never() throws {
        let holidays = WorkCalendar(holidays: [.init(first: 0, last: 100_000)])
        let deadline = try #require(Deadline(missedAt: stamp("2026-11-23 12:00:00"), rules: FollowUpRules(), calendar: holidays))
        #expect(deadline == .wallClock(day: day(2026, 11, 24), second: 36_000))
    }
}
