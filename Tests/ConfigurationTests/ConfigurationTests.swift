import Configuration
import Exchange
import Routing
import Telephony
import Testing

/// Bytes that count upwards, so that generated secrets are known.
func counting() -> (Int) -> [UInt8] {
    var next: UInt8 = 0
    return { count in
        (0..<count).map { _ in
            defer { next &+= 1 }
            return next
        }
    }
}

/// The candidate that a text makes on nothing.
func load(_ text: String, onto base: ConfigurationDocument = ConfigurationDocument(), replace: Bool = false) throws
    -> ConfigurationCandidate
{
    try ConfigurationCandidate(loading: text, onto: base, replace: replace, bytes: counting())
}

/// `line: text | hint` of everything wrong with a text, in English.
func errors(_ text: String, onto base: ConfigurationDocument = ConfigurationDocument()) -> [String] {
    do {
        _ = try ConfigurationCandidate(loading: text, onto: base, bytes: counting())
        return []
    } catch {
        return error.errors.map(told)
    }
}

func told(_ error: ConfigurationError) -> String {
    "\(error.line.map(String.init) ?? "-"): \(error.text.text(in: .en)) | \(error.hint.text(in: .en))"
}

@Suite("Configuration text") struct ConfigurationTextTests {
    @Test("the factory office, word for word")
    func factory() {
        let document = ConfigurationDocument.factory(bytes: counting())
        #expect(
            document.text() == """
                set office language ru
                set office timezone Europe/Moscow
                set office country RU
                set office hours mon-fri 09:00-18:00
                set office holiday 2026-01-01..2026-01-09 "Новогодние каникулы"
                set office holiday 2026-02-23 "День защитника Отечества"
                set office holiday 2026-03-08..2026-03-09 "Международный женский день"
                set office holiday 2026-05-01 "Праздник Весны и Труда"
                set office holiday 2026-05-09..2026-05-11 "День Победы"
                set office holiday 2026-06-12 "День России"
                set office holiday 2026-11-04 "День народного единства"
                set office holiday 2026-12-31 "Новогодние каникулы"
                set office holiday 2027-01-01..2027-01-08 "Новогодние каникулы"
                set office holiday 2027-02-23 "День защитника Отечества"
                set office holiday 2027-03-08 "Международный женский день"
                set office holiday 2027-05-01..2027-05-03 "Праздник Весны и Труда"
                set office holiday 2027-05-09..2027-05-10 "День Победы"
                set office holiday 2027-06-12..2027-06-14 "День России"
                set office holiday 2027-11-04 "День народного единства"
                set sip listen udp 0.0.0.0:5060
                set sip listen tcp 0.0.0.0:5060
                set extension 101 secret "abcdefghijkmnpqr"
                set extension 102 secret "stuvwxyz23456789"
                set extension 103 secret "abcdefghijkmnpqr"
                set extension 104 secret "stuvwxyz23456789"
                set department sales name "Отдел продаж"
                set department sales number 200
                set department sales strategy all
                set department sales member 101
                set department sales no-answer after 30s to voicemail sales
                set voicemail sales name "Отдел продаж"
                set number * scheme office
                set scheme office otherwise to department sales

                """)
    }

    @Test("the factory office compiles, without a warning, and rings 101")
    func factoryCompiles() throws {
        let candidate = try load(ConfigurationDocument.factory(bytes: counting()).text())
        #expect(candidate.warnings.isEmpty)
        #expect(candidate.settings.office.departments["sales"]?.members.map(\.number) == ["101"])
        #expect(candidate.settings.sip.accounts.keys.sorted() == ["101", "102", "103", "104"])
        #expect(
            candidate.settings.sip.listen.map { "\($0.transport) \($0.endpoint)" } == ["udp 0.0.0.0:5060", "tcp 0.0.0.0:5060"])
        #expect(Router(candidate.settings.office).incoming(on: "x", to: "+74951234567").outcome == .target(.scheme("office")))
    }

    @Test("nothing set is the product's standard")
    func standard() throws {
        let settings = try load("").settings
        #expect(settings.office == Office())
        #expect(settings.media == MediaSettings())
        #expect(settings.sip.domain == "apus" && settings.sip.sessionTimer == .seconds(1800))
    }

    @Test("canonical order, quotes and spelling, whatever the order it was typed in")
    func canonical() throws {
        let text = """
            \u{FEFF}# an office\r
            set route city prefix 7495 trunk mtt then beeline mask #######
            set extension 1002 name "Зал \\"Б\\""
            set   trunk mtt reserve-in 2 channels 10   # the main line
            set trunk beeline peer 10.0.0.3
            set number +7 495 123-45-67 label Москва scheme office
            set extension 102 class international calls 2 name Anna
            set extension * no-answer after 20s to busy
            set trunk mtt transport tcp peer 10.0.0.2:5062
            set scheme office otherwise to extension 102
            set office name "ООО «Ромашка»"
            set extension 102 phone kitchen secret "QWE-rty-123456"
            set extension 102 secret "s3cret-enough"
            set extension 1002 secret "s3cret-enough"
            """
        #expect(
            try load(text).document.text() == """
                set office name "ООО «Ромашка»"
                set extension * no-answer after 20s to busy
                set extension 102 name "Anna"
                set extension 102 secret "s3cret-enough"
                set extension 102 phone kitchen secret "QWE-rty-123456"
                set extension 102 calls 2
                set extension 102 class international
                set extension 1002 name "Зал \\"Б\\""
                set extension 1002 secret "s3cret-enough"
                set number "+7 495 123-45-67" scheme office label "Москва"
                set scheme office otherwise to extension 102
                set trunk beeline peer 10.0.0.3
                set trunk mtt peer 10.0.0.2:5062 transport tcp
                set trunk mtt channels 10 reserve-in 2
                set route city mask ####### prefix 7495 trunk mtt then beeline

                """)
    }

    @Test("secrets are masked on wish, and a masked one stays as it was")
    func masked() throws {
        let base = try load("set extension 101 secret s3cret-enough phone hall secret an0ther-one").document
        let shown = base.text(maskingSecrets: true)
        #expect(!shown.contains("s3cret") && !shown.contains("an0ther"))
        #expect(try load(shown, onto: base, replace: true).document == base)
        #expect(
            try load("set extension 101 name Anna", onto: base, replace: true).settings.sip.accounts["101"] == "s3cret-enough")
        #expect(try load(shown).settings.sip.accounts == ["101": "abcdefghijkmnpqr", "101-hall": "stuvwxyz23456789"])
    }

    @Test("lines add to what is there, a chain replaces the one before, delete takes away")
    func applying() throws {
        let base = try load(
            """
            set extension 101 secret s3cret-enough no-answer after 30s to busy no-answer after 10s to drop
            set extension 102 secret s3cret-enough
            set department sales number 300 member 101 member 102
            """
        ).document
        let text = """
            set extension 101 no-answer after 40s to department sales
            set department sales member 101
            delete department sales member 102
            delete extension 102
            """
        let document = try load(text, onto: base).document
        #expect(document.item("extension", "101")?.entries("no-answer").count == 1)
        #expect(document.item("department", "sales")?.entries("member").map { $0.words.map(\.value) } == [["101"]])
        #expect(document.item("extension", "102") == nil)
        #expect(
            document.difference(from: base).map(\.text) == [
                "- set extension 101 no-answer after 30s to busy", "- set extension 101 no-answer after 10s to drop",
                "+ set extension 101 no-answer after 40s to department sales", "- set extension 102 secret \"********\"",
                "- set department sales member 102",
            ])
    }

    private static let everything = """
        set office name Office language en timezone Europe/Berlin country US no-answer after 1m to drop
        set sip listen udp 127.0.0.1:5070
        set sip domain pbx.office.lan session-timer 20m
        set media ports 20000-20099 codecs g722 alaw no-rtp 2m
        set extension * calls 2 class local on-busy to department sales
        set extension 101 name Anna secret s3cret-enough phone hall secret an0ther-one
        set extension 101 no-answer after 30s to department sales announce none
        set extension 101 no-answer after 40s to external +12125550100
        set extension 101 class national on-unreachable to drop
        set extension 102 secret s3cret-enough forward to extension 103
        set extension 103 secret s3cret-enough on-busy to busy
        set department sales name Sales number 300 strategy sequential step 10s member 103 member 102
        set department sales no-answer after 30s to external 12125550100 on-busy to busy
        set number +1212555* trunk out direct 101 label East
        set scheme office otherwise to drop
        set trunk out peer 10.0.0.2 transport tcp channels 10 reserve-in 2 did-from to caller-id +12125550199 ringing-limit 3m
        set route all mask 1########## strip 1 prefix 9 class national trunk out
        """

    @Test("everything of the schema reaches the settings")
    func compiled() throws {
        let settings = try load(Self.everything).settings
        let office = settings.office
        #expect(
            [office.name, office.language.rawValue, office.timezone, office.country.rawValue] == [
                "Office", "en", "Europe/Berlin", "US",
            ])
        #expect(office.noAnswer == NoAnswerStep(after: .minutes(1), target: .drop))
        #expect(settings.sip.listen == [.init(.udp, Endpoint(.loopback, 5070))])
        #expect(settings.sip.domain == "pbx.office.lan" && settings.sip.sessionTimer == .minutes(20))
        #expect(settings.sip.accounts["101-hall"] == "an0ther-one")
        #expect(settings.sip.peers.map(\.id) == ["out"])
        #expect(settings.media == MediaSettings(ports: 20_000...20_099, codecs: [.g722, .alaw], noRTP: .minutes(2)))
        var anna = Extension(
            "101", name: "Anna",
            phones: [.init(name: "101", secret: "s3cret-enough"), .init(name: "101-hall", secret: "an0ther-one")])
        (anna.calls, anna.tollClass, anna.onBusy, anna.onUnreachable) = (2, .national, .department("sales"), .drop)
        anna.noAnswer = [
            NoAnswerStep(after: .seconds(30), target: .department("sales")),
            NoAnswerStep(after: .seconds(40), target: .external("+12125550100"), announce: .standard),
        ]
        #expect(office.extensions["101"] == anna)
        #expect(office.extensions["102"]?.forward == .extension("103") && office.extensions["102"]?.tollClass == .local)
        var sales = Department("sales", name: "Sales", number: "300", members: ["103", "102"])
        (sales.strategy, sales.step, sales.onBusy) = (.sequential, .seconds(10), .busy)
        sales.noAnswer = [NoAnswerStep(after: .seconds(30), target: .external("12125550100"))]
        #expect(office.departments == ["sales": sales])
        #expect(office.numbers == [NumberRule("+1212555*", trunk: "out", target: .extension("101"), label: "East")])
        var out = Trunk("out", peer: .v4(0x0A00_0002))
        (out.transport, out.channels, out.reserveIn, out.didSource) = (.tcp, 10, 2, .to)
        (out.callerID, out.ringingLimit) = ("+12125550199", .minutes(3))
        #expect(office.trunks == ["out": out])
        #expect(
            office.routes == [
                OutgoingRoute("all", mask: "1##########", strip: 1, prefix: "9", tollClass: .national, trunks: ["out"])
            ])
    }

    @Test("a department without a number gets the first free one, and keeps it over a replacement")
    func allocation() throws {
        let first = try load("set extension 200\nset department a member 200\nset department b number 201 member 200").document
        #expect(first.item("department", "a")?.entries("number").first?.words == [.plain("202")])
        let second = try load("set extension 200\nset department a member 200", onto: first, replace: true).document
        #expect(second.item("department", "a")?.entries("number").first?.words == [.plain("202")])
    }
}

