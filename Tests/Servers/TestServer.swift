import Foundation
import Host
import Telephony

/// One of the servers of `servers.py`, in a process of its own.
public final class TestServer: Sendable {
    private let process: Process
    private let input: Pipe
    private let lines: Box<JSON>
    /// Where it listens on loopback.
    public let port: Int

    /// The words that follow the kind of server: `--tls`, `--certificate`, `--login`.
    public init(_ kind: String, _ options: [String] = []) throws {
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("servers.py").path
        process.arguments = [script, kind] + options
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        let lines = try Box<JSON>()
        (self.process, self.input, self.lines) = (process, input, lines)
        let reading = output.fileHandleForReading
        let first = Self.line(reading) ?? ""
        port = Int(first) ?? 0
        guard port > 0 else { throw NoServer(first) }
        Foundation.Thread.detachNewThread {
            while let line = Self.line(reading) { if let value = try? JSON(Array(line.utf8)) { lines.put(value) } }
        }
    }

    // Nothing in it is worth a farewell.
    deinit { kill(process.processIdentifier, SIGKILL) }

    private static func line(_ file: FileHandle) -> String? {
        var bytes = Data()
        while let byte = try? file.read(upToCount: 1), !byte.isEmpty {
            if byte[0] == 10 { return String(decoding: bytes, as: UTF8.self) }
            bytes += byte
        }
        return nil
    }

    /// What becomes of the next requests, in order.
    public func will(_ orders: String...) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((orders.joined(separator: "\n") + "\n").utf8))
    }

    /// The next thing that it was sent; nil if none comes for a long time (that is a hung test, not a timing).
    public func next() -> JSON? { lines.next() }

    /// Things that it was sent and nobody has asked for.
    public var unread: Int { lines.count }
}

/// The package python3-aiosmtpd is missing, or python3 is.
struct NoServer: Error {
    let said: String
    init(_ said: String) { self.said = said }
}

/// Results that were told, to be waited for.
public final class Box<Element: Sendable>: Sendable {
    private let box: Mailbox<Element>
    /// An empty one.
    public init() throws { box = try Mailbox(capacity: 10_000) }
    /// One more.
    public func put(_ element: Element) { box.offer(element) }

    /// The next one; nil if none comes for a long time (that is a hung test, not a timing).
    public func next() -> Element? { box.wait(until: .now + .seconds(30)) ? box.take() : nil }
    /// How many wait.
    public var count: Int { box.count }
}
