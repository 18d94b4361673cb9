import Foundation

/// A regular expression that is right by construction: a test would not start otherwise.
struct Pattern: Sendable {
    fileprivate let expression: NSRegularExpression?
    init(_ pattern: String) { expression = try? NSRegularExpression(pattern: pattern) }
}

extension String {
    /// Where `pattern` first matches.
    func firstMatch(of pattern: Pattern) -> Range<String.Index>? {
        let match = pattern.expression?.firstMatch(in: self, range: NSRange(startIndex..., in: self))
        return match.flatMap { Range($0.range, in: self) }
    }
}

extension String {
    /// The characters that stand here where `code`, of the same length, has what is between two of its places.
    fileprivate func between(_ first: String.Index?, _ last: String.Index?, of code: String) -> String {
        guard let first, let last, first < last else { return "" }
        let start = code.distance(from: code.startIndex, to: first)
        return String(dropFirst(start).prefix(code.distance(from: first, to: last)))
    }
}

/// House rules about single lines and lengths.
enum Rules {
    /// Most lines a file may have.
    static let longestSource = 400, longestTest = 600
    /// Most lines between a function's braces.
    static let longestFunction = 50

    /// Clocks, chance, threads and identity have no place below the I/O line.
    static func bansBelowTheLine(_ file: SourceFile) -> [Offence] {
        lineOffences(file, banned, "is banned below the I/O line") + chanceOffences(file)
    }

