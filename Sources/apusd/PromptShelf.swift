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
        // What was spoken and not accepted before the last stop.
        for name in try Files.names(in: folder) where name.hasPrefix("_") { try Files.remove("\(folder)/\(name)") }
    }

    private func path(_ id: String) -> String { "\(folder)/\(id).wav" }

    /// What commands may ask and do; `record` has a telephone rung.
    func desk(record: @escaping (String, ExtensionNumber) throws(CommandFailure) -> Void) -> PromptDesk {
        PromptDesk(
            list: { list },
            sound: { id throws(CommandFailure) in
                try doing(id) { path throws(SystemError) in try Files.read(path, limit: PromptRecording.sizeLimit) }
            },
            keep: { id, bytes throws(CommandFailure) in
                try doing(id) { path throws(SystemError) in try Files.writeAtomically(bytes, to: path, mode: 0o640) }
            },
            remove: { id throws(CommandFailure) in try doing(id) { path throws(SystemError) in try Files.remove(path) } },
            record: record)
    }

    /// What somebody said while his telephone was measured; it goes. Nil where nothing is there yet.
    func takeSample(of number: String) -> [Float]? {
        let sample = path("_voice-" + number)
        guard let bytes = try? Files.read(sample, limit: PromptRecording.sizeLimit), let file = try? SoundFile(bytes) else {
            return nil
        }
        try? Files.remove(sample)
        return file.samples(of: bytes)
    }

    /// What somebody spoke as a prompt's draft, brought to the level of all prompts; the draft goes. Nil where it cannot be used.
    func takeDraft(of id: String) -> PromptRecording? {
        let draft = path("_" + id)
        defer { try? Files.remove(draft) }
        guard let bytes = try? Files.read(draft, limit: PromptRecording.sizeLimit), let file = try? SoundFile(bytes) else {
            return nil
        }
        return try? PromptRecording(levelling: file.samples(of: bytes))
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
