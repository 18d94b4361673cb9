import Routing
import Telephony

/// `show regions`.
extension CommandRunner {
    /// All regions; or the one of this id, else those whose id, name or prefix `text` means; or the one of a number.
    func regions(_ text: String?) -> Table {
        let table = RegionTable(settings.office.regions)
        let found = text.map { chosen($0, from: table) } ?? table.regions
        return Table(
            columns: [
                .init("region", Catalogue.columnRegion), .init("name", Catalogue.columnName),
                .init("country", Catalogue.columnCountry), .init("prefixes", Catalogue.columnPrefixes),
                .init("languages", Catalogue.columnLanguages), .init("origin", Catalogue.columnOrigin),
            ],
            rows: found.map { region in
                let languages = region.languages.isEmpty ? table[region.country]?.languages ?? [] : region.languages
                return [
                    .init(region.id), .init(say(region.name)), .init(region.country), words(region.prefixes), words(languages),
                    .init(
                        say(region.isSet ? Catalogue.regionIsSet : Catalogue.regionIsShipped),
                        .string(region.isSet ? "set" : "shipped")),
                ]
            }, empty: Catalogue.noRegions)
    }

    private func words(_ list: [String]) -> Table.Cell { .init(list.joined(separator: " "), .array(list.map(JSON.string))) }

    private func chosen(_ text: String, from table: RegionTable) -> [Region] {
        if let number = PhoneNumber(text, country: settings.office.country).e164 {
            return table.region(of: number).map { [$0] } ?? []
        }
        if let region = table[text] { return [region] }
        let (word, digits) = (text.lowercased(), PhoneNumber.dialled(text))
        return table.regions.filter { region in
            region.id.contains(word) || Language.allCases.contains { region.name.text(in: $0).lowercased().contains(word) }
                || !digits.isEmpty && region.prefixes.contains { $0.hasPrefix(digits) }
        }
    }
}
