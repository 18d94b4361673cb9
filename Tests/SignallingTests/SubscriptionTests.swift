import Telephony
import Testing

@testable import Signalling

@Suite("R-012 Subscriptions (RFC 6665) to waiting messages (RFC 3842)")
struct SubscriptionTests {
    var bench = Bench()
    var phone = Phone("101")
    private let none = EventState.messages(MessageSummary(new: 0, old: 0, account: "*98"))
    private let one = EventState.messages(MessageSummary(new: 1, old: 2, account: "*98"))

    private mutating func subscribe(expires: String? = "600", to: NameAddress? = nil, event: String = "message-summary")
        -> [String]
    {
        var request = phone.request(.subscribe, to: to)
        request.headers += [Header("Event", event), Header("Accept", "application/simple-message-summary")]
        request.setHeader("Expires", expires)
        _ = bench.receive(request, phone.flow)
        return bench.receive(phone.authorized(request, bench.last), phone.flow)
    }

    private mutating func order(_ order: SubscriptionOrder) -> [String] {
        bench.note(bench.core.perform(order, at: bench.now))
    }

    private func answer(_ status: Int, _ phone: Phone) -> Message {
        var response = phone.answer(status, to: bench.last(.notify))
        response.to = bench.last(.notify).to
        return response
    }

