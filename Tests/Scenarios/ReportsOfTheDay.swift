import FollowUp
import Simulation
import Telephony
import Testing

/// Calls of a simulated day, written to a real database and read back as reports. The clock begins on Monday 2026-11-23 at 10:00.
@Suite("Reports of a day that was lived through")
struct ReportsOfTheDay {
    private static let vera = "+79161234567", oleg = "+79160000002", petr = "+79160000003", anna = "+79160000004"

    /// Vera is called back in time, Oleg too late, Petr never; Anna missed 101 in person; 102 took one; two colleagues talked.
    private func day() throws -> SimulatedOffice {
        var office = try salesOffice(
            "no-answer after 30s to busy", members: ["101", "102"], more: "set office hours mon-fri 09:00-18:00\n")
        office.aliases["+79160000002"] = "oleg"
        office.wait(until: "2026-11-23 12:05:00")
        try office.offers("vera", for: .seconds(12))
        office.wait(until: "2026-11-23 12:08:00")
        try office.talks("102", for: .seconds(30))
        office.wait(until: "2026-11-23 12:40:00")
        try office.offers("oleg", for: .seconds(12))
        office.wait(until: "2026-11-23 12:59:59")
        try office.offers(Self.petr, for: .seconds(12))
        office.wait(until: "2026-11-23 13:05:00")
        try office.talks("101", to: "89160000002", answeredBy: "oleg", for: .seconds(30))
        office.wait(until: "2026-11-23 14:00:00")
        try office.offers(Self.anna, to: "+74951234101", for: .seconds(12))
        office.wait(until: "2026-11-23 15:00:00")
        try office.serves("+79160000005", by: "102", talk: .seconds(20))
        try office.talks("103", to: "104", answeredBy: "104", for: .seconds(5))
        return office
    }

    private let monday = ReportPeriod.days(CivilDate("2026-11-23")!, CivilDate("2026-11-23")!)

