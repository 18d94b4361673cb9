/// Who is shown as calling.
public struct CallerID: Hashable, Sendable {
    /// The number as it is shown; empty for a caller who hides it.
    public var number: String
    /// The name as it is shown; empty if unknown.
    public var name: String
    /// The number as it was received.
    public var received: String

    /// A caller id from its parts; without `received` the number came as it is shown.
    public init(number: String, name: String = "", received: String? = nil) {
        (self.number, self.name, self.received) = (number, name, received ?? number)
    }
}
