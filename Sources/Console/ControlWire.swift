import Telephony

/// How the output of a command is wanted.
public enum OutputFormat: String, Equatable, Sendable, CaseIterable {
    case text, json, csv
}

/// A command as it goes over the control socket.
public struct ControlRequest: Equatable, Sendable {
    /// The words after `apus`, options included.
    public var words: [String]
    /// The language of the answer; nil: the office's.
    public var language: Language?
    /// Columns of the terminal.
    public var width: Int
    /// The text of the file that the words name, if they do.
    public var attachment: String?
    /// Who asks, for the history of revisions.
    public var user: String

    /// A request from its parts.
    public init(
        _ words: [String], language: Language? = nil, width: Int = 80, attachment: String? = nil, user: String = "apus"
    ) {
        (self.words, self.language, self.width, self.attachment, self.user) = (words, language, width, attachment, user)
    }
}

/// What a command answers.
public struct Reply: Equatable, Sendable {
    /// 0 done, 1 refused, 2 wrong usage, 3 the exchange is not running.
    public var exitCode: Int
    /// For standard output, and for standard error.
    public var output: String, errors: String

    /// A reply from its parts.
    public init(exitCode: Int = 0, output: String = "", errors: String = "") {
        (self.exitCode, self.output, self.errors) = (exitCode, output, errors)
    }

    static func refused(_ reason: String) -> Reply { Reply(exitCode: 1, errors: reason + "\n") }
}

/// A message of the control socket that is none.
public enum ControlWireError: Error, Equatable, Sendable {
    /// It says to be longer than is allowed.
    case tooLong
    /// Lengths that do not add up, bytes that are not UTF-8, fields missing or of another form.
    case malformed
}

/// The control socket's language: a message is its length in four bytes, the highest first, then fields, each in the same manner.
public enum ControlWire {
    /// The length of a message's head in bytes.
    public static let headLength = 4
    /// The longest request in bytes, without its head: a contact book of 100 000 lines has room.
    public static let requestLimit = 32 << 20
    /// A request over this length is answered alone, so that many at once cannot fill the memory.
    public static let largeRequest = 2 << 20
    /// The longest reply in bytes, without its head.
    public static let replyLimit = 64 << 20
    /// The most fields of a message.
    public static let fieldLimit = 256
    /// The widest terminal.
    public static let widthLimit = 1000

    private static let version = "apus 1"

    /// The length of the message that follows this head. Throws where it is over the limit or the head is none.
    public static func length(head: [UInt8], limit: Int) throws(ControlWireError) -> Int {
        guard head.count == headLength else { throw .malformed }
        let length = number(head[...])
        if length > limit { throw .tooLong }
        return length
    }

    /// A request with its head. Throws where it is over the limit.
    public static func encode(_ request: ControlRequest) throws(ControlWireError) -> [UInt8] {
        try encode(
            [
                version, request.language?.rawValue ?? "", String(request.width), request.attachment == nil ? "" : "text",
                request.attachment ?? "", request.user,
            ] + request.words, limit: requestLimit)
    }

    /// A reply with its head. Throws where it is over the limit.
    public static func encode(_ reply: Reply) throws(ControlWireError) -> [UInt8] {
        try encode([version, String(reply.exitCode), reply.output, reply.errors], limit: replyLimit)
    }

    /// The request in a message without its head. Throws for anything else.
    public static func request(_ body: [UInt8]) throws(ControlWireError) -> ControlRequest {
        let fields = try decode(body)
        guard fields.count >= 6, fields[0] == version, let width = Int(fields[2]), (1...widthLimit).contains(width),
            fields[1].isEmpty || Language(rawValue: fields[1]) != nil, ["", "text"].contains(fields[3])
        else { throw .malformed }
        return ControlRequest(
            Array(fields[6...]), language: Language(rawValue: fields[1]), width: width,
            attachment: fields[3].isEmpty ? nil : fields[4], user: fields[5])
    }

    /// The reply in a message without its head. Throws for anything else.
    public static func reply(_ body: [UInt8]) throws(ControlWireError) -> Reply {
        let fields = try decode(body)
        guard fields.count == 4, fields[0] == version, let code = Int(fields[1]), (0...255).contains(code) else {
            throw .malformed
        }
        return Reply(exitCode: code, output: fields[2], errors: fields[3])
    }

    static func encode(_ fields: [String], limit: Int) throws(ControlWireError) -> [UInt8] {
        let length = fields.reduce(0) { $0 + headLength + $1.utf8.count }
        if length > limit || fields.count > fieldLimit { throw .tooLong }
        var bytes = head(length)
        bytes.reserveCapacity(headLength + length)
        for field in fields { bytes += head(field.utf8.count) + Array(field.utf8) }
        return bytes
    }

    static func decode(_ body: [UInt8]) throws(ControlWireError) -> [String] {
        var rest = body[...]
        var fields: [String] = []
        while !rest.isEmpty {
            guard rest.count >= headLength, fields.count < fieldLimit else { throw .malformed }
            let length = number(rest.prefix(headLength))
            rest = rest.dropFirst(headLength)
            guard rest.count >= length, let field = String(validating: rest.prefix(length), as: UTF8.self) else {
                throw .malformed
            }
            fields.append(field)
            rest = rest.dropFirst(length)
        }
        return fields
    }

    private static func head(_ length: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
