import Glibc

/// Gives root's rights up for good and has those of whoever owns `path` from now on; nothing for anybody but root, and where root
/// owns it. Throws where the kernel refuses: then nothing may be done any more.
public func dropRoot(toOwnerOf path: String) throws(SystemError) {
    guard geteuid() == 0 else { return }
    var status = stat()
    try SystemError.checkErrno(stat(path, &status), "stat \(path)")
    guard status.st_uid != 0 else { return }
    // The user last: without root nobody leaves a group.
    try SystemError.checkErrno(setgroups(0, nil), "setgroups")
    try SystemError.checkErrno(setgid(status.st_gid), "setgid")
    try SystemError.checkErrno(setuid(status.st_uid), "setuid")
}
