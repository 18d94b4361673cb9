import Console
import Host
import Store
import Synchronization
import Telephony

/// The folders of a backup inside the exchange's own: what is made ready to be packed, and what a restored backup takes the place of.
struct BackupFolders: Sendable {
    let state: String

    /// Of each backup that is being packed a folder: the database, the configuration as text, and every sound, as they are at one moment.
    private var outgoing: String { state + "/backup" }
    /// How many have been made ready since the start.
    private static let count = Mutex(0)
    /// How many may be packed at once; a command that was killed has left its folder, and the oldest go.
    private static let limit = 4
    /// A checked backup that comes in force at the next start, put there by `apus restore`.
    private var incoming: String { state + "/restore.ready" }
    /// What was there before it.
    private var replaced: String { state + "/before-restore" }

    /// Folders that are no part of a backup.
    private static let others: Set = ["backup", "restore.new", "restore.ready", "before-restore"]

    /// Makes everything ready to be packed; the folder. Sounds are second names of the same files: that takes no room, and what is deleted
    /// meanwhile stays in the backup. Throws where it cannot be.
    func prepare(_ store: Store, configuration: String, about: String) throws(CommandFailure) -> String {
        let number = Self.count.withLock { count in
            count += 1
            // Here, lest whoever is done takes the folder of all away meanwhile; where it cannot be, that is told below.
            try? Files.makeFolder("\(outgoing)/\(count)")
            return count
        }
        let ready = "\(outgoing)/\(number)"
        try making { () throws(SystemError) in
            if number > Self.limit { try Files.removeTree("\(outgoing)/\(number - Self.limit)") }
            try Files.makeFolder(ready)
        }
        do throws(StoreError) { try store.copyDatabase(to: ready + "/apus.db") } catch { throw CommandFailure(error.wording) }
        try making { () throws(SystemError) in
            for folder in try Files.content(of: state).folders where !Self.others.contains(folder) {
                try Files.makeFolder("\(ready)/\(folder)")
                for file in try Files.content(of: "\(state)/\(folder)").files
                where !file.hasSuffix(".part") && !file.hasSuffix(".new") {
                    try Files.link("\(state)/\(folder)/\(file)", as: "\(ready)/\(folder)/\(file)")
                }
            }
            try Files.writeAtomically(Array(configuration.utf8), to: ready + "/configuration.txt", mode: 0o640)
            try Files.writeAtomically(Array(about.utf8), to: ready + "/about.txt", mode: 0o640)
        }
        return ready
    }

    private func making(_ body: () throws(SystemError) -> Void) throws(CommandFailure) {
        do throws(SystemError) { try body() } catch { throw CommandFailure(Catalogue.cannotWrite(outgoing, error.reason)) }
    }

    /// What was made ready in this folder is packed; another folder than one of ours is nothing to us.
    func release(_ folder: String) {
        let name = folder.split(separator: "/").last.flatMap { Int($0) } ?? 0
        guard name > 0, folder == "\(outgoing)/\(name)" else { return }
        try? Files.removeTree(folder)
        // The last one takes the folder of them all with it.
        Self.count.withLock { _ in
            if (try? Files.names(in: outgoing))?.isEmpty == true { try? Files.removeTree(outgoing) }
        }
    }

    /// Puts a backup that waits in the place of what is there, before anything is opened; a power cut meanwhile is made good by the next
    /// start. True where there was one. Throws what the kernel refuses.
    func takeIncoming() throws(SystemError) -> Bool {
        try? Files.removeTree(outgoing)
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
