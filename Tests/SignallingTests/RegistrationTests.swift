import Telephony
import Testing

@testable import Signalling

@Suite("Registration: RFC 3261 §10.3 behind digest")
struct RegistrationTests {
    var bench = Bench()
    var phone = Phone("101")

    @Test("two challenges, SHA-256 first, then the binding")
    mutating func simple() {
        let request = phone.request(.register)
        #expect(bench.receive(request, phone.flow) == ["→ 401 REGISTER"])
        let challenges = bench.last.headers.filter { $0.name == "WWW-Authenticate" }.map(\.value)
        #expect(challenges.count == 2)
        #expect(challenges[0].contains("SHA-256") && challenges[1].contains("algorithm=MD5"))
        #expect(challenges.allSatisfy { $0.contains("realm=\"office\"") && $0.contains("qop=\"auth\"") })
        let good = phone.authorized(request, bench.last)
        #expect(bench.receive(good, phone.flow) == ["→ 200 REGISTER", "registered sip:101@10.0.0.101:5060"])
        #expect(bench.last.contacts.first?.parameters["expires"] == "3600")
        #expect(bench.last.header("Date") == "Fri, 15 Jan 2027 08:00:00 GMT")
        #expect(bench.receive(good, phone.flow) == ["→ 200 REGISTER"])
        #expect(bench.core.counters.repeatedRequests == 1)
        #expect(bench.core.bindings(of: "101").map(\.sequence) == [2])
    }

    @Test("MD5 for those who know no better")
    mutating func md5() {
        let request = phone.request(.register)
        _ = bench.receive(request, phone.flow)
        let good = phone.authorized(request, bench.last, md5: true)
        #expect(bench.receive(good, phone.flow) == ["→ 200 REGISTER", "registered sip:101@10.0.0.101:5060"])
    }

    @Test("a phone that gives up on SHA-256 and comes again is asked for MD5 alone, from then on")
    mutating func puzzled() {
        let first = phone.request(.register)
        for _ in 0..<2 {  // the second is only a repetition on the wire
            _ = bench.receive(first, phone.flow)
            #expect(bench.last.headers.filter { $0.name == "WWW-Authenticate" }.count == 2)
        }
        let second = phone.request(.register)
        for request in [second, phone.request(.register), phone.request(.options)] {
            _ = bench.receive(request, phone.flow)
            let challenges = bench.last.headers.filter { $0.name == "WWW-Authenticate" }.map(\.value)
            #expect(challenges.allSatisfy { $0.contains("algorithm=MD5") } && challenges.count <= 1)
        }
        _ = bench.receive(second, phone.flow)
        let good = phone.authorized(second, bench.last, md5: true)
        #expect(bench.receive(good, phone.flow).first == "→ 200 REGISTER")
    }

    @Test("a wrong password is no sign of a puzzled phone")
    mutating func wrongIsNotPuzzled() {
        for _ in 0..<3 {
            let request = phone.request(.register)
            _ = bench.receive(request, phone.flow)
            #expect(bench.last.headers.filter { $0.name == "WWW-Authenticate" }.count == 2)
            var wrong = phone.authorized(request, bench.last)
            wrong.setHeader(
                "Authorization", wrong.header("Authorization")?.split(separator: "response=").joined(separator: "response=0"))
            _ = bench.receive(wrong, phone.flow)
            #expect(bench.last.headers.filter { $0.name == "WWW-Authenticate" }.count == 2)
        }
    }

