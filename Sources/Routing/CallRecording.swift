import Telephony

/// Which calls of a person are recorded.
public enum RecordingScope: String, Hashable, Sendable, CaseIterable {
    case off
    /// Every call.
    case on
    /// Calls from outside, calls to the outside, both of them.
    case incoming = "in", outgoing = "out", outside
    /// Calls among colleagues.
    case `internal`

    /// Whether a call this way is one of them.
    public func covers(_ direction: CallDirection) -> Bool {
        switch self {
        case .off: false
        case .on: true
        case .incoming: direction == .incoming
        case .outgoing: direction == .outgoing
        case .outside: direction != .internal
        case .internal: direction == .internal
        }
    }
}

/// What the office says of all its recordings.
public struct RecordingRules: Hashable, Sendable {
    /// Whether everybody in a call hears that it is recorded, once and before anything is.
    public var announces = true
    /// Bytes that all recordings together may take; beyond them the oldest go.
    public var quota = 2 << 30
    /// For how many days they are kept; nil: as long as there is room.
    public var keptDays: Int?

    /// The factory's rules.
    public init() {}
}

/// A call that was recorded: both sides of it in one file, which is named by the record's number.
public struct CallRecording: Hashable, Sendable {
    /// The call.
    public var call: CallID
    /// When the recording was over: milliseconds since 1970 UTC.
    public var at: Int64
    /// How long it is.
    public var length: Duration

    /// The folder of the sounds, and the first part of their clips' names.
    public static let folder = "recordings"
    /// The longest recording: four hours; what a call says after it is not kept.
    public static let limit = Duration.seconds(14_400)

    /// A recording from its parts.
    public init(call: CallID, at: Int64, length: Duration) { (self.call, self.at, self.length) = (call, at, length) }

    /// The clip that a call's recording is.
    public static func clip(_ call: CallID) -> Clip { Clip("\(folder)/\(call)") }

    /// The call whose recording a clip is; nil for any other clip.
    public static func call(_ clip: Clip) -> CallID? {
        let parts = clip.name.split(separator: "/")
        return parts.count == 2 && parts[0] == folder ? Int(parts[1]).map { CallID($0) } : nil
    }
}
