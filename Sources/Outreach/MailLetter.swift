import Telephony

/// A letter as a mail server takes it: RFC 5322, with MIME (RFC 2045) and encoded words (RFC 2047) for whatever is not ASCII.
public struct MailLetter: Equatable, Sendable {
    /// A file that goes along.
    public struct Attachment: Equatable, Sendable {
        /// Its name in ASCII, and its type: `audio/wav`.
        public var name: String, type: String
        /// What is in it.
        public var bytes: [UInt8]

        /// An attachment from its parts.
        public init(name: String, type: String, bytes: [UInt8]) { (self.name, self.type, self.bytes) = (name, type, bytes) }
    }

    /// Whom it is from: the address, and a name to show.
    public var from: String, sender: String
    /// Whom it goes to.
    public var to: String
    /// When it was written, on the office's clock.
    public var date: CivilTime
    /// What tells it from all others, wherever it is sent again.
    public var id: String
    /// What it says.
    public var subject: String, text: String
    /// What goes along; nil: nothing.
    public var attachment: Attachment?

    /// A letter without an attachment.
    public init(from: String, sender: String, to: String, date: CivilTime, id: String, subject: String, text: String) {
        (self.from, self.sender, self.to, self.date, self.id) = (from, sender, to, date, id)
        (self.subject, self.text) = (subject, text)
    }

    /// Its bytes; lines end with CR LF.
    public var bytes: [UInt8] {
        let host = from.split(separator: "@").last.map(String.init) ?? "apus"
        let name = sender.isEmpty ? "" : Self.words(sender, after: "From: ") + " "
        let head = [
            "Date: \(Self.date(date))", "From: \(name)<\(from)>", "To: <\(to)>", "Message-ID: <\(Self.token(id))@\(host)>",
            "Subject: \(Self.words(subject, after: "Subject: "))", "Auto-Submitted: auto-generated", "MIME-Version: 1.0",
        ]
        let words = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", ""]
        let body = Self.base64Lines(Array(text.utf8))
        guard let attachment else { return Self.lines(head + words + body) }
        // Base64 has no hyphen, so nothing inside looks like the boundary.
        let boundary = "--\(Self.token(id))"
        let file = [
            "Content-Type: \(attachment.type); name=\"\(attachment.name)\"", "Content-Transfer-Encoding: base64",
            "Content-Disposition: attachment; filename=\"\(attachment.name)\"", "",
        ]
        let opening = ["Content-Type: multipart/mixed; boundary=\"\(Self.token(id))\"", "", boundary]
        return Self.lines(
            head + opening + words + body + [boundary] + file + Self.base64Lines(attachment.bytes) + [boundary + "--"])
    }

    private static func lines(_ lines: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in lines { bytes += Array(line.utf8) + [13, 10] }
        return bytes
    }

    /// `Mon, 23 Nov 2026 12:00:00 +0300`.
    static func date(_ time: CivilTime) -> String {
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        let offset = abs(time.offset) / 60
        let zone = (time.offset < 0 ? "-" : "+") + (offset / 60).padded(2) + (offset % 60).padded(2)
        return "\(days[time.weekday - 1]), \(time.day) \(months[time.month - 1]) \(time.year.padded(4)) \(clock) \(zone)"
    }

    /// What may stand in a Message-ID and a boundary; at most 70 characters, as RFC 2046 has it.
    static func token(_ text: String) -> String {
        String(text.utf8.map { isLetter($0) ? Character(UnicodeScalar($0)) : "." }.suffix(70))
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte & 0xDF) }

    /// The longest encoded word, and the longest line of a head.
    private static let wordLimit = 75, lineLimit = 76

    /// A text as encoded words, each whole characters, folded where a line would be too long. Control characters are spaces.
    static func words(_ text: String, after name: String) -> String {
        let start = "=?UTF-8?B?", end = "?="
        let clean = text.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        // The first word shares its line with the field's name.
        var room = (min(wordLimit, lineLimit - name.utf8.count) - start.count - end.count) / 4 * 3
        var words: [String] = []
        var bytes: [UInt8] = []
        for character in clean {
            let next = Array(String(character).utf8)
            if bytes.count + next.count > room {
                words.append(start + base64(bytes) + end)
                (bytes, room) = ([], (wordLimit - start.count - end.count) / 4 * 3)
            }
            bytes += next
        }
        words.append(start + base64(bytes) + end)
        return words.joined(separator: "\r\n ")
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// RFC 4648 §4.
    static func base64(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var group = 0, count = 0
        for byte in bytes {
            (group, count) = (group << 8 | Int(byte), count + 1)
            guard count == 3 else { continue }
            for shift in [18, 12, 6, 0] { text.append(alphabet[group >> shift & 63]) }
            (group, count) = (0, 0)
        }
        if count > 0 {
            group <<= 8 * (3 - count)
            for shift in [18, 12, 6, 0].prefix(count + 1) { text.append(alphabet[group >> shift & 63]) }
            text += Array(repeating: UInt8(ascii: "="), count: 3 - count)
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The same in lines of 76.
    private static func base64Lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: max(1, bytes.count), by: 57).map { base64(bytes[$0..<min($0 + 57, bytes.count)]) }
    }
}
