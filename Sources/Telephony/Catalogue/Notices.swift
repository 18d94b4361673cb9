// What people are told of missed calls, by letter and chat, and what is said of that.

extension Catalogue {
    /// What happened.
    public static let noticeMissed = Wording(ru: "Пропущенный звонок", en: "Missed call")
    /// What happened.
    public static let noticeVoicemail = Wording(ru: "Сообщение на автоответчике", en: "Voicemail message")
    /// What happened.
    public static let noticeCallback = Wording(ru: "Просьба перезвонить", en: "Call back requested")
    /// What it is about.
    public static let noticeDigest = Wording(ru: "Перезвонить сегодня утром", en: "To be called back this morning")
    /// What it is about.
    public static let noticeCaller = Wording(ru: "SMS звонившему", en: "Text message to a caller")

    /// "Missed call: Anna, +7916…".
    public static func noticeTitle(_ what: Wording, _ client: String) -> Wording {
        Wording(ru: "\(what.text(in: .ru)): \(client)", en: "\(what.text(in: .en)): \(client)")
    }
    /// When he called, and how long he waited, in minutes and seconds.
    public static func noticeWhen(_ time: String, waited: String) -> Wording {
        Wording(ru: "Звонил \(time), ждал \(waited)", en: "Called \(time), waited \(waited)")
    }
    /// What he called.
    public static func noticeAddressed(_ what: String) -> Wording { Wording(ru: "Куда: \(what)", en: "To: \(what)") }
    /// Nobody knows him.
    public static let noticeNewClient = Wording(ru: "Новый клиент", en: "New client")
    /// How long the message is.
    public static func noticeMessage(_ length: String) -> Wording {
        Wording(ru: "Сообщение \(length), слушать: *98", en: "Message of \(length), to hear it: *98")
    }
    /// He has called before.
    public static func noticeAttempts(_ count: Int) -> Wording {
        let word = Language.ru.plural(count, one: "раз", few: "раза", many: "раз")
        return Wording(ru: "Не дозвонился уже \(count) \(word)", en: "Has called in vain \(count) times")
    }
    /// Until when he must be called, and by whom.
    public static func noticeDue(_ time: String, by person: String?) -> Wording {
        Wording(
            ru: "Перезвонить до \(time)" + (person.map { ", перезванивает \($0)" } ?? ""),
            en: "Call back by \(time)" + (person.map { ", up to \($0)" } ?? ""))
    }
    /// Who calls back.
    public static func noticeAssignee(_ person: String) -> Wording {
        Wording(ru: "Перезванивает \(person)", en: "Call back: up to \(person)")
    }
    /// "To be called back by 10:00: 3 clients".
    public static func digestTitle(_ count: Int, by hour: String) -> Wording {
        let ru = Language.ru.plural(count, one: "клиенту", few: "клиентам", many: "клиентам")
        let en = Language.en.plural(count, one: "client", few: "", many: "clients")
        return Wording(ru: "Перезвонить до \(hour): \(count) \(ru)", en: "To be called back by \(hour): \(count) \(en)")
    }
    /// Lines that are left out.
    public static func digestMore(_ count: Int) -> Wording { Wording(ru: "и ещё \(count)", en: "and \(count) more") }
    /// What somebody wrote down.
    public static func noticeNote(_ note: String) -> Wording { Wording(ru: "Заметка: \(note)", en: "Note: \(note)") }
}

/// Why a notice waits or will not be sent.
extension Catalogue {
    /// Its channel is not in the configuration any more.
    public static func channelMissing(_ address: String) -> Wording {
        Wording(ru: "канала \(address) нет в настройках", en: "\(address) is not in the configuration")
    }
    /// The server said something, in its own words.
    public static func channelRefused(_ status: Int, _ words: String) -> Wording {
        let tail = words.isEmpty ? "" : ": \(words)"
        return Wording(ru: "ответил кодом \(status)\(tail)", en: "answered \(status)\(tail)")
    }
    /// It has waited too long.
    public static let noticeTooOld = Wording(ru: "устарело", en: "too old")

    /// For `show health`: where notices do not get through, to how many addresses, and why.
    public static func noticesStuck(_ address: String, addresses: Int, _ reason: Wording) -> Wording {
        let more = addresses - 1
        return Wording(
            ru: "уведомления ждут: \(address)" + (more > 0 ? " (и ещё \(more))" : "") + " \(reason.text(in: .ru))",
            en: "notices wait: \(address)" + (more > 0 ? " (and \(more) more)" : "") + " \(reason.text(in: .en))")
    }
}

/// `show notices`.
extension Catalogue {
    /// What it does.
    public static let helpShowNotices = Wording(
        ru: "уведомления: что ждёт отправки, что не ушло и почему", en: "notices: what waits to be sent, what failed and why")
    /// A column.
    public static let columnAbout = Wording(ru: "О ЧЁМ", en: "ABOUT")
    /// A column.
    public static let columnFor = Wording(ru: "КОМУ", en: "FOR")
    /// A column.
    public static let columnChannel = Wording(ru: "КАНАЛ", en: "CHANNEL")
    /// A column.
    public static let columnTries = Wording(ru: "ПОПЫТОК", en: "TRIES")
    /// A column.
    public static let columnWhy = Wording(ru: "ПОЧЕМУ", en: "WHY")
    /// It is about several, or nobody.
    public static let noClient = Wording(ru: "—", en: "—")
    /// There is none.
    public static let noNotices = Wording(ru: "уведомлений нет", en: "no notices")
    /// How far a notice is.
    public static let noticeWaits = Wording(ru: "ждёт", en: "waits")
    /// How far a notice is.
    public static let noticeListed = Wording(ru: "в списке", en: "listed")
    /// How far a notice is.
    public static let noticeSent = Wording(ru: "ушло", en: "sent")
    /// How far a notice is.
    public static let noticeFailed = Wording(ru: "не ушло", en: "failed")
    /// What it is about, in a word.
    public static func noticeKind(_ kind: String) -> Wording {
        switch kind {
        case "missed": Wording(ru: "пропущен", en: "missed")
        case "voicemail": Wording(ru: "сообщение", en: "voicemail")
        case "callback": Wording(ru: "перезвонить", en: "call back")
        case "digest": Wording(ru: "сводка", en: "digest")
        default: Wording(ru: "SMS", en: "SMS")
        }
    }
}

/// What is wrong with channels in a configuration.
extension Catalogue {
    /// `none` beside others.
    public static let noneAmongChannels = Wording(
        ru: "none среди других каналов", en: "none together with other channels")
    /// Nothing would carry it.
    public static func channelWithoutServer(_ word: String) -> Wording {
        Wording(ru: "\(word): отправить нечем", en: "\(word): nothing is set that could send it")
    }
    /// A scheme with a text and nobody to send it.
    public static let noSMSGateway = Wording(ru: "SMS отправить нечем", en: "nothing is set that sends text messages")
    /// A password without encryption.
    public static let mailSecretOpen = Wording(
        ru: "пароль почты пойдёт по сети открытым", en: "the mail password goes over the network in the clear")
    /// What is better.
    public static let mailUseTLS = Wording(ru: "лучше tls starttls", en: "tls starttls is better")
}
