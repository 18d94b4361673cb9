import CCurl
import Host
import Telephony

/// One transfer of libcurl. Belongs to the outreach thread.
final class Transfer {
    /// What is transferred.
    enum Request: Sendable {
        case http(HTTPRequest)
        case mail(MailRequest)

        var deadline: Instant {
            switch self {
            case .http(let request): request.deadline
            case .mail(let request): request.deadline
            }
        }
    }

    /// A mail server's answers are short.
    private static let mailAnswerLimit = 16_384

    let handle: UnsafeMutableRawPointer
    let done: Outreach.Done
    let deadline: Instant
    private let limit: Int
    private let isMail: Bool
    /// Header fields, or receivers.
    private let list: UnsafeMutablePointer<curl_slist>?
    /// Where libcurl writes what was wrong.
    private let complaint: UnsafeMutablePointer<CChar>
    private var body: [UInt8] = []
    private var isTooLong = false
    /// What is still to be uploaded.
    private var rest: ArraySlice<UInt8> = []

    /// Nil where libcurl refuses a part of it.
    init?(_ request: Request, authorities: String?, _ done: @escaping Outreach.Done) {
        guard let handle = ccurl_easy_init() else { return nil }
        (self.handle, self.done, deadline) = (handle, done, request.deadline)
        complaint = .allocate(capacity: Int(CURL_ERROR_SIZE))
        complaint.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        let lines: [String]
        switch request {
        // An empty Expect keeps libcurl from waiting a second for "100 Continue".
        case .http(let request): (lines, limit, isMail) = (request.headers + ["Expect:"], request.answerLimit, false)
        case .mail(let request):
            (lines, limit, isMail) = ([request.to], Self.mailAnswerLimit, true)
            rest = request.letter[...]
        }
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines { list = ccurl_slist_append(list, line) ?? list }
        self.list = list
        var codes = common(authorities)
        switch request {
        case .http(let request): codes += configure(request)
        case .mail(let request): codes += configure(request)
        }
        guard codes.allSatisfy({ $0 == CURLE_OK }) else { return nil }
    }

    deinit {
        ccurl_easy_cleanup(handle)
        ccurl_slist_free_all(list)
        complaint.deallocate()
    }

    private func common(_ authorities: String?) -> [CURLcode] {
        let left = max(1, (deadline - .now).milliseconds)
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_TIMEOUT_MS, Int(left)), (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_TCP_KEEPALIVE, 1), (CURLOPT_MAXAGE_CONN, 30), (CURLOPT_NOPROGRESS, 1),
        ]
        var codes = numbers.map { ccurl_set_long(handle, $0, $1) }
        codes.append(ccurl_set_writer(handle, Self.write, Unmanaged.passUnretained(self).toOpaque()))
        codes.append(ccurl_set_pointer(handle, CURLOPT_ERRORBUFFER, complaint))
        if let authorities { codes.append(ccurl_set_text(handle, CURLOPT_CAINFO, authorities)) }
        return codes
    }

    private func configure(_ request: HTTPRequest) -> [CURLcode] {
        let texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url), (CURLOPT_USERAGENT, "apus"), (CURLOPT_PROTOCOLS_STR, "http,https"),
        ]
        var codes = texts.map { ccurl_set_text(handle, $0, $1) }
        codes.append(ccurl_set_list(handle, CURLOPT_HTTPHEADER, list))
        if let proxy = request.proxy { codes.append(ccurl_set_text(handle, CURLOPT_PROXY, proxy)) }
        if case .post(let body) = request.method {
            codes.append(ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count)))
            // libcurl copies the body.
            var body = body + [0]
            codes.append(body.withUnsafeMutableBytes { ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
        }
        return codes
    }

    private func configure(_ request: MailRequest) -> [CURLcode] {
        var texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url), (CURLOPT_PROTOCOLS_STR, "smtp,smtps"), (CURLOPT_MAIL_FROM, request.from),
        ]
        if let user = request.user { texts.append((CURLOPT_USERNAME, user)) }
        if let secret = request.secret { texts.append((CURLOPT_PASSWORD, secret)) }
        var codes = texts.map { ccurl_set_text(handle, $0, $1) }
        codes.append(ccurl_set_list(handle, CURLOPT_MAIL_RCPT, list))
        if request.requiresTLS { codes.append(ccurl_set_long(handle, CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue))) }
        codes.append(ccurl_set_long(handle, CURLOPT_UPLOAD, 1))
        codes.append(ccurl_set_size(handle, CURLOPT_INFILESIZE_LARGE, Int64(request.letter.count)))
        codes.append(ccurl_set_reader(handle, Self.read, Unmanaged.passUnretained(self).toOpaque()))
        codes.append(ccurl_set_heading(handle, Self.write, Unmanaged.passUnretained(self).toOpaque()))
        return codes
    }

    private static let write: ccurl_writer = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
    }

    private static let read: ccurl_reader = { room, size, count, context in
        guard let room, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.give(UnsafeMutableRawBufferPointer(start: room, count: size * count))
    }

    /// False ends the transfer.
    private func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= limit else {
            isTooLong = true
            return false
        }
        body += bytes
        return true
    }

    /// The next bytes of the upload.
    private func give(_ room: UnsafeMutableRawBufferPointer) -> Int {
        let part = rest.prefix(room.count)
        room.copyBytes(from: part)
        rest = rest.dropFirst(part.count)
        return part.count
    }

    /// What came of it, by libcurl's code. A mail server that said no has answered, whatever the library makes of it.
    func result(_ code: CURLcode) -> HTTPResult {
        if isTooLong { return .failed(.tooLong) }
        let status = ccurl_status(handle)
        if isMail, code == CURLE_OK { return .answered(status: 250, body: []) }
        if isMail, (400...599).contains(status) {
            // After it said no we said goodbye.
            let lines = body.split(separator: UInt8(ascii: "\n"))
            return .answered(status: status, body: Array(lines.last { $0.starts(with: "\(status)".utf8) } ?? []))
        }
        switch code {
        case CURLE_OK:
            let seconds = ccurl_retry_after(handle)
            return .answered(status: status, body: body, retryAfter: seconds > 0 ? .seconds(min(seconds, 86_400)) : nil)
        case CURLE_OPERATION_TIMEDOUT: return .failed(.late)
        default:
            let words = String(cString: complaint)
            return .failed(.broken(words.isEmpty ? String(cString: ccurl_easy_strerror(code)) : words))
        }
    }
}
