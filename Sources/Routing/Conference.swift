/// A conference room's id, `daily`.
public typealias ConferenceID = String

/// A room in which everybody hears everybody.
public struct Conference: Equatable, Sendable {
    /// The id in the configuration.
    public var id: ConferenceID
    /// Shown on displays and in reports.
    public var name: String
    /// Whoever enters must know this; nil: everybody may.
    public var pin: String?
    /// The most people in it.
    public var limit: Int
    /// Whether those who are there hear a tone when somebody comes or goes.
    public var announces: Bool

    /// The most people in any room: the mixer's seats.
    public static let largest = 16

    /// A room with factory behaviour.
    public init(_ id: ConferenceID, name: String = "") {
        (self.id, self.name, limit, announces) = (id, name, Self.largest, true)
    }
}
