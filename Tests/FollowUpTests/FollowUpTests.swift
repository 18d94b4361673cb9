import FollowUp
import Telephony
import Testing

/// 2026-11-23T12:00:00+03:00.
let noon = CivilTime(year: 2026, month: 11, day: 23, hour: 12, offset: 10_800).utc

/// A journal written at `(seconds, entry)`.
func journal(_ lines: (Double, CallJournal.Entry)...) -> CallJournal {
    var journal = CallJournal(CallID(7))
    for (seconds, entry) in lines {
        let nanoseconds = Int64(seconds * 1e9)
        journal.note(
            entry,
            at: Moment(uptime: Instant(nanoseconds: nanoseconds), utc: noon + nanoseconds / 1_000_000, utcOffset: 10_800))
    }
    return journal
}

private let first = LegID(1)
private let second = LegID(2)

private func arrivedForAnna() -> CallJournal.Entry { .arrived(.incoming, from: "+79161234567", name: "", to: "74951234570") }

@Suite struct CallFold {
    @Test func answeredCall() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .number("+74951234570", label: "Москва")), (0.1, .department("sales")),
                (0.2, .dialled(first, target: "101")), (0.2, .dialled(second, target: "102")), (0.5, .rang(first)),
                (0.7, .rang(second)), (26.5, .answered(second)), (26.6, .ended(first, .answeredElsewhere)),
                (86.5, .ended(second, .normalClearing)), (86.5, .closed(.normalClearing))))
        var expected = CallRecord(
            id: CallID(7), at: noon, utcOffset: 10_800, direction: .incoming, from: "+79161234567", to: "74951234570")
        (expected.number, expected.label, expected.department, expected.employee) = ("+74951234570", "Москва", "sales", "102")
        (expected.result, expected.cause) = (.answered, .normalClearing)
        (expected.wait, expected.talk) = (.milliseconds(26_500), .seconds(60))
        expected.legs = [
            .init(target: "101", at: noon + 200, rang: .milliseconds(26_100), outcome: .elsewhere),
            .init(target: "102", at: noon + 200, rang: .milliseconds(25_800), outcome: .answered),
        ]
        expected.client = CallRecord.Client(number: "+79161234567")
        expected.ringing = .seconds(26)
        #expect(record == expected)
    }

    @Test func droppedDirectCallIsMissedByItsAddressee() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (0, .dialled(first, target: "101")), (1, .rang(first)),
                (30, .ended(first, .noAnswer)), (30, .closed(.noAnswer))))
        #expect(record.result == .missed && record.employee == "101" && record.cause == .noAnswer)
        #expect(record.wait == .seconds(30) && record.talk == .zero)
        #expect(record.legs == [.init(target: "101", at: noon, rang: .seconds(29), outcome: .noAnswer)])
    }

    @Test func forwardedAndAnsweredIsACallToTheSecond() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (0, .dialled(first, target: "101")),
                (30, .ended(first, .noAnswer)),
                (30, .addressed("102")), (30, .dialled(second, target: "102")), (35, .answered(second)),
                (40, .closed(.normalClearing))))
        #expect(record.result == .answered && record.employee == "102")
        #expect(record.wait == .seconds(35) && record.talk == .seconds(5))
    }

    @Test func forwardedAndUnansweredIsMissedByTheFirst() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (0, .dialled(first, target: "101")),
                (30, .ended(first, .noAnswer)),
                (30, .addressed("102")), (30, .dialled(second, target: "102")), (50, .closed(.cancelled))))
        #expect(record.result == .missed && record.employee == "101")
        #expect(record.legs.map(\.outcome) == [.noAnswer, .cancelled])
    }

    @Test func transferredCallStaysWithTheFirstWhoAnswered() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (0, .dialled(first, target: "101")), (5, .answered(first)),
                (20, .transferred(by: "101", to: "102")), (20, .dialled(second, target: "102")),
                (20, .ended(first, .normalClearing)),
                (25, .answered(second)), (60, .closed(.normalClearing))))
        #expect(record.employee == "101" && record.wait == .seconds(5) && record.talk == .seconds(55))
        #expect(record.legs.map(\.target) == ["101", "102"] && record.legs.map(\.outcome) == [.answered, .answered])
    }

    @Test func departmentsCallIsMissedByNobodyInPerson() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .department("sales")), (0, .dialled(first, target: "101")),
                (30, .ended(first, .noAnswer)),
                (30, .addressed("100")), (30, .dialled(second, target: "100")), (50, .closed(.cancelled))))
        #expect(record.result == .missed && record.department == "sales" && record.employee == nil)
    }

    @Test func unreachableAddresseeIsStillNamed() {
        let record = CallRecord(journal: journal((0, arrivedForAnna()), (0, .addressed("101")), (0, .closed(.unreachable))))
        #expect(record.result == .missed && record.employee == "101" && record.legs.isEmpty)
    }

    @Test func wrongNumberIsRefusedAndGivingUpIsMissed() {
        #expect(CallRecord(journal: journal((0, arrivedForAnna()), (0, .closed(.unallocated)))).result == .refused)
        #expect(CallRecord(journal: journal((0, arrivedForAnna()), (3, .closed(.cancelled)))).result == .missed)
    }

    @Test func outgoingCalls() {
        let start = CallJournal.Entry.arrived(.outgoing, from: "101", name: "Анна", to: "89161234567")
        let forbidden = CallRecord(journal: journal((0, start), (0, .addressed("89161234567")), (0, .closed(.forbidden))))
        #expect(forbidden.result == .refused && forbidden.employee == "101")
        let tried = CallRecord(
            journal: journal(
                (0, start), (0, .dialled(first, target: "89161234567")), (9, .ended(first, .busy)), (9, .closed(.busy))))
        #expect(tried.result == .missed && tried.legs.map(\.outcome) == [.busy] && tried.legs[0].rang == .zero)
    }

    @Test("R-024, R-025: a machine answers nobody's call; with a message or without it is missed")
    func voicemail() {
        for message in [nil, 5] {
            var story = journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (0, .dialled(first, target: "101")), (1, .rang(first)),
                (30, .ended(first, .noAnswer)), (30, .voicemail(box: "101")))
            let last = Moment(uptime: Instant(nanoseconds: 50_000_000_000), utc: noon + 50_000, utcOffset: 10_800)
            if let message { story.note(.message(message), at: last) }
            story.note(.closed(.normalClearing), at: last)
            let record = CallRecord(journal: story)
            #expect(record.result == .missed && record.employee == "101" && record.message == message)
            #expect(record.wait == .seconds(50) && record.ringing == .seconds(29) && record.talk == .zero)
            #expect(
                record.legs.map(\.target) == ["101", "voicemail 101"] && record.legs.map(\.outcome) == [.noAnswer, .machine])
        }
    }

    @Test("R-048, R-089, D-06: a menu that satisfied the caller has served him; one he left unheard has not")
    func menu() {
        #expect(
            CallRecord(journal: journal((0, arrivedForAnna()), (9, .served(by: "menu main")), (10, .closed(.normalClearing))))
                .result == .served)
        #expect(CallRecord(journal: journal((0, arrivedForAnna()), (3, .closed(.normalClearing)))).result == .missed)
        let ordered = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .department("sales")),
                (40, .callbackOrdered(number: "+79161234567", department: "sales", since: 0)), (41, .closed(.normalClearing))))
        #expect(ordered.result == .served && ordered.callback?.number == "+79161234567")
    }

    @Test("R-137: he is named though he was not there; a colleague's absence is not his")
    func away() {
        let start = (0.0, arrivedForAnna())
        let gone = CallRecord(
            journal: journal(start, (0, .addressed("101")), (0, .away("101")), (0, .closed(.unreachable))))
        #expect(gone.employee == "101" && gone.isAway)
        let colleague = CallRecord(
            journal: journal(start, (0, .addressed("101")), (30, .addressed("102")), (30, .away("102")), (30, .closed(.noAnswer)))
        )
        #expect(colleague.employee == "101" && !colleague.isAway)
    }

    @Test("R-092: the ringing of several phones counts once, and not beyond the answer")
    func ringing() {
        let record = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .department("sales")), (1, .dialled(first, target: "101")), (2, .rang(first)),
                (3, .dialled(second, target: "102")), (4, .rang(second)), (6, .ended(first, .declined)),
                (9, .ended(second, .noAnswer)), (12, .dialled(first, target: "103")), (13, .rang(first)), (15, .answered(first)),
                (30, .closed(.normalClearing))))
        #expect(record.ringing == .seconds(9) && record.wait == .seconds(15))
    }

    @Test("D-17: a call that came by a wrong clock is dated by the one that was right at its end")
    func redated() {
        var story = CallJournal(CallID(7))
        let untrusted = Moment(uptime: .zero, utc: 0, utcOffset: 10_800, clockTrust: .untrusted)
        story.note(arrivedForAnna(), at: untrusted)
        story.note(.dialled(first, target: "101"), at: untrusted)
        let end = Moment(uptime: .zero + .seconds(30), utc: noon + 30_000, utcOffset: 10_800)
        story.note(.closed(.cancelled), at: end)
        let record = CallRecord(journal: story)
        #expect(record.at == noon && record.legs[0].at == noon && record.wait == .seconds(30))
    }

    @Test func callStillUpReadsAsInterrupted() {
        let ringing = CallRecord(
            journal: journal(
                (0, arrivedForAnna()), (0, .addressed("101")), (1, .dialled(first, target: "101")), (2, .rang(first))))
        #expect(ringing.result == .interrupted && ringing.cause == .interrupted && ringing.employee == "101")
        let talking = CallRecord(
            journal: journal((0, arrivedForAnna()), (1, .dialled(first, target: "101")), (4, .answered(first))))
        #expect(talking.result == .interrupted && talking.wait == .seconds(4) && talking.legs.map(\.outcome) == [.answered])
        #expect(CallRecord(journal: CallJournal(CallID(1))).result == .interrupted)
    }
}

