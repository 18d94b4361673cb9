// What telephones and calls are doing.

extension Catalogue {
    /// What a phone is doing, in a word.
    public static func phoneState(_ state: PhoneState) -> Wording {
        switch state {
        case .idle: Wording(ru: "свободен", en: "idle")
        case .ringing: Wording(ru: "звонит", en: "ringing")
        case .talking: Wording(ru: "говорит", en: "talking")
        case .unavailable: Wording(ru: "нет связи", en: "unavailable")
        }
    }

    /// What is happening to a call, in a word.
    public static func callState(_ state: CallState) -> Wording {
        switch state {
        case .routing: Wording(ru: "выбор", en: "routing")
        case .ringing: Wording(ru: "звонит", en: "ringing")
        case .queued: Wording(ru: "ждёт", en: "queued")
        case .talking: Wording(ru: "говорит", en: "talking")
        case .menu: Wording(ru: "слушает", en: "menu")
        case .parked: Wording(ru: "припаркован", en: "parked")
        case .voicemail: Wording(ru: "автоответчик", en: "voicemail")
        }
    }
}
