import Telephony

/// What we call ourselves on the wire and what we can do.
enum Product {
    static let name = "Apus"
    /// Every method that we answer with something else than 405.
    static let allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, UPDATE, INFO, REFER, NOTIFY, SUBSCRIBE"
    static let supported = "timer, replaces, norefersub"
    /// Option tags that a Require may name.
    static let options = ["timer", "replaces", "norefersub"]
    static let accept = "application/sdp"
}

extension Message {
    /// A response to a request (RFC 3261 §8.2.6); `tag` is ours, put into To if the request had none there.
    static func response(_ status: Int, to request: Message, tag: String?, headers: [Header] = []) -> Message {
        var response = Message(
            .response(status: status, reason: reasonPhrase(status)), vias: request.vias, from: request.from, to: request.to,
            callID: request.callID, sequence: request.sequence, sequenceMethod: request.sequenceMethod)
        if response.to.tag == nil, status > 100 { response.to.tag = tag }
        response.headers = [Header("Server", Product.name)] + headers
        return response
    }

    /// The phrase of a status line.
    static func reasonPhrase(_ status: Int) -> String { phrases[status] ?? (status < 300 ? "OK" : "Refused") }

    private static let phrases = [
        100: "Trying", 180: "Ringing", 181: "Call Is Being Forwarded", 182: "Queued", 183: "Session Progress", 200: "OK",
        202: "Accepted", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable",
        408: "Request Timeout", 410: "Gone", 415: "Unsupported Media Type", 416: "Unsupported URI Scheme", 420: "Bad Extension",
        422: "Session Interval Too Small", 423: "Interval Too Brief", 480: "Temporarily Unavailable",
        481: "Call/Transaction Does Not Exist", 482: "Loop Detected", 483: "Too Many Hops", 484: "Address Incomplete",
        486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here", 489: "Bad Event", 491: "Request Pending",
        500: "Server Internal Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
        504: "Server Time-out", 600: "Busy Everywhere", 603: "Decline", 604: "Does Not Exist Anywhere", 606: "Not Acceptable",
    ]

    /// Writes down where the request really came from (RFC 3261 §18.2.1, RFC 3581 §4).
    mutating func stampSource(_ flow: Flow) {
        guard !vias.isEmpty else { return }
        let source = flow.remote.address
        let wantsPort = vias[0].parameters["rport"] != nil
        if wantsPort { vias[0].parameters["rport"] = String(flow.remote.port) }
        if wantsPort || IPAddress(vias[0].host) != source { vias[0].parameters["received"] = source.description }
    }

    /// The same To tag for every copy of a request that we answer without remembering it (RFC 3261 §8.2.7).
    var statelessTag: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in [vias.first?.branch ?? "", callID, from.tag ?? ""] {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return String(hash, radix: 16)
    }

    /// Whether a comma list holds this token, without regard to case.
    func lists(_ token: String, in name: String) -> Bool { headerList(name).contains { $0.equalsIgnoringCase(token) } }

    /// Option tags that Require names and we do not know (RFC 3261 §8.2.2.3).
    var unknownOptions: [String] {
        headerList("Require").filter { tag in !Product.options.contains { $0.equalsIgnoringCase(tag) } }
    }

    /// The cause that a Reason header tells (RFC 3326), if it is one that we know.
    var reasonCause: Cause? {
        for value in headerList("Reason") {
            let parts = value.split(separator: ";")
            let number = parts.dropFirst().compactMap { Parameter(text: $0) }["cause"].flatMap { Int($0) }
            switch parts.first?.trimmed.uppercased() {
            case "SIP" where number == 200: return .answeredElsewhere
            case "Q.850": if let cause = Cause.allCases.first(where: { $0.q850 == number }) { return cause }
            default: break
            }
        }
        return nil
    }
}

extension Cause {
    /// Reason (RFC 3326) of a CANCEL: a phone does not show a call as missed that a colleague took (3GPP TS 24.229).
    var cancelReason: Header {
        switch self {
        case .answeredElsewhere: Header("Reason", "SIP;cause=200;text=\"Call completed elsewhere\"")
        case .normalClearing, .unallocated, .busy, .noAnswer, .unreachable, .declined, .invalidNumber, .cancelled, .noCircuit,
            .networkFailure, .incompatibleMedia, .forbidden, .timeout, .loop, .interrupted:
            releaseReason
        }
    }

    /// Reason of a BYE or of a refusal.
    var releaseReason: Header { Header("Reason", "Q.850;cause=\(q850)") }
}

extension Moment {
    /// `Sat, 13 Nov 2010 23:29:00 GMT` (RFC 3261 §20.17).
    var sipDate: String {
        let time = CivilTime(utc: utc, offset: 0)
        let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = "\(time.hour.padded(2)):\(time.minute.padded(2)):\(time.second.padded(2))"
        return "\(days[time.weekday - 1]), \(time.day.padded(2)) \(months[time.month - 1]) \(time.year.padded(4)) \(clock) GMT"
    }
}
