import Cryptography
import FollowUp
import Glibc
import Host
import Routing
import Store
import Telephony
import TestServers
import Testing

@testable import Outreach

/// The outbox on real servers with outages: a store in SQLite, libcurl, HTTP and a Bot API on loopback.
@Suite("The courier", .serialized) struct CourierTests {
    private func text(_ value: JSON?, _ names: String...) -> String? {
        var value = value
        for name in names { value = value?[name] }
        if case .string(let text)? = value { return text }
        return nil
    }

    private func webhook(_ peer: TestServer, secret: String? = nil, scheme: String = "http") -> OutreachSettings {
        var settings = OutreachSettings()
        settings.webhooks["crm"] = Webhook("crm", url: "\(scheme)://127.0.0.1:\(peer.port)/events?a=1", secret: secret)
        return settings
    }

    @Test("R-101: a webhook gets the body as it is, with its key, and signed")
    func webhook() throws {
        let peer = try TestServer("http")
        let post = try Post(webhook(peer, secret: "key-1"))
        let body = #"{"event":"missed","name":"Вера"}"#
        try post.post([post.notice(to: .webhook("crm"), body)])
        let got = peer.next()
        #expect(text(got, "path") == "/events?a=1" && text(got, "body") == body)
        #expect(text(got, "headers", "content-type") == "application/json")
        #expect(text(got, "headers", "idempotency-key") == "missed-1-webhook:crm")
        #expect(text(got, "headers", "x-apus-event") == "missed")
        let signature = Signature.hmacSHA256(Array(body.utf8), key: "key-1")
        #expect(text(got, "headers", "x-apus-signature") == "sha256=" + signature && signature.count == 64)
        #expect(try post.wait { $0.map(\.state) == [.sent] })
    }

    @Test("HMAC-SHA256 as RFC 4231 has it")
    func signature() {
        let known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        #expect(Signature.hmacSHA256(Array("what do ya want for nothing?".utf8), key: "Jefe") == known)
    }

    @Test("R-101, D-34: a server that fails, is slow, cuts or loses: all come later, in order, each under its one key")
    func outage() throws {
        let peer = try TestServer("http")
        let post = try Post(webhook(peer))
        try peer.will("500", "ok", "drop", "lost", "slow 0.3", "429 0")
        try post.post((1...5).map { _ in post.notice(to: .webhook("crm")) })
        var keys: [String] = []
        // Each failure waits for its time; other settings are a reason not to.
        for round in 0..<200 where try post.states.contains(.waiting) {
            post.reconfigure { $0.webhooks["crm"]?.isNamedOnly = round % 2 == 0 }
            usleep(100_000)
        }
        #expect(try post.states == Array(repeating: .sent, count: 5))
        while peer.unread > 0, let key = text(peer.next(), "headers", "idempotency-key") { keys.append(key) }
        let unique = keys.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        #expect(unique == (1...5).map { "missed-\($0)-webhook:crm" }, "in order, repeated only in place: \(keys)")
        #expect(keys.count == 9)
    }

    @Test("A server that was down is told everything in order once it is back, also by the next run")
    func down() throws {
        var settings = OutreachSettings()
        settings.webhooks["crm"] = Webhook("crm", url: "http://127.0.0.1:1/")
        let post = try Post(settings)
        try post.post((1...3).map { _ in post.notice(to: .webhook("crm")) })
        #expect(try post.wait { $0.first?.tries == 1 })
        let first = try post.store.notices().first
        #expect(first?.state == .waiting && first?.reason?.text(in: .en).contains("connect") == true)
        #expect(post.courier.health.fault?.text.text(in: .ru).hasPrefix("уведомления ждут: webhook:crm не отвечает") == true)
        let peer = try TestServer("http")
        post.settings = webhook(peer)
        try post.restart()
        #expect(try post.wait { $0.allSatisfy { $0.state == .sent } && $0.count == 3 })
        #expect((1...3).allSatisfy { text(peer.next(), "headers", "idempotency-key") == "missed-\($0)-webhook:crm" })
        #expect(peer.unread == 0 && post.courier.health.fault == nil)
    }

    @Test("What a server will never take does not hold up what follows, and says why")
    func refused() throws {
        let peer = try TestServer("http")
        let post = try Post(webhook(peer))
        try peer.will("422", "ok")
        try post.post((1...2).map { _ in post.notice(to: .webhook("crm")) })
        #expect(try post.wait { $0.allSatisfy { $0.state != .waiting } })
        #expect(try post.states == [.failed, .sent])
        let reason = try post.store.notices().first { $0.state == .failed }?.reason?.text(in: .ru)
        #expect(reason?.hasPrefix("ответил кодом 422") == true)
    }

