import Host
import Telephony
import TestServers
import Testing

@testable import Outreach

@Suite("Outreach") struct OutreachTests {
    /// A server, an outreach, and what comes of a request to a path.
    private func ask(_ path: String, for time: Duration = .milliseconds(300), limit: Int = 16_384) throws -> (
        HTTPResult?, [String]
    ) {
        let (server, outreach, box) = (try Server(), try Outreach(), try Box<HTTPResult>())
        outreach.send(HTTPRequest(server.url(path), deadline: .now + time, answerLimit: limit)) { box.put($0) }
        let result = box.next()
        server.close()
        outreach.stop()
        #expect(box.count == 0 && outreach.counters.open == 0)
        return (result, server.requests)
    }

    @Test("an answer comes with its status; a redirection is one, and nobody follows it")
    func answers() throws {
        let (found, lines) = try ask("/owner?number=%2B7916", for: .seconds(20))
        guard case .answered(200, let body, _) = found else { Issue.record("\(String(describing: found))"); return }
        #expect(String(decoding: body, as: UTF8.self).contains("\"owner\":\"102\""))
        #expect(lines == ["GET /owner?number=%2B7916 HTTP/1.1"])
        #expect(try ask("/error", for: .seconds(20)).0 == .answered(status: 500, body: Array("{}".utf8)))
        let (elsewhere, once) = try ask("/elsewhere", for: .seconds(20))
        #expect(elsewhere == .answered(status: 302, body: []) && once.count == 1)
    }

    @Test("R-139: who hangs or drips is given up at the deadline", arguments: ["/hang", "/drip"])
    func late(path: String) throws { #expect(try ask(path).0 == .failed(.late)) }

    @Test("what is endless, cut or no HTTP is no answer", arguments: ["/huge", "/headers", "/garbage", "/cut"])
    func broken(path: String) throws {
        let result = try ask(path, for: .seconds(20)).0
        guard case .failed(let failure)? = result else { Issue.record("\(String(describing: result))"); return }
        #expect(failure != .late && failure != .notSent)
        if path == "/huge" { #expect(failure == .tooLong) }
    }

    @Test(
        "nobody listens; other protocols are not spoken", arguments: ["http://127.0.0.1:1/", "file:///etc/passwd", "no address"])
    func unreachable(url: String) throws {
        let (outreach, box) = (try Outreach(), try Box<HTTPResult>())
        outreach.send(HTTPRequest(url, deadline: .now + .seconds(20))) { box.put($0) }
        guard case .failed(.broken)? = box.next() else { Issue.record("\(url) answered"); return }
        outreach.stop()
    }

    @Test("a body is posted as it is, zeros included")
    func post() throws {
        let (server, outreach, box) = (try Server(), try Outreach(), try Box<HTTPResult>())
        let request = HTTPRequest(
            server.url("/owner"), method: .post([123, 0, 125]), headers: ["Content-Type: application/json"],
            deadline: .now + .seconds(20))
        outreach.send(request) { box.put($0) }
        guard case .answered(200, _, _)? = box.next() else { Issue.record("no answer"); return }
        #expect(server.requests == ["POST /owner HTTP/1.1"])
        outreach.stop()
        server.close()
    }

    @Test("hundreds at a time are each told once; stopping tells those that are on their way")
    func many() throws {
        let (server, outreach, box) = (try Server(), try Outreach(), try Box<HTTPResult>())
        for _ in 0..<200 { outreach.send(HTTPRequest(server.url("/owner"), deadline: .now + .seconds(25))) { box.put($0) } }
        for _ in 0..<200 {
            guard case .answered(200, _, _)? = box.next() else { Issue.record("one is lost"); return }
        }
        for _ in 0..<50 { outreach.send(HTTPRequest(server.url("/hang"), deadline: .now + .seconds(25))) { box.put($0) } }
        outreach.stop()
        for _ in 0..<50 { #expect(box.next() == .failed(.notSent)) }
        let counters = outreach.counters
        #expect(counters.sent == 250 && counters.answered == 200 && counters.failed == 50 && counters.open == 0)
        server.close()
    }
}
