import Telephony
import Testing

@testable import Exchange

@Suite("R-047 A key press counts once, whichever ways it comes")
struct Keys {
    /// `5m` is 5 by the media, `5s` by signalling, each with its time in seconds; the keys that count.
    private func counted(_ presses: (String, Double)...) -> String {
        var keys = KeyWays()
        return presses.reduce(into: "") { text, press in
            guard let key = press.0.first, let digit = Digit(rawValue: key) else { return }
            let way = press.0.last == "m" ? KeyWays.Way.media : .signalling
            if keys.admit(digit, by: way, at: .zero + .milliseconds(Int(press.1 * 1000))) { text.append(key) }
        }
    }

    @Test("R-047 A phone that sends each key twice, INFO first or RTP first")
    func twice() {
        #expect(counted(("5s", 0), ("5m", 0.2), ("7m", 0.8), ("7s", 0.9)) == "57")
        #expect(counted(("5s", 0), ("5s", 0.3), ("5m", 0.4), ("5m", 0.6)) == "55")
        #expect(counted(("5s", 0), ("5m", 0.1), ("5s", 0.3), ("5m", 0.5), ("5s", 0.9), ("5m", 1)) == "555")
    }

    @Test("R-047 One way alone counts every press; the same key later by another way is a press of its own")
    func alone() {
        #expect(counted(("1m", 0), ("1m", 0.1), ("1m", 0.2), ("2s", 0.3), ("2s", 0.4)) == "11122")
        #expect(counted(("1m", 0), ("1s", 2.1)) == "11")
    }

    @Test("R-047 Of two ways one may lose a key, and no other is lost by it")
    func lossy() {
        #expect(counted(("1m", 0), ("2s", 0.5), ("2m", 0.6), ("3m", 1), ("3s", 1.1)) == "123")
    }

    @Test("A flood of keys does not grow")
    func flood() {
        var keys = KeyWays()
        for _ in 0..<10_000 { _ = keys.admit(.d1, by: .media, at: .zero) }
        #expect(String(describing: keys).utf8.count < 10_000)
    }
}
