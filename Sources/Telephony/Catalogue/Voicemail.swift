/// Answering machines.
extension Catalogue {
    /// A call ends at one.
    public static func takesMessage(_ box: String, _ name: String) -> Wording {
        let told = name.isEmpty ? box : "\(box) (\(name))"
        return Wording(ru: "автоответчик ящика \(told)", en: "the answering machine of the box \(told)")
    }

    /// An end of a call that was thought through.
    public static func endsAtVoicemail(_ box: String, after time: String) -> Wording {
        Wording(
            ru: "через \(time) автоответчик, сообщение для ящика \(box)",
            en: "after \(time) the answering machine, a message for the box \(box)")
    }
}

extension Catalogue {
    /// A code that is easily guessed.
    public static func weakPIN(_ owner: String) -> Wording {
        Wording(ru: "код для \(owner) легко угадать", en: "the pin of \(owner) is easily guessed")
    }
    /// What a good one is.
    public static let betterPIN = Wording(
        ru: "4–10 разных цифр не подряд и не сам номер", en: "4 to 10 different digits, not in a row and not the number itself")
}

/// Commands about messages.
extension Catalogue {
    /// What a command does.
    public static let helpShowVoicemail = Wording(ru: "сообщения на автоответчиках", en: "messages on answering machines")
    /// What a command does.
    public static let helpVoicemailPlay = Wording(
        ru: "звук сообщения в файл WAV, - для конвейера в aplay; сообщение считается прослушанным",
        en: "a message's sound into a WAV file, - for a pipe to aplay; it counts as heard")
    /// What a command does.
    public static let helpVoicemailExport = Wording(
        ru: "звук сообщения в файл WAV; оно остаётся новым", en: "a message's sound into a WAV file; it stays new")
    /// What a command does.
    public static let helpVoicemailDelete = Wording(ru: "удалить сообщение", en: "delete a message")
    /// Columns.
    public static let columnBox = Wording(ru: "ЯЩИК", en: "BOX")
    /// Columns.
    public static let columnLength = Wording(ru: "ДЛИНА", en: "LENGTH")
    /// Columns.
    public static let columnNew = Wording(ru: "НОВОЕ", en: "NEW")
    /// A message that nobody has heard.
    public static let isNew = Wording(ru: "новое", en: "new")
    /// An empty list.
    public static let noVoicemail = Wording(ru: "сообщений нет", en: "no messages")
    /// A number that no message has.
    public static func noSuchMessage(_ id: Int) -> Wording {
        Wording(
            ru: "сообщения \(id) нет; какие есть, покажет show voicemail",
            en: "there is no message \(id); show voicemail tells which there are")
    }
    /// It is gone.
    public static func messageDeleted(_ id: Int) -> Wording {
        Wording(ru: "сообщение \(id) удалено", en: "message \(id) is deleted")
    }
    /// A code that opens a box was dialled.
    public static func opensMailbox(_ box: String) -> Wording {
        Wording(ru: "ящик \(box) по телефону", en: "the box \(box) by telephone")
    }
}
