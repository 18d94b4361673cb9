/// A SIP message as its lines, as the exchange writes them.
struct SIPText {
    private let lines: [Substring]

    init(_ text: String) { lines = text.split(separator: "\r\n" as Character, omittingEmptySubsequences: false) }

    /// The status of a response.
    var status: Int? {
        let words = (lines.first ?? "").split(separator: " ")
        return words.count > 1 && words[0] == "SIP/2.0" ? Int(words[1]) : nil
    }

    /// The method of a request.
    var method: Substring { (lines.first ?? "").prefix { $0 != " " } }

    /// The first header of this name.
    func value(_ name: String) -> Substring {
        lines.first { $0.hasPrefix(name + ": ") }?.dropFirst(name.utf8.count + 2) ?? ""
    }

    /// Every line of a header, each with its end.
    func lines(_ name: String) -> String { lines.filter { $0.hasPrefix(name + ": ") }.map { $0 + "\r\n" }.joined() }

    /// What stands in quotes after `name=`, in the first header of this kind.
    func quoted(_ name: String, in header: String) -> Substring {
        value(header).split(separator: "\(name)=\"", maxSplits: 1).last?.prefix { $0 != "\"" } ?? ""
    }

    /// The URI between the angle brackets of Contact.
    var contact: Substring { value("Contact").drop { $0 != "<" }.dropFirst().prefix { $0 != ">" } }
}
