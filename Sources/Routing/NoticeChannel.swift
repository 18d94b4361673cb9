/// How somebody is told of missed calls: `extension N notify …`.
public enum NoticeChannel: Hashable, Sendable, CustomStringConvertible {
    /// The lamp of waiting messages on the extension's phones.
    case lamp
    /// A letter to this address, `a@b.c`.
    case email(String)
    /// A chat of the configuration.
    case telegram(String)
    /// A webhook of the configuration.
    case webhook(String)

    /// As the configuration writes it.
    public var description: String {
        switch self {
        case .lamp: "lamp"
        case .email(let address): "email:\(address)"
        case .telegram(let chat): "telegram:\(chat)"
        case .webhook(let id): "webhook:\(id)"
        }
    }

    /// Where that goes out of the office; nil: nowhere.
    public var address: NoticeAddress? {
        switch self {
        case .lamp: nil
        case .email(let address): .email(address)
        case .telegram(let chat): .telegram(chat)
        case .webhook(let id): .webhook(id)
        }
    }
}

/// Where one notice goes.
public enum NoticeAddress: Hashable, Sendable, CustomStringConvertible {
    /// Into the list of notices alone.
    case list
    /// A letter to `a@b.c`.
    case email(String)
    /// A chat of the configuration.
    case telegram(String)
    /// A webhook of the configuration.
    case webhook(String)
    /// A text message to a mobile telephone, `+7…`.
    case sms(String)

    /// In one word: `telegram:anna`.
    public var description: String {
        switch self {
        case .list: "list"
        case .email(let address): "email:\(address)"
        case .telegram(let chat): "telegram:\(chat)"
        case .webhook(let id): "webhook:\(id)"
        case .sms(let number): "sms:\(number)"
        }
    }

    /// Reads what `description` writes; nil for anything else.
    public init?(_ text: String) {
        guard text != "list" else {
            self = .list
            return
        }
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let rest = String(text[text.index(after: colon)...])
        switch text[..<colon] {
        case "email": self = .email(rest)
        case "telegram": self = .telegram(rest)
        case "webhook": self = .webhook(rest)
        case "sms": self = .sms(rest)
        default: return nil
        }
    }
}

extension VoicemailBox.Recipient {
    /// Where news of a message goes out of the office; nil: to the lamps of an extension's phones.
    public var address: NoticeAddress? {
        switch self {
        case .extension: nil
        case .email(let address): .email(address)
        case .telegram(let chat): .telegram(chat)
        case .webhook(let id): .webhook(id)
        }
    }
}
