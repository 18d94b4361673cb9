/// Conference rooms.
extension Catalogue {
    /// What a command does.
    public static let helpShowConferences = Wording(
        ru: "комнаты для конференций и кто в них", en: "conference rooms and who is in them")
    /// Columns.
    public static let columnConference = Wording(ru: "КОМНАТА", en: "ROOM")
    /// Columns.
    public static let columnPIN = Wording(ru: "КОД", en: "PIN")
    /// Columns.
    public static let columnSeats = Wording(ru: "МЕСТ", en: "SEATS")
    /// Columns.
    public static let columnParticipants = Wording(ru: "УЧАСТНИКИ", en: "PARTICIPANTS")
    /// An empty list.
    public static let noConferences = Wording(
        ru: "комнат нет: set conference ИМЯ number 890", en: "no conference rooms: set conference NAME number 890")

    /// Why a call goes there.
    public static func entersConference(_ id: String, _ name: String) -> Wording {
        let told = name.isEmpty ? id : "\(id) (\(name))"
        return Wording(ru: "входит в конференцию \(told)", en: "enters the conference \(told)")
    }
    /// Why it does not.
    public static func conferenceFull(_ id: String, _ limit: Int) -> Wording {
        Wording(ru: "в комнате \(id) заняты все места: \(limit)", en: "every seat of the room \(id) is taken: \(limit)")
    }
    /// Why it does not.
    public static func conferenceBarred(_ id: String) -> Wording {
        Wording(ru: "код комнаты \(id) трижды набран неверно", en: "the pin of the room \(id) was wrong three times")
    }
    /// A room without a door.
    public static func conferenceUnreachable(_ id: String) -> Wording {
        Wording(ru: "в комнату \(id) никто не попадёт", en: "nobody can get into the room \(id)")
    }
}
