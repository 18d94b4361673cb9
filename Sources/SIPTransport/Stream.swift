import DequeModule
import Host
import Signalling
import Telephony

/// One TCP connection: frames what comes, queues what goes.
final class Stream {
    private struct Outgoing {
        var text: [UInt8]
        /// What it is and the way that was asked for; nil for keep-alives and stateless answers: nobody asks after them.
        var origin: (message: Message, flow: Flow)?
    }

    /// How far it is.
    private enum Phase {
        case connecting(since: Instant)
        case open
        /// Nothing is read any more; it goes when the queue is written.
        case closing(since: Instant)
    }

    let flow: Flow
    let socket: StreamSocket
    private let isAccepted: Bool
    private let limits: TransportLimits
    private var phase: Phase
    private var framer = StreamFramer()
    private var queue: Deque<Outgoing> = []
    private var queuedBytes = 0
    private var writtenOfFirst = 0
    private var lastHeard: Instant
    private var messageBegan: Instant?
    private var hasDelivered = false

    init(_ socket: StreamSocket, flow: Flow, isAccepted: Bool, limits: TransportLimits, at now: Instant) {
        (self.socket, self.flow, self.isAccepted, self.limits) = (socket, flow, isAccepted, limits)
        phase = isAccepted ? .open : .connecting(since: now)
        lastHeard = now
    }

    /// Whether new messages may go this way.
    var isUsable: Bool {
        switch phase {
        case .connecting, .open: true
        case .closing: false
        }
    }

    /// Whether the far end has not taken the connection yet.
    var isConnecting: Bool {
        switch phase {
        case .connecting: true
        case .open, .closing: false
        }
    }

    /// Whether the loop must tell when bytes can be written.
    var wantsToWrite: Bool {
        switch phase {
        case .connecting: true
        case .open, .closing: !queue.isEmpty
        }
    }

    /// Whether everything is said and the connection may go.
    var isFinished: Bool {
        switch phase {
        case .connecting, .open: false
        case .closing: queue.isEmpty
        }
    }

    /// Messages that never got through, for when the connection is gone.
    var unsent: [(message: Message, flow: Flow)] { queue.compactMap(\.origin) }

    /// Puts bytes in the queue; false where it is full.
    func enqueue(_ text: [UInt8], from origin: (message: Message, flow: Flow)? = nil) -> Bool {
        guard isUsable, queuedBytes + text.count <= limits.queuedBytes else { return false }
        queue.append(Outgoing(text: text, origin: origin))
        queuedBytes += text.count
        return true
    }

    /// Writes what the connection takes now. Throws when it broke.
    func write() throws(SystemError) {
        if case .connecting = phase {
            if let error = socket.pendingError() { throw error }
            phase = .open
        }
        while let first = queue.first {
            let count = try socket.write(first.text[writtenOfFirst...])
            if count == 0 { return }
            writtenOfFirst += count
            guard writtenOfFirst == first.text.count else { continue }
            queue.removeFirst()
            queuedBytes -= first.text.count
            writtenOfFirst = 0
        }
    }

    /// Reads one portion and hands on what it completed. False at the end of the stream; throws when it broke.
    func read(
        into buffer: UnsafeMutableRawBufferPointer, at now: Instant, _ deliver: (StreamFramer.Frame) -> Void
    ) throws(SystemError) -> Bool {
        guard let count = try socket.read(into: buffer) else { return true }
        guard count > 0 else { return false }
        guard case .open = phase else { return true }
        lastHeard = now
        framer.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        while let frame = framer.next() {
            messageBegan = nil
            if case .message(.message) = frame { hasDelivered = true }
            deliver(frame)
            if case .lost = frame {
                phase = .closing(since: now)
                return true
            }
        }
        if !framer.isWithinMessage { messageBegan = nil } else if messageBegan == nil { messageBegan = now }
        return true
    }

    /// Why time is up for a connection.
    enum Overdue { case slow, idle }

    /// Whether time is up at `now`.
    func overdue(at now: Instant) -> Overdue? {
        switch phase {
        case .connecting(let since): return now - since > limits.connectTime ? .slow : nil
        case .closing(let since): return now - since > limits.messageTime ? .slow : nil
        case .open:
            if let messageBegan, now - messageBegan > limits.messageTime { return .slow }
            if isAccepted, !hasDelivered, now - lastHeard > limits.firstMessageTime { return .idle }
            return now - lastHeard > limits.idleTime ? .idle : nil
        }
    }
}
