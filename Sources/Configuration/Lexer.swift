import Telephony

/// A word of a line as it was typed.
struct Token: Equatable {
    var text: String
    var isQuoted: Bool
}

/// Cuts a line into words.
enum Lexer {
    /// The longest line in bytes.
    static let lineLimit = 1000

    /// The words of a line; empty for a blank line or a comment. A word that is a lone `#` begins a comment too.
    static func words(_ line: Substring) throws(Fault) -> [Token] {
        if line.utf8.count > lineLimit { throw Fault(Catalogue.lineTooLong(lineLimit), Catalogue.shorten) }
        var rest = line.unicodeScalars
        var tokens: [Token] = []
        while let next = rest.first {
            if isSpace(next) {
                rest.removeFirst()
            } else if next == "\"" {
                rest.removeFirst()
                tokens.append(Token(text: try quoted(&rest), isQuoted: true))
            } else {
                let word = rest.prefix { !isSpace($0) && $0 != "\"" }
                rest = rest[word.endIndex...]
                let text = String(word)
                if text == "#" || (tokens.isEmpty && text.hasPrefix("#")) { break }
                tokens.append(Token(text: text, isQuoted: false))
            }
        }
        let isPlain = tokens.allSatisfy { $0.text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } }
        if !isPlain { throw Fault(Catalogue.controlCharacter, Catalogue.plainText) }
        return tokens
    }

    /// Spaces, also the ones that word processors and Windows leave.
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar == " " || scalar == "\t" || scalar == "\r" || scalar == "\u{A0}" || scalar == "\u{FEFF}"
    }

    private static func quoted(_ rest: inout Substring.UnicodeScalarView) throws(Fault) -> String {
        var text = String.UnicodeScalarView()
        while let next = rest.popFirst() {
            switch next {
            case "\"": return String(text)
            case "\\":
                guard let escaped = rest.popFirst() else { throw Fault(Catalogue.openQuote, Catalogue.closeQuote) }
                text.append(escaped)
            default: text.append(next)
            }
        }
        throw Fault(Catalogue.openQuote, Catalogue.closeQuote)
    }
}
