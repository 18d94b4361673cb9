import Telephony

/// One thing wrong in a configuration: where, what, and what would be right.
public struct ConfigurationError: Error, Equatable, Sendable {
    /// The line of the text that was read, from 1; nil: what was already in force before it.
    public var line: Int?
    /// What is wrong.
    public var text: Wording
    /// What would be right.
    public var hint: Wording

    /// An error from its parts.
    public init(line: Int?, text: Wording, hint: Wording) { (self.line, self.text, self.hint) = (line, text, hint) }
}

/// All that is wrong with a configuration, so that it was not taken.
public struct ConfigurationRefusal: Error, Equatable, Sendable {
    /// In the order of lines; never empty.
    public var errors: [ConfigurationError]
}

/// What is wrong with a line, before its number is known.
struct Fault: Error, Equatable {
    var text: Wording, hint: Wording

    init(_ text: Wording, _ hint: Wording) { (self.text, self.hint) = (text, hint) }

    /// A word that should have been one of `words`: the nearest is suggested, else all are named.
    static func unknown(_ word: String, among words: [String]) -> Fault {
        Fault(Catalogue.unknownWord(word), nearest(to: word, among: words).map(Catalogue.didYouMean) ?? Catalogue.oneOf(words))
    }

    static func later(_ words: String) -> Fault { Fault(Catalogue.notInThisVersion(words), Catalogue.removeTheLine) }
}

/// The word of `words` that `word` was probably meant to be: at most two slips away, and less than half of it.
public func nearest(to word: String, among words: [String]) -> String? {
    let candidates = words.map { (word: $0, slips: slips(Array(word.lowercased().prefix(32)), Array($0.lowercased()))) }
    let best = candidates.min { $0.slips < $1.slips }
    return best.flatMap { $0.slips <= 2 && $0.slips * 2 < max(3, word.count) ? $0.word : nil }
}

/// Insertions, deletions, replacements and swaps of neighbours between two words.
private func slips(_ left: [Character], _ right: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (row, character) in left.enumerated() {
        var current = [row + 1]
        for (column, other) in right.enumerated() {
            var cost = min(last[column] + (character == other ? 0 : 1), last[column + 1] + 1, current[column] + 1)
            if row > 0, column > 0, character == right[column - 1], left[row - 1] == other {
                cost = min(cost, beforeLast[column - 1] + 1)
            }
            current.append(cost)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count]
}
