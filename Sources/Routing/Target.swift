/// Where a call may be sent.
public enum Target: Hashable, Sendable, CustomStringConvertible {
    case `extension`(ExtensionNumber)
    case department(DepartmentID)
    /// A number in the outside world, as written.
    case external(String)
    case scheme(SchemeID)
    case menu(MenuID)
    /// This prompt of the office is heard, then the call is released.
    case prompt(String)
    /// He sits down in this conference room.
    case conference(ConferenceID)
    /// An answering machine takes a message for this box.
    case voicemail(BoxID)
    /// The national busy tone, then release.
    case busy
    /// Release at once.
    case drop

    /// As the configuration writes it.
    public var description: String {
        switch self {
        case .extension(let number): "extension \(number)"
        case .department(let id): "department \(id)"
        case .external(let number): "external \(number)"
        case .scheme(let id): "scheme \(id)"
        case .menu(let id): "menu \(id)"
        case .prompt(let id): "prompt \(id)"
        case .conference(let id): "conference \(id)"
        case .voicemail(let box): "voicemail \(box)"
        case .busy: "busy"
        case .drop: "drop"
        }
    }
}

/// What a caller hears before he is sent on.
public enum Announcement: Hashable, Sendable {
    /// Nothing but ringing.
    case none
    /// The product's words: another specialist will answer; where the call ends: nobody can.
    case standard
    /// A prompt of the office, or where there is none of this id, the product's phrase.
    case prompt(String)
}
