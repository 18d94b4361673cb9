import Host
import Routing
import Telephony

/// Who gets a call, in a big office.
enum Decisions {
    static let extensions = 200, schemes = 50, routes = 200, rounds = 200

    static func run() throws -> [Row] {
        let router = Router(office)
        let kinds: [(to: String, number: (Int) -> String, decide: (String) -> Bool)] = [
            ("company number", { "+7495123\(4000 + $0 % schemes)" }, { takes(router.incoming(on: "city", to: $0)) }),
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
                "routing: \(kind.to); \(extensions) extensions, \(schemes) schemes, \(routes) routes (no contacts in this version)",
                times[times.count / 2], atMost: 50, unit: "µs")
        }
    }

    private static func takes(_ decision: Decision) -> Bool { if case .target = decision.outcome { true } else { false } }

    private static var office: Office {
        var office = Office()
        for index in 0..<extensions { office.extensions[String(1000 + index)] = Extension(String(1000 + index)) }
        for index in 0..<schemes {
            office.schemes["scheme\(index)"] = Scheme("scheme\(index)", otherwise: .extension(String(1000 + index)))
            office.numbers.append(NumberRule("+7495123\(4000 + index)", target: .scheme("scheme\(index)")))
        }
        office.trunks["city"] = Trunk("city", peer: .loopback)
        office.routes = (0..<routes).map { OutgoingRoute("route\($0)", mask: "8\(300 + $0)#######", trunks: ["city"]) }
        return office
    }
}