    @Test("R-130: a day is from midnight to midnight on the office's wall; a month and a range hold exactly their days")
    func period() throws {
        var office = try salesOffice("no-answer after 30s to busy", members: ["101"])
        for (client, moment) in [
            (Self.vera, "2026-11-23 23:59:59"), (Self.oleg, "2026-11-24 00:00:00"), (Self.petr, "2026-11-30 23:59:59"),
            (Self.anna, "2026-12-01 00:00:00"),
        ] {
            office.wait(until: moment)
            try office.perform(Deed("\(client) calls +74951234567"))
            office.run(for: .milliseconds(900))
            try office.perform(Deed("\(client) hangs up"))
        }
        office.run(for: .seconds(2))
        let shelf = try OfficeStore(of: office)
        let clients = { (period: ReportPeriod) in
            try shelf.missed(period, at: office.moment).calls.compactMap(\.client?.number)
        }
        let day = { (text: String) in try #require(CivilDate(text)) }
        #expect(try clients(.day(day("2026-11-23"))) == [Self.vera])
        #expect(try clients(.day(day("2026-11-24"))) == [Self.oleg])
        #expect(try clients(.days(day("2026-11-24"), day("2026-11-30"))) == [Self.oleg, Self.petr])
        #expect(try clients(.month(year: 2026, month: 11)) == [Self.vera, Self.oleg, Self.petr])
        #expect(try clients(.month(year: 2026, month: 12)) == [Self.anna])
        #expect(try clients(.today) == [Self.anna] && clients(.yesterday) == [Self.petr])
    }

    @Test("R-132: the list has a row for every call of the period, inside, out and in, and so has the CSV")
    func list() throws {
        let office = try day()
        let report = try OfficeStore(of: office).calls(monday, at: office.moment)
        let ids = office.store.records.map(\.id)
        #expect(ids.count == 8 && report.calls.map(\.id) == ids && report.totals.calls == 8)
        let rows = report.text.split(separator: "\n").filter { $0.dropFirst(2).hasPrefix("11-23 ") }
        #expect(rows.count == 8 && rows.count { $0.hasPrefix("! ") } == 4, "\(report.text)")
        #expect(report.csv.split(separator: "\r\n").count == 9)
    }

    @Test(
        "R-122, R-131, R-134: answered and missed; in time, late and never returned add up to what was missed, and so do the lists"
    )
    func sums() throws {
        let office = try day()
        let report = try OfficeStore(of: office).missed(monday, at: office.moment)
        let totals = report.totals
        #expect(totals.answered == 1 && totals.missed == 4 && totals.clients == 4)
        #expect(totals.inTime == 1 && totals.late == 1 && totals.notReturned == 2 && totals.tried == 0)
        #expect(report.text.section("ALL MISSED CALLS").dropFirst().count == totals.missed)
        #expect(report.text.split(separator: "\n").allSatisfy { $0.count <= 80 })
    }

    @Test("R-127, R-133: the problem list has who was called back too late or never; who was in time is in the full list alone")
    func problems() throws {
        let office = try day()
        let text = try OfficeStore(of: office).missed(monday, at: office.moment).text
        let clients = { (title: String) in
            text.section(title).dropFirst().compactMap { row in
                row.split(separator: " ").first { $0.hasPrefix("+79") }.map { String($0.prefix(12)) }
            }
        }
        #expect(clients("NEVER RETURNED, OR TOO LATE") == [Self.oleg, Self.petr, Self.anna])
        #expect(clients("ALL MISSED CALLS") == [Self.vera, Self.oleg, Self.petr, Self.anna])
    }

    @Test("R-128, R-129: the office's missed calls are those of the department and of the persons; one that rang two counts once")
    func scopes() throws {
        let office = try day()
        let (shelf, now) = (try OfficeStore(of: office), office.moment)
        let missed = { (scope: ReportScope) in try shelf.missed(monday, scope, at: now).totals.missed }
        #expect(try missed(.department("sales")) == 3 && missed(.operator("101")) == 1 && missed(.operator("102")) == 0)
        #expect(try missed(.all) == missed(.department("sales")) + missed(.operator("101")))
        #expect(try missed(.number("+74951234567")) == 3 && missed(.number("+74951234101")) == 1)
    }

    @Test(
        "R-123: how fast: from the end of the first call in vain to the talk; of 2:49 and 24:49 the median is 13:49, the ninetieth 24:49"
    )
    func reaction() throws {
        let office = try day()
        let report = try OfficeStore(of: office).missed(monday, at: office.moment)
        let reaction = try #require(Reaction(report.tasks.values))
        #expect(reaction.median == 829 && reaction.ninetieth == 1489)
        #expect(report.text.contains("half up to 0:14, 90 % up to 0:25"), "\(report.text)")
    }

    @Test("R-135: the return call with date, time and who; empty where there is none; a late one shows when it really was")
    func returnCall() throws {
        let office = try day()
        let text = try OfficeStore(of: office).missed(monday, at: office.moment).text
        let rows = text.section("ALL MISSED CALLS").dropFirst()
        let cells = rows.map { row in row.dropFirst(2).split(separator: " ").map(String.init) }
        #expect(cells.count == 4, "\(text)")
        #expect(rows.map { $0.contains("11-23 12:08 102") } == [true, false, false, false], "\(text)")
        #expect(rows.map { $0.contains("11-23 13:05 101") } == [false, true, false, false], "\(text)")
        #expect(rows.map { $0.hasPrefix("!") } == [false, true, true, true])
        #expect(cells.map { $0.count { $0 == "11-23" } } == [2, 2, 1, 1], "Petr and Anna have no return call")
        #expect(text.section("NEVER RETURNED, OR TOO LATE").count { $0.hasPrefix("!") } == 3)
    }

    /// Answered, missed, not picked up, returned, in time: the row of a person in his own report.
    private func figures(of person: String, _ period: ReportPeriod, _ shelf: OfficeStore, at moment: Moment) throws -> String {
        let text = try shelf.missed(period, .operator(person), at: moment).text
        let row = text.section("BY EMPLOYEE").first { $0.hasPrefix("  \(person) ") }
        return row?.split(separator: " ").dropFirst().joined(separator: " ") ?? "none of \(text)"
    }

    @Test(
        "R-136: an employee's day: how many he missed and how many he called back, as the calls say, whoever had missed the client, and when"
    )
    func employee() throws {
        var office = try day()
        office.wait(until: "2026-11-24 09:30:00")
        office.aliases["+79160000003"] = "petr"
        try office.talks("102", to: "89160000003", answeredBy: "petr", for: .seconds(30))
        let (shelf, now) = (try OfficeStore(of: office), office.moment)
        let missed = office.store.records.filter { $0.result == .missed && $0.employee == "101" && $0.direction == .incoming }
        #expect(missed.map(\.from) == [Self.anna])
        #expect(try figures(of: "101", monday, shelf, at: now) == "0 1 4 1 0", "Oleg, too late")
        #expect(try figures(of: "102", monday, shelf, at: now) == "1 0 3 1 1", "Vera, in time")
        #expect(try figures(of: "102", .today, shelf, at: now) == "0 0 0 1 0", "Petr, the next morning")
        let all = try shelf.missed(monday, at: now).text.section("BY EMPLOYEE")
        for person in ["101", "102"] {
            let row = all.first { $0.hasPrefix("  \(person) ") }?.split(separator: " ").dropFirst().joined(separator: " ")
            #expect(try row == figures(of: person, monday, shelf, at: now), "the office's report says the same of \(person)")
        }
    }

    @Test(
        "R-138: by hour, weekday, company number and waiting time: the hour from twelve to one has what the calls have; the busiest moment"
    )
    func weakSpots() throws {
        let office = try day()
        let text = try OfficeStore(of: office).missed(monday, at: office.moment).text
        let missed = office.store.records.filter { $0.result == .missed && $0.direction == .incoming }
        let noon = missed.count { CivilTime(utc: $0.at, offset: $0.utcOffset).hour == 12 }
        #expect(noon == 3 && text.section("BY HOUR").contains("  12:00           ### 3 of 3"), "\(text)")
        #expect(text.section("BY HOUR").contains { $0.hasPrefix("  14:00           # 1 of 1") })
        #expect(text.section("BY WEEKDAY").contains { $0.contains("#### 4 of 5") })
        #expect(text.contains("+74951234567") && text.contains("+74951234101"))
    }
}
