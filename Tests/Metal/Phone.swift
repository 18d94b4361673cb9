import Foundation
import Synchronization
import Telephony
import Testing

/// A real telephone program behind the words of `phones/*.py`.
final class Phone {
    enum Kind: String, CaseIterable {
        case pjsua, baresip, linphone
        /// Watches others and cannot talk.
        case watcher

        /// Those that talk.
        static var allCases: [Kind] { [.pjsua, .baresip, .linphone] }
    }

    let kind: Kind, number: String
    private let process = Process(), input = Pipe(), output = Pipe()
    private let heard: URL
    private let lines = Lines()

    /// Starts the program and registers it with the exchange. Its tone is made at -13 dBm0 or so, of `tone` Hz.
    init(
        _ kind: Kind, _ number: String, of exchange: RunningExchange, transport: TransportKind = .udp, tone: Int = 1000,
        codecs: String = "PCMA", secret: String? = nil, isRegistered: Bool = true,
        watchesMessages: Bool = false, answersItself: Bool = false
    ) throws {
        (self.kind, self.number) = (kind, number)
        let wave = exchange.state.appendingPathComponent("tone-\(tone).wav")
        heard = exchange.state.appendingPathComponent("heard-\(number)-\(UUID().uuidString).wav")
        try Wave.tone(tone).write(to: wave)
        process.executableURL = Built.python
        process.arguments = Built.python.lastPathComponent == "env" ? ["python3"] : []
        process.arguments! += [
            Built.scripts.appendingPathComponent("\(kind.rawValue).py").path, "--user", number,
            "--secret", secret ?? RunningExchange.secret(number), "--server", "127.0.0.1:\(exchange.port)",
            "--transport", transport.rawValue, "--port", "\(Ports.take())", "--codec", codecs, "--play", wave.path,
        ]
        if answersItself { process.arguments! += ["--auto-answer"] }
        if watchesMessages { process.arguments! += ["--mwi"] }
        switch kind {
        case .pjsua: process.arguments! += ["--rtp", "\(Ports.take(20))"]
        case .watcher: break
        case .linphone: process.arguments! += ["--rtp", "\(Ports.take(8))"]
        case .baresip: process.arguments! += ["--control", "\(Ports.take())", "--record", heard.path]
        }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let reader = output.fileHandleForReading
        Thread.detachNewThread { [lines] in
            while case let data = reader.availableData, !data.isEmpty { lines.take(data) }
        }
        try expect("ready", within: 20)
        if isRegistered { try expect("registered 200", within: 20) }
    }

    /// Tells it what to do.
    func tell(_ words: String) { input.fileHandleForWriting.write(Data((words + "\n").utf8)) }

    /// Waits for a line that begins so and was not waited for before; the rest of the line.
    @discardableResult
    func expect(_ start: String, within seconds: Double = 10) throws -> String {
        let found = lines.wait(for: start, until: Date(timeIntervalSinceNow: seconds))
        return try #require(found, "\(kind) \(number) did not say `\(start)`; it said:\n\(lines.all.joined(separator: "\n"))")
    }

    /// Whether it said so by now.
    func said(_ start: String) -> Bool { lines.all.contains { $0.hasPrefix(start) } }

    /// Begins to record what call `call` hears; baresip always does.
    func record(_ call: Int = 0) { if kind != .baresip { tell("record \(call) \(heard.path)") } }

    /// Ends the program; what it recorded.
    func quit() throws -> Wave {
        stop()
        return try Wave(heard)
    }

    private func stop() {
        guard process.isRunning else { return }
        tell("quit")
        try? input.fileHandleForWriting.close()
        let end = Date(timeIntervalSinceNow: 8)
        while process.isRunning && Date() < end { usleep(20_000) }
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    deinit { stop() }

    /// The lines said so far; filled by a thread that reads until the program ends.
    private final class Lines: Sendable {
        private struct State {
            var rest = "", lines: [String] = [], used: Set<Int> = []
        }
        private let state = Mutex(State())

        var all: [String] { state.withLock { $0.lines } }

        func take(_ data: Data) {
            state.withLock { state in
                let parts = (state.rest + String(decoding: data, as: UTF8.self)).components(separatedBy: "\n")
                state.lines += parts.dropLast()
                state.rest = parts.last ?? ""
            }
        }

        func wait(for start: String, until end: Date) -> String? {
            while true {
                let found = state.withLock { state -> String? in
                    let index = state.lines.indices.first { !state.used.contains($0) && state.lines[$0].hasPrefix(start) }
                    guard let index else { return nil }
                    state.used.insert(index)
                    return String(state.lines[index].dropFirst(start.count)).trimmingCharacters(in: .whitespaces)
                }
                if let found { return found }
                if Date() > end { return nil }
                usleep(20_000)
            }
        }
    }
}

/// Lets real time pass.
func pass(_ seconds: Double) { usleep(UInt32(seconds * 1_000_000)) }
