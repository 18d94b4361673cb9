import Configuration
import Routing
import Telephony
import Testing

@Suite("Callers, regions, hours and absences in the configuration")
struct DistributionTests {
    private func candidate(_ text: String) throws -> ConfigurationCandidate {
        try ConfigurationCandidate(loading: text, bytes: { (0..<$0).map { UInt8($0) } })
    }

    private func told(_ problems: [ConfigurationError]) -> [String] {
        problems.map { "\($0.line ?? 0): \($0.text.text(in: .en)) | \($0.hint.text(in: .en))" }
    }

    private func errors(_ text: String) -> [String] {
        do {
            _ = try candidate(text)
            return []
        } catch {
            return told((error as? ConfigurationRefusal)?.errors ?? [])
        }
    }

    private let base = """
        set extension 101
        set extension 102
        set department sales member 101 member 102
        set scheme office otherwise to department sales
        set number * scheme office

        """

    private let text = """
        set extension * hours mon-fri 09:00-18:00
        set extension 101 hours sat,sun 10:00-14:00
        set extension 101 hours mon 22:00-06:00
        set extension 101 absence 2026-12-01..2026-12-14 vacation to extension 102
        set extension 101 absence 2026-12-20 sick
        set extension 101 language en
        set extension 101 speaks en de
        set department sales on-closed to external +79161234567
        set department sales hours mon-fri 08:00-20:00
        set number +78121234567 scheme office region spb
        set scheme office rule 10 when caller known and caller region msk to extension 101
        set scheme office rule 20 when caller unknown and number region spb to extension 102
        set scheme office rule 30 when caller language to department sales
        set scheme office rule 40 when caller language de and closed to department sales
        set caller vip mask 84952001111 to extension 101 class vip
        set caller vip mask 74952000000-74952009999 to extension 101
        set caller couriers mask 7916* to department sales until 2026-12-31T18:00
        set caller hidden anonymous to busy until 2026-12-31
        set region spb prefix 7813
        set region north name "Север"
        set region north prefix 78152 78153
        set region north language ru fi
        """