    @Test("R-099: the Bot API gets text for its chat; told to wait it is left alone; who has blocked the bot holds nobody up")
    func telegram() throws {
        let peer = try TestServer("http")
        var settings = OutreachSettings()
        settings.telegram = TelegramBot(token: "1:a", api: "http://127.0.0.1:\(peer.port)/")
        settings.chats = ["anna": "123", "boris": "-100456"]
        let post = try Post(settings)
        try peer.will("403", "ok", "429 1", "ok")
        try post.post([post.notice(to: .telegram("anna"), "Пропущенный"), post.notice(to: .telegram("anna"), "Второй")])
        #expect(try post.wait { $0.allSatisfy { $0.state != .waiting } })
        #expect(try post.states == [.failed, .sent])
        let reason = try post.store.notices().first { $0.state == .failed }?.reason
        #expect(reason == Catalogue.channelRefused(403, "Forbidden: bot was blocked by the user"))
        let got = peer.next()
        #expect(text(got, "path") == "/bot1:a/sendMessage")
        let body = text(got, "body").flatMap { try? JSON(Array($0.utf8)) }
        #expect(text(body, "chat_id") == "123" && text(body, "text") == "Пропущенный")
        _ = peer.next()
        try post.post([post.notice(to: .telegram("boris"), "Третий")])
        #expect(try post.wait { $0.filter { $0.state == .sent }.count == 2 })
        #expect(text(peer.next(), "order") == "429" && text(peer.next(), "order") == "ok")
    }

    @Test("R-097: a bot is told by the proxy that is set, and by no other way", arguments: ["http", "socks5h"])
    func proxy(scheme: String) throws {
        let peer = try TestServer("http")
        let proxy = scheme == "http" ? peer : try TestServer("socks", ["\(peer.port)"])
        var settings = OutreachSettings()
        settings.telegram = TelegramBot(
            token: "1:a", api: "http://telegram.invalid:8080/", proxy: "\(scheme)://127.0.0.1:\(proxy.port)")
        settings.chats = ["anna": "123"]
        let post = try Post(settings)
        try post.post([post.notice(to: .telegram("anna"), "Пропущенный")])
        #expect(try post.wait { $0.allSatisfy { $0.state == .sent } })
        let path = text(peer.next(), "path")
        if scheme == "http" {
            #expect(path == "http://telegram.invalid:8080/bot1:a/sendMessage")
        } else {
            let asked = proxy.next()
            #expect(path == "/bot1:a/sendMessage" && text(asked, "host") == "telegram.invalid")
        }
    }

    @Test("R-060: the template's gateway is asked with number, text and key; words that are late are not sent")
    func sms() throws {
        let peer = try TestServer("http")
        var settings = OutreachSettings()
        settings.sms = SMSGateway(url: "http://127.0.0.1:\(peer.port)/send?to={number}&text={text}&key={secret}", secret: "a&b")
        let post = try Post(settings)
        var late = post.notice(to: .sms("+79160000000"), "x")
        late.at -= 3 * 3_600_000
        try post.post([late, post.notice(to: .sms("+79161234567"), "Мы с 9 до 18 & ждём")])
        #expect(try post.wait { $0.allSatisfy { $0.state != .waiting } })
        #expect(try post.states == [.failed, .sent])
        let words = "%D0%9C%D1%8B%20%D1%81%209%20%D0%B4%D0%BE%2018%20%26%20%D0%B6%D0%B4%D1%91%D0%BC"
        #expect(text(peer.next(), "path") == "/send?to=%2B79161234567&text=\(words)&key=a%26b")
    }

    @Test("A certificate that nobody vouches for gets nothing; one that is believed gets it")
    func certificates() throws {
        let folder = try Post(OutreachSettings())
        let own = try TestCertificate(in: folder.folder)
        let peer = try TestServer("http", ["--certificate", own.certificate, own.key])
        let doubting = try Post(webhook(peer, scheme: "https"))
        try doubting.post([doubting.notice(to: .webhook("crm"))])
        #expect(try doubting.wait { $0.first?.tries == 1 })
        #expect(try doubting.store.notices().first?.reason?.text(in: .en).contains("certificate") == true)
        #expect(peer.unread == 0)
        let believing = try Post(webhook(peer, scheme: "https"), authorities: own.certificate)
        try believing.post([believing.notice(to: .webhook("crm"))])
        #expect(try believing.wait { $0.first?.state == .sent })
        #expect(text(peer.next(), "order") == "ok")
    }

