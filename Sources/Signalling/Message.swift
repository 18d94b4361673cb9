import Telephony

/// A SIP method; unknown ones keep their name.
public struct Method: RawRepresentable, Hashable, Sendable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name, case as written (methods are case-sensitive).
    public let rawValue: String
    /// A method by name.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// A method by name.
    public init(stringLiteral name: String) { rawValue = name }
    /// The name.
    public var description: String { rawValue }

    /// Methods we handle.
    public static let invite: Method = "INVITE", ack: Method = "ACK", bye: Method = "BYE", cancel: Method = "CANCEL"
    /// Methods we handle.
    public static let register: Method = "REGISTER", options: Method = "OPTIONS", info: Method = "INFO", update: Method = "UPDATE"
    /// Methods we handle.
    public static let refer: Method = "REFER", notify: Method = "NOTIFY", subscribe: Method = "SUBSCRIBE"
}

/// A Via value (RFC 3261 §20.42).
public struct Via: Hashable, Sendable {
    /// `UDP`, `TCP`… as written.
    public var transport: String
    /// The sender's own host and port.
    public var host: String, port: UInt16?
    /// branch, received, rport and whatever else, in the order written.
    public var parameters: [Parameter]

    /// A Via from its parts.
    public init(transport: String, host: String, port: UInt16? = nil, parameters: [Parameter] = []) {
        (self.transport, self.host, self.port, self.parameters) = (transport, host, port, parameters)
    }

    /// The transaction's key.
    public var branch: String? { parameters["branch"] }

    /// `SIP/2.0/UDP host:port;branch=…`.
    public var text: String {
        "SIP/2.0/\(transport) \(host)" + (port.map { ":\($0)" } ?? "") + parameters.map { ";\($0)" }.joined()
    }
}

/// `"name" <uri>;params`, as From, To, Contact, Route, Refer-To and the like write it.
public struct NameAddress: Hashable, Sendable {
    /// Without quotes; nil if absent.
    public var name: String?
    /// The URI in angle brackets.
    public var uri: SIPURI
    /// Parameters behind the brackets.
    public var parameters: [Parameter]

    /// A value from its parts.
    public init(name: String? = nil, uri: SIPURI, parameters: [Parameter] = []) {
        (self.name, self.uri, self.parameters) = (name, uri, parameters)
    }

    /// The dialog tag.
    public var tag: String? {
        get { parameters["tag"] }
        set { parameters["tag"] = newValue }
    }

    /// The text, name quoted, URI in brackets.
    public var text: String {
        let quoted = name.map { "\"" + $0.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] } + "\" " } ?? ""
        return quoted + "<\(uri)>" + parameters.map { ";\($0)" }.joined()
    }
}

/// One header that has no field of its own in `Message`.
public struct Header: Hashable, Sendable {
    /// The name in its long form.
    public var name: String
    /// The value as text.
    public var value: String
    /// A header from its parts.
    public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}

/// A SIP message as a value: what every transaction and dialog needs is typed, the rest is text in order.
/// The transport guarantees of what it hands in: at least one Via with a branch (for requests of RFC 3261 clients), From, To,
/// Call-ID and CSeq are there and well-formed, CSeq's method is the request's, the body is as long as Content-Length says.
public struct Message: Hashable, Sendable {
    /// The first line.
    public enum Start: Hashable, Sendable {
        case request(Method, SIPURI)
        case response(status: Int, reason: String)
    }

    /// The first line.
    public var start: Start
    /// Topmost first.
    public var vias: [Via]
    /// The dialog's two ends.
    public var from: NameAddress, to: NameAddress
    /// The call's id, opaque.
    public var callID: String
    /// CSeq's number and method.
    public var sequence: UInt32, sequenceMethod: Method
    /// In the order written; `Contact: *` is `isStarContact`.
    public var contacts: [NameAddress]
    /// Whether Contact was `*`.
    public var isStarContact: Bool
    /// Route and Record-Route, topmost first.
    public var routes: [NameAddress], recordRoutes: [NameAddress]
    /// Max-Forwards, if present.
    public var maxForwards: Int?
    /// Content-Type without parameters, lower case, if there is a body.
    public var contentType: String?
    /// Everything else, in the order written, long names.
    public var headers: [Header]
    /// The body.
    public var body: [UInt8]

    /// A message with the fields that every message has.
    public init(
        _ start: Start, vias: [Via] = [], from: NameAddress, to: NameAddress, callID: String, sequence: UInt32,
        sequenceMethod: Method
    ) {
        (self.start, self.vias, self.from, self.to, self.callID) = (start, vias, from, to, callID)
        (self.sequence, self.sequenceMethod) = (sequence, sequenceMethod)
        (contacts, isStarContact, routes, recordRoutes) = ([], false, [], [])
        (maxForwards, contentType, headers, body) = (nil, nil, [], [])
    }

    /// The request's method; nil for a response.
    public var method: Method? { if case .request(let method, _) = start { method } else { nil } }
    /// The Request-URI; nil for a response.
    public var requestURI: SIPURI? { if case .request(_, let uri) = start { uri } else { nil } }
    /// The status; nil for a request.
    public var status: Int? { if case .response(let status, _) = start { status } else { nil } }

    /// The first header of this name, found without regard to case.
    public func header(_ name: String) -> String? { headers.first { $0.name.equalsIgnoringCase(name) }?.value }

    /// Every value of a header of this name, comma lists split where no quote or bracket encloses the comma.
    public func headerList(_ name: String) -> [String] {
        headers.filter { $0.name.equalsIgnoringCase(name) }.flatMap { Message.splitList($0.value) }
    }

    /// Replaces every header of this name by one, or takes them away for nil.
    public mutating func setHeader(_ name: String, _ value: String?) {
        headers.removeAll { $0.name.equalsIgnoringCase(name) }
        if let value { headers.append(Header(name, value)) }
    }

    /// The body as SDP, if it is that.
    public var sessionDescription: SessionDescription? {
        guard contentType == "application/sdp", !body.isEmpty else { return nil }
        return String(validating: body, as: UTF8.self).flatMap(SessionDescription.init)
    }

    /// Puts SDP into the body.
    public mutating func setSessionDescription(_ description: SessionDescription?) {
        contentType = description == nil ? nil : "application/sdp"
        body = description.map { Array($0.text.utf8) } ?? []
    }

    static func splitList(_ text: String) -> [String] {
        var parts: [String] = []
        var (part, quoted, depth, escaped) = ("", false, 0, false)
        for character in text {
            if escaped {
                escaped = false
            } else if character == "\\" && quoted {
                escaped = true
            } else if character == "\"" {
                quoted.toggle()
            } else if !quoted {
                if character == "<" { depth += 1 }
                if character == ">" { depth -= 1 }
                if character == "," && depth == 0 {
                    parts.append(String(part.trimmed))
                    part = ""
                    continue
                }
            }
            part.append(character)
        }
        let last = String(part.trimmed)
        return last.isEmpty ? parts : parts + [last]
    }
}
