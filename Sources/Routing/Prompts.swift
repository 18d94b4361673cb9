import Telephony

extension Clip {
    /// The first part of the names of the office's own prompts.
    public static let ownFolder = "own"

    /// A prompt of the office.
    public static func own(_ id: String) -> Clip { Clip("\(ownFolder)/\(id)") }
}

extension Office {
    /// What is heard where the configuration names a prompt: the office's own, and where there is none of this id, the product's phrase.
    public func clip(ofPrompt id: String) -> Clip {
        if prompts.contains(id) { return .own(id) }
        return PromptPhrase(rawValue: id)?.clip(in: language) ?? .own(id)
    }
}
