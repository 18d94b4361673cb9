import Glibc
import Host
import Signalling
import Telephony
import Testing

@testable import SIPTransport

/// A transport on its own loop, with what it told.
private final class Bench {
    let loop: EventLoop
    var transport: SIPTransport!
    var facts: [SIPTransport.Fact] = []

    init(_ listen: [SIPSettings.Listener], limits: TransportLimits = TransportLimits()) throws {
        loop = try EventLoop()
        transport = try SIPTransport(listen: listen, loop: loop, limits: limits) { [unowned self] in facts.append($0) }
    }

    func endpoint(_ kind: TransportKind) -> Endpoint { transport.listeners.first { $0.transport == kind }!.endpoint }

    /// Turns until `count` facts are told; gives up after five seconds.
    func turn(until count: Int) {
        turn { facts.count >= count }
    }

    func turn(until isDone: () -> Bool) {
        let end = Instant.now + .seconds(5)
        while !isDone(), .now < end {
            let next = min(transport.deadline ?? end, .now + .milliseconds(50))
            loop.turn(deadline: next) { transport.wake(at: .now) }
        }
    }

    static let any = Endpoint(.loopback, 0)
}

/// A blocking TCP phone.
private final class Phone {
    let socket: StreamSocket

    init(_ remote: Endpoint) throws { socket = try StreamSocket(connectTo: remote) }

    func write(_ text: String) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty { rest = rest.dropFirst(try socket.write(rest)) }
    }

    func read() throws -> String? {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        let count = try bytes.withUnsafeMutableBytes { try socket.read(into: $0) }
        return count.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    }
}

@Suite struct Sockets {
    private static let message = parsed(request())!

