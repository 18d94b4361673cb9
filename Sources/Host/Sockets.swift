import CSys
import Glibc
import Telephony

extension csys_endpoint {
    /// No address: the kernel chooses.
    static let none = csys_endpoint()

    init(_ endpoint: Endpoint) {
        switch endpoint.address {
        case .v4(let word): self.init(high: 0, low: UInt64(word), port: endpoint.port, family: 4)
        case .v6(let high, let low): self.init(high: high, low: low, port: endpoint.port, family: 6)
        }
    }

    /// Nil for "none".
    var endpoint: Endpoint? {
        switch family {
        case 4: Endpoint(.v4(UInt32(truncatingIfNeeded: low)), port)
        case 6: Endpoint(.v6(high, low), port)
        default: nil
        }
    }
}

/// A datagram socket, non-blocking. May be read by one thread while another sends.
public final class UDPSocket: Sendable {
    private let descriptor: FileDescriptor
    /// What it is bound to; the port is the real one even if 0 was asked for.
    public let local: Endpoint

    /// Binds. With `reportsErrors` ICMP errors of sent datagrams wait for `receiveError`.
    /// Throws what the kernel refuses, naming the address.
    public init(bind local: Endpoint, reportsErrors: Bool = false) throws(SystemError) {
        var address = csys_endpoint(local)
        let number = try SystemError.check(csys_udp_open(&address, reportsErrors ? 1 : 0), "bind udp \(local)")
        descriptor = FileDescriptor(owning: number)
        try SystemError.check(csys_local_endpoint(number, &address), "getsockname")
        self.local = address.endpoint ?? local
    }

    /// Lets so many bytes of datagrams wait to be received, as far as the kernel allows; what is beyond is lost.
    public func holdBursts(of bytes: Int32) {
        var bytes = bytes
        setsockopt(descriptor.number, SOL_SOCKET, SO_RCVBUF, &bytes, socklen_t(MemoryLayout<Int32>.size))
    }

    /// For `EventLoop`.
    public var fileDescriptor: Int32 { descriptor.number }

    /// A received datagram's length and ends.
    public struct Arrival: Equatable, Sendable {
        /// Bytes that came; more than the buffer holds means that the rest was cut off.
        public var count: Int
        /// Who sent it.
        public var remote: Endpoint
        /// Which of our addresses it was sent to (never 0.0.0.0), and our port.
        public var local: Endpoint
    }

    /// The next datagram, written to `buffer`; nil if none waits. Throws what the kernel reports, ICMP errors included.
    public func receive(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Arrival? {
        var (remote, local) = (csys_endpoint(), csys_endpoint())
        let count = csys_receive(descriptor.number, buffer.baseAddress, buffer.count, &remote, &local)
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return nil }
        try SystemError.check(count, "receive")
        local.port = self.local.port
        guard let remote = remote.endpoint else { return nil }
        return Arrival(count: count, remote: remote, local: local.endpoint ?? self.local)
    }

    /// Sends one datagram, from the address `source` (nil: the kernel chooses). Throws what the kernel refuses at once.
    public func send(_ bytes: UnsafeRawBufferPointer, to remote: Endpoint, from source: IPAddress? = nil) throws(SystemError) {
        try SystemError.check(transmit(bytes, to: remote, from: source), "send to \(remote)")
    }

    /// Sends one datagram, from the address `source` (nil: the kernel chooses). Throws what the kernel refuses at once.
    public func send(_ bytes: [UInt8], to remote: Endpoint, from source: IPAddress? = nil) throws(SystemError) {
        try SystemError.check(bytes.withUnsafeBytes { transmit($0, to: remote, from: source) }, "send to \(remote)")
    }

    private func transmit(_ bytes: UnsafeRawBufferPointer, to remote: Endpoint, from source: IPAddress?) -> Int {
        var to = csys_endpoint(remote)
        var from = source.flatMap { $0.isUnspecified ? nil : csys_endpoint(Endpoint($0, 0)) } ?? .none
        return csys_send(descriptor.number, bytes.baseAddress, bytes.count, &to, &from)
    }

    /// The next ICMP error: where the datagram had gone, how many of its bytes came back into `buffer`, and why.
    /// Nil if none waits.
    public func receiveError(
        into buffer: UnsafeMutableRawBufferPointer
    ) -> (remote: Endpoint, quoted: Int, error: SystemError)? {
        var (remote, code) = (csys_endpoint(), Int32(0))
        let count = csys_receive_error(descriptor.number, buffer.baseAddress, buffer.count, &remote, &code)
        guard count >= 0, let endpoint = remote.endpoint else { return nil }
        return (endpoint, min(count, buffer.count), SystemError("send to \(endpoint)", code: code))
    }
}

/// A listening stream socket, TCP or Unix.
public final class StreamListener: Sendable {
    private let descriptor: FileDescriptor
    /// What it is bound to; nil for a Unix socket.
    public let local: Endpoint?
    private static let backlog: Int32 = 64

    /// Listens on TCP (SO_REUSEADDR, so that a restart need not wait). Throws what the kernel refuses, naming the address.
    public init(tcp local: Endpoint) throws(SystemError) {
        var address = csys_endpoint(local)
        let number = try SystemError.check(csys_tcp_listen(&address, Self.backlog), "bind tcp \(local)")
        descriptor = FileDescriptor(owning: number)
        try SystemError.check(csys_local_endpoint(number, &address), "getsockname")
        self.local = address.endpoint ?? local
    }