    @Test("they reach the office and come back as they were written")
    func compiles() throws {
        let loaded = try candidate(base + text)
        let lines = loaded.document.text().split(separator: "\n")
        for line in text.split(separator: "\n") { #expect(lines.contains(line), "\(line)") }
        let office = loaded.settings.office
        let person = try #require(office.extensions["101"])
        #expect(
            person.hours?.spans.count == 2
                && office.extensions["102"]?.hours?.spans == [.init(days: .weekdays, from: 32_400, until: 64_800)])
        let day = { CivilTime.dayNumber(year: 2026, month: 12, day: $0) }
        #expect(
            person.absences == [
                Absence(first: day(1), last: day(14), kind: .vacation, target: .extension("102")),
                Absence(first: day(20), last: day(20), kind: .sick),
            ])
        #expect(person.language == .en && person.speaks == ["en", "de"] && person.languages == ["en", "de", "en"])
        #expect(office.departments["sales"]?.onClosed == .external("+79161234567") && office.departments["sales"]?.hours != nil)
        #expect(office.numbers.last?.region == "spb")
        #expect(
            office.schemes["office"]?.rules.map(\.conditions) == [
                [.known, .callerRegion("msk")], [.unknown, .numberRegion("spb")], [.language(nil)], [.language("de"), .closed],
            ])
        #expect(office.callers.map(\.id) == ["vip", "vip", "couriers", "hidden"])
        #expect(office.callers[0].mask?.matches("74952001111") == true && office.callers[0].preset == "vip")
        #expect(office.callers[2].until == day(31) * 86_400 + 64_800 && office.callers[3].until == day(32) * 86_400)
        #expect(office.callers[2].line == "set caller couriers mask 7916* to department sales until 2026-12-31T18:00")
        #expect(office.regions.map(\.id) == ["north", "spb"] && office.regions[0].prefixes == ["78152", "78153"])
    }

    @Test(
        "what is wrong, and what would be right",
        arguments: [
            (
                "set caller a mask 104-100 to busy",
                "6: the range begins after its end | expected MASK: a number, a range or a mask: 7495200*"
            ),
            (
                "set caller a mask 7495200-74952009 to busy",
                "6: the ends of the range have different numbers of digits | expected MASK: a number, a range or a mask: 7495200*"
            ),
            (
                "set caller a mask 7495* to extension 109",
                "6: there is no extension 109 | make it: set extension 109 …; there are 101, 102"
            ),
            (
                "set caller a mask 7495* to busy until 2026-02-30",
                "6: “2026-02-30” is no MOMENT | expected MOMENT: a date, included, or a time: 2026-12-31T18:00"
            ),
            ("set number +74951234567 scheme office region mskk", "6: there is no region mskk | did you mean msk?"),
            (
                "set scheme office rule 10 when caller region atlantis to busy",
                "6: there is no region atlantis | show regions lists them; set region … makes a new one"
            ),
            (
                "set extension 101 absence 2026-12-14..2026-12-01 vacation",
                "6: “2026-12-14..2026-12-01” is no DATES | expected DATES: dates: 2026-12-01..2026-12-14"
            ),
            (
                "set extension 101 absence 2026-12-01 sick to extension 102\nset extension 102 absence 2026-12-01 sick to extension 101",
                "7: forwarding loop: 101→102→101 | change one of its links: extension 101 absence, extension 102 absence"
            ),
            (
                "set department sales on-closed to department sales",
                "6: forwarding loop: sales→sales | change one of its links: department sales on-closed"
            ),
            ("set region spb prefix 0812", "6: “0812” is no DIGITS | expected DIGITS: digits with the country code: 7812"),
        ])
    func refuses(line: String, error: String) {
        #expect(errors(base + line) == [error])
    }

    @Test(
        "R-156: masks that are never asked or fit no number are told of, and prefixes of another country",
        arguments: [
            (
                "set caller a mask 7495200#### to extension 101\nset caller b mask 74950000000-74959999999 to extension 102",
                "6: the mask 7495200#### is never asked: 74950000000-74959999999 takes all of it | remove it, or narrow 74950000000-74959999999"
            ),
            (
                "set number 7495200* scheme office\nset number 74952000000-74952009999 scheme office",
                "6: the mask 7495200* is never asked: 74952000000-74952009999 takes all of it | remove it, or narrow 74952000000-74952009999"
            ),
            (
                "set caller a mask 89161234567 to extension 101\nset caller b mask +79161234567 to extension 102",
                "7: the mask +79161234567 is never asked: 89161234567 takes all of it | remove it, or narrow 89161234567"
            ),
            (
                "set caller a mask 8916* to extension 101",
                "6: no number fits the mask 8916* | numbers are compared with the country code: 7916*"
            ),
            (
                "set caller a mask 7495200### to extension 101",
                "6: no number fits the mask 7495200### | a number has 11 digits with the country code"
            ),
            (
                "set trunk t peer 10.0.0.1\nset route a mask 810* trunk t\nset route b mask 810* trunk t",
                "8: the mask 810* is never asked: 810* takes all of it | remove it, or narrow 810*"
            ),
            (
                "set trunk t peer 10.0.0.1\nset route a mask 101 trunk t",
                "7: 101 is extension 101: the route is never asked | choose another number"
            ),
            ("set region spb prefix 812", "6: 812 is Japan, not spb | a prefix has the country code: 7812"),
        ])
    func warns(lines: String, warning: String) throws {
        #expect(told(try candidate(base + lines).warnings) == [warning])
    }

    @Test("masks of other trunks, and entries that end earlier, shadow nothing")
    func noShadow() throws {
        let lines = """
            set trunk t peer 10.0.0.1
            set trunk u peer 10.0.0.2
            set number 74952000000-74952009999 trunk t scheme office
            set number 7495200* trunk u scheme office
            set caller a mask 7495200#### to extension 101
            set caller b mask 74950000000-74959999999 to extension 102 until 2026-12-31
            """
        #expect(told(try candidate(base + lines).warnings).isEmpty)
    }
}
