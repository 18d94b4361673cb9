import Console
import Glibc
import Host
import Telephony

/// `apus backup` and `apus restore`: the exchange makes everything ready, `tar` packs it and `sha256sum` proves it.
struct BackupCommand {
    /// Says one command to the exchange.
    let ask: SelfTestCommand.Ask
    /// The exchange's folder.
    let state: String
    let language: Language

    /// Does what the words say. Throws what is wrong with them.
    func run(_ words: [String]) throws(UsageError) -> Reply {
        let invocation = try Invocation(words)
        let file = Self.absolute(invocation.file ?? "")
        do throws(CommandFailure) {
            if words.first == "backup" { return try pack(file) }
            return try unpack(file, onlyChecks: words.contains("--check"))
        } catch { return Reply(exitCode: 1, errors: error.text.text(in: language) + "\n") }
    }

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let here = getcwd(nil, 0) else { return path }
        defer { free(here) }
        return String(cString: here) + "/" + path
    }

    private func said(_ words: String...) throws(CommandFailure) -> Reply {
        do throws(UsageError) { return try ask(words) } catch { throw CommandFailure(error.text) }
    }

    private func say(_ wording: Wording) -> Reply { Reply(output: wording.text(in: language) + "\n") }

    private func tool(_ words: [String], in folder: String? = nil) throws(CommandFailure) {
        let outcome: Program.Outcome
        do throws(SystemError) { outcome = try Program.run(words, in: folder) } catch {
            throw CommandFailure(Catalogue.programFailed(words[0], error.reason))
        }
        guard outcome.isGood else { throw CommandFailure(Catalogue.programFailed(words[0], outcome.output.trimmed)) }
    }

    /// A new folder that only we may enter.
    private func scratch() throws(CommandFailure) -> String {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/apus-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandFailure(Catalogue.cannotWrite(base, SystemError("", code: errno).reason))
        }
        return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    // MARK: Packing

    private func pack(_ file: String) throws(CommandFailure) -> Reply {
        let ready = try said("backup", "prepare")
        guard ready.exitCode == 0 else { return ready }
        let folder = ready.output.trimmed
        defer { _ = try? said("backup", "done", folder) }
        let scratch = try scratch()
        defer { try? Files.removeTree(scratch) }
        let part = file + ".part"
        do throws(CommandFailure) {
            // Whoever restores it proves every file by these; `find` tells them in one order.
            let sums = "find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs -d '\\n' sha256sum > \"$1\""
            try tool(["sh", "-c", sums, "sh", scratch + "/SHA256SUMS"], in: folder)
            try tool(["tar", "--owner=0", "--group=0", "-cf", part, "-C", scratch, "SHA256SUMS", "-C", folder, "."])
        } catch {
            unlink(part)
            throw error
        }
        // It holds passwords.
        chmod(part, 0o600)
        do throws(SystemError) {
            try Files.move(part, to: file)
            return say(Catalogue.backedUp(file, bytes: try Files.readHead(file, count: 1).size))
        } catch { throw CommandFailure(Catalogue.cannotWrite(file, error.reason)) }
    }

    // MARK: Unpacking

    private func unpack(_ file: String, onlyChecks: Bool) throws(CommandFailure) -> Reply {
        let head: [UInt8]
        do throws(SystemError) { head = try Files.readHead(file, count: 512).bytes } catch {
            throw CommandFailure(Catalogue.cannotRead(file, error.reason))
        }
        // POSIX.1-2001: the magic of a tar archive.
        guard head.count == 512, head[257..<262].elementsEqual("ustar".utf8), head.starts(with: "SHA256SUMS".utf8) else {
            throw CommandFailure(Catalogue.notABackup(file))
        }
        guard onlyChecks || access(state, W_OK) == 0 else { throw CommandFailure(Catalogue.cannotRestoreInto(state)) }
        let folder = onlyChecks ? try scratch() : state + "/restore.new"
        defer { try? Files.removeTree(folder) }
        do throws(SystemError) {
            if !onlyChecks { try Files.removeTree(folder) }
            try Files.makeFolder(folder)
        } catch { throw CommandFailure(Catalogue.cannotWrite(folder, error.reason)) }
        let figures = try prove(file, in: folder)
        let whole = say(Catalogue.backupIsWhole(figures))
        return onlyChecks ? whole : try putInPlace(folder, whole.output)
    }

    /// Unpacks it into an empty folder, proves every file, and has an exchange open it; what is in it.
    private func prove(_ file: String, in folder: String) throws(CommandFailure) -> String {
        try tool(["tar", "--no-same-owner", "-xf", file, "-C", folder])
        do throws(CommandFailure) {
            try tool(["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"], in: folder)
        } catch { throw CommandFailure(Catalogue.backupDamaged(file, error.text.text(in: language))) }
        let (proof, text): (Program.Outcome, String)
        do throws(SystemError) {
            proof = try Program.run([Self.daemon, "--verify", folder])
            text = String(decoding: try Files.read(folder + "/configuration.txt"), as: UTF8.self)
        } catch { throw CommandFailure(Catalogue.backupDamaged(file, error.description)) }
        guard proof.isGood else { throw CommandFailure(Catalogue.backupDamaged(file, proof.output.trimmed)) }
        let lines = proof.output.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2, lines[1] == text else { throw CommandFailure(Catalogue.backupTextsDiffer) }
        return String(lines[0])
    }

    /// The one that belongs to this very program.
    private static var daemon: String {
        var path = [CChar](repeating: 0, count: Int(PATH_MAX))
        let length = readlink("/proc/self/exe", &path, path.count - 1)
        let own = String(decoding: path[..<max(0, length)].map(UInt8.init(bitPattern:)), as: UTF8.self)
        let beside = own.lastIndex(of: "/").map { own[...$0] + "apusd" } ?? ""
        return Files.exists(beside) ? beside : "apusd"
    }

    private func putInPlace(_ folder: String, _ told: String) throws(CommandFailure) -> Reply {
        for name in ["configuration.txt", "about.txt", "apus.db-wal", "apus.db-shm"] { unlink("\(folder)/\(name)") }
        try tool(["chown", "-R", "--reference=\(state)", folder])
        let ready = state + "/restore.ready"
        do throws(SystemError) {
            try Files.removeTree(ready)
            try Files.move(folder, to: ready)
            try Files.synchronizeFolder(of: ready)
        } catch { throw CommandFailure(Catalogue.cannotWrite(ready, error.reason)) }
        var reply = try said("restart")
        if reply.exitCode != 0 { reply.errors += Catalogue.restoreIsReady.text(in: language) + "\n" }
        reply.output = told + reply.output
        return reply
    }
}

extension String {
    /// Without line ends and spaces behind it.
    fileprivate var trimmed: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