@Suite("Departments in the configuration")
struct DepartmentConfigurationTests {
    private let text = """
        set extension 101
        set extension 102
        set extension 103
        set department sales number 200
        set department sales strategy balance talk
        set department sales step 20s
        set department sales member 101 priority 8
        set department sales member 102
        set department sales add 10s 103
        set department sales familiar on
        set department sales wrap-up 15s
        set department sales count in+out
        """

    @Test(
        "strategies, priorities, escalation, familiarity, pauses and counts reach the office and come back as they were written")
    func compiles() throws {
        let candidate = try ConfigurationCandidate(loading: text, bytes: { Array(repeating: 7, count: $0) })
        let sales = try #require(candidate.settings.office.departments["sales"])
        #expect(sales.strategy == .balance(.talk) && sales.step == .seconds(20))
        #expect(sales.members == [.init("101", priority: 8), .init("102")])
        #expect(sales.additions == [.init(after: .seconds(10), number: "103")])
        #expect(sales.familiar && sales.wrapUp == .seconds(15) && sales.count == .both)
        let lines = candidate.document.text().split(separator: "\n")
        for line in text.split(separator: "\n").suffix(9) { #expect(lines.contains(line), "\(line)") }
    }

    @Test("every strategy can be written", arguments: RingStrategy.allCases)
    func strategies(strategy: RingStrategy) throws {
        let line = "set department sales strategy \(strategy.words)"
        let candidate = try ConfigurationCandidate(
            loading: "set extension 101\nset department sales member 101\n" + line, bytes: { Array(repeating: 7, count: $0) })
        #expect(candidate.settings.office.departments["sales"]?.strategy == strategy)
    }

    @Test("C-3: what counts as load where nothing is said is what the strategy's own wording says; a line outranks it")
    func counts() throws {
        let scopes: [(String, Department.CountScope)] = [
            ("strategy balance calls", .both), ("strategy balance talk", .both), ("strategy fewest", .incoming),
            ("strategy least-talk", .inGroup), ("strategy all", .inGroup), ("strategy fewest count in-group", .inGroup),
            ("strategy least-talk count in+out", .both),
        ]
        for (words, scope) in scopes {
            let candidate = try ConfigurationCandidate(
                loading: "set extension 101\nset department sales member 101\nset department sales \(words)",
                bytes: { Array(repeating: 7, count: $0) })
            #expect(candidate.settings.office.departments["sales"]?.count == scope, "\(words)")
        }
    }

    @Test(
        "words that do not go together, and people who are not there, are refused with what would be right",
        arguments: [
            ("strategy all received", "all received"), ("strategy balance", "balance"), ("strategy even switch", "even switch"),
            ("add 10s 999", "999"), ("member 999 priority 3", "999"),
        ])
    func refuses(line: String, named: String) {
        #expect {
            try ConfigurationCandidate(
                loading: "set extension 101\nset department sales member 101\nset department sales \(line)",
                bytes: { Array(repeating: 7, count: $0) })
        } throws: { error in
            guard let refusal = error as? ConfigurationRefusal, let first = refusal.errors.first else { return false }
            return first.line == 3 && first.text.text(in: .en).contains(named) && !first.hint.text(in: .ru).isEmpty
        }
    }
}