    /// Listens on a Unix socket that owner and group may use (0660); a file left there by a dead process is removed.
    /// Throws what the kernel refuses.
    public init(unix path: String) throws(SystemError) {
        unlink(path)
        let number = try SystemError.check(csys_unix_listen(path, 0o660, Self.backlog), "bind \(path)")
        descriptor = FileDescriptor(owning: number)
        local = nil
    }

    /// For `EventLoop`.
    public var fileDescriptor: Int32 { descriptor.number }

    /// The next connection; nil if none waits. Throws where the process has no descriptor left.
    public func accept() throws(SystemError) -> StreamSocket? {
        var remote = csys_endpoint()
        let number = csys_accept(descriptor.number, &remote)
        if [EAGAIN, EINTR, ECONNABORTED].contains(-number) { return nil }
        return StreamSocket(owning: try SystemError.check(number, "accept"), remote: remote.endpoint)
    }
}

/// The account behind a connection.
public struct Peer: Equatable, Sendable {
    /// Its name.
    public var name: String
    /// Whether it is root or our own: it can do everything anyway.
    public var isTrusted: Bool

    /// A peer from its parts.
    public init(name: String, isTrusted: Bool) { (self.name, self.isTrusted) = (name, isTrusted) }
}

/// A connected stream, TCP or Unix.
public final class StreamSocket: Sendable {
    private let descriptor: FileDescriptor
    /// The far end; nil for a Unix socket.
    public let remote: Endpoint?

    init(owning number: Int32, remote: Endpoint?) {
        descriptor = FileDescriptor(owning: number)
        self.remote = remote
    }

    /// Begins to connect from the address `source` (nil: the kernel chooses), non-blocking: writable when it is done,
    /// then `pendingError` tells how. Throws what the kernel refuses at once.
    public init(connectTo remote: Endpoint, from source: IPAddress? = nil) throws(SystemError) {
        var to = csys_endpoint(remote)
        var from = source.flatMap { $0.isUnspecified ? nil : csys_endpoint(Endpoint($0, 0)) } ?? .none
        descriptor = FileDescriptor(owning: try SystemError.check(csys_tcp_connect(&to, &from), "connect to \(remote)"))
        self.remote = remote
    }

    /// Connects to a Unix socket; reads and writes wait. Throws where nobody listens.
    public init(unix path: String) throws(SystemError) {
        descriptor = FileDescriptor(owning: try SystemError.check(csys_unix_connect(path), "connect to \(path)"))
        remote = nil
    }

    /// For `EventLoop`.
    public var fileDescriptor: Int32 { descriptor.number }

    /// Our end; nil for a Unix socket, or before the connection is made.
    public var local: Endpoint? {
        var address = csys_endpoint()
        return csys_local_endpoint(descriptor.number, &address) == 0 ? address.endpoint : nil
    }

    /// Who connected, on a Unix socket; nil where the kernel does not tell.
    public var peer: Peer? {
        var user: UInt32 = 0
        var name = [CChar](repeating: 0, count: 256)
        guard csys_peer(descriptor.number, &user, &name, name.count) == 0 else { return nil }
        let text = String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return Peer(name: text.isEmpty ? "uid \(user)" : text, isTrusted: user == 0 || user == geteuid())
    }

    /// The error that waits on the socket, taken off it; nil for none.
    public func pendingError() -> SystemError? {
        let code = csys_socket_error(descriptor.number)
        return code == 0 ? nil : SystemError("connect", code: code)
    }

    /// Reads what is there: the count, 0 at the end of the stream, nil if nothing waits. Throws when the connection broke.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int? {
        let count = Glibc.read(descriptor.number, buffer.baseAddress, buffer.count)
        if count < 0 && (errno == EAGAIN || errno == EINTR) { return nil }
        return try SystemError.checkErrno(count, "read")
    }

    /// Writes as much as fits: the count, possibly 0. Throws when the connection broke; never raises SIGPIPE.
    public func write(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        let count = bytes.withUnsafeBytes { csys_write(descriptor.number, $0.baseAddress, $0.count) }
        if count == -Int(EAGAIN) || count == -Int(EINTR) { return 0 }
        return try SystemError.check(count, "write")
    }

    /// Makes an accepted socket wait in reads and writes, but never longer than `limit` for one of them. Throws where the
    /// kernel refuses.
    public func wait(atMost limit: Duration) throws(SystemError) {
        let flags = fcntl(descriptor.number, F_GETFL)
        try SystemError.checkErrno(Int(fcntl(descriptor.number, F_SETFL, flags & ~O_NONBLOCK)), "fcntl")
        var time = timeval(tv_sec: Int(limit.milliseconds / 1000), tv_usec: Int(limit.milliseconds % 1000) * 1000)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            let result = setsockopt(descriptor.number, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
            try SystemError.checkErrno(Int(result), "setsockopt")
        }
    }

    /// Reads exactly `count` bytes from a waiting (Unix) socket; nil where the stream ends before. Throws when it broke.
    public func readExactly(_ count: Int) throws(SystemError) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor.number, $0.baseAddress! + filled, count - filled) }
            if got < 0 && errno == EINTR { continue }
            if try SystemError.checkErrno(got, "read") == 0 { return nil }
            filled += got
        }
        return bytes
    }

    /// Writes everything to a waiting (Unix) socket. Throws when it broke.
    public func writeAll(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { csys_write(descriptor.number, $0.baseAddress, $0.count) }
            if sent == -Int(EINTR) { continue }
            rest = rest.dropFirst(try SystemError.check(sent, "write"))
        }
    }
}
