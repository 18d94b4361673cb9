/// A paging group's id, `hall`.
public typealias PagingID = String

/// Telephones that switch themselves on and say aloud what an employee speaks.
public struct PagingGroup: Equatable, Sendable {
    /// The id in the configuration.
    public var id: PagingID
    /// Shown in lists.
    public var name: String
    /// The number that is dialled for it; empty: nobody can.
    public var number: String
    /// Whose telephones.
    public var members: [ExtensionNumber]
    /// Who may speak; empty: everybody in the office.
    public var speakers: [ExtensionNumber]
    /// How long somebody may speak.
    public var limit: Duration

    /// A group with factory behaviour.
    public init(_ id: PagingID, name: String = "", number: String = "", members: [ExtensionNumber] = []) {
        (self.id, self.name, self.number, self.members) = (id, name, number, members)
        (speakers, limit) = ([], .seconds(60))
    }
}

extension Router {
    /// The colleague whose telephone a code switches on; nil where it is another code, or he may not use it.
    public func intercom(_ dialled: String, by caller: ExtensionNumber) -> ExtensionNumber? {
        guard let order = office.codes.order(dialled), order.feature == .intercom, !office.codes.barred.contains(.intercom),
            let number = order.argument(0), number != caller, office.extensions[number] != nil
        else { return nil }
        return number
    }
}
