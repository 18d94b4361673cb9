import Console
import Host
import Store
import Telephony

/// The folders of a backup inside the exchange's own: what is made ready to be packed, and what a restored backup takes the place of.
struct BackupFolders: Sendable {
    let state: String

    /// The database, the configuration as text, and every sound, as they are at one moment; `apus backup` packs it.
    private var outgoing: String { state + "/backup" }
    /// A checked backup that comes in force at the next start, put there by `apus restore`.
    private var incoming: String { state + "/restore.ready" }
    /// What was there before it.
    private var replaced: String { state + "/before-restore" }

    /// Folders that are no part of a backup.
    private static let others: Set = ["backup", "restore.new", "restore.ready", "before-restore"]

    /// Makes everything ready to be packed; the folder. Sounds are second names of the same files: that takes no room, and what is deleted
    /// meanwhile stays in the backup. Throws where it cannot be.
    func prepare(_ store: Store, configuration: String, about: String) throws(CommandFailure) -> String {
        try making { () throws(SystemError) in
            try Files.removeTree(outgoing)
            try Files.makeFolder(outgoing)
        }
        do throws(StoreError) { try store.copyDatabase(to: outgoing + "/apus.db") } catch { throw CommandFailure(error.wording) }
        try making { () throws(SystemError) in
            for folder in try Files.content(of: state).folders where !Self.others.contains(folder) {
                try Files.makeFolder("\(outgoing)/\(folder)")
                for file in try Files.content(of: "\(state)/\(folder)").files
                where !file.hasSuffix(".part") && !file.hasSuffix(".new") {
                    try Files.link("\(state)/\(folder)/\(file)", as: "\(outgoing)/\(folder)/\(file)")
                }
            }
            try Files.writeAtomically(Array(configuration.utf8), to: outgoing + "/configuration.txt", mode: 0o640)
            try Files.writeAtomically(Array(about.utf8), to: outgoing + "/about.txt", mode: 0o640)
        }
        return outgoing
    }

    private func making(_ body: () throws(SystemError) -> Void) throws(CommandFailure) {
        do throws(SystemError) { try body() } catch { throw CommandFailure(Catalogue.cannotWrite(outgoing, error.reason)) }
    }

    /// What was made ready is packed.
    func release() { try? Files.removeTree(outgoing) }

    /// Puts a backup that waits in the place of what is there, before anything is opened; a power cut meanwhile is made good by the next
    /// start. True where there was one. Throws what the kernel refuses.
    func takeIncoming() throws(SystemError) -> Bool {
        release()
        guard Files.exists(incoming) else { return false }
        // The list of sums goes first: without it, this goes on where a power cut has stopped it.
        let sums = incoming + "/SHA256SUMS"
        if Files.exists(sums) {
            try Files.removeTree(replaced)
            try Files.remove(sums)
        }
        try Files.makeFolder(replaced)
        // The log of the database that goes must not be taken for that of the one that comes.
        let logs = ["apus.db-wal", "apus.db-shm"].filter { Files.exists("\(state)/\($0)") }
        let content = try Files.content(of: incoming)
        for name in logs + content.folders + content.files {
            let (own, aside) = ("\(state)/\(name)", "\(replaced)/\(name)")
            if Files.exists(own) {
                try Files.removeTree(aside)
                try Files.move(own, to: aside)
            }
            if Files.exists("\(incoming)/\(name)") { try Files.move("\(incoming)/\(name)", to: own) }
        }
        try Files.removeTree(incoming)
        try Files.synchronizeFolder(of: replaced)
        return true
    }
}
