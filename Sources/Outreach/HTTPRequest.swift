import Telephony

/// One question or message to a server of HTTP.
public struct HTTPRequest: Equatable, Sendable {
    /// What is done there.
    public enum Method: Equatable, Sendable {
        case get
        /// With this body.
        case post([UInt8])
    }

    /// `http://…` or `https://…`.
    public var url: String
    /// What is done there.
    public var method: Method
    /// Further header fields, `Name: value`.
    public var headers: [String]
    /// When it is given up, wherever it is then.
    public var deadline: Instant
    /// The longest body that is taken as an answer, in bytes.
    public var answerLimit: Int
    /// The way there, `socks5://…` or `http://…`; nil: straight.
    public var proxy: String?

    /// A request from its parts.
    public init(
        _ url: String, method: Method = .get, headers: [String] = [], deadline: Instant, answerLimit: Int = 16_384
    ) {
        (self.url, self.method, self.headers, self.deadline, self.answerLimit) = (url, method, headers, deadline, answerLimit)
    }
}

/// One letter to a server of mail.
public struct MailRequest: Equatable, Sendable {
    /// Where the server is, and how it is talked to.
    public var url: String, requiresTLS: Bool
    /// What we show there; nil: nothing.
    public var user: String?, secret: String?
    /// The envelope.
    public var from: String, to: String
    /// The letter: a head, an empty line and a body, lines end with CR LF.
    public var letter: [UInt8]
    /// When it is given up, wherever it is then.
    public var deadline: Instant

    /// A letter that goes straight and in the clear to `url`, `smtp://HOST:PORT`; or encrypted to `smtps://…`.
    public init(_ url: String, from: String, to: String, letter: [UInt8], deadline: Instant) {
        (self.url, requiresTLS, self.from, self.to, self.letter) = (url, false, from, to, letter)
        self.deadline = deadline
    }
}

/// What came of a request; a mail server's answer is its last status, 250 where it has taken the letter.
public enum HTTPResult: Equatable, Sendable {
    /// The server answered, and perhaps asks to be left alone for so long; a redirection is an answer like any other, nobody follows it.
    case answered(status: Int, body: [UInt8], retryAfter: Duration? = nil)
    case failed(HTTPFailure)
}

/// Why there is no answer.
public enum HTTPFailure: Equatable, Sendable {
    /// It was not there at the deadline.
    case late
    /// It is longer than was asked for.
    case tooLong
    /// Nothing went out: too much waits already, or we are stopping.
    case notSent
    /// Anything else, in the library's words: no such host, refused, a certificate that is none.
    case broken(String)

    /// In one sentence.
    public var wording: Wording {
        switch self {
        case .late: Catalogue.answerLate
        case .tooLong: Catalogue.answerTooLong
        case .notSent: Catalogue.requestNotSent
        case .broken(let reason): Catalogue.requestBroken(reason)
        }
    }
}