    @Test("Asked for with a password, granted, told at once and with every change; one NOTIFY at a time")
    mutating func granted() {
        #expect(subscribe(event: "message-summary;id=7") == ["subscription 1 101 wants message-summary of 102"])
        #expect(order(.grant(SubscriptionID(1), none)) == ["→ 200 SUBSCRIBE", "→ NOTIFY sdp"])
        let notify = bench.last
        #expect(bench.last(.subscribe).header("Expires") == "600" && bench.last(.subscribe).contacts.count == 1)
        #expect(notify.header("Event") == "message-summary;id=7")
        #expect(notify.header("Subscription-State") == "active;expires=600")
        #expect(notify.contentType == "application/simple-message-summary")
        #expect(
            String(decoding: notify.body, as: UTF8.self)
                == "Messages-Waiting: no\r\nMessage-Account: sip:*98@10.0.0.1\r\nVoice-Message: 0/0 (0/0)\r\n")
        #expect(notify.to.tag == phone.tag && notify.from.tag != nil && notify.requestURI == phone.contact.uri)
        // Two changes before it is answered: the last one is told after it.
        #expect(order(.notify(SubscriptionID(1), one)).isEmpty)
        #expect(order(.notify(SubscriptionID(1), .messages(.init(new: 2, old: 2, account: "*98")))).isEmpty)
        #expect(bench.receive(answer(200, phone), phone.flow) == ["→ NOTIFY sdp"])
        #expect(String(decoding: bench.last.body, as: UTF8.self).contains("Messages-Waiting: yes\r\n"))
        #expect(String(decoding: bench.last.body, as: UTF8.self).contains("Voice-Message: 2/2 (0/0)\r\n"))
        #expect(bench.last.sequence == notify.sequence + 1)
        #expect(bench.receive(answer(200, phone), phone.flow).isEmpty)
        #expect(bench.core.isSubscribed("101", to: .messageSummary) && !bench.core.isSubscribed("102", to: .messageSummary))
    }

    @Test("Refreshed it goes on and is told again; unsubscribed or run out it ends with a last NOTIFY")
    mutating func life() {
        _ = subscribe(expires: "100")
        _ = order(.grant(SubscriptionID(1), one))
        _ = bench.receive(answer(200, phone), phone.flow)
        let remote = NameAddress(
            uri: SIPURI(user: "101", host: "10.0.0.1"), parameters: [Parameter("tag", bench.last.from.tag ?? "")])
        _ = bench.pass(.seconds(90))
        #expect(subscribe(expires: "100", to: remote) == ["→ 200 SUBSCRIBE", "→ NOTIFY sdp"])
        _ = bench.receive(answer(200, phone), phone.flow)
        let end = bench.pass(.seconds(150))
        #expect(end.first == "100.0 → NOTIFY sdp" && end.contains("100.0 subscription 1 ended"))
        #expect(bench.sent.first { $0.message.header("Subscription-State") == "terminated;reason=timeout" } != nil)
        var late = phone.request(.subscribe, to: remote)
        late.headers = [Header("Event", "message-summary")]
        #expect(bench.receive(late, phone.flow).contains("→ 481 SUBSCRIBE"))
        #expect(bench.core.subscriptions.isEmpty && bench.core.subscriptionOf.isEmpty)
    }

    @Test("A look without a subscription: Expires 0")
    mutating func fetch() {
        _ = subscribe(expires: "0")
        #expect(order(.grant(SubscriptionID(1), one)) == ["→ 200 SUBSCRIBE", "→ NOTIFY sdp", "subscription 1 ended"])
        #expect(bench.last.header("Subscription-State") == "terminated;reason=timeout")
    }

    @Test("What is refused: no password, an unknown event, too short, no room for the type, and what is refused above")
    mutating func refused() {
        var request = phone.request(.subscribe)
        request.headers = [Header("Event", "message-summary")]
        #expect(bench.receive(request, phone.flow) == ["→ 401 SUBSCRIBE"])
        request = phone.request(.subscribe)
        request.headers = [Header("Event", "conference")]
        #expect(bench.receive(request, phone.flow).last == "→ 489 SUBSCRIBE")
        #expect(bench.last.header("Allow-Events") == "message-summary, dialog, presence, refer")
        #expect(subscribe(expires: "30") == ["→ 423 SUBSCRIBE"])
        #expect(bench.last.header("Min-Expires") == "60")
        request = phone.request(.subscribe)
        request.headers = [Header("Event", "message-summary"), Header("Accept", "application/pidf+xml")]
        _ = bench.receive(request, phone.flow)
        #expect(bench.receive(phone.authorized(request, bench.last), phone.flow) == ["→ 406 SUBSCRIBE"])
        _ = subscribe()
        #expect(order(.refuse(SubscriptionID(1), status: 403)) == ["→ 403 SUBSCRIBE", "subscription 1 ended"])
        #expect(bench.core.subscriptions.isEmpty)
    }

    @Test("A phone that does not know it any more, or is gone, ends it")
    mutating func forgotten() {
        _ = subscribe()
        _ = order(.grant(SubscriptionID(1), one))
        #expect(bench.receive(answer(481, phone), phone.flow) == ["subscription 1 ended"])
        _ = subscribe()
        _ = order(.grant(SubscriptionID(2), one))
        #expect(bench.pass(.seconds(40)).contains("32.0 subscription 2 ended"))
        #expect(bench.core.subscriptions.isEmpty)
    }

    @Test("However often a phone subscribes, it holds a bounded number")
    mutating func bounded() {
        for _ in 0..<150 {
            phone.callID += "x"
            _ = subscribe()
            _ = order(.grant(SubscriptionID(bench.core.nextSubscription - 1), none))
            _ = bench.receive(answer(200, phone), phone.flow)
        }
        #expect(bench.core.subscriptions.count == Subscription.accountLimit)
    }

    private mutating func watch(_ event: String, _ type: String) -> [String] {
        var request = phone.request(.subscribe)
        request.headers += [Header("Event", event), Header("Accept", type), Header("Expires", "3600")]
        _ = bench.receive(request, phone.flow)
        return bench.receive(phone.authorized(request, bench.last), phone.flow)
    }

    @Test("What somebody is doing (RFC 4235): the full state with a rising version, one dialog, the caller while it rings")
    mutating func dialogs() {
        _ = watch("dialog", "application/dialog-info+xml")
        let rings = DialogInfo(.early, caller: CallerID(number: "+79161234567", name: "Вера <\"A&B\">"))
        #expect(order(.grant(SubscriptionID(1), .dialogs(rings))) == ["→ 200 SUBSCRIBE", "→ NOTIFY sdp"])
        #expect(bench.last(.subscribe).header("Expires") == "600")
        #expect(bench.last.contentType == "application/dialog-info+xml" && bench.last.header("Event") == "dialog")
        let lines = String(decoding: bench.last.body, as: UTF8.self).split(separator: "\n").map(String.init)
        let from = "sip:+79161234567@10.0.0.1"
        #expect(
            lines == [
                "<?xml version=\"1.0\"?>",
                "<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"0\" state=\"full\" entity=\"sip:102@10.0.0.1\">",
                "<dialog id=\"102\" direction=\"recipient\">", "<state>early</state>",
                "<local><identity>sip:102@10.0.0.1</identity><target uri=\"sip:102@10.0.0.1\"/></local>",
                "<remote><identity display=\"Вера &lt;&quot;A&amp;B&quot;&gt;\">\(from)</identity><target uri=\"\(from)\"/></remote>",
                "</dialog>", "</dialog-info>",
            ])
        _ = bench.receive(answer(200, phone), phone.flow)
        _ = bench.pass(.seconds(2))
        #expect(order(.notify(SubscriptionID(1), .dialogs(DialogInfo(.terminated)))) == ["→ NOTIFY sdp"])
        let body = String(decoding: bench.last.body, as: UTF8.self)
        #expect(body.contains("version=\"1\"") && body.contains("<dialog id=\"102\">\n<state>terminated</state>\n</dialog>"))
    }

    @Test("Lamps keep pace: a NOTIFY in a second, of the last state; many at once go out in a burst and then one by one")
    mutating func pace() {
        _ = watch("dialog", "*/*")
        _ = order(.grant(SubscriptionID(1), .dialogs(DialogInfo(.terminated))))
        _ = bench.receive(answer(200, phone), phone.flow)
        #expect(order(.notify(SubscriptionID(1), .dialogs(DialogInfo(.early)))).isEmpty)
        #expect(order(.notify(SubscriptionID(1), .dialogs(DialogInfo(.confirmed)))).isEmpty)
        #expect(bench.pass(.milliseconds(1200)).filter { $0.contains("NOTIFY") } == ["1.0 → NOTIFY sdp"])
        #expect(String(decoding: bench.last.body, as: UTF8.self).contains("<state>confirmed</state>"))
        _ = bench.receive(answer(200, phone), phone.flow)
        _ = bench.pass(.seconds(60))
        let count = Subscription.accountLimit - 1
        for _ in 0..<count {
            phone.callID += "x"
            _ = watch("dialog", "*/*")
            _ = order(.grant(SubscriptionID(bench.core.nextSubscription - 1), .dialogs(DialogInfo(.terminated))))
            _ = bench.receive(answer(200, phone), phone.flow)
            _ = bench.pass(.milliseconds(100))
        }
        _ = bench.pass(.seconds(2))
        var sent = 0
        for round in 0..<3 {
            let state = round % 2 == 0 ? DialogInfo.State.confirmed : .terminated
            for id in 1...count + 1 { sent += order(.notify(SubscriptionID(id), .dialogs(DialogInfo(state)))).count }
        }
        #expect(sent <= Subscription.burst + 1, "\(sent) went out at once")
        #expect(bench.core.subscriptions.count == count + 1)
    }

    @Test("Presence in its plainest form (RFC 3863)")
    mutating func presence() {
        _ = watch("presence", "application/pidf+xml")
        _ = order(.grant(SubscriptionID(1), .presence(.busy)))
        let body = String(decoding: bench.last.body, as: UTF8.self)
        #expect(bench.last.contentType == "application/pidf+xml")
        #expect(body.contains("<basic>open</basic>") && body.contains("<rpid:busy/>") && body.contains("id=\"t102\""))
        #expect(!Presence.away.text(of: SIPURI(user: "102", host: "a")).contains("rpid"))
        #expect(Presence.away.text(of: SIPURI(user: "102", host: "a")).contains("<basic>closed</basic>"))
    }

    @Test("A phone that did not ask is told on no dialog, and its answer changes nothing")
    mutating func unsolicited() {
        _ = bench.register(&phone)
        let binding = bench.core.bindings(of: "101")[0]
        #expect(order(.inform(binding, one)) == ["→ NOTIFY sdp"])
        #expect(bench.last.requestURI == binding.contact && bench.last.to.tag == nil)
        #expect(bench.last.header("Event") == "message-summary" && bench.last.header("Subscription-State") == "active")
        #expect(bench.receive(answer(489, phone), phone.flow).isEmpty)
    }
}
