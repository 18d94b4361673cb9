import Console
import Host
import Routing
import Telephony

/// The sounds of the office's own prompts: a file each, `hello.wav`.
struct PromptShelf: Sendable {
    /// As much of a file as its head and its words take.
    private static let headSize = 16_384

    let folder: String

    /// Makes the folder where it is missing. Throws what the kernel refuses.
    init(folder: String) throws(SystemError) {
        self.folder = folder
        try Files.makeFolder(folder)
    }

    private func path(_ id: String) -> String { "\(folder)/\(id).wav" }

    /// What commands may ask and do.
    var desk: PromptDesk {
        PromptDesk(
            list: { list },
            sound: { id throws(CommandFailure) in
                try doing(id) { path throws(SystemError) in try Files.read(path, limit: PromptRecording.sizeLimit) }
            },
            keep: { id, bytes throws(CommandFailure) in
                try doing(id) { path throws(SystemError) in try Files.writeAtomically(bytes, to: path, mode: 0o640) }
            },
            remove: { id throws(CommandFailure) in try doing(id) { path throws(SystemError) in try Files.remove(path) } })
    }

    private var list: [PromptSound] {
        ((try? Files.names(in: folder)) ?? []).compactMap { name in
            guard name.hasSuffix(".wav"), !name.hasPrefix("_"),
                let (head, size) = try? Files.readHead("\(folder)/\(name)", count: Self.headSize),
                let file = try? SoundFile(head, total: size)
            else { return nil }
            return PromptSound(id: String(name.dropLast(4)), length: file.length, words: file.words)
        }
    }

    private func doing<Value>(_ id: String, _ body: (String) throws(SystemError) -> Value) throws(CommandFailure) -> Value {
        do throws(SystemError) { return try body(path(id)) } catch {
            throw CommandFailure(Catalogue.cannotWrite(path(id), error.reason))
        }
    }
}
