import Configuration
import Routing
import Telephony
import Testing

@Suite("Channels of notices in the configuration") struct OutreachConfigurationTests {
    private static let whole = """
        set extension 101 notify telegram:anna email:anna@romashka.ru lamp webhook:crm
        set extension 102 notify none
        set webhook crm url http://127.0.0.1:8900/events secret "crm-key-1" events named
        set telegram bot "123456:AAbb-cc_dd" api http://127.0.0.1:8081 proxy socks5://127.0.0.1:1080
        set telegram chat anna 123456789
        set telegram chat sales -1001234567890
        set email smtp smtp.office.lan:465 from pbx@office.lan user "pbx" secret "mail-pass-1"
        set sms url "http://127.0.0.1:8901/send?to={number}&text={text}&key={secret}" secret "sms-key-1" every 6h
        set scheme office otherwise to extension 101
        set scheme office sms closed "Мы работаем с 9 до 18"

        """

    private func read(_ text: String) throws -> ConfigurationCandidate {
        try ConfigurationCandidate(loading: "set extension 101\nset extension 102\n" + text) { [UInt8](repeating: 7, count: $0) }
    }

    private func faults(_ text: String) -> [String] {
        do {
            return try read(text).warnings.filter { $0.line ?? 0 > 2 }.map { "warning: \($0.text.text(in: .en))" }
        } catch let refusal as ConfigurationRefusal {
            return refusal.errors.map { "\($0.line ?? 0): \($0.text.text(in: .en)) | \($0.hint.text(in: .en))" }
        } catch { return ["\(error)"] }
    }

    @Test("Every word reaches the settings")
    func words() throws {
        let office = try read(Self.whole).settings.office
        #expect(
            office.extensions["101"]?.notify == [.telegram("anna"), .email("anna@romashka.ru"), .lamp, .webhook("crm")])
        #expect(office.extensions["102"]?.notify == [])
        var wanted = OutreachSettings()
        wanted.webhooks["crm"] = Webhook("crm", url: "http://127.0.0.1:8900/events", secret: "crm-key-1", isNamedOnly: true)
        wanted.telegram = TelegramBot(
            token: "123456:AAbb-cc_dd", api: "http://127.0.0.1:8081", proxy: "socks5://127.0.0.1:1080")
        wanted.chats = ["anna": "123456789", "sales": "-1001234567890"]
        wanted.mail = MailServer(
            host: "smtp.office.lan", port: 465, security: .implicit, from: "pbx@office.lan", user: "pbx", secret: "mail-pass-1")
        wanted.sms = SMSGateway(
            url: "http://127.0.0.1:8901/send?to={number}&text={text}&key={secret}", secret: "sms-key-1",
            interval: .seconds(21_600))
        #expect(office.outreach == wanted)
        #expect(office.schemes["office"]?.closedText == "Мы работаем с 9 до 18")
        let mail = try read("set email smtp 192.0.2.1 from a@b.c").settings.office.outreach.mail
        #expect(mail == MailServer(host: "192.0.2.1", port: 587, security: .starttls, from: "a@b.c"))
        let everybody = try read("set email smtp x from a@b.c\nset extension * notify email:all@b.c").settings.office
        #expect(everybody.extensions["102"]?.notify == [.email("all@b.c")], "a rule of all")
    }

    @Test("What is shown hides every secret, and the masked text loads as it was")
    func masked() throws {
        let document = try read(Self.whole).document
        let shown = document.text(maskingSecrets: true)
        for secret in ["crm-key-1", "AAbb", "mail-pass-1", "sms-key-1"] { #expect(!shown.contains(secret)) }
        #expect(ConfigurationReading(shown, onto: document, replace: true).document == document)
        #expect(ConfigurationReading(document.text()).document == document)
    }

    @Test(
        "A channel that cannot work is refused, with the line and the remedy",
        arguments: [
            (
                "set extension 101 notify telegram:anna",
                "3: telegram:anna: nothing is set that could send it | add: set telegram bot \"TOKEN\" chat anna 123456789"
            ),
            (
                "set extension 101 notify telegram:ana\nset telegram bot \"1:a\"\nset telegram chat anna 1",
                "3: there is no telegram chat ana | did you mean anna?"
            ),
            (
                "set extension 101 notify email:a@b.c",
                "3: email:a@b.c: nothing is set that could send it | add: set email smtp smtp.office.lan from pbx@office.lan"
            ),
            (
                "set voicemail sales recipients webhook:crm",
                "3: there is no webhook crm | add: set webhook crm url http://127.0.0.1:8900/events"
            ),
            (
                "set extension 101 voicemail recipients 101 email:a@b.c",
                "3: email:a@b.c: nothing is set that could send it | add: set email smtp smtp.office.lan from pbx@office.lan"
            ),
            ("set extension 101 notify none lamp", "3: none together with other channels | keep one of the two"),
            (
                "set extension 101 notify phone:1",
                "3: “phone:1” is no CHANNEL | expected CHANNEL: lamp (of waiting messages on its phones), email:a@b.c, telegram:ID, "
                    + "webhook:ID, or none"
            ),
            ("set telegram chat anna 1", "3: telegram has no bot | add: set telegram bot \"TOKEN\""),
            ("set email smtp mail.lan", "3: email has no from | add: set email from pbx@office.lan"),
            ("set email smtp x from a@b.c user \"x\"", "3: email has no secret | add: set email secret …"),
            (
                "set webhook crm url ftp://a/b",
                "3: “ftp://a/b” is no URL | expected URL: an address: http://127.0.0.1:8900/events"
            ),
            ("set webhook crm events named", "3: webhook crm has no url | add: set webhook crm url http://127.0.0.1:8900/events"),
            (
                "set telegram bot \"1:a\" proxy 10.0.0.1:1080",
                "3: “10.0.0.1:1080” is no PROXY | expected PROXY: socks5://HOST:PORT or http://HOST:PORT"
            ),
            (
                "set sms url http://127.0.0.1/send?to={number}",
                "3: “http://127.0.0.1/send?to={number}” is no URL | expected URL: an address with {number} and {text}: "
                    + "\"http://gateway/send?to={number}&text={text}\""
            ),
            (
                "set sms url http://127.0.0.1/{number}/{text}/{secret}",
                "3: sms has no secret | add: set sms secret …"
            ),
            (
                "set scheme office otherwise to extension 101 sms closed \"x\"",
                "3: nothing is set that sends text messages | "
                    + "add: set sms url \"http://127.0.0.1:8901/send?to={number}&text={text}\""
            ),
            (
                "set email smtp x tls off from a@b.c user \"x\" secret \"y\"",
                "warning: the mail password goes over the network in the clear"
            ),
        ])
    func refused(text: String, fault: String) { #expect(faults(text) == [fault]) }

    @Test("R-100: an employee chooses his channels himself, and they are checked like everybody's")
    func selfService() throws {
        let base = try read(Self.whole).document
        let candidate = try SelfService.candidate(["set extension 102 notify telegram:sales"], by: "102", onto: base)
        #expect(candidate.settings.office.extensions["102"]?.notify == [.telegram("sales")])
        #expect(throws: SelfServiceRefusal.self) {
            try SelfService.candidate(["set extension 102 notify telegram:boris"], by: "102", onto: base)
        }
        #expect(throws: SelfServiceRefusal.self) {
            try SelfService.candidate(["set telegram chat boris 5"], by: "102", onto: base)
        }
    }
}
