/// Paging and intercom.
extension Catalogue {
    /// Why a call goes there.
    public static func pages(_ id: String, _ name: String) -> Wording {
        let told = name.isEmpty ? id : "\(id) (\(name))"
        return Wording(ru: "оповещение группы \(told)", en: "pages the group \(told)")
    }
    /// Why it does not.
    public static func mayNotPage(_ number: String, _ id: String) -> Wording {
        Wording(ru: "\(number) не может говорить группе \(id)", en: "\(number) may not speak to the group \(id)")
    }
    /// A telephone that switches itself on.
    public static func switchesOn(_ number: String) -> Wording {
        Wording(ru: "телефон \(number) включается сам", en: "the telephone of \(number) switches itself on")
    }
    /// One that does not.
    public static func mayNotSwitchOn(_ number: String) -> Wording {
        Wording(
            ru: "телефон \(number) занят, недоступен или сам не включается",
            en: "the telephone of \(number) is busy, not there, or not to switch itself on")
    }
    /// A group of nobody.
    public static func nobodyListens(_ id: String) -> Wording {
        Wording(ru: "в группе оповещения \(id) нет телефонов", en: "the paging group \(id) has no telephones")
    }
}
