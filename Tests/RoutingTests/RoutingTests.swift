@testable import Routing
import Telephony
import Testing

@Suite("Number masks")
struct NumberMaskTests {
    @Test(
        "R-156: three spellings of the same ten thousand numbers",
        arguments: ["7495200*", "7495200####", "74952000000-74952009999"])
    func equivalents(mask text: String) throws {
        let mask = try #require(NumberMask(text))
        for number in ["74952000000", "74952005555", "74952009999"] { #expect(mask.matches(number)) }
        for number in ["74952010000", "74951999999", "7495"] { #expect(!mask.matches(number)) }
    }

    @Test("R-153: a star is any sequence, also an empty one, anywhere")
    func star() throws {
        let end = try #require(NumberMask("7495200*"))
        #expect(end.matches("7495200") && end.matches("74952001234") && !end.matches("749520"))
        let middle = try #require(NumberMask("7*00*1"))
        #expect(middle.matches("7001") && middle.matches("74950012001") && !middle.matches("74951"))
    }

    @Test("R-154: # is exactly one digit")
    func hash() throws {
        let mask = try #require(NumberMask("7495200####"))
        #expect(!mask.matches("7495200123") && !mask.matches("749520012345"))
    }

    @Test("R-155: ranges have both ends, and ends that fit each other")
    func ranges() throws {
        let mask = try #require(NumberMask("100-104"))
        #expect(mask.matches("100") && mask.matches("104") && !mask.matches("105") && !mask.matches("99"))
        #expect(NumberMask("104-100") == nil || !NumberMask("104-100")!.matches("102"))
        #expect(NumberMask("") == nil && NumberMask("12a") == nil)
    }

    @Test("The most specific wins: exact, the narrower range, more fixed digits, then the order written")
    func specificity() {
        let masks = ["*", "7495*", "74952000000-74952009999", "74952001000-74952001999", "74952001234", "7495200####"]
        let best = { (number: String, from: [String]) in
            MaskTable(from.compactMap { text in NumberMask(text).map { ($0, text) } }).value(for: number)
        }
        #expect(best("74952001234", masks) == "74952001234")
        #expect(best("74952001235", masks) == "74952001000-74952001999")
        #expect(best("74952005555", masks) == "74952000000-74952009999")
        #expect(best("74959999999", masks) == "7495*")
        #expect(best("79160000000", masks) == "*")
        #expect(best("123", ["12#", "1#3"]) == "12#")
    }
}

@Suite("Mask table")
struct MaskTableTests {
    @Test("It finds what trying every mask finds, for random masks and numbers", arguments: 0..<50)
    func random(seed: Int) {
        var dice = Dice(seed: UInt64(seed))
        let digits = { (count: Int, dice: inout Dice) in (0..<count).map { _ in "123"[dice.roll(3)] }.joined() }
        let masks = (0..<60).compactMap { _ -> NumberMask? in
            switch dice.roll(4) {
            case 0: NumberMask(digits(1 + dice.roll(5), &dice))
            case 1: NumberMask(digits(dice.roll(5), &dice) + "*" + digits(dice.roll(2), &dice))
            case 2: NumberMask(digits(dice.roll(4), &dice) + "##")
            default: NumberMask([digits(4, &dice), digits(4, &dice)].sorted().joined(separator: "-"))
            }
        }
        let table = MaskTable(masks.enumerated().map { ($0.element, $0.offset) })
        for _ in 0..<100 {
            let number = digits(dice.roll(8), &dice)
            let isMeant = { (place: Int) in place % 3 != seed % 3 }
            let all = masks.indices.filter { masks[$0].matches(number) && isMeant($0) }
            let best = all.min { (masks[$0].breadth, $0) < (masks[$1].breadth, $1) }
            #expect(table.value(for: number, where: isMeant) == best)
        }
    }
}

extension String {
    fileprivate subscript(place: Int) -> String { String(self[index(startIndex, offsetBy: place)]) }
}

@Suite("Router")
struct RouterTests {
    private let router: Router = {
        var office = Office()
        office.extensions["101"] = Extension("101")
        office.extensions["102"] = Extension("102")
        office.extensions["102"]?.tollClass = .internal
        office.departments["sales"] = Department("sales", number: "200", members: ["101"])
        office.schemes["office"] = Scheme("office", otherwise: .department("sales"))
        office.trunks["mtt"] = Trunk("mtt", peer: .v4(0x0A00_0002))
        office.trunks["beeline"] = Trunk("beeline", peer: .v4(0x0A00_0003))
        office.numbers = [
            NumberRule("*", target: .scheme("office")),
            NumberRule("+7 495 123-45-70", trunk: "mtt", target: .extension("101"), label: "прямой"),
        ]
        office.routes = [
            OutgoingRoute("city", mask: "#######", prefix: "7495", trunks: ["mtt", "beeline"]),
            OutgoingRoute("country", mask: "8##########", strip: 1, prefix: "7", tollClass: .national, trunks: ["mtt"]),
            OutgoingRoute("mobile", mask: "79#########", tollClass: .national, trunks: ["beeline", "gone"]),
        ]
        return Router(office)
    }()

    @Test("A company number however the trunk writes it; every other one by the star; a trunk's number only on that trunk")
    func incoming() {
        for spelling in ["+74951234570", "84951234570", "74951234570", "4951234570"] {
            let decision = router.incoming(on: "mtt", to: spelling)
            #expect(decision.outcome == .target(.extension("101")))
            #expect(decision.number?.label == "прямой")
        }
        #expect(router.incoming(on: "beeline", to: "74951234570").outcome == .target(.scheme("office")))
        #expect(router.incoming(on: "mtt", to: "100").outcome == .target(.scheme("office")))
        #expect(Router(Office()).incoming(on: "mtt", to: "100").outcome == .refused(.unallocated))
    }

    @Test("An employee dials a colleague, a department, the city, the country; nobody dials beyond his class")
    func dialled() {
        #expect(router.dialled("102", by: "101").outcome == .target(.extension("102")))
        #expect(router.dialled("200", by: "101").outcome == .target(.department("sales")))
        #expect(router.dialled("1234567", by: "101").outcome == .target(.external("1234567")))
        #expect(router.dialled("89161234567", by: "102").outcome == .refused(.forbidden))
        #expect(router.dialled("999", by: "101").outcome == .refused(.unallocated))
        #expect(router.dialled("", by: "101").outcome == .refused(.unallocated))
    }

    @Test(
        "A route strips and prefixes what was dialled; a number in another spelling finds it in E.164; unknown trunks are passed over"
    )
    func lines() {
        #expect(
            router.lines(to: "123-45-67")
                == [("mtt", false), ("beeline", true)].map {
                    OutgoingLine(trunk: $0, number: "74951234567", route: "city", isLast: $1)
                })
        #expect(router.lines(to: "89161234567") == [OutgoingLine(trunk: "mtt", number: "79161234567", route: "country")])
        #expect(router.lines(to: "+7 916 123-45-67") == [OutgoingLine(trunk: "beeline", number: "79161234567", route: "mobile")])
        #expect(router.lines(to: "5").isEmpty)
    }
}
