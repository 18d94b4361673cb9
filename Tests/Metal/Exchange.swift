import Foundation
import Host
import Telephony
import Testing

/// The built programs and the phones' scripts.
enum Built {
    /// Beside this very test bundle.
    static let folder = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
    static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("phones")
    static let python: URL = {
        let project = scripts.deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let own = project.appendingPathComponent(".build/phones/bin/python3")
        return FileManager.default.isExecutableFile(atPath: own.path) ? own : URL(fileURLWithPath: "/usr/bin/env")
    }()
}

/// Ports on loopback that nobody else uses at the moment.
enum Ports {
    nonisolated(unsafe) private static var next: UInt16 = 20_000 + UInt16(getpid() % 400) * 100  // tests run one after the other

    /// The first of `count` free ports in a row; even.
    static func take(_ count: UInt16 = 2) -> UInt16 {
        while true {
            let first = next
            next = next > 64_000 ? 20_000 : next + count + count % 2
            let free = (first..<first + count).allSatisfy { port in
                (try? UDPSocket(bind: Endpoint(.loopback, port))) != nil
                    && (try? StreamListener(tcp: Endpoint(.loopback, port))) != nil
            }
            if free { return first }
        }
    }
}

/// What a program said, and how it ended.
struct Said {
    var status: Int32, output: String, errors: String

    /// Its output as JSON.
    func json<Value>(as type: Value.Type = Value.self) throws -> Value {
        try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? Value, "\(output) \(errors)")
    }
}

/// A running `apusd` on a folder and a port of its own.
final class RunningExchange {
    let state: URL, port: UInt16, rtp: UInt16
    private var process: Process?

    /// Starts on a fresh folder and loads the office: extensions 101…104, and whatever `more` says.
    init(_ more: String = "") throws {
        state = FileManager.default.temporaryDirectory.appendingPathComponent("apus-metal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: state, withIntermediateDirectories: true)
        port = Ports.take()
        rtp = Ports.take(80)
        try start()
        let office = """
            set office name "Metal"
            set office language en
            set office timezone Europe/Moscow
            set office country RU
            set media ports \(rtp)-\(rtp + 79)
            """
        let extensions = (101...104).map { "set extension \($0) secret \"\(Self.secret("\($0)"))\"" }
        let file = state.appendingPathComponent("office.txt")
        try ([office] + extensions + [more]).joined(separator: "\n").appending("\n").write(
            to: file, atomically: true, encoding: .utf8)
        let said = try apus("config", "load", file.path, "--replace")
        try #require(said.status == 0, "\(said.output) \(said.errors)")
    }

    static func secret(_ number: String) -> String { "metal-\(number)-Kx7pQ2vN" }

    /// Starts (again) on the same folder and port, and waits until it answers.
    func start() throws {
        let process = Process()
        process.executableURL = Built.folder.appendingPathComponent("apusd")
        process.arguments = [
            "--state", state.path, "--listen", "udp:127.0.0.1:\(port)", "--listen", "tcp:127.0.0.1:\(port)",
        ]
        let log = state.appendingPathComponent("log")
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let handle = try FileHandle(forWritingTo: log)
        handle.seekToEndOfFile()
        process.standardError = handle
        process.standardOutput = handle
        process.standardInput = FileHandle.nullDevice
        try process.run()
        self.process = process
        let end = Date(timeIntervalSinceNow: 10)
        while try apus("show", "health").status != 0 {
            try #require(Date() < end && process.isRunning, "apusd did not come up: \(logText)")
            usleep(50_000)
        }
    }

    var logText: String { (try? String(contentsOf: state.appendingPathComponent("log"), encoding: .utf8)) ?? "" }

    /// A file with this text, for a command; its path.
    func file(_ text: String) throws -> String {
        let file = state.appendingPathComponent("\(UUID().uuidString).txt")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// As the power cut does.
    func kill() throws {
        let process = try #require(process)
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// As systemd does. Returns the exit status.
    @discardableResult
    func terminate() throws -> Int32 {
        let process = try #require(process)
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Runs the command against this exchange.
    func apus(_ words: String...) throws -> Said {
        try run(Built.folder.appendingPathComponent("apus"), ["--state", state.path] + words)
    }

    /// The phones that are registered now.
    func phones() throws -> [[String: Any]] {
        try apus("show", "phones", "--json").json(as: [[String: Any]].self).filter { $0["contact"] is String }
    }

    /// The call records, oldest first, as soon as there are `count` of them.
    func records(_ count: Int) throws -> [[String: Any]] {
        let end = Date(timeIntervalSinceNow: 5)
        while true {
            let rows = try apus("report", "calls", "--json").json(as: [[String: Any]].self)
            if rows.count >= count || Date() > end {
                try #require(rows.count == count, "\(rows)")
                return rows.sorted { ($0["id"] as? Int ?? 0) < ($1["id"] as? Int ?? 0) }
            }
            usleep(100_000)
        }
    }

    /// Waits until no call is left.
    func waitForQuiet() throws {
        let end = Date(timeIntervalSinceNow: 5)
        while true {
            let calls = try apus("show", "calls", "--json").json(as: [Any].self)
            if calls.isEmpty { return }
            try #require(Date() < end, "calls are left: \(calls)")
            usleep(100_000)
        }
    }

    deinit {
        if let process, process.isRunning {
            process.terminate()
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(at: state)
    }
}

/// Runs a program to its end.
func run(_ program: URL, _ arguments: [String]) throws -> Said {
    let process = Process(), output = Pipe(), errors = Pipe()
    process.executableURL = program
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    // Little is said on standard error: reading one after the other cannot block.
    let said = output.fileHandleForReading.readDataToEndOfFile(), complaint = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Said(
        status: process.terminationStatus, output: String(decoding: said, as: UTF8.self),
        errors: String(decoding: complaint, as: UTF8.self))
}
