import Host
import Routing
import Telephony

/// Who gets a call, in a big office.
enum Decisions {
    static let extensions = 200, schemes = 50, departments = 200, routes = 200, rounds = 200

    static func run() throws -> [Row] {
        let router = Router(office)
        let kinds: [(to: String, number: (Int) -> String, decide: (String) -> Bool)] = [
            ("company number", { "+7495123\(4000 + $0 % schemes)" }, { takes(router.incoming(on: "city", to: $0)) }),
            (
                "client with scheme, region and caller table", { "+7495123\(4000 + $0 % schemes)" },
                { sends(router, IncomingCall(caller: "+78121234567", dialled: $0)) }
            ),
            ("extension", { String(1000 + $0 % extensions) }, { takes(router.dialled($0, by: "1000")) }),
            (
                "outside number", { "8\(300 + $0 % routes)1234567" },
                { takes(router.dialled($0, by: "1000")) && !router.lines(to: $0).isEmpty }
            ),
            ("number of nobody", { "79\(10_000_000 + $0)" }, { !takes(router.dialled($0, by: "1000")) }),
        ]
        return try kinds.map { kind in
            let numbers = (0..<routes).map(kind.number)
            var times: [Double] = []
            for _ in 0..<rounds {
                let start = Instant.now
                guard numbers.allSatisfy(kind.decide) else { throw Failure("a \(kind.to) went wrong") }
                times.append((Instant.now - start).inSeconds * 1e6 / Double(numbers.count))
            }
            times.sort()
            return Row(
                "routing: \(kind.to); \(extensions) extensions, \(schemes) schemes, \(departments) departments, \(routes) routes (no contacts in this version)",
                times[times.count / 2], atMost: 50, unit: "µs")
        }
    }

    private static func takes(_ decision: Decision) -> Bool { if case .target = decision.outcome { true } else { false } }

    /// The caller table, the company number and its scheme, all twenty rules of it.
    private static func sends(_ router: Router, _ call: IncomingCall) -> Bool {
        let moment = Moment(uptime: .zero, utc: 1_800_000_000_000)
        guard router.callerRule(for: call, at: moment) == nil,
            case .target(.scheme(let id)) = router.incoming(on: "city", to: call.dialled).outcome
        else { return false }
        return router.scheme(id, call, at: moment)?.rule == 20
    }

    private static var office: Office {
        var office = Office()
        for index in 0..<departments {
            office.departments["d\(index)"] = Department(
                "d\(index)", number: String(3000 + index), members: [String(1000 + index)])
        }
        office.callers = (0..<200).compactMap { index in
            NumberMask("7916\(100 + index)*").map { CallerRule("c\(index)", mask: $0, target: .drop) }
        }
        for index in 0..<extensions { office.extensions[String(1000 + index)] = Extension(String(1000 + index)) }
        for index in 0..<schemes {
            let rules = (1...20).map { number in
                SchemeRule(
                    number, when: [number == 20 ? .callerRegion("spb") : .callerRegion("msk"), .unknown],
                    to: .department("d\(number)"))
            }
            office.schemes["scheme\(index)"] = Scheme("scheme\(index)", rules: rules, otherwise: .extension(String(1000 + index)))
            office.numbers.append(NumberRule("+7495123\(4000 + index)", target: .scheme("scheme\(index)")))
        }
        office.trunks["city"] = Trunk("city", peer: .loopback)
        office.routes = (0..<routes).map { OutgoingRoute("route\($0)", mask: "8\(300 + $0)#######", trunks: ["city"]) }
        return office
    }
}
