import Routing
import Telephony

/// Regions and masks: what no single line can know.
extension Validation {
    /// Regions that are named must be in the table; a prefix that is set must lie where its region does.
    mutating func checkRegions() {
        let table = RegionTable(settings.office.regions)
        for (id, line) in namedRegions where table[id] == nil {
            let near = nearest(to: id, among: table.regions.map(\.id)).map(Catalogue.didYouMean)
            refuse(line, Catalogue.unknownTarget("region \(id)"), near ?? Catalogue.seeRegions)
        }
        for item in document.items("region") {
            guard let id = item.path.name, let shipped = RegionTable.shipped[id] else { continue }
            for entry in item.entries("prefix") {
                for prefix in entry.words.map(\.value) {
                    guard let there = RegionTable.shipped.region(of: prefix), there.country != shipped.country else { continue }
                    let country = RegionTable.shipped[there.country] ?? there
                    let hint = Catalogue.withCountryCode(prefix, code: settings.office.country.callingCode)
                    warn(entry.line, Catalogue.prefixAbroad(prefix, country.name, id), hint)
                }
            }
        }
    }

    /// Every region that a rule or a number names, and the line.
    private var namedRegions: [(RegionID, Int?)] {
        let ruled = document.items("scheme").flatMap { item in
            item.entries("rule").flatMap { entry -> [(RegionID, Int?)] in
                let words = entry.words.map(\.value)
                return words.indices.dropLast().filter {
                    words[$0] == "region" && $0 > 0 && ["caller", "number"].contains(words[$0 - 1])
                }.map { (words[$0 + 1], entry.line) }
            }
        }
        return ruled
            + document.items("number").flatMap { item in
                item.entries("region").compactMap { entry in entry.words.first.map { ($0.value, entry.line) } }
            }
    }

    // MARK: Masks

    /// One mask of a section, with what tells whether another one of the section could be asked in its place.
    private struct Written {
        var name: String, mask: NumberMask, line: Int?
        var trunk: String?
        var until: Int?

        /// Whether this one is asked whenever the other is.
        func isAsked(wherever other: Written) -> Bool {
            (trunk == nil || trunk == other.trunk) && (until == nil || until ?? 0 >= other.until ?? .max)
        }
    }

    /// Masks that leave nothing to a less specific one, and masks that no number fits.
    mutating func checkMasks() {
        let country = settings.office.country
        let numbers = document.items("number").compactMap { item -> Written? in
            guard let name = item.path.name, let mask = NumberMask(name, country: country) else { return nil }
            let trunk = item.entries("trunk").first?.words.first?.value
            return Written(name: name, mask: mask, line: item.line, trunk: trunk)
        }
        let callers = document.items("caller").flatMap { item in
            item.entries("mask").compactMap { entry -> Written? in
                guard let word = entry.words.first?.value, let mask = NumberMask(word, country: country) else { return nil }
                let words = entry.words.map(\.value)
                let until = words.lastIndex(of: "until").flatMap { $0 + 1 < words.count ? Read.end(words[$0 + 1]) : nil }
                return Written(name: word, mask: mask, line: entry.line, until: until)
            }
        }
        let routes = document.items("route").compactMap { item -> Written? in
            guard let entry = item.entries("mask").first, let word = entry.words.first?.value, let mask = NumberMask(word) else {
                return nil
            }
            return Written(name: word, mask: mask, line: entry.line)
        }
        for written in [numbers, callers] {
            shadows(among: written, country: country)
            for mask in written { futility(of: mask, in: country) }
        }
        shadows(among: routes, country: nil)
        for route in routes {
            guard route.mask.isExact, document.internalNumbers.contains(route.name), !route.name.isEmpty else { continue }
            let owner = settings.office.extensions[route.name].map { "extension \($0.number)" }
            let department = settings.office.departments.values.first { $0.number == route.name }.map { "department \($0.id)" }
            warn(route.line, Catalogue.maskIsInternal(route.name, owner ?? department ?? ""), Catalogue.chooseAnother)
        }
    }

    private mutating func shadows(among written: [Written], country: Country?) {
        let sorted = written.enumerated().sorted {
            ($0.element.mask.breadth, $0.offset) < ($1.element.mask.breadth, $1.offset)
        }.map(\.element)
        var exact: [String: [Written]] = [:]
        var wider: [Written] = []
        for mask in sorted {
            let digits = PhoneNumber(mask.name, country: settings.office.country).digits
            let before = mask.mask.isExact ? exact[digits] ?? [] : wider
            if let other = before.first(where: { $0.isAsked(wherever: mask) && $0.mask.covers(mask.mask, country: country) }) {
                warn(mask.line, Catalogue.shadowedMask(mask.name, by: other.name), Catalogue.narrowOrRemove(other.name))
            }
            if mask.mask.isExact { exact[digits, default: []].append(mask) } else { wider.append(mask) }
        }
    }

    private mutating func futility(of written: Written, in country: Country) {
        switch written.mask.futility(in: country) {
        case .wrongLength(let length):
            warn(written.line, Catalogue.maskNeverMatches(written.name), Catalogue.numbersHave(length))
        case .nationalForm(let meant):
            warn(written.line, Catalogue.maskNeverMatches(written.name), Catalogue.internationalForm(meant))
        case nil: break
        }
    }
}
