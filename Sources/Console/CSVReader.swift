import Telephony

/// Reads comma-separated values (RFC 4180), also with semicolons or tabs, record by record.
struct CSVReader {
    /// What a record can be wrong by.
    enum Fault: Error, Equatable {
        /// A quote that does not end.
        case openQuote
        /// Something stands behind a field's closing quote.
        case afterQuote
        /// More than the limit of fields, or of bytes in one of them.
        case tooLong
    }

    static let fieldLimit = 256
    static let byteLimit = 16_384

    /// What stands between fields.
    let separator: UInt8
    /// The line that the record read last began on, counted from 1.
    private(set) var line = 0
    private var bytes: Substring.UTF8View
    private var nextLine = 1

    /// A text whose separator is the one that its first line has most of, outside quotes.
    init(_ text: String) {
        bytes = text[...].utf8
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == 10 || byte == 13, !isQuoted { break }
            if !isQuoted, [UInt8(ascii: ","), UInt8(ascii: ";"), 9].contains(byte) { counts[byte, default: 0] += 1 }
        }
        separator = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ",")
    }

    /// The next record that is not blank; nil at the end. After a fault the next call goes on with the next line.
    mutating func next() throws(Fault) -> [String]? {
        while !bytes.isEmpty {
            line = nextLine
            let start = bytes
            do throws(Fault) {
                let fields = try record()
                if !fields.allSatisfy(\.isEmpty) { return fields }
            } catch {
                bytes = start
                nextLine = line
                skipLine()
                throw error
            }
        }
        return nil
    }

    private mutating func record() throws(Fault) -> [String] {
        var fields: [String] = []
        while true {
            guard fields.count < Self.fieldLimit else { throw .tooLong }
            fields.append(bytes.first == UInt8(ascii: "\"") ? try quoted() : try plain())
            guard bytes.first == separator else { break }
            bytes.removeFirst()
        }
        endLine()
        return fields
    }

    private mutating func plain() throws(Fault) -> String {
        let field = bytes.prefix { $0 != separator && $0 != 10 && $0 != 13 }
        guard field.count <= Self.byteLimit else { throw .tooLong }
        bytes = bytes[field.endIndex...]
        return Self.trimmed(Substring(field))
    }

    private mutating func quoted() throws(Fault) -> String {
        bytes.removeFirst()
        var field: [UInt8] = []
        while true {
            let part = bytes.prefix { $0 != UInt8(ascii: "\"") }
            guard field.count + part.count <= Self.byteLimit else { throw .tooLong }
            field += part
            nextLine += part.count { $0 == 10 }
            bytes = bytes[part.endIndex...]
            guard !bytes.isEmpty else { throw .openQuote }
            bytes.removeFirst()
            guard bytes.first == UInt8(ascii: "\"") else { break }
            field.append(UInt8(ascii: "\""))
            bytes.removeFirst()
        }
        while bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
        guard [separator, 10, 13, nil].contains(bytes.first) else { throw .afterQuote }
        return Self.trimmed(String(decoding: field, as: UTF8.self)[...])
    }

    /// LF, CRLF or CR.
    private mutating func endLine() {
        if bytes.first == 13 { bytes.removeFirst() }
        if bytes.first == 10 { bytes.removeFirst() }
        nextLine += 1
    }

    private mutating func skipLine() {
        bytes = bytes[bytes.prefix { $0 != 10 && $0 != 13 }.endIndex...]
        endLine()
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first.isWhitespace { rest.removeFirst() }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}

extension CSVReader.Fault {
    /// What is wrong, and what would be right.
    var wording: Wording {
        switch self {
        case .openQuote: Catalogue.openQuote
        case .afterQuote: Catalogue.textAfterQuote
        case .tooLong: Catalogue.fieldTooLong
        }
    }

    var hint: Wording {
        switch self {
        case .openQuote, .afterQuote: Catalogue.closeFieldQuote
        case .tooLong: Catalogue.shorten
        }
    }
}
