import Host
import Routing
import Synchronization
import Telephony
import TestServers
import Testing

@testable import Outreach

/// A clock that the test moves.
private final class HandClock: Sendable {
    private let time = Mutex(Instant.zero)
    var now: Instant { time.withLock { $0 } }
    func advance(_ duration: Duration) { time.withLock { $0 = $0 + duration } }
}

/// A hook on a server of its own, asked and waited for.
private final class Bench {
    let server: Server
    let outreach: Outreach
    let client: HookClient
    let clock = HandClock()

    init() throws {
        (server, outreach) = (try Server(), try Outreach())
        client = HookClient(outreach) { [clock] in clock.now }
    }

    deinit {
        outreach.stop()
        server.close()
    }

    func ask(_ path: String, _ number: String = "79161234567", for time: Duration = .seconds(20)) throws -> HookReply? {
        let box = try Box<HookReply>()
        client.ask(LookUpHook("crm", url: server.url(path)), number, deadline: .now + time) { box.put($0) }
        return box.next()
    }

    func count(_ name: String) -> Int? { client.health(at: 0).counters.first { $0.name == name }?.count }
}

@Suite("Look-up hook") struct HookTests {
    @Test("R-139 R-049: name, owner, company and language of a client come from the hook, asked by his full number")
    func known() throws {
        let bench = try Bench()
        let reply = HookReply(.known(name: "Иван", owner: "102"), company: "ООО", language: "en")
        #expect(try bench.ask("/owner") == reply)
        #expect(bench.server.requests == ["GET /owner?number=%2B79161234567 HTTP/1.1"])
    }

    @Test("an answer is remembered: five minutes of whom it knows, one of whom not; another address begins anew")
    func memory() throws {
        let bench = try Bench()
        for _ in 0..<3 { _ = try bench.ask("/owner") }
        #expect(bench.server.requests.count == 1 && bench.count("remembered") == 2)
        bench.clock.advance(.seconds(299))
        _ = try bench.ask("/owner")
        #expect(bench.server.requests.count == 1)
        bench.clock.advance(.seconds(2))
        _ = try bench.ask("/owner")
        #expect(bench.server.requests.count == 2)
        for _ in 0..<2 { #expect(try bench.ask("/unknown") == HookReply(.unknown)) }
        bench.clock.advance(.seconds(61))
        #expect(try bench.ask("/unknown") == HookReply(.unknown))
        #expect(bench.server.requests.count == 4)
    }

    @Test(
        "what is no right answer is a failure with a reason",
        arguments: [
            ("/text", Catalogue.notJSON(at: 1)), ("/error", Catalogue.wrongStatus(500)),
            ("/elsewhere", Catalogue.wrongStatus(302)),
            ("/wrong", Catalogue.wrongAnswer("owner")), ("/huge", Catalogue.answerTooLong),
        ])
    func failures(path: String, reason: Wording) throws {
        #expect(try Bench().ask(path) == HookReply(.failed(reason)))
    }

    @Test("R-139: a hook that hangs is given up at the deadline")
    func hangs() throws {
        #expect(try Bench().ask("/hang", for: .milliseconds(100)) == HookReply(.failed(Catalogue.answerLate)))
    }

    @Test("404 is nobody")
    func gone() throws { #expect(try Bench().ask("/gone") == HookReply(.unknown)) }

    @Test("after five failures in a row it is left alone for 30 s, one call tries it again, and then it is as before")
    func breaker() throws {
        let bench = try Bench()
        for number in 0..<5 {
            #expect(try bench.ask("/hang", "7916\(number)", for: .milliseconds(30))?.failure == Catalogue.answerLate)
        }
        #expect(try bench.ask("/hang") == HookReply(.failed(Catalogue.hookRests(Catalogue.answerLate))))
        #expect(bench.server.requests.count == 5 && bench.count("spared") == 1 && bench.count("open") == 1)
        #expect(bench.client.health(at: 7).fault?.text == Catalogue.hookOut("crm", Catalogue.answerLate))
        bench.clock.advance(.seconds(31))
        #expect(try bench.ask("/hang", for: .milliseconds(30))?.failure == Catalogue.answerLate, "the try")
        #expect(bench.count("open") == 1 && bench.server.requests.count == 6)
        #expect(try bench.ask("/hang")?.failure == Catalogue.hookRests(Catalogue.answerLate))
    }

    @Test("an outage ends: the try finds it back")
    func recovery() throws {
        var memory = HookMemory(LookUpHook("crm", url: "http://a"))
        var now = Instant.zero
        func mayAsk() -> Bool { memory.breaker.mayAsk(at: now) }
        for _ in 0..<5 {
            #expect(mayAsk())
            memory.note(HookReply(.failed(Catalogue.answerLate)), of: "1", at: now)
        }
        #expect(!mayAsk() && memory.breaker.isOpen)
        now = now + CircuitBreaker.rest
        #expect(mayAsk())
        #expect(!mayAsk(), "one only")
        memory.breaker.gaveUp()
        #expect(mayAsk(), "the try that never went out is no try")
        memory.note(HookReply(.unknown), of: "1", at: now)
        #expect(!memory.breaker.isOpen && mayAsk() && memory.reply(of: "1", at: now) == HookReply(.unknown))
        memory.note(HookReply(.failed(Catalogue.answerLate)), of: "1", at: now)
        #expect(mayAsk(), "it takes five again")
    }

    @Test("memory is bounded")
    func bounded() {
        var memory = HookMemory(LookUpHook("crm", url: "http://a"))
        for client in 0..<3 * HookMemory.capacity { memory.note(HookReply(.unknown), of: "\(client)", at: .zero) }
        #expect(memory.count <= HookMemory.capacity)
    }

    @Test("answers in all their forms")
    func replies() {
        func read(_ text: String) -> HookReply { HookReply(status: 200, body: Array(text.utf8)) }
        #expect(read("{}") == HookReply(.unknown) && read(#"{"name":null,"owner":""}"#) == HookReply(.unknown))
        #expect(read(#"{"known":true}"#) == HookReply(.known(name: "", owner: nil)))
        #expect(read(#"{"owner":101}"#) == HookReply(.known(name: "", owner: "101")))
        #expect(read(#"{"known":false,"owner":"101"}"#) == HookReply(.unknown))
        #expect(read(#"{"name":" Иван\u0007\n"}"#) == HookReply(.known(name: "Иван", owner: nil)))
        #expect(
            read("{\"name\":\"\(String(repeating: "я", count: 500))\"}").answer
                == .known(name: String(repeating: "я", count: 200), owner: nil))
        for (text, key) in [
            (#"{"known":1}"#, "known"), (#"{"name":1}"#, "name"), (#"{"owner":"+7916"}"#, "owner"), (#"{"owner":1.5}"#, "owner"),
            (#"{"owner":123456789}"#, "owner"), (#"{"name":"x","language":"russian"}"#, "language"),
            (#"{"name":"x","company":[]}"#, "company"),
        ] { #expect(read(text) == HookReply(.failed(Catalogue.wrongAnswer(key))), "\(text)") }
        #expect(read("[]").failure == Catalogue.notJSON(at: 1) && read("").failure == Catalogue.notJSON(at: 1))
    }

    @Test("the number's place in the address")
    func addresses() {
        #expect(HookClient.url("http://a/x", "79161234567") == "http://a/x?number=%2B79161234567")
        #expect(HookClient.url("http://a/x?key=1", "101") == "http://a/x?key=1&number=101")
        #expect(HookClient.url("http://a/{number}/owner", "*7#") == "http://a/%2A7%23/owner")
    }
}
