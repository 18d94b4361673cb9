import Glibc
import Host
import Telephony

/// An address and port as the kernel takes them, either family, without references.
struct SocketAddress {
    private var storage = sockaddr_in6()
    private(set) var length: socklen_t = 0

    /// No address: nothing can be sent there.
    init() {}

    init(_ endpoint: Endpoint) {
        switch endpoint.address {
        case .v4(let word):
            withUnsafeMutableBytes(of: &storage) { bytes in
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = endpoint.port.bigEndian
                address.sin_addr.s_addr = word.bigEndian
                bytes.storeBytes(of: address, as: sockaddr_in.self)
            }
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
        case .v6(let high, let low):
            storage.sin6_family = sa_family_t(AF_INET6)
            storage.sin6_port = endpoint.port.bigEndian
            withUnsafeMutableBytes(of: &storage.sin6_addr) { bytes in
                bytes.storeBytes(of: high.bigEndian, as: UInt64.self)
                bytes.storeBytes(of: low.bigEndian, toByteOffset: 8, as: UInt64.self)
            }
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
        }
    }

    /// Whether it is an address at all.
    var isSet: Bool { length != 0 }

    /// Reads a datagram and keeps who sent it; the datagram's real length even where the buffer is shorter, negative for none.
    @inline(__always)
    mutating func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawPointer, capacity: Int) -> Int {
        withUnsafeMutablePointer(to: &storage) { pointer in
            var size = socklen_t(MemoryLayout<sockaddr_in6>.size)
            let count = pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                recvfrom(descriptor, buffer, capacity, Int32(MSG_DONTWAIT | MSG_TRUNC), $0, &size)
            }
            length = size
            return count
        }
    }

    /// Sends a datagram here; whether the kernel took it.
    @inline(__always)
    func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer, count: Int) -> Bool {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL), $0, length) == count
            }
        }
    }

    /// Binds a socket here; whether the kernel took it.
    func bind(_ descriptor: Int32) -> Bool {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.bind(descriptor, $0, length) == 0 }
        }
    }

    /// The same, comparable at once.
    @inline(__always)
    var packed: PackedEndpoint {
        withUnsafeBytes(of: storage) { bytes in
            let port = UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
            if Int32(storage.sin6_family) == AF_INET {
                let word = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
                return PackedEndpoint(address: PackedAddress(v4: word), port: port)
            }
            let high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            let low = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
            return PackedEndpoint(address: PackedAddress(high: high, low: low), port: port)
        }
    }
}

/// An IP address as two words, IPv4 mapped into IPv6 (RFC 4291 §2.5.5.2).
struct PackedAddress: Equatable {
    var high: UInt64, low: UInt64

    init(high: UInt64, low: UInt64) { (self.high, self.low) = (high, low) }
    init(v4 word: UInt32) { self.init(high: 0, low: 0xFFFF_0000_0000 | UInt64(word)) }
    init(_ address: IPAddress) {
        switch address {
        case .v4(let word): self.init(v4: word)
        case .v6(let high, let low): self.init(high: high, low: low)
        }
    }
}

/// An address and port, without references.
struct PackedEndpoint: Equatable {
    var address: PackedAddress, port: UInt16

    init(address: PackedAddress, port: UInt16) { (self.address, self.port) = (address, port) }
    init(_ endpoint: Endpoint) { self.init(address: PackedAddress(endpoint.address), port: endpoint.port) }
}

/// A non-blocking UDP socket bound at `local`, marked Expedited Forwarding (RFC 4594 §4.1).
func openVoiceSocket(_ local: Endpoint) -> Result<Int32, SystemError> {
    let family: Int32, level: Int32, option: Int32
    switch local.address {
    case .v4: (family, level, option) = (AF_INET, Int32(IPPROTO_IP), IP_TOS)
    case .v6: (family, level, option) = (AF_INET6, Int32(IPPROTO_IPV6), IPV6_TCLASS)
    }
    let type = Int32(SOCK_DGRAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, type, 0)
    guard descriptor >= 0 else { return .failure(SystemError("socket", code: errno)) }
    var expedited: Int32 = 0xB8, only: Int32 = 1
    setsockopt(descriptor, level, option, &expedited, socklen_t(MemoryLayout<Int32>.size))
    if family == AF_INET6 {
        setsockopt(descriptor, level, IPV6_V6ONLY, &only, socklen_t(MemoryLayout<Int32>.size))
    }
    guard SocketAddress(local).bind(descriptor) else {
        let error = SystemError("bind udp \(local)", code: errno)
        close(descriptor)
        return .failure(error)
    }
    return .success(descriptor)
}