@Suite struct ReportPeriods {
    private func days(_ period: ReportPeriod, today: String) -> String {
        CivilDate(today).map { period.days(today: $0) }.map { "\($0.lowerBound.iso) \($0.upperBound.iso)" } ?? "no date"
    }

    @Test func yearEnds() {
        #expect(days(.today, today: "2026-12-31") == "2026-12-31 2026-12-31")
        #expect(days(.yesterday, today: "2027-01-01") == "2026-12-31 2026-12-31")
        #expect(days(.month(year: 2026, month: 12), today: "2026-01-01") == "2026-12-01 2026-12-31")
        #expect(days(.month(year: 2028, month: 2), today: "2026-01-01") == "2028-02-01 2028-02-29")
    }

    @Test func dates() {
        #expect(CivilDate("2026-02-29") == nil && CivilDate("2026-13-01") == nil && CivilDate("2026-1-1") == nil)
        #expect(CivilDate("2026-00-10") == nil && CivilDate("+026-01-10") == nil && CivilDate("2026-01-+1") == nil)
        #expect(CivilDate("2028-02-29")?.iso == "2028-02-29")
    }

    @Test func writtenBackwardsIsTheSame() throws {
        let one = try #require(CivilDate("2026-11-01")), other = try #require(CivilDate("2026-11-30"))
        #expect(ReportPeriod.days(other, one).days(today: one) == one...other)
    }

