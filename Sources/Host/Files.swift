import Glibc

/// What is done to whole files.
public enum Files {
    /// Writes a file so that after a power cut either the old or the new content is there, never a mixture:
    /// temporary file, fsync, rename, fsync of the folder. Throws what the kernel refuses; the old file stays then.
    public static func writeAtomically(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(SystemError) {
        let temporary = path + ".new"
        do throws(SystemError) {
            let number = try SystemError.checkErrno(
                open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode), "open \(temporary)")
            let file = FileDescriptor(owning: number)
            try writeAll(bytes, to: file.number, path: temporary)
            try SystemError.checkErrno(fsync(file.number), "fsync \(temporary)")
            try SystemError.checkErrno(rename(temporary, path), "rename \(temporary)")
            try synchronizeFolder(of: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Makes names that were created, renamed or removed in a file's folder durable. Throws what the kernel refuses.
    public static func synchronizeFolder(of path: String) throws(SystemError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let number = try SystemError.checkErrno(open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), "open \(folder)")
        let directory = FileDescriptor(owning: number)
        try SystemError.checkErrno(fsync(directory.number), "fsync \(folder)")
    }

    /// A whole file, at most `limit` bytes. Throws where it cannot be read, EFBIG where it is longer.
    public static func read(_ path: String, limit: Int = 16 << 20) throws(SystemError) -> [UInt8] {
        let number = try SystemError.checkErrno(open(path, O_RDONLY | O_CLOEXEC), "open \(path)")
        let file = FileDescriptor(owning: number)
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = try SystemError.checkErrno(
                chunk.withUnsafeMutableBytes { Glibc.read(file.number, $0.baseAddress, $0.count) }, "read \(path)")
            if count == 0 { return bytes }
            guard bytes.count + count <= limit else { throw SystemError("read \(path)", code: EFBIG) }
            bytes += chunk[..<count]
        }
    }

    /// At most the first `count` bytes of a file, and how many it has. Throws where it cannot be read.
    public static func readHead(_ path: String, count: Int) throws(SystemError) -> (bytes: [UInt8], size: Int) {
        let number = try SystemError.checkErrno(open(path, O_RDONLY | O_CLOEXEC), "open \(path)")
        let file = FileDescriptor(owning: number)
        var status = stat()
        try SystemError.checkErrno(fstat(file.number, &status), "stat \(path)")
        var bytes = [UInt8](repeating: 0, count: count)
        let length = try SystemError.checkErrno(
            bytes.withUnsafeMutableBytes { pread(file.number, $0.baseAddress, $0.count, 0) }, "read \(path)")
        return (Array(bytes[..<length]), Int(status.st_size))
    }

    /// Writes into a file that is there, as the kernel's own files want it: nothing is made, moved or kept. Throws what it refuses.
    public static func overwrite(_ bytes: [UInt8], in path: String) throws(SystemError) {
        let number = try SystemError.checkErrno(open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), "open \(path)")
        let file = FileDescriptor(owning: number)
        try writeAll(bytes, to: file.number, path: path)
    }

    /// Whether there is anything under this name.
    public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Removes a file for good; one that is not there is none. Throws what the kernel refuses.
    public static func remove(_ path: String) throws(SystemError) {
        if unlink(path) < 0 && errno != ENOENT { throw SystemError("unlink \(path)", code: errno) }
        try synchronizeFolder(of: path)
    }

    /// Makes a folder and the folders above it where they are missing. Throws what the kernel refuses.
    public static func makeFolder(_ path: String, mode: UInt32 = 0o750) throws(SystemError) {
        if exists(path) { return }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try makeFolder(String(path[..<slash]), mode: mode) }
        if mkdir(path, mode) < 0 && errno != EEXIST { throw SystemError("mkdir \(path)", code: errno) }
    }

    /// Names in a folder, sorted, without `.` and `..`. Throws where not all of them can be read.
    public static func names(in folder: String) throws(SystemError) -> [String] {
        guard let directory = opendir(folder) else { throw SystemError("open \(folder)", code: errno) }
        defer { closedir(directory) }
        var names: [String] = []
        while true {
            // Only so the end differs from a fault.
            errno = 0
            guard let entry = readdir(directory) else { break }
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if name != "." && name != ".." { names.append(name) }
        }
        if errno != 0 { throw SystemError("read \(folder)", code: errno) }
        return names.sorted()
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32, path: String) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            rest = rest.dropFirst(try SystemError.checkErrno(count, "write \(path)"))
        }
    }
}

/// A lock file that one process at a time holds, until it lets the value go or dies.
public struct FileLock: ~Copyable, Sendable {
    private let file: FileDescriptor

    /// Takes the lock, making the file where it is missing. Nil where another process holds it; throws where the
    /// file cannot be opened (a read-only folder).
    public static func take(_ path: String) throws(SystemError) -> FileLock? {
        let number = try SystemError.checkErrno(open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o640), "open \(path)")
        let file = FileDescriptor(owning: number)
        guard flock(file.number, LOCK_EX | LOCK_NB) == 0 else { return nil }
        return FileLock(file: file)
    }
}
