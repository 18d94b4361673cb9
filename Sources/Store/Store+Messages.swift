import Host
import Routing

/// The sound of messages.
extension Store {
    /// More than the longest message.
    private static let soundLimit = 32 << 20

    /// Where the sound of a message is.
    public func soundFile(of message: Int) -> String { "\(disk.folder)/\(VoiceMessage.folder)/\(message).wav" }

    /// The bytes of that file. Throws where it cannot be read.
    public func sound(of message: Int) throws(StoreError) -> [UInt8] {
        do throws(SystemError) {
            return try Files.read(soundFile(of: message), limit: Self.soundLimit)
        } catch { throw StoreError(error, folder: disk.folder) }
    }
}
