import Foundation
import Glibc
import Synchronization
import Testing

/// A serial line of 9600 baud with a terminal at the far end: a pseudo terminal that 960 bytes a second go through each way, and a screen of
/// 80 columns that is read as a person reads it.
final class SerialLine: Sendable {
    private struct State {
        var screen = Screen()
        var received = 0
        var isOpen = true
    }

    let master: Int32
    /// `pts/3`.
    let name: String
    private let state = Mutex(State())
    private static let bytesPerSecond = 960, ticksPerSecond = 50

    init(isKOI8: Bool = false) throws {
        // Glibc's Swift module has neither posix_openpt nor ptsname: TIOCSPTLCK unlocks the far end, TIOCGPTN tells its number.
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
        var (lock, number) = (Int32(0), UInt32(0))
        try #require(master >= 0 && ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        name = "pts/\(number)"
        _ = fcntl(master, F_SETFL, fcntl(master, F_GETFL) | O_NONBLOCK)
        state.withLock { $0.screen.isKOI8 = isKOI8 }
        Thread.detachNewThread { [self] in carry() }
    }

    private func carry() {
        var room = 0.0
        var buffer = [UInt8](repeating: 0, count: 256)
        while state.withLock({ $0.isOpen }) {
            usleep(UInt32(1_000_000 / Self.ticksPerSecond))
            room = min(room + Double(Self.bytesPerSecond) / Double(Self.ticksPerSecond), 64)
            let count = read(master, &buffer, Int(room))
            guard count > 0 else { continue }
            room -= Double(count)
            let answer = state.withLock { state in
                state.received += count
                return state.screen.take(buffer[..<count])
            }
            if !answer.isEmpty { _ = write(master, answer, answer.count) }
        }
    }

    /// Types, no faster than the line.
    func type(_ keys: String) { send(Array(keys.utf8)) }

    func send(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.bytesPerSecond / Self.ticksPerSecond))
            let count = write(master, part, part.count)
            rest = rest.dropFirst(max(0, count))
            usleep(UInt32(1_000_000 / Self.ticksPerSecond))
        }
    }

    /// Everything that has been on the screen, line by line.
    var seen: [String] { state.withLock { $0.screen.lines } }
    /// Bytes that came through so far.
    var received: Int { state.withLock { $0.received } }

    /// Waits until a line that was not there before `from` holds this text; the line.
    @discardableResult
    func expect(_ text: String, from: Int = 0, within seconds: Double = 15) throws -> String {
        let end = Date(timeIntervalSinceNow: seconds)
        while true {
            let lines = seen
            if let line = lines.dropFirst(from).last(where: { $0.contains(text) }) { return line }
            try #require(Date() < end, "not on the screen: \(text)\n\(lines.suffix(40).joined(separator: "\n"))")
            usleep(20_000)
        }
    }

    /// Types a line and waits for what it brings.
    @discardableResult
    func say(_ line: String, expecting text: String, within seconds: Double = 15) throws -> String {
        let from = seen.count - 1
        type(line + "\r")
        return try expect(text, from: from + (text.contains("#") || text.contains(">") ? 1 : 0), within: seconds)
    }

    func close() {
        state.withLock { $0.isOpen = false }
        Glibc.close(master)
    }
}

/// As much of a VT102 as libedit asks of it: the lines that were written, the last one still being so.
private struct Screen {
    var lines = [""]
    var isKOI8 = false
    private var column = 0
    private var pending: [UInt8] = []

    private static let koi8 = Array("юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧЪ")

    /// What came; what the terminal answers.
    mutating func take(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var answer: [UInt8] = []
        for byte in bytes {
            pending.append(byte)
            if pending[0] == 0x1B {
                guard let end = Self.endOfSequence(pending) else { continue }
                if end == UInt8(ascii: "n") { answer += Array("\u{1b}[24;80R".utf8) }
                control(end)
                pending = []
            } else if isKOI8 {
                put(byte < 0x80 ? Character(Unicode.Scalar(byte)) : byte >= 0xC0 ? Self.koi8[Int(byte) - 0xC0] : "ё")
                pending = []
            } else if let text = String(validating: pending, as: UTF8.self) {
                for character in text { put(character) }
                pending = []
            }
        }
        return answer
    }

    private static func endOfSequence(_ bytes: [UInt8]) -> UInt8? {
        guard bytes.count > 1, let last = bytes.last else { return nil }
        if bytes[1] != UInt8(ascii: "[") { return bytes[1] }
        return bytes.count > 2 && (0x40...0x7E).contains(last) ? last : nil
    }

    private mutating func control(_ end: UInt8) {
        let numbers = pending.dropFirst(2).dropLast().split(separator: UInt8(ascii: ";")).map {
            Int(String(decoding: $0, as: UTF8.self)) ?? 1
        }
        let count = max(1, numbers.first ?? 1)
        switch end {
        case UInt8(ascii: "C"): column += count
        case UInt8(ascii: "D"): column = max(0, column - count)
        case UInt8(ascii: "K"): lines[lines.count - 1] = String(lines[lines.count - 1].prefix(column))
        default: break
        }
    }

    private mutating func put(_ character: Character) {
        switch character {
        case "\r\n":
            put("\r")
            put("\n")
        case "\r": column = 0
        case "\n":
            lines.append("")
            column = 0
        case "\u{8}": column = max(0, column - 1)
        case "\u{7}", "\0": break
        default:
            var line = Array(lines[lines.count - 1])
            while line.count < column { line.append(" ") }
            if column < line.count { line[column] = character } else { line.append(character) }
            lines[lines.count - 1] = String(line)
            column += 1
        }
    }
}
