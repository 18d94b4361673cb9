import Glibc
import Host
import Telephony

/// A folder of sounds, each named by its number: `12.wav` is message 12, or the recording of call 12.
struct SoundFiles: Sendable {
    let folder: String

    /// Makes the folder where it is missing. Throws what the kernel refuses.
    init(_ name: String, in state: String) throws(SystemError) {
        folder = state + "/" + name
        try Files.makeFolder(folder)
    }

    /// How long each is, from its size; what was left half written is not among them. Throws where not all can be looked at.
    func lengths() throws(SystemError) -> [Int: Duration] {
        var lengths: [Int: Duration] = [:]
        for name in try Files.names(in: folder) where name.hasSuffix(".wav") {
            guard let id = Int(name.dropLast(4)), id > 0 else { continue }
            var status = stat()
            guard stat(path(id), &status) == 0 else { throw SystemError("stat \(path(id))", code: errno) }
            lengths[id] = .milliseconds(max(0, Int64(status.st_size) - 58) / 8)
        }
        return lengths
    }

    func path(_ id: Int) -> String { "\(folder)/\(id).wav" }

    /// Removes files, for good when it returns: their rows may go only after them, or a power cut would bring them back.
    func remove(_ ids: [Int]) {
        for id in ids { unlink(path(id)) }
        if !ids.isEmpty { try? Files.synchronizeFolder(of: path(0)) }
    }
}
