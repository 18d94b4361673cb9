import Host
import Signalling
import Telephony

/// SIP on the wire: listens on UDP and TCP, hands in whole messages, sends them the way a flow says. Belongs to the thread
/// that runs the loop; nothing in it locks. Facts are never told from within `send`: the caller is in the middle of something.
public final class SIPTransport {
    /// What happened on the wire.
    public enum Fact: Equatable, Sendable {
        /// A well-formed message came.
        case received(Message, Flow)
        /// A message could not be sent: nothing listens there, or the connection failed.
        case sendFailed(Message, Flow)
        /// A stream is closed.
        case disconnected(Flow)
        /// An INVITE came that is no message, and was refused.
        case broken(BrokenCall, Flow)
    }

    /// What has been seen so far.
    public internal(set) var counters = TransportCounters()
    /// Where it really listens, in the order given: port 0 is replaced by the one the kernel chose.
    public let listeners: [SIPSettings.Listener]

    let loop: EventLoop
    let limits: TransportLimits
    let deliver: (Fact) -> Void
    var streams: [Int: Entry] = [:]
    var lastConnection = 0
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    private var ports: [(port: DatagramPort, token: EventLoop.Token)] = []
    private var doors: [(listener: StreamListener, token: EventLoop.Token)] = []
    private var areDoorsShut = false
    private var undelivered: [Fact] = []
    private var nextSweep: Instant?
    private var answerSecond: Int64 = 0
    private var answersThisSecond = 0
    private var complaints: [MessageFault: Instant] = [:]

    /// A stream and its place in the loop.
    struct Entry {
        var stream: Stream
        var token: EventLoop.Token
    }

    /// How often overdue streams are looked for.
    private static let sweepInterval = Duration.seconds(1)
    /// How often one kind of fault may be logged.
    private static let complaintInterval = Duration.minutes(1)

    /// Binds every listener and watches them on `loop`. Throws `SystemError`, naming the address and why, where one cannot be
    /// bound (`isAddressInUse`: the port is taken); then none is.
    public init(
        listen: [SIPSettings.Listener], loop: EventLoop, limits: TransportLimits = TransportLimits(),
        deliver: @escaping (Fact) -> Void
    ) throws(SystemError) {
        (self.loop, self.limits, self.deliver) = (loop, limits, deliver)
        var (bound, sockets, streams): ([SIPSettings.Listener], [DatagramPort], [StreamListener]) = ([], [], [])
        for listener in listen {
            switch listener.transport {
            case .udp:
                let port = try DatagramPort(listener.endpoint, limits: limits)
                bound.append(SIPSettings.Listener(.udp, port.socket.local))
                sockets.append(port)
            case .tcp:
                let door = try StreamListener(tcp: listener.endpoint)
                bound.append(SIPSettings.Listener(.tcp, door.local ?? listener.endpoint))
                streams.append(door)
            }
        }
        listeners = bound
        for port in sockets {
            let token = try loop.add(port.socket.fileDescriptor, for: .readable) { [unowned self, unowned port] in read(port, $0)
            }
            ports.append((port, token))
        }
        for door in streams {
            let token = try loop.add(door.fileDescriptor, for: .readable) { [unowned self, unowned door] _ in accept(from: door) }
            doors.append((door, token))
        }
    }

    deinit {
        for (_, token) in ports { loop.remove(token) }
        for (_, token) in doors { loop.remove(token) }
        for entry in streams.values { loop.remove(entry.token) }
        buffer.deallocate()
    }

    /// Sends a message the way `flow` says. UDP: from the listener that has the flow's local port and address. TCP: on the
    /// flow's connection, else on an open one to the same far end, else on a new one. What fails is told later as `sendFailed`.
    public func send(_ message: Message, _ flow: Flow) {
        guard let text = MessagePrinter.print(message) else { return fail(message, flow) }
        switch flow.transport {
        case .udp:
            guard let port = port(for: flow) else { return fail(message, flow) }
            switch port.send(message, text, flow, failed: { fail($0, $1) }) {
            case .sent: counters.sent += 1
            case .dropped: counters.sendDropped += 1
            case .failed: fail(message, flow)
            }
        case .tcp:
            guard let stream = stream(for: flow), stream.enqueue(text, from: (message, flow)) else { return fail(message, flow) }
            counters.sent += 1
            flush(stream)
        }
    }

