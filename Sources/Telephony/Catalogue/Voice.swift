/// What is said about voice.
extension Catalogue {
    /// A file that is not played as music on hold, and why.
    public static func musicRefused(_ path: String, _ reason: Wording) -> Wording {
        Wording(
            ru: "музыка на удержании: «\(path)» не играется, \(reason.text(in: .ru))",
            en: "music on hold: “\(path)” is not played, \(reason.text(in: .en))")
    }
    /// Nothing can be played at all.
    public static let musicMissing = Wording(
        ru: "музыки на удержании нет: вместо неё тихий сигнал раз в 5 секунд",
        en: "no music on hold: a soft beep every 5 s instead")
    /// Not one phrase can be said.
    public static func soundsMissing(_ folder: String?) -> Wording {
        let place = { (language: Language) in folder.map { language == .ru ? " в «\($0)»" : " in “\($0)”" } ?? "" }
        return Wording(
            ru: "фраз станции нет\(place(.ru)): звонящие их не услышат; укажите папку: apusd --sounds ПАПКА",
            en: "the exchange's phrases are missing\(place(.en)): callers will not hear them; name the folder: apusd --sounds DIR"
        )
    }
    /// The file cannot be opened.
    public static let musicUnreadable = Wording(ru: "файл не читается", en: "the file cannot be read")
    /// The file is something else.
    public static let musicNotWAV = Wording(ru: "это не WAV", en: "it is no WAV file")
    /// The samples are of another kind.
    public static let musicCoding = Wording(
        ru: "нужен PCM (8, 16 или 24 бита), A-law или µ-law", en: "PCM (8, 16 or 24 bits), A-law or µ-law is needed")
    /// Too many channels.
    public static func musicChannels(_ count: Int) -> Wording {
        Wording(ru: "каналов \(count), а можно 1 или 2", en: "it has \(count) channels, 1 or 2 are possible")
    }
    /// A rate out of range.
    public static func musicRate(_ rate: Int) -> Wording {
        Wording(ru: "частота \(rate) Гц, а можно от 8000 до 48000", en: "its rate is \(rate) Hz, 8000 to 48000 are possible")
    }
    /// Nothing in it.
    public static let musicEmpty = Wording(ru: "звука в нём нет", en: "there is no sound in it")
}
