/// One reason on the way to a decision.
public struct Explanation: Equatable, Sendable {
    /// Which of the office's rules was asked.
    public enum Layer: String, Sendable, CaseIterable {
        case number, client, block, owner, caller, mask, scheme, greeting, menu, conference, `extension`, department, route,
            voicemail
        case tollClass = "class"
    }

    /// What it said.
    public enum Verdict: String, Sendable, CaseIterable {
        /// The call goes that way.
        case taken
        /// It ends here.
        case refused
        /// Somebody or something is passed over.
        case passed
    }

    /// The layer that was asked.
    public var layer: Layer
    /// What it said.
    public var verdict: Verdict
    /// Why, in one sentence.
    public var because: Wording
    /// The line of the configuration that made it say so, if one did.
    public var line: String?

    /// A reason from its parts.
    public init(_ layer: Layer, _ verdict: Verdict, _ because: Wording, line: String? = nil) {
        (self.layer, self.verdict, self.because, self.line) = (layer, verdict, because, line)
    }
}
