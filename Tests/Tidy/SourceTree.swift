import Foundation

/// One file of the project, as a reader sees it and as the compiler does.
struct SourceFile {
    /// Relative to the project's folder, `Sources/Telephony/Cause.swift`.
    let path: String
    /// Its lines as written.
    let lines: [String]
    /// Its lines with comments and the insides of strings blanked: what is left is code.
    let code: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        code = Scrubber.scrub(text).split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// `Sources`, `Tests` or, for the manifest, `Package.swift`.
    var root: String { String(path.split(separator: "/").first ?? "") }

    /// The target it belongs to; nil for the manifest.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : nil
    }

    /// The modules it imports, with their line numbers.
    var imports: [(line: Int, module: String)] {
        code.enumerated().compactMap { index, line in
            let words = line.split(separator: " ")
            guard let position = words.firstIndex(of: "import"), position + 1 < words.count,
                words[..<position].allSatisfy({ $0.hasPrefix("@") || $0 == "public" || $0 == "internal" || $0 == "package" })
            else { return nil }
            let kinds: Set<Substring> = ["func", "struct", "class", "enum", "protocol", "typealias", "let", "var"]
            let rest = words[(position + 1)...].drop { kinds.contains($0) }
            return rest.first.map { (index + 1, String($0.split(separator: ".")[0])) }
        }
    }
}

/// What a rule has against a line.
struct Offence: CustomStringConvertible, Equatable {
    let path: String
    let line: Int
    let what: String
    var description: String { "\(path):\(line): \(what)" }
}

/// The project's files, read from the folder this file was compiled in.
enum SourceTree {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static let sources = swift(in: "Sources")
    static let tests = swift(in: "Tests")
    static let inC = (files(in: "Sources") + files(in: "Tests")).filter { $0.hasSuffix(".c") || $0.hasSuffix(".h") }.map(load)
    static let manifest = load("Package.swift")

    static func load(_ path: String) -> SourceFile {
        SourceFile(path: path, text: (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? "")
    }

    /// Every file below `folder`, relative to the project, sorted.
    static func files(in folder: String) -> [String] {
        let all = FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path)
        return (all?.compactMap { $0 as? String } ?? []).map { "\(folder)/\($0)" }.sorted()
    }

    private static func swift(in folder: String) -> [SourceFile] {
        files(in: folder).filter { $0.hasSuffix(".swift") }.map(load)
    }
}

/// Blanks comments and string contents, keeping every line where it was.
private struct Scrubber {
    private let text: [Character]
    private var at = 0
    private var out: [Character] = []

    static func scrub(_ text: String) -> String {
        var scrubber = Scrubber(text: Array(text))
        scrubber.code(until: nil)
        return String(scrubber.out)
    }

    private init(text: [Character]) { self.text = text }

    private func looking(at word: String) -> Bool {
        var index = at
        for character in word {
            guard index < text.count, text[index] == character else { return false }
            index += 1
        }
        return true
    }

    private mutating func blank() {
        out.append(text[at].isNewline ? text[at] : " ")
        at += 1
    }

    private mutating func keep() {
        out.append(text[at])
        at += 1
    }

    /// Copies code up to the end, or up to the bracket that closes an interpolation.
    private mutating func code(until end: Character?) {
        var depth = 0
        while at < text.count {
            if looking(at: "//") {
                while at < text.count, !text[at].isNewline { blank() }
            } else if looking(at: "/*") {
                comment()
            } else if let hashes = stringStart() {
                string(hashes: hashes)
            } else {
                if text[at] == "(" { depth += 1 }
                if text[at] == ")" {
                    if depth == 0, end == ")" { return }
                    depth -= 1
                }
                keep()
            }
        }
    }

    private mutating func comment() {
        var depth = 0
        repeat {
            let opens = looking(at: "/*")
            if opens || looking(at: "*/") {
                depth += opens ? 1 : -1
                blank()
            }
            blank()
        } while depth > 0 && at < text.count
    }

    /// How many `#` stand before the quote that begins here; nil if no string does.
    private func stringStart() -> Int? {
        var index = at
        while index < text.count, text[index] == "#" { index += 1 }
        return index < text.count && text[index] == "\"" ? index - at : nil
    }

    private mutating func string(hashes: Int) {
        let marks = String(repeating: "#", count: hashes)
        for _ in 0..<hashes { keep() }
        let quote = looking(at: "\"\"\"") ? "\"\"\"" : "\""
        for _ in quote { keep() }
        while at < text.count, !looking(at: quote + marks) {
            if looking(at: "\\" + marks + "(") {
                for _ in 0..<hashes + 2 { blank() }
                code(until: ")")
                if at < text.count { blank() }
            } else if looking(at: "\\" + marks) {
                for _ in 0..<hashes + 2 where at < text.count { blank() }
            } else {
                blank()
            }
        }
        for _ in quote + marks where at < text.count { keep() }
    }
}
