import Routing
import Telephony
import Testing

@Suite("Caller table")
struct CallerTableTests {
    private static func rule(_ id: String, _ mask: String?, _ target: Target, until: Int? = nil) -> CallerRule {
        CallerRule(id, mask: mask.flatMap { NumberMask($0, country: .ru) }, target: target, until: until)
    }

    private let router: Router = {
        var office = Office()
        office.callers = [
            rule("all", "*", .extension("100")), rule("spam", "7495555*", .drop),
            rule("vip", "8 (495) 555-11-11", .extension("101")), rule("partners", "89161110000-89161119999", .extension("102")),
            rule(
                "courier", "79161110000-79161110099", .extension("105"),
                until: CivilTime.dayNumber(year: 2026, month: 12, day: 31) * 86_400 + 64_800),
            rule("hidden", nil, .extension("110")),
        ]
        return Router(office)
    }()

    private func taken(
        _ caller: String, known: Bool = false, _ time: CivilTime = CivilTime(year: 2026, month: 11, day: 23),
        trust: ClockTrust = .trusted
    ) -> String? {
        let call = IncomingCall(caller: caller, client: known ? ClientCard(contact: 1) : .blank)
        return router.callerRule(for: call, at: Moment(uptime: .zero, utc: time.utc, clockTrust: trust))?.rule.id
    }

    @Test("R-150, R-145: the exact number, then the narrowest range, then masks, but these only for who is not in the book")
    func order() {
        #expect(taken("+74955551111") == "vip" && taken("74955551112") == "spam" && taken("+79161110050") == "courier")
        #expect(taken("+79161110100") == "partners" && taken("+74991234567") == "all")
        #expect(taken("+74955551111", known: true) == "vip" && taken("+79161110100", known: true) == "partners")
        #expect(taken("+74955551112", known: true) == nil && taken("+74991234567", known: true) == nil)
    }

    @Test("R-150: a hidden number fits no mask, not even the star")
    func hidden() {
        #expect(taken("") == "hidden")
        var office = Office()
        office.callers = [Self.rule("all", "*", .busy)]
        #expect(Router(office).callerRule(for: IncomingCall(caller: ""), at: Moment(uptime: .zero, utc: 0)) == nil)
    }

    @Test("R-149: an entry that has ended never matches, to the second; with an untrusted clock it rests")
    func ending() {
        let last = CivilTime(year: 2026, month: 12, day: 31, hour: 17, minute: 59, second: 59)
        #expect(taken("+79161110050", last) == "courier")
        #expect(taken("+79161110050", CivilTime(year: 2026, month: 12, day: 31, hour: 18)) == "partners")
        #expect(taken("+79161110050", last, trust: .untrusted) == "partners")
    }

    @Test("What ends in a tone or a release blocks, and an exact number is spared by its own line")
    func blocks() throws {
        let moment = Moment(uptime: .zero, utc: 0)
        let spam = try #require(router.callerRule(for: IncomingCall(caller: "74955550000"), at: moment))
        #expect(spam.rule.blocks && spam.because.verdict == .refused)
        #expect(router.callerRule(for: IncomingCall(caller: "74955551111"), at: moment)?.rule.blocks == false)
    }
}

@Suite("What masks leave to one another")
struct MaskCoverTests {
    @Test(
        "One takes all of the other",
        arguments: [
            ("7495*", "7495200####"), ("*", "7495*"), ("7495#######", "74952001234"), ("74950000000-74959999999", "7495200####"),
            ("7495200####", "74952001000-74952001999"), ("100-199", "110-119"), ("7*00*1", "7001"), ("12#*", "1200-1299"),
        ])
    func covers(wide: String, narrow: String) throws {
        #expect(try #require(NumberMask(wide)).covers(try #require(NumberMask(narrow))))
        #expect(try !#require(NumberMask(narrow)).covers(try #require(NumberMask(wide))))
    }

    @Test("R-156: with the length of Russian numbers the three spellings cover each other")
    func equivalents() throws {
        let masks = try ["7495200*", "7495200####", "74952000000-74952009999"].map { try #require(NumberMask($0)) }
        for one in masks { for other in masks { #expect(one.covers(other, country: .ru)) } }
        #expect(!masks[2].covers(masks[0]) && !masks[1].covers(masks[0]))
    }

    @Test(
        "Masks that no number fits",
        arguments: [
            ("8916*", .nationalForm("7916*")), ("8495#######", .nationalForm("7495#######")), ("7495200###", .wrongLength(11)),
            ("7916*", nil), ("84*", nil), ("#######", nil), ("79161234567", nil), ("886*", nil),
            ("################", .wrongLength(15)),
        ] as [(String, NumberMask.Futility?)])
    func futile(mask: String, why: NumberMask.Futility?) {
        #expect(NumberMask(mask)?.futility(in: .ru) == why)
    }

    @Test("R-155: reversed and unequal ends are told apart from a number with a dash in it")
    func ranges() {
        #expect(NumberMask.flaw(of: "104-100") == .reversedEnds && NumberMask.flaw(of: "7495200-74952009") == .unequalEnds)
        #expect(NumberMask("+74952000000-+74952009999")?.matches("74952005555") == true)
        #expect(NumberMask("8-800-1234567", country: .ru)?.matches("78001234567") == true && NumberMask("8-800")?.isExact == true)
        #expect(NumberMask("89160000000-89169999999", country: .ru)?.matches("79161234567") == true)
    }
}
