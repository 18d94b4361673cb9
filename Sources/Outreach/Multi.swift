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

    private let authorities: String?

    /// Nil where libcurl is not installed, or has no memory.
    init?(authorities: String?) {
        guard Self.isReady, let handle = ccurl_multi_init() else { return nil }
        (self.handle, self.authorities) = (OpaquePointer(handle), authorities)
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
    func add(_ request: Transfer.Request, _ done: @escaping Outreach.Done) -> Bool {
        guard let transfer = Transfer(request, authorities: authorities, done) else { return false }
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