    @Test("a nonce count is good once, and higher ones after it")
    mutating func replay() {
        let request = phone.request(.register)
        _ = bench.receive(request, phone.flow)
        let challenge = bench.last
        #expect(bench.receive(phone.authorized(request, challenge, count: 1), phone.flow).first == "→ 200 REGISTER")
        #expect(bench.receive(phone.authorized(request, challenge, count: 3), phone.flow).first == "→ 200 REGISTER")
        for count: UInt32 in [3, 2, 1] {
            #expect(
                bench.receive(phone.authorized(request, challenge, count: count), phone.flow) == ["refused", "→ 401 REGISTER"])
        }
        #expect(bench.core.counters.replays == 3)
    }

    @Test("after five minutes a nonce is stale: the right password gets stale=true, the wrong one does not")
    mutating func stale() {
        let request = phone.request(.register)
        _ = bench.receive(request, phone.flow)
        let challenge = bench.last
        _ = bench.pass(.seconds(300))
        #expect(bench.receive(phone.authorized(request, challenge), phone.flow) == ["→ 401 REGISTER"])
        #expect(bench.last.header("WWW-Authenticate")?.hasSuffix("stale=true") == true)
        #expect(
            bench.receive(phone.authorized(request, challenge, secret: "no"), phone.flow) == ["refused", "→ 401 REGISTER"])
        #expect(bench.last.header("WWW-Authenticate")?.contains("stale") == false)
    }

    @Test("a wrong password and an unknown user look the same; a user may not speak for another")
    mutating func wrong() {
        var strangers = [Phone("101"), Phone("999")]
        var answers: [Message] = []
        for index in strangers.indices {
            let request = strangers[index].request(.register)
            _ = bench.receive(request, strangers[index].flow)
            let bad = strangers[index].authorized(request, bench.last, secret: "")
            #expect(bench.receive(bad, strangers[index].flow) == ["refused", "→ 401 REGISTER"])
            answers.append(bench.last)
        }
        #expect(answers[0].headers.map(\.name) == answers[1].headers.map(\.name))
        #expect(answers[0].start == answers[1].start)
        var thief = phone.request(.register)
        thief.from.uri.user = "102"
        _ = bench.receive(thief, phone.flow)
        #expect(bench.receive(phone.authorized(thief, bench.last), phone.flow) == ["refused", "→ 401 REGISTER"])
        var other = phone.request(.register)
        other.to.uri.user = "102"
        _ = bench.receive(other, phone.flow)
        #expect(bench.receive(phone.authorized(other, bench.last), phone.flow) == ["→ 403 REGISTER"])
        #expect(bench.core.counters.wrongCredentials == 3)
        #expect(bench.core.bindings.isEmpty)
    }

    @Test("a binding ends at its time")
    mutating func expiry() {
        #expect(bench.register(&phone, expires: "60").first == "→ 200 REGISTER")
        #expect(bench.pass(.seconds(50)).filter { $0.contains("registered") } == [])
        #expect(bench.pass(.seconds(20)) == ["10.0 unregistered sip:101@10.0.0.101:5060"])
        #expect(bench.core.bindings.isEmpty)
    }

    @Test("a refresh moves the end")
    mutating func refresh() {
        _ = bench.register(&phone, expires: "60")
        _ = bench.pass(.seconds(50))
        _ = bench.register(&phone, expires: "60")
        #expect(bench.pass(.seconds(59)).filter { $0.contains("registered") } == [])
        #expect(bench.pass(.seconds(1)) == ["1.0 unregistered sip:101@10.0.0.101:5060"])
    }

    @Test("§10.3: too brief is 423, more than an hour is an hour, malformed is an hour")
    mutating func lives() {
        #expect(bench.register(&phone, expires: "59") == ["→ 423 REGISTER"])
        #expect(bench.last.header("Min-Expires") == "60")
        for life in ["86400", "99999999999999999999", "soon", "-1"] {
            _ = bench.register(&phone, expires: life)
            #expect(bench.last.contacts.first?.parameters["expires"] == "3600")
        }
        _ = bench.register(&phone, expires: "600") { $0.contacts[0].parameters["expires"] = "120" }
        #expect(bench.last.contacts.first?.parameters["expires"] == "120")
    }

    @Test("behind NAT the source is the contact; the phone finds its own in the answer")
    mutating func translated() {
        phone.flow.remote = Endpoint(.v4(0x0A00_0065), 40_000)
        let lines = bench.register(&phone) { $0.contacts[0].uri = SIPURI(user: "101", host: "192.168.1.5", port: 5062) }
        #expect(lines == ["→ 200 REGISTER", "registered sip:101@10.0.0.101:40000"])
        #expect(bench.last.contacts.first?.uri.host == "192.168.1.5")
        #expect(bench.last.vias[0].parameters["rport"] == "40000")
        #expect(bench.last.vias[0].parameters["received"] == "10.0.0.101")
    }

    @Test("over TCP the contact says so, and the end of the connection ends it")
    mutating func stream() {
        phone = Phone("101", port: 50_000, tcp: 7)
        #expect(bench.register(&phone) == ["→ 200 REGISTER", "registered sip:101@10.0.0.101:50000;transport=tcp"])
        var other = phone.flow
        other.connection = 8
        #expect(bench.disconnect(other) == [])
        #expect(bench.disconnect(phone.flow) == ["unregistered sip:101@10.0.0.101:50000;transport=tcp"])
    }

    @Test("expires 0 and * take away; a query only asks")
    mutating func leaving() {
        _ = bench.register(&phone)
        #expect(bench.register(&phone) { $0.contacts = [] } == ["→ 200 REGISTER"])
        #expect(bench.last.contacts.count == 1)
        #expect(bench.register(&phone, expires: "0") == ["→ 200 REGISTER", "unregistered sip:101@10.0.0.101:5060"])
        #expect(bench.last.contacts.isEmpty)
        _ = bench.register(&phone)
        let star: (inout Message) -> Void = { message in
            message.contacts = []
            message.isStarContact = true
        }
        #expect(bench.register(&phone, expires: "60", change: star) == ["→ 400 REGISTER"])
        #expect(bench.register(&phone, expires: "0", change: star) == ["→ 200 REGISTER", "unregistered sip:101@10.0.0.101:5060"])
    }

    @Test("a lower CSeq of the same Call-ID changes nothing: 500")
    mutating func outOfOrder() {
        _ = bench.register(&phone)
        phone.sequence = 0
        var request = phone.request(.register, sequence: 1)
        request.vias[0].parameters["branch"] = "z9hG4bK-old"
        _ = bench.receive(request, phone.flow)
        phone.sequence = 0
        #expect(bench.receive(phone.authorized(request, bench.last), phone.flow) == ["→ 500 REGISTER"])
    }

    @Test("a phone that moved replaces its old contact; another phone is added; ten at most")
    mutating func several() {
        _ = bench.register(&phone)
        phone.flow.remote.port = 5070
        #expect(
            bench.register(&phone) == [
                "→ 200 REGISTER", "unregistered sip:101@10.0.0.101:5060", "registered sip:101@10.0.0.101:5070",
            ])
        for port in UInt16(6001)...6009 {
            var another = Phone("101", port: port)
            _ = bench.pass(.seconds(1))
            #expect(bench.register(&another).count == 2)
        }
        #expect(bench.core.bindings(of: "101").count == 10)
        var eleventh = Phone("101", port: 7000)
        #expect(bench.register(&eleventh)[1] == "unregistered sip:101@10.0.0.101:5070")
        #expect(bench.core.bindings(of: "101").count == 10)
        #expect(bench.last.contacts.count == 10)
    }

    @Test("bindings come back after a restart, the ended ones do not")
    mutating func restored() {
        _ = bench.register(&phone, expires: "600")
        var kitchen = Phone("101-kitchen", port: 5090)
        _ = bench.register(&kitchen, expires: "60")
        let saved = bench.core.bindings
        #expect(saved.map(\.account) == ["101", "101-kitchen"])
        var reborn = Bench()
        reborn.now.utc = bench.now.utc + 100_000
        reborn.core.restore(saved, at: reborn.now)
        #expect(reborn.core.bindings.map(\.account) == ["101"])
        #expect(reborn.pass(.seconds(600)) == ["500.0 unregistered sip:101@10.0.0.101:5060"])
    }

    @Test("an account that is configured away is unregistered")
    mutating func reconfigured() {
        _ = bench.register(&phone)
        var settings = bench.core.settings
        settings.accounts["101"] = nil
        let outputs = bench.core.reconfigure(settings, networks: LocalNetworks(), at: bench.now)
        #expect(outputs.count == 1)
        #expect(bench.core.bindings.isEmpty)
    }

    @Test("a flood from one address is dropped, others are heard")
    mutating func flood() {
        for _ in 0..<SignallingLimit.strangersPerSecond {
            #expect(bench.receive(phone.request(.register), phone.flow) == ["→ 401 REGISTER"])
        }
        #expect(bench.receive(phone.request(.register), phone.flow) == ["refused"])
        #expect(bench.core.counters.flooded == 1)
        var other = Phone("102", at: 0x0A00_0066)
        #expect(bench.receive(other.request(.register), other.flow) == ["→ 401 REGISTER"])
        _ = bench.pass(.seconds(1))
        #expect(bench.receive(phone.request(.register), phone.flow) == ["→ 401 REGISTER"])
        #expect(bench.core.layer.count == 0)
    }
}
