/// A call from outside, as the office's rules see it.
public struct IncomingCall: Equatable, Sendable {
    /// The caller's number as shown; empty: hidden.
    public var caller: String
    /// What is known of him; blank where nothing is.
    public var client: ClientCard
    /// The company number that was called, in the digits of `PhoneNumber.digits`.
    public var dialled: String

    /// A call from its parts.
    public init(caller: String, client: ClientCard = .blank, dialled: String) {
        (self.caller, self.client, self.dialled) = (caller, client, dialled)
    }
}
