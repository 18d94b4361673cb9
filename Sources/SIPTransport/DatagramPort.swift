import DequeModule
import Host
import Signalling
import Telephony

/// One UDP listener: reads datagrams, sends them, and knows which one an ICMP error speaks of.
final class DatagramPort {
    private struct Remembered {
        var message: Message
        var flow: Flow
        var text: [UInt8]
    }

    /// What became of a send.
    enum Sending: Equatable { case sent, dropped, failed }

    let socket: UDPSocket
    private let limits: TransportLimits
    private var remembered: Deque<Remembered> = []
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: MessageParser.maxLength + 1, alignment: 16)

    /// Binds. Throws what the kernel refuses.
    init(_ local: Endpoint, limits: TransportLimits) throws(SystemError) {
        socket = try UDPSocket(bind: local, reportsErrors: true)
        socket.holdBursts(of: limits.burstBytes)
        self.limits = limits
    }

    deinit { buffer.deallocate() }

    /// Whether a message of this flow goes out here: the port is ours and the address too.
    func serves(_ local: Endpoint) -> Bool {
        socket.local.port == local.port && (socket.local.address == local.address || isWildcard(for: local.address))
    }

    /// Whether it could carry to this address at all.
    func isSameFamily(as address: IPAddress) -> Bool {
        switch (socket.local.address, address) {
        case (.v4, .v4), (.v6, .v6): true
        case (.v4, .v6), (.v6, .v4): false
        }
    }

    private func isWildcard(for address: IPAddress) -> Bool { socket.local.address.isUnspecified && isSameFamily(as: address) }

    /// Reads what waits, a fair share of it.
    func read(_ deliver: (UnsafeRawBufferPointer, _ length: Int, Flow) -> Void, failed: (Message, Flow) -> Void) {
        for _ in 0..<limits.datagramsPerTurn {
            do throws(SystemError) {
                guard let arrival = try socket.receive(into: buffer) else { return }
                let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<min(arrival.count, buffer.count)])
                deliver(bytes, arrival.count, Flow(.udp, local: arrival.local, remote: arrival.remote))
            } catch {
                // The kernel mentions a pending ICMP error once; its story waits in the error queue.
                readErrors(failed)
            }
        }
    }

    /// Takes ICMP errors (RFC 3261 §18.4) and tells which messages they are about.
    func readErrors(_ failed: (Message, Flow) -> Void) {
        while let (remote, quoted, _) = socket.receiveError(into: buffer) {
            let place = remembered.lastIndex { entry in
                entry.flow.remote == remote && quoted > 0
                    && entry.text.prefix(quoted).elementsEqual(buffer[..<min(quoted, entry.text.count)])
            }
            guard let place else { continue }
            let entry = remembered.remove(at: place)
            failed(entry.message, entry.flow)
        }
    }

    /// Sends one message from the address that the flow names.
    func send(_ message: Message, _ text: [UInt8], _ flow: Flow, failed: (Message, Flow) -> Void) -> Sending {
        let result = transmit(text, flow, failed: failed)
        if result == .sent {
            if remembered.count >= limits.rememberedDatagrams { remembered.removeFirst() }
            remembered.append(Remembered(message: message, flow: flow, text: text))
        }
        return result
    }

    /// Sends bytes that nobody asks after.
    func transmit(_ text: [UInt8], _ flow: Flow, failed: (Message, Flow) -> Void) -> Sending {
        for _ in 0..<2 {
            do throws(SystemError) {
                try socket.send(text, to: flow.remote, from: flow.local.address)
                return .sent
            } catch {
                if error.isTemporary { return .dropped }
                // An ICMP error of an earlier datagram, to whomever, is told by the next call: take it off and try again.
                guard error.isAboutEarlierDatagram else { return .failed }
                readErrors(failed)
            }
        }
        return .failed
    }
}
