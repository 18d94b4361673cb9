import Telephony

/// Who speaks what.
extension Extension {
    /// Every language he can take a call in, ISO 639-1.
    public var languages: [String] { speaks + (language.map { [$0.rawValue] } ?? []) }
}

extension Department {
    /// Its members who speak a language, in the order written.
    public func members(speaking language: String, in office: Office) -> [Member] {
        members.filter { office.extensions[$0.number]?.languages.contains(language) ?? false }
    }
}

extension Router {
    /// What everybody falls back to who does not speak the caller's language.
    static let commonLanguage = "en"

    /// What the caller speaks, the main language first: as his card says, else as his number's country does.
    public func languages(of call: IncomingCall) -> [String] {
        if let language = call.client.language { return [language] }
        return PhoneNumber(call.caller, country: office.country).e164.map(regions.languages) ?? []
    }

    /// Whether somebody there speaks it; of a target that is no person and no department nobody can say, so it is believed.
    func isSpoken(_ language: String, at target: Target) -> Bool {
        switch target {
        case .extension(let number): office.extensions[number]?.languages.contains(language) ?? false
        case .department(let id): office.departments[id].map { !$0.members(speaking: language, in: office).isEmpty } ?? false
        case .external, .scheme, .menu, .prompt, .conference, .voicemail, .busy, .drop: true
        }
    }

    /// The members of a department in the groups that ring one after another: who speaks the language, who speaks English, everybody. Without a
    /// language, or where nobody speaks either: everybody.
    public func groups(of department: Department, speaking language: String?) -> [[Department.Member]] {
        guard let language else { return [department.members] }
        let groups = [language, Self.commonLanguage].map { department.members(speaking: $0, in: office) } + [department.members]
        return groups.enumerated().filter { place, group in !group.isEmpty && !groups[..<place].contains(group) }.map(\.element)
            .orIfEmpty([department.members])
    }
}

extension Array {
    fileprivate func orIfEmpty(_ other: Self) -> Self { isEmpty ? other : self }
}
