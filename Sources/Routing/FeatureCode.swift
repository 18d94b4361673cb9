/// Codes that are dialled like numbers.
public enum FeatureCode {
    /// One's own mailbox; with a number behind it, the box of that extension or department.
    public static let mailbox = "*98"
}
