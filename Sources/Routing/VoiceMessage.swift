import Telephony

/// One message in a voicemail box.
public struct VoiceMessage: Equatable, Sendable {
    /// How far it is.
    public enum State: String, Sendable, CaseIterable {
        /// It is being spoken: no message yet.
        case recording
        /// A greeting is being spoken, which somebody has to accept.
        case greeting
        /// Nobody has heard it.
        case new
        /// Somebody has.
        case heard
    }

    /// Counted over restarts; never used again.
    public var id: Int
    /// Where it is.
    public var box: BoxID
    /// Who left it: number and name as shown; both empty: unknown.
    public var from: String, name: String
    /// When: milliseconds since 1970 UTC, and the office's offset then in seconds.
    public var at: Int64, utcOffset: Int
    /// How long it is.
    public var length: Duration
    /// How far it is.
    public var state: State
    /// The call that it came by.
    public var call: CallID?

    /// A message from its parts.
    public init(
        id: Int, box: BoxID, from: String = "", name: String = "", at: Int64, utcOffset: Int = 0, length: Duration = .zero,
        state: State = .new, call: CallID? = nil
    ) {
        (self.id, self.box, self.from, self.name, self.at, self.utcOffset) = (id, box, from, name, at, utcOffset)
        (self.length, self.state, self.call) = (length, state, call)
    }

    /// Less than this of sound is no message.
    public static let shortest = Duration.seconds(2)
    /// The box of files that were found without a word about them.
    public static let foundBox = "found"
    /// The first part of its clips' names, and the folder of its files.
    public static let folder = "messages"

    /// What is heard of it.
    public var clip: Clip { Self.clip(id) }

    /// The clip of the message, or greeting, of this number.
    public static func clip(_ id: Int) -> Clip { Clip("\(folder)/\(id)") }

    /// Whether it is a message that can be heard.
    public var isKept: Bool {
        switch state {
        case .new, .heard: true
        case .recording, .greeting: false
        }
    }

    /// Bytes of its file: G.711 and a head.
    public var size: Int { Int(length.milliseconds) * 8 + 58 }
}

/// How many messages light a lamp.
public struct MessageCount: Hashable, Sendable {
    /// Those that nobody has heard, and those that somebody has.
    public var new: Int, old: Int
    /// Counts from their parts.
    public init(new: Int = 0, old: Int = 0) { (self.new, self.old) = (new, old) }
}

/// What somebody does to a message otherwise than by telephone.
public enum MessageOrder: Hashable, Sendable {
    /// He has heard it.
    case hear
    /// It is deleted.
    case erase
}
