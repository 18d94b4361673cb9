/// What is wrong with something that came instead of a SIP message, each counted by itself.
public enum MessageFault: String, Error, CaseIterable, Sendable {
    /// Longer than `MessageParser.maxLength`.
    case tooLong
    /// More than `MessageParser.maxHeaders` header lines.
    case tooManyHeaders
    /// The first line names no SIP version: STUN, HTTP, noise.
    case notSIP
    /// The header section has no end.
    case cutShort
    /// The first line is no Request-Line or Status-Line (RFC 3261 §7.1, §7.2).
    case startLine
    /// Not SIP/2.0.
    case version
    /// A status outside 100…699.
    case status
    /// A control character where none may stand.
    case controlCharacter
    /// A header line without a name or a colon.
    case headerLine
    /// Via, From, To, Call-ID or CSeq is missing.
    case missingHeader
    /// A header that may stand only once stands there again.
    case repeatedHeader
    /// Content-Length is not a number, or an absurd one, or absent on a stream.
    case contentLength
    /// The body is shorter than Content-Length says.
    case bodyCutShort
    /// CSeq is no number below 2³¹ and a method.
    case sequence
    /// CSeq names another method than the first line.
    case sequenceMethod
    /// Max-Forwards is no number up to 255.
    case maxForwards
    /// Call-ID is empty or has spaces.
    case callID
    /// A Via, From, To, Contact, Route or Record-Route does not follow the grammar.
    case addressHeader
    /// A URI does not follow the grammar.
    case uri
    /// An escaped NUL in a URI, which C would cut there.
    case escapedNUL
    /// The Request-URI is neither sip, sips nor tel.
    case scheme

    /// The status that answers a request with this fault (RFC 4475); nil: it is dropped.
    public var answer: Int? {
        switch self {
        case .tooLong, .notSIP, .cutShort, .status: nil
        case .version: 505
        case .scheme: 416
        case .tooManyHeaders, .startLine, .controlCharacter, .headerLine, .missingHeader, .repeatedHeader, .contentLength,
            .bodyCutShort, .sequence, .sequenceMethod, .maxForwards, .callID, .addressHeader, .uri, .escapedNUL:
            400
        }
    }

    /// The reason phrase of the answer: English, as on the wire.
    var phrase: String {
        switch self {
        case .tooLong: "Message Too Large"
        case .tooManyHeaders: "Bad Request (too many headers)"
        case .notSIP, .cutShort: "Bad Request"
        case .startLine: "Bad Request (request line)"
        case .version: "Version Not Supported"
        case .status: "Bad Status"
        case .controlCharacter: "Bad Request (control character)"
        case .headerLine: "Bad Request (header line)"
        case .missingHeader: "Bad Request (missing header)"
        case .repeatedHeader: "Bad Request (repeated header)"
        case .contentLength: "Bad Request (Content-Length)"
        case .bodyCutShort: "Bad Request (body shorter than Content-Length)"
        case .sequence: "Bad Request (CSeq)"
        case .sequenceMethod: "Bad Request (CSeq method)"
        case .maxForwards: "Bad Request (Max-Forwards)"
        case .callID: "Bad Request (Call-ID)"
        case .addressHeader: "Bad Request (address header)"
        case .uri: "Bad Request (URI)"
        case .escapedNUL: "Bad Request (escaped NUL)"
        case .scheme: "Unsupported URI Scheme"
        }
    }
}
