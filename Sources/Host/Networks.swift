import CSys
import Telephony

/// More addresses than any office box has.
private let maxInterfaces = 64

/// Our own addresses as they are now. The preferred one is the source of a packet to the wide world; none is sent.
public func localNetworks() -> LocalNetworks {
    var list = [csys_interface](repeating: csys_interface(), count: maxInterfaces)
    let count = max(0, csys_interfaces(&list, Int32(maxInterfaces)))
    let interfaces = list.prefix(Int(count)).compactMap { entry in
        entry.address.endpoint.map { LocalNetworks.Interface($0.address, prefixLength: Int(entry.prefix_length)) }
    }
    // 192.0.2.1 and 2001:db8::1 are documentation addresses (RFC 5737, RFC 3849): routed by the default route if there is one.
    let probes = [Endpoint(.v4(0xC000_0201), 9), Endpoint(.v6(0x2001_0db8_0000_0000, 1), 9)]
    return LocalNetworks(interfaces: interfaces, preferred: probes.lazy.compactMap(source(towards:)).first)
}

private func source(towards remote: Endpoint) -> IPAddress? {
    var (to, from) = (csys_endpoint(remote), csys_endpoint())
    guard csys_source_for(&to, &from) == 0 else { return nil }
    return from.endpoint?.address
}

/// UDP and TCP ports that the kernel hands out to whoever asks for none in particular; nil where it does not say.
public func passingPorts() -> ClosedRange<UInt16>? {
    guard let bytes = try? Files.read("/proc/sys/net/ipv4/ip_local_port_range", limit: 100) else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { UInt16($0) }
    return words.count == 2 && words[0] <= words[1] ? words[0]...words[1] : nil
}
