import Telephony

/// Waiting messages, as a phone's lamp is told (RFC 3842).
public struct MessageSummary: Hashable, Sendable {
    /// Messages that nobody has heard, and those that somebody has.
    public var new: Int, old: Int
    /// What is dialled to hear them.
    public var account: String

    /// A summary from its parts.
    public init(new: Int, old: Int, account: String) { (self.new, self.old, self.account) = (new, old, account) }

    /// The body: lines as §5.2 has them; nothing is urgent.
    func text(at local: Endpoint) -> String {
        """
        Messages-Waiting: \(new > 0 ? "yes" : "no")\r
        Message-Account: \(SIPURI(user: account, host: local.address.host, port: local.port == 5060 ? nil : local.port))\r
        Voice-Message: \(new)/\(old) (0/0)\r

        """
    }
}
