/// Regions, callers and calendars: what is said of them.
extension Catalogue {
    /// `show regions`.
    public static let helpShowRegions = Wording(
        ru: "регионы и страны по началу номера; регион одного номера",
        en: "regions and countries by prefix; the region of a number")
    /// A column.
    public static let columnRegion = Wording(ru: "РЕГИОН", en: "REGION")
    /// A column.
    public static let columnCountry = Wording(ru: "СТРАНА", en: "COUNTRY")
    /// A column.
    public static let columnPrefixes = Wording(ru: "НАЧАЛО НОМЕРА", en: "PREFIXES")
    /// A column.
    public static let columnLanguages = Wording(ru: "ЯЗЫКИ", en: "LANGUAGES")
    /// A column.
    public static let columnOrigin = Wording(ru: "ОТКУДА", en: "FROM")
    /// The configuration says something of it.
    public static let regionIsSet = Wording(ru: "задан", en: "set")
    /// As it comes with the product.
    public static let regionIsShipped = Wording(ru: "поставлен", en: "shipped")
    /// Nothing fits.
    public static let noRegions = Wording(ru: "таких регионов нет", en: "no such region")
}