@Suite("Working time and schemes in the configuration")
struct SchemeConfigurationTests {
    private let text = """
        set office hours mon-fri 09:00-18:00
        set office hours sat,sun 22:00-06:00
        set office holiday 2026-12-31..2027-01-08 "Новогодние каникулы"
        set office holiday 2027-02-23
        set office workday 2026-11-01
        set extension 101
        set extension 102
        set scheme office rule 10 when holiday to busy
        set scheme office rule 20 when closed and caller mask 7916* to extension 102
        set scheme office rule 30 when hours sat 10:00-15:00 and caller abroad to drop
        set scheme office rule 40 when caller anonymous to extension 102
        set scheme office otherwise to extension 101
        """

    @Test("they reach the office and come back as they were written")
    func compiles() throws {
        let candidate = try ConfigurationCandidate(loading: text, bytes: { Array(repeating: 7, count: $0) })
        let office = candidate.settings.office
        #expect(office.calendar.hours.spans.count == 2 && office.calendar.holidays.map(\.name) == ["Новогодние каникулы", ""])
        #expect(office.calendar.workdays == [CivilTime.dayNumber(year: 2026, month: 11, day: 1)])
        let saturday = WeeklyHours.Span(days: .init(isoWeekday: 6), from: 36_000, until: 54_000)
        #expect(
            office.schemes["office"]?.rules.map(\.conditions) == [
                [.holiday], [.closed, .caller(mask: NumberMask("7916*")!)], [.hours(saturday), .abroad], [.anonymous],
            ])
        #expect(office.schemes["office"]?.rules.map(\.target) == [.busy, .extension("102"), .drop, .extension("102")])
        let lines = candidate.document.text().split(separator: "\n")
        for line in text.split(separator: "\n") where !line.hasPrefix("set extension") {
            #expect(lines.contains(line), "\(line)")
        }
    }

    @Test(
        "what is not a day, an hour, a date or a condition is refused with what would be right; so is a rule's loop",
        arguments: [
            "set office hours fri-mon 09:00-18:00", "set office hours mon 9:00-18:00", "set office hours mon 09:00-25:00",
            "set office holiday 2026-02-30", "set office holiday 2027-01-08..2026-12-31",
            "set office workday 2026-11-01..2026-11-02",
            "set scheme office rule 10 when moon to busy", "set scheme office rule 10 to busy",
            "set scheme office rule 10 when caller nobody to busy",
            "set scheme office rule 10 when caller region atlantis to busy",
            "set scheme office rule 10 when number region to busy", "set scheme office rule 10 when caller language DE to busy",
            "set scheme office rule 10 when holiday to extension 999", "set scheme office rule 10 when holiday and to busy",
            "set scheme office rule 10 when closed to scheme office",
        ])
    func refuses(line: String) {
        #expect {
            try ConfigurationCandidate(
                loading: "set extension 101\nset scheme office otherwise to extension 101\n" + line,
                bytes: { Array(repeating: 7, count: $0) })
        } throws: { error in
            guard let first = (error as? ConfigurationRefusal)?.errors.first else { return false }
            return !first.text.text(in: .ru).isEmpty && !first.hint.text(in: .en).isEmpty
        }
    }
}