    /// Berlin: summer time ends on 2026-10-25, that day has 25 hours; March's change makes 23.
    @Test func daysAcrossTheChangeOfClocks() throws {
        func berlin(_ local: CivilTime) -> Int {
            let summer =
                CivilDate(dayNumber: local.dayNumber).iso > "2026-03-29"
                && CivilDate(dayNumber: local.dayNumber).iso <= "2026-10-25"
            return summer ? 7200 : 3600
        }
        let now = CivilTime(year: 2026, month: 12, day: 31, hour: 23, minute: 59, second: 59, offset: 3600)
        func hours(_ date: String) throws -> Int64 {
            let span = ReportPeriod.day(try #require(CivilDate(date))).span(now: now, offset: berlin)
            return (span.utc.upperBound - span.utc.lowerBound) / 3_600_000
        }
        #expect(try hours("2026-10-25") == 25)
        #expect(try hours("2026-03-29") == 23)
        #expect(try hours("2026-12-31") == 24)
        let today = ReportPeriod.today.span(now: now, offset: berlin)
        #expect(today.utc.lowerBound == CivilTime(year: 2026, month: 12, day: 31, offset: 3600).utc)
        #expect(today.utc.upperBound == CivilTime(year: 2027, month: 1, day: 1, offset: 3600).utc)
        #expect(today.utc.contains(now.utc))
    }
}
