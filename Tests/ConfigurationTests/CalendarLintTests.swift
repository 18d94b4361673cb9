import Configuration
import Routing
import Telephony
import Testing

@Suite("The calendar in the configuration")
struct CalendarLintTests {
    private func warnings(_ text: String, _ year: Int, _ month: Int, _ day: Int = 1) throws -> [String] {
        let candidate = try ConfigurationCandidate(
            loading: text, today: CivilTime(year: year, month: month, day: day), bytes: { (0..<$0).map { UInt8($0) } })
        return candidate.warnings.map { $0.text.text(in: .en) }
    }

    @Test(
        "R-187, G-13: from October on the next year's holidays are missed, this year's always; an office without a calendar needs none"
    )
    func missing() throws {
        let text = """
            set office hours mon-fri 09:00-18:00
            set office holiday 2026-05-01
            set office holiday 2026-12-31..2027-01-08
            """
        #expect(try warnings(text, 2026, 9, 30).isEmpty)
        #expect(try warnings(text, 2026, 10) == ["no holiday of 2027 is set"])
        #expect(try warnings(text, 2027, 1) == ["no holiday of 2027 is set"])
        #expect(try warnings(text, 2027, 10) == ["no holiday of 2027 is set", "no holiday of 2028 is set"])
        #expect(try warnings("set office name x", 2027, 10).isEmpty)
        #expect(
            try warnings("set extension 101\nset scheme a rule 10 when holiday to busy\nset scheme a otherwise to busy", 2026, 1)
                == ["no holiday of 2026 is set"])
        #expect(
            try ConfigurationCandidate(loading: text, bytes: { Array(repeating: 1, count: $0) }).warnings.isEmpty,
            "nobody knows the time")
    }

    @Test("The factory office has the production calendar: nothing is missed in its years")
    func factory() throws {
        let text = ConfigurationDocument.factory(bytes: { (0..<$0).map { UInt8($0 &* 7) } }).text()
        #expect(text.contains("set office holiday 2026-01-01..2026-01-09 \"Новогодние каникулы\"\n"))
        #expect(text.contains("set office holiday 2027-11-04 \"День народного единства\"\n"))
        #expect(try warnings(text, 2026, 12).allSatisfy { !$0.contains("holiday") })
        #expect(try warnings(text, 2027, 10).contains("no holiday of 2028 is set"))
    }

    @Test("R-149: an entry whose time is over is told of")
    func ended() throws {
        let text = "set extension 101\nset caller taxi mask 79161110000 to extension 101 until 2026-12-31"
        #expect(try warnings(text, 2026, 12, 31).isEmpty)
        #expect(try warnings(text, 2027, 1, 1) == ["caller taxi ended 2026-12-31"])
    }
}
