import Console
import Glibc

/// The two ways of a terminal: bytes in, bytes out, in its charset; and how large it is. Belongs to one thread.
public final class TerminalLine {
    /// Why no byte came.
    public enum Silence: Equatable, Sendable {
        /// Nobody typed for so long.
        case idle
        /// The line is gone.
        case hungUp
    }

    /// How the terminal writes letters.
    public var charset = Charset.utf8
    /// Rows and columns; 24 and 80 where nobody knows.
    public private(set) var rows = 24, columns = 80

    let input: Int32, output: Int32
    private var waiting: [UInt8] = []
    private let original: termios?
    /// How long the terminal may think about its size.
    private static let sizePatience: Int32 = 1000
    private static let chunk = 4096

    /// The terminal of these descriptors, whose keys come raw from now on; `restore` ends that.
    public init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) {
        (self.input, self.output) = (input, output)
        var modes = termios()
        original = tcgetattr(input, &modes) == 0 ? modes : nil
        guard original != nil else { return }
        modes.c_lflag &= ~tcflag_t(ISIG | ICANON | ECHO)
        modes.c_iflag = (modes.c_iflag & ~tcflag_t(BRKINT)) | tcflag_t(IGNBRK)
        tcsetattr(input, TCSADRAIN, &modes)
    }

    /// The terminal as it was found.
    public func restore() {
        guard var modes = original else { return }
        tcsetattr(input, TCSADRAIN, &modes)
    }

    // MARK: Bytes

    /// The next byte, at most after `milliseconds` (nil: whenever it comes).
    public func byte(within milliseconds: Int32?) -> Result<UInt8, SilenceError> {
        if !waiting.isEmpty { return .success(waiting.removeFirst()) }
        while true {
            var event = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            let ready = poll(&event, 1, milliseconds ?? -1)
            if ready == 0 { return .failure(SilenceError(silence: .idle)) }
            if ready < 0 && errno == EINTR { continue }
            var bytes = [UInt8](repeating: 0, count: Self.chunk)
            let count = read(input, &bytes, bytes.count)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { return .failure(SilenceError(silence: .hungUp)) }
            waiting = Array(bytes[1..<count])
            return .success(bytes[0])
        }
    }

    /// Silence as an error.
    public struct SilenceError: Error, Equatable, Sendable {
        /// Why.
        public var silence: Silence
    }

    /// Whether somebody types, or pastes, faster than we answer.
    public var hasMore: Bool {
        if !waiting.isEmpty { return true }
        var event = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
        return poll(&event, 1, 0) > 0
    }

    /// The next character, in UTF-8 from as many bytes as it takes.
    public func scalar(within milliseconds: Int32?) -> Result<Unicode.Scalar, SilenceError> {
        byte(within: milliseconds).flatMap { first in
            guard charset == .utf8, first >= 0x80 else { return .success(charset.scalar(of: first)) }
            var bytes = [first]
            let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
            while bytes.count < length, case .success(let next) = byte(within: 100) { bytes.append(next) }
            return .success(String(decoding: bytes, as: UTF8.self).unicodeScalars.first ?? "?")
        }
    }

    /// A line of a pasted text, without its end; `paused` where the terminal falls silent for `milliseconds`, with what came so far.
    /// Ctrl-D at its beginning ends the text, too.
    public func pastedLine(within milliseconds: Int32) -> PastedLine {
        var line: [UInt8] = []
        while true {
            switch byte(within: milliseconds) {
            case .success(0x0A), .success(0x0D): return .line(text(line))
            case .success(0x04) where line.isEmpty: return .end
            case .success(0x03): return .cancelled
            // What is longer than any line may be is refused as one line, not taken as two.
            case .success(let byte): if line.count < Self.chunk { line.append(byte) }
            case .failure(let error):
                if error.silence == .hungUp { return line.isEmpty ? .end : .line(text(line)) }
                return .paused(text(line))
            }
        }
    }

    /// What came of a pasted line.
    public enum PastedLine: Equatable, Sendable {
        case line(String), paused(String), end, cancelled
    }

    private func text(_ bytes: [UInt8]) -> String {
        guard charset != .utf8 else { return String(decoding: bytes, as: UTF8.self) }
        var scalars = String.UnicodeScalarView()
        for byte in bytes { scalars.append(charset.scalar(of: byte)) }
        return String(scalars)
    }

    /// Writes a text; nothing happens where the line is gone.
    public func write(_ text: String) {
        var rest = charset.bytes(of: text)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 && errno == EAGAIN {
                var event = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
                _ = poll(&event, 1, -1)
                continue
            }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    // MARK: Size

    /// Finds out how large the terminal is: from the system, or, on a line that does not know, from the terminal itself: the cursor is
    /// sent far away and asked where it is. What is typed meanwhile is kept.
    public func measure(asking: Bool) {
        var size = winsize()
        let isKnown = ioctl(input, UInt(TIOCGWINSZ), &size) == 0 && size.ws_row > 1 && size.ws_col > 1
        if isKnown { (rows, columns) = (Int(size.ws_row), Int(size.ws_col)) }
        guard asking || !isKnown, original != nil, let answer = ask() else { return }
        (rows, columns) = (min(max(answer.rows, 4), 200), min(max(answer.columns, 40), 500))
        size.ws_row = UInt16(rows)
        size.ws_col = UInt16(columns)
        _ = ioctl(input, UInt(TIOCSWINSZ), &size)
    }

    private func ask() -> (rows: Int, columns: Int)? {
        write("\u{1b}7\u{1b}[999;999H\u{1b}[6n\u{1b}8")
        var seen: [UInt8] = []
        while seen.count < 200, case .success(let byte) = byte(within: Self.sizePatience) {
            seen.append(byte)
            guard byte == UInt8(ascii: "R"), let start = seen.lastIndex(of: 0x1B), seen.count > start + 2,
                seen[start + 1] == UInt8(ascii: "[")
            else { continue }
            let numbers = String(decoding: seen[(start + 2)..<(seen.count - 1)], as: UTF8.self).split(separator: ";").map {
                Int($0)
            }
            guard numbers.count == 2, let rows = numbers[0], let columns = numbers[1] else { continue }
            waiting = seen[..<start] + waiting
            return (rows, columns)
        }
        waiting = seen + waiting
        return nil
    }
}
