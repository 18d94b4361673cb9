import Glibc

/// What is done to whole folders.
extension Files {
    /// What a name is.
    private enum Kind { case folder, file, other }

    private static func kind(_ path: String) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { return .other }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: return .folder
        case S_IFREG: return .file
        default: return .other
        }
    }

    /// Names of the folders in a folder, and of its files; links and sockets are neither. Throws what the kernel refuses.
    public static func content(of folder: String) throws(SystemError) -> (folders: [String], files: [String]) {
        let names = try names(in: folder)
        return (
            names.filter { kind("\(folder)/\($0)") == .folder }, names.filter { kind("\(folder)/\($0)") == .file }
        )
    }

    /// Removes a folder and what is in it; one that is not there is none. Follows no links. Throws what the kernel refuses.
    public static func removeTree(_ folder: String) throws(SystemError) {
        guard kind(folder) == .folder else { return }
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            if kind(path) == .folder { try removeTree(path) } else { try SystemError.checkErrno(unlink(path), "unlink \(path)") }
        }
        try SystemError.checkErrno(rmdir(folder), "rmdir \(folder)")
    }

    /// Gives a file a second name. One that is gone meanwhile is passed over. Throws what the kernel refuses.
    public static func link(_ path: String, as other: String) throws(SystemError) {
        if Glibc.link(path, other) < 0 && errno != ENOENT { throw SystemError("link \(path)", code: errno) }
    }

    /// Gives a file or folder another name, instead of what has that name. Throws what the kernel refuses.
    public static func move(_ path: String, to other: String) throws(SystemError) {
        try SystemError.checkErrno(rename(path, other), "rename \(path)")
    }
}
