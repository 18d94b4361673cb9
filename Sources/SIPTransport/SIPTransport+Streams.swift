import Host
import Signalling
import Telephony

/// Connections: accepted, opened, reused, closed.
extension SIPTransport {
    /// Takes the connections that wait, as far as there is room.
    func accept(from door: StreamListener) {
        for _ in 0..<limits.streamsPerTurn {
            do throws(SystemError) {
                guard let socket = try door.accept() else { return }
                welcome(socket, from: door)
            } catch {
                // No descriptor left: the door stays shut until the next sweep, else the loop would turn in vain.
                counters.turnedAway += 1
                return shutDoors()
            }
        }
    }

    private func welcome(_ socket: StreamSocket, from door: StreamListener) {
        guard let remote = socket.remote, streams.count < limits.streams,
            streams.values.count(where: { $0.stream.flow.remote.address == remote.address }) < limits.streamsPerAddress
        else {
            counters.turnedAway += 1
            return
        }
        let local = Endpoint(socket.local?.address ?? .any, door.local?.port ?? 5060)
        if watch(socket, local: local, remote: remote, isAccepted: true) != nil { counters.accepted += 1 }
    }

    /// The stream for a flow: its own, else an open one to the same far end, else a new one; nil where none can be opened.
    func stream(for flow: Flow) -> Stream? {
        if let connection = flow.connection, let entry = streams[connection], entry.stream.isUsable { return entry.stream }
        let same = streams.values.filter { $0.stream.flow.remote == flow.remote && $0.stream.isUsable }
        if let newest = same.max(by: { ($0.stream.flow.connection ?? 0) < ($1.stream.flow.connection ?? 0) }) {
            return newest.stream
        }
        guard streams.count < limits.streams, let socket = try? StreamSocket(connectTo: flow.remote, from: flow.local.address)
        else { return nil }
        counters.opened += 1
        return watch(socket, local: flow.local, remote: flow.remote, isAccepted: false)
    }

    private func watch(_ socket: StreamSocket, local: Endpoint, remote: Endpoint, isAccepted: Bool) -> Stream? {
        lastConnection += 1
        let connection = lastConnection
        let flow = Flow(.tcp, local: local, remote: remote, connection: connection)
        let stream = Stream(socket, flow: flow, isAccepted: isAccepted, limits: limits, at: .now)
        let readiness: EventLoop.Readiness = isAccepted ? .readable : [.readable, .writable]
        guard
            let token = try? loop.add(
                socket.fileDescriptor, for: readiness,
                handler: { [unowned self] readiness in
                    if let entry = streams[connection] { handle(readiness, entry.stream) }
                })
        else { return nil }
        streams[connection] = Entry(stream: stream, token: token)
        watchTime()
        return stream
    }

    private func handle(_ readiness: EventLoop.Readiness, _ stream: Stream) {
        do throws(SystemError) {
            if !readiness.isDisjoint(with: [.writable, .failed]) { try stream.write() }
            if !readiness.isDisjoint(with: [.readable, .hungUp, .failed]) {
                let isOpen = try stream.read(into: buffer, at: .now) { take($0, from: stream) }
                if !isOpen { return close(stream) }
            }
            try settle(stream)
        } catch {
            close(stream)
        }
    }

    private func take(_ frame: StreamFramer.Frame, from stream: Stream) {
        switch frame {
        case .message(let outcome):
            handle(outcome, stream.flow) { _ = stream.enqueue($0) }
        case .ping:
            counters.keepAlives += 1
            _ = stream.enqueue([13, 10])
        case .lost(let fault, let answer):
            counters.closedBroken += 1
            handle(.refused(fault, answer: answer, call: nil), stream.flow) { _ = stream.enqueue($0) }
        }
    }

    /// Writes what can be written now; a connection that breaks thereby is closed at once.
    func flush(_ stream: Stream) {
        do throws(SystemError) {
            try settle(stream)
        } catch {
            close(stream)
        }
    }

    /// Writes, then watches for what is still wanted, or lets the stream go.
    private func settle(_ stream: Stream) throws(SystemError) {
        guard let connection = stream.flow.connection, let entry = streams[connection] else { return }
        if !stream.isConnecting { try stream.write() }
        if stream.isFinished { return close(stream) }
        try loop.change(entry.token, to: stream.wantsToWrite ? [.readable, .writable] : .readable)
    }

    /// Closes a stream and tells what did not get through.
    func close(_ stream: Stream) {
        guard let connection = stream.flow.connection, let entry = streams.removeValue(forKey: connection) else { return }
        loop.remove(entry.token)
        for origin in stream.unsent { fail(origin.message, origin.flow) }
        tellDisconnected(stream.flow)
    }
}
