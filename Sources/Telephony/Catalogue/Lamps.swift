/// Lamps of telephones.
extension Catalogue {
    /// What a command does.
    public static let helpShowLamps = Wording(
        ru: "лампы телефонов: кто за кем наблюдает и что горит", en: "lamps of phones: who watches whom, and what is lit")
    /// Columns.
    public static let columnWatches = Wording(ru: "НАБЛЮДАЕТ", en: "WATCHES")
    /// Columns.
    public static let columnPackage = Wording(ru: "СОБЫТИЕ", en: "EVENT")
    /// Columns.
    public static let columnLamp = Wording(ru: "ЛАМПА", en: "LAMP")
    /// What a lamp shows.
    public static let lampDark = Wording(ru: "не горит", en: "dark")
    /// What a lamp shows.
    public static let lampBlinks = Wording(ru: "мигает", en: "blinks")
    /// What a lamp shows.
    public static let lampLit = Wording(ru: "горит", en: "lit")
    /// An empty list.
    public static let noLamps = Wording(
        ru: "ни один телефон ни за кем не наблюдает", en: "no phone watches anybody")
}
