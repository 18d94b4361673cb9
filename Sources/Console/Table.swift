import Telephony

/// A list of things as commands show it: one value, printed for people, for programs and for spreadsheets.
public struct Table: Equatable, Sendable {
    /// A column.
    public struct Column: Equatable, Sendable {
        /// Its stable key in JSON and CSV.
        var key: String
        /// Its heading for people; nil: people do not see it.
        var title: Wording?
        /// Whether it is set to the right.
        var isNumber = false
        /// Whether it is told in full, on several lines where it must be; the last column only.
        var wraps = false

        init(_ key: String, _ title: Wording?, isNumber: Bool = false, wraps: Bool = false) {
            (self.key, self.title, self.isNumber, self.wraps) = (key, title, isNumber, wraps)
        }
    }

    /// One field: as people read it, and as programs do.
    public struct Cell: Equatable, Sendable {
        var text: String
        var json: JSON

        init(_ text: String, _ json: JSON) { (self.text, self.json) = (text.printable, json) }
        init(_ text: String) { self.init(text, .string(text)) }
        init(_ text: String?) { self.init(text ?? "—", .optional(text)) }
        init(_ number: Int) { self.init(String(number), .integer(number)) }
    }

    var columns: [Column]
    var rows: [[Cell]]
    /// What is said instead of an empty table.
    var empty: Wording

    /// Spaces between columns.
    private static let gap = 2
    /// A column is not made narrower than this.
    private static let narrowest = 6

    /// The rows under their headings, no line wider than `width`: too long fields are cut, widest column first.
    public func text(in language: Language, width: Int) -> String {
        if rows.isEmpty { return empty.text(in: language) + "\n" }
        let shown = columns.indices.filter { columns[$0].title != nil }
        let head = shown.map { columns[$0].title?.text(in: language) ?? "" }
        let lines = [head] + rows.map { row in shown.map { row[$0].text } }
        var widths = shown.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        while widths.reduce(Self.gap * (widths.count - 1), +) > width,
            let widest = widths.indices.max(by: { widths[$0] < widths[$1] }),
            widths[widest] > Self.narrowest
        {
            widths[widest] -= 1
        }
        let gap = String(repeating: " ", count: Self.gap)
        return lines.map { line in
            let fields = line.indices.map { column in
                columns[shown[column]].isNumber
                    ? line[column].cut(widths[column]).paddedLeft(widths[column])
                    : line[column].cut(widths[column]).paddedRight(widths[column])
            }
            guard let last = line.last, let index = shown.last, columns[index].wraps else {
                return fields.joined(separator: gap).trimmedEnd.cut(width) + "\n"
            }
            let before = fields.dropLast().map { $0 + gap }.joined()
            return last.wrapped(after: before, indent: before.count, width: width).map { $0 + "\n" }.joined()
        }.joined()
    }

    /// An array of objects, one for each row, with the columns' keys.
    public var json: JSON {
        .array(rows.map { row in .object(zip(columns, row).map { ($0.key, $1.json) }) })
    }

    /// RFC 4180 with the keys as header row; a list or an object stands in its field as JSON.
    public var csv: String {
        let lines = [columns.map(\.key)] + rows.map { $0.map { Self.plain($0.json) } }
        return lines.map { CSV.line($0) }.joined()
    }

    private static func plain(_ json: JSON) -> String {
        switch json {
        case .null: ""
        case .string(let text): text
        case .bool, .integer, .number, .array, .object: json.description
        }
    }
}

extension String {
    /// The text on as many lines as it takes, broken at spaces: the first after `title`, the others after `indent` spaces.
    func wrapped(after title: String, indent: Int, width: Int) -> [String] {
        var lines = [title]
        var isFresh = true
        for word in split(separator: " ") {
            let last = lines[lines.count - 1]
            if !isFresh, last.count + 1 + word.count > width {
                lines.append((String(repeating: " ", count: indent) + word).cut(width))
            } else {
                lines[lines.count - 1] = (last + (isFresh ? "" : " ") + word).cut(width)
            }
            isFresh = false
        }
        return lines.map(\.trimmedEnd)
    }
}