    private static let banned = Pattern(
        #"\b(ContinuousClock|SuspendingClock|SystemRandomNumberGenerator|clock_gettime|gettimeofday|DispatchQueue|Mutex|Atomic"#
            + #"|async|await|actor)\b|\b(Date|UUID|time)\(|\bTask\s*[{.]|\b(final\s+)?class\s+[A-Z]|\bunowned\b|\bweak\s+var\b"#)

    /// `.random`, `.shuffled` and `.randomElement` without `using:` draw from the system.
    static func chanceOffences(_ file: SourceFile) -> [Offence] {
        file.code.enumerated().compactMap { index, line in
            guard let range = line.firstMatch(of: Pattern(#"\.(random|shuffled?|randomElement)\("#)) else { return nil }
            return line[range.upperBound...].contains("using:")
                ? nil : Offence(path: file.path, line: index + 1, what: "\(line[range])…) without `using:` is not repeatable")
        }
    }

    /// Ways round the compiler's checks of sharing, only where a C library forces them, and explained.
    static func sharingOffences(_ file: SourceFile, cOwners: Set<String>) -> [Offence] {
        file.code.enumerated().compactMap { index, line in
            guard let range = line.firstMatch(of: Pattern(#"@unchecked\s+Sendable|nonisolated\(unsafe\)"#)) else { return nil }
            let word = line[range]
            guard let target = file.target, cOwners.contains(target) else {
                return Offence(path: file.path, line: index + 1, what: "\(word) outside a target that owns a C library")
            }
            let explained = file.lines[index].contains("//") || (index > 0 && file.lines[index - 1].contains("//"))
            return explained ? nil : Offence(path: file.path, line: index + 1, what: "\(word) without its invariant in a comment")
        }
    }

    /// Ways to stop the process, and names that tell of two generations.
    static func bansEverywhere(_ file: SourceFile) -> [Offence] {
        lineOffences(file, Pattern(#"\btry!|\bas!"#), "stops the process")
            + lineOffences(file, Pattern(#"\b(?!sqlite3_)\w*(_old|_?[vV]2)\b"#), "names a generation, not a thing")
            + textOffences(file, Pattern(#"\b(TODO|FIXME|XXX|HACK)\b"#), "is unfinished work")
    }

    /// State that the whole process has is set by Host alone, and its time zone by nobody: a zone is a value, and whoever sets TZ for
    /// one question changes the clock of everybody else.
    static func processStateOffences(_ file: SourceFile) -> [Offence] {
        let zones = lineOffences(file, processZone, "changes or asks the time zone of the whole process")
        return file.target == "Host" || file.target == "CSys"
            ? zones : zones + lineOffences(file, processState, "changes the whole process: it is Host's")
    }

    /// A call, not a method of something of our own.
    private static func call(_ names: String) -> Pattern { Pattern(#"(\bGlibc\.|(?<![.\w])(?<!func ))("# + names + #")\s*\("#) }

    private static let processZone = call("setenv|unsetenv|putenv|clearenv|tzset|localtime(_r)?|mktime|ctime(_r)?")
    private static let processState = call("f?chdir|umask|signal|sigaction|sigprocmask|pthread_sigmask")

    /// The process may be stopped only where Swift itself would stop it: a C library has no memory, and a comment says so.
    static func stopOffences(_ file: SourceFile, cOwners: Set<String>) -> [Offence] {
        file.code.enumerated().compactMap { index, line in
            guard line.contains("fatalError(") else { return nil }
            let near = file.lines[max(0, index - 3)...index]
            let isExcused = cOwners.contains(file.target ?? "") && near.contains { $0.contains("//") && $0.contains("memory") }
            return isExcused ? nil : Offence(path: file.path, line: index + 1, what: "stops the process")
        }
    }

    /// Where Russian stands besides the Catalogue: help that is part of a grammar, what is spoken, data and made-up offices.
    private static let russianIsAtHome = [
        "Sources/Telephony/Catalogue/", "Sources/Configuration/Schema", "Sources/Simulation/",
        // The configuration's grammar and the commands', each word with its help.
        "Sources/Configuration/Expectations.swift", "Sources/Configuration/Users.swift", "Sources/Console/CommandValue.swift",
        // How numbers and times are said aloud.
        "Sources/Telephony/Speaking.swift",
        // Data: days off, regions, the office as it comes, letters of charsets and searches, headings of other people's tables.
        "Sources/Routing/ProductionCalendar.swift", "Sources/Routing/Regions/",
        "Sources/Configuration/Factory.swift", "Sources/Console/Charset.swift", "Sources/Routing/Contact.swift",
        "Sources/Console/ContactsFile.swift", "Sources/Console/EmployeesFile.swift",
    ]

    /// What a user reads stands in the Catalogue, in both languages: Russian in a string anywhere else was forgotten there.
    static func wordingOffences(_ file: SourceFile) -> [Offence] {
        if russianIsAtHome.contains(where: file.path.hasPrefix) { return [] }
        var isInBlock = false
        return zip(file.lines, file.code).enumerated().compactMap { index, line in
            let (text, code) = line
            let wasInBlock = isInBlock
            if code.components(separatedBy: "\"\"\"").count.isMultiple(of: 2) { isInBlock.toggle() }
            // A comment is blank in the code, and its quotes with it.
            let quote = code.firstIndex(of: "\"")
            let inside =
                wasInBlock
                ? text.between(code.startIndex, quote ?? code.endIndex, of: code)
                : text.between(quote, code.lastIndex(of: "\""), of: code)
            guard inside.firstMatch(of: Pattern("[А-Яа-яЁё]")) != nil else { return nil }
            return Offence(path: file.path, line: index + 1, what: "Russian outside the Catalogue")
        }
    }

    /// Paths of somebody's own machine.
    static func pathOffences(_ file: SourceFile) -> [Offence] {
        textOffences(file, Pattern(#"(?<![\w.~-])/(home|root|Users)/"#), "is a path of somebody's own machine")
    }

    /// Long files.
    static func fileLengthOffences(_ file: SourceFile) -> [Offence] {
        let limit = file.root == "Tests" ? longestTest : longestSource
        let count = file.lines.last == "" ? file.lines.count - 1 : file.lines.count
        return count < limit ? [] : [Offence(path: file.path, line: count, what: "\(count) lines, the limit is \(limit)")]
    }

    /// Long functions, initialisers and computed properties: the lines between the braces.
    static func functionLengthOffences(_ file: SourceFile) -> [Offence] {
        let start = Pattern(#"(?<![.\w])(func\s+\S|init[?!]?\s*[(<]|deinit\b|subscript\s*[(<]|var\s+\w+\s*:[^={]*\{)"#)
        return file.code.indices.compactMap { index in
            guard let range = file.code[index].firstMatch(of: start),
                let length = bodyLength(file.code, line: index, from: range.lowerBound), length >= longestFunction
            else { return nil }
            return Offence(path: file.path, line: index + 1, what: "a body of \(length) lines, the limit is \(longestFunction)")
        }
    }

    /// The lines between the braces of the declaration that begins there; nil where it has none.
    private static func bodyLength(_ code: [String], line: Int, from start: String.Index) -> Int? {
        var (round, curly, opened) = (0, 0, 0)
        for index in line..<code.count {
            let text = index == line ? code[index][start...] : code[index][...]
            if index > line, curly == 0, round == 0, String(text).firstMatch(of: Pattern(#"\b(func|init|var|let|case)\b"#)) != nil
            {
                return nil
            }
            for character in text {
                switch character {
                case "(", "[": round += 1
                case ")", "]": round -= 1
                case "{" where round == 0 || curly > 0:
                    if curly == 0 { opened = index }
                    curly += 1
                case "}" where curly > 0:
                    curly -= 1
                    if curly == 0 { return max(0, index - opened - 1) }
                case "}" where round == 0: return nil
                default: break
                }
            }
        }
        return nil
    }

    private static func lineOffences(_ file: SourceFile, _ pattern: Pattern, _ why: String) -> [Offence] {
        offences(file.path, file.code, pattern, why)
    }

    private static func textOffences(_ file: SourceFile, _ pattern: Pattern, _ why: String) -> [Offence] {
        offences(file.path, file.lines, pattern, why)
    }

    private static func offences(_ path: String, _ lines: [String], _ pattern: Pattern, _ why: String) -> [Offence] {
        lines.enumerated().compactMap { index, line in
            line.firstMatch(of: pattern).map { Offence(path: path, line: index + 1, what: "`\(line[$0])` \(why)") }
        }
    }
}