    @Test("R-101, D-16: killed again and again while it sends, nothing is lost: in order, and repeated only under its own key")
    func killed() throws {
        let peer = try TestServer("http")
        let folder = try Post(OutreachSettings()).folder + "-life"
        defer { Folder.remove(folder) }
        for life in 0..<12 {
            // The last one lives to its end.
            try Folder.live(
                in: folder, calls: 12, to: "http://127.0.0.1:\(peer.port)/", killAfter: life < 11 ? 2 + life % 5 : nil)
        }
        let store = try Store(folder: folder, utc: 0) { _ in }
        let posted = try store.notices().sorted { $0.id < $1.id }
        store.close()
        #expect(posted.count > 12 && posted.allSatisfy { $0.state == .sent })
        var keys: [String] = []
        while peer.unread > 0, let key = text(peer.next(), "headers", "idempotency-key") { keys.append(key) }
        let once = keys.reduce(into: [String]()) { if $0.last != $1 { $0.append($1) } }
        #expect(once == posted.map(\.notice.key), "a repetition follows at once, before anything later")
    }
}

/// Which address is tried when.
@Suite("Rounds of the courier") struct CourierRoundTests {
    private func head(_ id: Int, _ address: NoticeAddress) -> PostedNotice {
        let notice = OutgoingNotice(
            key: "\(id)", kind: .missed, at: 0, utcOffset: 0, address: address, subject: "", text: "")
        return PostedNotice(id: id, notice: notice, state: .waiting)
    }

    private func second(_ count: Int64) -> Instant { .zero + .seconds(count) }

    @Test("One at a time to an address; later and later after each failure, never more than ten minutes")
    func backOff() {
        var rounds = CourierRounds()
        let heads = [head(1, .telegram("anna"))]
        var now = Instant.zero
        for (index, rest) in (CourierRounds.rests + [CourierRounds.rests[6]]).enumerated() {
            #expect(rounds.take(heads, at: now).map(\.id) == [1] && rounds.take(heads, at: now).isEmpty)
            #expect(rounds.failed(.telegram("anna"), retryAfter: nil, at: now) == index + 1)
            #expect(rounds.take(heads, at: now + rest - .milliseconds(1)).isEmpty && rounds.deadline(after: now) == now + rest)
            now = now + rest
        }
    }

    @Test("A server that asks for longer gets it, up to six hours")
    func retryAfter() {
        var rounds = CourierRounds()
        let heads = [head(1, .webhook("crm"))]
        _ = rounds.take(heads, at: .zero)
        _ = rounds.failed(.webhook("crm"), retryAfter: .seconds(100), at: .zero)
        #expect(rounds.take(heads, at: second(99)).isEmpty && rounds.take(heads, at: second(100)).count == 1)
        _ = rounds.failed(.webhook("crm"), retryAfter: .seconds(1_000_000), at: second(100))
        #expect(rounds.deadline(after: second(100)) == second(100) + CourierRounds.longestRest)
    }

    @Test("Once one gets through, the others of the same server need not wait; those of another do")
    func together() {
        var rounds = CourierRounds()
        let heads = [head(1, .telegram("anna")), head(2, .telegram("boris")), head(3, .email("a@b.c"))]
        #expect(rounds.take(heads, at: .zero).count == 3)
        for head in heads { for _ in 0..<5 { _ = rounds.failed(head.notice.address, retryAfter: nil, at: .zero) } }
        #expect(rounds.take(heads, at: second(1)).isEmpty)
        #expect(rounds.take(heads, at: second(120)).count == 3)
        _ = rounds.failed(.telegram("boris"), retryAfter: nil, at: second(120))
        _ = rounds.failed(.email("a@b.c"), retryAfter: nil, at: second(120))
        _ = rounds.settled(.telegram("anna"), at: second(121))
        #expect(rounds.take(heads, at: second(121)).map(\.id) == [1, 2], "and the next one to Anna")
    }

    @Test("So many at a time, and no more; who has nothing to get is forgotten")
    func limit() {
        var rounds = CourierRounds()
        let heads = (1...20).map { head($0, .email("\($0)@b.c")) }
        #expect(rounds.take(heads, at: .zero).count == CourierRounds.limit)
        _ = rounds.settled(.email("1@b.c"), at: .zero)
        #expect(rounds.take(Array(heads.dropFirst()), at: .zero).map(\.id) == [9])
    }
}