    /// When `wake` wants to be called; nil while nothing waits.
    public var deadline: Instant? { undelivered.isEmpty ? nextSweep : .zero }

    /// Tells what failed meanwhile, and closes streams whose time is up.
    public func wake(at now: Instant) {
        let facts = undelivered
        undelivered = []
        for fact in facts { deliver(fact) }
        guard let due = nextSweep, due <= now else { return }
        for entry in Array(streams.values) {
            switch entry.stream.overdue(at: now) {
            case .slow: counters.closedSlow += 1
            case .idle: counters.closedIdle += 1
            case nil: continue
            }
            close(entry.stream)
        }
        if areDoorsShut { openDoors() }
        nextSweep = streams.isEmpty ? nil : now + Self.sweepInterval
    }

    /// Starts to look after streams, if that is not done yet.
    func watchTime() {
        if nextSweep == nil { nextSweep = .now + Self.sweepInterval }
    }

    /// Accepts nothing until the next sweep.
    func shutDoors() {
        areDoorsShut = true
        for door in doors { try? loop.change(door.token, to: []) }
        watchTime()
    }

    private func openDoors() {
        areDoorsShut = false
        for door in doors { try? loop.change(door.token, to: .readable) }
    }

    /// A message did not get through; told at the next `wake`.
    func fail(_ message: Message, _ flow: Flow) {
        counters.sendFailed += 1
        undelivered.append(.sendFailed(message, flow))
    }

    /// A stream is gone; told at the next `wake`.
    func tellDisconnected(_ flow: Flow) { undelivered.append(.disconnected(flow)) }

    private func port(for flow: Flow) -> DatagramPort? {
        let usable = ports.lazy.map(\.port).filter { $0.isSameFamily(as: flow.remote.address) }
        return usable.first { $0.serves(flow.local) } ?? usable.first
    }

    private func read(_ port: DatagramPort, _ readiness: EventLoop.Readiness) {
        if readiness.contains(.failed) { port.readErrors { fail($0, $1) } }
        guard readiness.contains(.readable) else { return }
        port.read(
            { bytes, length, flow in
                if length <= 4, bytes.allSatisfy({ $0 == 13 || $0 == 10 || $0 == 0 }) {
                    counters.keepAlives += 1
                } else {
                    handle(MessageParser.parse(datagram: bytes), flow) { [unowned self] answer in
                        _ = port.transmit(answer, flow) { self.fail($0, $1) }
                    }
                }
            }, failed: { fail($0, $1) })
    }

    /// Hands a good message in; counts a bad one, answers it within bounds, and mentions its kind once a minute.
    func handle(_ outcome: MessageParser.Outcome, _ flow: Flow, answer: ([UInt8]) -> Void) {
        switch outcome {
        case .message(let message):
            counters.received += 1
            deliver(.received(message, flow))
        case .refused(let fault, let text, let call):
            complain(fault, flow)
            guard let text else { return }
            let second = Instant.now.nanoseconds / 1_000_000_000
            if second != answerSecond { (answerSecond, answersThisSecond) = (second, 0) }
            guard answersThisSecond < limits.answersPerSecond else {
                counters.unanswered += 1
                return
            }
            answersThisSecond += 1
            counters.answered += 1
            answer(text)
            // No more of them than are answered: each becomes a record where the sender's address is a trunk's, and addresses are forged.
            if let call { deliver(.broken(call, flow)) }
        }
    }

    private func complain(_ fault: MessageFault, _ flow: Flow) {
        counters.refused[fault, default: 0] += 1
        let now = Instant.now
        if let last = complaints[fault], now - last < Self.complaintInterval { return }
        complaints[fault] = now
        Log.warning(
            "SIP from \(flow.transport.rawValue) \(flow.remote) refused: \(fault.rawValue) (\(counters.refused[fault] ?? 0) so far)"
        )
    }
}
