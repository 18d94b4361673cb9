import CSys
import Glibc

/// A system call that failed: what was tried and why it did not go.
public struct SystemError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What was tried, with its object: `bind udp 127.0.0.1:5060`, `open /var/lib/apus/lock`.
    public var operation: String
    /// The errno.
    public var code: Int32

    /// An error from its parts.
    public init(_ operation: String, code: Int32) { (self.operation, self.code) = (operation, code) }

    /// The kernel's English words for the code.
    public var reason: String { String(cString: csys_error_text(code)) }
    /// What was tried, and the kernel's words.
    public var description: String { "\(operation): \(reason)" }

    /// Somebody else listens on this address and port.
    public var isAddressInUse: Bool { code == EADDRINUSE }
    /// The folder or file may not be written: read-only file system, or no permission.
    public var isWriteProtected: Bool { code == EROFS || code == EACCES || code == EPERM }
    /// Nothing is wrong, the kernel only has no room for it now.
    public var isTemporary: Bool { code == EAGAIN || code == ENOBUFS || code == EINTR }
    /// On a datagram socket: an ICMP error that an earlier datagram brought home.
    public var isAboutEarlierDatagram: Bool { [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, EPROTO].contains(code) }
    /// No room on the disk, or in the quota.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }

    /// Throws where a call of CSys returned a negative errno; else hands the result on.
    @discardableResult
    static func check<Result: SignedInteger>(_ result: Result, _ operation: @autoclosure () -> String) throws(SystemError)
        -> Result
    {
        if result < 0 { throw SystemError(operation(), code: Int32(-result)) }
        return result
    }

    /// Throws where a call of libc returned -1 and left its errno; else hands the result on.
    @discardableResult
    static func checkErrno<Result: SignedInteger>(
        _ result: Result, _ operation: @autoclosure () -> String
    ) throws(SystemError) -> Result {
        if result < 0 { throw SystemError(operation(), code: errno) }
        return result
    }
}

/// An open file, closed when its owner goes.
public struct FileDescriptor: ~Copyable, Sendable {
    /// The kernel's number, valid while this value lives.
    public let number: Int32

    /// Takes over an open descriptor.
    public init(owning number: Int32) { self.number = number }

    deinit { _ = close(number) }
}
