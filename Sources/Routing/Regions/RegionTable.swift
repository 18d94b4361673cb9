import Telephony

/// A region's id: `msk`, `de`.
public typealias RegionID = String

/// A part of a country, or a whole country, as far as telephone numbers tell where they belong.
public struct Region: Equatable, Sendable {
    /// The id in the configuration.
    public var id: RegionID
    /// The country that it lies in; its own id for a country.
    public var country: RegionID
    /// How it is called.
    public var name: Wording
    /// E.164 digits that its numbers begin with.
    public var prefixes: [String]
    /// What is spoken there, ISO 639-1, the main one first; empty: what the country speaks.
    public var languages: [String]
    /// Whether the configuration says anything of it.
    public var isSet: Bool
}

/// What the configuration says of a region: `set region …`.
public struct RegionSetting: Equatable, Sendable {
    /// The region; a new one where none of this id is shipped.
    public var id: RegionID
    /// How it is called; nil: as shipped, or by its id.
    public var name: String?
    /// Prefixes that are its own from now on.
    public var prefixes: [String]
    /// What is spoken there; empty: as shipped.
    public var languages: [String]

    /// A setting from its parts.
    public init(_ id: RegionID, name: String? = nil, prefixes: [String] = [], languages: [String] = []) {
        (self.id, self.name, self.prefixes, self.languages) = (id, name, prefixes, languages)
    }
}

/// Where numbers belong: the longest prefix that fits decides. A look-up walks the digits once, about half a microsecond.
public struct RegionTable: Sendable {
    /// In the order shipped, then what the configuration adds.
    public private(set) var regions: [Region] = []
    private var places: [RegionID: Int] = [:]
    /// The prefix as a number (none begins with 0), and the place of its region.
    private var prefixes: [Int64: Int] = [:]
    private var longest = 0

    /// The table that comes with the product.
    public static let shipped = RegionTable(rows: [countries, russia])

    /// The shipped table with what the configuration says of it.
    public init(_ settings: [RegionSetting]) {
        self = Self.shipped
        for setting in settings { change(setting) }
    }

    /// Lines `ID|PREFIXES|LANGUAGES|RUSSIAN|ENGLISH`; of a second line with the same id the prefixes are added. Countries come first.
    private init(rows blocks: [String]) {
        for (block, text) in blocks.enumerated() {
            for line in text.split(separator: "\n") {
                let fields = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                let codes = fields.count > 1 ? fields[1].split(separator: " ").map(String.init) : []
                if fields.count == 5 {
                    let country = block == 0 ? fields[0] : "ru"
                    let languages = fields[2].split(separator: " ").map(String.init)
                    let name = Wording(ru: fields[3], en: fields[4])
                    add(.init(id: fields[0], country: country, name: name, prefixes: [], languages: languages, isSet: false))
                }
                claim(codes, for: fields[0])
            }
        }
    }

    private mutating func add(_ region: Region) {
        places[region.id] = regions.count
        regions.append(region)
    }

    /// From now on these prefixes are the region's.
    private mutating func claim(_ codes: [String], for id: RegionID) {
        guard let place = places[id] else { return }
        for code in codes {
            guard let key = Int64(code), code.utf8.count <= 15, !code.hasPrefix("0") else { continue }
            if let before = prefixes.updateValue(place, forKey: key) { regions[before].prefixes.removeAll { $0 == code } }
            regions[place].prefixes.append(code)
            longest = max(longest, code.utf8.count)
        }
    }

    private mutating func change(_ setting: RegionSetting) {
        if places[setting.id] == nil {
            let around = setting.prefixes.first.flatMap { region(of: $0)?.country } ?? setting.id
            let name = Wording(ru: setting.id, en: setting.id)
            add(.init(id: setting.id, country: around, name: name, prefixes: [], languages: [], isSet: true))
        }
        guard let place = places[setting.id] else { return }
        regions[place].isSet = true
        if let name = setting.name { regions[place].name = Wording(ru: name, en: name) }
        if !setting.languages.isEmpty { regions[place].languages = setting.languages }
        claim(setting.prefixes, for: setting.id)
    }

    /// The region of this id.
    public subscript(id: RegionID) -> Region? { places[id].map { regions[$0] } }

    /// The region of a number in E.164 digits: the smallest that is known. Russian mobile numbers are of Russia and no part of it.
    public func region(of e164: String) -> Region? {
        guard e164.utf8.first != UInt8(ascii: "0") else { return nil }
        var (key, place): (Int64, Int?) = (0, nil)
        for digit in e164.utf8.prefix(longest) {
            guard (48...57).contains(digit) else { break }
            key = key * 10 + Int64(digit - 48)
            if let found = prefixes[key] { place = found }
        }
        return place.map { regions[$0] }
    }

    /// Whether a number in E.164 digits is of this region, or of a part of it.
    public func isNumber(_ e164: String, of id: RegionID) -> Bool {
        guard let region = region(of: e164) else { return false }
        return region.id == id || region.country == id
    }

    /// What is spoken where a number belongs, the main language first.
    public func languages(of e164: String) -> [String] {
        guard let region = region(of: e164) else { return [] }
        return region.languages.isEmpty ? self[region.country]?.languages ?? [] : region.languages
    }
}

extension Country {
    /// The country's id in the table of regions.
    public var region: RegionID { rawValue.lowercased() }
}
