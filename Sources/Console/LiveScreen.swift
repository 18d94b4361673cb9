/// A terminal's screen that shows one text after another: only lines that changed are sent, for a serial line takes a second for a
/// thousand characters. ECMA-48 sequences that every terminal and emulator knows.
public struct LiveScreen: Sendable {
    private var shown: [String]?
    /// Lines that fit.
    private let height: Int

    /// A screen of so many lines.
    public init(height: Int) { self.height = max(2, height) }

    /// What is to be sent so that the screen shows `text`; a text too long for it ends with `…`. The cursor rests beneath.
    public mutating func show(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        if lines.count >= height { lines = lines.prefix(height - 2) + ["…"] }
        var output = shown == nil ? "\u{1B}[2J" : ""
        let old = shown ?? []
        for index in 0..<max(lines.count, old.count) {
            let line = index < lines.count ? lines[index] : ""
            guard index >= old.count || old[index] != line else { continue }
            // To the line's beginning, the line itself, and nothing behind it.
            output += "\u{1B}[\(index + 1);1H\(line)\u{1B}[K"
        }
        shown = lines
        return output.isEmpty ? "" : output + "\u{1B}[\(lines.count + 1);1H"
    }
}
