import Glibc
import Host
import Synchronization
import Telephony

/// A small server of HTTP on loopback that answers as its path says, well or badly.
final class Server: Sendable {
    private let listener: StreamListener
    private let state = Mutex((requests: [String](), isClosed: false))
    private let bell: Wakeup

    let port: UInt16

    init(port: UInt16 = 0) throws {
        listener = try StreamListener(tcp: Endpoint(.loopback, port))
        self.port = listener.local?.port ?? port
        bell = try Wakeup()
        _ = try Thread(name: "server") { [self] in serve() }
    }

    func url(_ path: String) -> String { "http://127.0.0.1:\(port)\(path)" }

    /// The first lines of all requests so far.
    var requests: [String] { state.withLock { $0.requests } }

    /// No more answers.
    func close() {
        state.withLock { $0.isClosed = true }
        bell.ring()
    }

    private func serve() {
        guard let poller = try? Poller(), (try? poller.add(listener.fileDescriptor, tag: 0)) != nil,
            (try? poller.add(bell.fileDescriptor, tag: 1)) != nil
        else { return }
        while !state.withLock({ $0.isClosed }) {
            _ = poller.wait(until: nil)
            while let socket = try? listener.accept() {
                _ = try? Thread(name: "connection") { [self] in talk(socket) }
            }
        }
    }

    private func talk(_ socket: StreamSocket) {
        try? socket.wait(atMost: .seconds(20))
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while !String(decoding: bytes, as: UTF8.self).contains("\r\n\r\n") {
            guard let count = try? chunk.withUnsafeMutableBytes({ try socket.read(into: $0) }), count > 0 else { return }
            bytes += chunk[..<count]
        }
        let head = String(decoding: bytes, as: UTF8.self)
        let line = head.prefix { $0 != "\r\n" }
        state.withLock { $0.requests.append(String(line)) }
        let path = line.split(separator: " ").dropFirst().first.map { $0.prefix { $0 != "?" } } ?? ""
        answer(String(path), socket)
    }

    private func answer(_ path: String, _ socket: StreamSocket) {
        switch path {
        case "/owner": reply(#"{"name":"Иван","owner":"102","company":"ООО","language":"en","more":[1]}"#, socket)
        case "/unknown": reply(#"{"known":false}"#, socket)
        case "/gone": send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", socket)
        case "/wrong": reply(#"{"owner":["102"]}"#, socket)
        case "/text": reply("<html>Здравствуйте</html>", socket)
        case "/error": send("HTTP/1.1 500 Oops\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}", socket)
        case "/elsewhere":
            send("HTTP/1.1 302 Found\r\nLocation: /owner\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", socket)
        case "/garbage": send("\u{1}\u{2}\u{3} no protocol at all\r\n\r\n", socket)
        case "/cut": send("HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n{\"owner\":", socket)
        case "/huge": endless("HTTP/1.1 200 OK\r\n\r\n", String(repeating: " ", count: 10_000), every: 0, socket)
        case "/headers": endless("HTTP/1.1 200 OK\r\n", "X: \(String(repeating: "x", count: 1000))\r\n", every: 0, socket)
        case "/drip": endless("HTTP/1.1 200 OK\r\n\r\n{", " ", every: 20_000, socket)
        default: while !state.withLock({ $0.isClosed }) { usleep(20_000) }  // never
        }
    }

    private func reply(_ body: String, _ socket: StreamSocket) {
        send("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)", socket)
    }

    private func send(_ text: String, _ socket: StreamSocket) { try? socket.writeAll(Array(text.utf8)) }

    /// Sends one part after the other until nobody listens.
    private func endless(_ head: String, _ part: String, every microseconds: UInt32, _ socket: StreamSocket) {
        send(head, socket)
        for _ in 0..<20_000 {
            guard !state.withLock({ $0.isClosed }), (try? socket.writeAll(Array(part.utf8))) != nil else { return }
            if microseconds > 0 { usleep(microseconds) }
        }
    }
}
