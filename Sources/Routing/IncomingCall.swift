import Telephony

/// What the rules ask about a call: who calls, what is known of him, and which number he dialled.
public struct IncomingCall: Equatable, Sendable {
    /// The caller's number as it is shown; empty: hidden.
    public var caller: String
    /// What is known of him; blank where nobody was asked.
    public var client: ClientCard
    /// The company number as dialled; empty: none.
    public var dialled: String
    /// The trunk that it came on; nil: from inside, or it does not matter.
    public var trunk: TrunkID?

    /// A call from its parts.
    public init(caller: String, client: ClientCard = .blank, dialled: String = "", trunk: TrunkID? = nil) {
        (self.caller, self.client, self.dialled, self.trunk) = (caller, client, dialled, trunk)
    }
}
