import Configuration
import Routing
import Telephony
import Testing

@Suite("Configuration errors") struct ConfigurationErrorTests {
    @Test("all errors at once, of lines and of the whole, with their lines; nothing is applied")
    func allAtOnce() {
        let text = """
            set extension 101 secret s3cret-enough
            set extension 102 sectet s3cret-enough
            # a comment
            set extension 103 no-answer after 30 to busy

            set extension 104 forward to department slaes
            set department sales member 101 member 105
            set extension 201 forward to extension 202
            set extension 202 forward to extension 201
            set number +74951234567 label "Москва"
            set provision on
            """
        #expect(
            errors(text) == [
                "2: unknown word “sectet” | did you mean secret?",
                "4: “30” is no DUR | expected DUR: ringing time: 20s, 2m",
                "6: there is no department slaes | did you mean sales?",
                "7: there is no extension 105 | make it: set extension 105 …; there are 101, 102, 103, 104, 201, 202",
                "9: forwarding loop: 201→202→201 | change one of its links: extension 201 forward, extension 202 forward",
                "10: number +74951234567 leads nowhere | add direct N or scheme ID",
                "11: “provision”: known word, not in this version | remove the line, or put # before it",
            ])
    }

    @Test(
        "what is wrong with one line",
        arguments: [
            ("sett office name x", "1: a line begins with set or delete, not “sett” | did you mean set?"),
            ("set ofice name x", "1: unknown word “ofice” | did you mean office?"),
            (
                "set office",
                "1: KEY is missing after “office” | "
                    + "one of: name, language, timezone, country, hours, holiday, workday, external-accept, no-answer, announce, "
                    + "missed, keep, record, owner"
            ),
            ("set office owner source hook crm", "1: there is no hook crm | make it: set hook crm …"),
            ("set office owner source hok", "1: unknown word “hok” | did you mean hook?"),
            ("set office owner learn always", "1: “always” is no RULE | one of: on-answer, last, first, off"),
            ("set office owner fallback extension 999", "1: there is no extension 999 | make it: set extension 999 …"),
            ("set office owner timer 20", "1: “20” is no DUR | expected DUR: 1s to 10m"),
            ("set hook crm timeout 1s", "1: hook crm has no url | add: set hook crm url http://127.0.0.1:8900/owner"),
            (
                "set hook crm url ftp://x/y",
                "1: “ftp://x/y” is no URL | expected URL: an address: http://127.0.0.1:8900/owner"
            ),
            (
                "set hook crm url http://a_b/",
                "1: “http://a_b/” is no URL | expected URL: an address: http://127.0.0.1:8900/owner"
            ),
            (
                "set hook crm url http://[::1/",
                "1: “http://[::1/” is no URL | expected URL: an address: http://127.0.0.1:8900/owner"
            ),
            ("set hook crm url http://a timeout 10ms", "1: “10ms” is no DUR | expected DUR: 50ms to 5s"),
            ("set extension 101 no-answer after 30000ms to busy", "1: “30000ms” is no DUR | expected DUR: ringing time: 20s, 2m"),
            ("set office name", "1: TEXT is missing after “name” | expected TEXT: the name in quotes"),
            ("set office name ООО Ромашка", "1: “Ромашка” is one word too many | a text of several words is put in quotes"),
            ("set office name \"ООО", "1: a quote is not closed | close it: \"…\"; a quote inside is written \\\""),
            ("set office language de", "1: “de” is no LANGUAGE | one of: ru, en"),
            (
                "set sip certificate own.pem",
                "1: “sip … certificate”: known word, not in this version | remove the line, or put # before it"
            ),
            (
                "set sip listen tls 0.0.0.0:5061",
                "1: “tls”: known word, not in this version | remove the line, or put # before it"
            ),
            ("set sip listen udp 0.0.0.0", "1: “0.0.0.0” is no ADDR:PORT | expected ADDR:PORT: address and port: 0.0.0.0:5060"),
            ("set media codecs alaw alaw", "1: alaw is written twice | remove the second alaw"),
            ("set media codecs alaw opus", "1: “opus” is no CODEC | one of: alaw, ulaw, g722"),
            ("set media ports 10001-10010", "1: the first RTP port must be even | for instance: 10002-10010"),
            (
                "set media ports 10000-10002",
                "1: fewer than four RTP ports are not enough for one call | for instance: 10000-10999"
            ),
            (
                "set media ports 5000-5100",
                "1: the port of udp 0.0.0.0:5060 is among the RTP ports 5000-5100 | choose a port that is not"
            ),
            ("set extension 101 no-answer after 30s", "1: to is missing after “30s” | where the call goes"),
            ("set extension 101 forward to 102", "1: unknown word “102” | did you mean extension 102?"),
            (
                "set extension 101 line fxs1",
                "1: “extension … line”: known word, not in this version | remove the line, or put # before it"
            ),
            (
                "set extension 101 no-answer after 9s to busy announce a.wav",
                "1: “a.wav” is no ANNOUNCE | expected ANNOUNCE: default = the standard words, none = nothing but ringing, or a prompt's name"
            ),
            (
                "set extension * secret s3cret-enough",
                "1: secret cannot be given for extension * | give it to each one: extension 101"
            ),
            (
                "set extension 101 secret \"два слова\"",
                "1: “два слова” is no SECRET | expected SECRET: a password without spaces"
            ),
            (
                "set media srtp off",
                "1: “media … srtp”: known word, not in this version | remove the line, or put # before it"
            ),
            (
                "set department d member external:petrov",
                "1: “external:petrov” is no N | expected N: an extension's number, or external:+79161234567"
            ),
            (
                "set extension 101\nset number +7495 direct 101 scheme office",
                "2: direct and scheme do not go together | keep one of the two"
            ),
            (
                "set trunk a registrar sip.example.net",
                "1: “trunk … registrar”: known word, not in this version | remove the line, or put # before it"
            ),
            ("set scheme office", "1: scheme office has no otherwise | add: set scheme office otherwise to busy"),
            ("set route r trunk mtt\nset trunk mtt peer 10.0.0.1", "1: route r has no mask | add: set route r mask 8*"),
            ("delete extension 105", "1: nothing to delete: “extension 105” is not set | config show prints what is set"),
            ("set extension 101 calls 0", "1: “0” is no COUNT | expected COUNT: 1 to 16"),
        ])
    func line(text: String, told: String) { #expect(errors(text) == [told]) }

    @Test(
        "what is wrong with the whole",
        arguments: [
            (
                "set extension 101\nset department a number 101 member 101",
                "2: number 101 is taken by extension 101 | choose another number"
            ),
            (
                "set sip listen udp 0.0.0.0:5060\nset sip listen udp 127.0.0.1:5060",
                "2: udp 0.0.0.0:5060 and udp 127.0.0.1:5060 are in each other's way | remove one: delete sip listen udp 0.0.0.0:5060"
            ),
            (
                "set trunk a peer 10.0.0.1\nset trunk b peer 10.0.0.1:5062",
                "2: trunks b and a have one address and cannot be told apart | give them different addresses or different ports"
            ),
            (
                "set trunk a peer 10.0.0.1 channels 2 reserve-in 2",
                "1: trunk a has no channels left for outgoing calls | reserve-in smaller than channels"
            ),
            (
                "set extension 101\nset number 84951234567 direct 101\nset number +7 495 123-45-67 direct 101",
                "3: +7 495 123-45-67 is the same number as 84951234567 | keep one of the two"
            ),
            (
                "set extension 101 class local forward to external 810491234567\nset trunk t peer 10.0.0.1\n"
                    + "set route world mask 810* class international trunk t",
                "1: 810491234567 needs class international, 101 has local | set extension 101 class international, or another target"
            ),
            (
                "set extension 101 forward to external 102\nset extension 102",
                "1: external 102 is a number inside the office | write extension 102"
            ),
            (
                "set extension 101 forward to extension 200\nset department sales number 200 member 101",
                "1: there is no extension 200 | did you mean department sales?"
            ),
        ])
    func whole(text: String, told: String) { #expect(errors(text) == [told]) }

    @Test(
        "loops are told in full",
        arguments: [
            ("set extension 101 forward to extension 101", "101→101"),
            ("set extension 101 no-answer after 9s to extension 102\nset extension 102 on-busy to extension 101", "101→102→101"),
            (
                "set extension 101 on-unreachable to department a\nset department a number 300 member 101 no-answer after 9s to scheme s\n"
                    + "set scheme s otherwise to extension 101", "101→a→s→101"
            ),
            (
                "set extension * no-answer after 9s to extension 101\nset extension 101 no-answer after 9s to extension 102\n"
                    + "set extension 102", "101→102→101"
            ),
        ])
    func loops(text: String, path: String) throws {
        let found = errors(text)
        #expect(found.count == 1)
        #expect(try #require(found.first).contains("forwarding loop: \(path) |"))
    }

    @Test(
        "R-029: a rule of all that leads to one of them is no loop: for him it does not hold",
        arguments: [
            "set extension * no-answer after 9s to extension 101\nset extension 101\nset extension 102",
            "set office no-answer after 9s to extension 101\nset extension 101\nset extension 102",
        ])
    func ruleOfAll(text: String) throws {
        let router = Router(try load(text).settings.office)
        #expect(errors(text).isEmpty)
        #expect(router.noAnswerChain(of: "102").map(\.target) == [.extension("101")])
        #expect(router.noAnswerChain(of: "101").map(\.target) == [.busy])
    }

    @Test("what forwarding hides is no loop")
    func noLoop() {
        let text = """
            set extension 101 forward to extension 102 on-busy to extension 101
            set extension 102 no-answer after 9s to department a
            set department a number 300 member 101 member 102 no-answer after 9s to busy
            """
        #expect(errors(text).isEmpty)
    }

    @Test("a long chain of a thousand and its closing link")
    func longLoop() throws {
        let lines = (1000..<2000).map { "set extension \($0) forward to extension \($0 == 1999 ? 1000 : $0 + 1)" }
        let found = errors(lines.joined(separator: "\n"))
        #expect(found.count == 1)
        #expect(try #require(found.first).contains("→1999→1000 |"))
    }

    @Test("what is deleted and still used is refused with its users")
    func stillUsed() throws {
        let base = try load("set extension 101 forward to extension 102\nset extension 102\nset department a member 102").document
        #expect(
            errors("\ndelete extension 102", onto: base) == [
                "2: extension 102 is still used by extension 101 forward, department a member | change or delete what refers to it first"
            ])
    }

    @Test("warnings do not stop a commit")
    func warnings() throws {
        let text = """
            set extension 101 secret 1234 no-answer after 2m to external 84951234567
            set trunk t peer 10.0.0.1 ringing-limit 60s
            set department a number 300
            """
        #expect(
            try load(text).warnings.map(told) == [
                "1: no route leads to 84951234567 | add: set route …",
                "1: 2m is longer than trunk t lets a call ring (60s) | at most 60s",
                "1: the secret of 101 is weak | 12 or more different letters and digits; without secret one is generated",
                "3: department a has no members | add: set department a member 101",
            ])
    }

    @Test("employees whom nobody outside can reach; where callers may dial on, or the telephone is for the house, all is well")
    func reach() throws {
        let text = """
            set extension 101
            set extension 102
            set extension 103 class internal
            set trunk t peer 10.0.0.1
            set number * direct 101

            """
        #expect(
            try load(text).warnings.map(told) == [
                "2: nobody outside can reach 102: no number, department or menu leads there | add: set department sales member 102"
            ])
        #expect(try load(text + "set extension 101 on-busy to extension 102").warnings.isEmpty)
        let menu = "set menu main key 1 to extension 101\nset menu main extensions on\nset extension 101 forward to menu main\n"
        #expect(try load(text + menu).warnings.isEmpty)
    }

    @Test("an extension of the emergency number")
    func emergencyNumber() throws {
        #expect(
            try load("set extension 112").warnings.map(told) == [
                "1: whoever dials 112 gets the emergency service, not this extension | choose another number"
            ])
    }

    @Test("limits: long lines, many lines, many errors, control characters")
    func limits() {
        #expect(
            errors("set office name " + String(repeating: "x", count: 2000)) == [
                "1: the line is longer than 1000 bytes | shorten it"
            ])
        #expect(errors(String(repeating: "\n", count: 20_001)).count == 1)
        #expect(errors(String(repeating: "bad\n", count: 5000)).count == ConfigurationReading.errorLimit + 1)
        #expect(errors("set office name \"a\u{0}b\"") == ["1: a control character in the line | plain UTF-8 text is needed"])
    }
}
