import Routing
import Telephony
import Testing

@Suite("What a rule asks about the caller")
struct SchemeConditionTests {
    private func holds(
        _ condition: SchemeCondition, _ caller: String, client: ClientCard = .blank, dialled: String = "+74951234567",
        to target: Target = .department("sales"), _ change: (inout Office) -> Void = { _ in }
    ) -> Bool {
        var office = Office()
        for number in ["101", "102", "103"] { office.extensions[number] = Extension(number) }
        office.extensions["102"]?.speaks = ["de", "en"]
        office.extensions["103"]?.language = .en
        office.departments["sales"] = Department("sales", members: ["101", "102", "103"])
        office.departments["local"] = Department("local", members: ["101"])
        office.numbers = [
            NumberRule("+74951234567", target: .scheme("s")), NumberRule("88001234567", target: .scheme("s"), region: "spb"),
        ]
        change(&office)
        office.schemes["s"] = Scheme("s", rules: [.init(10, when: [condition], to: target)], otherwise: .busy)
        let call = IncomingCall(caller: caller, client: client, dialled: dialled)
        return Router(office).scheme("s", call, at: Moment(uptime: .zero, utc: 0))?.rule == 10
    }

    @Test(
        "Known is who stands in the book or whom the hook knows, unknown who shows a number that nobody knows; a hidden number is neither"
    )
    func known() {
        let contact = ClientCard(contact: 7), hooked = ClientCard(hook: .known(name: "Вера", owner: nil))
        for card in [contact, hooked] {
            #expect(holds(.known, "+79161234567", client: card) && !holds(.unknown, "+79161234567", client: card))
        }
        #expect(!holds(.known, "+79161234567") && holds(.unknown, "+79161234567"))
        #expect(!holds(.known, "") && !holds(.unknown, "") && holds(.anonymous, "") && !holds(.anonymous, "101"))
        #expect(holds(.unknown, "+79161234567", client: ClientCard(hook: .unknown, isFamiliar: true)))
        #expect(holds(.known, "101") && !holds(.unknown, "101"))
    }

    @Test("R-054: St Petersburg, Moscow, neither: a mobile number has no region but its country")
    func regions() {
        #expect(holds(.callerRegion("spb"), "88121234567") && !holds(.callerRegion("msk"), "88121234567"))
        #expect(holds(.callerRegion("msk"), "+74991234567") && holds(.callerRegion("msk"), "4951234567"))
        #expect(!holds(.callerRegion("spb"), "+79161234567") && holds(.callerRegion("ru"), "+79161234567"))
        #expect(!holds(.callerRegion("ru"), "") && !holds(.callerRegion("ru"), "101"))
        #expect(holds(.callerRegion("nw"), "88121234567") { $0.regions = [.init("nw", prefixes: ["7812"])] })
    }

    @Test("R-152: abroad is another country: +1 is, +7 495 is not, Kazakhstan's +7 7 is")
    func abroad() {
        #expect(holds(.abroad, "+12125551234") && holds(.abroad, "+77011234567") && holds(.abroad, "810491234567890"))
        #expect(
            !holds(.abroad, "+74951234567") && !holds(.abroad, "+79161234567") && !holds(.abroad, "101") && !holds(.abroad, ""))
        #expect(holds(.abroad, "4165551234") { $0.country = .us } && !holds(.abroad, "2125551234") { $0.country = .us })
    }

    @Test("R-177: a company number stands for the region it is given, else for that of its digits")
    func companyNumbers() {
        #expect(holds(.numberRegion("msk"), "+79161234567") && holds(.numberRegion("ru"), "+79161234567"))
        #expect(
            holds(.numberRegion("spb"), "", dialled: "8 800 123-45-67") && holds(.numberRegion("ru"), "", dialled: "88001234567"))
        #expect(!holds(.numberRegion("spb"), "+78121234567") && !holds(.numberRegion("msk"), "+74951234567", dialled: "100"))
    }

    @Test("R-056: a foreign language that somebody of the target speaks; the card's language outranks the country's")
    func languages() {
        #expect(holds(.language(nil), "+49301234567") && !holds(.language(nil), "+49301234567", to: .department("local")))
        #expect(!holds(.language(nil), "+33123456789") && !holds(.language(nil), "+74951234567") && !holds(.language(nil), ""))
        #expect(!holds(.language(nil), "+77011234567"), "what the office speaks is not foreign")
        #expect(holds(.language(nil), "+79161234567", client: ClientCard(contact: 1, language: "de")))
        #expect(!holds(.language(nil), "+49301234567", client: ClientCard(contact: 1, language: "ru")))
        #expect(holds(.language("fr"), "+33123456789") && !holds(.language("fr"), "+49301234567"))
        #expect(
            holds(.language(nil), "+12125551234", to: .extension("103"))
                && !holds(.language(nil), "+12125551234", to: .extension("101")))
    }

    @Test("R-056: who speaks it, then who speaks English, then everybody; no group twice")
    func groups() {
        var office = Office()
        for (number, speaks) in [("101", []), ("102", ["de", "en"]), ("103", ["en"]), ("104", ["de"])] {
            office.extensions[number] = Extension(number)
            office.extensions[number]?.speaks = speaks
        }
        let router = Router(office)
        let groups = { (members: [ExtensionNumber], language: String?) in
            router.groups(of: Department("d", members: members), speaking: language).map { $0.map(\.number) }
        }
        #expect(groups(["101", "102", "103", "104"], "de") == [["102", "104"], ["102", "103"], ["101", "102", "103", "104"]])
        #expect(groups(["101", "103"], "de") == [["103"], ["101", "103"]])
        #expect(groups(["102", "103"], "en") == [["102", "103"]])
        #expect(groups(["101"], "de") == [["101"]] && groups(["101", "102"], nil) == [["101", "102"]])
        #expect(groups([], "de") == [[]])
    }
}
