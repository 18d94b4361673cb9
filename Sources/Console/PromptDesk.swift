import Routing
import Telephony

/// The sound of a prompt, as it is kept.
public struct PromptSound: Equatable, Sendable {
    /// The prompt's id.
    public var id: String
    /// How long it is.
    public var length: Duration
    /// The words that a speech engine spoke; nil: somebody's voice.
    public var words: String?

    /// A sound from its parts.
    public init(id: String, length: Duration, words: String? = nil) { (self.id, self.length, self.words) = (id, length, words) }
}

/// What commands ask of the office's own prompts and order there.
public struct PromptDesk {
    /// Every sound that is kept, by id.
    public var list: () -> [PromptSound]
    /// The file of one. Throws where it cannot be read.
    public var sound: (String) throws(CommandFailure) -> [UInt8]
    /// Keeps a file as a prompt's sound, instead of the one before; who hears that one hears it to its end. Throws where it cannot be
    /// written, and all is as it was.
    public var keep: (String, [UInt8]) throws(CommandFailure) -> Void
    /// Removes a sound. Throws where it cannot be.
    public var remove: (String) throws(CommandFailure) -> Void
    /// Rings an employee's telephone so that he speaks a prompt. Throws where the exchange is not there to hear.
    public var record: (String, ExtensionNumber) throws(CommandFailure) -> Void

    /// A desk from its parts.
    public init(
        list: @escaping () -> [PromptSound], sound: @escaping (String) throws(CommandFailure) -> [UInt8],
        keep: @escaping (String, [UInt8]) throws(CommandFailure) -> Void,
        remove: @escaping (String) throws(CommandFailure) -> Void,
        record: @escaping (String, ExtensionNumber) throws(CommandFailure) -> Void
    ) {
        (self.list, self.sound, self.keep, self.remove, self.record) = (list, sound, keep, remove, record)
    }

    /// Without any sound.
    public static var empty: Self {
        PromptDesk(
            list: { [] }, sound: { _ throws(CommandFailure) in [] }, keep: { _, _ throws(CommandFailure) in },
            remove: { _ throws(CommandFailure) in }, record: { _, _ throws(CommandFailure) in })
    }
}
