/// Who is shown as calling.
public struct CallerID: Hashable, Sendable {
    /// The number as it is shown; empty for a caller who hides it.
    public var number: String
    /// The name as it is shown; empty if unknown.
    public var name: String

    /// A caller id from its parts.
    public init(number: String, name: String = "") { (self.number, self.name) = (number, name) }
}
