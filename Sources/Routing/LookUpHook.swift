/// An address that is asked over HTTP who a client is and who looks after him.
public struct LookUpHook: Hashable, Sendable {
    /// Its name in the configuration.
    public var id: String
    /// `http://…` or `https://…`.
    public var url: String
    /// How long a call waits for its answer.
    public var timeout: Duration

    /// A hook from its parts.
    public init(_ id: String, url: String, timeout: Duration = .milliseconds(700)) {
        (self.id, self.url, self.timeout) = (id, url, timeout)
    }
}
