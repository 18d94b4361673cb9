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

    /// A request from its parts.
    public init(
        _ url: String, method: Method = .get, headers: [String] = [], deadline: Instant, answerLimit: Int = 16_384
    ) {
        (self.url, self.method, self.headers, self.deadline, self.answerLimit) = (url, method, headers, deadline, answerLimit)
    }
}

/// What came of a request.
public enum HTTPResult: Equatable, Sendable {
    /// The server answered; a redirection is an answer like any other, nobody follows it.
    case answered(status: Int, body: [UInt8])
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
