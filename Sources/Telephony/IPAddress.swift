/// An IP address as a value.
public enum IPAddress: Hashable, Sendable, CustomStringConvertible {
    /// Four bytes, the first in the highest bits.
    case v4(UInt32)
    /// Sixteen bytes as two words, the first in the highest bits.
    case v6(UInt64, UInt64)

    /// 127.0.0.1.
    public static let loopback = IPAddress.v4(0x7F00_0001)
    /// 0.0.0.0: "any" when listening; in SDP the hold of RFC 2543.
    public static let any = IPAddress.v4(0)

    /// Parses dotted decimal or RFC 4291 text, with or without brackets; nil for anything else (names included).
    public init?(_ text: some StringProtocol) {
        var text = Substring(text)
        if text.hasPrefix("["), text.hasSuffix("]") { text = text.dropFirst().dropLast() }
        if text.contains(":") {
            guard let words = Self.parseV6(text) else { return nil }
            self = .v6(words.0, words.1)
        } else {
            guard let word = Self.parseV4(text) else { return nil }
            self = .v4(word)
        }
    }

    private static func parseV4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var word: UInt32 = 0
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }), let byte = UInt8(part)
            else { return nil }
            word = word << 8 | UInt32(byte)
        }
        return word
    }

    private static func parseV6(_ text: Substring) -> (UInt64, UInt64)? {
        guard text.utf8.count <= 45 else { return nil }
        var halves: [[UInt16]] = [[]]
        var rest = text
        if rest.hasPrefix("::") {
            halves.append([])
            rest = rest.dropFirst(2)
        }
        while !rest.isEmpty {
            let end = rest.firstIndex(of: ":") ?? rest.endIndex
            let group = rest[..<end]
            if group.contains(".") {
                guard end == rest.endIndex, let word = parseV4(group) else { return nil }
                halves[halves.count - 1] += [UInt16(word >> 16), UInt16(word & 0xFFFF)]
                break
            }
            guard (1...4).contains(group.utf8.count), let value = UInt16(group, radix: 16) else { return nil }
            halves[halves.count - 1].append(value)
            rest = rest[end...]
            if rest.hasPrefix("::") {
                guard halves.count == 1 else { return nil }
                halves.append([])
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix(":") {
                rest = rest.dropFirst()
                guard !rest.isEmpty else { return nil }
            }
        }
        let count = halves.reduce(0) { $0 + $1.count }
        guard halves.count == 1 ? count == 8 : count < 8 else { return nil }
        let groups = halves[0] + Array(repeating: 0, count: 8 - count) + (halves.count > 1 ? halves[1] : [])
        let words = groups.map(UInt64.init)
        return (
            words[0] << 48 | words[1] << 32 | words[2] << 16 | words[3],
            words[4] << 48 | words[5] << 32 | words[6] << 16 | words[7]
        )
    }

    /// Dotted decimal, or hexadecimal groups with the longest run of zeros left out (RFC 5952), without brackets.
    public var description: String {
        switch self {
        case .v4(let word):
            return "\(word >> 24).\(word >> 16 & 255).\(word >> 8 & 255).\(word & 255)"
        case .v6(let high, let low):
            let groups = [high, low].flatMap { word in [48, 32, 16, 0].map { UInt16(truncatingIfNeeded: word >> $0) } }
            var best = 0..<0
            var index = 0
            while index < 8 {
                let end = groups[index...].firstIndex { $0 != 0 } ?? 8
                if end - index > max(1, best.count) { best = index..<end }
                index = max(end, index + 1)
            }
            let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
            return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
        }
    }

    /// As a URI or SDP-free host writes it: IPv6 in brackets.
    public var host: String {
        switch self {
        case .v4: description
        case .v6: "[\(description)]"
        }
    }

    /// "IP4" or "IP6", as SDP's address type.
    public var sdpType: String {
        switch self {
        case .v4: "IP4"
        case .v6: "IP6"
        }
    }

    /// Whether the internet does not route it: RFC 1918, 6598 (an operator's NAT), 3927 and 5735; RFC 4193 and 4291 for IPv6.
    public var isPrivate: Bool {
        self == .v6(0, 1) || Self.privateNetworks.contains { network, length in shares(length, with: network) }
    }

    private static let privateNetworks: [(network: IPAddress, length: Int)] = [
        (.v4(0x0A00_0000), 8), (.v4(0xAC10_0000), 12), (.v4(0xC0A8_0000), 16), (.v4(0x6440_0000), 10), (.v4(0xA9FE_0000), 16),
        (.v4(0x7F00_0000), 8), (.v6(0xFC00_0000_0000_0000, 0), 7), (.v6(0xFE80_0000_0000_0000, 0), 10),
    ]

    /// All bits zero: not an address anybody can be reached at.
    public var isUnspecified: Bool { self == .v4(0) || self == .v6(0, 0) }
}