    @Test("UDP on 0.0.0.0 learns which address was reached and answers from it")
    func localAddress() throws {
        let bench = try Bench([SIPSettings.Listener(.udp, Endpoint(.any, 0))])
        let port = bench.endpoint(.udp).port
        let phone = try UDPSocket(bind: Bench.any)
        let other = IPAddress.v4(0x7F00_0002)
        try phone.send(Array(request().utf8), to: Endpoint(other, port))
        bench.turn(until: 1)
        let flow = Flow(.udp, local: Endpoint(other, port), remote: phone.local)
        #expect(bench.facts == [.received(Self.message, flow)])
        bench.transport.send(Self.message, flow)
        var buffer = [UInt8](repeating: 0, count: 4096)
        let arrival = try buffer.withUnsafeMutableBytes { try phone.receive(into: $0) }
        #expect(arrival?.remote == flow.local)
        #expect(
            buffer.prefix(arrival?.count ?? 0).withUnsafeBytes { MessageParser.parse(datagram: $0) } == .message(Self.message))
    }

    @Test("Where nobody listens, the message comes back as failed; the next ones to others go")
    func refused() throws {
        let bench = try Bench([SIPSettings.Listener(.udp, Bench.any)])
        let gone = try UDPSocket(bind: Bench.any).local
        let phone = try UDPSocket(bind: Bench.any)
        let (dead, alive) = (
            Flow(.udp, local: bench.endpoint(.udp), remote: gone), Flow(.udp, local: bench.endpoint(.udp), remote: phone.local)
        )
        bench.transport.send(Self.message, dead)
        bench.transport.send(Self.message, alive)
        bench.turn(until: 1)
        #expect(bench.facts == [.sendFailed(Self.message, dead)])
        var buffer = [UInt8](repeating: 0, count: 4096)
        #expect(try buffer.withUnsafeMutableBytes { try phone.receive(into: $0) } != nil)
    }

    @Test("A broken request is answered from the socket, a keep-alive is counted, noise is neither")
    func brokenDatagrams() throws {
        let bench = try Bench([SIPSettings.Listener(.udp, Bench.any)])
        let phone = try UDPSocket(bind: Bench.any)
        for text in [request(length: "l: -1"), "\r\n\r\n", "\0\0\0\0", "hello", request()] {
            try phone.send(Array(text.utf8), to: bench.endpoint(.udp))
        }
        bench.turn(until: 1)
        #expect(bench.facts.count == 1)
        #expect(bench.transport.counters.refused == [.contentLength: 1, .notSIP: 1])
        #expect((bench.transport.counters.keepAlives, bench.transport.counters.answered) == (2, 1))
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = try buffer.withUnsafeMutableBytes { try phone.receive(into: $0) }?.count ?? 0
        #expect(String(decoding: buffer[..<count], as: UTF8.self).hasPrefix("SIP/2.0 400 "))
    }

    @Test("Answers to broken requests are withheld above the limit")
    func answerLimit() throws {
        var limits = TransportLimits()
        limits.answersPerSecond = 0
        let bench = try Bench([SIPSettings.Listener(.udp, Bench.any)], limits: limits)
        let phone = try UDPSocket(bind: Bench.any)
        try phone.send(Array(request(length: "l: -1").utf8), to: bench.endpoint(.udp))
        bench.turn { bench.transport.counters.unanswered == 1 }
        #expect((bench.transport.counters.unanswered, bench.transport.counters.answered) == (1, 0))
    }

    @Test("IPv6 too")
    func version6() throws {
        let bench = try Bench([SIPSettings.Listener(.udp, Endpoint(.v6(0, 1), 0))])
        let phone = try UDPSocket(bind: Endpoint(.v6(0, 1), 0))
        try phone.send(Array(request().utf8), to: bench.endpoint(.udp))
        bench.turn(until: 1)
        #expect(bench.facts == [.received(Self.message, Flow(.udp, local: bench.endpoint(.udp), remote: phone.local))])
    }

    @Test("A taken port is named in the error")
    func portInUse() throws {
        let bench = try Bench([SIPSettings.Listener(.udp, Bench.any)])
        let taken = bench.endpoint(.udp)
        do {
            _ = try Bench([SIPSettings.Listener(.tcp, Bench.any), SIPSettings.Listener(.udp, taken)])
            Issue.record("bound twice")
        } catch let error as SystemError {
            #expect(error.isAddressInUse)
            #expect(error.operation.contains("\(taken)"))
        }
    }

    @Test("TCP: accepted, answered on the same stream, keep-alive echoed, end told")
    func stream() throws {
        let bench = try Bench([SIPSettings.Listener(.tcp, Bench.any)])
        let phone = try Phone(bench.endpoint(.tcp))
        try phone.write("\r\n\r\n" + request() + request())
        bench.turn(until: 2)
        guard case .received(Self.message, let flow) = bench.facts.first else {
            Issue.record("\(bench.facts)")
            return
        }
        #expect(bench.facts == [.received(Self.message, flow), .received(Self.message, flow)])
        #expect((flow.local, flow.remote, flow.connection) == (bench.endpoint(.tcp), phone.socket.local, 1))
        bench.transport.send(Self.message, flow)
        var text = ""
        bench.turn {
            text += (try? phone.read()) ?? ""
            return text.hasSuffix("\r\n\r\n")
        }
        #expect(text.hasPrefix("\r\nOPTIONS "))
        #expect(parsed(text) == Self.message)
        shutdown(phone.socket.fileDescriptor, Int32(SHUT_WR))
        bench.turn(until: 3)
        #expect(bench.facts.last == .disconnected(flow))
    }

    @Test("TCP: opened for a flow, reused for the next message, both ways")
    func opened() throws {
        let bench = try Bench([SIPSettings.Listener(.tcp, Bench.any)])
        let far = try Bench([SIPSettings.Listener(.tcp, Bench.any)])
        let flow = Flow(.tcp, local: bench.endpoint(.tcp), remote: far.endpoint(.tcp))
        bench.transport.send(Self.message, flow)
        bench.transport.send(Self.message, flow)
        far.turn {
            bench.loop.turn(deadline: .now)
            return far.facts.count == 2
        }
        #expect(bench.transport.counters.opened == 1)
        guard case .received(_, let back) = far.facts.first else {
            Issue.record("nothing came")
            return
        }
        far.transport.send(Self.message, back)
        far.loop.turn(deadline: .now)
        bench.turn(until: 1)
        #expect(bench.facts.count == 1)
    }

    @Test("TCP: nobody there, and a stream that was closed meanwhile")
    func unreachable() throws {
        let bench = try Bench([SIPSettings.Listener(.tcp, Bench.any)])
        let gone = try #require(try StreamListener(tcp: Bench.any).local)
        let flow = Flow(.tcp, local: bench.endpoint(.tcp), remote: gone, connection: 77)
        bench.transport.send(Self.message, flow)
        bench.turn(until: 2)
        #expect(bench.facts.first == .sendFailed(Self.message, flow))
    }

    @Test("TCP: a message that never ends, silence, and too many streams")
    func limits() throws {
        var limits = TransportLimits()
        (limits.messageTime, limits.firstMessageTime, limits.streamsPerAddress) = (.zero, .zero, 2)
        let bench = try Bench([SIPSettings.Listener(.tcp, Bench.any)], limits: limits)
        let phones = [try Phone(bench.endpoint(.tcp)), try Phone(bench.endpoint(.tcp)), try Phone(bench.endpoint(.tcp))]
        try phones[0].write("OPTIONS sip:a")
        bench.turn { bench.transport.counters.turnedAway == 1 }
        bench.turn(until: 2)
        let counters = bench.transport.counters
        #expect((counters.accepted, counters.turnedAway, counters.closedSlow, counters.closedIdle) == (2, 1, 1, 1))
        #expect(bench.facts.count == 2)
    }

    @Test("TCP: framing lost is answered, then closed")
    func lost() throws {
        let bench = try Bench([SIPSettings.Listener(.tcp, Bench.any)])
        let phone = try Phone(bench.endpoint(.tcp))
        try phone.write(request(length: "l: -5") + request())
        bench.turn(until: 1)
        guard case .disconnected = bench.facts.first else {
            Issue.record("\(bench.facts)")
            return
        }
        #expect(try phone.read()?.hasPrefix("SIP/2.0 400 ") == true)
        #expect(bench.transport.counters.closedBroken == 1)
    }
}
