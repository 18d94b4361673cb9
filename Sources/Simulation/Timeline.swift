import Telephony

/// A ladder that a telephone engineer reads: left what people do, right everything that happened, in order.
///
///      0.0  anna dials 200   → 101 rings, anna hears ringback
///     20.0  ·                → 101 released (noAnswer), 102 rings
///
/// `·` = only time passes; a row without a time goes on with the one above; `end` looks no further.
public struct Timeline: Equatable, Sendable {
    /// One row.
    public struct Row: Equatable, Sendable {
        /// Seconds since the ladder began, as written.
        public var at: String
        /// What somebody did; nil: only time passed.
        public var deed: String?
        /// Everything that happened, in order.
        public var facts: [String]
    }

    /// From the top.
    public var rows: [Row]

    /// Reads a ladder; throws what is wrong with which line.
    public init(_ text: String) throws {
        rows = []
        for line in text.split(whereSeparator: \.isNewline) where !line.trimmed.isEmpty {
            let halves = line.split(separator: "→", maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed }
            let facts = Self.splitFacts(halves.count > 1 ? halves[1] : "")
            guard let blank = halves[0].firstIndex(of: " ") else {
                guard halves[0].isEmpty, !rows.isEmpty else { throw ImpossibleDeed(description: "no time in “\(line.trimmed)”") }
                rows[rows.count - 1].facts += facts
                continue
            }
            let deed = halves[0][blank...].trimmed
            guard let seconds = Double(halves[0][..<blank]) else {
                throw ImpossibleDeed(description: "no time in “\(line.trimmed)”")
            }
            rows.append(Row(at: Self.duration(seconds).ladder, deed: deed == "·" ? nil : String(deed), facts: facts))
        }
    }

    init(rows: [Row]) { self.rows = rows }

    static func duration(_ seconds: Double) -> Duration { .milliseconds(Int64(seconds * 1000 + 0.5)) }

    /// Facts are separated by commas outside brackets; a record's arrow stands inside its fact.
    private static func splitFacts(_ text: Substring) -> [String] {
        var (facts, fact, depth) = ([String](), "", 0)
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                facts.append(String(fact.trimmed))
                fact = ""
            } else {
                fact.append(character)
            }
        }
        return (facts + [String(fact.trimmed)]).filter { !$0.isEmpty }
    }

    /// The ladder as it is pasted into a test: columns aligned, long rows continued.
    public var text: String {
        let left = rows.map { row in
            String(repeating: " ", count: max(0, 8 - row.at.count)) + row.at + "  " + (row.deed ?? "·")
        }
        let width = left.map(\.count).max() ?? 0
        var lines: [String] = []
        for (row, head) in zip(rows, left) {
            var line = head + String(repeating: " ", count: width - head.count) + "  →"
            var isFresh = true
            for fact in row.facts {
                if line.count + fact.count > 118, !isFresh {
                    lines.append(line)
                    line = String(repeating: " ", count: width) + "  →"
                    isFresh = true
                }
                line += (isFresh ? " " : ", ") + fact
                isFresh = false
            }
            lines.append(line)
        }
        return lines.joined(separator: "\n")
    }
}

extension SimulatedOffice {
    /// Plays the left side of `text` from now on and compares everything that happens with its right side.
    /// Nil if they are the same; else the true ladder, ready to paste. A deed that
    /// nobody can do stands in it as a fact. Throws what cannot be read.
    public mutating func play(_ text: String, _ level: Level = .calls) throws -> String? {
        let expected = try Timeline(text)
        let beginning = now
        var actual: [Timeline.Row] = []
        var hasEnd = false
        for row in expected.rows {
            guard let deed = row.deed, let seconds = Double(row.at) else { continue }
            let due = beginning + Timeline.duration(seconds)
            let start = happenings.count
            // What is due at the same moment comes before what somebody does then.
            run(until: due)
            actual += rows(since: beginning, from: start, level)
            let done = happenings.count
            if deed == "end" {
                actual.append(Timeline.Row(at: row.at, deed: deed, facts: []))
                hasEnd = true
                break
            }
            var facts: [String] = []
            do {
                try perform(Deed(deed))
            } catch let impossible as ImpossibleDeed {
                facts = [impossible.description]
            }
            run(until: due)
            facts += happenings[done...].compactMap { self.text($0.what, level) }
            actual.append(Timeline.Row(at: row.at, deed: deed, facts: facts))
        }
        if !hasEnd {
            let last = expected.rows.last.flatMap { Double($0.at) } ?? 0
            let start = happenings.count
            run(until: max(now, beginning + Timeline.duration(last)) + .seconds(45))
            actual += rows(since: beginning, from: start, level)
        }
        for fault in faults + media.faults { actual.append(Timeline.Row(at: "!", deed: nil, facts: [fault])) }
        return actual == expected.rows ? nil : Timeline(rows: actual).text
    }

    /// What happened without anybody's doing, one row for each moment.
    private func rows(since beginning: Instant, from start: Int, _ level: Level) -> [Timeline.Row] {
        var rows: [Timeline.Row] = []
        for happening in happenings[start...] {
            guard let line = text(happening.what, level) else { continue }
            let at = (happening.at - beginning).ladder
            if rows.last?.at == at {
                rows[rows.count - 1].facts.append(line)
            } else {
                rows.append(Timeline.Row(at: at, deed: nil, facts: [line]))
            }
        }
        return rows
    }
}