/// An address and a port.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
    /// Where.
    public var address: IPAddress
    /// The UDP or TCP port.
    public var port: UInt16

    /// An endpoint from its parts.
    public init(_ address: IPAddress, _ port: UInt16) { (self.address, self.port) = (address, port) }

    /// Parses `127.0.0.1:5060` or `[::1]:5060`; nil without a port.
    public init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":"), let address = IPAddress(text[..<colon]),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        self.init(address, port)
    }

    /// `address:port`, IPv6 in brackets.
    public var description: String { "\(address.host):\(port)" }
}

/// What carries SIP.
public enum TransportKind: String, Hashable, Sendable, CaseIterable {
    case udp, tcp

    /// As a Via header names it.
    public var viaName: String { rawValue.uppercased() }
}

/// The way a SIP message came or shall go: the pair of endpoints and, for a stream, its connection.
public struct Flow: Hashable, Sendable {
    /// UDP or TCP.
    public var transport: TransportKind
    /// Our end: the address that the far end reached, the port that we listen on.
    public var local: Endpoint
    /// The far end.
    public var remote: Endpoint
    /// The stream, counted by the transport; nil for UDP, or for a stream that the transport may open.
    public var connection: Int?

    /// A flow from its parts.
    public init(_ transport: TransportKind, local: Endpoint, remote: Endpoint, connection: Int? = nil) {
        (self.transport, self.local, self.remote, self.connection) = (transport, local, remote, connection)
    }
}

/// Which of our own addresses faces which part of the world: the shell tells, the core asks.
public struct LocalNetworks: Equatable, Sendable {
    /// One of our addresses and the length of its network's prefix in bits.
    public struct Interface: Equatable, Sendable {
        /// Our address there.
        public var address: IPAddress
        /// Leading bits that all neighbours share.
        public var prefixLength: Int
        /// An interface from its parts.
        public init(_ address: IPAddress, prefixLength: Int) { (self.address, self.prefixLength) = (address, prefixLength) }
    }

    /// Every address the box has.
    public var interfaces: [Interface]
    /// The address on the way to the default router, if there is one.
    public var preferred: IPAddress?

    /// Networks from their parts.
    public init(interfaces: [Interface] = [], preferred: IPAddress? = nil) {
        (self.interfaces, self.preferred) = (interfaces, preferred)
    }

    /// Our address as `remote` sees it: on its own network (the longest prefix wins), else the preferred one, else loopback.
    public func source(for remote: IPAddress) -> IPAddress {
        let near = interfaces.filter { $0.address.shares($0.prefixLength, with: remote) }.max {
            $0.prefixLength < $1.prefixLength
        }
        return near?.address ?? preferred ?? interfaces.first?.address ?? .loopback
    }
}

extension IPAddress {
    /// Whether the first `bits` bits are the same; never for different families.
    public func shares(_ bits: Int, with other: IPAddress) -> Bool {
        switch (self, other) {
        case (.v4(let left), .v4(let right)):
            return bits <= 0 || (left ^ right) >> (32 - min(bits, 32)) == 0
        case (.v6(let leftHigh, let leftLow), .v6(let rightHigh, let rightLow)):
            if bits <= 0 { return true }
            if bits <= 64 { return (leftHigh ^ rightHigh) >> (64 - bits) == 0 }
            return leftHigh == rightHigh && (leftLow ^ rightLow) >> (128 - min(bits, 128)) == 0
        case (.v4, .v6), (.v6, .v4):
            return false
        }
    }
}
