import Configuration
import Console
import FollowUp
import Simulation
import Telephony
import Testing

/// What `setup` asks of a new box, and that the office it makes does what was answered.
@Suite("setup") struct SetupTests {
    private static var factory: ScriptedOffice {
        ScriptedOffice(ConfigurationDocument.factory { size in Array(repeating: 0x5A, count: size) }.text())
    }

    private static let onePhone = """
        set office country RU
        set extension 101 name "Anna" secret "first-secret-11"
        set department sales name "Support" number 200 strategy all member 101
        set number * scheme office
        set scheme office otherwise to department sales
        """

    /// Answers every question with Enter, but for those that are named; then lets it come in force.
    private func interview(_ console: ScriptedConsole, _ answers: [Int: String] = [:]) -> ConsoleAnswer {
        console.say("setup")
        for question in 1...10 { console.say(answers[question] ?? "") }
        return console.say("")
    }

    /// The office that was set up, with every telephone registered.
    static func opened(_ document: ConfigurationDocument) throws -> SimulatedOffice {
        let text = document.text().replacing("set sip listen tcp 0.0.0.0:5060\n", with: "")
        let candidate = try ConfigurationCandidate(loading: "set sip domain pbx.office.lan\n" + text) { size in
            Array(repeating: 0x5A, count: size)
        }
        var office = SimulatedOffice(candidate.settings)
        office.document = candidate.document
        office.open()
        return office
    }

    private func play(_ document: ConfigurationDocument, _ ladder: String) throws {
        var office = try Self.opened(document)
        if let truth = try office.play(ladder) { Issue.record("What happened:\n\(truth)") }
    }

    @Test("R-010 a new box and nothing but Enter: forwarding to colleagues is offered first and chosen, and they ring")
    func nothingButEnter() throws {
        let office = Self.factory
        let console = office.console(language: .ru)
        console.say("setup")
        for _ in 1..<6 { console.say("") }
        let offered = console.say("")
        #expect(offered.prompt == "7/10 Сотрудник не взял трубку: когда и куда дальше [30s department sales]: ")
        #expect(
            offered.output.contains("может получить:\n  department sales        Отдел продаж: ответят коллеги (рекомендуем)\n"))
        for _ in 7..<10 { console.say("") }
        #expect(console.say("").output.contains("Кроме 101 в отделе никого: если не возьмёт 101, звонит 102.\n"))
        #expect(!console.say("").isFault)
        let text = office.document.text()
        #expect(text.contains("set extension * no-answer after 30s to department sales\n"))
        #expect(text.contains("set extension 101 no-answer after 30s to extension 102\n"))
        try play(
            office.document,
            """
             0.0  103 dials 102  → 102 rings, 103 hears ringback
            30.0  ·              → 102 released (noAnswer), 103 hears “ru/another-specialist”
            32.0  ·              → 101 rings, 103 hears ringback
            33.0  101 answers    → 103 answered, 103 ↔ 101
            40.0  103 hangs up   → record 103→102 by 101 wait 33.0 talk 7.0, 101 released (normalClearing)
            """)
        try play(
            office.document,
            """
             0.0  103 dials 101  → 101 rings, 103 hears ringback
            30.0  ·              → 101 released (noAnswer), 103 hears “ru/another-specialist”
            32.0  ·              → 102 rings, 103 hears ringback
            33.0  102 answers    → 103 answered, 103 ↔ 102
            40.0  103 hangs up   → record 103→101 by 102 wait 33.0 talk 7.0, 102 released (normalClearing)
            """)
    }

    @Test("once more with nothing but Enter: all stays as it is")
    func again() {
        let office = Self.factory
        _ = interview(office.console(language: .ru), [5: "Анна, Борис", 10: "+74951234567 192.0.2.10"])
        let (text, revisions) = (office.document.text(), office.revisions.count)
        _ = interview(office.console(language: .ru))
        #expect(office.document.text() == text && office.revisions.count == revisions)
    }

    @Test("in English it offers English names, asks in English, and is English from the first answer on")
    func english() {
        let office = Self.factory
        let console = office.console(language: .en)
        #expect(!interview(console).isFault)
        let text = office.document.text()
        #expect(text.contains("set office language en\n") && text.contains("set department sales name \"Sales\"\n"))
        #expect(text.contains("set voicemail sales name \"Sales\"\n"))
        #expect(!console.screen.unicodeScalars.contains { (0x400..<0x500).contains($0.value) }, "\(console.screen)")
    }

    @Test("one telephone only: there is nobody to forward to, so its machine answers, and it is said why")
    func onePhone() {
        let office = ScriptedOffice(Self.onePhone)
        let console = office.console()
        #expect(!interview(console).isFault)
        #expect(console.screen.contains("There is nobody else to answer for 101: an answering machine does.\n"))
        #expect(office.document.text().contains("set extension 101 no-answer after 30s to voicemail 101\n"))
    }

    @Test(
        "R-010 R-012 every target may be said, by its number or name too; asked again, the last answer holds",
        arguments: [
            (
                "45s 102", "set extension * no-answer after 45s to extension 102",
                "set extension 102 no-answer after 45s to department sales"
            ),
            ("dep sales", "set extension * no-answer after 30s to department sales", ""),
            ("Support", "set extension * no-answer after 30s to department sales", ""),
            (
                "voicemail 20s", "set extension 101 no-answer after 20s to voicemail 101",
                "set extension 102 no-answer after 20s to voicemail 102"
            ),
            ("after 1m to +79161234567", "set extension * no-answer after 1m to external +79161234567", ""),
            ("busy", "set extension * no-answer after 30s to busy", ""),
        ])
    func targets(answer: String, first: String, second: String) {
        let office = ScriptedOffice(Self.onePhone + "\nset extension 102 name \"Boris\"\nset department sales member 102\n")
        let console = office.console()
        console.say("setup")
        for question in 1...10 { console.say(question == 7 ? "voicemail" : "") }
        #expect(console.say("7").output.contains("  extension 102           one colleague, Boris\n"))
        for question in 7...10 { console.say(question == 7 ? answer : "") }
        #expect(!console.say("").isFault, "\(console.screen)")
        let text = office.document.text()
        #expect(text.contains(first + "\n") && (second.isEmpty || text.contains(second + "\n")), "\(text)")
        #expect(text.contains("no-answer after") && text.contains("to voicemail 101") == (answer == "voicemail 20s"), "\(text)")
    }

    @Test("R-011 what would go in circles is refused in full, and may be answered again; Tab knows who there is")
    func circles() {
        let office = ScriptedOffice(
            Self.onePhone
                + "\nset extension 102 name \"Boris\"\nset department sales member 102 no-answer after 30s to extension 101\n")
        let console = office.console()
        let refused = interview(console)
        #expect(refused.isFault && refused.output.contains("101→sales→101"), "\(refused.output)")
        #expect(console.say("7").prompt.contains("[30s department sales]"))
        console.type("30s exten 1⇥")
        #expect(console.screen.hasSuffix("→ 30s exten 10·\n"), "\(console.screen.suffix(300))")
        console.type("extension 10⇥")
        #expect(console.screen.hasSuffix("  101  Anna\n  102  Boris\n"), "\(console.screen.suffix(300))")
        console.type("⁇")
        #expect(console.screen.contains("voicemail"))
        for question in 7...10 { console.say(question == 7 ? "external +79161234567" : "") }
        #expect(!console.say("").isFault)
        console.say("setup")
        console.type("who?⁇")
        #expect(console.screen.hasSuffix("a letter\n"))
    }
}
