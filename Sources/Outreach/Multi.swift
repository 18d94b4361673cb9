import CCurl
import Host
import Synchronization
import Telephony

/// libcurl's transfers of one thread.
final class Multi: @unchecked Sendable {
    // Invariant: the outreach thread alone touches everything here, but for `wake`, which libcurl allows from any thread.

    private static let isReady = ccurl_load()
    /// Connections that are kept open for the next request, and those to one server at a time.
    private static let keptConnections = 8, connectionsPerHost = 8

    private let handle: OpaquePointer
    private var transfers: [UnsafeMutableRawPointer: Transfer] = [:]

    /// Nil where libcurl is not installed, or has no memory.
    init?() {
        guard Self.isReady, let handle = ccurl_multi_init() else { return nil }
        self.handle = OpaquePointer(handle)
        _ = ccurl_limit(handle, CURLMOPT_MAXCONNECTS, Self.keptConnections)
        _ = ccurl_limit(handle, CURLMOPT_MAX_HOST_CONNECTIONS, Self.connectionsPerHost)
    }

    deinit {
        _ = abandon()
        ccurl_multi_cleanup(multi)
    }

    private var multi: UnsafeMutableRawPointer { UnsafeMutableRawPointer(handle) }

    /// Ends a `wait`; from any thread.
    func wake() { ccurl_multi_wakeup(multi) }

    /// Begins a transfer; false where libcurl refuses it.
    func add(_ request: HTTPRequest, _ done: @escaping Outreach.Done) -> Bool {
        guard let transfer = Transfer(request, done) else { return false }
        guard ccurl_multi_add_handle(multi, transfer.handle) == CURLM_OK else { return false }
        transfers[transfer.handle] = transfer
        return true
    }

    /// Moves all transfers on as far as they go; those that ended.
    func perform(at now: Instant) -> [(Outreach.Done, HTTPResult)] {
        var running: Int32 = 0
        ccurl_multi_perform(multi, &running)
        var ended: [(Outreach.Done, HTTPResult)] = []
        var left: Int32 = 0
        while let message = ccurl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle else { continue }
            let code = ccurl_result(message)
            guard let transfer = take(easy) else { continue }
            ended.append((transfer.done, transfer.result(code)))
        }
        // libcurl keeps its own time limit; this is for what it does not watch, such as an answer that trickles past the end.
        for (easy, transfer) in transfers where transfer.deadline <= now {
            _ = take(easy)
            ended.append((transfer.done, .failed(.late)))
        }
        return ended
    }

    /// Waits until something is to be done.
    func wait(atMost milliseconds: Int32) {
        let next = transfers.values.map(\.deadline).min()
        let left = next.map { Int32(clamping: max(0, ($0 - .now).milliseconds + 1)) } ?? milliseconds
        ccurl_multi_poll(multi, min(left, milliseconds))
    }

    /// Gives all transfers up; who waits for them.
    func abandon() -> [Outreach.Done] {
        let all = Array(transfers.keys)
        return all.compactMap { take($0)?.done }
    }

    private func take(_ easy: UnsafeMutableRawPointer) -> Transfer? {
        ccurl_multi_remove_handle(multi, easy)
        return transfers.removeValue(forKey: easy)
    }
}

/// One transfer of libcurl.
final class Transfer {
    let handle: UnsafeMutableRawPointer
    let done: Outreach.Done
    let deadline: Instant
    private let limit: Int
    private let headers: UnsafeMutablePointer<curl_slist>?
    private var body: [UInt8] = []
    private var isTooLong = false

    /// Nil where libcurl refuses a part of it.
    init?(_ request: HTTPRequest, _ done: @escaping Outreach.Done) {
        guard let handle = ccurl_easy_init() else { return nil }
        (self.handle, self.done, deadline, limit) = (handle, done, request.deadline, request.answerLimit)
        var list: UnsafeMutablePointer<curl_slist>?
        // An empty Expect keeps libcurl from waiting a second for "100 Continue".
        for header in request.headers + ["Expect:"] { list = ccurl_slist_append(list, header) ?? list }
        headers = list
        guard configure(request) else { return nil }
    }

    deinit {
        ccurl_easy_cleanup(handle)
        ccurl_slist_free_all(headers)
    }

    private func configure(_ request: HTTPRequest) -> Bool {
        let left = max(1, (request.deadline - .now).milliseconds)
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_TIMEOUT_MS, Int(left)), (CURLOPT_NOSIGNAL, 1), (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SSL_VERIFYPEER, 1),
            (CURLOPT_SSL_VERIFYHOST, 2), (CURLOPT_TCP_KEEPALIVE, 1), (CURLOPT_MAXAGE_CONN, 30), (CURLOPT_NOPROGRESS, 1),
        ]
        let texts: [(CURLoption, String)] = [
            (CURLOPT_URL, request.url), (CURLOPT_USERAGENT, "apus"), (CURLOPT_PROTOCOLS_STR, "http,https"),
        ]
        var codes = numbers.map { ccurl_set_long(handle, $0, $1) } + texts.map { ccurl_set_text(handle, $0, $1) }
        codes.append(ccurl_set_list(handle, CURLOPT_HTTPHEADER, headers))
        codes.append(ccurl_set_writer(handle, Self.write, Unmanaged.passUnretained(self).toOpaque()))
        if case .post(let body) = request.method {
            codes.append(ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, Int64(body.count)))
            // libcurl copies the body.
            var body = body + [0]
            codes.append(body.withUnsafeMutableBytes { ccurl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, $0.baseAddress) })
        }
        return codes.allSatisfy { $0 == CURLE_OK }
    }

    private static let write: ccurl_writer = { bytes, size, count, context in
        guard let bytes, let context else { return 0 }
        let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
        return transfer.take(UnsafeRawBufferPointer(start: bytes, count: size * count)) ? size * count : 0
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

    /// What came of it, by libcurl's code.
    func result(_ code: CURLcode) -> HTTPResult {
        if isTooLong { return .failed(.tooLong) }
        switch code {
        case CURLE_OK: return .answered(status: ccurl_status(handle), body: body)
        case CURLE_OPERATION_TIMEDOUT: return .failed(.late)
        default: return .failed(.broken(String(cString: ccurl_easy_strerror(code))))
        }
    }
}
