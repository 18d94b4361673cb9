import Routing
import Telephony

extension Validation {
    /// Employees whom nobody outside can reach: no number, rule, department or menu leads to them, and nowhere can a caller dial them.
    /// An office without a line is not asked, nor is a telephone that only calls inside.
    mutating func checkReach() {
        let office = settings.office
        guard !office.trunks.isEmpty, !office.numbers.isEmpty else { return }
        var reached: Set<ConfigurationPath> = []
        var waiting = ["number", "caller"].flatMap { document.items($0).map(\.path) } + [ConfigurationPath("office")]
        while let path = waiting.popLast() {
            guard reached.insert(path).inserted, let item = document.objects[path] else { continue }
            if canDial(at: path) { return }
            waiting += document.references(of: item).map(\.target)
        }
        let alone = office.extensions.values.filter { person in
            person.tollClass != .internal && !reached.contains(ConfigurationPath("extension", person.number))
        }.map(\.number).sorted()
        guard let first = alone.first else { return }
        warn(
            document.item("extension", first)?.line, Catalogue.nobodyReaches(alone),
            Catalogue.add("set department \(office.departments.keys.min() ?? "sales") member \(first)"))
    }

    /// Whether a caller may dial an extension there.
    private func canDial(at path: ConfigurationPath) -> Bool {
        switch path.section {
        case "scheme": settings.office.schemes[path.name ?? ""]?.greeting != nil
        case "menu": settings.office.menus[path.name ?? ""]?.dialsNumbers ?? false
        default: false
        }
    }
}
