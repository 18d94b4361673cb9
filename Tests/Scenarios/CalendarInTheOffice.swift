import Configuration
import Routing
import Simulation
import Telephony
import Testing

@Suite("The calendar and the clock, as calls meet them")
struct CalendarInTheOffice {
    @Test("R-057: two numbers, each its own hours, to the second in local time: 20:59:59 and 21:00:00, also across midnight")
    func hours() throws {
        var office = try salesOffice(
            members: ["101"],
            more: """
                set scheme office rule 10 when hours daily 09:00-21:00 to department sales
                set scheme office otherwise to extension 102
                set number +78121234567 trunk mtt scheme night
                set scheme night rule 10 when hours daily 21:00-06:00 to extension 103
                set scheme night otherwise to extension 104

                """)
        let edges: [(String, [String])] = [
            ("2026-11-23 20:59:58", ["101", "104"]), ("2026-11-23 21:00:00", ["102", "103"]),
            ("2026-11-24 00:00:00", ["102", "103"]), ("2026-11-24 05:59:59", ["102", "103"]),
            ("2026-11-24 06:00:00", ["102", "104"]), ("2026-11-24 08:59:59", ["102", "104"]),
            ("2026-11-24 09:00:00", ["101", "104"]), ("2026-11-24 20:59:59", ["101", "104"]),
        ]
        for (moment, rung) in edges {
            var here = office
            here.wait(until: moment)
            #expect(try here.offers("vera") == [rung[0]], "\(moment)")
            var there = office
            there.wait(until: moment)
            #expect(try there.offers("vera", to: "+78121234567") == [rung[1]], "\(moment)")
        }
        // The last millisecond before nine in the evening.
        office.run(until: .zero + .seconds(11 * 3600) - .milliseconds(1))
        #expect(try office.offers("vera", for: .zero) == ["101"], "20:59:59.999")
    }

    /// The holidays that come with the product, and what the owner does on them, once and for all.
    private func festive() throws -> SimulatedOffice {
        let holidays = ProductionCalendar.of(.ru).days.map { $0.line + "\n" }.joined()
        var office = try office(
            holidays + """
                set extension 101
                set extension 102
                set trunk mtt peer 203.0.113.10
                set number * scheme office
                set office hours mon-fri 09:00-18:00
                set scheme office rule 10 when holiday to extension 102
                set scheme office otherwise to extension 101

                """, isOpen: false)
        office.wait(until: "2026-12-30 12:00:00")
        office.open()
        return office
    }

    @Test("R-187: on New Year's Day calls go the holidays' way, and nobody had to do anything for it; from midnight to midnight")
    func newYear() throws {
        var office = try festive()
        let days: [(String, String)] = [
            ("2026-12-30 12:01:00", "101"), ("2026-12-30 23:59:59", "101"), ("2026-12-31 00:00:02", "102"),
            ("2027-01-01 12:00:00", "102"), ("2027-01-08 23:59:58", "102"), ("2027-01-09 00:00:00", "101"),
        ]
        for (moment, person) in days {
            office.wait(until: moment)
            #expect(try office.offers("vera") == [person], "\(moment)")
        }
    }

    @Test("R-187: a calendar that ends is told of from October on, and what comes with the product is named")
    func nextYear() throws {
        let text = "set office hours mon-fri 09:00-18:00\nset office holiday 2027-01-01..2027-01-08\n"
        func warnings(_ month: Int) throws -> [String] {
            try ConfigurationCandidate(
                loading: text, today: CivilTime(year: 2027, month: month, day: 1), bytes: { Array(repeating: 7, count: $0) }
            ).warnings.map { $0.text.text(in: .en) }
        }
        #expect(try warnings(9).isEmpty)
        #expect(try warnings(10) == ["no holiday of 2028 is set"])
    }
}
