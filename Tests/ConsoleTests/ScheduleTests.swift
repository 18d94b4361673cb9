import Telephony
import Testing

@Suite("show schedule")
struct ScheduleCommandTests {
    private let office = OfficeFixture(
        """
        set extension 101
        set office hours mon-fri 09:00-18:00
        set office holiday 2026-11-24 "День связиста"
        set office workday 2026-11-28
        set scheme office rule 10 when holiday to drop
        set scheme office rule 20 when closed and caller unknown to busy
        set scheme office otherwise to extension 101
        """)

    @Test("R-186: hours, holidays, worked days, and where a call goes when")
    func people() {
        #expect(
            office.run("show schedule next 6 days", .ru, width: 120).output == """
                ДЕНЬ           ЧАСЫ         ПРАЗДНИК       СХЕМА   ВРЕМЯ        КУДА
                пн 2026-11-23  09:00-18:00                 office  00:00-09:00  20 caller unknown → busy; → extension 101
                                                                   09:00-18:00  → extension 101
                                                                   18:00-24:00  20 caller unknown → busy; → extension 101
                вт 2026-11-24  выходной     День связиста  office  00:00-24:00  10 → drop
                ср 2026-11-25  09:00-18:00                 office  00:00-09:00  20 caller unknown → busy; → extension 101
                                                                   09:00-18:00  → extension 101
                                                                   18:00-24:00  20 caller unknown → busy; → extension 101
                чт 2026-11-26  09:00-18:00                 office  00:00-09:00  20 caller unknown → busy; → extension 101
                                                                   09:00-18:00  → extension 101
                                                                   18:00-24:00  20 caller unknown → busy; → extension 101
                пт 2026-11-27  09:00-18:00                 office  00:00-09:00  20 caller unknown → busy; → extension 101
                                                                   09:00-18:00  → extension 101
                                                                   18:00-24:00  20 caller unknown → busy; → extension 101
                сб 2026-11-28  09:00-18:00  рабочий день   office  00:00-09:00  20 caller unknown → busy; → extension 101
                                                                   09:00-18:00  → extension 101
                                                                   18:00-24:00  20 caller unknown → busy; → extension 101

                """)
    }

    @Test("A department with hours of its own, and a night key that is pressed now")
    func departments() {
        let office = OfficeFixture(
            """
            set extension 101
            set office hours mon-fri 09:00-18:00
            set department sales member 101
            set department sales hours mon-fri 10:00-16:00
            set department sales on-closed to busy
            set scheme office night-key 1
            set scheme office rule 10 when closed to drop
            set scheme office otherwise to department sales
            """)
        office.nights = ["1": CivilTime.dayNumber(year: 2026, month: 11, day: 23) * 86_400 + 52_200]
        #expect(
            office.run("show schedule next 1 days", .ru, width: 120).output == """
                ДЕНЬ           ЧАСЫ         ПРАЗДНИК  СХЕМА        ВРЕМЯ        КУДА
                пн 2026-11-23  09:00-18:00            office       00:00-09:00  10 → drop
                                                                   09:00-12:00  → department sales
                                                                   12:00-14:30  10 → drop
                                                                   14:30-18:00  → department sales
                                                                   18:00-24:00  10 → drop
                                                      отдел sales  00:00-10:00  → busy
                                                                   10:00-16:00  → department sales
                                                                   16:00-24:00  → busy

                """)
    }

    @Test("two weeks where nothing else is said; every row is whole for programs; no scheme: the days alone")
    func programs() {
        let rows = office.run("show schedule --csv").output.split(separator: "\r\n")
        #expect(Set(rows.dropFirst().map { $0.prefix(10) }).count == 14)
        #expect(
            office.run("show schedule next 2 days --json").output.contains(
                #"{"date":"2026-11-24","hours":[],"holiday":"День связиста","worked":false,"scheme":"office","department":null,"from":"00:00","until":"24:00","outcomes":[{"rule":10,"condition":"","target":"drop"}]}"#
            ))
        let bare = OfficeFixture("set extension 101").run("show schedule next 1 days").output
        #expect(bare.hasSuffix("Mon 2026-11-23  always\n"))
        #expect(office.run("show schedule next 0 days").exitCode == 2)
    }
}
